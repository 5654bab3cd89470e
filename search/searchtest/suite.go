// Package searchtest is the test suite that every engine must pass. It also has the
// texts and judged queries that tests of ranking share, and the golden figures of
// the ranking.
package searchtest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
	"nghiquyet/search"
)

// Run runs the suite on an engine, in the manner of testing/fstest: build indexes
// the articles, opens the index and closes it at the end of the test. Scores and
// their order may differ between engines, except for a few undisputed orders. It asks
// all queries of its long lists if each is 1, else one of so many.
func Run(t *testing.T, each int, build func(t *testing.T, articles []*index.Article) search.Engine) {
	s := &suite{each: each, articles: corpus(), byID: map[string]index.Unit{}}
	for _, a := range s.articles {
		for _, u := range a.Units() {
			s.units, s.said, s.byID[u.ID()] = append(s.units, u), append(s.said, syllablesOf(u)), u
		}
	}
	s.engine = build(t, corpus())
	var full []*index.Article
	for i := range copies {
		for _, a := range corpus() {
			a.ID = fmt.Sprintf("%s~%d", a.ID, i)
			full = append(full, a)
		}
	}
	s.full = build(t, full)
	for _, part := range []struct {
		name string
		run  func(*suite, *testing.T)
	}{
		{"Matching", (*suite).matching},
		{"Relaxing", (*suite).relaxing},
		{"Listed", (*suite).listed},
		{"Readings", (*suite).readings},
		{"Counts", (*suite).countsAgree},
		{"Freed", (*suite).freed},
		{"Correcting", (*suite).correcting},
		{"Ranking", (*suite).ranking},
		{"Forms", (*suite).forms},
		{"Recount", (*suite).recount},
		{"Numbered", (*suite).numbered},
		{"Recognized", (*suite).recognized},
		{"Spellings", func(_ *suite, t *testing.T) { spelled(t, build) }},
		{"Rows", func(_ *suite, t *testing.T) { rows(t, build) }},
		{"Provinces", (*suite).provinces},
		{"PartsOfNames", (*suite).partsOfNames},
		{"BoundedLists", func(s *suite, t *testing.T) { boundedLists(t, build) }},
		{"UnknownValues", (*suite).unknownValues},
		{"Sorts", (*suite).sorts},
		{"Arrivals", (*suite).arrivals},
		{"Pages", (*suite).pages},
		{"Copies", (*suite).copies},
		{"Groups", (*suite).groups},
		{"BadCursors", (*suite).badCursors},
		{"Snippets", (*suite).snippets},
		{"Explain", (*suite).explain},
		{"Hits", (*suite).hits},
		{"Articles", (*suite).wholeArticles},
		{"Cubes", (*suite).cubes},
		{"FiguresLead", (*suite).figuresLead},
		{"Quarters", func(_ *suite, t *testing.T) { quarters(t, build) }},
		{"ManyCells", func(_ *suite, t *testing.T) { manyCells(t, build) }},
		{"DoubtfulDates", func(_ *suite, t *testing.T) { doubtfulDates(t, build) }},
		{"Citations", (*suite).citations},
		{"Related", (*suite).related},
		{"Suggestions", (*suite).suggestions},
		{"Cancelled", (*suite).cancelled},
		{"AnyText", (*suite).anyText},
	} {
		t.Run(part.name, func(t *testing.T) { part.run(s, t) })
	}
}

// copies is how many copies of every article are in the full index: enough that the
// documents with all words fill a page, so that no word is dropped.
const copies = search.DefaultSize + 2

// suite is an engine and the articles in its index.
type suite struct {
	each     int // see Run
	engine   search.Engine
	full     search.Engine
	articles []*index.Article
	units    []index.Unit
	said     []syllables // of units
	byID     map[string]index.Unit
}

// oneInEach returns the queries of a long list that are asked.
func oneInEach[T any](s *suite, list []T) (asked []T) {
	for at := 0; at < len(list); at += s.each {
		asked = append(asked, list[at])
	}
	return asked
}

// query reads the parameters of a search as its address has them, unescaped:
// "q=dân vận&province=gia-lai".
func query(t *testing.T, params string) search.Query {
	t.Helper()
	values := map[string][]string{}
	for p := range strings.SplitSeq(params, "&") {
		if p == "" {
			continue
		}
		name, value, _ := strings.Cut(p, "=")
		values[name] = append(values[name], value)
	}
	q, errs := search.FromValues(values)
	if len(errs) > 0 {
		t.Fatalf("%s: %v", params, errs[0].Error())
	}
	return q
}

func (s *suite) ask(t *testing.T, params string) *search.Results {
	t.Helper()
	return s.search(t, params, query(t, params))
}

// resultsOf answers a query.
func resultsOf(t *testing.T, engine search.Engine, q search.Query) *search.Results {
	t.Helper()
	res, err := engine.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return res
}

// search answers a query and checks the properties of every answer.
func (s *suite) search(t *testing.T, name string, q search.Query) *search.Results {
	t.Helper()
	res := resultsOf(t, s.engine, q)
	if res.Hits == nil || res.Facets == nil || res.Suggestions == nil {
		t.Errorf("%s: hits, facets and suggestions are lists, not null", name)
	}
	if len(res.Hits) > q.Size || len(res.Hits) > res.Query.Ranked || res.Total > res.Query.Ranked {
		t.Errorf("%s: %d hits on a page of %d, of %d listed, %d counted", name, len(res.Hits), q.Size, res.Query.Ranked, res.Total)
	}
	if res.Query.Text != q.Text {
		t.Errorf("%s: query.text = %q", name, res.Query.Text)
	}
	if !relaxed(res) && len(res.Query.Dropped) > 0 {
		t.Errorf("%s: all words match, yet dropped = %q", name, res.Query.Dropped)
	}
	return res
}

// walk returns the IDs of all hits in order, page after page. It checks that there
// are as many as can be paged through, and as many counted ones as the total.
func (s *suite) walk(t *testing.T, params string) (first *search.Results, ids []string) {
	t.Helper()
	q := query(t, params)
	seen := map[string]bool{}
	counted := 0
	for {
		res := s.search(t, params, q)
		if first == nil {
			first = res
		}
		if res.Total != first.Total || res.Query.Ranked != first.Query.Ranked {
			t.Fatalf("%s: total %d of %d, on the first page %d of %d", params, res.Total, res.Query.Ranked, first.Total, first.Query.Ranked)
		}
		for _, h := range res.Hits {
			if seen[h.ID] {
				t.Fatalf("%s: %s comes twice", params, h.ID)
			}
			seen[h.ID] = true
			ids = append(ids, h.ID)
			if h.Match == "" {
				counted++
			} else if h.Match != search.HitClose {
				t.Fatalf("%s: %s has the match %q", params, h.ID, h.Match)
			}
		}
		if res.NextCursor == "" {
			break
		}
		if len(res.Hits) == 0 {
			t.Fatalf("%s: a cursor behind an empty page", params)
		}
		q.Cursor, q.Page = string(res.NextCursor), 0
	}
	if len(ids) != first.Query.Ranked || counted != first.Total {
		t.Errorf("%s: total %d of %d, but %d hits counted of %d", params, first.Total, first.Query.Ranked, counted, len(ids))
	}
	return first, ids
}

func sorted(ids []string) string { return strings.Join(slices.Sorted(slices.Values(ids)), " ") }

// relaxed reports whether words were let go.
func relaxed(res *search.Results) bool {
	return res.Query.Match == search.MatchMost || res.Query.Match == search.MatchAny
}

// counted are the hits that are counted.
func counted(hits []search.Hit) []search.Hit {
	return slices.DeleteFunc(slices.Clone(hits), func(h search.Hit) bool { return h.Match != "" })
}

func idsOf(hits []search.Hit) []string {
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	return ids
}

// facet returns the counts of a facet by slug.
func facet(counts []search.Count) map[string]int {
	out := map[string]int{}
	for _, c := range counts {
		out[c.Value] = c.Count
	}
	return out
}

// values returns the slugs of a unit in a facet, [search.Unknown] if it has none.
func values(u index.Unit, name, view string) []string {
	var out []string
	add := func(m index.Maybe) {
		if slug := vi.Slug(string(m)); slug != "" && !slices.Contains(out, slug) {
			out = append(out, slug)
		}
	}
	a := u.Article
	switch name {
	case search.FacetProvince:
		for _, p := range a.Provinces {
			if view == search.ViewThen {
				add(p.Then)
			} else {
				add(p.Now)
			}
		}
	case search.FacetDistrict:
		add(index.Maybe(places.DistrictLabel(string(a.District), string(a.Province.Then))))
	case search.FacetCommune:
		named := a.CommunesNow
		if a.Commune != nil {
			named = []index.Commune{*a.Commune}
		} else if view != search.ViewNow {
			named = nil
		}
		for _, c := range named {
			at, _ := places.CommuneAt(c.Code)
			out = append(out, at.Value)
		}
	case search.FacetQuarter:
		if len(a.Date) >= len("2006-01") {
			month, _ := strconv.Atoi(string(a.Date[len("2006-"):len("2006-01")]))
			out = append(out, fmt.Sprintf("%s-Q%d", a.Date[:len("2006")], (month-1)/3+1))
		}
	case "source":
		if a.Source != "" {
			out = append(out, string(a.Source))
		}
	case search.FacetCites:
		for _, c := range a.Citations {
			out = append(out, c.Key)
		}
	default:
		for _, f := range index.Schema {
			if f.Name == search.FacetOf(name).Field {
				for _, value := range f.Values(u) {
					add(index.Maybe(value))
				}
			}
		}
	}
	if out == nil {
		out = append(out, search.Unknown)
	}
	return out
}

func typeOf(u index.Unit) string {
	if u.Lesson != nil {
		return search.TypeLesson
	}
	return search.TypeArticle
}

func isParam(err error, param, code string) bool {
	p, ok := errors.AsType[*search.ParamError](err)
	return ok && p.Param == param && p.Code == code
}

// wantedType returns the type of hits of a query.
func wantedType(q search.Query) string { return cmp.Or(q.Type, search.TypeArticle) }
