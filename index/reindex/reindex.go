// Package reindex makes the next generation from folders of files.
//
// It takes files and folders; it commits a generation and returns a [Report]. A
// run, in order: find the files; read the changed ones, extract their documents
// on all cores and store them in the extraction cache; for files that could not be
// read, use the documents of the last good reading; stop if the documents equal
// those of the current generation; give each document its ID, and stop if too many
// would leave; learn from the documents if configured (model.go); put new and
// changed ones from the cache into an [Extender] of the generation before, or all
// of them into a [Builder], in the order of the files; commit; compact the cache;
// prune old generations. Extending and building give the same answers.
//
// An unreadable file does not count as deleted: only documents whose files are seen
// to be gone, or finished without them, leave the index.
//
// An interruption of any kind leaves the served generation unchanged, and the cache
// with all that was extracted. Memory does not grow with the size of the input,
// except by some 600 bytes per document. Sizes are bytes, times UTC.
package reindex

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/ocr"
	"nghiquyet/index/read"
	"nghiquyet/index/register"
)

// ErrEmpty refuses a generation without a document: a folder that is not
// mounted must not empty the index.
var ErrEmpty = errors.New("no document could be read")

// Extractor extracts documents; [extract.Extractor] implements it. Many goroutines
// call it at once.
type Extractor interface {
	Inputs(ctx context.Context, path string) iter.Seq2[read.Input, error]
	Extract(context.Context, read.Input) (*extract.Result, error)
}

// Builder makes one index. Commit or Abort is always called; after that the builder
// is not used again.
type Builder interface {
	// Put may keep the article, and must bound the memory of the articles it keeps.
	Put(context.Context, *index.Article) error
	// Commit writes everything and closes the index.
	Commit(context.Context) (articles, lessons int, err error)
	// Abort stops all work; the folder is removed afterwards.
	Abort() error
}

// Config configures a run.
type Config struct {
	Store generation.Store
	// Paths are files and folders, read in this order.
	Paths     []string
	Extractor Extractor
	// OCR is the engine with which Extractor reads pictures, nil for none.
	OCR *ocr.Engine
	// Today is that of Extractor: see [extract.Config].
	Today string
	// Version names all that extraction depends on but the document itself.
	// Documents extracted under another version are extracted again.
	Version string
	// Create starts an index in the folder dir, which does not exist yet, with a model,
	// nil for none.
	Create func(dir string, m *learned.Model) (Builder, error)
	// Extend starts an index in the folder dir that extends the one in the folder
	// base. If nil, every generation is built anew.
	Extend func(dir, base string) (Extender, error)
	// Teaching configures whether generations have a model for ranking.
	Teaching Teaching
	// Cluster makes the generations outside Store, which then contains only the lock
	// and the extraction cache. Nil: Create makes generations in Store.
	Cluster Cluster
	// Engine and Schema identify the kind of index.
	Engine string
	Schema int
	// Full extracts and builds everything again.
	Full bool
	// AllowEmpty allows an empty generation, and treats a source without any
	// document as emptied.
	AllowEmpty bool
	// MaxRemoved is the percentage of the documents that may leave the index in one
	// run; 20 if 0, none if negative. A few may always leave.
	MaxRemoved int
	// Exclude are patterns of names, or of paths inside a folder, that are not
	// read, in addition to the built-in ones. See [CheckExcludes].
	Exclude []string
	// Stored opens the articles of a generation, for documents whose file cannot be
	// read and which the extraction cache has lost. May be nil.
	Stored func(*generation.Reader) (Stored, error)
	// Still is how long a file that lacks documents, or became smaller, must have been the
	// same before it counts as finished: 5 seconds if 0, no time if negative.
	Still time.Duration
	// Keep is how many generations stay; 3 when 0.
	Keep int
	// Report is the file to write the report to, if any.
	Report string
	// Progress is called with the state of the run, by one goroutine at a time. May
	// be nil.
	Progress func(Status)
	Log      *slog.Logger // slog.Default when nil

	disk  disk                                       // the real one if nil
	pause func(context.Context, time.Duration) error // sleep if nil
}

// IndexDir is the folder in a generation that contains the engine's files.
const IndexDir = "index"

const (
	defaultKeep = 3
	cacheDir    = "extracted"
	// checkpointFile contains the steps of learning that a run has done, until a
	// generation is committed.
	checkpointFile = "learning"
	// bytesInFlight bounds the documents that are read and not extracted yet.
	bytesInFlight = 64 << 20
)

// Run reads the paths and commits the next generation. If it returns an error, the
// report is complete too, and the served generation is unchanged. A
// [*generation.LockedError] means that another run holds the lock.
func Run(ctx context.Context, cfg Config) (*Report, error) {
	cfg.Log, cfg.Keep = cmp.Or(cfg.Log, slog.Default()), cmp.Or(max(cfg.Keep, 0), defaultKeep)
	r := &run{Config: cfg, report: newReport(), space: cfg.Store.Space, set: cfg.Generations(), latest: extract.LatestDay(cfg.Today)}
	r.tracker = newTracker(cfg.Progress)
	r.linesBefore = sync.OnceValue(r.readLines)
	err := r.report.write(cfg.Report) // first, so that no run ends without a report
	if err == nil {
		err = r.run(ctx)
	}
	r.end(err)
	return r.report, errors.Join(err, r.report.write(cfg.Report))
}

// run is the state of one run.
type run struct {
	Config
	report  *Report
	set     generation.Set
	tracker *tracker
	exclude *excluder
	cache   *cache
	files   []*file
	before  *generation.Manifest // the generation before, nil for none
	prev    *register.Register   // its register, nil for none
	history []*register.Register // of other generations
	sources []register.Source    // of this run
	next    *register.Register   // of the generation to be made, nil before its documents are known
	stored  Stored               // documents of before
	closers []func() error
	want    *generation.Info                      // what the generation must contain, if known
	twice   []Note                                // documents refused because of their ids
	learns  bool                                  // a model is to be learned
	lesson  *generation.Learned                   // description of the generation's model
	model   *learned.Model                        // of a generation built anew, nil for none
	space   func() (free, total int64, err error) // of the disk
	// linesBefore returns the lines in prev by their IDs. They are listed at the first
	// call.
	linesBefore func() map[string]*lineBefore
	unmapped    nameCounts
	latest      string // the last day that has come for dates of documents
}

// end closes the report, once.
func (r *run) end(err error) {
	if r.report.Finished.IsZero() {
		r.tracker.stop()
		r.report.finish(err)
	}
}

// run makes the next generation under the build lock, and records the result.
func (r *run) run(ctx context.Context) (err error) {
	lock, err := r.Store.Lock()
	if err != nil {
		return err
	}
	defer lock.Unlock()
	r.saveLastRun()
	defer func() {
		r.end(err)
		r.saveLastRun()
	}()
	hold, pinned, err := r.hold()
	if err != nil {
		return err
	}
	if pinned != nil && !r.Full {
		r.report.is(Held, pinned)
		return nil
	}
	if err := r.open(); err != nil {
		return err
	}
	defer func() {
		for _, shut := range append(r.closers, r.cache.close) {
			err = errors.Join(err, shut())
		}
	}()
	trees, unnamed, err := r.find(ctx)
	if err != nil {
		return err
	}
	if err := r.read(ctx); err != nil {
		return err
	}
	if err := r.keep(ctx, trees, unnamed); err != nil {
		return err
	}
	if err := r.tally(ctx); err != nil {
		return err
	}
	documents := r.digest()
	if r.before == nil || !sameDocuments(r.before.Inputs, documents) || r.Full {
		if err := r.settle(); err != nil {
			return err
		}
	}
	r.decide(documents)
	if r.Full || !r.known(r.inputs(documents), hold) {
		m, err := r.make(ctx, lock, documents)
		if err != nil {
			return err
		}
		r.report.is(Committed, m)
	}
	r.tidy(lock)
	return nil
}

// open reads what earlier runs left.
func (r *run) open() (err error) {
	r.disk = cmp.Or[disk](r.disk, realDisk{})
	if r.pause == nil {
		r.pause = sleep
	}
	r.Still = cmp.Or(r.Still, stillFor)
	if err := r.remember(); err != nil {
		return err
	}
	r.cache, err = openCache(filepath.Join(r.Store.Dir, cacheDir))
	return err
}

// tally completes the list of documents and counts the files in the report.
func (r *run) tally(ctx context.Context) error {
	r.report.Unmapped = r.unmapped.list()
	r.newestCaptures(ctx)
	for _, f := range r.files {
		r.report.count(f)
	}
	if !r.AllowEmpty && !slices.ContainsFunc(r.files, (*file).isRead) {
		return ErrEmpty
	}
	return nil
}

// hold returns the hold of the current generation, nil if there is none or its
// generation cannot be served, and that generation if the hold is pinned.
func (r *run) hold() (hold *generation.Hold, pinned *generation.Manifest, err error) {
	hold, err = r.set.Hold()
	if hold == nil || err != nil {
		return nil, nil, err
	}
	m := r.sound(hold.Generation)
	if m == nil || m.Engine != r.Engine || m.Schema != r.Schema {
		r.Log.Warn("the generation gone back to cannot be served: it is not kept", "generation", hold.Generation)
		return nil, nil, nil
	}
	if hold.Pinned {
		pinned = m
	}
	return hold, pinned, nil
}

// make makes the next generation, from the one before it if possible.
func (r *run) make(ctx context.Context, lock *generation.Lock, documents string) (*generation.Manifest, error) {
	if r.next == nil { // the documents are the same, the model is not
		if err := r.settle(); err != nil {
			return nil, err
		}
	}
	before := r.report.mark()
	m, err := r.extend(ctx, lock, r.inputs(documents))
	if err == nil || ctx.Err() != nil {
		return m, err
	}
	r.tried(err)
	r.report.backTo(before)
	if err := r.learn(ctx); err != nil {
		return nil, err
	}
	return r.build(ctx, lock, r.inputs(documents), func(ctx context.Context, b Build) (int, idSet, error) { return r.put(ctx, b, nil) })
}

// tidy frees disk space. What fails here costs only that.
func (r *run) tidy(lock *generation.Lock) {
	r.tracker.phase(PhaseTidy, 0)
	if err := r.cache.compact(r.files); err != nil {
		r.Log.Warn("extraction cache not compacted", "error", err)
	}
	if err := os.Remove(r.checkpoint()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.Log.Warn("steps of learning not removed", "error", err)
	}
	if err := r.prunePages(); err != nil {
		r.Log.Warn("pages read from pictures not pruned", "error", err)
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
	if err := CheckExcludes(r.Exclude); err != nil {
		return nil, nil, err
	}
	r.tracker.phase(PhaseFind, 0)
	r.exclude = newExcluder(r.Exclude, r.Store.Dir, r.Report)
	w := walker{disk: r.disk, report: r.report, exclude: r.exclude}
	if err := w.walk(ctx, r.Paths); err != nil {
		return nil, nil, err
	}
	unnamed = r.keySources(w.trees)
	for _, t := range w.trees {
		for _, at := range r.unmounted(t) {
			r.report.unread(Note{File: filepath.Join(t.name, filepath.FromSlash(at)), Code: codeEmptySource})
		}
		r.sources = append(r.sources, register.Source{Key: t.key, Root: t.root, Mounts: t.mounts})
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

// known reports whether a generation with exactly the documents of this run exists:
// the current one, or a later one, which it makes current. A later one is left by a
// run that was killed between its last two steps; one from which a person rolled
// back does not become current.
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
		case generation.MakeCurrent(r.set, e.ID) == nil:
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

// workers is how many documents are extracted at a time.
func workers() int { return runtime.GOMAXPROCS(0) }

func now() time.Time { return time.Now().UTC() }
