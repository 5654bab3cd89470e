package reindex

import (
	"context"
	"io/fs"
	"slices"
	"time"

	"nghiquyet/index/register"
)

// A file that is copied line by line may end with a complete line when it is read. Its
// content does not show that lines are missing; that it still changes does. So a file
// that lacks documents of its last good reading, or became smaller, is looked at again:
// if it changed after it was read, its last good reading stays.
//
// Copying may pause, so the file must have been the same for some seconds before the
// next generation is decided. A file that grows without a loss, such as a log, needs no
// second look: if it is always being written, it would never be indexed.

const (
	// stillFor is how long a file must have been the same, see [Config.Still]. It is
	// longer than the 3 seconds for which an NFS client may believe the attributes of a
	// changed file (acregmin in nfs(5)).
	stillFor = 5 * time.Second
	// longAgo is the age from which on a file needs no waiting. The clock of a file
	// server, and its time zone, may be wrong by hours.
	longAgo = 24 * time.Hour
)

// lookAgain gives up files that lack something and have changed after they were read, and
// blocks missing files of folders that are being filled. last are the files of the
// generation before.
func (r *run) lookAgain(ctx context.Context, trees []*tree, last lastFiles) error {
	lacking, wait := r.lacking(last)
	gaps := r.gaps(trees, last)
	if slices.ContainsFunc(gaps, func(g *gap) bool { return g.remade }) {
		wait = r.Still
	}
	if wait > 0 {
		r.Log.Info("files or folders lack something: looking whether they are still being written", "wait", wait.Round(time.Millisecond))
		if err := r.pause(ctx, wait); err != nil {
			return err
		}
	}
	for _, g := range gaps {
		r.fill(g)
	}
	for _, f := range lacking {
		st, err := f.stat(r.disk)
		if err == nil && f.rec.isOf(st) {
			continue
		}
		f.giveUp(Note{File: f.name, Code: codeUnfinished})
		if f.was == nil || f.was.Path == "" {
			continue
		}
		// The next run compares the size with that of the last good reading.
		if err := r.cache.putFile(*f.was); err != nil {
			return err
		}
	}
	return nil
}

// lacking returns the files that lack something, and how long to wait until each of them
// was read long enough ago.
func (r *run) lacking(last lastFiles) (files []*file, wait time.Duration) {
	for _, f := range r.files {
		old := last.byID[f.id]
		if old == nil || r.staysAnyway(f) || !f.lacks(old) {
			continue
		}
		files = append(files, f)
		if f.rec.Read.Sub(f.rec.MTime) < longAgo {
			wait = max(wait, min(r.Still, r.Still-time.Since(f.rec.Read)))
		}
	}
	return files, wait
}

// staysAnyway reports whether the last good reading of a file stays, however the file
// changes. See keepFile.
func (r *run) staysAnyway(f *file) bool {
	return f.lost || f.rec.Torn || len(f.rec.Docs) == 0 && !r.AllowEmpty
}

// lacks reports whether a file lacks a document of its last good reading, or is
// smaller than it was then.
func (f *file) lacks(last *register.File) bool {
	return f.was != nil && f.rec.Size < f.was.Size || f.rec.lacks(last.Docs)
}

// lacks reports whether a document of last is not among those of the record. A line is
// known by its ID, a file attached to a letter by its name.
func (rec *fileRecord) lacks(last []register.Doc) bool {
	if slices.EqualFunc(last, rec.Docs, func(d register.Doc, key docKey) bool { return docKey(d.Key) == key }) {
		return false
	}
	type name struct {
		line bool
		text string
	}
	nameOf := func(line bool, id, part string) name {
		if line {
			return name{true, id}
		}
		return name{false, part}
	}
	has := make(map[name]bool, len(rec.Docs))
	for i, id := range rec.IDs {
		has[nameOf(rec.Lines[i] > 0, id, rec.part(i))] = true
	}
	return slices.ContainsFunc(last, func(d register.Doc) bool { return !has[nameOf(d.Line > 0, d.ID, d.Part)] })
}

// isOf reports whether a file has the size and the time of the record.
func (rec *fileRecord) isOf(st fs.FileInfo) bool {
	return rec.Size == st.Size() && rec.MTime.Equal(st.ModTime())
}

// sleep waits, or returns the error of a context that ends meanwhile.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
