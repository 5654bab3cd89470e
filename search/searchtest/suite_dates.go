package searchtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/search"
)

// doubtfulDates: doubtful dates count in facets and filters, but lists by date put
// their documents among those without a date, on every page.
func doubtfulDates(t *testing.T, build func(t *testing.T, articles []*index.Article) search.Engine) {
	night := index.Maybe("2026-11-11T01:00:00.000Z")
	var articles []*index.Article
	var text strings.Builder
	for i := range 90 {
		fmt.Fprintf(&text, "kỳ%d họp%d ", i, i)
	}
	for _, a := range []struct {
		id, doubt string
		date      index.Maybe
	}{
		{"a", index.DoubtFuture, "2031-05-01"}, {"b", "", ""}, {"c", "", "2020-10-05"}, {"d", "15/2020/NĐ-CP", "2001"},
		{"e", "", "2021"}, {"f", index.DoubtFuture, "2031-05"}, {"g", "", "1998-02-18"}, {"h", "", ""},
	} {
		articles = append(articles, &index.Article{
			ID: a.id, Title: "Kỳ họp", Text: text.String(), Facts: index.Facts{Date: a.date, Indexed: night, Updated: night},
			Lessons:  []index.Lesson{{Ordinal: 1, Text: "Kỳ họp", Anchor: "bai-hoc-1"}},
			Evidence: map[string]index.Evidence{"date": {From: index.FromSupplied, Sure: index.SureLow, Doubt: a.doubt}},
		})
	}
	s := &suite{engine: build(t, articles)}
	for _, c := range []struct{ params, want string }{
		{"sort=newest", "e c g a b d f h"},
		{"sort=oldest", "g c e a b d f h"},
		{"sort=added", "e c g a b d f h"},
		{"q=họp", "e c g a b d f h"},
		{"sort=newest&from=2001-01-01&to=2001-12-31", "d"},
		{"sort=newest&year=2031", "a f"},
		{"sort=oldest&from=2000-01-01", "c e a d f"},
		{"sort=newest&type=lesson", "e#bai-hoc-1 c#bai-hoc-1 g#bai-hoc-1 a#bai-hoc-1 b#bai-hoc-1 d#bai-hoc-1 f#bai-hoc-1 h#bai-hoc-1"},
	} {
		for _, size := range []string{"1", "3", "100"} {
			if _, ids := s.walk(t, "size="+size+"&"+c.params); strings.Join(ids, " ") != c.want {
				t.Errorf("%s in pages of %s: %q, want %q", c.params, size, ids, c.want)
			}
		}
	}
	if _, cells := cellsOf(t, s.engine, query(t, ""), search.FacetYear); strings.Join(cells, " ") != "1998=1 2001=1 2020=1 2021=1 2031=2 unknown=2" {
		t.Errorf("years: %v", cells)
	}
	if hits := s.ask(t, "year=2031&sort=newest").Hits; hits[0].Date != "2031-05-01" || hits[0].Evidence["date"].Doubt != index.DoubtFuture {
		t.Errorf("a hit with a doubtful date: %+v", hits[0])
	}
	others, err := s.engine.Copies(t.Context(), "h")
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]string, len(others))
	for i, d := range others {
		ids[i] = d.ID
	}
	if want := strings.Fields("e c g a b d f"); !slices.Equal(ids, want) {
		t.Errorf("copies: %q, want %q", ids, want)
	}
	grouped := resultsOf(t, s.engine, query(t, "group=copies&sort=newest"))
	if got := idsOf(grouped.Hits); !slices.Equal(got, []string{"e"}) {
		t.Errorf("grouped: %q, want the newest", got)
	}
}
