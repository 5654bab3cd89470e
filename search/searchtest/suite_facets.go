package searchtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
	"nghiquyet/search"
)

// recount compares totals and facets with counts over the articles themselves.
func (s *suite) recount(t *testing.T) {
	for _, params := range rowsOf("searches") {
		q := query(t, strings.TrimPrefix(params+"&size=1", "&"))
		res := s.search(t, params, q)
		if relaxed(res) {
			t.Fatalf("%s: relaxed", params)
		}
		if want := len(s.under(q, "")); res.Total != want {
			t.Errorf("%s: total %d, want %d", params, res.Total, want)
		}
		if got, want := sorted(slices.Collect(maps.Keys(res.Facets))), sorted(search.Facets); got != want {
			t.Errorf("%s: facets %s, want %s", params, got, want)
		}
		for _, name := range search.Facets {
			want := map[string]int{}
			for _, u := range s.under(q, name) {
				for _, v := range values(u, name, search.FacetOf(name).View(&q)) {
					want[v]++
				}
			}
			got := facet(res.Facets[name])
			maps.DeleteFunc(got, func(_ string, n int) bool { return n == 0 })
			if !maps.Equal(got, want) {
				t.Errorf("%s: facet %s\n got  %v\n want %v", params, name, got, want)
			}
		}
	}
	// A facet that an engine does not count has no value but unknown.
	for name, counts := range s.ask(t, "type=all&size=1").Facets {
		if !slices.ContainsFunc(counts, func(c search.Count) bool { return c.Value != search.Unknown && c.Count > 0 }) {
			t.Errorf("facet %s has no value in the corpus: %v", name, counts)
		}
	}
	if res := s.ask(t, "facets=none"); len(res.Facets) != 0 {
		t.Errorf("facets=none gives %d", len(res.Facets))
	}
	if res := s.ask(t, "facets=year,kind"); len(res.Facets) != 2 || len(res.Facets["year"]) == 0 {
		t.Errorf("facets=year,kind gives %v", slices.Collect(maps.Keys(res.Facets)))
	}
	for _, c := range s.ask(t, "type=all").Facets[search.FacetTopic] {
		if c.Value != search.Unknown && c.Value != vi.Slug(c.Label) {
			t.Errorf("topic %q has the value %q", c.Label, c.Value)
		}
	}
}

// under returns the units that a query of plain words counts, without the filter of
// one facet.
func (s *suite) under(q search.Query, aside string) []index.Unit {
	var out []index.Unit
	for i, u := range s.units {
		if aside != search.FacetType && wantedType(q) != search.TypeAll && typeOf(u) != wantedType(q) || !s.said[i].containAll(q.Text) {
			continue
		}
		ok := true
		for name, wanted := range q.Chosen {
			if name == aside {
				continue
			}
			carried := values(u, name, search.FacetOf(name).View(&q))
			ok = ok && slices.ContainsFunc(wanted, func(v string) bool {
				if name == search.FacetCites {
					return slices.ContainsFunc(carried, func(key string) bool { return strings.HasPrefix(key, numberOf(v)) })
				}
				return slices.Contains(carried, v) || slices.Contains(carried, vi.Slug(v))
			})
		}
		if date := string(u.Article.Date); q.From != "" || q.To != "" {
			first, _, err := index.ParseDate(date)
			if ok = ok && err == nil; ok {
				last, _ := index.LastDay(date)
				ok = q.From <= last.Format(time.DateOnly) && (q.To == "" || first.Format(time.DateOnly) <= q.To)
			}
		}
		if q.Added != "" {
			after, valid := search.ReadAdded(q.Added, time.Now())
			ok = ok && valid && string(u.Article.Indexed) > after
		}
		if ok {
			out = append(out, u)
		}
	}
	return out
}

// numberOf returns the beginning of the key of a number in searches.txt.
func numberOf(typed string) string {
	if typed == "chi thi 35" {
		return "35-CT/"
	}
	return typed
}

// syllables are what a unit contains.
type syllables struct {
	exact, folded map[string]bool
	bare          bool // its text has no marks
}

func syllablesOf(u index.Unit) syllables {
	text := u.Article.Title + "\n" + u.Text()
	if u.Lesson != nil {
		text += "\n" + u.Lesson.Heading
	}
	s := syllables{map[string]bool{}, map[string]bool{}, vi.Fold(u.Text()) == strings.ToLower(u.Text())}
	for _, t := range vi.Tokens(text) {
		s.exact[t.Exact], s.folded[t.Folded] = true, true
	}
	return s
}

// containAll is the law of matching, word by word, without abbreviations.
func (s syllables) containAll(words string) bool {
	for _, t := range vi.Tokens(words) {
		isBare := t.Exact == t.Folded
		if !(s.exact[t.Exact] || isBare && s.folded[t.Folded] || s.bare && s.exact[t.Folded]) {
			return false
		}
	}
	return true
}

// provinces: both views list all of their provinces in one order, for every query.
func (s *suite) provinces(t *testing.T) {
	for _, view := range []struct {
		name string
		all  []places.Province
		size int
	}{
		{search.ViewNow, places.Current(), 34},
		{search.ViewThen, places.Before2025(), 63},
	} {
		var want []string
		for _, p := range view.all {
			want = append(want, p.Slug)
		}
		want = append(want, vi.Slug(index.National))
		for _, params := range []string{"q=", "q=cà phê", "q=qwxz", "province=gia-lai", "type=lesson", "year=1950", "province=unknown"} {
			params += "&province_view=" + view.name
			counts := s.ask(t, params).Facets[search.FacetProvince]
			var got []string
			for _, c := range counts {
				got = append(got, c.Value)
			}
			if len(got) < view.size+2 || !slices.Equal(got[:view.size+1], want) || got[len(got)-1] != search.Unknown {
				t.Errorf("%s: provinces %q, want %q and unknown", params, got, want)
			}
		}
	}
	counts := s.ask(t, "province_view=now").Facets[search.FacetProvince]
	if got := facet(counts); got["phu-tho"] != 3 || got["vinh-phuc"] != 0 || got["ninh-binh"] != 1 || got["hung-yen"] != 1 || got["hue"] != 2 {
		t.Errorf("now: %v", got)
	}
	for _, c := range counts {
		if c.Value == "phu-tho" && c.Label != "Phú Thọ" || c.Value == "trung-uong" && c.Label != index.National {
			t.Errorf("%s is called %q", c.Value, c.Label)
		}
	}
	if got := facet(s.ask(t, "province_view=then").Facets[search.FacetProvince]); got["phu-tho"] != 1 || got["vinh-phuc"] != 1 || got["nam-dinh"] != 1 {
		t.Errorf("then: %v", got)
	}
	// A former province is found under its name in either view, by its holder now.
	for _, c := range []struct{ params, ids string }{
		{"province=vinh-phuc&province_view=then", "vinh-phuc-2021"},
		{"province=Vĩnh Phúc", "hoa-binh-2018 phu-tho-2019 vinh-phuc-2021"},
		{"province=thừa thiên huế", "cu-hue hue-2026"},
		{"province=hue&province_view=then", "cu-hue hue-2026"},
		{"province=tinh gia lai", "gia-lai-2020 thang-10"},
		{"province=GIA LAI", "gia-lai-2020 thang-10"},
	} {
		if _, ids := s.walk(t, c.params); sorted(ids) != c.ids {
			t.Errorf("%s: %q, want %s", c.params, ids, c.ids)
		}
	}
}

// partsOfNames: neighbouring words of a name select all names that contain them, as
// a filter and as an operator.
func (s *suite) partsOfNames(t *testing.T) {
	for _, c := range []struct{ params, ids string }{
		{"issuer=tỉnh ủy", "ca-mau-2020 quan-triet-35 song-hong-2023"},
		{"issuer=TINH UY&year=2019", "quan-triet-35"},
		{"issuer=quảng trị", "quan-triet-35"},
		{"signer=Sếnh", "chi-thi-35 quan-triet-35"},
		{`q=coquan:"tỉnh uỷ"`, "ca-mau-2020 quan-triet-35 song-hong-2023"},
		{`q=issuer:"Bộ Chính trị"`, "chi-thi-35"},
		{`q=nguoiky:"vang a senh"`, "chi-thi-35 quan-triet-35"},
		{"q=signer:mây", "song-hong-2023"},
		{"q=nhiemky:2020-2025", "ca-mau-2020 song-hong-2023"},
		{"q=term:2016..2021", "chi-thi-35"},
		{"q=nhiemky:1996-2001", ""},
		{`q=-coquan:"nam định"&kind=Kế hoạch`, "quan-triet-35"},
	} {
		res, ids := s.walk(t, c.params)
		if len(ids) > res.Total { // close hits follow the counted ones
			ids = ids[:res.Total]
		}
		if got := sorted(ids); got != c.ids {
			t.Errorf("%s: %q, want %q", c.params, got, c.ids)
		}
	}
	// A bounded list contains the values of the filter, in whatever spelling.
	q := query(t, "signer=Sếnh&facets=signer")
	counts := facet(s.search(t, "signer=Sếnh", q).Facets["signer"])
	if counts["vang-a-senh"] != 2 || counts["lo-thi-may"] != 1 {
		t.Errorf("signers: %v", counts)
	}
}

// boundedLists: an answer lists the most frequent values of a long facet, of
// equally frequent ones the first, and all values of the filter.
func boundedLists(t *testing.T, build func(t *testing.T, articles []*index.Article) search.Engine) {
	most := search.FacetOf("signer").Listed
	signer := func(i int) index.Maybe { return index.Maybe(fmt.Sprintf("Lò Văn %c%c", 'A'+i/26, 'A'+i%26)) }
	var articles []*index.Article
	sign := func(by index.Maybe) {
		id := fmt.Sprintf("ky-%03d", len(articles))
		articles = append(articles, &index.Article{ID: id, Title: "Thông báo " + id, Text: "Họp giao ban.", Facts: index.Facts{Signer: by}})
	}
	for i := range most + 10 {
		sign(signer(i))
	}
	sign(signer(most + 5))
	sign("")
	s := &suite{engine: build(t, articles)}
	for _, c := range []struct {
		params string
		listed int
		last   search.Count // the last with a signer
	}{
		{"", most, search.Count{Value: slugOf(signer(most - 2)), Label: string(signer(most - 2)), Count: 1}},
		{"signer=" + string(signer(most+8)), most + 1, search.Count{Value: slugOf(signer(most + 8)), Label: string(signer(most + 8)), Count: 1}},
		{"signer=unknown&signer=" + slugOf(signer(most+9)), most + 1, search.Count{Value: slugOf(signer(most + 9)), Label: string(signer(most + 9)), Count: 1}},
	} {
		counts := s.ask(t, c.params+"&facets=signer&size=1").Facets["signer"]
		if len(counts) != c.listed+1 {
			t.Errorf("%q: %d signers, want %d and unknown", c.params, len(counts), c.listed)
			continue
		}
		first, last, unknown := counts[0], counts[c.listed-1], counts[c.listed]
		if first.Value != slugOf(signer(most+5)) || first.Count != 2 || last != c.last || unknown.Value != search.Unknown || unknown.Count != 1 {
			t.Errorf("%q: signers %v … %v, %v", c.params, first, last, unknown)
		}
	}
	if _, cells := cellsOf(t, s.engine, query(t, ""), "signer"); len(cells) != most+11 {
		t.Errorf("a cube has %d cells, want all %d", len(cells), most+11)
	}
}

func slugOf(m index.Maybe) string { return vi.Slug(string(m)) }

// unknownValues: a value that no document can have is an error.
func (s *suite) unknownValues(t *testing.T) {
	for _, c := range []struct{ param, value string }{
		{"province", "Atlantis"}, {"province", "gia-lay"}, {"district", "Huyện Không Đâu"}, {"topic", "Bóng đá Anh"}, {"kind", "Tiểu thuyết"},
		{"issuer", "Hội Người Cao"}, {"signer", "Không Ai Cả"}, {"source", "bao.example"},
	} {
		for _, q := range []string{"", "q=dân&", "type=all&"} {
			_, err := s.engine.Search(t.Context(), query(t, q+c.param+"="+c.value))
			if !isParam(err, c.param, search.CodeUnknownValue) {
				t.Errorf("%s%s=%s: error %v, want an unknown value", q, c.param, c.value, err)
			}
		}
		if _, err := s.engine.Stats(t.Context(), search.StatsQuery{Query: query(t, c.param+"="+c.value), By: []string{"year"}}); !isParam(err, c.param, search.CodeUnknownValue) {
			t.Errorf("stats %s=%s: error %v, want an unknown value", c.param, c.value, err)
		}
	}
	// Every kind can be selected, and stays the same.
	kinds := slices.Clone(index.Kinds)
	for _, kind := range kinds {
		if _, err := s.engine.Search(t.Context(), query(t, "kind="+kind+"&kind=unknown")); err != nil {
			t.Errorf("kind=%s: %v", kind, err)
		}
	}
	if !slices.Equal(index.Kinds, kinds) {
		t.Errorf("asking changed the kinds to %q", index.Kinds)
	}
	if _, err := s.engine.Search(t.Context(), query(t, "province=gia-lay")); err == nil || !strings.Contains(err.Error(), "Gia Lai") {
		t.Errorf("province=gia-lay: %v, want Gia Lai proposed", err)
	}
}

// cubes are compared with the same recount, and against the facets.
func (s *suite) cubes(t *testing.T) {
	for _, params := range rowsOf("searches") {
		all := [][]string{{"year", "kind"}, {"province", "topic", "year"}}
		for _, name := range search.Dimensions {
			all = append(all, []string{name})
		}
		for _, by := range all {
			q := query(t, strings.TrimPrefix(params+"&size=1", "&"))
			cube, got := cellsOf(t, s.engine, q, by...)
			counts := map[string]int{}
			units := s.under(q, "")
			for _, u := range units {
				keys := []string{""}
				for _, name := range by {
					var longer []string
					for _, k := range keys {
						for _, v := range values(u, name, search.FacetOf(name).View(&q)) {
							longer = append(longer, k+"|"+v)
						}
					}
					keys = longer
				}
				for _, k := range keys {
					counts[k[1:]]++
				}
			}
			var want []string
			for k, n := range counts {
				want = append(want, fmt.Sprintf("%s=%d", k, n))
			}
			for _, cell := range cube.Cells {
				for _, name := range by {
					if cube.Labels[name][cell[name].(string)] == "" {
						t.Errorf("%s by %v: %s %q has no label", params, by, name, cell[name])
					}
				}
			}
			if cube.Total != len(units) || sorted(got) != sorted(want) || fmt.Sprint(cube.By) != fmt.Sprint(by) {
				t.Errorf("%s by %v: total %d, cells\n got  %s\n want %d, %s", params, by, cube.Total, sorted(got), len(units), sorted(want))
			}
		}
	}
}

// citations counts the citing documents, and identifies the cited document if the index
// contains it.
func (s *suite) citations(t *testing.T) {
	for _, c := range []struct{ params, want string }{
		{"", "35-CT/TW 3 chi-thi-35 2019-07-01 2023-05-05; 18-NQ/TW 1  2020-06-12 2020-06-12"},
		{"year=2020", "18-NQ/TW 1  2020-06-12 2020-06-12; 35-CT/TW 1 chi-thi-35 2020-06-12 2020-06-12"},
		{"q=đê biển", "35-CT/TW 1 chi-thi-35 2023-05-05 2023-05-05"},
		{"year=1950", ""},
	} {
		list, err := s.engine.Citations(t.Context(), query(t, c.params+"&size=1"), 10)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range list {
			got = append(got, fmt.Sprintf("%s %d %s %s %s", d.Number, d.Articles, d.Article, d.First, d.Last))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("citations %s = %s, want %s", c.params, s, c.want)
		}
	}
	if list, err := s.engine.Citations(t.Context(), query(t, ""), 1); err != nil || len(list) != 1 {
		t.Errorf("1 citation: %v, %v", list, err)
	}
}
