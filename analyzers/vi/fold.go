package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC returns s in Unicode normal form C, the form of all stored text.
func NFC(s string) string {
	if norm.NFC.IsNormalString(s) {
		return s
	}
	return norm.NFC.String(s)
}

// Fold returns s in lower case without any diacritic, đ as d: as a reader types who
// leaves the marks out. Fold is idempotent and gives the same for NFC and NFD. It
// changes only marks and case: lý is ly and lí is li (the exact form, [Normalize],
// makes them one).
func Fold(s string) string {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf && (s[i] < 'A' || s[i] > 'Z') {
		i++
	}
	if i == len(s) {
		return s
	}
	var buf [64]byte // keeps words off the heap
	b := buf[:0]
	if len(s) > len(buf) {
		b = make([]byte, 0, len(s))
	}
	b = append(b, s[:i]...)
	// at is the last ASCII character before i, and end its place in b: no character
	// before it changes the form of those after it, nor the other way round.
	at, end := max(i-1, 0), max(i-1, 0)
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			at, end = i, len(b)
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			b = append(b, c)
			i++
			continue
		}
		r, n := DecodeRune(s, i)
		i += n
		if g := glyphOf(r); g.bare != 0 {
			b = append(b, g.bare)
			continue
		}
		if r >= markGrave && r < 0x0370 { // combining diacritical marks
			continue
		}
		if r >= 0x2010 && r < 0x2027 { // dashes, quotation marks, ellipsis
			b = append(b, s[i-n:i]...)
			continue
		}
		for i < len(s) && s[i] >= utf8.RuneSelf {
			i++
		}
		b = append(b[:end], foldAny(s[at:i])...)
		at, end = i, len(b) // an ASCII character or the end of s is at i
	}
	return string(b)
}

// foldAny is Fold for any script, without the fast path.
func foldAny(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(strings.ToValidUTF8(s, "\uFFFD")) {
		r = unicode.ToLower(r)
		switch g := glyphOf(r); {
		case unicode.Is(unicode.Mn, r):
		case g.bare != 0:
			b.WriteByte(g.bare)
		default:
			b.WriteRune(r)
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
