package web

import (
	"slices"

	"nghiquyet/search"
)

// reading is how a query was understood where that is not what was typed.
type reading struct {
	Text      string // as typed
	Corrected string // what was asked instead
	Literal   string // the page for exactly what was typed
	Match     string // all, most or any of the words
	Dropped   []string
	Notes     []string
}

// readingOf is how a query was understood; link is the page of another one.
func readingOf(lang string, q search.Query, asked search.Asked, link func(search.Query) string) reading {
	r := reading{Text: q.Text, Corrected: string(asked.Corrected), Match: asked.Match, Dropped: asked.Dropped, Notes: notesOf(lang, q, asked.Notes)}
	q = first(q)
	q.Literal = true
	r.Literal = link(q)
	return r
}

// notesOf are the notes on how the query was read, in the reader's language
// where the parser made them.
func notesOf(lang string, q search.Query, engine []string) []string {
	var out []string
	for _, n := range q.Notes {
		out = append(out, words{n.VI, n.EN}.in(lang))
		engine = slices.DeleteFunc(slices.Clone(engine), func(s string) bool { return s == n.VI || s == n.EN })
	}
	return append(out, engine...)
}
