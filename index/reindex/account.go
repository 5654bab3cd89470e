package reindex

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/register"
)

// RemovedError rejects a generation that lacks too many documents of the one
// before.
type RemovedError struct {
	Removed, Total int // documents
	Percent        int // that may go
}

func (e *RemovedError) Error() string {
	return fmt.Sprintf("%d of %d documents would leave the index, more than %d %%", e.Removed, e.Total, e.Percent)
}

const (
	defaultMaxRemoved = 20 // percent
	// fewRemoved documents may always go.
	fewRemoved = 20
)

// remember reads the register of the current generation, or of the newest sound one
// if that cannot be read, and the registers of others that remember more.
func (r *run) remember() error {
	current, err := r.set.Current()
	if errors.Is(err, generation.ErrNone) {
		return nil
	}
	if err != nil && !errors.Is(err, generation.ErrDamaged) {
		r.Log.Warn("current generation not known", "error", err)
	}
	list, err := r.set.List()
	if err != nil {
		return err
	}
	// The current one first, then from the newest on.
	if i := slices.IndexFunc(list, func(e generation.Entry) bool { return e.ID == current }); i > 0 {
		list = slices.Concat(list[i:i+1], list[:i], list[i+1:])
	}
	for _, e := range list {
		if e.Err != nil {
			continue
		}
		reg, err := r.registerOf(e.ID)
		if err != nil {
			r.Log.Warn("register of a generation not read", "generation", e.ID, "error", err)
		}
		if r.before == nil {
			r.before, r.prev = e.Manifest, reg
			continue
		}
		if reg != nil && (r.prev == nil || !remembers(r.prev, reg)) {
			r.history = append(r.history, reg)
		}
	}
	return nil
}

// remembers reports whether reg came after old and took over its history.
func remembers(reg, old *register.Register) bool {
	return len(old.Nights) > 0 && slices.ContainsFunc(reg.Nights, func(n register.Night) bool {
		return n.Generation == old.Nights[len(old.Nights)-1].Generation
	})
}

// registerOf reads the register of a generation; nil if it has none.
func (r *run) registerOf(id string) (*register.Register, error) {
	data, err := r.fileOf(id, register.FileName)
	if data == nil || err != nil {
		return nil, err
	}
	return register.Decode(data)
}

// fileOf reads a file of a generation; nil if it has none of this name.
func (r *run) fileOf(id, name string) ([]byte, error) {
	g, err := r.set.Open(id)
	if err != nil {
		return nil, err
	}
	defer g.Close()
	data, err := g.File(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// settle gives every document its ID, compares the documents with those of the
// generation before, and counts the changes. It returns an error if too many would
// leave.
func (r *run) settle() error {
	readings := make([]register.Reading, len(r.files))
	for i, f := range r.files {
		docs := make([]register.Read, len(f.rec.Docs))
		for j := range docs {
			docs[j] = register.Read{ID: f.rec.IDs[j], Line: int(f.rec.Lines[j]), Part: f.rec.part(j), Content: f.rec.Content[j]}
		}
		readings[i] = register.Reading{Path: f.id, Docs: docs}
	}
	at := r.prev.Next(now())
	for _, h := range r.history {
		if next := h.Next(now()); next.After(at) {
			at = next
		}
	}
	r.next = &register.Register{At: at}
	for i, given := range register.Assign(at, readings, r.prev, r.history...) {
		r.files[i].given = given
	}
	r.enter()
	changes := register.Diff(r.prev, r.next)
	r.report.changes(changes)
	if r.prev == nil && r.before != nil { // the generation was made by a program without registers
		r.report.Removed = max(0, r.before.Articles-r.next.Docs())
		r.report.Added = max(0, r.next.Docs()-r.before.Articles)
	}
	return r.tooMany()
}

// enter makes the register of the generation from the assigned IDs. Labels are
// those of the register before; a build sets the others.
func (r *run) enter() {
	labels := make(map[string]register.Label)
	for _, d := range r.prev.All() {
		labels[d.ID] = d.Label
	}
	r.next.Sources = r.sources
	for _, f := range r.files {
		out := register.File{Path: f.id, Read: f.read, Short: f.short}
		for j, g := range f.given {
			if g.Twice.File >= 0 {
				continue
			}
			out.Docs = append(out.Docs, register.Doc{
				ID: g.ID, Label: labels[g.ID], Line: int(f.rec.Lines[j]), Part: f.rec.part(j), Content: f.rec.Content[j], Key: register.Hash(f.rec.Docs[j]),
				Indexed: g.Indexed, Entered: g.Entered, Updated: g.Updated,
			})
		}
		if len(out.Docs) > 0 {
			r.next.Files = append(r.next.Files, out)
		}
	}
	r.next.Succeed(r.prev, r.history...)
}

// tooMany returns an error if more documents would leave than may.
func (r *run) tooMany() error {
	percent := r.MaxRemoved
	switch {
	case percent == 0:
		percent = defaultMaxRemoved
	case percent < 0:
		percent = 0
	}
	total := r.prev.Docs()
	if r.prev == nil && r.before != nil {
		total = r.before.Articles
	}
	removed := r.report.Removed
	if removed <= fewRemoved || removed*100 <= total*percent || r.AllowEmpty && r.next.Docs() == 0 {
		return nil
	}
	return &RemovedError{removed, total, percent}
}

// attach puts the register into the generation in the making.
func (r *run) attach(b Build) error {
	reg := *r.next
	reg.Nights = append(slices.Clip(reg.Nights), register.Night{Generation: b.ID(), At: reg.At,
		Added: r.report.Added, Changed: r.report.Changed, Removed: r.report.Removed, Kept: r.report.Kept})
	data, err := reg.Encode()
	return attachRegister(b, data, err)
}

// attachRegister puts the bytes of a register into the generation in the making, unless
// there is an error already.
func attachRegister(b Build, data []byte, err error) error {
	if err == nil {
		err = b.Attach(register.FileName, data)
	}
	if err != nil {
		return fmt.Errorf("write register: %w", err)
	}
	return nil
}

// Stored reads the articles of a generation.
type Stored interface {
	Article(ctx context.Context, id string) (*index.Article, error)
	Close() error
}

// article returns a document from the extraction cache or, if that lost it and its
// file cannot be read, from the generation before.
func (r *run) article(ctx context.Context, key docKey, id string) (*index.Article, error) {
	a, err := r.cache.article(key)
	if err == nil || r.Stored == nil || r.before == nil {
		return a, err
	}
	if r.stored == nil {
		g, e := r.set.Open(r.before.ID)
		if e != nil {
			return nil, errors.Join(err, e)
		}
		if r.stored, e = r.Stored(g); e != nil {
			return nil, errors.Join(err, e, g.Close())
		}
		r.closers = append(r.closers, r.stored.Close, g.Close)
	}
	a, e := r.stored.Article(ctx, id)
	if e != nil {
		return nil, errors.Join(err, e)
	}
	return a, nil
}
