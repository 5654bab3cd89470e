package blevesearch

import (
	"context"

	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// Suggest completes what a reader is typing.
func (s *Searcher) Suggest(ctx context.Context, typed string, size int) ([]search.Suggestion, error) {
	return s.planner.Suggest(ctx, s.evaluation(ctx), typed, size)
}

var _ plan.SuggestIndex = (*evaluation)(nil)

// Newest implements [plan.SuggestIndex].
func (e *evaluation) Newest(ctx context.Context, x plan.Expr, n int) ([]*units.Head, error) {
	docs, err := e.set(x)
	if err != nil {
		return nil, err
	}
	t := &top{size: n, order: byNewest}
	for i, l := range e.leaves {
		if err := t.addNewest(ctx, l, docs[i]); err != nil {
			return nil, err
		}
	}
	var out []*units.Head
	for _, f := range t.sorted() {
		head, err := f.leaf.head(f.doc)
		if err != nil {
			return nil, err
		}
		out = append(out, head)
	}
	return out, nil
}

// ByNumber implements [plan.SuggestIndex].
func (e *evaluation) ByNumber(_ context.Context, numbers []string) (map[string]string, error) {
	out := map[string]string{}
	for _, number := range numbers {
		id, err := e.byNumber(number)
		if err != nil {
			return nil, err
		}
		out[number] = id
	}
	return out, nil
}
