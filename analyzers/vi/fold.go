// Package vi says how Vietnamese text becomes terms.
package vi

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in lower case without any diacritic, đ as d: what a reader
// types who leaves the marks out. Fold is idempotent and does not see whether
// s was NFC or NFD.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ' || r == 'Đ':
			b.WriteByte('d')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return norm.NFC.String(b.String())
}

// Slug returns the folded letters and digits of s joined by single hyphens:
// "Bà Rịa - Vũng Tàu" is ba-ria-vung-tau.
func Slug(s string) string {
	return strings.Join(strings.FieldsFunc(Fold(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "-")
}
