package reindex

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/register"
)

// filler puts all documents into a build and returns how many articles they are
// and which units each file has.
type filler func(context.Context, Build) (put int, used idSet, err error)

// build makes a new generation of all documents and commits it. One that other
// machines lose is made once more.
func (r *run) build(ctx context.Context, lock *generation.Lock, inputs string, fill filler) (*generation.Manifest, error) {
	begin := func() (Build, error) { return r.begin(ctx, lock, inputs) }
	before := r.report.mark()
	m, err := r.buildOnce(ctx, inputs, begin, fill)
	if errors.Is(err, index.ErrLost) {
		r.Log.Warn("index in the making lost, made anew", "error", err)
		r.report.backTo(before)
		m, err = r.buildOnce(ctx, inputs, begin, fill)
	}
	return m, err
}

func (r *run) buildOnce(ctx context.Context, inputs string, begin func() (Build, error), fill filler) (m *generation.Manifest, err error) {
	b, err := begin()
	if err != nil {
		return nil, err
	}
	ctx, stop := r.watchDisk(ctx)
	defer func() {
		if err != nil {
			if r.diskLow() && !errors.Is(err, syscall.ENOSPC) {
				err = fmt.Errorf("build index: %w: %w", syscall.ENOSPC, err)
			}
			err = errors.Join(err, b.Discard())
		}
		stop()
	}()
	put, used, err := fill(ctx, b)
	if err != nil {
		return nil, errors.Join(err, b.Abort())
	}
	r.tracker.phase(PhaseMerge, 0)
	articles, lessons, err := b.Commit(ctx)
	if err != nil {
		return nil, err
	}
	if kept := put - r.refused(b, used); articles != kept {
		return nil, fmt.Errorf("commit index: %d articles put, %d kept", kept, articles)
	}
	if r.want != nil && (articles != r.want.Articles || lessons != r.want.Lessons) {
		return nil, fmt.Errorf("commit index: %d articles and %d lessons instead of %d and %d", articles, lessons, r.want.Articles, r.want.Lessons)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.tracker.phase(PhaseCommit, 0)
	return b.Publish(ctx, generation.Info{Articles: articles, Lessons: lessons, Engine: r.Engine, Schema: r.Schema, Inputs: inputs, Learned: r.lesson,
		Added: r.report.Added, Changed: r.report.Changed, Removed: r.report.Removed, Kept: r.report.Kept})
}

// refused reports the units that the engine refused and returns the number of their
// articles.
func (r *run) refused(b Build, used idSet) int {
	articles := map[string]bool{}
	for _, no := range b.Refused() {
		note := Note{File: no.Unit, Code: codeRefused, Reason: no.Reason}
		if at, ok := used[no.Unit]; ok {
			note.File, note.Line = at.file.name, at.line
		}
		r.report.reject(note)
		articles[no.Article] = true
	}
	return len(articles)
}

const (
	// diskReserve is left free on the disk; on a small disk, a twentieth of it.
	diskReserve = 256 << 20 // bytes
	diskPoll    = 100 * time.Millisecond
)

func (r *run) diskLow() bool {
	free, total, err := r.space()
	return err == nil && free < min(diskReserve, total/20)
}

// watchDisk cancels the build before the disk is full, because an engine may hang
// or crash on a full disk instead of returning an error.
func (r *run) watchDisk(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		for ctx.Err() == nil {
			if r.diskLow() {
				cancel()
			}
			select {
			case <-time.After(diskPoll):
			case <-ctx.Done():
			}
		}
	}()
	return ctx, cancel
}

// put is the [filler] of documents under their ids, in the order of the files and of
// the lines in them: all documents, or those of the difference x, if the build contains
// the others already.
func (r *run) put(ctx context.Context, b Build, x *extension) (put int, used idSet, err error) {
	has := func(string) (bool, error) { return false, nil }
	if x == nil {
		r.tracker.phase(PhaseIndex, int64(r.total()))
	} else {
		r.tracker.phase(PhaseIndex, int64(r.next.Docs()-len(x.kept)))
		if has, err = x.removeFrom(b); err != nil {
			return 0, nil, err
		}
	}
	used = make(idSet)
	r.twice = nil
	var copied copies
	docs := make(map[string]*register.Doc, r.next.Docs())
	for _, d := range r.next.All() {
		docs[d.ID] = d
	}
	for _, f := range r.files {
		for i, given := range f.given {
			line := int(f.rec.Lines[i])
			if given.Twice.File >= 0 {
				r.tracker.add(1, 0, 1)
				if first, at := r.files[given.Twice.File], given.Twice.Doc; sameContent(f, i, first, at) {
					copied.add(f, first)
				} else {
					r.refuseTwice(f, line, given.ID, place{first, int(first.rec.Lines[at])})
				}
				continue
			}
			if x != nil && x.kept[given.ID] {
				put++
				continue
			}
			a, err := r.article(ctx, f.rec.Docs[i], given.ID)
			if err != nil {
				return put, used, err
			}
			a.ID = given.ID
			r.tracker.add(1, int64(len(a.Text)), 1)
			for _, u := range a.Units() {
				if err := free(has, u.ID()); err != nil {
					return put, used, err
				}
			}
			if first, ok := used.claim(a, f, line); !ok {
				r.refuseTwice(f, line, a.ID, first)
				continue
			}
			a.Indexed, a.Updated = index.Maybe(register.Stamp(given.Indexed)), index.Maybe(register.Stamp(given.Updated))
			f.original(a, f.rec.part(i))
			docs[a.ID].Label = register.Label{
				Title: strings.Clone(a.Title), Date: strings.Clone(string(a.Date)), Province: strings.Clone(string(a.Province.Now)),
			}
			if err := b.Put(ctx, a); err != nil {
				return put, used, fmt.Errorf("index %s: %w", f.name, err)
			}
			put++
		}
	}
	for _, n := range copied {
		r.twice = append(r.twice, n)
		r.report.copied(n)
	}
	return put, used, errors.Join(r.keepDuplicates(b), r.attach(b))
}

// sameContent reports whether document i of a file and document at of another have the
// same content.
func sameContent(f *file, i int, other *file, at int) bool {
	content := f.rec.Content[i]
	return content == other.rec.Content[at] && content != register.Hash{}
}

// refuseTwice reports a document whose ID another document has.
func (r *run) refuseTwice(f *file, line int, id string, first place) {
	n := Note{File: f.name, Line: line, Code: codeDuplicate, Reason: fmt.Sprintf("id %q đã có ở %s", id, first)}
	r.report.reject(n)
	if len(r.twice) < maxNotes {
		r.twice = append(r.twice, n)
	}
}
