package blevesearch

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/search"
)

// shown writes a facet as value=label:count.
func shown(counts []search.Count) (out []string) {
	for _, c := range counts {
		out = append(out, fmt.Sprintf("%s=%s:%d", c.Value, c.Label, c.Count))
	}
	return out
}

func facetOf(t *testing.T, s *Searcher, q search.Query, name string) []string {
	t.Helper()
	q.Type, q.Facets = search.TypeArticle, []string{name}
	res, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return append(shown(res.Facets[name]), fmt.Sprint("total ", res.Total))
}

// TestDistricts: districts with one name are different values, and the name alone
// selects all of them.
func TestDistricts(t *testing.T) {
	var list []*index.Article
	for i, c := range []struct{ district, then, now string }{
		{"Châu Thành", "Kiên Giang", "An Giang"},
		{"Châu Thành", "Kiên Giang", "An Giang"},
		{"Châu Thành", "Bến Tre", "Vĩnh Long"},
		{"Châu Thành", "Vĩnh Long", "Vĩnh Long"}, // of Bến Tre, or of Trà Vinh
		{"Châu Thành", "", ""},
		{"Phù Mỹ", "Nghĩa Bình", "Gia Lai"},
		{"Phú Mỹ", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh"},
		{"Chư Prông", "Gia Lai", "Gia Lai"},
		{"Không Có Thật", "Gia Lai", "Gia Lai"},
	} {
		place := index.Place{Then: index.Maybe(c.then), Now: index.Maybe(c.now)}
		list = append(list, &index.Article{ID: fmt.Sprint(i), Title: "Bài", Text: "Nội dung",
			Facts: index.Facts{
				District: index.Maybe(c.district), Province: place, Provinces: []index.Place{place},
			}})
	}
	s := build(t, list, false)
	want := []string{
		"chau-thanh-kien-giang=Châu Thành (Kiên Giang):2", "chau-thanh-ben-tre=Châu Thành (Bến Tre):1",
		"chau-thanh-khong-ro-tinh=Châu Thành (không rõ tỉnh):2", "chu-prong=Chư Prông:1", "khong-co-that=Không Có Thật:1",
		"phu-my-ba-ria-vung-tau=Phú Mỹ (Bà Rịa - Vũng Tàu):1", "phu-my-binh-dinh=Phù Mỹ (Bình Định):1", "total 9",
	}
	if got := facetOf(t, s, search.Query{}, search.FacetDistrict); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		t.Errorf("districts %q, want %q", got, want)
	}
	for _, c := range []struct {
		value string
		total int
	}{
		{"chau-thanh-kien-giang", 2}, {"Châu Thành (Bến Tre)", 1}, {"chau-thanh-khong-ro-tinh", 2}, {"Châu Thành", 5}, {"huyện Châu Thành", 5}, {"chau thanh", 5},
		{"Phù Mỹ", 1}, {"phú mỹ", 1}, {"phu-my", 2}, {"phu-my-binh-dinh", 1}, {"chu prong", 1}, {"không có thật", 1}, {"tam-duong", 0},
	} {
		got := facetOf(t, s, search.Query{Filters: search.Filters{Chosen: search.Chosen{"district": {c.value}}}}, search.FacetYear)
		if last := got[len(got)-1]; last != fmt.Sprint("total ", c.total) {
			t.Errorf("district=%s: %s, want %d", c.value, last, c.total)
		}
	}
}

// TestCites: the facet is bounded, contains the values of its filter, and its
// counts equal what its filter selects.
func TestCites(t *testing.T) {
	var list []*index.Article
	cite := func(keys ...string) {
		a := &index.Article{ID: fmt.Sprint(len(list)), Title: "Bài", Text: "Nội dung"}
		for _, key := range keys {
			a.Citations = append(a.Citations, index.Citation{Key: key})
		}
		list = append(list, a)
	}
	maxCited := search.FacetOf(search.FacetCites).Listed
	for i := range maxCited + 10 {
		cite(fmt.Sprintf("%d-CT/TW", 100+i))
		cite(fmt.Sprintf("%d-CT/TW", 100+i))
	}
	cite("35-CT", "02-NQ/TU@gia-lai", "NQTW4-XII")
	cite("35-CT/TW", "05-NQ/HU@gia-lai/chu-prong", "02-NQ/TU@unknown:2021-01-21")
	cite()
	s := build(t, list, false)

	got := facetOf(t, s, search.Query{}, search.FacetCites)
	if len(got) != maxCited+2 || got[0] != "100-CT/TW=100-CT/TW:2" || got[maxCited] != "unknown=Không viện dẫn:1" {
		t.Errorf("cites: %q", got)
	}
	chosen := search.Query{Filters: search.Filters{Chosen: search.Chosen{"cites": {"35-CT", "NQTW4-XII"}}}}
	got = facetOf(t, s, chosen, search.FacetCites)
	if want := []string{"35-CT=Chỉ thị 35:1", "NQTW4-XII=Nghị quyết Trung ương 4 khóa XII:1", "unknown=Không viện dẫn:1", "total 1"}; !slices.Equal(got[maxCited:], want) {
		t.Errorf("chosen: %q, want %q", got[maxCited:], want)
	}
	for _, c := range []struct {
		value string
		want  string
	}{
		{"35-CT", "1"}, {"chỉ thị 35", "2"}, {"35 ct tw", "1"}, {"unknown", "1"}, {"02-NQ/TU", "2"}, {"02-nq/tu@gia-lai", "1"}, {"không có số", "0"},
	} {
		q := search.Query{Filters: search.Filters{Chosen: search.Chosen{"cites": {c.value}}}}
		if got := facetOf(t, s, q, search.FacetYear); got[len(got)-1] != "total "+c.want {
			t.Errorf("cites=%s: %q, want %s", c.value, got, c.want)
		}
	}
	for _, label := range []string{
		"02-NQ/TU@gia-lai=02-NQ/TU (Gia Lai):1", "05-NQ/HU@gia-lai/chu-prong=05-NQ/HU (Chư Prông, Gia Lai):1",
		"02-NQ/TU@unknown:2021-01-21=02-NQ/TU ngày 21/01/2021 (không rõ nơi ban hành):1",
	} {
		key, _, _ := strings.Cut(label, "=")
		q := search.Query{Filters: search.Filters{Chosen: search.Chosen{"cites": {key}}}}
		if got := facetOf(t, s, q, search.FacetCites); !slices.Contains(got, label) {
			t.Errorf("no %q in %q", label, got[maxCited:])
		}
	}
}
