package blevesearch

import (
	"context"
	"slices"
	"time"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// Search answers a query.
func (s *Searcher) Search(ctx context.Context, q search.Query) (*search.Results, error) {
	start := time.Now()
	m, err := s.matched(ctx, &q, s.planner.Plan)
	if err != nil {
		return nil, err
	}
	if m.plan.Widened(&q) {
		if m.listed, err = m.set(m.plan.Listed(&q)); err != nil {
			return nil, err
		}
	}
	res := &search.Results{
		Query:       m.plan.Asked(&q),
		Total:       m.docs.count(),
		Generation:  s.cfg.Generation,
		Hits:        []search.Hit{},
		Suggestions: m.plan.Suggestions(),
	}
	res.Query.Ranked = m.listed.count()
	if q.Copies {
		groups := s.groups(m.docs)
		res.Groups, res.Query.Ranked = &groups, s.groups(m.listed)
	}
	if res.Query.Counts, err = m.readings(&q); err != nil {
		return nil, err
	}
	var page []found
	if page, res.NextCursor, err = s.page(ctx, &q, m); err != nil {
		return nil, err
	}
	if res.Hits, err = s.hits(ctx, &q, m, page); err != nil {
		return nil, err
	}
	if res.Query.Dropped, err = m.dropped(page); err != nil {
		return nil, err
	}
	if res.Facets, err = m.countFacets(&q); err != nil {
		return nil, err
	}
	for _, n := range m.notes {
		res.Query.Notes = search.AddNote(res.Query.Notes, n)
	}
	res.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return res, nil
}

// matching is what a query matches, before ranking.
type matching struct {
	*evaluation
	plan    *plan.Plan
	docs    set      // documents that are counted
	listed  set      // documents that can be hits; contains docs
	clauses []clause // clauses that score, once page ranks by them
}

// planning plans a query: [plan.Planner.Plan] or [plan.Planner.PlanCount].
type planning func(context.Context, plan.Index, *search.Query) (*plan.Plan, error)

// matched plans a query and finds the documents that it matches.
func (s *Searcher) matched(ctx context.Context, q *search.Query, understand planning) (*matching, error) {
	m := &matching{evaluation: s.evaluation(ctx)}
	var err error
	if m.plan, err = understand(ctx, m, q); err != nil {
		return nil, err
	}
	if m.docs, err = m.set(m.plan.Docs()); err != nil {
		return nil, err
	}
	m.listed = m.docs
	return m, nil
}

// counts reports whether a hit is counted, not only listed.
func (m *matching) counts(f found) bool { return m.docs[f.leaf.ord].Contains(f.doc) }

// readings counts the other readings of the words.
func (m *matching) readings(q *search.Query) (*search.ReadingCounts, error) {
	r := m.plan.Readings
	if r == nil || q.Counted {
		return nil, nil
	}
	counts, err := m.Count(m.ctx, m.plan.Counted(r.Phrase), m.plan.Counted(r.All), m.plan.Counted(r.Folded))
	if err != nil {
		return nil, err
	}
	return &search.ReadingCounts{
		Phrase: search.ReadingCount{Count: counts[0], Query: r.Phrase.Query},
		All:    search.ReadingCount{Count: counts[1], Query: r.All.Query},
		Folded: search.ReadingCount{Count: counts[2], Query: r.Folded.Query},
	}, nil
}

// dropped returns the words that most of the counted hits of a page do not contain.
func (m *matching) dropped(hits []found) (out []string, err error) {
	if !m.plan.Relaxed() {
		return nil, nil
	}
	hits = slices.DeleteFunc(slices.Clone(hits), func(f found) bool { return !m.counts(f) })
	for _, w := range m.plan.Words {
		docs, err := m.set(w.Counted)
		if err != nil {
			return nil, err
		}
		without := 0
		for _, h := range hits {
			if !docs[h.leaf.ord].Contains(h.doc) {
				without++
			}
		}
		if 2*without > len(hits) && !slices.Contains(out, w.Text) {
			out = append(out, w.Text)
		}
	}
	return out, nil
}

// page ranks the listed documents and returns the page of them that a query asks for,
// and the cursor of the page after.
func (s *Searcher) page(ctx context.Context, q *search.Query, m *matching) (hits []found, next index.Maybe, err error) {
	if q.Size <= 0 {
		return nil, "", nil
	}
	if m.clauses, err = m.evaluation.clauses(m.plan.Clauses); err != nil {
		return nil, "", err
	}
	t := &top{order: orderOf(q.Sort)}
	ranked := !q.ByTime() && len(m.clauses) > 0
	skip := 0
	if q.Cursor != "" {
		if t.after, err = s.readCursor(q, m); err != nil {
			return nil, "", err
		}
	} else {
		skip = (max(q.Page, 1) - 1) * q.Size
	}
	t.size = skip + q.Size + 1 // one more shows whether there is a next page
	// offer adds the first of docs to t, with scores if ranked.
	offer := func(t *top, docs set) (err error) {
		for i, l := range s.leaves {
			switch {
			case ranked:
				err = s.rank(ctx, l, docs[i], m.clauses, t, !s.cfg.Exhaustive)
			case q.Sort == search.SortOldest || q.Sort == search.SortAdded || s.cfg.Exhaustive:
				err = t.addAll(ctx, l, docs[i])
			default: // by relevance without a clause, the most recent come first
				err = t.addNewest(ctx, l, docs[i])
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	listed := m.listed
	if q.Copies {
		if listed, err = s.firsts(listed, t.order, offer); err != nil {
			return nil, "", err
		}
	}
	if ranked && m.plan.Vector != nil {
		err = s.again(ctx, m.plan, t, func(t *top) error { return offer(t, listed) })
	} else {
		err = offer(t, listed)
	}
	if err != nil {
		return nil, "", err
	}
	hits = t.sorted()
	if hits = hits[min(skip, len(hits)):]; len(hits) > q.Size {
		hits = hits[:q.Size]
		next = s.writeCursor(q, m, hits[q.Size-1])
	}
	return hits, next, nil
}

// countFacets counts the facets that a query asks for. Facets without a filter of
// their own share one pass over the documents.
func (m *matching) countFacets(q *search.Query) (map[string][]search.Count, error) {
	out := map[string][]search.Count{}
	var shared []string
	for _, name := range q.Counting() {
		if m.plan.Filters[name] == nil {
			shared = append(shared, name)
			continue
		}
		docs, err := m.set(m.plan.DocsBut(name))
		if err != nil {
			return nil, err
		}
		m.countOver(docs, q, []string{name}, out)
	}
	m.countOver(m.docs, q, shared, out)
	return out, nil
}

// countOver counts the named facets over docs into out.
func (m *matching) countOver(docs set, q *search.Query, names []string, out map[string][]search.Count) {
	if len(names) == 0 {
		return
	}
	facetOf := func(row *search.Facet) *facet { return m.facets[row.FieldIn(row.View(q))] }
	var t *tallied
	if row := search.FacetOf(names[0]); len(names) > 1 || row.Keyed || len(facetOf(row).Labels) > fewValues {
		t = m.tally(docs)
		defer t.giveBack()
	}
	for _, name := range names {
		row, chosen := search.FacetOf(name), m.plan.Chosen[name]
		if row.Keyed {
			k := m.keyed[row.Field]
			out[name] = k.list(k.of(t.keys), k.without(m.leaves, docs), chosen)
			continue
		}
		f := facetOf(row)
		out[name] = f.List(name, row.View(q), f.counts(t, m.leaves, docs), chosen)
	}
}
