package searchtest

import (
	"fmt"
	"testing"

	"nghiquyet/search"
)

// countsAgree: the total is the count of the level in the answer, and every count
// equals the total of its link: a reading of the words, a value of a facet, an
// offered filter, the words in their spelling, a dashboard.
func (s *suite) countsAgree(t *testing.T) {
	for _, params := range oneInEach(s, []string{
		"q=dan van", "q=dân vận", "q=dan van kheo", "q=nghi quyet", "q=dang", "q=bưởi", "q=vận", "q=quyet nghi",
		"q=cong tac dan van", "q=chi bo dai hoi", "q=nghi quyet dai hoi", "q=ca phe ho tieu", "q=người bí thư chi bộ", "q=nghi huu can bo",
		"q=UBND", "q=UBND xã", "q=uy ban nhan dan xa", "q=ủy ban nhân dân", "q=BHXH", "q=bao hiem xa hoi", "q=BHXH dân vận",
		"q=20 tháng 9 năm 2021", "q=ngày 20/9/2021", "q=khoa xii", "q=đại hội khóa XII", "q=dac lac", "q=Đắc Lắc dân vận",
		"q=35-CT/TW", "q=35-CT/TW đại hội", "q=chỉ thị 35", "q=dan van chi thi 35", "q=đại hội 35-CT/TW dân vận",
		"q=cà phê -bưởi", "q=dan van -kheo", `q=dan van "công tác"`, `q="dân vận" khéo -bưởi`, `q=dân "qwxz" vận`, `q=cà "phê" bưởi chỉ thị 35`,
		"q=ca phe nghi*", "q=nghi* dai*", "q=dân vận nghi* đại*", "q=bưởi OR thổ cẩm", "q=(bưởi OR muối) huyện lúa", "q=qwxz", "q=dân vận qwxz",
		"q=dân vận tinh:gia-lai", "q=dân vận gia lai", "q=nghi quyet 2020", "q=dan van&year=2020", "q=bi thu&type=all", "q=kinh nghiệm&type=lesson",
	}) {
		for name, engine := range map[string]search.Engine{"": s.engine, "copies: ": s.full} {
			q := query(t, params)
			find := func(change func(*search.Query)) *search.Results {
				asked := q
				asked.Expr, asked.Notes = nil, nil
				change(&asked)
				return resultsOf(t, engine, asked)
			}
			res := find(func(*search.Query) {})
			same := func(what string, count int, change func(*search.Query)) {
				if again := find(change); again.Total != count {
					t.Errorf("%s%s: %s counts %d, its link finds %d (%s)", name, params, what, count, again.Total, again.Query.Match)
				}
			}
			if counts := res.Query.Counts; counts != nil {
				for level, c := range map[string]search.ReadingCount{search.MatchWords: counts.Phrase, search.MatchAll: counts.All, "folded": counts.Folded} {
					if res.Query.Match == level && res.Total != c.Count {
						t.Errorf("%s%s: total %d by %s, which counts %d", name, params, res.Total, level, c.Count)
					}
					same(c.Query, c.Count, func(q *search.Query) { q.Text = c.Query })
				}
				if counts.Phrase.Count > counts.All.Count || counts.All.Count > counts.Folded.Count {
					t.Errorf("%s%s: counts %+v", name, params, *counts)
				}
			}
			if text := res.Query.Spelled; text != "" {
				same(text, res.Total, func(q *search.Query) { q.Text = text })
			}
			for _, f := range res.Query.Filters {
				same(fmt.Sprint(f), f.Count, func(q *search.Query) { q.Text = f.Query; q.Choose(f.Facet, f.Value) })
			}
			years := 0
			for _, year := range res.Facets[search.FacetYear] {
				years += year.Count
				if len(q.Of(search.FacetYear)) == 0 && year.Count > 0 {
					same(year.Value, year.Count, func(q *search.Query) { q.Choose(search.FacetYear, year.Value) })
				}
			}
			cube, _ := cellsOf(t, engine, q, search.FacetYear)
			if cube.Total != res.Total || len(q.Of(search.FacetYear)) == 0 && years != res.Total {
				t.Errorf("%s%s: total %d, cube of %d, years of %d", name, params, res.Total, cube.Total, years)
			}
		}
	}
}
