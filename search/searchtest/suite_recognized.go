package searchtest

import (
	"fmt"
	"testing"

	"nghiquyet/search"
)

// recognized: names in a query are offered as filters with their number of
// documents, and never applied.
func (s *suite) recognized(t *testing.T) {
	for _, c := range []struct{ q, facet, value string }{
		{"nghị quyết gia lai", search.FacetProvince, "gia-lai"},
		{"dan van gia lai", search.FacetProvince, "gia-lai"},
		{"nghi quyet tinh Gia Lai 2020", search.FacetProvince, "gia-lai"},
		{"dân vận 2020", search.FacetYear, "2020"},
		{"chỉ thị 35", search.FacetCites, "chỉ thị 35"},
		{"35-CT/TW đại hội", search.FacetCites, "35-CT/TW"},
		{"kế hoạch đại hội", search.FacetKind, "ke-hoach"},
		{"quán triệt tinh uy quang tri", "issuer", "tinh-uy-quang-tri"},
		{"quán triệt tỉnh ủy Quảng Trị", search.FacetProvince, "quang-tri"},
		{"Ban Thường vụ Tỉnh ủy Cà Mau", "issuer", "tinh-uy-ca-mau"},
	} {
		res := s.ask(t, "facets=none&q="+c.q)
		offered := false
		for _, f := range res.Query.Filters {
			narrow := s.ask(t, fmt.Sprintf("facets=none&%s=%s&q=%s", f.Facet, f.Value, f.Query))
			if narrow.Total != f.Count || f.Count == 0 || f.Label == "" || f.Words == "" {
				t.Errorf("%s: %+v is offered, its link finds %d", c.q, f, narrow.Total)
			}
			for _, again := range narrow.Query.Filters {
				if again.Facet == f.Facet {
					t.Errorf("%s: %s is offered beside its filter", c.q, f.Facet)
				}
			}
			offered = offered || f.Facet == c.facet && f.Value == c.value
		}
		if !offered {
			t.Errorf("%s: offered %+v, want %s %s", c.q, res.Query.Filters, c.facet, c.value)
		}
	}
	for _, q := range []string{"", "dân vận", "trung ương", "30/5/2019", "qwxz", "người dân"} {
		if res := s.ask(t, "q="+q); len(res.Query.Filters) != 0 {
			t.Errorf("%s: %+v is offered", q, res.Query.Filters)
		}
	}
}
