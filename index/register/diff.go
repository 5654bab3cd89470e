package register

import "time"

// Change is one document of a [Changes].
type Change struct {
	ID    string
	Title string
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
	old.each(func(_ *File, d *Doc) { was[d.ID] = d })
	r.each(func(_ *File, d *Doc) {
		before, ok := was[d.ID]
		switch change := d.change(); {
		case !ok:
			c.Added = append(c.Added, change)
		case before.Content != d.Content:
			c.Changed = append(c.Changed, change)
		}
		delete(was, d.ID)
	})
	old.each(func(_ *File, d *Doc) {
		if was[d.ID] == nil {
			return
		}
		change := d.change()
		if r != nil {
			change.Left = r.At
		}
		c.Removed = append(c.Removed, change)
		delete(was, d.ID)
	})
	return c
}

// Since returns the changes after the run at the time at, as far as r remembers,
// for a generation that no longer exists. It omits documents that came and left
// meanwhile.
func (r *Register) Since(at time.Time) (c Changes) {
	r.each(func(_ *File, d *Doc) {
		switch {
		case d.Entered.After(at):
			c.Added = append(c.Added, d.change())
		case d.Updated.After(at):
			c.Changed = append(c.Changed, d.change())
		}
	})
	for _, g := range r.Gone {
		if g.Left.After(at) && !g.Entered.After(at) {
			change := g.change()
			change.Left = g.Left
			c.Removed = append(c.Removed, change)
		}
	}
	return c
}

func (d *Doc) change() Change { return Change{ID: d.ID, Title: d.Title, Indexed: d.Indexed} }

func (r *Register) each(do func(*File, *Doc)) {
	if r == nil {
		return
	}
	for i := range r.Files {
		for j := range r.Files[i].Docs {
			do(&r.Files[i], &r.Files[i].Docs[j])
		}
	}
}

// Succeed takes over what prev and other registers remember: the documents that
// left earlier, those of theirs that are not in r and so leave now, and the nights
// of prev.
func (r *Register) Succeed(prev *Register, history ...*Register) {
	seen := make(map[string]bool, r.Docs())
	r.each(func(_ *File, d *Doc) { seen[d.ID] = true })
	for i, old := range append([]*Register{prev}, history...) {
		if old == nil {
			continue
		}
		if i == 0 {
			r.Nights = append(r.Nights, old.Nights...)
		}
		old.each(func(f *File, d *Doc) {
			if !seen[d.ID] {
				seen[d.ID] = true
				r.Gone = append(r.Gone, Gone{Doc: *d, Path: f.Path, Left: r.At})
			}
		})
		for j := len(old.Gone) - 1; j >= 0; j-- {
			if g := old.Gone[j]; !seen[g.ID] {
				seen[g.ID] = true
				r.Gone = append(r.Gone, g)
			}
		}
	}
}
