package opensearch

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"nghiquyet/index"
	"nghiquyet/index/learned"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// lifts reports whether the page of a query begins among the best hits, which are
// ranked again by nearness to the query.
func (s *Searcher) lifts(q *search.Query, p *plan.Plan) bool {
	return p.Vector != nil && q.Size > 0 && !q.ByTime() && s.before(q) < plan.Again
}

// best returns the search for the best hits of a query, without their texts. Parts of the query have no names, because names take most of the time
// for so many hits.
func best(q *search.Query, page object) object {
	one := fromStart(page)
	one["query"], one["size"], one["_source"] = unnamed(page["query"]), plan.Again, false
	one["stored_fields"] = noStored
	if q.Copies {
		one["collapse"] = object{"field": opensearchindex.FieldCopies}
	}
	return one
}

// noStored leaves out even the _id, which is stored among the texts.
const noStored = "_none_"

// fromStart returns the search of a page from the first hit on.
func fromStart(page object) object {
	one := maps.Clone(page)
	for _, key := range []string{"from", "search_after", "aggs"} {
		delete(one, key)
	}
	return one
}

// unnamed returns a query without the names of its parts.
func unnamed(query any) any {
	switch x := query.(type) {
	case object:
		out := make(object, len(x))
		for key, value := range x {
			if key != "_name" {
				out[key] = unnamed(value)
			}
		}
		return out
	case []object:
		out := make([]object, len(x))
		for i := range x {
			out[i] = unnamed(x[i]).(object)
		}
		return out
	}
	return query
}

// lifted is one of the best hits.
type lifted struct {
	found *hit
	score float32 // the least number for a document without a day
	near  float32
	day   int64 // the least number for a document without a day
	id    string
}

// byScore orders hits as [Searcher.page] sorts them.
func byScore(a, b lifted) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.day, a.day), cmp.Compare(a.id, b.id))
}

// lift ranks the best hits again and returns those of a page, followed by hits that
// were not ranked again. after are the sort values of the hit after which the next
// page begins, if that is after the best hits.
func (s *Searcher) lift(ctx context.Context, q *search.Query, p *plan.Plan, page object, best []hit) (found []hit, after []json.RawMessage, err error) {
	list := make([]lifted, len(best))
	for i := range best {
		h := &best[i]
		list[i].found = h
		for at, value := range []any{&list[i].score, &list[i].day, &list[i].id} {
			if err := json.Unmarshal(h.Sort[at], value); err != nil {
				return nil, nil, err
			}
		}
	}
	vectors, err := s.vectorsOf(ctx, list)
	if err != nil {
		return nil, nil, err
	}
	for i := range list {
		list[i].near = float32(p.Near * learned.Nearness(p.Vector, vectors[i]))
		list[i].score += list[i].near
	}
	slices.SortFunc(list, byScore)
	skip := min(s.before(q), len(list))
	list = list[skip:min(skip+q.Size, len(list))]
	page = fromStart(page)
	if q.Copies { // a page after a cursor is not collapsed
		page["collapse"] = collapsed()
	}
	searches := []object{among(page, documents(q, list), len(list))}
	if rest := q.Size - len(list); rest > 0 && len(best) == plan.Again {
		follow := maps.Clone(page)
		follow["from"], follow["size"] = plan.Again, rest
		searches = append(searches, follow)
	}
	answers, err := s.ask(ctx, searches...)
	if err != nil {
		return nil, nil, err
	}
	texts := map[string]*hit{}
	for i := range answers[0].Hits.Hits {
		h := &answers[0].Hits.Hits[i]
		texts[h.Source.ID] = h
	}
	for _, l := range list {
		h := texts[l.id]
		if h == nil {
			return nil, nil, fmt.Errorf("%w: no text of %s", index.ErrUnavailable, l.id)
		}
		h.near = l.near
		found = append(found, *h)
	}
	if len(searches) > 1 {
		found = append(found, answers[1].Hits.Hits...)
	}
	switch {
	case len(found) > len(list):
		after = found[len(found)-1].Sort
	case len(best) > 0:
		after = best[len(best)-1].Sort
	}
	return found, after, nil
}

// documents matches the documents of hits; with near-duplicates as one, all of their
// groups.
func documents(q *search.Query, list []lifted) object {
	field, values := opensearchindex.FieldID, make([]string, len(list))
	for i, l := range list {
		values[i] = l.id
		if q.Copies {
			field, values[i] = opensearchindex.FieldCopies, l.found.Fields.Copies[0]
		}
	}
	return object{"terms": object{field: values}}
}
