// Package bleveindex writes articles and their lessons into a Bleve index: the
// fields of [index.Schema], as package blevesearch reads them.
//
// It takes [index.Article]s and makes a folder that Bleve opens. [Create] makes an
// index with one segment. [Extend] makes an index from another by the difference:
// it shares the segments that stay, and gives the same answers as an index made
// anew (extend.go). A term's frequency class is part of the term ([vi.AppendTerm]),
// so that its postings are plain bitmaps; lengths are terms of fields of their own.
// Bleve's scoring is not used, because its BM25 differs from BM25.
//
// Bleve's way of building is not used either. Each batch is inverted in memory and
// written to disk as a sorted run; at the end the runs are merged to one segment
// (run.go, merge.go, package segment). The memory needed is that of the batches,
// and some 300 bytes per document for its ID, its position and the signature by
// which near-duplicates are found.
//
// Measured on 150,000 documents of 502 MB (22 November 2026): with Bleve's own
// batches, which mostly numbered terms in maps and built bitmaps one document at a
// time, indexing took three times the CPU, and the index was 1.76 times as large as
// the text instead of 1.15; plain Bleve with the standard analyzer and term vectors
// takes 1.3 times the CPU and 2.16 times the text.
package bleveindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	"golang.org/x/sync/errgroup"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/learned"
	"nghiquyet/index/units"
)

// Config configures a [Writer]. Its zero value is useful.
type Config struct {
	// Workers is the number of batches inverted in parallel; the number of cores if 0.
	Workers int
	// BatchBytes is how much text becomes a run; 8 MiB if 0. Each worker needs
	// some ten times as much memory.
	BatchBytes int
	// Model makes the vectors of all units; nil for an index without vectors. An
	// extended index has the model of its base.
	Model *learned.Model

	link func(from, to string) error // os.Link when nil
}

// Writer builds one index. Put is safe for concurrent use; the other methods are not.
type Writer struct {
	dir   string
	queue chan *index.Article
	group *errgroup.Group
	ctx   context.Context
	once  sync.Once

	learned *units.Learned
	mu      sync.Mutex
	runs    []*run
	named   int // runs

	model *learned.Model    // nil for none
	embed *learned.Embedder // nil for none

	base   *base // the index that this one extends, or nil
	linked func(from, to string) error
}

// runsDir contains the runs while an index is built.
const runsDir = "runs"

// Create starts an index in the folder dir, which must not exist.
func Create(dir string, cfg Config) (*Writer, error) {
	w, err := start(dir, cfg, new(units.Learned), nil)
	if err == nil && cfg.Model != nil {
		err = os.WriteFile(filepath.Join(dir, learned.FileName), cfg.Model.Bytes(), 0o644)
	}
	if err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	return w, nil
}

func start(dir string, cfg Config, counts *units.Learned, base *base) (*Writer, error) {
	if cfg.Workers <= 0 {
		cfg.Workers = runtime.GOMAXPROCS(0)
	}
	if cfg.BatchBytes <= 0 {
		cfg.BatchBytes = 8 << 20
	}
	if err := createFolder(dir, cfg.Model != nil); err != nil {
		return nil, err
	}
	group, ctx := errgroup.WithContext(context.Background())
	w := &Writer{dir: dir, queue: make(chan *index.Article), group: group, ctx: ctx, learned: counts, base: base, linked: os.Link,
		model: cfg.Model, embed: learned.NewEmbedder(cfg.Model)}
	if cfg.link != nil {
		w.linked = cfg.link
	}
	for range cfg.Workers {
		group.Go(func() error { return w.work(cfg.BatchBytes) })
	}
	return w, nil
}

// createFolder makes an index of one empty document with Bleve's own builder, so that
// Bleve writes the mapping and the name of the segment. It removes the segment;
// Commit puts others in its place. vectors reports whether the index will have
// vectors.
func createFolder(dir string, vectors bool) error {
	if _, err := os.Lstat(dir); !errors.Is(err, os.ErrNotExist) {
		return errors.Join(fmt.Errorf("%s: %w", dir, os.ErrExist), err)
	}
	if err := os.MkdirAll(filepath.Join(dir, runsDir), 0o755); err != nil {
		return err
	}
	if vectors {
		if err := os.Mkdir(filepath.Join(dir, vectorsDir), 0o755); err != nil {
			return err
		}
	}
	b, err := bleve.NewBuilder(dir, Mapping(), map[string]any{"buildPathPrefix": dir})
	if err != nil {
		return err
	}
	return errors.Join(b.Index("nothing", struct{}{}), b.Close(), os.Mkdir(filepath.Join(dir, signsDir), 0o755),
		os.Remove(filepath.Join(dir, storeDir, segmentName(firstSegment)+zapExt)))
}

// analyzers are the analyzers that Bleve's own queries use, by field.
var analyzers = map[string]string{
	index.FieldExact: vi.ExactClassesName, index.FieldFolded: vi.FoldedClassesName, index.FieldBigram: vi.BigramClassesName,
	index.FieldTitle: vi.FoldedName,
}

// Mapping is the schema as a Bleve mapping. The writer fills the fields itself; the
// mapping is for programs that open the index with Bleve. It names the analyzers of
// package vi, which must be imported to register them. A match query of Bleve with
// the operator OR then finds the same documents as our search for the same terms.
// Not possible with Bleve's queries: the operator AND over fields with frequency
// classes, because Bleve requires all alternatives of a term; our ranking; phrases,
// because the index has no positions.
func Mapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	doc := bleve.NewDocumentStaticMapping()
	for _, f := range index.Schema {
		text := bleve.NewTextFieldMapping()
		text.Analyzer, text.Store, text.Index = cmp.Or(analyzers[f.Name], keyword.Name), f.Kind == index.Stored, f.Kind != index.Stored
		text.IncludeTermVectors, text.IncludeInAll, text.DocValues, text.SkipFreqNorm = false, false, false, true
		doc.AddFieldMappingsAt(f.Name, text)
	}
	m.DefaultMapping = doc
	return m
}

// Put adds an article and its lessons. It waits while all workers are busy. The
// caller must not put an ID twice.
func (w *Writer) Put(ctx context.Context, a *index.Article) error {
	select {
	case w.queue <- a:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-w.ctx.Done():
		return context.Cause(w.ctx)
	}
}

func (w *Writer) work(batchBytes int) error {
	maker := units.NewMaker()
	b := newBatch(maker, w.embed)
	for a := range w.queue {
		for _, u := range a.Units() {
			b.add(maker.Make(u))
		}
		if b.bytes >= batchBytes {
			if err := w.flush(b); err != nil {
				return err
			}
		}
	}
	if err := w.flush(b); err != nil {
		return err
	}
	w.learned.Add(maker) // after the flush, which needs memory itself
	return nil
}

// Commit waits for all articles put and completes the index. It returns how many
// articles and lessons the index contains.
func (w *Writer) Commit(ctx context.Context) (articles, lessons int, err error) {
	if w.base != nil {
		defer func() { err = errors.Join(err, w.base.close()) }()
	}
	if err := w.drain(); err != nil {
		return 0, 0, err
	}
	write := w.write
	if w.base != nil {
		write = w.extend
	}
	if articles, lessons, err = write(ctx); err != nil {
		return 0, 0, fmt.Errorf("write index: %w", err)
	}
	if err := os.RemoveAll(filepath.Join(w.dir, runsDir)); err != nil {
		return 0, 0, fmt.Errorf("write index: %w", err)
	}
	return articles, lessons, ctx.Err()
}

// write makes one segment of all runs.
func (w *Writer) write(ctx context.Context) (articles, lessons int, err error) {
	if err := w.learn(); err != nil {
		return 0, 0, err
	}
	err = w.writeParts(ctx, firstSegment, []part{{}})
	return w.learned.Articles, w.learned.Lessons, err
}

// learn writes what was learned from the texts.
func (w *Writer) learn() error {
	if _, err := w.learned.Write(w.dir); err != nil {
		return err
	}
	return w.learned.WriteCounts(w.dir)
}

func closeAll(sources []source) (err error) {
	for _, src := range sources {
		err = errors.Join(err, src.close())
	}
	return err
}

// Abort ends the build: it waits for the workers, and closes the base. The caller
// removes the folder.
func (w *Writer) Abort() error {
	err := w.drain()
	if w.base != nil {
		err = errors.Join(err, w.base.close())
	}
	return err
}

func (w *Writer) drain() error {
	w.once.Do(func() { close(w.queue) })
	return w.group.Wait()
}
