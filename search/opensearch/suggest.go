package opensearch

import (
	"context"

	"nghiquyet/index"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

var _ plan.SuggestIndex = (*Searcher)(nil)

// Suggest completes what a reader is typing.
func (s *Searcher) Suggest(ctx context.Context, typed string, size int) ([]search.Suggestion, error) {
	return s.planner.Suggest(ctx, s, typed, size)
}

// newestFirst sorts by day, the newest first. bestFirst sorts by score, then as
// newestFirst.
var (
	newestFirst = byDay("desc")
	bestFirst   = append([]object{{"_score": "desc"}}, newestFirst...)
)

// byDay sorts by day in an order, then by ID. Documents without a day come last.
func byDay(order string) []object {
	return []object{{opensearchindex.FieldListed: object{"order": order, "missing": "_last"}}, {opensearchindex.FieldID: "asc"}}
}

// Newest implements [plan.SuggestIndex].
func (s *Searcher) Newest(ctx context.Context, x plan.Expr, n int) ([]*units.Head, error) {
	answers, err := s.ask(ctx, object{
		"size": n, "track_total_hits": true, "query": (&renderer{}).query(x), "sort": newestFirst, "_source": []string{index.FieldHead},
	})
	if err != nil {
		return nil, err
	}
	return heads(answers[0].Hits.Hits)
}

// textsOf returns the head and the text of a stored unit.
func textsOf(stored *opensearchindex.Stored) (head *units.Head, body string, err error) {
	if head, err = units.DecodeHead(stored.Head); err == nil {
		body, err = units.DecodeBody(stored.Body)
	}
	return head, body, err
}

func heads(found []hit) (out []*units.Head, err error) {
	out = make([]*units.Head, len(found))
	for i := range found {
		if out[i], err = units.DecodeHead(found[i].Source.Head); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Copies returns the near-duplicates of an article, newest first.
func (s *Searcher) Copies(ctx context.Context, id string) ([]search.Doc, error) {
	stored, err := s.stored(ctx, id, opensearchindex.FieldCopies)
	if err != nil {
		return nil, err
	}
	list, err := s.Newest(ctx, &plan.Keys{Field: opensearchindex.FieldCopies, Values: []string{stored.Copies}}, maxCopiesShown+1)
	if err != nil {
		return nil, err
	}
	out := []search.Doc{}
	for _, h := range list {
		if h.Lesson == nil && h.ID != id && len(out) < maxCopiesShown {
			out = append(out, search.Doc{ID: h.ID, Title: h.Title, Date: h.Date})
		}
	}
	return out, nil
}

// Related returns the articles that share the most distinctive bigrams with one.
func (s *Searcher) Related(ctx context.Context, id string, size int) ([]search.Hit, error) {
	stored, err := s.stored(ctx, id, index.FieldHead, index.FieldBody)
	if err != nil {
		return nil, err
	}
	head, body, err := textsOf(stored)
	if err != nil {
		return nil, err
	}
	clauses, err := s.planner.Telling(ctx, s, head.Title, body)
	if err != nil || len(clauses) == 0 {
		return []search.Hit{}, err
	}
	r := &renderer{}
	should := make([]object, len(clauses))
	for i := range clauses {
		should[i] = r.clause(&clauses[i], s.index.Average, clauseName(i))
	}
	answers, err := s.ask(ctx, object{
		"size": size, "track_total_hits": true, "sort": bestFirst,
		"_source": []string{opensearchindex.FieldID, index.FieldHead, index.FieldBody},
		"query": object{"bool": object{
			"filter": []object{r.query(plan.Articles)}, "must_not": []object{term(opensearchindex.FieldID, id)}, "should": should, "minimum_should_match": 1,
		}},
	})
	if err != nil {
		return nil, err
	}
	out := []search.Hit{}
	for i := range answers[0].Hits.Hits {
		h, err := shown(&answers[0].Hits.Hits[i], &search.Query{}, nil, nil, true)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}
