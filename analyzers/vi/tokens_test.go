package vi

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/analysistest"
	"nghiquyet/analyzers/shareddata"
)

// show prints tokens by their exact terms: wholes in brackets, | for a break.
func show(toks []Token) string {
	var b strings.Builder
	for i, t := range toks {
		if i > 0 {
			b.WriteByte(' ')
		}
		if t.Break && i > 0 && toks[i-1].Kind != Whole {
			b.WriteString("| ")
		}
		if t.Kind == Whole {
			fmt.Fprintf(&b, "[%s]", t.Exact)
		} else {
			b.WriteString(t.Exact)
		}
	}
	return b.String()
}

func TestTokens(t *testing.T) {
	for _, c := range [][3]string{
		{"empty", "", ""},
		{"nothing but signs", " .,–!\n", ""},
		{"syllables", "Nghị quyết Đảng bộ", "nghị quyết đảng bộ"},
		{"no space after a sign", "Chủ trì:Nguyễn An, hộ nghèo.Đến năm", "chủ trì nguyễn an hộ nghèo đến năm"},
		{"clauses", "Một, hai. Ba; bốn: năm (sáu)\nbảy", "một hai | ba | bốn | năm | sáu | bảy"},
		{"lines cut at the margin", "Đảng bộ\n  tỉnh\nGia Lai\n\nvà", "đảng bộ tỉnh | gia lai | và"},
		{"points inside", "TP.HCM 10:30 T.Ư", "[tphcm] tp hcm 10 30 tw"},
		{"digits and letters", "QH15 35CT", "[qh15] qh 15 [35ct] 35 ct"},
		{"leading zeros", "ngày 05, 00", "ngày 5 0"},
		{"mark alone", "a \u0301 b", "a b"},
		{"soft hyphen", "ngh\u00adị", "nghị"},
		{"zero width", "ng\u200bhị quy\u200dết", "nghị quyết"},
		{"hyphen and slash", "KT-XH và/hoặc", "[ktxh] kt xh và hoặc"},
		{"apostrophe", "M'Drăk R’lấp", "[mdrăk] m drăk [rlấp] r lấp"},
		{"quotation", "'Đảng' “bộ”", "đảng bộ"},
		{"ideographs", "中国 が", "中 国 が"},
		{"emoji", "tốt 👍🏽 lắm", "tốt lắm"},
		{"address", "https://a.vn/b?c=d x.y@z.vn", "https | a vn b | c d x y z vn"},
		{"acronyms in pieces", "U.B.N.D T.W T.U KT-XH, TP. HCM", "ubnd tw t.u [ktxh] kt xh [tphcm] tp hcm"},
		{"acronyms and blanks", "UBND TP HCM, AN BA", "[ubndtp] [ubndtphcm] ubnd [tphcm] tp hcm an ba"},
		{"no acronyms", "Mác-Lênin Bà Rịa-VŨNG TÀU BCH XII, A B", "mác lênin bà rịa vũng tàu bch 12 a b"},
		{"points after abbreviations", "TP. Hồ Chí Minh, PGS. An. ở TP. có", "tp hồ chí minh pgs an | ở tp | có"},
		{"invalid UTF-8", "a\xffb\xc3", "a b"},

		{"document number", "35-CT/TW", "[35-ct/tw] 35 ct tw"},
		{"document number without hyphen", "35CT/TW", "[35-ct/tw] 35 ct tw"},
		{"document number in small letters", "35-ct/tw", "[35-ct/tw] 35 ct tw"},
		{"document number with TƯ", "35-CT/TƯ", "[35-ct/tw] 35 ct tư"},
		{"TƯ for trung ương", "UBKT TƯ, BCH TƯ Đảng; TƯ 4", "[ubkttư] ubkt [tư] tw [bchtư] bch [tư] tw đảng | [tư] tw 4"},
		{"other syllables that abbreviate", "bí thư HU, Đ.U; CA tỉnh", "bí thư [hu] h.u đ.u | [ca] c.a tỉnh"},
		{"syllables that do not", "CA DAO, đu đủ, TU DUONG, 12-CT/HU", "ca dao đu đủ tu duong [12-ct/hu] 12 ct hu"},
		{"tư in capitals", "ĐẦU TƯ. TƯ TƯỞNG, thứ Tư", "đầu tư | tư tưởng thứ tư"},
		{"document number with zero", "02-NQ/TU", "[2-nq/tu] 2 nq tu"},
		{"document number with dash", "02–NQ/TU", "[2-nq/tu] 2 nq tu"},
		{"document number with year", "202/2025/QH15", "[202/2025/qh15] 202 2025 qh 15"},
		{"document number of a decree", "30/2020/NĐ-CP.", "[30/2020/nđ-cp] 30 2020 nđ cp"},
		{"document number of a decision", "1234/QĐ-TTg", "[1234/qđ-ttg] 1234 qđ ttg"},
		{"no document number", "5-năm 2020-2025 7-8", "5 năm 2020 2025 7 8"},

		{"date", "30/5/2019", "[2019-05-30] 30 5 2019"},
		{"date with points", "30.05.2019.", "[2019-05-30] 30 5 2019"},
		{"date with hyphens", "30-5-2019,", "[2019-05-30] 30 5 2019"},
		{"date as ISO", "2019-05-30", "[2019-05-30] 2019 5 30"},
		{"date in words", "ngày 30 tháng 5 năm 2019", "ngày [2019-05-30] 30 tháng 5 năm 2019"},
		{"date in words over a line end", "30 tháng 5\nnăm 2019", "[2019-05-30] 30 tháng 5 năm 2019"},
		{"date in words, bare", "ngay 30 thang 05 nam 2019", "ngay [2019-05-30] 30 thang 5 nam 2019"},
		{"date in words and figures", "30 tháng 5/2019", "[2019-05-30] 30 tháng 5 2019"},
		{"date without a blank", "30tháng 5 năm 2019", "[2019-05-30] 30 tháng 5 năm 2019"},
		{"month", "tháng 5/2019 tháng 5 năm 2019", "tháng [2019-05] 5 2019 tháng [2019-05] 5 năm 2019"},
		{"month with point or hyphen", "tháng 5-2019, tháng 05.2019, ngày 30 tháng 5-2019", "tháng [2019-05] 5 2019 tháng [2019-05] 5 2019 ngày [2019-05-30] 30 tháng 5 2019"},
		{"no month", "quý 1/2019, số 5/2019, 5-2019", "quý 1 2019 số 5 2019 5 2019"},
		{"no date", "32/5/2019 30/13/2019 30/5", "32 [2019-05] 5 2019 30 13 2019 30 5"},

		{"grouped number", "1.234.567 đồng", "1234567 đồng"},
		{"grouped number with commas", "1,234,567", "1234567"},
		{"hectares", "trên 35.000 ha, 35 ha", "trên 35000 ha 35 ha"},
		{"decimal", "1.234,5 1,5 1.5 0.125", "[1234.5] 1 234 5 [1.5] 1 5 [1.5] 1 5 [0.125] 0 125"},
		{"no number", "1.2.3 192.168.1.10 1,2,3", "1 2 3 192 168 1 10 1 2 3"},
		{"number at the end of a clause", "năm 2019. Ba", "năm 2019 | ba"},

		{"Roman numeral", "khóa XII, Khoá xii, III", "khóa 12 khóa 12 3"},
		{"Roman syllable in context", "Đại hội VI lần thứ XI kỳ I quý IV", "đại hội [vi] 6 lần thứ [xi] 11 kỳ [i] 1 quý 4"},
		{"Roman syllable in small letters", "đại hội vi. khoa vi sinh", "đại hội [vi] 6 | khoa vi sinh"},
		{"no Roman numeral", "xử lý VI PHẠM, xi măng, XIX IIIII I C D, nhóm L", "xử lý vi phạm xi măng 19 iiiii i c d nhóm l"},
	} {
		if got := show(Tokens(c[1])); got != c[2] {
			t.Errorf("%s: Tokens(%+q) = %s, want %s", c[0], c[1], got, c[2])
		}
		if got := show(Tokens(norm.NFD.String(c[1]))); got != c[2] {
			t.Errorf("%s: Tokens of the NFD of %+q = %s, want %s", c[0], c[1], got, c[2])
		}
	}
}

func TestTokenSpans(t *testing.T) {
	text := "Số 35-CT/TW, hoà."
	var got []string
	for _, tok := range Tokens(text) {
		got = append(got, fmt.Sprintf("%s@%d %v", text[tok.Start:tok.End], tok.Pos, tok.Kind))
	}
	want := "Số@0 syllable; 35-CT/TW@1 whole; 35@1 number; CT@2 syllable; TW@3 syllable; hoà@4 syllable"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("spans %s, want %s", s, want)
	}
}

func TestLongTokens(t *testing.T) {
	for _, run := range []string{strings.Repeat("a", MaxTokenRunes+1), strings.Repeat("ế", MaxTokenRunes+1), strings.Repeat("1", MaxTokenRunes+1)} {
		toks := Tokens("trước " + run + " sau")
		if show(toks) != "trước sau" || toks[1].Pos != 2 {
			t.Errorf("Tokens with a run of %d bytes = %s, last at %d, want it skipped with its position", len(run), show(toks), toks[1].Pos)
		}
	}
	if got := show(Tokens(strings.Repeat("ế", MaxTokenRunes))); utf8.RuneCountInString(got) != MaxTokenRunes {
		t.Errorf("a run of %d letters gives %s", MaxTokenRunes, got)
	}
}

func bigrams(toks []Token) (terms []string) {
	for a, b := range Bigrams(toks) {
		terms = append(terms, toks[a].Folded+" "+toks[b].Folded)
	}
	return terms
}

func TestBigrams(t *testing.T) {
	got := bigrams(Tokens("Đảng bộ tỉnh. Số 35-CT/TW"))
	want := []string{"dang bo", "bo tinh", "so 35", "35 ct", "ct tw"}
	if !slices.Equal(got, want) {
		t.Errorf("Bigrams = %q, want %q", got, want)
	}
}

// Bleve's token streams equal the term lists of the index writer.
func TestAnalyzers(t *testing.T) {
	text := "Thực hiện Chỉ thị 35-CT/TW, ngày 30/5/2019. Khoá XII; M'Drăk, hoà"
	toks := Tokens(text)
	for name, want := range map[string][]string{
		ExactName: AppendExact(nil, toks), FoldedName: AppendFolded(nil, toks), BigramName: bigrams(toks),
	} {
		a, err := Analyzer(name)
		if err != nil {
			t.Fatal(err)
		}
		analysistest.Check(t, a, text)
		var got []string
		for _, tok := range a.Analyze([]byte(text)) {
			got = append(got, string(tok.Term))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s gives %q, want %q", name, got, want)
		}
		var classed []string
		for _, term := range want {
			for class := range FreqClasses {
				classed = append(classed, string(AppendTerm(nil, term, class)))
			}
		}
		if a, err = Analyzer(name + "_classes"); err != nil {
			t.Fatal(err)
		}
		analysistest.Check(t, a, text)
		got = nil
		for _, tok := range a.Analyze([]byte(text)) {
			got = append(got, string(tok.Term))
		}
		if !slices.Equal(got, classed) {
			t.Errorf("%s_classes gives %q, want %q", name, got, classed)
		}
	}
	if _, err := Analyzer("vi_none"); err == nil {
		t.Error("Analyzer of an unknown name gives no error")
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{
		"", "Nghị quyết số 35-CT/TW, ngày 30 tháng 5 năm 2019.", "1.234,5 202/2025/QH15 khóa XII", "M'Drăk ’a’b’", "12\u00a0tháng\u00a03",
		"中国が 👍🏽 \u0301", "a\xffb\xc3\x28", "9/2021 1.1.1 0/0", "35–CT", "\u00ad\u200b5\u0301",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range []string{ExactName, FoldedName, BigramName} {
			a, err := Analyzer(name)
			if err != nil {
				t.Fatal(err)
			}
			analysistest.Check(t, a, s)
		}
		toks := Tokens(s)
		for _, tok := range toks {
			if tok.Kind == Syllable && Normalize(tok.Exact) != tok.Exact || Fold(tok.Exact) != tok.Folded {
				t.Errorf("token %+v of %+q is not in its own form", tok, s)
			}
		}
		if utf8.ValidString(s) && len(s) < 50 {
			if a, b := show(Tokens(norm.NFC.String(s))), show(Tokens(norm.NFD.String(s))); a != b {
				t.Errorf("Tokens(%+q): NFC gives %s, NFD %s", s, a, b)
			}
		}
		DefaultLexicon().Expand(toks)
		Decode(strings.Fields(s), nil)
		Stages(s)
	})
}

// BenchmarkTokens takes the pages one by one, as the writer does.
func BenchmarkTokens(b *testing.B) {
	raw, err := io.ReadAll(io.LimitReader(shareddata.Open(b, "relevance/alqac/corpus.jsonl"), 4<<20))
	if err != nil {
		b.Fatal(err)
	}
	pages := strings.Split(string(raw), "\n")
	tokens := 0
	var dst []Token
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		tokens = 0
		for _, p := range pages {
			dst = AppendTokens(dst[:0], p)
			tokens += len(dst)
		}
	}
	b.ReportMetric(float64(tokens), "tokens/op")
}
