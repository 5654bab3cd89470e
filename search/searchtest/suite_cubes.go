package searchtest

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/search"
)

// cellsOf gets a cube and returns its cells as values=count.
func cellsOf(t *testing.T, engine search.Engine, q search.Query, by ...string) (cube *search.Cube, cells []string) {
	t.Helper()
	cube, err := engine.Stats(t.Context(), search.StatsQuery{Query: q, By: by})
	if err != nil {
		t.Fatalf("by %v: %v", by, err)
	}
	for _, cell := range cube.Cells {
		var values []string
		for _, name := range by {
			values = append(values, cell[name].(string))
		}
		cells = append(cells, fmt.Sprintf("%s=%d", strings.Join(values, "|"), cell["count"]))
	}
	return cube, cells
}

// figuresLead: the filters of a cell find as many documents as its count, and as
// many groups of near-duplicates if it counts those.
func (s *suite) figuresLead(t *testing.T) {
	find := func(q search.Query) *search.Results {
		q.Size = 0
		return resultsOf(t, s.full, q)
	}
	for _, params := range []string{"group=copies&facets=none", "facets=none", "type=all&group=copies&facets=none"} {
		q := query(t, params)
		var cubes [][]string
		for _, name := range search.Dimensions {
			cubes = append(cubes, []string{name})
		}
		cubes = append(cubes, []string{search.FacetQuarter, "source", search.FacetCites})
		for _, by := range cubes {
			cube, _ := cellsOf(t, s.full, q, by...)
			whole := find(q)
			if cube.Total != whole.Total || (cube.Groups == nil) != (whole.Groups == nil) || cube.Groups != nil && *cube.Groups != *whole.Groups {
				t.Errorf("%s by %v: total %d, groups %v, want those of the search", params, by, cube.Total, cube.Groups)
			}
			for _, cell := range cube.Cells {
				one := q
				for _, name := range by {
					one.Choose(name, cell[name].(string))
				}
				res := find(one)
				found := res.Total
				if q.Copies {
					found = *res.Groups
				}
				if found != cell["count"] {
					t.Errorf("%s by %v: %v, but its filters find %d", params, by, cell, found)
				}
			}
		}
	}
}

// quarters: a document is in a quarter if its month is known; near-duplicates of
// two months of one quarter count once in it.
func quarters(t *testing.T, build func(t *testing.T, articles []*index.Article) search.Engine) {
	var text strings.Builder
	for i := range 90 {
		fmt.Fprintf(&text, "kỳ%d họp%d ", i, i)
	}
	var articles []*index.Article
	for i, date := range []index.Maybe{"2025-07-03", "2025-09", "2025-09-30", "2025-10-01", "2025", ""} {
		articles = append(articles, &index.Article{ID: fmt.Sprint("quy-", i), Title: "Kỳ họp", Text: text.String(), Facts: index.Facts{Date: date}})
	}
	s := &suite{engine: build(t, articles)}
	for _, c := range []struct{ params, want string }{
		{"", "2025-Q3=3 2025-Q4=1 unknown=2"},
		{"group=copies", "2025-Q3=1 2025-Q4=1 unknown=1"},
		{"quarter=2025-Q3", "2025-Q3=3"},
		{"quarter=2025-Q3&quarter=unknown", "2025-Q3=3 unknown=2"},
		{"quarter=2024-Q1", ""},
		{"q=quy:q3/2025", "2025-Q3=3"},
		{`q=quarter:"Quý IV năm 2025"`, "2025-Q4=1"},
		{"q=-quy:2025-Q3", "2025-Q4=1 unknown=2"},
	} {
		cube, cells := cellsOf(t, s.engine, query(t, c.params), search.FacetQuarter)
		if got := strings.Join(cells, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.params, got, c.want)
		}
		if label, ok := cube.Labels[search.FacetQuarter][search.Unknown]; ok && label != "Không rõ quý" {
			t.Errorf("%s: what has no quarter is called %q", c.params, label)
		}
	}
	if got := s.ask(t, "quarter=2025-Q4").Facets[search.FacetQuarter]; len(got) != 3 || got[0] != (search.Count{Value: "2025-Q3", Label: "2025-Q3", Count: 3}) {
		t.Errorf("the facet lists %v", got)
	}
	if _, cells := cellsOf(t, s.engine, query(t, ""), search.FacetMonth, search.FacetQuarter); strings.Join(cells, " ") != "2025-07|2025-Q3=1 2025-09|2025-Q3=2 2025-10|2025-Q4=1 unknown|unknown=2" {
		t.Errorf("months and quarters: %v", cells)
	}
}

// manyCells: a cube of more cells than an answer may have is refused.
func manyCells(t *testing.T, build func(t *testing.T, articles []*index.Article) search.Engine) {
	a := &index.Article{ID: "dai", Title: "Danh mục", Text: "Danh mục văn bản."}
	for i := range search.MaxCells/100 + 1 {
		a.Citations = append(a.Citations, index.Citation{Key: fmt.Sprintf("%d/NQ-HĐND", i)})
	}
	for i := range 100 {
		a.Topics = append(a.Topics, fmt.Sprintf("chuyên đề số %d", i))
	}
	engine := build(t, []*index.Article{a})
	for by, fits := range map[string]bool{"cites,topic": false, "cites": true, "topic,year": true} {
		_, err := engine.Stats(t.Context(), search.StatsQuery{Query: query(t, ""), By: strings.Split(by, ",")})
		if refused := isParam(err, "by", search.CodeTooMany); refused == fits || err != nil && !refused {
			t.Errorf("by %s: %v", by, err)
		}
	}
}
