package places

import (
	"encoding/binary"
	"iter"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/vi"
)

// letter is the part of a syllable that one rune writes. The zero value is no
// letter.
type letter struct {
	base  byte // 1–26 for a–z without any mark, 27–36 for 0–9
	full  byte // like base, with ă â ê ô ơ ư đ apart; 0 when only a tone mark
	tone  byte // 1–5, 0 for none
	upper bool
}

// letters covers every rune of Vietnamese in NFC and the combining tone marks,
// all of which lie below lettersEnd.
const lettersEnd = 0x1F00

var letters = makeLetters()

// Combining marks. The first five are the tones.
const (
	grave, acute, tilde, hook, dot = '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'
	circumflex, breve, horn        = '\u0302', '\u0306', '\u031B'
)

var tones = map[rune]byte{grave: 1, hook: 2, tilde: 3, acute: 4, dot: 5}

func makeLetters() (table [lettersEnd]letter) {
	for r := rune(0); r < lettersEnd; r++ {
		table[r] = letterOf(r)
	}
	return table
}

// letterOf reads one rune through its decomposition.
func letterOf(r rune) letter {
	if t, ok := tones[r]; ok {
		return letter{tone: t}
	}
	if !unicode.IsLetter(r) && (r < '0' || r > '9') {
		return letter{}
	}
	var l letter
	for _, d := range norm.NFD.String(string(r)) {
		switch low := unicode.ToLower(d); {
		case low >= 'a' && low <= 'z':
			l.base = byte(low-'a') + 1
			l.full = l.base
		case low == 'đ':
			l.base, l.full = 'd'-'a'+1, 40
		case low >= '0' && low <= '9':
			l.base = byte(low-'0') + 27
			l.full = l.base
		case isMark(d):
			l.full = marked(l.base, d)
		case tones[d] > 0:
			l.tone = tones[d]
		default:
			return letter{base: 37, full: 37, upper: unicode.IsUpper(r)} // a foreign letter
		}
	}
	l.upper = unicode.IsUpper(r)
	return l
}

// syllable is a run of letters and digits of a text.
type syllable struct {
	start, end int // bytes of the text
	// bare is the letters without marks, 6 bits each; marked the letters with
	// their marks, 6 bits each, and the tone in the lowest 3, wherever in the
	// syllable it was placed. Both are 0 for more letters than a name has.
	bare, marked uint64
	upper        bool // begins with a capital
	caps         bool // has two or more letters, all capitals
}

// maxLetters is the most letters of a syllable that fit the keys.
const maxLetters = 10

// next reads the first syllable at or after byte i; its start is len(text)
// when there is none. It does not allocate.
func next(text string, i int) syllable {
	for i < len(text) {
		l, size := letters[text[i]], 1
		if text[i] >= utf8.RuneSelf {
			l, size = wideLetter(text, i)
		}
		if l.base != 0 {
			break
		}
		i += size
	}
	s := syllable{start: i}
	var bare, marked uint64
	var tone byte
	count, caps := 0, 0
	for i < len(text) {
		l, size := letters[text[i]], 1
		if text[i] >= utf8.RuneSelf {
			l, size = wideLetter(text, i)
		}
		if l == (letter{}) {
			if r, _ := utf8.DecodeRuneInString(text[i:]); isMark(r) { // NFD
				marked = combined(marked, r)
				i += size
				continue
			}
			break
		}
		i += size
		if l.tone != 0 {
			tone = l.tone
		}
		if l.base == 0 {
			continue
		}
		if l.upper {
			s.upper = s.upper || count == 0
			caps++
		}
		count++
		bare = bare<<6 | uint64(l.base)
		marked = marked<<6 | uint64(l.full)
	}
	s.end = i
	s.caps = count > 1 && caps == count
	if count <= maxLetters {
		s.bare, s.marked = bare, marked<<3|uint64(tone)
	}
	return s
}

// wideLetter returns the letter beyond ASCII at byte i and its size in bytes.
func wideLetter(text string, i int) (letter, int) {
	r, size := vi.DecodeRune(text, i)
	if r >= lettersEnd {
		return letter{}, size
	}
	return letters[r], size
}

// combined adds a combining mark to the last of some letters.
func combined(letters uint64, mark rune) uint64 {
	return letters&^63 | uint64(marked(byte(letters&63), mark))
}

// isMark reports a combining mark that makes another letter of a vowel.
func isMark(r rune) bool { return r == circumflex || r == breve || r == horn }

// marked returns [letter.full] of a vowel with this mark, 0 for another letter.
func marked(base byte, mark rune) byte {
	switch mark {
	case circumflex:
		return map[byte]byte{1: 41, 5: 42, 15: 43}[base]
	case horn:
		return map[byte]byte{15: 45, 21: 46}[base]
	}
	return 44
}

// markKey joins the marked keys of all syllables of s: names that differ only in
// case, spacing and tone placement have the same key.
func markKey(s string) string {
	var key []byte
	for _, syl := range syllables(s) {
		key = appendKey(key, syl.marked)
	}
	return string(key)
}

// syllables yields the syllables of a text, each with the text between it and the one
// before.
func syllables(text string) iter.Seq2[string, syllable] {
	return func(yield func(gap string, s syllable) bool) {
		for i := 0; ; {
			s := next(text, i)
			if s.start == len(text) || !yield(text[i:s.start], s) {
				return
			}
			i = s.end
		}
	}
}

// appendKey appends the marked key of one more syllable.
func appendKey(key []byte, marked uint64) []byte { return binary.BigEndian.AppendUint64(key, marked) }
