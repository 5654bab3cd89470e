package blevesearch

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search/plan"
)

// anchor finds the places of a text where a row of syllables may stand, in any capitals and
// with any signs between them. It looks for the rhyme of one syllable, such as ính of hành
// chính, and compares the letters around it without marks. Most texts that contain the
// pairs of a row but not the row have no such place.
type anchor struct {
	rhymes []string // in small letters, with the first or the others in capitals, in capitals
	words  []string // all syllables without marks, i for y
	word   int      // the one with the rhyme
	onset  int      // its letters before the rhyme
}

// newAnchor returns the anchor of a row; nil if no syllable has a rhyme that texts write in
// one way: one vowel with a mark and consonants after it. Of ă and ư old files have other
// letters. Without marks, tokens match any spelling unless they are compared as spelled.
func newAnchor(want []vi.Token) *anchor {
	a := &anchor{word: -1}
	longest := 0
	for i, t := range want {
		if t.Kind != vi.Syllable || !vi.IsBareSyllable(t.Folded) {
			return nil
		}
		a.words = append(a.words, strings.ReplaceAll(t.Folded, "y", "i"))
		at := strings.IndexFunc(t.Exact, func(r rune) bool { return isVowel(r) })
		if at < 0 || !plan.Marked(t) {
			continue
		}
		vowel, size := utf8.DecodeRuneInString(t.Exact[at:])
		rest := t.Exact[at+size:]
		isOneWay := size > 1 && rest != "" && strings.IndexFunc(rest, isVowel) < 0 && !strings.ContainsRune(oldVowels, vowel)
		if isOneWay && len(t.Exact)-at > longest {
			longest = len(t.Exact) - at
			capital, capitals := string(unicode.ToUpper(vowel)), strings.ToUpper(rest)
			a.rhymes = []string{t.Exact[at:], capital + rest, string(vowel) + capitals, capital + capitals}
			a.word, a.onset = i, utf8.RuneCountInString(t.Exact[:at])
		}
	}
	if a.word < 0 {
		return nil
	}
	return a
}

// oldVowels are vowels for which old files have other letters.
const oldVowels = "ăằắẳẵặưừứửữự"

// unusual are characters that the analyzer drops or joins with a letter.
var unusual = []string{"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\xcc", "\xcd"}

// reads reports whether the anchor can read a text.
func (a *anchor) reads(text string) bool {
	isIn := func(sign string) bool { return strings.Contains(text, sign) }
	return a != nil && !slices.ContainsFunc(unusual, isIn)
}

// any reports whether test accepts one of the places, with some words around it.
func (a *anchor) any(text string, test func(place string) bool) bool {
	for _, rhyme := range a.rhymes {
		for from := 0; ; {
			at := strings.Index(text[from:], rhyme)
			if at < 0 {
				break
			}
			at += from
			from = at + len(rhyme)
			if start, end, ok := a.at(text, at, from); ok && test(text[wordBefore(text, start):wordAfter(text, end)]) {
				return true
			}
		}
	}
	return false
}

// at returns the bytes of the row around the rhyme text[start:end]; ok is false if there is
// none.
func (a *anchor) at(text string, start, end int) (from, to int, ok bool) {
	before, after := beforeWord(text[:start], a.words[a.word][:a.onset]), text[end:]
	if before == none || startsLetter(after) {
		return 0, 0, false
	}
	for i := a.word - 1; i >= 0; i-- {
		if before = beforeWord(strings.TrimRightFunc(before, isSign), a.words[i]); before == none {
			return 0, 0, false
		}
	}
	for _, word := range a.words[a.word+1:] {
		if after = afterWord(strings.TrimLeftFunc(after, isSign), word); after == none {
			return 0, 0, false
		}
	}
	return len(before), len(text) - len(after), true
}

// around is how many bytes of a text around a row the analyzer reads with it.
const around = 40

// wordBefore returns where a word begins at most some bytes before a place.
func wordBefore(text string, at int) int {
	start := max(0, at-around)
	if start == 0 {
		return 0
	}
	if blank := strings.IndexByte(text[start:at], ' '); blank >= 0 {
		return start + blank + 1
	}
	return at
}

// wordAfter returns where a word ends at most some bytes after a place.
func wordAfter(text string, at int) int {
	end := min(len(text), at+around)
	if end == len(text) {
		return end
	}
	if blank := strings.LastIndexByte(text[at:end], ' '); blank >= 0 {
		return at + blank
	}
	return at
}

// none is what beforeWord and afterWord return where the word does not stand.
const none = "\x00"

// beforeWord returns what stands before a word, without marks, at the end of a text.
func beforeWord(text, word string) string {
	for i := len(word) - 1; i >= 0; i-- {
		r, size := utf8.DecodeLastRuneInString(text)
		if bareLetter(r) != word[i] {
			return none
		}
		text = text[:len(text)-size]
	}
	if r, _ := utf8.DecodeLastRuneInString(text); unicode.IsLetter(r) {
		return none
	}
	return text
}

// afterWord returns what stands after a word, without marks, at the start of a text.
func afterWord(text, word string) string {
	for i := range len(word) {
		r, size := utf8.DecodeRuneInString(text)
		if bareLetter(r) != word[i] {
			return none
		}
		text = text[size:]
	}
	if startsLetter(text) {
		return none
	}
	return text
}

func startsLetter(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r)
}

// isSign reports whether a character stands between words.
func isSign(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func isVowel(r rune) bool { return strings.IndexByte("aeiou", bareLetter(r)) >= 0 }

// bareLetter returns a Vietnamese letter in lower case without marks, i for y; 0 for other
// characters.
func bareLetter(r rune) byte {
	if letters := bareLetters(); r >= 0 && int(r) < len(letters) {
		return letters[r]
	}
	return 0
}

var bareLetters = sync.OnceValue(func() []byte {
	letters := make([]byte, 0x1F00) // Vietnamese letters are below
	for r := range letters {
		folded := strings.ReplaceAll(vi.Fold(strings.ToLower(string(rune(r)))), "y", "i")
		if len(folded) == 1 && 'a' <= folded[0] && folded[0] <= 'z' {
			letters[r] = folded[0]
		}
	}
	return letters
})
