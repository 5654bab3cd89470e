// Package batch answers: how do folders of files become the next generation?
//
// Files and folders go in, a committed generation and a [Report] come out. The
// walk, in order: find the files; read those that changed, extract each of
// their documents on all cores and keep it in the extraction cache; when the
// documents are those of the current generation, stop; put all of them from
// the cache into the engine's [Builder], in the order of the files; commit;
// compact the cache; prune old generations.
//
// What is interrupted, by whatever, leaves the served generation as it was and
// the cache with all that was extracted. Memory does not grow with the size of
// the input but by some 100 bytes a document. Sizes are bytes, times UTC.
package batch

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
	"strings"
	"syscall"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/generation"
)

// ErrEmpty refuses a generation without a document: a folder that is not
// mounted must not empty the index.
var ErrEmpty = errors.New("no document could be read")

// Extractor reads documents; [extract.Extractor] is the one. It is called from
// many goroutines at once.
type Extractor interface {
	Inputs(ctx context.Context, path string) iter.Seq2[extract.Input, error]
	Extract(context.Context, extract.Input) (*extract.Result, error)
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
	// Engine and Schema name what Create makes.
	Engine string
	Schema int
	// Full extracts and builds everything again.
	Full bool
	// AllowEmpty lets an empty generation be committed.
	AllowEmpty bool
	// Keep is how many generations stay; 3 when 0.
	Keep int
	// Report is the file to write the report to, if any.
	Report string
	// Progress is told how far the run is, from one goroutine at a time. May
	// be nil.
	Progress func(Status)
	Log      *slog.Logger // slog.Default when nil
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
	r := &run{Config: cfg, report: newReport(), space: cfg.Store.Space}
	r.tracker = newTracker(cfg.Progress)
	err := r.report.write(cfg.Report) // before the work, lest it end without one
	if err == nil {
		err = r.run(ctx)
	}
	r.tracker.stop()
	r.report.finish(err)
	return r.report, errors.Join(err, r.report.write(cfg.Report))
}

// run is one run.
type run struct {
	Config
	report  *Report
	tracker *tracker
	cache   *cache
	files   []*file
	space   func() (free, total int64, err error) // of the disk
}

func (r *run) run(ctx context.Context) (err error) {
	lock, err := r.Store.Lock()
	if err != nil {
		return err
	}
	defer lock.Unlock()
	r.cache, err = openCache(filepath.Join(r.Store.Dir, cacheDir))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.cache.close()) }()

	if err := r.find(ctx); err != nil {
		return err
	}
	if err := r.read(ctx); err != nil {
		return err
	}
	if r.total() == 0 && !r.AllowEmpty {
		return ErrEmpty
	}
	inputs, result := r.digest(), Unchanged
	var m *generation.Manifest
	if !r.Full {
		m = r.current(inputs)
		if m == nil {
			m, result = r.adopt(inputs), Committed
		}
	}
	if m == nil {
		m, err = r.build(ctx, lock, inputs)
		if err != nil {
			return err
		}
		result = Committed
	}
	r.report.Result, r.report.Generation, r.report.Articles, r.report.Lessons = result, m.ID, m.Articles, m.Lessons
	r.tidy(lock)
	return nil
}

// tidy frees disk space. What fails here costs only that.
func (r *run) tidy(lock *generation.Lock) {
	paths := make([]string, len(r.files))
	for i, f := range r.files {
		paths[i] = f.path
	}
	if err := r.cache.compact(paths); err != nil {
		r.Log.Warn("extraction cache not compacted", "error", err)
	}
	pruned, err := lock.Prune(r.Keep)
	if err != nil {
		r.Log.Warn("old generations not pruned", "error", err)
	}
	r.report.Pruned = pruned
}

func (r *run) find(ctx context.Context) error {
	r.tracker.phase(PhaseFind, 0)
	w := walker{report: r.report}
	if err := w.walk(ctx, r.Paths); err != nil {
		return err
	}
	r.files = make([]*file, len(w.sources))
	for i, s := range w.sources {
		r.files[i] = &file{source: s}
	}
	return nil
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

// current returns the current generation when it is sound and holds just the
// documents of this run.
func (r *run) current(inputs string) *generation.Manifest {
	id, err := r.Store.Current()
	if err != nil {
		return nil
	}
	g, err := r.Store.Open(id)
	if err != nil {
		r.Log.Error("the current generation is damaged and is built again", "error", err)
		return nil
	}
	defer g.Close()
	if g.Inputs != inputs {
		return nil
	}
	return g.Manifest
}

// adopt makes a generation after the current one current that holds just the
// documents of this run: the one of a run that was killed between its last two
// steps, or one that was rolled back from.
func (r *run) adopt(inputs string) *generation.Manifest {
	list, err := r.Store.List()
	if err != nil {
		return nil
	}
	current, _ := r.Store.Current()
	for _, e := range list {
		if e.Err == nil && e.ID > current && e.Inputs == inputs && r.Store.MakeCurrent(e.ID) == nil {
			return e.Manifest
		}
	}
	return nil
}

// build puts all documents into a new generation and commits it.
func (r *run) build(ctx context.Context, lock *generation.Lock, inputs string) (m *generation.Manifest, err error) {
	gen, err := lock.Begin()
	if err != nil {
		return nil, err
	}
	ctx, stop := r.watchDisk(ctx)
	defer func() {
		if err != nil {
			if r.diskLow() && !errors.Is(err, syscall.ENOSPC) {
				err = fmt.Errorf("build index: %w: %w", syscall.ENOSPC, err)
			}
			err = errors.Join(err, gen.Abort())
		}
		stop()
	}()
	b, err := r.Create(filepath.Join(gen.Dir, IndexDir))
	if err != nil {
		return nil, err
	}
	put, err := r.put(ctx, b)
	if err != nil {
		return nil, errors.Join(err, b.Abort())
	}
	r.tracker.phase(PhaseMerge, 0)
	articles, lessons, err := b.Commit(ctx)
	if err != nil {
		return nil, err
	}
	if articles != put {
		return nil, fmt.Errorf("commit index: %d articles put, %d kept", put, articles)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.tracker.phase(PhaseCommit, 0)
	return gen.Commit(generation.Info{Articles: articles, Lessons: lessons, Engine: r.Engine, Schema: r.Schema, Inputs: inputs})
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

// put gives every document to the builder, in the order of the files and of
// the lines in them.
func (r *run) put(ctx context.Context, b Builder) (int, error) {
	r.tracker.phase(PhaseIndex, int64(r.total()))
	used := make(idSet)
	put := 0
	for _, f := range r.files {
		for i, key := range f.rec.Docs {
			a, err := r.cache.article(key)
			if err != nil {
				return put, err
			}
			r.tracker.add(1, int64(len(a.Text)), 1)
			line := int(f.rec.Lines[i])
			if first, ok := used.claim(a, f, line); !ok {
				r.report.reject(Note{File: f.name, Line: line, Code: codeDuplicate,
					Reason: fmt.Sprintf("id %q đã có ở %s", a.ID, first)})
				continue
			}
			if err := b.Put(ctx, a); err != nil {
				return put, fmt.Errorf("index %s: %w", f.name, err)
			}
			put++
		}
	}
	return put, nil
}

// idSet holds the ids given out, each with where it was first seen.
type idSet map[string]place

type place struct {
	file *file
	line int
}

func (p place) String() string {
	if p.line > 0 {
		return fmt.Sprintf("%s:%d", p.file.name, p.line)
	}
	return p.file.name
}

// claim gives the article ids of its own, one for itself and one a lesson. Of
// two equal ids the first keeps it. A later file gets one with a suffix from
// its path, which stays the same from run to run; a later line, whose id was
// supplied, is refused.
func (s idSet) claim(a *index.Article, f *file, line int) (first place, ok bool) {
	first, taken := s.taken(a)
	if taken && line > 0 {
		return first, false
	}
	for base, n := a.ID, 0; taken; n++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", f.id, n))
		suffix := "-" + hex.EncodeToString(sum[:4])
		a.ID = strings.ToValidUTF8(base[:min(len(base), index.MaxIDBytes-len(suffix))], "") + suffix
		_, taken = s.taken(a)
	}
	for _, u := range a.Units() {
		s[u.ID()] = place{f, line}
	}
	return place{}, true
}

// taken returns who has one of the article's ids.
func (s idSet) taken(a *index.Article) (first place, taken bool) {
	for _, u := range a.Units() {
		if first, taken := s[u.ID()]; taken {
			return first, true
		}
	}
	return place{}, false
}

// workers is how many documents are extracted at a time.
func workers() int { return runtime.GOMAXPROCS(0) }

func now() time.Time { return time.Now().UTC() }
