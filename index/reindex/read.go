package reindex

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"nghiquyet/index/page"
	"nghiquyet/index/read"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// file is one input file on its way.
type file struct {
	source
	rec fileRecord

	mu      sync.Mutex
	open    int          // documents under way, one more while the file is being read
	lost    bool         // the reading failed: what it gave does not count
	bad     map[int]bool // positions in rec.Docs of what was rejected
	passing []Note       // rejects that another run may not find
	fresh   int          // documents extracted in this run
	shown   int64        // bytes of size that the progress has been told of
}

// share tells how many bytes of the file on disk n bytes of its documents
// stand for, as far as can be known while reading.
func (f *file) share(n int64) int64 {
	if ext := strings.ToLower(filepath.Ext(f.name)); ext == ".gz" || ext == ".zst" {
		n /= 6 // text compresses so well
	}
	n = min(n, f.size-f.shown)
	f.shown += n
	return n
}

// racy is how much older than its reading a file must be for its time and size
// to tell that it is the same: within the resolution of the file system's
// clock it may have been written to after it was read.
const racy = 2 * time.Second

// read brings the record of every file up to date, extracting what the cache
// does not hold.
func (r *run) read(ctx context.Context) error {
	var todo []*file
	var bytes int64
	for _, f := range r.files {
		rec, ok := r.cache.whole(f.path)
		if ok && !r.Full && rec.Version == r.Version && rec.Name == f.name && rec.Size == f.size && rec.MTime.Equal(f.mtime) &&
			rec.MTime.Before(rec.Read.Add(-racy)) {
			f.rec = rec
			continue
		}
		todo, bytes = append(todo, f), bytes+f.size
	}
	r.tracker.phase(PhaseRead, bytes)

	// The bytes of documents read but not extracted are bounded; one larger
	// than the bound waits for all others and goes alone.
	inFlight := semaphore.NewWeighted(bytesInFlight)
	jobs := make(chan job)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(jobs)
		for _, f := range todo {
			if err := r.readFile(ctx, f, func(j job) error {
				j.weight = min(int64(len(j.in.Data)), bytesInFlight)
				if err := inFlight.Acquire(ctx, j.weight); err != nil {
					return err
				}
				select {
				case jobs <- j:
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			}); err != nil {
				return err
			}
		}
		return nil
	})
	for range workers() {
		g.Go(func() error {
			for j := range jobs {
				if err := r.extract(ctx, j); err != nil {
					return err
				}
				inFlight.Release(j.weight)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, f := range r.files {
		r.report.count(f)
	}
	return nil
}

// job is one document to extract.
type job struct {
	file   *file
	in     read.Input
	key    docKey
	at     int   // in file.rec.Docs
	weight int64 // bytes in flight
	share  int64 // bytes on disk
}

// readFile cuts a file into documents and sends those the cache does not hold.
func (r *run) readFile(ctx context.Context, f *file, send func(job) error) error {
	f.open = 1
	f.rec = fileRecord{Path: f.path, Name: f.name, Version: r.Version, Read: now()}
	before, err := f.stat()
	if err != nil {
		return r.lose(f, err)
	}
	f.rec.Size, f.rec.MTime = before.Size(), before.ModTime()
	for in, err := range r.Extractor.Inputs(ctx, f.name) {
		var rej *page.Reject
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &rej):
			f.mu.Lock()
			f.rec.Rejects = append(f.rec.Rejects, noteOf(rej))
			f.mu.Unlock()
			continue
		case err != nil:
			return r.lose(f, err)
		}
		key := r.key(in)
		f.mu.Lock()
		at := len(f.rec.Docs)
		f.rec.Docs = append(f.rec.Docs, key)
		f.rec.Lines = append(f.rec.Lines, int32(in.Line))
		f.rec.Bytes += int64(len(in.Data))
		known := !r.Full && r.cache.has(key)
		if !known {
			f.open++
		}
		share := f.share(int64(len(in.Data)))
		f.mu.Unlock()
		if known {
			r.tracker.add(1, int64(len(in.Data)), share)
			continue
		}
		if err := send(job{file: f, in: in, key: key, at: at, share: share}); err != nil {
			return err
		}
	}
	after, err := f.stat()
	if err != nil {
		return r.lose(f, err)
	}
	if after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) || !os.SameFile(before, after) {
		return r.lose(f, errChanged)
	}
	return r.done(f)
}

var errChanged = errors.New("changed while it was read")

// stat looks at the file without following a link that took its place since
// it was found in a folder.
func (f *file) stat() (fs.FileInfo, error) {
	look := os.Lstat
	if f.given {
		look = os.Stat
	}
	st, err := look(f.name)
	if err == nil && !st.Mode().IsRegular() {
		err = errors.New("no regular file any more")
	}
	return st, err
}

// lose gives up a file that could not be read to its end. Where the reason
// lies in the moment, the documents of its last reading stay in the index.
func (r *run) lose(f *file, err error) error {
	note := Note{File: f.name, Code: codeRead, Reason: reason(err).Error()}
	keep := !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission)
	switch {
	case errors.Is(err, errChanged):
		note.Code, note.Reason = codeChanged, ""
	case errors.Is(err, fs.ErrNotExist):
		note.Code, note.Reason = codeGone, ""
	}
	f.mu.Lock()
	f.lost = true
	f.passing = append(f.passing, note)
	f.rec.Docs, f.rec.Lines, f.rec.Rejects, f.rec.Bytes, f.bad = nil, nil, nil, 0, nil
	if old, ok := r.cache.whole(f.path); ok && keep {
		f.rec = old
	}
	f.mu.Unlock()
	return r.done(f)
}

// key names a document in the cache.
func (r *run) key(in read.Input) docKey {
	sum := sha256.Sum256([]byte(strings.Join([]string{r.Version, in.Name, in.Hash}, "\x00")))
	return docKey(sum[:])
}

// extract reads one document into the cache.
func (r *run) extract(ctx context.Context, j job) error {
	res, err := r.Extractor.Extract(ctx, j.in)
	var rej *page.Reject
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &rej):
		j.file.reject(j.at, noteOf(rej))
	case err != nil:
		return fmt.Errorf("extract %s: %w", j.in.Name, err)
	default:
		if err := r.cache.putArticle(j.key, &res.Article); err != nil {
			return err
		}
		j.file.mu.Lock()
		j.file.fresh++
		j.file.mu.Unlock()
	}
	r.tracker.add(1, int64(len(j.in.Data)), j.share)
	return r.done(j.file)
}

func (f *file) reject(at int, n Note) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lost {
		return
	}
	if f.bad == nil {
		f.bad = make(map[int]bool)
	}
	f.bad[at] = true
	if n.Code == page.CodeTimeout { // a busy machine, perhaps: tried again
		f.passing = append(f.passing, n)
	} else {
		f.rec.Rejects = append(f.rec.Rejects, n)
	}
}

// done takes note that one document of the file, or its reading, has ended.
// The last one writes the file's record.
func (r *run) done(f *file) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.open--; f.open > 0 {
		return nil
	}
	docs, lines := f.rec.Docs[:0], f.rec.Lines[:0]
	for i, key := range f.rec.Docs {
		if !f.bad[i] {
			docs, lines = append(docs, key), append(lines, f.rec.Lines[i])
		}
	}
	f.rec.Docs, f.rec.Lines = docs, lines
	slices.SortStableFunc(f.rec.Rejects, func(a, b Note) int { return a.Line - b.Line })
	r.tracker.add(0, 0, f.size-f.shown)
	if len(f.passing) > 0 {
		return nil
	}
	return r.cache.putFile(f.rec)
}
