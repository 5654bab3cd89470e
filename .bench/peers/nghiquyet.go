package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"time"

	"nghiquyet/bench"
	"nghiquyet/index"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/extract"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/reindex"
	"nghiquyet/search"
	"nghiquyet/search/blevesearch"
)

// nghiquyet is the program itself, with all that its readers get: metadata and
// two marked snippets of every hit, in process or over HTTP.
type nghiquyet struct {
	dir    string
	http   bool
	one    bool // one hit instead of ten: ranking with the snippets of one
	ids    bool // the IDs of ten hits, as the others
	engine *blevesearch.Searcher
	reader *generation.Reader
	over   *bench.HTTP
	ask    bench.Asker
	wall   time.Duration
	cpu    time.Duration
}

func (n *nghiquyet) store() generation.Store { return generation.Store{Dir: n.dir} }

// Index times the same work as with peers: from documents to a committed index. The
// extraction of metadata from texts comes before and is not timed.
func (n *nghiquyet) Index(ctx context.Context, corpus string) (int, error) {
	var start time.Time
	var cpu time.Duration
	r, err := reindex.Run(ctx, reindex.Config{
		Store: n.store(), Paths: []string{corpus}, Extractor: extract.New(extract.Config{}), Version: "peers",
		Create: func(dir string, _ *learned.Model) (reindex.Builder, error) {
			start, cpu = time.Now(), bench.CPU()
			return bleveindex.Create(dir, bleveindex.Config{})
		},
		Engine: "bleve", Schema: index.SchemaVersion, Full: true, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return 0, err
	}
	n.wall, n.cpu = time.Since(start), bench.CPU()-cpu
	return r.Articles, n.Open(ctx)
}

func (n *nghiquyet) buildTime() (wall, cpu time.Duration) { return n.wall, n.cpu }

func (n *nghiquyet) Open(ctx context.Context) (err error) {
	store := n.store()
	n.reader, _, err = store.OpenCurrent(ctx, false, func(g *generation.Reader) (err error) {
		if g.Schema != index.SchemaVersion {
			return fmt.Errorf("generation %s is of schema %d, not %d", g.ID, g.Schema, index.SchemaVersion)
		}
		n.engine, err = blevesearch.Open(filepath.Join(g.Dir, reindex.IndexDir), blevesearch.Config{Generation: g.ID, Created: g.Created, IDsOnly: n.ids})
		return err
	})
	if err != nil {
		return err
	}
	n.ask = bench.InProcess(n.engine)
	if n.http {
		if n.over, err = bench.Serve(n.engine); err == nil {
			n.ask = n.over.Ask
		}
	}
	return err
}

func (n *nghiquyet) Search(ctx context.Context, text string, facets bool) (int, error) {
	v := url.Values{"q": {text}}
	if !facets {
		v.Set("facets", "none")
	}
	if n.one {
		v.Set("size", "1")
	}
	if n.ids {
		q, errs := search.FromValues(v)
		if len(errs) > 0 {
			return 0, &errs[0]
		}
		res, err := n.engine.Search(ctx, q)
		if err != nil {
			return 0, err
		}
		return res.Total, nil
	}
	return 0, n.ask(ctx, "/api/v1/search?"+v.Encode())
}

func (n *nghiquyet) Size() (int64, error) { return n.reader.Bytes(), nil }

func (n *nghiquyet) Close() error {
	var errs []error
	if n.over != nil {
		errs = append(errs, n.over.Close())
	}
	if n.engine != nil {
		errs = append(errs, n.engine.Close(), n.reader.Close())
	}
	return errors.Join(errs...)
}
