package snippet

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
	"unsafe"

	"nghiquyet/search"
)

// show writes runs with brackets around matches.
func show(runs []search.Run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.Match {
			b.WriteString("[" + r.Text + "]")
		} else {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func TestHighlight(t *testing.T) {
	for _, tt := range []struct{ q, text, want string }{
		{"", "Nghị quyết", "Nghị quyết"},
		{"nghi quyet", "Các Nghị quyết của Đảng bộ", "Các [Nghị quyết] của Đảng bộ"},
		{"nghi quyet dang bo", "Đảng bộ, Nghị quyết", "[Đảng bộ], [Nghị quyết]"},
		{"nghị", "nghị nghỉ nghi", "[nghị] nghỉ nghi"},
		{"nghi", "nghị nghỉ nghi", "[nghị nghỉ nghi]"},
		{"đảng", "Dang bo xa", "[Dang] bo xa"},
		{"hoà thuý kĩ", "hòa thúy kỹ hoa", "[hòa thúy kỹ] hoa"},
		{"nghi\u0323 quyê\u0301t", "Nghị quyết", "[Nghị quyết]"},
		{`"dân vận"`, "dân vận, vận dân, dân quân vận", "[dân vận], vận dân, dân quân vận"},
		{`"dan van"`, "Dân vận khéo", "[Dân vận] khéo"},
		{"nghi*", "nghiêm nghị nghe", "[nghiêm nghị] nghe"},
		{"nghị*", "nghịch nghiêm nghị", "[nghịch] nghiêm [nghị]"},
		{"35-CT/TW", "Chỉ thị 35-CT/TW, 35 CT/TW, số 35", "Chỉ thị [35-CT/TW], [35 CT/TW], số 35"},
		{"35", "Chỉ thị 35-CT/TW", "Chỉ thị [35]-CT/TW"},
		{"02-NQ/TU", "số 2-NQ/TU ngày", "số [2-NQ/TU] ngày"},
		{"20/9/2021", "ngày 20 tháng 9 năm 2021 và", "ngày [20 tháng 9 năm 2021] và"},
		{"KT-XH", "phát triển KT - XH, KT và XH", "phát triển [KT - XH], KT và XH"},
		{"UBND", "Văn phòng U.B.N.D xã, mục U. B", "Văn phòng [U.B.N.D] xã, mục U. B"},
		{`"phòng UBND"`, "Văn phòng U.B.N.D xã", "Văn [phòng U.B.N.D] xã"},
		{"TW", "Ban của T.Ư, TƯ, T.W.", "Ban của [T.Ư], [TƯ], [T.W]."},
		{"TW", "Thứ tư, từ nay tự học; ĐẦU TƯ CÔNG", "Thứ tư, từ nay tự học; ĐẦU TƯ CÔNG"},
		{"khoá 12", "khóa XII", "[khóa XII]"},
		{"a -b (c OR d)", "a b c d", "[a] b [c d]"},
		{`tieude:"đại hội" so:5-CT/TU tinh:hue`, "Đại hội Huế 5-CT/TU", "[Đại hội] Huế [5-CT/TU]"},
		{"a", "<b>a</b> & a", "<b>[a]</b> & [a]"},
		{"quyết", "Quyết\xff quyết", "[Quyết]\xff [quyết]"},
	} {
		runs := Highlight(tt.text, NewMatcher(search.Parse(tt.q), nil))
		if got := show(runs); got != tt.want {
			t.Errorf("Highlight(%q, %q) = %s, want %s", tt.text, tt.q, got, tt.want)
		}
	}
}

func TestHighlightExtra(t *testing.T) {
	m := NewMatcher(search.Parse("UBND"), nil, "ủy ban nhân dân")
	if got, want := show(Highlight("Uỷ ban nhân dân, UBND xã", m)), "[Uỷ ban nhân dân], [UBND] xã"; got != want {
		t.Errorf("Highlight = %s, want %s", got, want)
	}
}

// filler is n bytes and more of text without any match.
func filler(n int) string {
	return strings.Repeat("Một hai ba bốn năm sáu bảy. ", n/30+1)
}

func TestCut(t *testing.T) {
	for _, tt := range []struct{ name, q, text, want string }{
		{"empty", "a", " \n ", ""},
		{"no query: the lead", "", " một hai ba bốn năm sáu bảy", "một hai ba bốn năm sáu"},
		{"no match: the lead", "z", "một hai ba bốn năm sáu bảy", "một hai ba bốn năm sáu"},
		{"one long word", "z", strings.Repeat("ă", 30), strings.Repeat("ă", 15)},
		{"whole text", "hai", "một hai ba", "một [hai] ba"},
		{"both words", "nam hai", filler(99) + "hai. " + filler(99) + "Đây là năm rồi hai nữa. " + filler(99), "là [năm] rồi [hai] nữa."},
		{"side by side", "dan van", "vận và dân. " + filler(99) + "công tác dân vận. " + filler(99), "tác [dân vận]. Một hai ba"},
		{"earliest", "chin", filler(9) + "chín mười. " + filler(99) + "chín tám.", "[chín] mười. Một hai ba"},
		{"from the line", "chin", "Một hai\nba chín mười\nhai ba bốn năm", "ba [chín] mười\nhai ba bốn"},
		{"to the end", "chin", filler(60) + "tám chín", "năm sáu bảy. tám [chín]"},
		{"in a number", "TW", filler(60) + "số 35-CT/TW nữa", "bảy. số 35-CT/[TW] nữa"},
	} {
		got := ""
		for _, p := range Cut(tt.text, NewMatcher(search.Parse(tt.q), nil), Options{Size: 30}) {
			got += show(p.Runs)
		}
		if got != tt.want {
			t.Errorf("%s: Cut = %q, want %q", tt.name, got, tt.want)
		}
	}
}

// The passage is the best one of the complete text: neighbouring words deep inside
// come before some of them near the beginning.
func TestCutDeep(t *testing.T) {
	const line = "Đảng ủy xã An Bình tổ chức quán triệt nghị quyết, phân công cấp ủy viên phụ trách từng khu dân cư.\n"
	for _, size := range []int{39_000, 90_000, 300_000, 3_000_000} {
		head := strings.Repeat(line, size*4/5/len(line))
		text := head + "Cuối tập có câu kim mã tử viên ở Nghị quyết số 18-NQ/TW.\n" + strings.Repeat(line, size/5/len(line))
		for _, tt := range []struct{ q, want string }{
			{"kim mã tử viên", "[kim mã tử viên] ở"},
			{"kim ma tu vien", "[kim mã tử viên] ở"},
			{`"kim mã tử viên"`, "[kim mã tử viên] ở"},
			{"tập có câu kim mã tử viên", "[tập có câu kim mã tử viên] ở"},
			{"cuối tập viên* mã*", "[Cuối tập] có câu kim [mã] tử [viên] ở"},
			{"nghị quyết 18-NQ/TW", "[Nghị quyết] số [18-NQ/TW]"},
		} {
			m := NewMatcher(search.Parse(tt.q), nil)
			got := Cut(text, m, Options{Snippets: 2})
			if shown := show(got[0].Runs); !strings.Contains(shown, tt.want) {
				t.Errorf("%d bytes: Cut of %s = %q, want %q in it", size, tt.q, shown, tt.want)
			}
		}
	}
}

// A text with a match in every word takes no more memory than others, and its best
// passage is still found, and a second one.
func TestCutThins(t *testing.T) {
	many := strings.Repeat("của và của ta. ", 40_000)
	text := many + "trồng rừng của ta. " + many + "trồng của rừng kia. " + many
	m := NewMatcher(search.Parse("của trồng rừng hiếm"), nil)
	got := Cut(text, m, Options{Snippets: 2, Size: 20})
	if len(got) != 2 {
		t.Fatalf("%d passages, want 2", len(got))
	}
	for i, want := range []string{"[trồng rừng của]", "[trồng của rừng]"} {
		if shown := show(got[i].Runs); !strings.Contains(shown, want) {
			t.Errorf("passage %d = %q, want %q in it", i, shown, want)
		}
	}
	s := new(scan)
	s.reset(m, text)
	s.read(text, 20)
	if n := cap(s.matches); n > 4*maxMatches {
		t.Errorf("memory of %d matches, for at most %d", n, maxMatches)
	}
}

func TestCutWeights(t *testing.T) {
	weight := func(s string) float64 { return map[string]float64{"cua": 0.1, "rung": 5}[s] }
	text := "của va của. " + filler(99) + "trồng rừng. " + filler(99) + "của ta"
	m := NewMatcher(search.Parse("của rừng"), weight)
	if got, want := show(Cut(text, m, Options{Size: 20})[0].Runs), "[rừng]. Một hai ba"; got != want {
		t.Errorf("Cut = %q, want %q", got, want)
	}
}

func TestCutSeveral(t *testing.T) {
	text := "trồng rừng. " + filler(99) + "trồng rừng. " + filler(99) + "nuôi tôm. " + filler(99)
	var got []string
	for _, p := range Cut(text, NewMatcher(search.Parse("rừng OR tôm OR trồng"), nil), Options{Size: 20, Snippets: 5}) {
		got = append(got, show(p.Runs))
	}
	if got, want := strings.Join(got, "|"), "[trồng rừng].|[tôm]. Một hai ba|[trồng rừng]."; got != want {
		t.Errorf("Cut = %q, want %q", got, want)
	}
}

func TestCutScan(t *testing.T) {
	text := filler(100_000) + "cuối"
	m := NewMatcher(search.Parse("cuối"), nil)
	if got := show(Cut(text, m, Options{})[0].Runs); !strings.Contains(got, "[cuối]") {
		t.Errorf("Cut = %q", got)
	}
	if got := show(Cut(text, m, Options{Scan: 50_000})[0].Runs); !strings.HasPrefix(got, "Một") {
		t.Errorf("Cut within 50,000 bytes = %q, want the lead", got)
	}
}

// A kept answer must not keep the complete text in memory.
func TestCutOwnsItsBytes(t *testing.T) {
	text := filler(9000) + "Công tác dân vận. " + filler(9000)
	inText := func(s string) bool {
		first, at := uintptr(unsafe.Pointer(unsafe.StringData(text))), uintptr(unsafe.Pointer(unsafe.StringData(s)))
		return first <= at && at < first+uintptr(len(text))
	}
	if !inText(text[10_000:10_001]) {
		t.Fatal("a slice of the text is not recognised")
	}
	for _, q := range []string{"", "zzz", "dân vận", "công tám"} {
		for _, p := range Cut(text, NewMatcher(search.Parse(q), nil), Options{Snippets: 3}) {
			for _, r := range p.Runs {
				if inText(r.Text) {
					t.Errorf("%q: run %q is a slice of the text", q, r.Text)
				}
			}
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("nghi quyet", "Các Nghị quyết của Đảng bộ", uint8(20), uint8(2))
	f.Add(`"dân vận" 35-CT/TW nghi*`, strings.Repeat("dân vận 35-CT/TW, nghiêm\n", 160), uint8(240), uint8(3))
	f.Add("a", "ăăăăăăăăăăăăăăăăă", uint8(1), uint8(1))
	f.Add("lý đảng q uy", "Lí Đảng, lý ĐẢNG; Ðảng quí 3 quý\u00ad 12uy M'uy uỷ\u0301 đa\u0309ng ủyuy 中uy", uint8(1), uint8(1))
	f.Add("khóa 12 vì xi 05", "Khóa XII, khoá 012; đại hội VI vì vi phạm: quý V năm 5, XI 中5 “05” lần thứ\nVI Vi vì khóa xii, lần thứ vi 2005", uint8(9), uint8(3))
	f.Add("0", "lần x ", uint8(1), uint8(2))
	f.Add("nghi* 30/5/2019 18-NQ/TW", "ngày 30 tháng 5 năm 2019, số 18-NQ/TW, 18-NQ/TW-A, 3.30/5/2019; nghiêm nghị, ynghi 30-5-2019", uint8(20), uint8(2))
	f.Add("UBND TW hđnd", "Văn phòng U.B.N.D xã, H.Đ.N.D, T.Ư, TƯ tự từ, A.B. C.O U.B.N.D2 u.b.n.d@x.vn", uint8(30), uint8(2))
	f.Add("ly* 1,5 2* vi*", "lí lìa 1.5 21,5 1,5 VII vị trí viên lần thứ VI 200 1.234,5", uint8(9), uint8(3))
	f.Fuzz(func(t *testing.T, q, text string, size, snippets uint8) {
		// With words of the text itself, or few would match.
		m := NewMatcher(search.Parse(q+" "+text[:min(len(text), 40)]), nil)
		var taken []Passage
		for _, p := range Cut(text, m, Options{Size: int(size), Snippets: int(snippets)}) {
			checkRuns(t, p.Runs, text[p.Start:p.End])
			if p.Start >= p.End {
				t.Errorf("empty passage %d:%d", p.Start, p.End)
			}
			if size > 0 && len(taken) > 0 && p.End-p.Start > int(size)+len(q)+4*maxReach+4000 {
				t.Errorf("passage of %d bytes for %d", p.End-p.Start, size)
			}
			for _, o := range taken {
				if p.Start < o.End && o.Start < p.End {
					t.Errorf("passages %d:%d and %d:%d overlap", p.Start, p.End, o.Start, o.End)
				}
			}
			taken = append(taken, p)
		}
		if (len(taken) == 0) != (strings.TrimSpace(text) == "") {
			t.Errorf("%d passages", len(taken))
		}
		runs := Highlight(text, m)
		checkRuns(t, runs, text)
		slow := *m
		slow.sieve = nil
		if got, want := show(runs), show(Highlight(text, &slow)); got != want {
			t.Errorf("Highlight of %q with a sieve = %s, want %s", q, got, want)
		}
		opt := Options{Size: int(size), Snippets: int(snippets)}
		if got, want := Cut(text, m, opt), Cut(text, &slow, opt); !reflect.DeepEqual(got, want) {
			t.Errorf("Cut of %q with a sieve = %v, want %v", q, got, want)
		}
	})
}

func checkRuns(t *testing.T, runs []search.Run, want string) {
	t.Helper()
	var b strings.Builder
	for i, r := range runs {
		if r.Text == "" || utf8.ValidString(want) && !utf8.ValidString(r.Text) {
			t.Errorf("run %q of %q", r.Text, want)
		}
		if i > 0 && !r.Match && !runs[i-1].Match {
			t.Errorf("two runs without match side by side in %q", want)
		}
		b.WriteString(r.Text)
	}
	if b.String() != want {
		t.Errorf("runs joined = %q, want %q", b.String(), want)
	}
}

func BenchmarkCut(b *testing.B) {
	for _, size := range []int{1 << 10, 13 << 10, 256 << 10} {
		text := benchText(size)
		for _, q := range []string{"dang bo", "nghị quyết đại hội đảng bộ tỉnh lần thứ mười bảy về công tác dân vận"} {
			m := NewMatcher(search.Parse(q), nil)
			b.Run(fmt.Sprintf("%dKB/%dwords", size>>10, len(strings.Fields(q))), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					Cut(text, m, Options{})
				}
			})
		}
	}
}

// benchText varies its syllables as prose does.
func benchText(size int) string {
	syllables := strings.Fields("thực hiện chương trình công tác năm ban chấp hành tỉnh ủy đã lãnh đạo các cấp ngành triển khai đồng bộ nhiệm vụ giải pháp phát triển kinh tế xã hội bảo đảm quốc phòng an ninh xây dựng hệ thống chính trị trong sạch vững mạnh đời sống nhân dân từng bước nâng lên")
	var b strings.Builder
	for i, n := uint32(1), 0; b.Len() < size; n++ {
		i = i*1664525 + 1013904223
		b.WriteString(syllables[int(i>>16)%len(syllables)])
		if n%19 == 18 {
			b.WriteString(".\n")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// A query and a text made to be slow are answered in bounded work.
func TestCutBounded(t *testing.T) {
	phrase := strings.TrimSpace(strings.Repeat("a ", 900))
	text := strings.Repeat("a ", 100_000) + "b"
	m := NewMatcher(search.Phrase{Text: phrase + " b"}, nil)
	got := Cut(text, m, Options{})
	if len(got) != 1 || !strings.HasPrefix(text, got[0].Runs[0].Text) {
		t.Errorf("Cut = %v", got)
	}
	checkRuns(t, Highlight(text, m), text)
}
