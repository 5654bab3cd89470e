package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// languageWords are enough words to recognise a language.
const languageWords = 2000

// Shares of the words of a text, by which it is Vietnamese: of syllables with
// their marks or, in a text typed without marks, of folded ones. Of 5,000 crawled
// pages about Việt Nam (29 November 2026) the Vietnamese ones have at least 0.13,
// lists of foreign names included, 99 of 100 more than 0.5; the 18 in English and
// French at most 0.06, a treaty in English with Vietnamese names 0.09. Of folded
// syllables Vietnamese pages have 0.65 and more, English ones at most 0.33,
// toneless pinyin 0.46. Texts in Tày and Nùng, which are written alike, pass.
const (
	markedShare = 0.12
	foldedShare = 0.6
)

// IsVietnamese reports whether text is mostly written in Vietnamese, with marks
// or without. It looks at the first words; a text without words is not.
func IsVietnamese(text string) bool {
	words, marked, folded := 0, 0, 0
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		switch {
		case utf8.RuneCountInString(w) < len(w):
			if IsSyllable(w) {
				marked++
			}
		case len(w) > 1 && IsBareSyllable(w):
			folded++
		}
		if words++; words == languageWords {
			break
		}
	}
	all := float64(words)
	return words > 0 && (float64(marked) >= markedShare*all || float64(marked+folded) >= foldedShare*all)
}
