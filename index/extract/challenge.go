package extract

import (
	"slices"
	"strings"

	"nghiquyet/index/page"
)

var (
	challengeTitles  = cues("challenges/titles")
	challengePhrases = cues("challenges/phrases")
)

// maxChallenge is the longest text, in bytes, of a page that a server sends instead
// of the requested one. An article that quotes such a page is longer.
const maxChallenge = 1500

// challenge reports whether a server sent this page instead of the requested one: a
// test for browsers, a refusal, or an error.
func challenge(p *page.Page) bool {
	var text strings.Builder
	for _, b := range p.Blocks {
		if text.Len()+len(b.Text) > maxChallenge {
			return false
		}
		text.WriteString(page.Fold(b.Text))
		text.WriteByte('\n')
	}
	all := text.String()
	first, _, _ := strings.Cut(all, "\n")
	titled := func(title string) bool { return slices.Contains(challengeTitles, strings.TrimSpace(title)) }
	return page.Mentions(all, challengePhrases...) || titled(page.Fold(p.Title)) || titled(first)
}
