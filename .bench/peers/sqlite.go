package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite"

	"nghiquyet/bench"
)

// sqliteFTS is SQLite FTS5, translated to Go: marks removed by its tokenizer,
// any of the words, its BM25; facets by GROUP BY.
type sqliteFTS struct {
	dir string
	db  *sql.DB
}

const sqliteSchema = `
PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
CREATE VIRTUAL TABLE page USING fts5(text, tokenize='unicode61 remove_diacritics 2');
CREATE TABLE fact(page INTEGER PRIMARY KEY, province TEXT, district TEXT, topic TEXT, year TEXT, month TEXT);`

func (s *sqliteFTS) Index(ctx context.Context, corpus string) (docs int, err error) {
	if err := errors.Join(os.RemoveAll(s.dir), os.MkdirAll(s.dir, 0o755)); err != nil {
		return 0, err
	}
	if err := s.Open(ctx); err != nil {
		return 0, err
	}
	if _, err := s.db.ExecContext(ctx, sqliteSchema); err != nil {
		return 0, err
	}
	var batch []bench.Page
	flush := func() error {
		tx, err := s.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // after a commit this does nothing
		for i, p := range batch {
			id, r := docs-len(batch)+i+1, recordOf(p)
			if _, err := tx.ExecContext(ctx, `INSERT INTO page(rowid, text) VALUES(?, ?)`, id, r.Text); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO fact VALUES(?, ?, ?, ?, ?, ?)`,
				id, r.Province, r.District, strings.Join(r.Topic, "|"), r.Year, r.Month)
			if err != nil {
				return err
			}
		}
		batch = batch[:0]
		return tx.Commit()
	}
	for p, err := range bench.Pages(ctx, corpus) {
		if err != nil {
			return docs, err
		}
		batch = append(batch, p)
		if docs++; len(batch) == batchSize {
			if err := flush(); err != nil {
				return docs, err
			}
		}
	}
	if err := flush(); err != nil {
		return docs, err
	}
	_, err = s.db.ExecContext(ctx, `INSERT INTO page(page) VALUES('optimize'); PRAGMA wal_checkpoint(TRUNCATE)`)
	return docs, err
}

func (s *sqliteFTS) Open(context.Context) (err error) {
	if s.db, err = sql.Open("sqlite", filepath.Join(s.dir, "index.db")); err == nil {
		s.db.SetMaxOpenConns(1)
	}
	return err
}

func (s *sqliteFTS) Search(ctx context.Context, text string, facets bool) error {
	var any []string
	for _, w := range strings.Fields(text) {
		any = append(any, `"`+strings.ReplaceAll(w, `"`, "")+`"`)
	}
	match := strings.Join(any, " OR ")
	err := s.drain(ctx, `SELECT rowid FROM page WHERE page MATCH ? ORDER BY rank LIMIT 10`, match)
	if err != nil || !facets {
		return err
	}
	for _, name := range facetsOf {
		err := s.drain(ctx, `SELECT `+name+`, count(*) FROM fact WHERE fact.page IN (SELECT rowid FROM page WHERE page MATCH ?) GROUP BY 1`, match)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *sqliteFTS) drain(ctx context.Context, query, match string) error {
	rows, err := s.db.QueryContext(ctx, query, match)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

func (s *sqliteFTS) Size() (int64, error) { return sizeOf(s.dir) }

func (s *sqliteFTS) Close() error {
	if s.db == nil {
		return nil
	}
	return s.db.Close()
}
