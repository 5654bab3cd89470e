package blevesearch

import (
	"context"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// Citations lists the documents that the matching articles cite, most cited
// first.
func (s *Searcher) Citations(ctx context.Context, q search.Query, size int) ([]search.Cited, error) {
	m, err := s.matched(ctx, &q, s.planner.PlanCount)
	if err != nil {
		return nil, err
	}
	cites := s.keyed[search.FacetCites]
	t := s.tally(m.docs.and(s.typed))
	defer t.giveBack()
	counts := cites.of(t.keys)
	out := []search.Cited{}
	for _, i := range plan.Highest(counts, size) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		id, err := s.byNumber(cites.keys[i])
		if err != nil {
			return nil, err
		}
		with := make(set, len(s.leaves))
		for j, l := range s.leaves {
			if with[j], err = l.postings(search.FacetCites, cites.keys[i]); err != nil {
				return nil, err
			}
		}
		first, last := s.days(with.and(m.docs))
		out = append(out, search.Cited{Number: cites.keys[i], Articles: int(counts[i]), Article: index.Maybe(id), First: first, Last: last})
	}
	return out, nil
}
