package vi

import (
	"slices"
	"strings"
)

// Beginning is the beginning of a text while somebody types it. The last word is
// unfinished unless something follows it. A word without marks matches every word
// that folds to it. It is immutable.
type Beginning struct {
	// Words are the syllables and numbers typed, with the unfinished one.
	Words []Token
	// Open reports that the last word is unfinished.
	Open bool
	// Exact and Folded are the beginnings that the terms of an unfinished last word
	// can have.
	Exact, Folded []string
}

// NewBeginning analyzes what was typed.
func NewBeginning(typed string) *Beginning {
	b := &Beginning{Words: parts(Tokens(typed))}
	if n := len(b.Words); n > 0 && b.Words[n-1].End == len(typed) {
		b.Open = true
		b.Exact, b.Folded = Prefixes(typed[b.Words[n-1].Start:])
	}
	return b
}

// Done returns the finished words.
func (b *Beginning) Done() []Token {
	if b.Open {
		return b.Words[:len(b.Words)-1]
	}
	return b.Words
}

// Of reports whether a text that consists of these exact terms begins with b.
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
