package reindex

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"nghiquyet/index"
	"nghiquyet/index/page"
	"nghiquyet/index/read"
	"nghiquyet/index/register"
)

// file is one input file during a run.
type file struct {
	source
	tree  *tree // nil for a file that this run did not find
	rec   fileRecord
	given []register.Given // of rec.Docs

	mu      sync.Mutex
	open    int          // documents being extracted, plus one while the file is being read
	lost    bool         // the reading failed: its documents do not count
	failed  string       // code of the error by which the reading failed or ended too early
	kept    *Note        // rec has documents of an earlier reading, and why
	keptIDs []string     // of these
	read    time.Time    // when the reading of rec began
	was     *fileRecord  // rec before this run read the file; empty for none, nil if it did not
	short   bool         // at the reading of rec the file ended too early
	bad     map[int]bool // indexes in rec.Docs of rejected documents
	passing []Note       // rejects that another run may not find
	doubts  []Note       // documents extracted in this run with an implausible date
	older   int          // captures replaced by a newer one of the same page
	stays   int          // pages that could not be fetched, as they were last read
	fresh   int          // documents extracted in this run
	shown   int64        // bytes of size that were reported as progress
}

// share estimates the bytes of the file on disk for n bytes of its documents.
func (f *file) share(n int64) int64 {
	if ext := strings.ToLower(filepath.Ext(f.name)); ext == ".gz" || ext == ".zst" {
		n /= 6 // text compresses so well
	}
	n = min(n, f.size-f.shown)
	f.shown += n
	return n
}

// racy is the least time between the last change of a file and its reading. Only after
// it do an equal time and size prove that the file is unchanged: within the resolution
// of the file system's clock the file may have been written to after it was read. A
// time in the future comes from a wrong clock.
const racy = 2 * time.Second

// read brings the record of every file up to date. It extracts the documents that
// are not in the cache.
func (r *run) read(ctx context.Context) error {
	var todo []*file
	var bytes int64
	before := sync.OnceValue(r.cache.fingerprints)
	for _, f := range r.files {
		rec, ok := r.cache.whole(f.id)
		if ok && !r.Full && r.isCurrent(f, rec) && !f.wasAnother(rec, before) {
			f.rec, f.read, f.short = rec, rec.Read, rec.Torn
			continue
		}
		todo, bytes = append(todo, f), bytes+f.size
	}
	r.tracker.phase(PhaseRead, bytes)

	// The bytes of documents read but not yet extracted are bounded. A document
	// larger than the bound waits for all others.
	inFlight := semaphore.NewWeighted(bytesInFlight)
	return onAllCores(ctx, func(ctx context.Context, send func(job) error) error {
		for _, f := range todo {
			if err := r.readFile(ctx, f, func(j job) error {
				j.weight = min(int64(len(j.in.Data)), bytesInFlight)
				if err := inFlight.Acquire(ctx, j.weight); err != nil {
					return err
				}
				return send(j)
			}); err != nil {
				return err
			}
		}
		return nil
	}, func(ctx context.Context, j job) error {
		defer inFlight.Release(j.weight)
		return r.extract(ctx, j)
	})
}

// onAllCores passes the values that produce sends to consume, which runs on all cores.
// It stops at the first error.
func onAllCores[T any](ctx context.Context, produce func(ctx context.Context, send func(T) error) error, consume func(context.Context, T) error) error {
	values := make(chan T)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(values)
		return produce(ctx, func(v T) error {
			select {
			case values <- v:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	for range workers() {
		g.Go(func() error {
			for v := range values {
				if err := consume(ctx, v); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// same reports, without opening it, whether the file is the one of the record: it
// has the same size and time, and the same path, or, if its folder is now mounted
// elsewhere, the same number on the file system.
func (f *file) same(rec fileRecord) bool {
	if rec.Size != f.size || !rec.MTime.Equal(f.mtime) {
		return false
	}
	if rec.Name != f.path && (rec.Inode == 0 || rec.Inode != f.inode) {
		return false
	}
	return rec.MTime.Before(rec.Read.Add(-racy)) || rec.MTime.After(rec.Read.Add(racy))
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

// isCurrent reports whether reading a file again would give its record: by the same
// program, of the same bytes and with the same pictures and dates.
func (r *run) isCurrent(f *file, rec fileRecord) bool {
	return rec.Version == r.Version && f.same(rec) && r.samePictures(rec) && !r.due(rec)
}

// readFile cuts a file into documents and sends each that is not in the cache.
func (r *run) readFile(ctx context.Context, f *file, send func(job) error) error {
	was, _ := r.cache.record(f.id)
	f.rec = fileRecord{Path: f.id, Name: f.path, Version: r.Version, Read: now()}
	f.open, f.read, f.was = 1, f.rec.Read, &was
	ids := was.knownDocs()
	before, err := f.stat(r.disk)
	if err != nil {
		return r.lose(f, err)
	}
	f.rec.Size, f.rec.MTime, f.rec.Inode = before.Size(), before.ModTime(), inode(before)
	for in, err := range r.Extractor.Inputs(ctx, f.name) {
		var rej *page.Reject
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &rej):
			r.note(f, in.Part, rej)
			continue
		case err != nil:
			return r.lose(f, err)
		}
		key, reader := r.readBy(f.id, in)
		f.mu.Lock()
		key = f.rec.after(key, was.Awaits, r.latest)
		at := len(f.rec.Docs)
		f.rec.Docs = append(f.rec.Docs, key)
		f.rec.Lines, f.rec.Parts = append(f.rec.Lines, int32(in.Line)), append(f.rec.Parts, in.Part)
		f.rec.Content = append(f.rec.Content, register.HashOf(in.Hash))
		f.rec.Bytes += int64(len(in.Data))
		doc, known := knownDoc{}, false
		if !r.Full {
			doc, known = r.knownDoc(ids, key)
		}
		f.rec.IDs, f.rec.Captured = append(f.rec.IDs, doc.id), append(f.rec.Captured, doc.captured)
		if !known {
			f.open++
		}
		if known && reader != "" {
			f.rec.Pictures = reader
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
	after, err := f.stat(r.disk)
	if err != nil {
		return r.lose(f, err)
	}
	if after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) || !os.SameFile(before, after) {
		return r.lose(f, errChanged)
	}
	return r.done(f)
}

var errChanged = errors.New("changed while it was read")

// note records a rejected part of a file before its extraction.
func (r *run) note(f *file, part string, rej *page.Reject) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case rej.Skip && part != "":
		f.rec.Skips = append(f.rec.Skips, noteOf(part, rej))
		return
	case rej.Skip:
		r.leaveOut(f, rej.Code, rej.ID)
		return
	case part != "":
		f.rec.UnreadParts = append(f.rec.UnreadParts, part)
	case rej.Line > 0 && !rej.Torn:
		f.rec.Nameless = append(f.rec.Nameless, int32(rej.Line))
	}
	f.rec.Rejects = append(f.rec.Rejects, noteOf(part, rej))
	f.rec.Torn = f.rec.Torn || rej.Torn
	f.short = f.rec.Torn
}

// knownDoc is a document that the cache has.
type knownDoc struct {
	id       string
	captured int64 // as in fileRecord
}

// knownDocs returns the documents of the record.
func (rec *fileRecord) knownDocs() map[docKey]knownDoc {
	if len(rec.IDs) != len(rec.Docs) || len(rec.Captured) != len(rec.Docs) {
		return nil
	}
	docs := make(map[docKey]knownDoc, len(rec.Docs))
	for i, key := range rec.Docs {
		docs[key] = knownDoc{rec.IDs[i], rec.Captured[i]}
	}
	return docs
}

// knownDoc returns what the cache has of a document.
func (r *run) knownDoc(docs map[docKey]knownDoc, key docKey) (knownDoc, bool) {
	if !r.cache.has(key) {
		return knownDoc{}, false
	}
	if d, ok := docs[key]; ok {
		return d, true
	}
	a, err := r.cache.article(key)
	if err != nil || a.DateDoubt() == index.DoubtFuture { // no record here says until when
		return knownDoc{}, false
	}
	return knownDoc{strings.Clone(a.ID), capturedAt(a)}, true
}

// stat looks at the file without following a link that took its place since
// it was found in a folder.
func (f *file) stat(d disk) (fs.FileInfo, error) {
	look := d.Lstat
	if f.named {
		look = d.Stat
	}
	st, err := look(f.name)
	if err == nil && !st.Mode().IsRegular() {
		err = errNoFile
	}
	return st, err
}

// errNoFile is for something else that replaced a file after it was found.
var errNoFile = errors.New("no regular file any more")

// lose gives up a file that could not be read to its end. The documents of its last
// good reading stay, see keep, also if the file no longer exists: a folder may have been
// unmounted or renamed after the file was found. The next run finds whether it is gone.
func (r *run) lose(f *file, err error) error {
	note := Note{File: f.name, Code: codeRead, Reason: reason(err).Error()}
	switch {
	case errors.Is(err, errChanged):
		note.Code, note.Reason = codeChanged, ""
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errNoFile):
		note.Code, note.Reason = codeGone, ""
	}
	f.giveUp(note)
	return r.done(f)
}

// giveUp drops the documents of a reading that does not count.
func (f *file) giveUp(note Note) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lost, f.failed = true, note.Code
	f.passing = append(f.passing, note)
	f.rec.clear()
	f.bad = nil
}

// clear empties a record of documents.
func (rec *fileRecord) clear() {
	*rec = fileRecord{Path: rec.Path, Name: rec.Name, Inode: rec.Inode, Version: rec.Version, Size: rec.Size, MTime: rec.MTime, Read: rec.Read}
}

// key returns the key of a document in the cache. reader identifies what reads
// pictures; "" if that does not matter.
func (r *run) key(in read.Input, reader string) docKey {
	name := r.Version + "\x00" + in.Key()
	if reader != "" {
		name += "\x00" + reader
	}
	sum := sha256.Sum256([]byte(name))
	return docKey(sum[:])
}

// extract extracts one document into the cache.
func (r *run) extract(ctx context.Context, j job) error {
	ctx = r.countPages(ctx, &j)
	res, err := r.Extractor.Extract(ctx, j.in)
	var rej *page.Reject
	if errors.As(err, &rej) && len(rej.Pictured) > 0 || res != nil && res.Pictured {
		j.file.mu.Lock()
		j.file.rec.Pictures = r.OCR.Identity()
		j.file.mu.Unlock()
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &rej):
		r.refuse(j, rej)
	case err != nil:
		return fmt.Errorf("extract %s: %w", j.in.Name, err)
	default:
		if err := r.cache.putArticle(j.key, &res.Article); err != nil {
			return err
		}
		r.unmapped.add(res.Unmapped)
		j.file.mu.Lock()
		j.file.fresh++
		if res.Doubt != "" {
			j.file.doubts = append(j.file.doubts, Note{File: j.in.Letter(), Line: j.in.Line, Part: j.in.Part, Code: codeDoubt, Reason: res.Doubt})
		}
		j.file.rec.set(j.at, &res.Article)
		j.file.rec.await(j.key, res.Awaits)
		j.file.mu.Unlock()
	}
	r.tracker.add(1, int64(len(j.in.Data)), j.share)
	return r.done(j.file)
}

// set names a document, unless the reading was given up meanwhile.
func (rec *fileRecord) set(at int, a *index.Article) {
	if at < len(rec.IDs) {
		rec.IDs[at], rec.Captured[at] = a.ID, capturedAt(a)
	}
}

// namesID finds the id in a line that may be no JSON.
var namesID = regexp.MustCompile(`"id"\s*:\s*("(?:[^"\\]|\\.)*")`)

// suppliedID returns the ID in a line, "" if none can be read.
func suppliedID(in read.Input) (id string) {
	if in.Web != nil {
		return read.CaptureID(in.Web.URL)
	}
	if in.Line == 0 {
		return ""
	}
	found := namesID.FindSubmatch(in.Data[:min(len(in.Data), maxNamed)])
	if found == nil || json.Unmarshal(found[1], &id) != nil {
		return ""
	}
	return strings.TrimSpace(id)
}

// maxNamed is how far into a line its id is looked for, in bytes.
const maxNamed = 64 << 10

// refuse notes that a document was not taken, and its id.
func (r *run) refuse(j job, rej *page.Reject) {
	f, n, id := j.file, noteOf(j.in.Part, rej), suppliedID(j.in)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lost {
		return
	}
	if f.bad == nil {
		f.bad = make(map[int]bool)
	}
	f.bad[j.at] = true
	switch {
	case rej.Skip && rej.Code == page.CodeLanguage: // well read, and not wanted
		r.leaveOut(f, rej.Code, "")
		return
	case rej.Skip:
		r.leaveOut(f, rej.Code, cmp.Or(rej.ID, id))
		return
	case id != "":
		f.rec.Unread = append(f.rec.Unread, id)
	case j.in.Line == 0:
		f.rec.UnreadParts = append(f.rec.UnreadParts, j.in.Part)
	default:
		f.rec.Nameless = append(f.rec.Nameless, int32(j.in.Line))
	}
	if n.Code == page.CodeTimeout { // a busy machine, perhaps: tried again
		f.passing = append(f.passing, n)
	} else {
		f.rec.Rejects = append(f.rec.Rejects, n)
	}
}

// done records that one document of the file, or its reading, has ended. The last
// call writes the file's record.
func (r *run) done(f *file) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.open--; f.open > 0 {
		return nil
	}
	f.rec.drop(f.bad)
	byPlace := func(a, b Note) int { return cmp.Or(a.Line-b.Line, strings.Compare(a.Part, b.Part)) }
	slices.SortStableFunc(f.rec.Rejects, byPlace)
	slices.SortStableFunc(f.doubts, byPlace)
	r.tracker.add(0, 0, f.size-f.shown)
	if len(f.passing) > 0 {
		return nil
	}
	return r.cache.putFile(f.rec)
}

// drop removes the documents with the indexes in bad from a record.
func (rec *fileRecord) drop(bad map[int]bool) {
	if len(bad) == 0 {
		return
	}
	all := *rec
	*rec = rec.withoutDocs()
	for i := range all.Docs {
		if !bad[i] {
			rec.copy(&all, i)
		}
	}
}
