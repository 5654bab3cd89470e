package vi

import (
	"slices"
	"strings"
)

// Beginning is the beginning of a text as somebody types it: whole words, the
// last of which is unfinished unless something follows it. A word without marks
// stands for every word that folds to it. It is immutable.
type Beginning struct {
	// Words are the syllables and numbers typed, the unfinished one among them.
	Words []Token
	// Open says that the last word is unfinished.
	Open bool
	// Exact and Folded are how the terms of the last word can begin, where it is
	// unfinished.
	Exact, Folded []string
}

// NewBeginning reads what was typed.
func NewBeginning(typed string) *Beginning {
	b := &Beginning{Words: parts(Tokens(typed))}
	if n := len(b.Words); n > 0 && b.Words[n-1].End == len(typed) {
		b.Open = true
		b.Exact, b.Folded = Prefixes(typed[b.Words[n-1].Start:])
	}
	return b
}

// Done are the words without an unfinished one.
func (b *Beginning) Done() []Token {
	if b.Open {
		return b.Words[:len(b.Words)-1]
	}
	return b.Words
}

// Of reports whether a text of these exact terms begins so.
func (b *Beginning) Of(exact []string) bool {
	done := b.Done()
	if len(exact) < len(b.Words) {
		return false
	}
	for i, t := range done {
		if exact[i] != t.Exact && (t.Exact != t.Folded || Fold(exact[i]) != t.Folded) {
			return false
		}
	}
	if !b.Open {
		return true
	}
	last, next := b.Words[len(done)], exact[len(done)]
	starts := b.Exact
	if last.Exact == last.Folded {
		starts, next = b.Folded, Fold(next)
	}
	return slices.ContainsFunc(starts, func(s string) bool { return strings.HasPrefix(next, s) })
}
