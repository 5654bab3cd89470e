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

// matches lists the complete set of IDs that words find, sorted, "" for none.
var matches = []struct{ q, ids string }{
	// Without marks a word finds every word it folds from.
	{"thu rung", "bi-thu-rung"},
	{"hoa giai", "hoa-new hoa-old"},
	// One word in its spelling, and not its misprint; which the words in quotes find.
	{"nghi quyet", "bare-2015 ca-mau-2020 gia-lai-2020 nghi-quyet-ve-huu"},
	{"nghi", "bare-2015 ca-mau-2020 gia-lai-2020 hoa-hoe nghi-huu nghi-quyet-ve-huu nham-dau ubnd"},
	{"dang vien", "bare-2015 dang-vien"},
	// With marks it finds that word, and its bare spelling in a text without marks.
	{"nghị", "bare-2015 ca-mau-2020 gia-lai-2020 nghi-quyet-ve-huu nham-dau ubnd"},
	{"nghỉ", "bare-2015 hoa-hoe nghi-huu"},
	{"nghị quyết", "bare-2015 ca-mau-2020 gia-lai-2020 nghi-quyet-ve-huu"},
	{"đang", "bare-2015 dang-lam nghi-huu"},
	{"đảng viên", "bare-2015 dang-vien"},
	{"bí thư", "bi-thu"},
	{"bị thú", "bi-thu-rung"},
	{"hoa", "cung-ngay-a cung-ngay-b cung-ngay-c hoa-hoe hoa-new hoa-old"},
	// In either tone placement, and i for y.
	{"hòa giải", "hoa-new hoa-old"},
	{"hoà giải", "hoa-new hoa-old"},
	{"đảng uỷ -cấp", "hoa-new hoa-old"},
	{"đảng ủy -cấp", "hoa-new hoa-old"},
	{"lí lẽ", "hoa-old"},
	{"lý do", "hoa-new"},
	// All words, in any order, in title and text together.
	{"bưởi Đoan Hùng", "phu-tho-2019"},
	{"quyết nghị", "bare-2015 ca-mau-2020 gia-lai-2020 nghi-quyet-ve-huu nham-dau"},
	{"Mông chi bộ gương", ""}, // no article contains them all
	// Letter case and punctuation do not matter.
	{"BƯỞI", "khong-gi phu-tho-2019"},
	{"BUOI", "khong-gi phu-tho-2019"},
	{"bưởi, (đoan) hùng!", "phu-tho-2019"},
	// Phrases.
	{`"tổ hòa giải"`, "hoa-new hoa-old"},
	{`"to hoa giai"`, "hoa-new hoa-old"},
	{`"hoa giai to"`, ""},
	{`"chế độ nghỉ hưu"`, "nghi-huu"},
	{`"bi thu rung"`, "bi-thu-rung"},
	{`"đại hội đảng bộ"`, "chi-thi-35 dien-chau"},
	{`"dai hoi chi bo"`, "ca-mau-2020"},
	{`"nghi quyet"`, "bare-2015 ca-mau-2020 gia-lai-2020 nghi-quyet-ve-huu nham-dau"},
	{`"nghị quyết"`, "bare-2015 ca-mau-2020 gia-lai-2020 nghi-quyet-ve-huu"}, // nghi is not nghị in a text with marks
	{`"Người bí thư"`, "bi-thu"},
	{`"bản Mông anh"`, ""}, // not from the title into the text
	// Exclusion.
	{"hoa -giải", "cung-ngay-a cung-ngay-b cung-ngay-c hoa-hoe"},
	{"hoa -hòa", "cung-ngay-a cung-ngay-b cung-ngay-c hoa-hoe"},
	{`cà phê -"hồ tiêu"`, "gia-lai-2020 khong-gi"},
	{"cà phê -tinh:gia-lai", "khong-gi"},
	{"bưởi NOT đoan", "khong-gi"},
	// One or the other.
	{"bưởi OR thổ cẩm", "hoa-binh-2018 khong-gi phu-tho-2019"},
	{"bưởi HOẶC muối", "dien-chau khong-gi phu-tho-2019"},
	{"(bưởi OR muối) huyện", "dien-chau phu-tho-2019"},
	{`"thú dữ" OR "thú rừng"`, "bi-thu-rung"},
	{"-(bưởi OR cà) nhòe OR đứng", "thang-10"},
	// Prefixes.
	{"thổ cẩ*", "hoa-binh-2018"},
	{"nghi*", "bare-2015 ca-mau-2020 dien-chau gia-lai-2020 hoa-hoe nghi-huu nghi-quyet-ve-huu nham-dau quan-triet-35 ubnd vinh-phuc-2021"}, // kinh nghiệm
	{"nghị*", "ca-mau-2020 gia-lai-2020 nghi-quyet-ve-huu nham-dau ubnd"},
	{"xyz*", ""},
	// Words that no article contains.
	{"qwxz", ""},
	{`"qwxz"`, ""},
	// Abbreviations in both directions.
	{"UBND xã", "uy-ban-nhan-dan ubnd"},
	{"ubnd", "uy-ban-nhan-dan ubnd"},
	{"ủy ban nhân dân xã", "uy-ban-nhan-dan ubnd"},
	{"uy ban nhan dan xa", "uy-ban-nhan-dan ubnd"},
	{"BHXH", "bao-hiem bhxh"},
	{"bảo hiểm xã hội", "bao-hiem bhxh"},
	// One thing in several spellings: dates, numerals, names, i for y.
	{"20/9/2021", "ngay-chu ngay-so"},
	{"20 tháng 9 năm 2021", "ngay-chu ngay-so"},
	{"ngày 20/9/2021", "ngay-chu ngay-so"},
	{"gặp ngày 20 tháng 9 năm 2021", "ngay-chu ngay-so"},
	{"khóa XII", "ngay-chu ngay-so"},
	{"khoá 12", "ngay-chu ngay-so"},
	{"Đắk Lắk", "ngay-chu ngay-so"},
	{"dac lac", "ngay-chu ngay-so"},
	{"kỹ sư", "ngay-chu"},
	// Operators, by their Vietnamese and English names.
	{"tinh:gia-lai", "gia-lai-2020 thang-10"},
	{`tinh:"Gia Lai"`, "gia-lai-2020 thang-10"},
	{"province:gia lai", "gia-lai-2020 thang-10"},
	{"tinh:vinh-phuc", "vinh-phuc-2021"},
	{"tinh:phu-tho", "hoa-binh-2018 phu-tho-2019 vinh-phuc-2021"},
	{`tỉnh:"thái bình"`, "song-hong-2023"},
	{"tinh:hung-yen", "song-hong-2023"},
	{`tinh:"thừa thiên huế"`, "cu-hue hue-2026"},
	{"tinh:trung-uong", "chi-thi-35"},
	{"tinh:atlantis", ""},
	{"huyen:sin ho", "bi-thu"},
	{`huyện:"Vĩnh Tường"`, "vinh-phuc-2021"},
	{"district:dien-chau", "dien-chau"},
	{`chude:"dân vận" hòa`, "hoa-new hoa-old"},
	{"topic:dan-toc", "bi-thu hoa-binh-2018"},
	{`loai:"báo cáo"`, "ca-mau-2020 dien-chau hoa-binh-2018"},
	{"kind:chi-thi", "chi-thi-35"},
	{"loai:nghi quyet", "bare-2015 nghi-quyet-ve-huu"},
	{"nam:2012", "bi-thu bi-thu-rung"},
	{"nam:2012..2013", "bi-thu bi-thu-rung dang-lam dang-vien"},
	{"nam:..2011", "cung-ngay-a cung-ngay-b cung-ngay-c nham-dau"},
	{"year:2023..", "hue-2026 ma-la song-hong-2023"},
	{"ngay:2012-05-18", "bi-thu-rung"},
	{"ngay:2012-05", "bi-thu bi-thu-rung"},
	{"ngay:18/5/2012..19/5/2012", "bi-thu bi-thu-rung"},
	{"date:2020-10", "dien-chau gia-lai-2020 thang-10"},
	{"so:35-CT/TW", "chi-thi-35"},
	{"cites:35-CT/TW", "ca-mau-2020 quan-triet-35 song-hong-2023"},
	{"viendan:18-NQ/TW", "ca-mau-2020"},
	{"so:35-ct/tw", "chi-thi-35"},
	{"so:02-NQ/TU", "ca-mau-2020 quan-triet-35"},
	{"number:18-NQ/TW", ""},
	{"so:99-NQ/TW", ""},
	{`tieude:"hòa giải"`, "hoa-new hoa-old"},
	{"title:bi thu", "bi-thu bi-thu-rung"}, // thu is a word of its own
	{`tieude:"cà phê"`, ""},
	{`tacgia:"nguyen van an"`, "gia-lai-2020 phu-tho-2019"},
	{`author:"Trần Thị Bình"`, "vinh-phuc-2021"},
	{"nguon:hue.example", "cu-hue hue-2026"},
	{"source:laichau.example", "bi-thu bi-thu-rung"},
	{"tinh:gia-lai OR tinh:hue", "cu-hue gia-lai-2020 hue-2026 thang-10"},
	// Document numbers typed as they are remembered.
	{"35-CT/TW", "ca-mau-2020 chi-thi-35 quan-triet-35 song-hong-2023"},
	{"35CT/TW", "ca-mau-2020 chi-thi-35 quan-triet-35 song-hong-2023"},
	{"35-ct-tw", "ca-mau-2020 chi-thi-35 quan-triet-35 song-hong-2023"},
	{"chỉ thị 35", "ca-mau-2020 chi-thi-35 quan-triet-35 song-hong-2023"},
	{"chi thi so 35 ct tw", "ca-mau-2020 chi-thi-35 quan-triet-35 song-hong-2023"},
	{"nghị quyết 18-NQ/TW", "ca-mau-2020"},
	{"35-CT/TW đê biển", "song-hong-2023"},
}

func (s *suite) matching(t *testing.T) {
	for _, c := range oneInEach(s, matches) {
		var want []string
		for i := range copies {
			for id := range strings.FieldsSeq(c.ids) {
				want = append(want, fmt.Sprintf("%s~%d", id, i))
			}
		}
		for _, typed := range []struct{ name, q string }{{"", c.q}, {"NFD of ", norm.NFD.String(c.q)}} {
			res := resultsOf(t, s.full, search.Query{Text: typed.q, Literal: true, Size: 1000, Facets: []string{}})
			got := idsOf(counted(res.Hits))
			if relaxed(res) { // nothing contains all
				got = nil
			}
			if sorted(got) != sorted(want) {
				t.Errorf("%s%s\n found %s\n want  %s", typed.name, c.q, first(got), first(want))
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
