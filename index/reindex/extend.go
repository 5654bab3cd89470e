package reindex

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"nghiquyet/index/generation"
	"nghiquyet/index/register"
)

// Extender makes an index from another one by the difference. First Remove is
// called for all documents that left or changed, then Put for all that are new or
// changed.
type Extender interface {
	Builder
	// Remove removes an article of the other index and its lessons.
	Remove(id string) error
	// Has reports whether an article or lesson of the other index stays.
	Has(unit string) (bool, error)
}

// maxDifference is the divisor of all documents beyond which building anew costs no
// more than the difference.
const maxDifference = 3

// errAnew is the reason why a generation cannot be made from the one before.
type errAnew string

func (e errAnew) Error() string { return string(e) }

// extension is the difference from the generation before to the next one.
type extension struct {
	base   *generation.Reader
	kept   map[string]bool // ids of documents that stay as they are
	remove []string
}

// extend makes the next generation from the one before it. If that is not possible,
// it returns an errAnew, if it failed, another error; a generation built anew gives
// the same answers.
func (r *run) extend(ctx context.Context, lock *generation.Lock, inputs string) (*generation.Manifest, error) {
	x, err := r.difference()
	if err != nil {
		return nil, err
	}
	if x.base, err = r.set.Open(r.before.ID); err != nil {
		return nil, err
	}
	defer x.base.Close()
	// Shared files keep their checksums, so damage would pass into the new generation.
	verify := lock.Verify
	if r.Cluster != nil {
		verify = r.set.Verify
	}
	damages, err := verify(ctx, r.before.ID)
	if err != nil {
		return nil, err
	}
	if len(damages) > 0 {
		return nil, damages[0]
	}
	begin := func() (Build, error) { return r.beginFrom(ctx, lock, x.base) }
	return r.buildOnce(ctx, inputs, begin, func(ctx context.Context, b Build) (int, idSet, error) { return r.put(ctx, b, x) })
}

// difference compares the registers of the generation before and the next one.
func (r *run) difference() (*extension, error) {
	_, extends := r.Cluster.(ExtendingCluster)
	switch {
	case r.Extend == nil && !extends:
		return nil, errAnew("the engine builds anew")
	case r.Full:
		return nil, errAnew("asked for")
	case r.learns || r.before != nil && r.before.Model() != r.wanted():
		return nil, errAnew("the model changes")
	case r.before == nil || r.prev == nil || r.next == nil:
		return nil, errAnew("no generation before it")
	case r.before.Engine != r.Engine || r.before.Schema != r.Schema:
		return nil, errAnew("the generation before it is of another engine or schema")
	case r.before.Articles != r.prev.Docs():
		return nil, errAnew("the generation before it lacks documents that were refused")
	}
	before := make(map[string]storedDoc, r.prev.Docs())
	for f, d := range r.prev.All() {
		before[d.ID] = storedOf(f, d)
	}
	x := &extension{kept: make(map[string]bool, len(before))}
	put := 0
	for f, d := range r.next.All() {
		if old, ok := before[d.ID]; ok && old == storedOf(f, d) {
			x.kept[d.ID] = true
		} else {
			put++
		}
	}
	for id := range before {
		if !x.kept[id] {
			x.remove = append(x.remove, id)
		}
	}
	if max(put, len(x.remove))*maxDifference > len(before) {
		return nil, errAnew("most documents are new or changed")
	}
	return x, nil
}

// storedDoc has the data from which all that the index stores of a document follows.
type storedDoc struct {
	key                       register.Hash
	path                      string
	indexed, entered, updated int64 // milliseconds
}

func storedOf(f *register.File, d *register.Doc) storedDoc {
	return storedDoc{d.Key, f.Path, d.Indexed.UnixMilli(), d.Entered.UnixMilli(), d.Updated.UnixMilli()}
}

// beginFrom starts a build that extends base, in the data folder or in the cluster.
func (r *run) beginFrom(ctx context.Context, lock *generation.Lock, base *generation.Reader) (Build, error) {
	if c, ok := r.Cluster.(ExtendingCluster); ok {
		return c.BeginFrom(ctx, base.ID)
	}
	gen, err := lock.Begin()
	if err != nil {
		return nil, err
	}
	gen.Base = base
	b, err := r.Extend(filepath.Join(gen.Dir, IndexDir), filepath.Join(base.Dir, IndexDir))
	if err != nil {
		return nil, errors.Join(err, gen.Abort())
	}
	return folderBuild{b, gen}, nil
}

// removeFrom removes documents that left or changed from a build. It returns a
// function that reports whether the build still contains a unit.
func (x *extension) removeFrom(b Build) (has func(unit string) (bool, error), err error) {
	var in Builder = b
	if folder, ok := b.(folderBuild); ok {
		in = folder.Builder
	}
	from, ok := in.(Extender)
	if !ok {
		return nil, errAnew("the engine builds anew")
	}
	for _, id := range x.remove {
		if err := from.Remove(id); err != nil {
			return nil, err
		}
	}
	return from.Has, nil
}

// tried logs why a generation is built anew although it might have been made from
// the one before.
func (r *run) tried(err error) {
	if _, anew := errors.AsType[errAnew](err); anew {
		r.Log.Debug("generation built anew", "reason", err)
		return
	}
	r.Log.Warn("generation built anew: it could not be made from the one before", "error", err)
}

// free returns an error if a unit that stays has an ID of the article to put. Which
// of them is refused depends on the order of all documents, so building anew must
// decide.
func free(has func(unit string) (bool, error), unit string) error {
	taken, err := has(unit)
	if err == nil && taken {
		err = errAnew(fmt.Sprintf("id %q is given twice", unit))
	}
	return err
}
