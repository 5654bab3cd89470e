package opensearch

import (
	"context"
	"encoding/json"
	"slices"

	"nghiquyet/index/opensearchindex"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// facets are the facets to count: those without a filter of their own are counted
// with the page, the others by a search each.
type facets struct {
	shared []string
	own    []string // in the order of apart
	apart  []object
}

// Suffixes of the names of a facet's aggregations.
const (
	aggMissing = ".missing"
	aggChosen  = ".chosen"
)

// facets adds the aggregations of the shared facets to the page.
func (s *Searcher) facets(q *search.Query, p *plan.Plan, page object) facets {
	var f facets
	aggs := object{}
	for _, name := range q.Counting() {
		if p.Filters[name] == nil {
			f.shared = append(f.shared, name)
			s.aggregate(aggs, name, q, p)
			continue
		}
		own := object{}
		s.aggregate(own, name, q, p)
		f.own = append(f.own, name)
		f.apart = append(f.apart, object{"size": 0, "track_total_hits": false, "query": (&renderer{}).query(p.DocsBut(name)), "aggs": own})
	}
	if len(aggs) > 0 {
		page["aggs"] = aggs
	}
	return f
}

// topFirst is how many values of a bounded facet each shard returns in the first
// request.
const topFirst = 1000

// countedIn returns the field that an aggregation of a facet reads, and the number
// of its values.
func (s *Searcher) countedIn(row *search.Facet, view string) (field string, values int) {
	if row.Keyed {
		return row.Field, s.keyed[row.Field]
	}
	field = row.FieldIn(view)
	return opensearchindex.SlugField(field), len(s.planner.Facets[field].Slugs)
}

// aggregate adds the aggregations of a facet. It requests all values, so that no
// shard leaves any out. For a facet with a bound it requests the most frequent
// values of each shard, and the values of the filter.
func (s *Searcher) aggregate(aggs object, name string, q *search.Query, p *plan.Plan) {
	row := search.FacetOf(name)
	field, values := s.countedIn(row, row.View(q))
	if row.Listed == 0 {
		aggs[name] = object{"terms": object{"field": field, "size": values + 1}}
	} else {
		aggs[name] = mostOf(field, row.Listed, topFirst)
		if chosen := p.Chosen[name]; len(chosen) > 0 {
			aggs[name+aggChosen] = object{"terms": object{"field": field, "include": chosen, "size": len(chosen)}}
		}
	}
	aggs[name+aggMissing] = object{"missing": object{"field": row.FieldIn(row.View(q))}}
}

// mostOf aggregates the most frequent values of a field; equally frequent ones are
// sorted by value.
func mostOf(field string, size, shardSize int) object {
	return object{"terms": object{
		"field": field, "size": size, "shard_size": max(size, shardSize), "order": []object{{"_count": "desc"}, {"_key": "asc"}},
	}}
}

// readFacets reads the counts of facets from the answer to a page and the answers
// to the searches of single facets.
func (s *Searcher) readFacets(ctx context.Context, q *search.Query, p *plan.Plan, f facets, answers []answer) (map[string][]search.Count, error) {
	out := map[string][]search.Count{}
	read := func(name string, a *answer, docs plan.Expr) (err error) {
		row := search.FacetOf(name)
		if row.Listed > 0 {
			out[name], err = s.readTop(ctx, row, q, p, a, docs)
			return err
		}
		field := s.planner.Facets[row.FieldIn(row.View(q))]
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
		out[name] = field.List(name, row.View(q), counts, nil)
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

// readTop returns the most frequent values of a bounded facet, and the values of
// its filter.
func (s *Searcher) readTop(ctx context.Context, row *search.Facet, q *search.Query, p *plan.Plan, a *answer, docs plan.Expr) ([]search.Count, error) {
	list, err := buckets(a.Aggregations[row.Name])
	if err != nil {
		return nil, err
	}
	if list.Error > 0 {
		if list, err = s.most(ctx, row, row.View(q), docs, row.Listed); err != nil {
			return nil, err
		}
	}
	out := []search.Count{}
	add := func(list bucketList) {
		for _, b := range list.Buckets {
			if b.Count > 0 && !slices.ContainsFunc(out, func(c search.Count) bool { return c.Value == b.Key }) {
				out = append(out, search.Count{Value: b.Key, Label: s.label(row, row.View(q), b.Key), Count: b.Count})
			}
		}
	}
	add(list)
	if chosen := a.Aggregations[row.Name+aggChosen]; chosen != nil {
		list, err := buckets(chosen)
		if err != nil {
			return nil, err
		}
		if row.Keyed {
			slices.SortFunc(list.Buckets, func(a, b bucket) int {
				return slices.Index(p.Chosen[row.Name], a.Key) - slices.Index(p.Chosen[row.Name], b.Key)
			})
		}
		add(list)
	}
	none, err := docCount(a.Aggregations[row.Name+aggMissing])
	if none > 0 {
		out = append(out, search.Count{Value: search.Unknown, Label: row.UnknownLabel(), Count: none})
	}
	return out, err
}

// label returns the label of a value of a facet.
func (s *Searcher) label(row *search.Facet, view, value string) string {
	if row.Keyed {
		return row.LabelOf(value, value)
	}
	f := s.planner.Facets[row.FieldIn(view)]
	if v, ok := f.Find(value); ok {
		return row.LabelOf(value, f.Labels[v])
	}
	return value
}

// most returns the most frequent values of a facet in docs. As long as a shard may
// have left out a value that counts, it requests more from all.
func (s *Searcher) most(ctx context.Context, row *search.Facet, view string, docs plan.Expr, size int) (list bucketList, err error) {
	field, values := s.countedIn(row, view)
	for shardSize := topFirst; ; shardSize *= 8 {
		shardSize = min(shardSize, values+1)
		top := mostOf(field, size, shardSize)
		top["aggs"] = object{"first": object{"min": object{"field": "day"}}, "last": object{"max": object{"field": "day"}}}
		answers, err := s.ask(ctx, object{"size": 0, "track_total_hits": false, "query": (&renderer{}).query(docs), "aggs": object{"top": top}})
		if err != nil {
			return list, err
		}
		if list, err = buckets(answers[0].Aggregations["top"]); err != nil || list.Error == 0 || shardSize > values {
			return list, err
		}
	}
}
