package register

import (
	"iter"
	"slices"
	"time"
)

// Change is one document of a [Changes].
type Change struct {
	ID string
	Label
	// Indexed is as in [Doc].
	Indexed time.Time
	// Left is when the document left the index, zero if it is in the index.
	Left time.Time
}

// Changes are the differences between two registers. A document whose file is
// renamed but whose ID stays did not change.
type Changes struct {
	Added, Changed, Removed []Change
}

// Diff returns the changes from old to r. Either may be nil.
func Diff(old, r *Register) (c Changes) {
	was := make(map[string]*Doc, old.Docs())
	for _, d := range old.All() {
		was[d.ID] = d
	}
	for _, d := range r.All() {
		before, ok := was[d.ID]
		switch change := d.Change(); {
		case !ok:
			c.Added = append(c.Added, change)
		case before.Content != d.Content:
			c.Changed = append(c.Changed, change)
		}
		delete(was, d.ID)
	}
	for _, d := range old.All() {
		if was[d.ID] == nil {
			continue
		}
		change := d.Change()
		if r != nil {
			change.Left = r.At
		}
		c.Removed = append(c.Removed, change)
		delete(was, d.ID)
	}
	return c
}

// Since returns the changes after the run at the time at, as far as r remembers,
// for a generation that no longer exists. It omits documents that came and left
// meanwhile.
func (r *Register) Since(at time.Time) (c Changes) {
	for _, d := range r.All() {
		switch {
		case d.Entered.After(at):
			c.Added = append(c.Added, d.Change())
		case d.Updated.After(at):
			c.Changed = append(c.Changed, d.Change())
		}
	}
	for _, g := range r.Gone {
		if g.Left.After(at) && !g.Entered.After(at) {
			c.Removed = append(c.Removed, g.Change())
		}
	}
	return c
}

// Change returns the document as lists of changes have it.
func (d *Doc) Change() Change { return Change{ID: d.ID, Label: d.Label, Indexed: d.Indexed} }

// Change is [Doc.Change], with the time when the document left.
func (g *Gone) Change() Change {
	return Change{ID: g.ID, Label: g.Label, Indexed: g.Indexed, Left: g.Left}
}

// All yields the documents with their files, in order; none for a nil register.
func (r *Register) All() iter.Seq2[*File, *Doc] {
	return func(yield func(*File, *Doc) bool) {
		if r == nil {
			return
		}
		for i := range r.Files {
			f := &r.Files[i]
			for j := range f.Docs {
				if !yield(f, &f.Docs[j]) {
					return
				}
			}
		}
	}
}

// Succeed takes over what prev and other registers remember: the documents that
// left earlier, those of theirs that are not in r and so leave now, and the nights
// of prev.
func (r *Register) Succeed(prev *Register, history ...*Register) {
	seen := make(map[string]bool, r.Docs())
	for _, d := range r.All() {
		seen[d.ID] = true
	}
	add := func(g Gone) {
		if !seen[g.ID] {
			seen[g.ID] = true
			r.Gone = append(r.Gone, g)
		}
	}
	for i, old := range append([]*Register{prev}, history...) {
		if old == nil {
			continue
		}
		if i == 0 {
			r.Nights = append(r.Nights, old.Nights...)
		}
		for f, d := range old.All() {
			add(Gone{Doc: *d, Path: f.Path, Left: r.At})
		}
		for _, g := range slices.Backward(old.Gone) {
			add(g)
		}
	}
}
