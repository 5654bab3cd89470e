package searchtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

func (s *suite) matching(t *testing.T) {
	for _, row := range oneInEach(s, rowsOf("matches")) {
		asked, found, _ := strings.Cut(row, " |")
		var want []string
		for i := range copies {
			for id := range strings.FieldsSeq(found) {
				want = append(want, fmt.Sprintf("%s~%d", id, i))
			}
		}
		for _, typed := range []struct{ name, q string }{{"", asked}, {"NFD of ", norm.NFD.String(asked)}} {
			res := resultsOf(t, s.full, search.Query{Text: typed.q, Literal: true, Size: 1000, Facets: []string{}})
			got := idsOf(counted(res.Hits))
			if relaxed(res) { // nothing contains all
				got = nil
			}
			if sorted(got) != sorted(want) {
				t.Errorf("%s%s\n found %s\n want  %s", typed.name, asked, first(got), first(want))
			}
		}
	}
	for _, c := range []struct{ q, ids string }{
		{"buôn", "gia-lai-2020#bai-hoc-3"},
		{"dân", "dien-chau#bai-hoc-1 gia-lai-2020#bai-hoc-3 vinh-phuc-2021#bai-hoc-1 vinh-phuc-2021#bai-hoc-2"},
		{`"ruong muoi"`, "dien-chau#bai-hoc-2"},
		{`"kinh nghiệm"`, sorted(s.lessons())}, // in the heading of all
		{`"bài học kinh nghiệm"`, sorted(s.lessons())},
		{`"phương thức lãnh đạo"`, "gia-lai-2020#bai-hoc-1 gia-lai-2020#bai-hoc-2 gia-lai-2020#bai-hoc-3"}, // in the title
	} {
		if _, ids := s.walk(t, "type=lesson&q="+c.q); sorted(ids) != c.ids {
			t.Errorf("lessons with %s\n found %s\n want  %s", c.q, sorted(ids), c.ids)
		}
	}
	if all := s.ask(t, "size=0"); all.Total != len(s.articles) {
		t.Errorf("no words find %d articles, want %d", all.Total, len(s.articles))
	}
}

func (s *suite) lessons() (ids []string) {
	for _, u := range s.units {
		if u.Lesson != nil {
			ids = append(ids, u.ID())
		}
	}
	return ids
}

// first returns the IDs of the first copies, "some" if other copies are missing.
func first(ids []string) string {
	var out []string
	for _, id := range ids {
		if one, ok := strings.CutSuffix(id, "~0"); ok {
			out = append(out, one)
		}
	}
	if len(ids) != copies*len(out) {
		out = append(out, fmt.Sprintf("(%d in all)", len(ids)))
	}
	return sorted(out)
}

// relaxing: words are dropped only if all of them find less than a page, and the
// answer says so.
func (s *suite) relaxing(t *testing.T) {
	for _, c := range []struct {
		params, match string
		dropped       string // the only words that may be let go, "" for any
		with          string // must be found
	}{
		{"q=dân vận", search.MatchAny, "", "gia-lai-2020 dien-chau khong-ro phu-tho-2019"},
		{"q=thổ cẩm vườn bưởi Đoan Hùng", "", "", "phu-tho-2019 hoa-binh-2018"},
		{"q=cà phê buôn làng xyzzy", "", "", "gia-lai-2020"},
		{"q=bưởi thổ cẩm", search.MatchAny, "", "hoa-binh-2018 phu-tho-2019 khong-gi"},
		{"q=bưởi", search.MatchWords, "", "khong-gi phu-tho-2019"},
		{`q="vườn bưởi" cà đổi`, search.MatchAny, "cà", "phu-tho-2019"},
		{"q=cà phê bưởi -nhòe", search.MatchAny, "", "gia-lai-2020 phu-tho-2019 thang-10"},
	} {
		res, ids := s.walk(t, c.params)
		if c.match != "" && res.Query.Match != c.match || c.match == "" && !relaxed(res) {
			t.Errorf("%s: match = %s, want %s", c.params, res.Query.Match, c.match)
		}
		if c.dropped != "" {
			for _, w := range res.Query.Dropped {
				if !slices.Contains(strings.Fields(c.dropped), w) {
					t.Errorf("%s: dropped %q, want %s", c.params, res.Query.Dropped, c.dropped)
				}
			}
			if len(res.Query.Dropped) == 0 {
				t.Errorf("%s: no word dropped", c.params)
			}
		}
		for _, id := range strings.Fields(c.with) {
			if !slices.Contains(ids, id) {
				t.Errorf("%s: %s is not among %q", c.params, id, ids)
			}
		}
	}
	full := resultsOf(t, s.full, search.Query{Text: "dân vận xyzzy", Size: 1})
	if !relaxed(full) || strings.Join(full.Query.Dropped, " ") != "xyzzy" {
		t.Errorf("dân vận xyzzy: match %s, dropped %q, want xyzzy", full.Query.Match, full.Query.Dropped)
	}
	// A required part is never let go.
	for _, c := range []struct{ params, never string }{
		{`q="vườn bưởi" cà đổi`, "gia-lai-2020"},
		{"q=cà phê bưởi -nhòe", "khong-gi"},
		{"q=cà phê bưởi tinh:gia-lai", "phu-tho-2019"},
		{"q=cà phê bưởi&province=gia-lai", "phu-tho-2019"},
		{"q=cà phê bưởi&year=2020", "phu-tho-2019"},
	} {
		if _, ids := s.walk(t, c.params); slices.Contains(ids, c.never) || len(ids) == 0 {
			t.Errorf("%s: %s is among %q", c.params, c.never, ids)
		}
	}
}

// correcting: words typed in Telex or VNI and misspelled words are corrected, with
// a note; literal=1 does not correct.
func (s *suite) correcting(t *testing.T) {
	for _, c := range []struct{ q, best string }{
		{"nghij quyeets veef cans booj xax", "nghi-quyet-ve-huu"},
		{"nghi5 quye6t1 ve62 ca1n bo65 xa4", "nghi-quyet-ve-huu"},
		{"hoof tieeu dduwsng gias", "thang-10"},
		{"nong thon mio", "vinh-phuc-2021"},
		{"thoo caarm", "hoa-binh-2018"},
		{"nogn thon moi", "vinh-phuc-2021"},
		{`"thoor caamr"`, "hoa-binh-2018"},
		{`"tho63 ca6m3" OR qwxz`, "hoa-binh-2018"},
	} {
		res := s.ask(t, "q="+c.q)
		if res.Query.Corrected == "" {
			t.Errorf("%s: not corrected", c.q)
		}
		if len(res.Hits) == 0 || res.Hits[0].ID != c.best {
			t.Errorf("%s, corrected %q: %q, want %s first", c.q, res.Query.Corrected, idsOf(res.Hits), c.best)
		}
		if again := s.ask(t, "q="+string(res.Query.Corrected)); again.Query.Corrected != "" || again.Total != res.Total {
			t.Errorf("%s: the corrected %q finds %d and becomes %q, want %d", c.q, res.Query.Corrected, again.Total, again.Query.Corrected, res.Total)
		}
		if res = s.ask(t, "literal=1&q="+c.q); res.Query.Corrected != "" {
			t.Errorf("%s, literal: corrected to %q", c.q, res.Query.Corrected)
		}
	}
	if res := s.ask(t, "q=so:35"); res.Total != 0 || len(res.Query.Notes) != 1 || res.Query.Notes[0].Code != search.NoteNumberIncomplete {
		t.Errorf("so:35 finds %d, notes %v", res.Total, res.Query.Notes)
	}
	for _, q := range []string{
		"nghị quyết", "nghi quyet", "dân vận khéo", "bí thư", "cà phê", "35-CT/TW", "UBND", "qwxz", "tinh:gia-lai", "moi", "thổ cẩm",
		"DÂN VẬN HOẶC NGHỊ QUYẾT", "KPI",
	} {
		if res := s.ask(t, "q="+q); res.Query.Corrected != "" {
			t.Errorf("%s: corrected to %q", q, res.Query.Corrected)
		}
	}
}

// numbered: the document of a number comes first, then those that cite it, then
// others, and each hit says which.
func (s *suite) numbered(t *testing.T) {
	for _, q := range []string{"35-CT/TW", "35CT/TW", "chỉ thị 35", "chi thi so 35", "CT 35"} {
		res := s.ask(t, "size=100&q="+q)
		group := map[index.Maybe]int{search.NumberBears: 0, search.NumberCites: 1, "": 2}
		last, found := 0, map[index.Maybe]string{}
		for _, h := range res.Hits {
			if at := group[h.NumberMatch]; at < last {
				t.Errorf("%s: %s, %q, stands behind another group", q, h.ID, h.NumberMatch)
			} else {
				last = at
			}
			found[h.NumberMatch] += h.ID + " "
		}
		if found[search.NumberBears] != "chi-thi-35 " || len(strings.Fields(found[search.NumberCites])) != 3 {
			t.Errorf("%s: borne by %q, cited by %q, want chi-thi-35 and three more", q, found[search.NumberBears], found[search.NumberCites])
		}
	}
	for _, h := range s.ask(t, "q=dân vận").Hits {
		if h.NumberMatch != "" {
			t.Errorf("dân vận: the number of %s is matched (%s)", h.ID, h.NumberMatch)
		}
	}
}

// ranking: a few undisputed orders. IDs before < come before those after it.
func (s *suite) ranking(t *testing.T) {
	for _, c := range []struct{ q, order string }{
		{"35-CT/TW", "chi-thi-35 < quan-triet-35"},
		{"35CT/TW", "chi-thi-35 < ca-mau-2020"},
		{"chi thi 35", "chi-thi-35 < song-hong-2023"},
		{"02-NQ/TU", "quan-triet-35 < gia-lai-2020"},
		{"nghị quyết cán bộ xã", "nghi-quyet-ve-huu < nghi-huu"},
		{"nghỉ hưu cán bộ xã", "nghi-huu < nghi-quyet-ve-huu"},
		{"bí thư chi bộ", "bi-thu < bi-thu-rung"},
		{"bi thu chi bo", "bi-thu < bi-thu-rung"},
		{"đảng viên", "dang-vien < dang-lam"},
		{"hòa giải ở cơ sở", "hoa-new < hoa-old"},
		{"hoa mai hoa đào", "hoa-hoe < hoa-new"},
	} {
		left, right, _ := strings.Cut(c.order, " < ")
		_, ids := s.walk(t, "size=10&q="+c.q)
		l, r := slices.Index(ids, left), slices.Index(ids, right)
		if l < 0 || r >= 0 && r < l {
			t.Errorf("%s: %q, want %s", c.q, ids, c.order)
		}
	}
	// A typed mark matters: nghị does not find nghỉ, even if words are dropped.
	for _, c := range []struct{ q, never string }{
		{"nghị", "nghi-huu"}, {"nghỉ", "nghi-quyet-ve-huu"}, {"đảng", "dang-lam"}, {"bí thư", "bi-thu-rung"},
	} {
		if _, ids := s.walk(t, "q="+c.q); slices.Contains(ids, c.never) {
			t.Errorf("%s finds %s", c.q, c.never)
		}
	}
}

// forms: capitals and decomposed characters give the same answer.
func (s *suite) forms(t *testing.T) {
	for _, q := range []string{"nghị quyết về cán bộ xã", `"tổ hòa giải"`, "cà phê -bưởi", `tinh:"hòa bình"`, "đảng ủy", "thổ cẩ*"} {
		want := s.ask(t, "q="+q)
		upper := strings.ToUpper(q)
		if strings.Contains(q, ":") {
			upper = q
		}
		for _, same := range []string{norm.NFD.String(q), norm.NFKC.String(q), upper, "  " + strings.ReplaceAll(q, " ", "   ") + "\t"} {
			got := s.ask(t, "q="+same)
			if got.Total != want.Total || !slices.EqualFunc(got.Hits, want.Hits, func(a, b search.Hit) bool { return a.ID == b.ID && a.Score == b.Score }) {
				t.Errorf("%+q: %q, want %q", same, idsOf(got.Hits), idsOf(want.Hits))
			}
		}
		// Without marks at least as much is found.
		if bare := s.ask(t, "q="+vi.Fold(q)); bare.Query.Ranked < want.Query.Ranked {
			t.Errorf("%s: %d without marks, %d with", q, bare.Query.Ranked, want.Query.Ranked)
		}
	}
}

// anyText: every string is answered.
func (s *suite) anyText(t *testing.T) {
	for _, q := range []string{
		"/", `"`, `""`, `"" ""`, "(", ")(", "-", "--", "*", "a*", "-a", "NOT", "OR", "a OR", "OR a", ":", "tinh:", `tinh:""`, "nam:abc", "nam:9999..1",
		"ngay:2020-02-31", "so:", "so:abc", "\x00", "\xff\xfe", "😀 đảng", "đ", strings.Repeat("nghị quyết ", 150), strings.Repeat("(", 500),
		strings.Repeat("-", 500) + "a", strings.Repeat("a* ", 100), strings.Repeat("x", 1900), "а́̂̃", "ﬀ ﬁ", "一二三", "SELECT * FROM x; --", "{!lucene}*:*", "../../etc/passwd",
		"̀̀̀", "\u200b", "tieude:-", "tacgia:*", "nguon:/", "loai:khong-co", "huyen:zzz", "chude:zzz",
	} {
		for _, sort := range []string{search.SortRelevance, search.SortNewest, search.SortOldest} {
			res, err := s.engine.Search(t.Context(), search.Query{Text: q, Size: 5, Page: 1, Sort: sort, Type: search.TypeAll})
			if err != nil {
				t.Errorf("Search(%+q): %v", q, err)
			} else if res.Query.Ranked > len(s.units) || res.Total > res.Query.Ranked || len(res.Hits) > res.Query.Ranked {
				t.Errorf("Search(%+q): total %d, %d hits", q, res.Total, len(res.Hits))
			}
		}
		if _, err := s.engine.Suggest(t.Context(), q, 5); err != nil {
			t.Errorf("Suggest(%+q): %v", q, err)
		}
	}
}
