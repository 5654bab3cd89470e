package web

import (
	"strings"

	"nghiquyet/search"
)

// reading describes how a query was understood, if that differs from the typed one.
type reading struct {
	Text      string // as typed
	Corrected string // what was asked instead
	Literal   string // the page for exactly the typed query
	Match     string // all, most or any of the words
	Parsed    string // the query as understood, "" if it equals the typed one
	Also      []string
	Dropped   []string
	Notes     []string
}

// readingOf returns how a query was understood; link returns the page of a query.
func readingOf(lang string, q search.Query, asked search.Asked, link func(search.Query) string) reading {
	r := reading{Text: q.Text, Corrected: string(asked.Corrected), Match: asked.Match, Dropped: asked.Dropped, Notes: asked.Worded(lang).NoteTexts}
	r.Also = asked.Also
	if p := asked.Parsed; !alike(p, q.Text) && !alike(p, r.Corrected) {
		r.Parsed = p
	}
	q = first(q)
	q.Literal = true
	r.Literal = link(q)
	return r
}

// alike reports whether two texts differ in spaces and capitals at most.
func alike(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
