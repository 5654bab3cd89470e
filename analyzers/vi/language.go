package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// languageWords is how many words are enough to recognise a language.
const languageWords = 2000

// A text is Vietnamese if of its words at least markedShare are syllables with
// marks or, counting syllables without marks too, foldedShare are syllables.
// Measured on 5,000 crawled pages about Việt Nam (29 November 2026): syllables with
// marks are at least 0.13 of the words of Vietnamese pages, lists of foreign names
// included, in 99 of 100 more than 0.5; in the 18 pages in English and French at
// most 0.06, in a treaty in English with Vietnamese names 0.09. All syllables are
// 0.65 and more of Vietnamese pages, at most 0.33 of English ones, 0.46 of toneless
// pinyin. Texts in Tày and Nùng, which are spelled alike, pass.
const (
	markedShare = 0.12
	foldedShare = 0.6
)

// IsVietnamese reports whether text is mostly written in Vietnamese, with marks or
// without. It looks at the first languageWords words. A text without words is not
// Vietnamese.
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
