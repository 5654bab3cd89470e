package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/vi"
)

// foldTable is vi.Fold of every rune below U+1F00 as one ASCII byte; '?' if there is
// none.
var foldTable = func() (t [0x1F00]byte) {
	for r := range rune(len(t)) {
		t[r] = '?'
		if f := vi.Fold(string(r)); r != 0 && len(f) == 1 && f[0] < utf8.RuneSelf {
			t[r] = f[0]
		}
	}
	return
}()

// Fold is vi.Fold of NFC text, rune by rune: the n-th byte is for the n-th rune of
// s, '?' if it has no ASCII form, so that offsets in one can be mapped to the
// other. Cues are compared folded, because pages mix marks and cases.
func Fold(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	var piece [128]byte // written at once
	n := 0
	for i := 0; i < len(s); {
		if n == len(piece) {
			out.Write(piece[:])
			n = 0
		}
		if c := s[i]; c < utf8.RuneSelf {
			piece[n] = foldTable[c]
			i, n = i+1, n+1
			continue
		}
		r, size := vi.DecodeRune(s, i)
		piece[n] = foldRune(r)
		i, n = i+size, n+1
	}
	out.Write(piece[:n])
	return out.String()
}

// foldRune is Fold of one rune.
func foldRune(r rune) byte {
	switch {
	case int(r) < len(foldTable):
		return foldTable[r]
	case r == '–' || r == '—' || r == '‑':
		return '-'
	case r == '“' || r == '”':
		return '"'
	}
	return '?'
}

// ByteAt is the offset of the n-th rune of s.
func ByteAt(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// plainRunes are the runes below U+2040 that CleanText does not change and that are
// NFC beside any other of them.
var plainRunes = func() (t [0x2040]bool) {
	for r := range rune(len(t)) {
		t[r] = cleanRune(r) == r && norm.NFC.IsNormalString("a"+string(r)+"a") && !unicode.Is(unicode.M, r) && !(r >= 0x1100 && r < 0x1200)
	}
	return
}()

// plain reports whether CleanText would change nothing.
func plain(s string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if !plainRunes[c] {
				return false
			}
			i++
			continue
		}
		r, size := vi.DecodeRune(s, i)
		if int(r) >= len(plainRunes) || !plainRunes[r] {
			return false
		}
		i += size
	}
	return true
}
