package vi

import (
	"testing"
	"unicode/utf8"
)

// TestDecodeRune compares DecodeRune with the function of the standard library, for
// complete, cut and invalid letters.
func TestDecodeRune(t *testing.T) {
	bytes := []byte{0x00, 'a', 0x7F, 0x80, 0xA1, 0xBF, 0xC0, 0xC1, 0xC2, 0xC6, 0xDF, 0xE0, 0xE1, 0xE2, 0xED, 0xF0, 0xF4, 0xFF}
	for _, a := range bytes {
		for _, b := range bytes {
			for _, c := range bytes {
				for _, s := range []string{string([]byte{a}), string([]byte{a, b}), string([]byte{a, b, c})} {
					r, size := DecodeRune(s, 0)
					if want, wantSize := utf8.DecodeRuneInString(s); r != want || size != wantSize {
						t.Fatalf("% x: %U of %d bytes, want %U of %d", s, r, size, want, wantSize)
					}
				}
			}
		}
	}
}
