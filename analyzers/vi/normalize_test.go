package vi

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestNormalize(t *testing.T) {
	for _, c := range [][3]string{
		{"empty", "", ""},
		{"ASCII", "Word 12", "word 12"},
		{"NFD", "Tie\u0302\u0301ng", "tiếng"},
		{"tone mark before circumflex", "tie\u0301\u0302ng", "tiếng"},
		{"tone letter and circumflex", "ti\u00e9\u0302ng", "tiếng"},
		{"dot below before circumflex", "Vie\u0323\u0302t", "việt"},
		{"horn after the tone", "u\u0301\u031b", "ứ"},
		{"deprecated tone marks", "ha\u0341 ha\u0340", "há hà"},
		{"mark after a blank", "a \u0301b", "a \u0301b"},
		{"capitals with marks", "ĐẢNG ỦY", "đảng ủy"},
		{"eth for đ", "\u00d0ảng \u00f0ã \u0189i", "đảng đã đi"},
		{"oi for ư", "ng\u01a3ời", "người"},
		{"caron for breve", "v\u01cen", "văn"},
		{"soft hyphen", "ngh\u00adị quyết", "nghị quyết"},
		{"zero width", "ng\u200bh\u200dị\ufeff", "nghị"},
		{"newer placement oa", "hoà Hoá hoả", "hòa hóa hỏa"},
		{"newer placement oe", "khoẻ", "khỏe"},
		{"newer placement uy", "uỷ thuý quỵ", "ủy thúy quỵ"},
		{"misplaced before the coda", "hòan tóan ngòai", "hoàn toán ngoài"},
		{"misplaced on a glide", "tuá muá iá", "túa múa ía"},
		{"misplaced qu", "qúy qùa", "quý quà"},
		{"misplaced gi", "gìa gíup", "già giúp"},
		{"misplaced iê", "tíên yếu ýêu", "tiến yếu yếu"},
		{"gi", "gì gìn giếng giết", "gì gìn giếng giết"},
		{"i to y", "lí kĩ mĩ tỉ sĩ hi", "lý kỹ mỹ tỷ sỹ hy"},
		{"i to y after qu", "quí qui quít quỳnh", "quý quy quýt quỳnh"},
		{"i stays", "bí thư vì phi thi chi thúi", "bí thư vì phi thi chi thúi"},
		{"i stays before a coda", "tính lịch mít", "tính lịch mít"},
		{"names", "Nguyễn Mỹ Tho Lý Thường Kiệt", "nguyễn mỹ tho lý thường kiệt"},
		{"names outside the rules", "Đắk Lắk Krông Búk Bắc Kạn", "đắk lắk krông búk bắc kạn"},
		{"foreign", "café naïve Ünal", "café naïve ünal"},
		{"two tones", "hoáà", "hoáà"},
	} {
		if got := Normalize(c[1]); got != c[2] {
			t.Errorf("%s: Normalize(%+q) = %+q, want %+q", c[0], c[1], got, c[2])
		}
		if got := Normalize(norm.NFD.String(c[1])); got != c[2] {
			t.Errorf("%s: Normalize of the NFD of %+q = %+q, want %+q", c[0], c[1], got, c[2])
		}
	}
}

// The table has both placements, and words with the tone mark on the wrong letter.
// Names with a mark on a consonant (Ngoḳ) stay unchanged.
func TestNormalizeTable(t *testing.T) {
	rows(t, "analysis/tone_placement.tsv", func(f []string) {
		for w := range strings.FieldsSeq(f[0]) {
			if _, ok := spell(w); !ok {
				return
			}
		}
		if got, want := Normalize(f[0]), Normalize(f[1]); got != want {
			t.Errorf("Normalize(%q) = %q, want %q (%s)", f[0], got, want, f[2])
		}
	})
}

func TestPrefixes(t *testing.T) {
	for _, c := range [][3]string{
		{"ki", "ki ky", "ki ky"},
		{"Lí", "lí lý", "li ly"},
		{"hoà", "hoà hòa", "hoa"},
		{"hòa", "hoà hòa", "hoa"},
		{"nghị", "nghị", "nghi"},
		{"qui", "qui quy", "qui quy"},
		{"ng", "ng", "ng"},
		{"đâ", "đâ đấ đầ đẩ đẫ đậ", "da"},
		{"Å", "å", "a"},
		{"", "", ""},
	} {
		exact, folded := Prefixes(c[0])
		if got := strings.Join(exact, " "); got != c[1] {
			t.Errorf("Prefixes(%q) = %s, want %s", c[0], got, c[1])
		}
		if got := strings.Join(folded, " "); got != c[2] {
			t.Errorf("Prefixes(%q) = … %s, want %s", c[0], got, c[2])
		}
	}
}

func TestBeginning(t *testing.T) {
	for _, c := range []struct {
		typed, text string
		want        bool
	}{
		{"cong tac d", "Công tác dân vận", true},
		{"công tác d", "Cộng tác dân vận", false},
		{"công tác dâ", "Công tác dân vận", true},
		{"nghị quyê", "Nghị quyết số 4", true}, // the tone comes last
		{"nghị quyế", "Nghị quyền", false},
		{"đang", "Đảng viên", false}, // a word as it is
		{"hoà", "Hoàn thành", true},
		{"ki", "Kinh tế", true},
		{"dan ", "Danh sách", false}, // no longer open
		{"dan ", "Dân số", true},
		{"dan so", "Dân", false},
		{"", "Dân", true},
	} {
		if got := NewBeginning(c.typed).Of(AppendExact(nil, Tokens(c.text))); got != c.want {
			t.Errorf("%q begins %q: %v", c.typed, c.text, got)
		}
	}
}

func TestIsSyllable(t *testing.T) {
	for s, want := range map[string]bool{
		"nghị": true, "QUYẾT": true, "Đảng": true, "hoà": true, "hòa": true, "uỷ": true, "ủy": true, "gì": true, "gìn": true,
		"giếng": true, "quý": true, "khuya": true, "thuở": true, "huỷ": true, "nghie\u0302ng": true, "y": true, "ở": true,
		"Đắk": true, "Kạn": true, "quỳnh": true, "buýt": true, "cua": true, "nghieng": false,
		"": false, "hòan": false, "toá": true, "tóa": true, "các": true, "càc": false, "kà": false, "ce": false, "nge": false,
		"w": false, "web": false, "nghij": false, "ubnd": false, "đ": false, "5": false, "dyêm": false, "nuám": false, "of": false,
	} {
		if got := IsSyllable(s); got != want {
			t.Errorf("IsSyllable(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestIsBareSyllable(t *testing.T) {
	for s, want := range map[string]bool{
		"nghieng": true, "DUONG": true, "uy": true, "duoc": true, "quyet": true, "dak": true, "đang": true,
		"": false, "nghij": false, "duocw": false, "dd": false, "khoong": false, "hdnd": false, "tw": false, "web": false,
	} {
		if got := IsBareSyllable(s); got != want {
			t.Errorf("IsBareSyllable(%q) = %v, want %v", s, got, want)
		}
	}
}

// Every row is a syllable, except those with a rime that no word has.
func TestSyllableTable(t *testing.T) {
	g := syllables()
	rows(t, "analysis/telex.tsv", func(f []string) {
		sp, ok := spell(f[1])
		if !ok {
			t.Fatalf("spell(%q) is not ok", f[1])
		}
		o, r, ok := g.split(sp.plain())
		if !ok {
			t.Errorf("%q has no onset and rime", f[1])
		}
		if want := !g.rimes[r].rareAfter(o) && g.rimes[r].bears(sp.tone); IsSyllable(f[1]) != want {
			t.Errorf("IsSyllable(%q) = %v, want %v", f[1], !want, want)
		}
		if IsSyllable(f[1]) && !IsBareSyllable(f[1]) {
			t.Errorf("IsBareSyllable(%q) = false", f[1])
		}
	})
}
