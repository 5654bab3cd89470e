package plan

import (
	"slices"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/snippet"
)

// snippetsPerHit is the largest number of passages shown of an article.
const snippetsPerHit = 2

// Marker marks the matches of a query. It is immutable.
type Marker struct {
	// matchers are tried in this order until one marks something. The first ones, before
	// uncounted, are for counted documents only.
	matchers  []*snippet.Matcher
	uncounted int
}

// Marker returns a marker for the spelling that is counted. If documents are counted for
// their compounds, it marks in them only complete compounds. Single syllables of a query
// without marks are marked beside their neighbours in the query; elsewhere only in a
// document in which nothing else is marked.
func (p *Plan) Marker() *Marker {
	together, m := snippet.NewMatcher(p.Together, p.IDF, p.Also...), &Marker{}
	words := together
	if p.Readings != nil {
		words = snippet.NewMatcher(p.Spelled, p.IDF, p.Also...)
	}
	loose := []snippet.Loose{snippet.LooseNumbers}
	if p.unmarked {
		loose = []snippet.Loose{snippet.LooseAll, snippet.LooseBare}
	}
	if p.Level == search.MatchWords && words != together {
		m.matchers, m.uncounted = append(m.matchers, together.Beside(loose[0])), 1
	}
	for _, l := range loose {
		if matcher := words.Beside(l); !slices.Contains(m.matchers, matcher) { // no syllable is loose
			m.matchers = append(m.matchers, matcher)
		}
	}
	return m
}

// Hit makes the hit of a stored unit. counted reports that it is counted. A nil
// marker marks nothing.
func (m *Marker) Hit(head *units.Head, body string, score float64, counted bool) (h search.Hit) {
	if m == nil {
		return hit(head, body, score, nil)
	}
	matchers := m.matchers
	if !counted {
		matchers = matchers[m.uncounted:]
	}
	for _, matcher := range matchers {
		h = hit(head, body, score, matcher)
		if slices.ContainsFunc(h.Snippets, func(s search.Snippet) bool { return hasMatch(s.Runs) }) {
			break
		}
	}
	if !counted {
		h.Match = search.HitClose
	}
	return h
}

func hit(head *units.Head, body string, score float64, matcher *snippet.Matcher) search.Hit {
	a := &head.Article
	h := search.Hit{
		ID: a.ID, Type: search.TypeArticle, Title: a.Title, URL: a.URL, Source: a.Source, Score: score,
		Facts: a.Facts, Evidence: a.Evidence, Snippets: []search.Snippet{},
	}
	if h.Topics == nil {
		h.Topics = []string{}
	}
	if h.CommunesNow == nil {
		h.CommunesNow = []index.Commune{}
	}
	if h.Provinces == nil {
		h.Provinces = []index.Place{}
	}
	if l := head.Lesson; l != nil {
		h.ID, h.Type = a.ID+"#"+l.Anchor, search.TypeLesson
		h.Lesson = &search.LessonHit{
			Ordinal: l.Ordinal, Heading: l.Heading, Anchor: l.Anchor,
			Article: search.Doc{ID: a.ID, Title: a.Title, Date: a.Date}, Text: body,
		}
	}
	if runs := snippet.Highlight(a.Title, matcher); hasMatch(runs) {
		h.Snippets = append(h.Snippets, search.Snippet{Field: "title", Runs: runs})
	}
	for _, p := range snippet.Cut(body, matcher, snippet.Options{Snippets: snippetsPerHit}) {
		cut := search.Snippet{Field: "text", Runs: p.Runs, Start: p.Start}
		if head.Lesson != nil {
			cut.Anchor = head.Lesson.Anchor
		} else {
			cut.Anchor = strings.Clone(anchor(head.Marks, p))
		}
		h.Snippets = append(h.Snippets, cut)
	}
	return h
}

// anchor returns the anchor of the smallest part that contains the first match of a
// passage, "" if there is none.
func anchor(marks []units.Mark, p snippet.Passage) (name string) {
	at := p.MatchAt()
	if at < 0 {
		at = p.Start
	}
	size := -1
	for _, m := range marks {
		if n := m.End - m.Start; m.Start <= at && at < m.End && (size < 0 || n <= size) {
			name, size = m.Anchor, n
		}
	}
	return name
}

func hasMatch(runs []search.Run) bool {
	return slices.ContainsFunc(runs, func(r search.Run) bool { return r.Match })
}
