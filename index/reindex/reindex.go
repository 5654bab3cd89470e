// Package reindex answers: how do folders of files become the next generation?
//
// Files and folders go in, a committed generation and a [Report] come out. The
// walk, in order: find the files; read those that changed, extract each of
// their documents on all cores and keep it in the extraction cache; put the
// documents of the last good reading in the place of what could not be read;
// when the documents are those of the current generation, stop; give each its
// id, and stop when too many would leave; put what is new or changed from the
// cache into an [Extender] that goes on from the generation before, or all of
// them into a [Builder], in the order of the files; commit; compact the cache;
// prune old generations. Both ways give the same answers.
//
// Unreadable is not deleted: only what is seen to be gone leaves the index.
//
// What is interrupted, by whatever, leaves the served generation as it was and
// the cache with all that was extracted. Memory does not grow with the size of
// the input but by some 600 bytes a document. Sizes are bytes, times UTC.
package reindex

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/generation"
	"nghiquyet/index/read"
	"nghiquyet/index/register"
)

// ErrEmpty refuses a generation without a document: a folder that is not
// mounted must not empty the index.
var ErrEmpty = errors.New("no document could be read")

// Extractor reads documents; [extract.Extractor] is the one. It is called from
// many goroutines at once.
type Extractor interface {
	Inputs(ctx context.Context, path string) iter.Seq2[read.Input, error]
	Extract(context.Context, read.Input) (*extract.Result, error)
}

// Builder makes one index. After Commit or Abort, one of which is always
// called, it is not used again.
type Builder interface {
	// Put may keep the article and must bound the memory of those it holds.
	Put(context.Context, *index.Article) error
	// Commit writes everything and closes the index.
	Commit(context.Context) (articles, lessons int, err error)
	// Abort stops all work; the folder is removed afterwards.
	Abort() error
}

// Config says what to index where.
type Config struct {
	Store generation.Store
	// Paths are files and folders, read in this order.
	Paths     []string
	Extractor Extractor
	// Version names all that extraction depends on but the document itself.
	// Documents extracted under another version are extracted again.
	Version string
	// Create starts an index in the folder dir, which does not exist yet.
	Create func(dir string) (Builder, error)
	// Extend starts an index in the folder dir that goes on from the one in the
	// folder base. Nil where every generation is built anew.
	Extend func(dir, base string) (Extender, error)
	// Cluster holds the generations where Store does not; Store keeps the lock
	// and the extraction cache. Nil for those of Store, which Create makes.
	Cluster Cluster
	// Engine and Schema name what is made.
	Engine string
	Schema int
	// Full extracts and builds everything again.
	Full bool
	// AllowEmpty lets an empty generation be committed, and takes a source that
	// gives no document for emptied.
	AllowEmpty bool
	// MaxRemoved is the share of the documents, in percent, that may leave the
	// index in one run; 20 when 0, none when negative. A few may always.
	MaxRemoved int
	// Exclude are patterns of names, or of paths inside a folder, not to read,
	// beside the built-in ones. See [CheckExcludes].
	Exclude []string
	// Stored opens what was put into a generation, for documents whose file
	// cannot be read and which the extraction cache has lost. May be nil.
	Stored func(*generation.Reader) (Stored, error)
	// Keep is how many generations stay; 3 when 0.
	Keep int
	// Report is the file to write the report to, if any.
	Report string
	// Progress is told how far the run is, from one goroutine at a time. May
	// be nil.
	Progress func(Status)
	Log      *slog.Logger // slog.Default when nil

	disk disk // the real one when nil
}

// IndexDir is where in a generation the engine's files are.
const IndexDir = "index"

const (
	defaultKeep = 3
	cacheDir    = "extracted"
	// bytesInFlight bounds the documents that are read and not extracted yet.
	bytesInFlight = 64 << 20
)

// Run reads the paths and commits the next generation. The report is complete
// also when it returns an error; then the served generation is untouched. A
// [*generation.LockedError] says that another run holds the lock.
func Run(ctx context.Context, cfg Config) (*Report, error) {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Keep <= 0 {
		cfg.Keep = defaultKeep
	}
	r := &run{Config: cfg, report: newReport(), space: cfg.Store.Space, set: cfg.Generations()}
	r.tracker = newTracker(cfg.Progress)
	err := r.report.write(cfg.Report) // before the work, lest it end without one
	if err == nil {
		err = r.locked(ctx)
	}
	r.end(err)
	return r.report, errors.Join(err, r.report.write(cfg.Report))
}

// run is one run.
type run struct {
	Config
	report  *Report
	set     generation.Set
	tracker *tracker
	cache   *cache
	files   []*file
	before  *generation.Manifest // the generation that this one follows, nil for none
	prev    *register.Register   // its register, nil for none
	history []*register.Register // of other generations
	sources []register.Source    // of this run
	next    *register.Register   // of the generation to be made, nil before its documents are known
	stored  Stored               // documents of before
	closers []func() error
	want    *generation.Info                      // what the generation is to hold, where known
	twice   []Note                                // documents refused because of their ids
	space   func() (free, total int64, err error) // of the disk
}

// locked runs with the build lock, and writes down what came of it.
func (r *run) locked(ctx context.Context) error {
	lock, err := r.Store.Lock()
	if err != nil {
		return err
	}
	defer lock.Unlock()
	r.tell()
	err = r.run(ctx, lock)
	r.end(err)
	r.tell()
	return err
}

// end closes the report, once.
func (r *run) end(err error) {
	if r.report.Finished.IsZero() {
		r.tracker.stop()
		r.report.finish(err)
	}
}

func (r *run) run(ctx context.Context, lock *generation.Lock) (err error) {
	if r.disk == nil {
		r.disk = realDisk{}
	}
	hold, err := r.set.Hold()
	if err != nil {
		return err
	}
	if hold != nil {
		m := r.sound(hold.Generation)
		switch {
		case m == nil || m.Engine != r.Engine || m.Schema != r.Schema:
			r.Log.Warn("the generation gone back to cannot be served: it is not kept", "generation", hold.Generation)
			hold = nil
		case hold.Pinned && !r.Full:
			r.report.is(Held, m)
			return nil
		}
	}
	if err := r.remember(); err != nil {
		return err
	}
	r.cache, err = openCache(filepath.Join(r.Store.Dir, cacheDir))
	if err != nil {
		return err
	}
	defer func() {
		for _, shut := range append(r.closers, r.cache.close) {
			err = errors.Join(err, shut())
		}
	}()
	if err := CheckExcludes(r.Exclude); err != nil {
		return err
	}
	trees, unnamed, err := r.find(ctx)
	if err != nil {
		return err
	}
	if err := r.read(ctx); err != nil {
		return err
	}
	r.keep(trees, unnamed)
	for _, f := range r.files {
		r.report.count(f)
	}
	if !r.AllowEmpty && !slices.ContainsFunc(r.files, (*file).isRead) {
		return ErrEmpty
	}
	inputs := r.digest()
	if r.before == nil || r.before.Inputs != inputs || r.Full {
		r.assign()
		r.enter()
		r.compare()
		if err := r.tooMany(); err != nil {
			return err
		}
	}
	if r.Full || !r.known(inputs, hold) {
		rejected, notes := r.report.Rejected, len(r.report.Rejects)
		m, err := r.extend(ctx, lock, inputs)
		if err != nil && ctx.Err() == nil {
			r.tried(err)
			r.report.Rejected, r.report.Rejects = rejected, r.report.Rejects[:notes] // the build finds them again
			m, err = r.build(ctx, lock, inputs, r.put)
		}
		if err != nil {
			return err
		}
		r.report.is(Committed, m)
	}
	r.tidy(lock)
	return nil
}

// tidy frees disk space. What fails here costs only that.
func (r *run) tidy(lock *generation.Lock) {
	r.tracker.phase(PhaseTidy, 0)
	if err := r.cache.compact(r.files); err != nil {
		r.Log.Warn("extraction cache not compacted", "error", err)
	}
	pruned, err := r.set.Prune(lock, r.Keep)
	if err != nil {
		r.Log.Warn("old generations not pruned", "error", err)
	}
	r.report.Pruned = pruned
}

// find lists the input files. It returns the trees they are in and the sources
// of the run before that are named no more.
func (r *run) find(ctx context.Context) (trees []*tree, unnamed []register.Source, err error) {
	r.tracker.phase(PhaseFind, 0)
	w := walker{disk: r.disk, report: r.report, exclude: newExcluder(r.Exclude, r.Store.Dir, r.Report)}
	if err := w.walk(ctx, r.Paths); err != nil {
		return nil, nil, err
	}
	unnamed = r.keySources(w.trees)
	for _, t := range w.trees {
		r.sources = append(r.sources, register.Source{Key: t.key, Root: t.root})
		for _, s := range t.found {
			s.id = idOf(t.key, s.rel)
			r.files = append(r.files, &file{source: s, tree: t})
		}
	}
	return w.trees, unnamed, nil
}

// digest names the documents of this run and their order.
func (r *run) digest() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %d\n", r.Engine, r.Schema)
	for _, f := range r.files {
		fmt.Fprintf(h, "%d %s\n", len(f.rec.Docs), f.id)
		for _, key := range f.rec.Docs {
			h.Write(key[:])
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (r *run) total() int {
	n := 0
	for _, f := range r.files {
		n += len(f.rec.Docs)
	}
	return n
}

// known reports whether there is a generation already that holds just the
// documents of this run: the current one, or a later one, which becomes current.
// That is one of a run that was killed between its last two steps; one that a
// person went back from stays behind.
func (r *run) known(inputs string, hold *generation.Hold) bool {
	current, err := r.set.Current()
	if err != nil {
		return false
	}
	now := r.sound(current)
	if now == nil {
		return false
	}
	if now.Inputs == inputs {
		r.report.is(Unchanged, now)
		r.duplicates(current)
		return true
	}
	list, err := r.set.List()
	if err != nil {
		return false
	}
	for _, e := range list {
		switch {
		case e.Err != nil || e.ID <= current || e.Inputs != inputs:
			continue
		case hold != nil && e.ID <= hold.Newest:
			r.report.is(Held, now)
			return true
		case r.set.MakeCurrent(e.ID) == nil:
			r.report.is(Committed, e.Manifest)
			r.duplicates(e.ID)
			return true
		}
	}
	return false
}

// sound returns the manifest of a generation that passes the quick check.
func (r *run) sound(id string) *generation.Manifest {
	g, err := r.set.Open(id)
	if err != nil {
		r.Log.Error("the current generation is damaged and is built again", "error", err)
		return nil
	}
	defer g.Close()
	return g.Manifest
}

// filler puts all documents into a build and returns how many articles they are
// and which units each file has.
type filler func(context.Context, Build) (put int, used idSet, err error)

// build makes a new generation of all documents and commits it. One that other
// machines lose is made once more.
func (r *run) build(ctx context.Context, lock *generation.Lock, inputs string, fill filler) (*generation.Manifest, error) {
	begin := func() (Build, error) { return r.begin(ctx, lock, inputs) }
	m, err := r.buildOnce(ctx, inputs, begin, fill)
	if errors.Is(err, index.ErrLost) {
		r.Log.Warn("index in the making lost, made anew", "error", err)
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
	return b.Publish(ctx, generation.Info{Articles: articles, Lessons: lessons, Engine: r.Engine, Schema: r.Schema, Inputs: inputs,
		Added: r.report.Added, Changed: r.report.Changed, Removed: r.report.Removed, Kept: r.report.Kept})
}

// refused reports what the engine did not take and returns how many articles
// it was.
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
	// diskReserve is left free on the disk, of a small one a twentieth.
	diskReserve = 256 << 20 // bytes
	diskPoll    = 100 * time.Millisecond
)

func (r *run) diskLow() bool {
	free, total, err := r.space()
	return err == nil && free < min(diskReserve, total/20)
}

// watchDisk cancels the build before the disk is full: an engine that runs
// into the end of a disk may hang or crash instead of saying so.
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

// put gives every document to the builder under its id, in the order of the
// files and of the lines in them.
func (r *run) put(ctx context.Context, b Build) (put int, used idSet, err error) {
	r.tracker.phase(PhaseIndex, int64(r.total()))
	all := func(string) bool { return true }
	none := func(string) (bool, error) { return false, nil }
	return r.putWhere(ctx, b, all, none)
}

// putWhere gives the documents with the ids wanted to a builder that contains all
// others already; has reports whether it contains a unit. Put counts both.
func (r *run) putWhere(
	ctx context.Context, b Build, wanted func(id string) bool, has func(unit string) (bool, error),
) (put int, used idSet, err error) {
	used = make(idSet)
	r.twice = nil
	docs := make(map[string]*register.Doc, r.next.Docs())
	for i := range r.next.Files {
		for j := range r.next.Files[i].Docs {
			d := &r.next.Files[i].Docs[j]
			docs[d.ID] = d
		}
	}
	for _, f := range r.files {
		for i, given := range f.given {
			line := int(f.rec.Lines[i])
			if given.Twice.File >= 0 {
				first := r.files[given.Twice.File]
				r.refuseTwice(f, line, given.ID, place{first, int(first.rec.Lines[given.Twice.Doc])})
				r.tracker.add(1, 0, 1)
				continue
			}
			if !wanted(given.ID) {
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
			docs[a.ID].Title = a.Title
			if err := b.Put(ctx, a); err != nil {
				return put, used, fmt.Errorf("index %s: %w", f.name, err)
			}
			put++
		}
	}
	return put, used, errors.Join(r.keepDuplicates(b), r.attach(b))
}

// refuseTwice reports a document whose id another one has.
func (r *run) refuseTwice(f *file, line int, id string, first place) {
	n := Note{File: f.name, Line: line, Code: codeDuplicate, Reason: fmt.Sprintf("id %q đã có ở %s", id, first)}
	r.report.reject(n)
	if len(r.twice) < MaxNotes {
		r.twice = append(r.twice, n)
	}
}

// workers is how many documents are extracted at a time.
func workers() int { return runtime.GOMAXPROCS(0) }

func now() time.Time { return time.Now().UTC() }
