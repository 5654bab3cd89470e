package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// headingForms are tried in order; strong requires bold or capitals.
var headingForms = []struct {
	re     *regexp.Regexp
	level  int
	strong bool
}{
	{regexp.MustCompile(`^(?i:phần (?:thứ|[ivxlc]+(?:\P{L}|$)|\d+)|phụ lục\b)`), 1, true},
	{regexp.MustCompile(`^(?i:chương (?:[ivxlc]+(?:\P{L}|$)|\d+))`), 2, false},
	{regexp.MustCompile(`^(?i:mục (?:[ivxlc]+(?:\P{L}|$)|\d+))`), 3, true},
	{regexp.MustCompile(`^(?i:điều) \d+[a-zđ]?\s?[.:]`), 4, false},
	{regexp.MustCompile(`^[IVXLC]{1,6}\s?[.\-–/)]\s`), 2, true},
	{regexp.MustCompile(`^\d{1,2}[.)]\s`), 3, true},
	{regexp.MustCompile(`^\d{1,2}\.\d{1,2}\.?\s`), 4, true},
	{regexp.MustCompile(`^[a-zđ][.)]\s`), 5, true},
}

// MaxHeadingRunes: longer paragraphs are no headings, however bold.
const MaxHeadingRunes = 250

// GuessHeading returns the level from 1 to 6, or 0 for no heading, of a paragraph
// in a document whose author formatted headings by hand: bold, centered, numbered.
func GuessHeading(text string, bold, centered bool, lines int) int {
	if utf8.RuneCountInString(text) > MaxHeadingRunes || IsMasthead(text) {
		return 0
	}
	strong := bold || IsUpper(text)
	for _, h := range headingForms {
		if h.re.MatchString(text) && (strong || !h.strong) {
			if !strong && (lines > 2 || SentenceEnd.MatchString(text)) {
				return 0 // an article (điều) whose text follows in the same paragraph
			}
			return h.level
		}
	}
	switch {
	case centered && bold && IsUpper(text):
		return 1
	case centered && strong:
		return 2
	case bold && lines <= 2 && !SentenceEnd.MatchString(text):
		return 3
	}
	return 0
}

// IsMasthead reports a line of a masthead or signature, which are set like
// headings.
func IsMasthead(text string) bool {
	return Mentions(strings.ToLower(text), layoutCues...)
}

// Mentions reports whether s contains one of the words.
func Mentions(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}
