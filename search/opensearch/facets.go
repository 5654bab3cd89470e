package opensearch

import (
	"context"
	"encoding/json"
	"slices"

	"nghiquyet/index/opensearchindex"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// facets are the facets asked for: those without a filter of their own are
// counted over the page's documents, the others each by a search of its own.
type facets struct {
	shared []string
	own    []string // in the order of apart
	apart  []object
}

// Names of the aggregations of a facet, behind its own name.
const (
	aggMissing = ".missing"
	aggChosen  = ".chosen"
)

// facets adds the aggregations of the shared facets to the page.
func (s *Searcher) facets(q *search.Query, p *plan.Plan, page object) facets {
	var f facets
	wanted := q.Facets
	if wanted == nil {
		wanted = search.Facets
	}
	aggs := object{}
	for _, name := range wanted {
		if p.Filters[name] == nil {
			f.shared = append(f.shared, name)
			s.aggregate(aggs, name, q, citedFirst)
			continue
		}
		own := object{}
		s.aggregate(own, name, q, citedFirst)
		f.own = append(f.own, name)
		f.apart = append(f.apart, object{"size": 0, "track_total_hits": false, "query": (&renderer{}).query(p.DocsBut(name)), "aggs": own})
	}
	if len(aggs) > 0 {
		page["aggs"] = aggs
	}
	return f
}

// citedFirst is how many of the most cited documents each shard is asked for
// at first.
const citedFirst = 1000

// aggregate adds the aggregations of a facet. All values of a facet are asked
// for, so that no shard leaves any out; of cited documents, which are too many,
// the first ones of each shard.
func (s *Searcher) aggregate(aggs object, name string, q *search.Query, shardSize int) {
	field := plan.FacetField(name, q.ProvinceView)
	if name == search.FacetCites {
		aggs[name] = mostCited(search.MaxCited, shardSize)
		if len(q.Cites) > 0 {
			aggs[name+aggChosen] = object{"terms": object{"field": search.FacetCites, "include": q.Cites, "size": len(q.Cites)}}
		}
	} else {
		aggs[name] = object{"terms": object{"field": opensearchindex.SlugField(field), "size": len(s.planner.Facets[field].Slugs) + 1}}
	}
	aggs[name+aggMissing] = object{"missing": object{"field": field}}
}

// mostCited aggregates the documents cited most, of equal ones the first.
func mostCited(size, shardSize int) object {
	return object{"terms": object{
		"field": search.FacetCites, "size": size, "shard_size": max(size, shardSize), "order": []object{{"_count": "desc"}, {"_key": "asc"}},
	}}
}

// readFacets reads the counts of facets from the answers to a page and to the
// searches apart.
func (s *Searcher) readFacets(ctx context.Context, q *search.Query, p *plan.Plan, f facets, answers []answer) (map[string][]search.Count, error) {
	out := map[string][]search.Count{}
	read := func(name string, a *answer, docs plan.Expr) (err error) {
		if name == search.FacetCites {
			out[name], err = s.readCites(ctx, q, a, docs)
			return err
		}
		field := s.planner.Facets[plan.FacetField(name, q.ProvinceView)]
		counts := make([]int, len(field.Slugs)+1)
		list, err := buckets(a.Aggregations[name])
		if err != nil {
			return err
		}
		for _, b := range list.Buckets {
			if v, ok := field.Find(b.Key); ok {
				counts[v] = b.Count
			}
		}
		if counts[len(field.Slugs)], err = docCount(a.Aggregations[name+aggMissing]); err != nil {
			return err
		}
		out[name] = field.List(name, q.ProvinceView, counts)
		return nil
	}
	for _, name := range f.shared {
		if err := read(name, &answers[0], p.Docs()); err != nil {
			return nil, err
		}
	}
	for i, name := range f.own {
		if err := read(name, &answers[1+i], p.DocsBut(name)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// docCount reads the number of documents of an aggregation.
func docCount(aggregation json.RawMessage) (int, error) {
	var one struct {
		Count int `json:"doc_count"`
	}
	return one.Count, json.Unmarshal(aggregation, &one)
}

// readCites lists the documents cited most, and those of the filter.
func (s *Searcher) readCites(ctx context.Context, q *search.Query, a *answer, docs plan.Expr) ([]search.Count, error) {
	list, err := buckets(a.Aggregations[search.FacetCites])
	if err != nil {
		return nil, err
	}
	if list.Error > 0 {
		if list, err = s.cites(ctx, docs, search.MaxCited); err != nil {
			return nil, err
		}
	}
	out := []search.Count{}
	add := func(list bucketList) {
		for _, b := range list.Buckets {
			if b.Count > 0 && !slices.ContainsFunc(out, func(c search.Count) bool { return c.Value == b.Key }) {
				out = append(out, search.Count{Value: b.Key, Label: search.CitedLabel(b.Key), Count: b.Count})
			}
		}
	}
	add(list)
	if chosen := a.Aggregations[search.FacetCites+aggChosen]; chosen != nil {
		list, err := buckets(chosen)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(list.Buckets, func(a, b bucket) int { return slices.Index(q.Cites, a.Key) - slices.Index(q.Cites, b.Key) })
		add(list)
	}
	none, err := docCount(a.Aggregations[search.FacetCites+aggMissing])
	if none > 0 {
		out = append(out, search.Count{Value: search.Unknown, Label: plan.UnknownLabel, Count: none})
	}
	return out, err
}

// cites returns the documents that docs cite most. While a shard may have left
// out what counts, all are asked for more.
func (s *Searcher) cites(ctx context.Context, docs plan.Expr, size int) (list bucketList, err error) {
	for shardSize := citedFirst; ; shardSize *= 8 {
		shardSize = min(shardSize, s.cited+1)
		cited := mostCited(size, shardSize)
		cited["aggs"] = object{"first": object{"min": object{"field": "day"}}, "last": object{"max": object{"field": "day"}}}
		answers, err := s.ask(ctx, object{"size": 0, "track_total_hits": false, "query": (&renderer{}).query(docs), "aggs": object{"cites": cited}})
		if err != nil {
			return list, err
		}
		if list, err = buckets(answers[0].Aggregations["cites"]); err != nil || list.Error == 0 || shardSize > s.cited {
			return list, err
		}
	}
}
