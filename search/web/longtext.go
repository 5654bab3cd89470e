package web

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"nghiquyet/index"
	"nghiquyet/search/snippet"
)

// A page shows one part of an article's text, of at most maxPageBytes; nearly all
// articles have one part. The parameter `at` of the address is a byte of the text,
// from 0, or an anchor, and selects the part that contains it; the default is the
// first part.

// placeAnchor is the anchor on the page of the place that `at` names as a byte.
const placeAnchor = "doan"

// view is the part of a text that a page shows.
type view struct {
	part  int // from 0
	place int // byte of the text that has placeAnchor, -1 for none
}

// viewOf reads the address of a page.
func viewOf(a *index.Article, starts []int, at string) view {
	v := view{place: -1}
	if n, err := strconv.Atoi(at); err == nil && 0 <= n && n < len(a.Text) {
		v.place = wordFrom(a.Text, n)
		v.part = partOf(starts, v.place)
	} else if n := anchorAt(a, at); n >= 0 {
		v.part = partOf(starts, n)
	}
	return v
}

// wordFrom returns the first byte of text from at on that begins a character other
// than a space, else the text's length.
func wordFrom(text string, at int) int {
	for at < len(text) && (!utf8.RuneStart(text[at]) || strings.IndexByte(" \t\r\n", text[at]) >= 0) {
		at++
	}
	return at
}

// anchorAt returns the byte at which a section or lesson begins, -1 for an unknown
// anchor.
func anchorAt(a *index.Article, anchor string) int {
	for _, s := range a.Sections {
		if s.Anchor == anchor {
			return s.Span.Start
		}
	}
	for _, l := range a.Lessons {
		if l.Anchor == anchor {
			return l.Span.Start
		}
	}
	return -1
}

// partStarts returns the bytes at which the parts of a text begin: after a line if
// possible, else between two characters.
func partStarts(text string, size int) []int {
	starts := []int{0}
	for from := 0; len(text)-from > size; {
		end := from + size
		if line := strings.LastIndexByte(text[from:end], '\n'); line >= 0 {
			end = from + line + 1
		} else {
			for end > from+1 && !utf8.RuneStart(text[end]) {
				end--
			}
		}
		starts = append(starts, end)
		from = end
	}
	return starts
}

// partOf returns the part with a byte of the text.
func partOf(starts []int, at int) int {
	part := 0
	for part+1 < len(starts) && starts[part+1] <= at {
		part++
	}
	return part
}

// placeIn returns the address of a byte of an article's text.
func placeIn(id, q string, at int) string {
	return articleAt(id, q, strconv.Itoa(at), placeAnchor)
}

// articleAt is [articleOf] for the part of the text with a place.
func articleAt(id, q, at, anchor string) string {
	link, err := url.Parse(articleOf(id, q, anchor))
	if err != nil {
		return articleOf(id, q, anchor)
	}
	v := link.Query()
	v.Set("at", at)
	link.RawQuery = v.Encode()
	return link.String()
}

// partLinks returns links to the parts of a text; none if there is one.
func partLinks(id, q string, starts []int, on int) (out []pageLink) {
	if len(starts) == 1 {
		return nil
	}
	link := func(n int, rel string) pageLink {
		at := strconv.Itoa(starts[n])
		if n == 0 {
			return pageLink{Number: 1, Href: hrefOf(articleOf(id, q, "")), On: n == on, Rel: rel}
		}
		return pageLink{Number: n + 1, Href: hrefOf(articleAt(id, q, at, "")), On: n == on, Rel: rel}
	}
	if on > 0 {
		out = append(out, link(on-1, "prev"))
	}
	for n := range starts {
		out = append(out, link(n, ""))
	}
	if on+1 < len(starts) {
		out = append(out, link(on+1, "next"))
	}
	return out
}

// bestPlace returns the byte of the text at which the best passage for the words of
// a query begins, -1 if no word matches.
func bestPlace(text string, m *snippet.Matcher) int {
	if best := snippet.Cut(text, m, snippet.Options{}); len(best) > 0 {
		return best[0].MatchAt()
	}
	return -1
}
