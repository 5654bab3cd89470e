package blevesearch

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/indextest"
	"nghiquyet/search"
	"nghiquyet/search/plan"
	"nghiquyet/search/searchtest"
)

// syllables fold into one another; the first ones are used more often.
var syllables = strings.Fields(`dân đảng nghị và của quyết đang nghỉ nghi vận bí bị bi thư thứ thú hòa hoà hoa lý lí giải
	giai ủy uỷ huyện huyên tỉnh tình tinh xã xa muối đê bưởi cầu lúa rừng biển chợ trâu`)

func anySyllable(r *rand.Rand) string {
	x := r.Float64()
	return syllables[int(x*x*float64(len(syllables)))]
}

// randomArticles make every way for terms, marks and facets to collide.
func randomArticles(r *rand.Rand, n int) []*index.Article {
	pick := func(values ...string) string { return values[r.IntN(len(values))] }
	var list []*index.Article
	for i := range n {
		text := func(words int) string {
			var b strings.Builder
			for j := range words {
				if j > 0 {
					b.WriteString(pick(" ", " ", " ", " ", " ", " ", ", ", ". ", ".\n"))
				}
				b.WriteString(anySyllable(r))
			}
			return b.String()
		}
		a := &index.Article{ID: fmt.Sprintf("a%04d", r.IntN(9000)*1000+i), Title: text(1 + r.IntN(6)), Facts: index.Facts{Kind: index.Maybe(pick("", "Nghị quyết", "Chỉ thị"))}}
		words := []int{1, 5, 20, 40, 200}[r.IntN(5)]
		var body strings.Builder
		body.WriteString(text(words))
		for j := range r.IntN(4) - 1 {
			body.WriteString("\n")
			start := body.Len()
			body.WriteString(text(3 + r.IntN(20)))
			a.Lessons = append(a.Lessons, index.Lesson{
				Ordinal: j + 1, Heading: pick("dân vận", "bí thư đảng ủy", ""), Anchor: fmt.Sprintf("bai-hoc-%d", j+1), Span: index.Span{Start: start, End: body.Len()},
			})
		}
		a.Text = body.String()
		if r.IntN(8) == 0 { // written without marks
			a.Lessons, a.Text = nil, vi.Fold(a.Text)
		}
		for j := range a.Lessons {
			a.Lessons[j].Text = a.Text[a.Lessons[j].Span.Start:a.Lessons[j].Span.End]
		}
		if r.IntN(6) > 0 {
			a.Date = index.Maybe(fmt.Sprintf("20%02d-%02d-%02d", 10+r.IntN(6), 1+r.IntN(3), 1+r.IntN(28)))
		}
		for range r.IntN(3) {
			a.Topics = append(a.Topics, pick("Dân vận", "Kinh tế", "Văn hóa"))
		}
		list = append(list, a)
	}
	return list
}

// build indexes articles as one segment, or as several of [buildBatches] articles.
func build(t testing.TB, articles []*index.Article, segments bool) *Searcher {
	t.Helper()
	indexed := indextest.Bleve
	if segments {
		indexed = buildBatches
	}
	lexicon, err := vi.LoadLexicon("", "")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(indexed(t, articles...), Config{Lexicon: lexicon})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if segments != (len(s.leaves) > 1) {
		t.Fatalf("%d segments", len(s.leaves))
	}
	return s
}

// randomQuery is words, at times with phrases, exclusions, and sides of an OR.
func randomQuery(r *rand.Rand) search.Query {
	word := func() search.Node {
		w := anySyllable(r)
		if r.IntN(3) == 0 {
			w = vi.Fold(w)
		}
		return search.Word{Text: w}
	}
	phrase := func() search.Node {
		w := []string{anySyllable(r), anySyllable(r)}
		if r.IntN(4) == 0 {
			w = append(w, anySyllable(r))
		}
		if r.IntN(3) == 0 {
			return search.Phrase{Text: vi.Fold(strings.Join(w, " "))}
		}
		return search.Phrase{Text: strings.Join(w, " ")}
	}
	var nodes []search.Node
	for range 1 + r.IntN(6) {
		nodes = append(nodes, word())
	}
	switch r.IntN(8) {
	case 0:
		nodes = append(nodes, phrase())
	case 1:
		nodes = append(nodes, search.Not{Node: word()})
	case 2:
		nodes = append(nodes, search.Or{Nodes: []search.Node{word(), phrase()}}, word())
	case 3:
		nodes = []search.Node{phrase()}
	}
	q := search.Query{Literal: true, Type: search.TypeAll, Size: []int{1, 3, 10, 25}[r.IntN(4)], Page: 1 + r.IntN(2)}
	q.Expr = nodes[0]
	if len(nodes) > 1 {
		q.Expr = search.And{Nodes: nodes}
	}
	if r.IntN(8) == 0 { // without marks throughout: the spelling is restored
		q.Expr = search.Parse(vi.Fold(q.Expr.String()))
	}
	if r.IntN(3) == 0 {
		q.Type = []string{search.TypeArticle, search.TypeLesson}[r.IntN(2)]
	}
	if r.IntN(4) == 0 {
		q.Choose("topic", []string{"dan-van", "unknown"}[:1+r.IntN(2)]...)
	}
	if r.IntN(4) == 0 {
		q.Choose("kind", "chi-thi")
	}
	if r.IntN(4) == 0 {
		q.From = "2012-02-01"
	}
	return q
}

// under reports whether a document passes the filters of a random query, without
// that of one facet.
func under(d *oracleDoc, q search.Query, aside string) bool {
	a := d.unit.Article
	isLesson := d.unit.Lesson != nil
	return (aside == "type" || q.Type == search.TypeAll || isLesson == (q.Type == search.TypeLesson)) &&
		(aside == "topic" || len(q.Of(search.FacetTopic)) == 0 || slices.Contains(a.Topics, "Dân vận") || len(q.Of(search.FacetTopic)) == 2 && len(a.Topics) == 0) &&
		(aside == "kind" || len(q.Of(search.FacetKind)) == 0 || a.Kind == "Chỉ thị") &&
		(q.From == "" || string(a.Date) >= q.From)
}

// carried are the slugs of a document in a facet.
func carried(d *oracleDoc, facet string) []string {
	a := d.unit.Article
	var out []string
	switch facet {
	case "type":
		out = []string{"article"}
		if d.unit.Lesson != nil {
			out = []string{"lesson"}
		}
	case "topic":
		for _, topic := range a.Topics {
			out = append(out, vi.Slug(topic))
		}
	case "kind":
		out = append(out, vi.Slug(string(a.Kind)))
	case "month":
		out = append(out, string(a.Date[:min(7, len(a.Date))]))
	}
	slices.Sort(out)
	out = slices.DeleteFunc(slices.Compact(out), func(s string) bool { return s == "" })
	if len(out) == 0 {
		return []string{search.Unknown}
	}
	return out
}

// TestRandom compares the engine with the oracle, and pruned with exhaustive
// ranking, over random texts and queries, in one segment and in many.
func TestRandom(t *testing.T) {
	shareddata.OneGoroutine(t)
	const articles = 400
	queries := 120 / shareddata.EveryNth(3)
	for seed := range uint64(2) {
		list := randomArticles(rand.New(rand.NewPCG(seed, 1)), articles)
		for _, segments := range []bool{false, true} {
			t.Run(fmt.Sprintf("seed %d, segments %v", seed, segments), func(t *testing.T) {
				s := build(t, list, segments)
				o := newOracle(list, s)
				r := rand.New(rand.NewPCG(seed, 2))
				for range queries {
					q := randomQuery(r)
					compare(t, s, o, q)
					if r.IntN(8) == 0 {
						walks(t, s, q)
					}
				}
				for range 20 {
					related(t, s, list[r.IntN(len(list))].ID)
				}
			})
		}
	}
}

func compare(t *testing.T, s *Searcher, o *oracle, q search.Query) {
	t.Helper()
	name := fmt.Sprintf("%s %s topic=%v kind=%v from=%s, page %d of %d", q.Expr, q.Type, q.Of(search.FacetTopic), q.Of(search.FacetKind), q.From, q.Page, q.Size)
	res, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	level, docs, listed := o.match(q.Expr, func(d *oracleDoc) bool { return under(d, q, "") })
	if res.Query.Match != level.name || res.Total != len(docs) || res.Query.Ranked != len(listed) {
		t.Errorf("%s: %s, %d documents of %d, want %s, %d of %d", name, res.Query.Match, res.Total, res.Query.Ranked, level.name, len(docs), len(listed))
		return
	}
	terms := o.terms(q.Expr)
	scores := map[string]float64{}
	words := 0
	for _, n := range search.TopLevel(q.Expr) {
		if _, ok := n.(search.Word); ok {
			words++
		}
	}
	ranked := o.ranked(listed, func(d *oracleDoc) float64 {
		scores[d.unit.ID()] = o.score(d, terms)
		if words > 1 && d.matches(q.Expr) {
			scores[d.unit.ID()] += plan.Ranking.AllWords
		}
		return scores[d.unit.ID()]
	})
	skip := min((q.Page-1)*q.Size, len(ranked))
	ranked = ranked[skip:min(skip+q.Size, len(ranked))]
	if len(res.Hits) != len(ranked) {
		t.Fatalf("%s: %d hits, want %d", name, len(res.Hits), len(ranked))
	}
	for i, h := range res.Hits {
		if close := !slices.ContainsFunc(docs, func(d *oracleDoc) bool { return d.unit.ID() == h.ID }); close != (h.Match == search.HitClose) {
			t.Errorf("%s: hit %d, %s, has the match %q, want it close: %v", name, skip+i, h.ID, h.Match, close)
		}
		want, own := scores[ranked[i].unit.ID()], scores[h.ID]
		if tolerance := 1e-4 * math.Max(1, want); math.Abs(h.Score-want) > tolerance || math.Abs(h.Score-own) > tolerance {
			t.Errorf("%s: hit %d is %s with %f, want %s with %f (%s has %f)", name, skip+i, h.ID, h.Score, ranked[i].unit.ID(), want, h.ID, own)
		}
	}
	for _, facet := range []string{"type", "topic", "kind", "month"} {
		want := map[string]int{}
		_, docs := o.matchAt(q.Expr, level, func(d *oracleDoc) bool { return under(d, q, facet) })
		for _, d := range docs {
			for _, v := range carried(d, facet) {
				want[v]++
			}
		}
		got := map[string]int{}
		for _, c := range res.Facets[facet] {
			if c.Count > 0 {
				got[c.Value] = c.Count
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: facet %s = %v, want %v", name, facet, got, want)
		}
	}
	same(t, name, s, q)
	counted(t, name, s, q, res)
}

// counted: the query of each reading finds what the reading counts, and what is counted
// as a level counts is that of its reading.
func counted(t *testing.T, name string, s *Searcher, q search.Query, res *search.Results) {
	t.Helper()
	if res.Query.Counts == nil {
		return
	}
	for level, c := range map[string]search.ReadingCount{
		search.MatchWords: res.Query.Counts.Phrase, search.MatchAll: res.Query.Counts.All, "folded": res.Query.Counts.Folded,
	} {
		if res.Query.Match == level && res.Total != c.Count {
			t.Errorf("%s: %d documents by %s, counts %v", name, res.Total, level, c)
		}
		again := q
		again.Expr, again.Text, again.Literal = nil, c.Query, false
		if found, err := s.Search(t.Context(), again); err != nil || found.Total != c.Count || found.Query.Match != search.MatchWords {
			t.Errorf("%s: %s counts %v, its query finds %d by %s (%v)", name, level, c, found.Total, found.Query.Match, err)
		}
	}
}

// same compares pruned with exhaustive ranking, to the bit.
func same(t *testing.T, name string, s *Searcher, q search.Query) {
	t.Helper()
	q.Facets = []string{}
	pruned, err := s.Search(t.Context(), q)
	s.cfg.Exhaustive = true
	all, err2 := s.Search(t.Context(), q)
	s.cfg.Exhaustive = false
	if err = errors.Join(err, err2); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	list := func(hits []search.Hit) string {
		var b strings.Builder
		for _, h := range hits {
			fmt.Fprintf(&b, "%s %x\n", h.ID, math.Float64bits(h.Score))
		}
		return b.String()
	}
	if got, want := list(pruned.Hits), list(all.Hits); got != want {
		t.Errorf("%s: pruned\n%swant as exhaustive\n%s", name, got, want)
	}
}

// walks compares the pages by cursor, in every order, with one long page.
func walks(t *testing.T, s *Searcher, q search.Query) {
	t.Helper()
	q.Facets, q.Page = []string{}, 1
	for _, q.Sort = range []string{search.SortRelevance, search.SortNewest, search.SortOldest} {
		q.Size, q.Cursor = s.docCount, ""
		res, err := s.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var want, got, dates []string
		for _, h := range res.Hits {
			want, dates = append(want, h.ID), append(dates, string(h.Date))
		}
		for q.Size = 7; ; q.Cursor = string(res.NextCursor) {
			if res, err = s.Search(t.Context(), q); err != nil {
				t.Fatal(err)
			}
			for _, h := range res.Hits {
				got = append(got, h.ID)
			}
			if res.NextCursor == "" || len(got) > len(want) {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s by %s: pages of 7 give %q, want %q", q.Expr, q.Sort, got, want)
		}
		known := slices.DeleteFunc(slices.Clone(dates), func(d string) bool { return d == "" })
		if q.Sort == search.SortOldest {
			slices.Reverse(known)
		}
		if q.Sort != search.SortRelevance && (!slices.IsSortedFunc(known, func(a, b string) int { return strings.Compare(b, a) }) ||
			slices.ContainsFunc(dates[len(known):], func(d string) bool { return d != "" })) {
			t.Errorf("%s by %s: dates %q", q.Expr, q.Sort, dates)
		}
	}
}

// related compares pruned with exhaustive ranking for related articles.
func related(t *testing.T, s *Searcher, id string) {
	t.Helper()
	var answers [2][]search.Hit
	for i := range answers {
		s.cfg.Exhaustive = i == 1
		hits, err := s.Related(t.Context(), id, 5)
		if err != nil {
			t.Fatal(err)
		}
		answers[i] = hits
	}
	s.cfg.Exhaustive = false
	if !slices.EqualFunc(answers[0], answers[1], func(a, b search.Hit) bool { return a.ID == b.ID && a.Score == b.Score && a.ID != id }) {
		t.Errorf("related to %s: pruned %+v, exhaustive %+v", id, answers[0], answers[1])
	}
}

// TestPrunedLaws compares pruned with exhaustive ranking over real questions, if
// their texts are available.
func TestPrunedLaws(t *testing.T) {
	shareddata.OneGoroutine(t)
	articles, judged := searchtest.ALQAC(t)
	s := build(t, articles, false)
	for i := 0; i < len(judged); i += shareddata.EveryNth(4) {
		text := judged[i].Query
		if i%3 == 0 {
			text = vi.Fold(text)
		}
		same(t, text, s, search.Query{Text: text, Type: search.TypeAll, Size: 1 + i%10})
	}
}
