package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"nghiquyet/index"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// maxCopiesShown bounds the near-duplicates listed with a hit.
const maxCopiesShown = 20

// Bounds of OpenSearch: the values that a terms query may have, and the number of
// different values up to which its count of them is exact.
const (
	maxTermsCount = 65_536
	exactCount    = 40_000
)

// aggCopies is the aggregation that [copies.groups] reads.
const aggCopies = ".copies"

// copies are the near-duplicates of an index. Its zero value has none.
type copies struct {
	first map[string]string // the first article of each article's group
	keys  []string          // the first article of each group
}

func loadCopies(dir string) (c copies, err error) {
	groups, err := units.ReadCopies(dir)
	if err != nil {
		return c, err
	}
	c.first = map[string]string{}
	for _, ids := range groups {
		c.keys = append(c.keys, ids[0])
		for _, id := range ids {
			c.first[id] = ids[0]
		}
	}
	return c, nil
}

// filter matches the documents that have near-duplicates.
func (c *copies) filter() object {
	var any []object
	for keys := range slices.Chunk(c.keys, maxTermsCount) {
		any = append(any, object{"terms": object{opensearchindex.FieldCopies: keys}})
	}
	return anyOf(any...)
}

// count adds to a search the aggregation that groups reads.
func (c *copies) count(one object) {
	if len(c.keys) == 0 {
		return
	}
	aggs, ok := one["aggs"].(object)
	if !ok {
		aggs = object{}
		one["aggs"] = aggs
	}
	aggs[aggCopies] = object{"filter": c.filter(), "aggs": object{
		"groups": object{"cardinality": object{"field": opensearchindex.FieldCopies, "precision_threshold": exactCount}},
	}}
}

// groups returns the matches of a search with near-duplicates counted as one. The
// count is exact up to [exactCount] groups with several documents.
func (c *copies) groups(a *answer) (int, error) {
	if len(c.keys) == 0 {
		return a.Hits.Total.Value, nil
	}
	var among struct {
		Docs   int `json:"doc_count"`
		Groups struct{ Value int }
	}
	if err := json.Unmarshal(a.Aggregations[aggCopies], &among); err != nil {
		return 0, fmt.Errorf("read groups: %w", err)
	}
	return a.Hits.Total.Value - among.Docs + among.Groups.Value, nil
}

// collapsed makes near-duplicates one hit, the first of them, with the others
// inside.
func collapsed() object {
	return object{"field": opensearchindex.FieldCopies, "inner_hits": object{
		"name": "copies", "size": maxCopiesShown + 1, "sort": []object{{opensearchindex.FieldID: "asc"}},
		"_source": []string{opensearchindex.FieldID, index.FieldHead},
	}}
}

// among returns the search of a page reduced to documents that a filter matches,
// with the same scores, from the first one on.
func among(page, filter object, size int) object {
	one := fromStart(page)
	one["query"] = object{"bool": object{"must": []object{page["query"].(object)}, "filter": []object{filter}}}
	one["size"] = size
	return one
}

// distinct completes a page after a cursor, where OpenSearch does not collapse. It
// drops hits of found after a near-duplicate of theirs, and adds the hits that
// follow.
func (s *Searcher) distinct(ctx context.Context, q *search.Query, page object, found []hit) (out []hit, err error) {
	rest := maps.Clone(page)
	delete(rest, "aggs")
	for {
		kept, err := s.firsts(ctx, rest, found)
		if err != nil {
			return nil, err
		}
		out = append(out, kept...)
		if len(out) >= q.Size || len(found) < rest["size"].(int) {
			return out[:min(len(out), q.Size)], nil
		}
		rest["search_after"] = found[len(found)-1].Sort
		answers, err := s.ask(ctx, rest)
		if err != nil {
			return nil, err
		}
		found = answers[0].Hits.Hits
	}
}

// firsts returns the hits of found that come before all their near-duplicates, on this
// page or an earlier one.
func (s *Searcher) firsts(ctx context.Context, page object, found []hit) ([]hit, error) {
	best := map[string]hit{}
	for i := range found {
		if key, ok := s.copies.first[found[i].Source.ID]; ok {
			best[key] = hit{}
		}
	}
	if len(best) == 0 {
		return found, nil
	}
	keys := slices.Sorted(maps.Keys(best))
	one := among(page, object{"terms": object{opensearchindex.FieldCopies: keys}}, len(keys))
	one["collapse"] = collapsed()
	answers, err := s.ask(ctx, one)
	if err != nil {
		return nil, err
	}
	for _, h := range answers[0].Hits.Hits {
		best[s.copies.first[h.Source.ID]] = h
	}
	var out []hit
	for _, h := range found {
		key, ok := s.copies.first[h.Source.ID]
		if !ok {
			out = append(out, h)
		} else if first := best[key]; first.Source.ID == h.Source.ID {
			out = append(out, first)
		}
	}
	return out, nil
}

// scored returns found with the score of each named part of the query.
func (s *Searcher) scored(ctx context.Context, page object, found []hit) ([]hit, error) {
	ids := make([]string, len(found))
	for i := range found {
		ids[i] = found[i].Source.ID
	}
	list, err := s.scores(ctx, among(page, object{"terms": object{opensearchindex.FieldID: ids}}, len(ids)))
	scores := map[string]matched{}
	for _, h := range list {
		scores[h.Source.ID] = h.MatchedQueries
	}
	for i := range found {
		found[i].MatchedQueries = scores[found[i].Source.ID]
	}
	return found, err
}
