package api

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/index"
	"nghiquyet/index/page"
	"nghiquyet/search"
)

// longOrdinal is how many bytes the words of a number have at most.
const longOrdinal = 48

// numbered finds out whether a lesson that begins with a small letter had its number
// before it.
func numbered(ctx context.Context, e engine, h *search.Hit) error {
	if h.Lesson == nil {
		return nil
	}
	if first, _ := utf8.DecodeRuneInString(h.Lesson.Text); !unicode.IsLower(first) {
		return nil
	}
	a, err := e.Article(ctx, h.Lesson.Article.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(a.Lessons, func(l index.Lesson) bool { return l.Anchor == h.Lesson.Anchor })
	h.Lesson.Numbered = at >= 0 && afterOrdinal(a.Text, a.Lessons[at].Span.Start)
	return nil
}

// afterOrdinal reports whether a number ends at a byte of a text: of a paragraph
// ("Một là, ", "a) "), or of a part of its sentence ("; hai là, "). A bullet is no number.
func afterOrdinal(text string, end int) bool {
	line := strings.LastIndexByte(text[:end], '\n') + 1
	for at := max(line, end-longOrdinal); at < end; at++ {
		if at > line && text[at-1] != ' ' {
			continue
		}
		if o := page.OrdinalAt(text[at:]); o.Form != 0 && o.Form != page.FormBullet && at+o.Len == end {
			return true
		}
	}
	return false
}
