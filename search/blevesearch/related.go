package blevesearch

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/search"
)

// Related returns the articles that share the most distinctive bigrams with one:
// those frequent in it and rare elsewhere.
func (s *Searcher) Related(ctx context.Context, id string, size int) ([]search.Hit, error) {
	l, doc, err := s.find(id)
	if err != nil {
		return nil, err
	}
	head, body, err := l.texts(doc)
	if err != nil {
		return nil, err
	}
	e := s.evaluation(ctx)
	telling, err := s.planner.Telling(ctx, e, head.Title, body)
	if err != nil {
		return nil, err
	}
	clauses, err := e.clauses(telling)
	if err != nil {
		return nil, err
	}
	t := &top{size: size + 1, order: byScore}
	for _, leaf := range s.leaves {
		var with []*roaring.Bitmap
		for i := range clauses {
			with = append(with, clauses[i].terms[leaf.ord].all())
		}
		docs := roaring.And(roaring.FastOr(with...), leaf.article)
		if err := s.rank(ctx, leaf, docs, clauses, t, !s.cfg.Exhaustive); err != nil {
			return nil, err
		}
	}
	out := []search.Hit{}
	for _, f := range t.sorted() {
		if f.leaf == l && f.doc == doc || len(out) == size {
			continue
		}
		h, err := f.hit(nil, true)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}
