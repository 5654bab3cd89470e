package main

import (
	"context"
	"errors"
	"os"

	"github.com/blugelabs/bluge"
	"github.com/blugelabs/bluge/search"
	"github.com/blugelabs/bluge/search/aggregations"

	"nghiquyet/bench"
)

// blugeMatch is Bluge as it comes: standard analyzer, positions, stored text,
// batches of a thousand, a match query under its BM25.
type blugeMatch struct {
	dir    string
	reader *bluge.Reader
}

func (b *blugeMatch) Index(ctx context.Context, corpus string) (docs int, err error) {
	if err := os.RemoveAll(b.dir); err != nil {
		return 0, err
	}
	w, err := bluge.OpenWriter(bluge.DefaultConfig(b.dir))
	if err != nil {
		return 0, err
	}
	defer func() {
		if err = errors.Join(err, w.Close()); err == nil {
			err = b.Open(ctx)
		}
	}()
	batch := bluge.NewBatch()
	for p, err := range bench.Pages(ctx, corpus) {
		if err != nil {
			return docs, err
		}
		r := recordOf(p)
		doc := bluge.NewDocument(p.ID).AddField(bluge.NewTextField("text", r.Text).StoreValue().SearchTermPositions())
		for name, values := range map[string][]string{"province": {r.Province}, "district": {r.District}, "topic": r.Topic, "year": {r.Year}, "month": {r.Month}} {
			for _, v := range values {
				if v != "" {
					doc.AddField(bluge.NewKeywordField(name, v).Aggregatable())
				}
			}
		}
		batch.Insert(doc)
		if docs++; docs%batchSize == 0 {
			if err := w.Batch(batch); err != nil {
				return docs, err
			}
			batch.Reset()
		}
	}
	return docs, w.Batch(batch)
}

func (b *blugeMatch) Open(context.Context) (err error) {
	b.reader, err = bluge.OpenReader(bluge.DefaultConfig(b.dir))
	return err
}

func (b *blugeMatch) Search(ctx context.Context, text string, facets bool) error {
	req := bluge.NewTopNSearch(10, bluge.NewMatchQuery(text).SetField("text")).WithStandardAggregations()
	if facets {
		for _, name := range facetsOf {
			req.AddAggregation(name, aggregations.NewTermsAggregation(search.Field(name), 1000))
		}
	}
	it, err := b.reader.Search(ctx, req)
	if err != nil {
		return err
	}
	for {
		hit, err := it.Next()
		if err != nil {
			return err
		}
		if hit == nil {
			return nil
		}
	}
}

func (b *blugeMatch) Size() (int64, error) { return sizeOf(b.dir) }

func (b *blugeMatch) Close() error {
	if b.reader == nil {
		return nil
	}
	return b.reader.Close()
}
