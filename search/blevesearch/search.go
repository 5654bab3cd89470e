package blevesearch

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/places"
	"nghiquyet/search"
)

// Search answers a query.
func (s *Searcher) Search(ctx context.Context, q search.Query) (*search.Results, error) {
	start := time.Now()
	m, err := s.matched(ctx, &q)
	if err != nil {
		return nil, err
	}
	res := &search.Results{
		Query:       search.Asked{Text: q.Text, Match: m.level, Corrected: m.corrected, Notes: m.notes},
		Total:       m.docs.count(),
		Generation:  s.cfg.Generation,
		Hits:        []search.Hit{},
		Suggestions: []string{},
	}
	if q.Expr != nil {
		res.Query.Parsed, res.Query.Also = q.Expr.String(), m.plan.also
	}
	page, err := s.page(ctx, &q, m)
	if err != nil {
		return nil, err
	}
	if res.Hits, err = s.hits(ctx, &q, m, page.hits); err != nil {
		return nil, err
	}
	res.NextCursor = page.next
	res.Query.Dropped = m.dropped(page.hits)
	res.Facets = s.count(&q, m)
	res.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return res, nil
}

// matching is what a query matches, before ranking.
type matching struct {
	plan  *plan
	level string // all, most or any of the words
	// corrected is the query that was run instead of the one typed, if any.
	corrected index.Maybe
	notes     []string
	found     set     // by the words, before filters
	filters   filters // by facet
	docs      set     // what is counted
}

// matched compiles a query, and relaxes it where all of its words leave less
// than a page of articles: first to most of the words, then to any. Filters
// have no say in it: the count beside a facet is that of the query narrowed to
// it, and what a chart counts is what its links open.
func (s *Searcher) matched(ctx context.Context, q *search.Query) (*matching, error) {
	m := &matching{level: search.MatchAll}
	if q.Expr == nil && q.Text != "" {
		q.Expr, q.Notes = search.ParseNotes(q.Text)
	}
	for _, n := range q.Notes {
		m.notes = append(m.notes, n.String())
	}
	if q.Expr != nil && !q.Literal {
		expr, changed, err := s.corrected(q.Expr)
		if err != nil {
			return nil, err
		}
		if changed {
			q.Expr, m.corrected = expr, index.Maybe(expr.String())
		}
	}
	p, err := s.compile(ctx, q.Expr)
	if err != nil {
		return nil, err
	}
	m.plan, m.notes = p, append(m.notes, p.notes...)
	if m.filters, err = s.filters(q); err != nil {
		return nil, err
	}
	var whole set // what holds all of the words
	for _, level := range []string{search.MatchAll, search.MatchMost, search.MatchAny} {
		if m.found != nil && (len(p.words) < 2 || m.found.and(s.typed).count() >= enough) {
			break
		}
		found := s.holding(level, p.words)
		for _, r := range p.required {
			found = found.and(r)
		}
		if m.found == nil || found.count() > m.found.count() {
			m.level, m.found = level, found
		}
		if level == search.MatchAll && found.count() > 0 {
			whole = found
		}
	}
	m.docs = m.filters.without(m.found, "")
	if m.level != search.MatchAll && whole != nil {
		p.clauses = append(p.clauses, fixed("đủ các từ", whole, ranking.AllWords))
	}
	s.byBound(p.clauses)
	return m, nil
}

// enough is how many documents make a page: whatever its size, so that what is
// counted does not hang on how much of it is shown.
const enough = search.DefaultSize

// most is the share of what the words of a query tell that is most of them.
const most = 0.9

// holding returns the documents that hold all, most or any of the words. Most
// goes by what words tell, as their idf: "của" is let go before "dân vận".
func (s *Searcher) holding(level string, words []word) set {
	if len(words) == 0 {
		return live(s.leaves)
	}
	sets, weights, sum := make([]set, len(words)), make([]int, len(words)), 0
	for i, w := range words {
		sets[i] = w.docs
		weights[i] = 1 + int(4*s.idf(uint64(w.docs.count())))
		sum += weights[i]
	}
	switch level {
	case search.MatchAll:
		return all(sets)
	case search.MatchMost:
		return atLeast(int(math.Ceil(most*float64(sum))), sets, weights, s.leaves)
	}
	return anyOf(sets, s.leaves)
}

// dropped lists the words that most hits of a page do without.
func (m *matching) dropped(hits []found) []string {
	if m.level == search.MatchAll {
		return nil
	}
	var out []string
	for _, w := range m.plan.words {
		without := 0
		for _, h := range hits {
			if !w.docs[h.leaf.ord].Contains(h.doc) {
				without++
			}
		}
		if 2*without > len(hits) && !slices.Contains(out, w.text) {
			out = append(out, w.text)
		}
	}
	return out
}

// pageOf is one page of ranked documents.
type pageOf struct {
	hits []found
	next index.Maybe // cursor behind them
}

func (s *Searcher) page(ctx context.Context, q *search.Query, m *matching) (out pageOf, err error) {
	if q.Size <= 0 {
		return out, nil
	}
	t := &top{order: byScore}
	ranked := len(m.plan.clauses) > 0
	switch cmp.Or(q.Sort, search.SortRelevance) {
	case search.SortNewest:
		t.order, ranked = byNewest, false
	case search.SortOldest:
		t.order, ranked = byOldest, false
	}
	skip := 0
	if q.Cursor != "" {
		if t.after, err = s.readCursor(q, m); err != nil {
			return out, err
		}
	} else {
		skip = (max(q.Page, 1) - 1) * q.Size
	}
	t.size = skip + q.Size + 1 // one more tells whether there is a next page
	if q.Copies {
		t.size += s.spare(m.docs)
	}
	for i, l := range s.leaves {
		if ranked {
			err = s.rank(ctx, l, m.docs[i], m.plan.clauses, t, !s.cfg.Exhaustive)
		} else {
			err = t.addAll(ctx, l, m.docs[i])
		}
		if err != nil {
			return out, err
		}
	}
	hits := t.sorted()
	if q.Copies {
		hits = s.withoutCopies(hits)
	}
	hits = hits[min(skip, len(hits)):]
	out.hits = hits[:min(q.Size, len(hits))]
	// Behind a cursor nothing tells which copies were shown before it.
	if len(hits) > q.Size && !q.Copies {
		out.next = s.writeCursor(q, m, out.hits[q.Size-1])
	}
	return out, nil
}

// count counts the facets that a query asks for.
func (s *Searcher) count(q *search.Query, m *matching) map[string][]search.Count {
	out := map[string][]search.Count{}
	wanted := q.Facets
	if wanted == nil {
		wanted = search.Facets
	}
	// The facets without a filter of their own share one walk over the documents.
	var shared []string
	for _, name := range wanted {
		if _, own := m.filters[name]; own {
			s.countOver(m.filters.without(m.found, name), q.ProvinceView, []string{name}, q.Cites, out)
		} else {
			shared = append(shared, name)
		}
	}
	s.countOver(m.docs, q.ProvinceView, shared, nil, out)
	return out
}

// countOver counts the named facets over docs; chosen are the values of the
// filter on cited documents.
func (s *Searcher) countOver(docs set, view string, names, chosen []string, out map[string][]search.Count) {
	if i := slices.Index(names, search.FacetCites); i >= 0 {
		out[search.FacetCites] = s.countCites(docs, chosen)
		names = slices.Delete(slices.Clone(names), i, i+1)
	}
	if len(names) == 0 {
		return
	}
	counts := make([][]int, len(names))
	for i, name := range names {
		counts[i] = make([]int, len(s.facets[facetField(name, view)].labels)+1)
	}
	buffer := make([]uint32, 4096)
	for i, l := range s.leaves {
		columns := make([]*column, len(names))
		for j, name := range names {
			columns[j] = l.columns[facetField(name, view)]
		}
		for it := docs[i].ManyIterator(); ; {
			n := it.NextMany(buffer)
			if n == 0 {
				break
			}
			for j, c := range columns {
				c.add(buffer[:n], counts[j])
			}
		}
	}
	for i, name := range names {
		out[name] = s.facets[facetField(name, view)].list(name, view, counts[i])
	}
}

var typeLabels = map[string]string{search.TypeArticle: "Bài viết, văn bản", search.TypeLesson: "Bài học kinh nghiệm"}

// unknownLabel names the documents that do not say.
const unknownLabel = "Không rõ"

// list gives the counts of a facet in the order of the answer.
func (f *facet) list(name, view string, counts []int) []search.Count {
	unknown := search.Count{Value: search.Unknown, Label: unknownLabel, Count: counts[len(counts)-1]}
	switch name {
	case search.FacetProvince:
		return append(f.provinces(view, counts), unknown)
	case search.FacetYear, search.FacetMonth:
		out := f.counted(counts)
		slices.SortFunc(out, func(a, b search.Count) int { return cmp.Compare(a.Value, b.Value) })
		if unknown.Count > 0 {
			out = append(out, unknown)
		}
		return out
	case search.FacetType:
		out := f.counted(counts)
		for i := range out {
			out[i].Label = typeLabels[out[i].Value]
		}
		return out
	}
	out := f.counted(counts)
	if unknown.Count > 0 {
		out = append(out, unknown)
	}
	return out
}

// provinces lists every province of a view in one order, also those without
// documents; former ones and other values behind them where they occur.
func (f *facet) provinces(view string, counts []int) []search.Count {
	listed := places.Current()
	if view == search.ViewThen {
		listed = places.Before2025()
	}
	out := make([]search.Count, 0, len(listed)+2)
	seen := map[string]bool{}
	add := func(slug, label string) {
		c := search.Count{Value: slug, Label: label}
		if v, ok := f.bySlug[slug]; ok {
			c.Count = counts[v]
		}
		seen[slug] = true
		out = append(out, c)
	}
	for _, p := range listed {
		add(p.Slug, p.Name)
	}
	add("trung-uong", index.National)
	for v, slug := range f.slugs {
		if !seen[slug] && counts[v] > 0 {
			add(slug, f.labels[v])
		}
	}
	return out
}
