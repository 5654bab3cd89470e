package searchtest

import (
	"slices"
	"strings"
	"testing"

	"nghiquyet/search"
)

// listed: hits are taken from more than is counted, in one order; a hit beyond
// says so. Phrases, exclusions, numbers, operators and filters bind all hits.
func (s *suite) listed(t *testing.T) {
	for _, c := range []struct {
		params string
		close  string // articles that are listed without being counted, first copies
		never  string
	}{
		// Enough articles contain all words, others contain some.
		{"q=dân vận bền bỉ", "gia-lai-2020 phu-tho-2019 khong-ro", ""},
		{"q=bưởi vườn", "khong-gi", "hoa-hoe"},
		{"q=bưởi vườn -mẩu", "", "khong-gi"},
		{`q=bưởi vườn "thu nhập"`, "", "khong-gi"},
		{"q=bưởi vườn tinh:phu-tho", "", "khong-gi"},
		{"q=bưởi vườn&year=2019", "", "khong-gi"},
		{"q=35-CT/TW đại hội chi bộ", "quan-triet-35", "dien-chau"},
		// By date only what is counted is listed, and one word has nothing beyond.
		{"q=bưởi vườn&sort=newest", "", "khong-gi"},
		{"q=bưởi", "", "hoa-hoe"},
		{`q="vườn bưởi"`, "", "khong-gi"},
	} {
		q := query(t, c.params+"&size=100")
		q.Literal = true
		res, err := s.full.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var near []string
		for _, h := range res.Hits {
			if h.Match == search.HitClose {
				near = append(near, h.ID)
			}
			if id, _, _ := strings.Cut(h.ID, "~"); c.never != "" && slices.Contains(strings.Fields(c.never), id) {
				t.Errorf("%s: %s is listed", c.params, h.ID)
			}
		}
		for id := range strings.FieldsSeq(c.close) {
			if !slices.Contains(near, id+"~0") {
				t.Errorf("%s: %s is not among the close ones, %q", c.params, id, near)
			}
		}
		if c.close == "" && len(near) > 0 {
			t.Errorf("%s: close ones %q, want none", c.params, near)
		}
		if res.Query.Ranked != res.Total+len(near) && len(res.Hits) < q.Size {
			t.Errorf("%s: %d ranked, want %d and %d close", c.params, res.Query.Ranked, res.Total, len(near))
		}
		if !slices.IsSortedFunc(res.Hits, func(a, b search.Hit) int {
			if a.Score > b.Score {
				return -1
			}
			return 0
		}) && q.Sort == "" {
			t.Errorf("%s: not in the order of scores", c.params)
		}
		// Files and feeds have what is counted only.
		q.Counted = true
		only, err := s.full.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if got := idsOf(only.Hits); only.Query.Ranked != only.Total || only.Total != res.Total || !slices.Equal(got, idsOf(counted(only.Hits))) {
			t.Errorf("%s, counted only: %d of %d, want %d", c.params, only.Total, only.Query.Ranked, res.Total)
		}
		// Dashboards count the same.
		cube, err := s.full.Stats(t.Context(), search.StatsQuery{Query: q, By: []string{search.FacetYear}})
		if err != nil || cube.Total != res.Total {
			t.Errorf("%s: cube of %d, want %d (%v)", c.params, cube.Total, res.Total, err)
		}
	}
}

// freed: a phrase or an exclusion that leaves nothing is read without its quotes
// or minus, and a note says so; with literal it stays.
func (s *suite) freed(t *testing.T) {
	for _, c := range []struct{ q, best, parsed, note string }{
		{`Đoan Hùng "dồn điền thửa đổi"`, "phu-tho-2019", "Đoan Hùng dồn điền thửa đổi", "dồn điền thửa đổi"},
		{`"Hội hoa: xuân đến"`, "hoa-hoe", "Hội hoa xuân đến", "Hội hoa: xuân đến"},
		{"Mô hình hòa giải -ở cơ sở", "hoa-new", "Mô hình hòa giải ở cơ sở", "ở"}, // a title
		{"bưởi -vườn -mẩu", "khong-gi", "bưởi vườn mẩu", "vườn”, “mẩu"},
		{`"muối ruộng" -bỏ`, "bi-thu-rung", "muối ruộng -bỏ", "muối ruộng"},
		{"cà phê bưởi -nhòe", "", "cà phê bưởi -nhòe", ""}, // something is left, and it is no title
		{`"vườn bưởi" -khéo`, "phu-tho-2019", `"vườn bưởi" -khéo`, ""},
		{`"qwxz"`, "", `"qwxz"`, ""},
	} {
		res := s.ask(t, "q="+c.q)
		if res.Query.Parsed != c.parsed {
			t.Errorf("%s is read as %s, want %s", c.q, res.Query.Parsed, c.parsed)
		}
		if c.best != "" && (len(res.Hits) == 0 || res.Hits[0].ID != c.best) {
			t.Errorf("%s: %q, want %s first", c.q, idsOf(res.Hits), c.best)
		}
		if noted := len(res.Query.Notes) == 1 && strings.Contains(res.Query.Notes[0].In("vi"), c.note); noted != (c.note != "") {
			t.Errorf("%s: notes %q, want one with %q", c.q, res.Query.Notes, c.note)
		}
		if res = s.ask(t, "literal=1&q="+c.q); len(res.Query.Notes) > 0 || res.Query.Parsed == c.parsed && c.note != "" {
			t.Errorf("%s, literal, is read as %s, notes %q", c.q, res.Query.Parsed, res.Query.Notes)
		}
	}
}
