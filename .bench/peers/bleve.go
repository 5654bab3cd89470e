package main

import (
	"context"
	"os"

	"github.com/blevesearch/bleve/v2"

	"nghiquyet/analyzers/vi"
	"nghiquyet/bench"
)

// facetsOf are the facets that every engine counts, from fields in the corpus.
var facetsOf = []string{"province", "district", "topic", "year", "month"}

// record is a page as peers index it: title and text as one field.
type record struct {
	Text     string   `json:"text"`
	Province string   `json:"province,omitempty"`
	District string   `json:"district,omitempty"`
	Topic    []string `json:"topic,omitempty"`
	Year     string   `json:"year,omitempty"`
	Month    string   `json:"month,omitempty"`
}

func recordOf(p bench.Page) record {
	r := record{Text: p.Title + "\n" + p.Text, Province: p.Province, District: p.District, Topic: p.Topics}
	if len(p.Date) >= len("2006-01") {
		r.Year, r.Month = p.Date[:4], p.Date[:7]
	}
	return r
}

// bleveMatch is Bleve as it comes: dynamic mapping, standard analyzer, term
// vectors, stored text, batches of a thousand, a match query. Folded, it gets
// texts and questions without marks.
type bleveMatch struct {
	dir    string
	folded bool
	page   bool // as readers see it: with title and marked snippets
	index  bleve.Index
}

const batchSize = 1000

func (b *bleveMatch) Index(ctx context.Context, corpus string) (docs int, err error) {
	if err := os.RemoveAll(b.dir); err != nil {
		return 0, err
	}
	m := bleve.NewIndexMapping()
	doc := bleve.NewDocumentMapping()
	for _, name := range facetsOf {
		f := bleve.NewKeywordFieldMapping()
		f.IncludeInAll, f.IncludeTermVectors, f.Store = false, false, false
		doc.AddFieldMappingsAt(name, f)
	}
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.IncludeInAll = "standard", false
	doc.AddFieldMappingsAt("text", text)
	m.DefaultMapping = doc
	if b.index, err = bleve.New(b.dir, m); err != nil {
		return 0, err
	}
	batch := b.index.NewBatch()
	for p, err := range bench.Pages(ctx, corpus) {
		if err != nil {
			return docs, err
		}
		r := recordOf(p)
		if b.folded {
			r.Text = vi.Fold(r.Text)
		}
		if err := batch.Index(p.ID, r); err != nil {
			return docs, err
		}
		if docs++; docs%batchSize == 0 {
			if err := b.index.Batch(batch); err != nil {
				return docs, err
			}
			batch = b.index.NewBatch()
		}
	}
	if err := b.index.Batch(batch); err != nil {
		return docs, err
	}
	// Closed and opened again: everything is on disk, as with the others.
	if err := b.index.Close(); err != nil {
		return docs, err
	}
	return docs, b.Open(ctx)
}

func (b *bleveMatch) Open(context.Context) (err error) {
	// Read-only: two engines may use one index, and the second would wait forever for
	// the write lock.
	b.index, err = bleve.OpenUsing(b.dir, map[string]any{"read_only": true, "bolt_timeout": "5s"})
	return err
}

func (b *bleveMatch) Search(ctx context.Context, text string, facets bool) error {
	if b.folded {
		text = vi.Fold(text)
	}
	q := bleve.NewMatchQuery(text)
	q.SetField("text")
	req := bleve.NewSearchRequest(q)
	if b.page {
		req.Fields, req.Highlight = []string{"text"}, bleve.NewHighlightWithStyle("html")
	}
	if facets {
		for _, name := range facetsOf {
			req.AddFacet(name, bleve.NewFacetRequest(name, 1000))
		}
	}
	_, err := b.index.SearchInContext(ctx, req)
	return err
}

func (b *bleveMatch) Size() (int64, error) { return sizeOf(b.dir) }

func (b *bleveMatch) Close() error {
	if b.index == nil {
		return nil
	}
	return b.index.Close()
}
