package blevesearch

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainPhrase finds syllables that are parted by single blanks, each in small letters or
// with a capital: Ban Chỉ đạo.
type plainPhrase struct {
	syllables []plainSyllable
	size      int // bytes of the phrase
	// anchor are the letters of a syllable after its first one, before bytes after the
	// beginning of the phrase.
	anchor string
	before int
}

// plainSyllable is a syllable in small letters, with its first letter as a capital.
type plainSyllable struct{ small, capital string }

// newPlainPhrase returns a plainPhrase of syllables in small letters; nil if it cannot
// find them, because a capital has another size in bytes.
func newPlainPhrase(syllables []string) *plainPhrase {
	p := &plainPhrase{}
	for _, small := range syllables {
		first, size := utf8.DecodeRuneInString(small)
		capital := string(unicode.ToUpper(first))
		if len(capital) != size {
			return nil
		}
		if rest := small[size:]; len(rest) > len(p.anchor) {
			p.anchor, p.before = rest, p.size+size
		}
		p.syllables = append(p.syllables, plainSyllable{small, capital})
		p.size += len(small) + len(" ")
	}
	if p.size -= len(" "); p.anchor == "" {
		return nil
	}
	return p
}

// in reports whether a text contains the phrase.
func (p *plainPhrase) in(text string) bool {
	if p == nil {
		return false
	}
	for from := 0; ; {
		at := strings.Index(text[from:], p.anchor)
		if at < 0 {
			return false
		}
		if start := from + at - p.before; start >= 0 && p.at(text, start) {
			return true
		}
		from += at + len(p.anchor)
	}
}

// at reports whether the phrase starts at a byte of the text.
func (p *plainPhrase) at(text string, start int) bool {
	end := start + p.size
	if end > len(text) || start > 0 && !partsWords(text[start-1]) || end < len(text) && !partsWords(text[end]) {
		return false
	}
	for i, s := range p.syllables {
		if i > 0 {
			if text[start] != ' ' {
				return false
			}
			start++
		}
		first := len(s.capital)
		if t := text[start : start+len(s.small)]; t[first:] != s.small[first:] || t[:first] != s.small[:first] && t[:first] != s.capital {
			return false
		}
		start += len(s.small)
	}
	return true
}

// partsWords reports whether c ends a word, whatever comes after it.
func partsWords(c byte) bool { return strings.IndexByte(" \n\t,;.:()\"!?/-", c) >= 0 }
