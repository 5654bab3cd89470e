package vi

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Tones (thanh) in the order of the columns of vowelRows.
const (
	ngang = iota
	sac
	huyen
	hoi
	nga
	nang
	tones // number of tones
)

// vowelRows lists each vowel under the six tones.
var vowelRows = [...]string{
	"aáàảãạ", "ăắằẳẵặ", "âấầẩẫậ", "eéèẻẽẹ", "êếềểễệ", "iíìỉĩị",
	"oóòỏõọ", "ôốồổỗộ", "ơớờởỡợ", "uúùủũụ", "ưứừửữự", "yýỳỷỹỵ",
}

// Marks as combining characters.
const (
	markGrave      = 0x0300
	markAcute      = 0x0301
	markCircumflex = 0x0302
	markTilde      = 0x0303
	markBreve      = 0x0306
	markHook       = 0x0309
	markCaron      = 0x030C
	markHorn       = 0x031B
	markDot        = 0x0323
)

// markTone returns the tone of a combining tone mark.
func markTone(r rune) uint8 {
	switch r {
	case markAcute, 0x0341:
		return sac
	case markGrave, 0x0340:
		return huyen
	case markHook:
		return hoi
	case markTilde:
		return nga
	case markDot:
		return nang
	}
	return ngang
}

// withMark returns the vowel that r makes together with a combining quality mark, or 0.
func withMark(r, mark rune) rune {
	switch mark {
	case markCircumflex:
		switch r {
		case 'a', 'ă':
			return 'â'
		case 'e':
			return 'ê'
		case 'o':
			return 'ô'
		}
	case markBreve, markCaron:
		if r == 'a' {
			return 'ă'
		}
	case markHorn:
		switch r {
		case 'o':
			return 'ơ'
		case 'u':
			return 'ư'
		}
	}
	return 0
}

// glyph describes one character: its lower-case letter without tone, its tone, and
// the letter without any mark. The zero glyph is no letter of the Vietnamese or
// English alphabet.
type glyph struct {
	plain rune
	bare  byte
	tone  uint8
}

// glyphs covers U+0000–U+024F, glyphsExt U+1E00–U+1EFF. Many old files use Ð and ð
// (U+00D0, U+00F0) and Ɖ (U+0189) for Đ and đ, Ƣ and ƣ (U+01A2, U+01A3) for Ư and
// ư, Ǎ and ǎ (U+01CD, U+01CE) for Ă and ă.
var glyphs, glyphsExt, tonedVowel = letterTables()

func glyphOf(r rune) glyph {
	switch {
	case r < 0x250:
		return glyphs[r]
	case r >= 0x1E00 && r < 0x1F00:
		return glyphsExt[r-0x1E00]
	}
	return glyph{}
}

// DecodeRune is [utf8.DecodeRuneInString] of s[i:], quicker for the letters of
// Vietnamese beyond ASCII, which take two or three bytes.
func DecodeRune(s string, i int) (r rune, size int) {
	switch c := s[i]; {
	case c >= 0xC2 && c < 0xE0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80: // to U+07FF
		return rune(c&0x1F)<<6 | rune(s[i+1]&0x3F), 2
	case c == 0xE1 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80: // U+1000 to U+1FFF
		return 0x1000 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(s[i:])
}

// toned returns the vowel v under a tone; ok is false where v is no vowel.
func toned(v rune, tone uint8) (rune, bool) {
	if v >= 0x250 || tonedVowel[v][tone] == 0 {
		return v, false
	}
	return tonedVowel[v][tone], true
}

func isVowel(r rune) bool { return r >= 0 && r < 0x250 && tonedVowel[r][0] != 0 }

func letterTables() (low [0x250]glyph, ext [0x100]glyph, vowels [0x250][tones]rune) {
	set := func(r rune, g glyph) {
		if r < 0x250 {
			low[r] = g
		} else if r >= 0x1E00 {
			ext[r-0x1E00] = g
		}
	}
	for c := 'a'; c <= 'z'; c++ {
		g := glyph{plain: c, bare: byte(c)}
		set(c, g)
		set(c-'a'+'A', g)
	}
	for _, r := range []rune{'đ', 'Đ', 0x00D0, 0x00F0, 0x0189} {
		set(r, glyph{plain: 'đ', bare: 'd'})
	}
	for _, r := range []rune{0x01A2, 0x01A3} {
		set(r, glyph{plain: 'ư', bare: 'u'})
	}
	for _, r := range []rune{0x01CD, 0x01CE} {
		set(r, glyph{plain: 'ă', bare: 'a'})
	}
	for _, row := range vowelRows {
		runes := []rune(row)
		bare := norm.NFD.String(string(runes[0]))[0]
		for tone, r := range runes {
			g := glyph{plain: runes[0], bare: bare, tone: uint8(tone)}
			set(r, g)
			set(unicode.ToUpper(r), g)
			vowels[runes[0]][tone] = r
		}
	}
	return low, ext, vowels
}
