package vi

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	for _, c := range [][2]string{
		{"", ""},
		{"ban 2024!", "ban 2024!"},
		{"HÀ NỘI", "ha noi"},
		{"Đắk Lắk", "dak lak"},
		{"đường Ðường", "duong duong"}, // the second has U+00D0
		{"ngƣời", "nguoi"},
		{"Phường ưỡn", "phuong uon"},
		{"Nguye\u0302\u0303n", "nguyen"},
		{"lý lí", "ly li"},
		{"café naïve Åsa", "cafe naive asa"},
		{"Ελλάδα 中国", "ελλαδα 中国"},
		{"“số” – 1…", "“so” – 1…"},
	} {
		if got := Fold(c[0]); got != c[1] {
			t.Errorf("Fold(%+q) = %+q, want %+q", c[0], got, c[1])
		}
	}
}

func TestSlug(t *testing.T) {
	for _, c := range [][2]string{
		{"Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"},
		{"TP. Hồ Chí Minh", "tp-ho-chi-minh"},
		{" - ", ""},
	} {
		if got := Slug(c[0]); got != c[1] {
			t.Errorf("Slug(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestFoldTable(t *testing.T) {
	rows(t, "analysis/strip_diacritics.tsv", func(f []string) {
		if got, want := Fold(f[0]), Fold(f[1]); got != want {
			t.Errorf("Fold(%q) = %q, want %q (%s)", f[0], got, want, f[2])
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "Đảng ủy", "Nguye\u0302\u0303n", "\u1ebf", "İstanbul", "\u0344x", "각", "\xff\xc3", "\u2000a\u2126"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := Fold(s), foldAny(s); got != want {
			t.Errorf("Fold(%+q) = %+q, without the fast path %+q", s, got, want)
		}
		if !utf8.ValidString(s) {
			s = strings.ToValidUTF8(Fold(s), "") // does not panic
		}
		folded := Fold(s)
		if again := Fold(folded); again != folded {
			t.Errorf("Fold(%+q) = %+q, and folded again %+q", s, folded, again)
		}
		nfc, nfd := Fold(norm.NFC.String(s)), Fold(norm.NFD.String(s))
		if nfc != folded || nfd != folded {
			t.Errorf("Fold(%+q) = %+q, of its NFC %+q, of its NFD %+q", s, folded, nfc, nfd)
		}
		exact := Normalize(s)
		if again := Normalize(exact); again != exact {
			t.Errorf("Normalize(%+q) = %+q, and normalized again %+q", s, exact, again)
		}
		nfc, nfd = Normalize(norm.NFC.String(s)), Normalize(norm.NFD.String(s))
		if nfc != exact || nfd != exact {
			t.Errorf("Normalize(%+q) = %+q, of its NFC %+q, of its NFD %+q", s, exact, nfc, nfd)
		}
	})
}
