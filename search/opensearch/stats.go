package opensearch

import (
	"context"
	"encoding/json"

	"nghiquyet/index"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// Stats counts what a query matches by one to three facets.
func (s *Searcher) Stats(ctx context.Context, q search.StatsQuery) (*search.Cube, error) {
	p, err := s.planner.Plan(ctx, s, &q.Query)
	if err != nil {
		return nil, err
	}
	axes := make([]*plan.Facet, len(q.By))
	sources := make([]object, len(q.By))
	for i, name := range q.By {
		field := plan.FacetField(name, &q.Query)
		axes[i] = s.planner.Facets[field]
		sources[i] = object{name: object{"terms": object{"field": opensearchindex.SlugField(field), "missing_bucket": true}}}
	}
	match := (&renderer{}).query(p.Docs())
	counts, total := map[int]int{}, 0
	var last json.RawMessage
	for {
		composite := object{"size": pageOfValues, "sources": sources}
		if last != nil {
			composite["after"] = last
		}
		answers, err := s.ask(ctx, object{"size": 0, "track_total_hits": true, "query": match, "aggs": object{"cube": object{"composite": composite}}})
		if err != nil {
			return nil, err
		}
		var page struct {
			After   json.RawMessage `json:"after_key"`
			Buckets []struct {
				Key   map[string]*string
				Count int `json:"doc_count"`
			}
		}
		if err := json.Unmarshal(answers[0].Aggregations["cube"], &page); err != nil {
			return nil, err
		}
		total = answers[0].Hits.Total.Value
		for _, b := range page.Buckets {
			cell := 0
			for i, name := range q.By {
				value := len(axes[i].Slugs)
				if slug := b.Key[name]; slug != nil {
					if v, ok := axes[i].Find(*slug); ok {
						value = v
					}
				}
				cell = cell*(len(axes[i].Slugs)+1) + value
			}
			counts[cell] += b.Count
		}
		if last = page.After; last == nil || len(page.Buckets) < pageOfValues {
			break
		}
	}
	cube := plan.Cube(q.By, axes, counts)
	cube.Total, cube.Generation = total, s.index.ID
	return cube, nil
}

// Citations lists the documents that the matching articles cite, most cited
// first.
func (s *Searcher) Citations(ctx context.Context, q search.Query, size int) ([]search.Cited, error) {
	p, err := s.planner.Plan(ctx, s, &q)
	if err != nil {
		return nil, err
	}
	out := []search.Cited{}
	if size <= 0 {
		return out, ctx.Err()
	}
	list, err := s.most(ctx, search.FacetOf(search.FacetCites), "", &plan.And{Nodes: []plan.Expr{p.Docs(), plan.Articles}}, size)
	if err != nil {
		return nil, err
	}
	keys := make([]string, len(list.Buckets))
	for i, b := range list.Buckets {
		keys[i] = b.Key
	}
	ids, err := s.ByNumber(ctx, keys)
	if err != nil {
		return nil, err
	}
	for _, b := range list.Buckets {
		out = append(out, search.Cited{
			Number: b.Key, Articles: b.Count, Article: index.Maybe(ids[b.Key]), First: index.Maybe(b.First.Text), Last: index.Maybe(b.Last.Text),
		})
	}
	return out, nil
}
