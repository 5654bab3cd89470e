// Package bleveindex writes articles and their lessons into a Bleve index:
// the fields of [index.Schema], as blevesearch reads them.
//
// What goes in is an [index.Article]; what comes out is a folder that
// [Open] opens. A term's frequency is part of the term ([units.AppendTerm]), so that
// its postings are plain bitmaps; lengths are terms of fields of their own.
// Bleve's own scoring is not used: its BM25 is not BM25.
package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveapi "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"golang.org/x/sync/errgroup"

	"nghiquyet/index"
	"nghiquyet/index/units"
)

// Config sets how a [Writer] works. Its zero value is useful.
type Config struct {
	// Workers build segments side by side; as many as cores when 0.
	Workers int
	// BatchBytes of text make a segment; 4 MiB when 0. Each worker needs about
	// seventy times as much memory: Bleve numbers all terms before it writes.
	BatchBytes int
}

// Writer builds one index. Put is safe for concurrent use; the others are not.
type Writer struct {
	bleve  bleve.Index
	engine bleveapi.Index
	queue  chan *index.Article
	group  *errgroup.Group
	ctx    context.Context
	once   sync.Once

	dir     string
	learned units.Learned
}

// Create starts an index in the folder dir, which must not exist.
func Create(dir string, cfg Config) (*Writer, error) {
	if cfg.Workers <= 0 {
		cfg.Workers = runtime.GOMAXPROCS(0)
	}
	if cfg.BatchBytes <= 0 {
		cfg.BatchBytes = 4 << 20
	}
	b, err := bleve.NewUsing(dir, Mapping(), scorch.Name, scorch.Name, map[string]any{
		"bolt_timeout": "5s",
		// Batches wait for the disk: an unsafe batch that cannot be written
		// is retried for ever, and one still unwritten is lost at Close.
		"unsafe_batch": false,
		// Segments are merged once, at the end.
		"scorchMergePlanOptions": buildMergePlan,
	})
	if err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	engine, err := b.Advanced()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("create index: %w", err), b.Close())
	}
	group, ctx := errgroup.WithContext(context.Background())
	w := &Writer{bleve: b, engine: engine, queue: make(chan *index.Article), group: group, ctx: ctx, dir: dir}
	for range cfg.Workers {
		group.Go(func() (err error) {
			// Bleve panics over a segment it could not write, as on a full disk.
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("index batch: %v", p)
				}
			}()
			return w.work(cfg.BatchBytes)
		})
	}
	return w, nil
}

// buildMergePlan lets segments pile up while building: mergeplan's options,
// which hold functions that do not go into a configuration.
var buildMergePlan = map[string]any{
	"MaxSegmentsPerTier":   1000,
	"MaxSegmentSize":       int64(1) << 30,
	"MaxSegmentFileSize":   int64(1) << 50,
	"SegmentsPerMergeTask": 1000,
	"TierGrowth":           10.0,
	"FloorSegmentSize":     int64(1),
}

// Mapping is the schema as a Bleve mapping. The writer fills the fields
// itself; the mapping lets Bleve's own tools read the index.
func Mapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	doc := bleve.NewDocumentStaticMapping()
	for _, f := range index.Schema {
		text := bleve.NewTextFieldMapping()
		text.Analyzer, text.Store, text.Index = "keyword", f.Kind == index.Stored, f.Kind != index.Stored
		text.IncludeTermVectors, text.IncludeInAll, text.DocValues, text.SkipFreqNorm = false, false, false, true
		doc.AddFieldMappingsAt(f.Name, text)
	}
	m.DefaultMapping = doc
	return m
}

// Put adds an article and its lessons. It waits while all workers are busy. No
// ID may be put twice: the caller sees to that.
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
	batch := bleveapi.NewBatch()
	size := 0
	flush := func() error {
		if len(batch.IndexOps) == 0 {
			return nil
		}
		if err := w.engine.Batch(batch); err != nil {
			return fmt.Errorf("index batch: %w", err)
		}
		batch.Reset()
		size = 0
		return nil
	}
	for a := range w.queue {
		for _, u := range a.Units() {
			doc, err := maker.Make(u)
			if err != nil {
				return fmt.Errorf("index %s: %w", u.ID(), err)
			}
			batch.Update(newDocument(doc))
			size += len(u.Text())
		}
		if size >= batchBytes {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	w.learned.Add(maker)
	return nil
}

// Commit waits for all that was put, merges the segments into one and closes
// the index. It returns how many articles and lessons the index holds.
func (w *Writer) Commit(ctx context.Context) (articles, lessons int, err error) {
	if err := w.drain(); err != nil {
		return 0, 0, errors.Join(err, w.bleve.Close())
	}
	if _, err := w.learned.Write(w.dir); err != nil {
		return 0, 0, errors.Join(fmt.Errorf("write what was learned: %w", err), w.bleve.Close())
	}
	if err := w.merge(ctx); err != nil {
		return 0, 0, errors.Join(fmt.Errorf("merge segments: %w", err), w.bleve.Close())
	}
	if err := ctx.Err(); err != nil {
		return 0, 0, errors.Join(err, w.bleve.Close())
	}
	if err := w.bleve.Close(); err != nil {
		return 0, 0, fmt.Errorf("close index: %w", err)
	}
	if err := removeMerged(w.dir); err != nil {
		return 0, 0, fmt.Errorf("remove merged segments: %w", err)
	}
	return w.learned.Articles, w.learned.Lessons, nil
}

// merge merges until one segment is left, and waits until the disk knows it.
// One pass may leave several, as the merge planner takes them ten at a time;
// what it merged is written at leisure, and lost if the index is closed before:
// a last batch, which says so, waits for it.
func (w *Writer) merge(ctx context.Context) error {
	s, ok := w.engine.(*scorch.Scorch)
	if !ok {
		return fmt.Errorf("index is of type %T, not scorch", w.engine)
	}
	for range maxMerges {
		if err := s.ForceMerge(ctx, &mergeplan.SingleSegmentMergePlanOptions); err != nil {
			return err
		}
		reader, err := s.Reader()
		if err != nil {
			return err
		}
		left := len(reader.(*scorch.IndexSnapshot).Segments())
		if err := reader.Close(); err != nil {
			return err
		}
		if left <= 1 {
			break // several segments would be slower, not wrong
		}
	}
	last := bleveapi.NewBatch()
	last.SetInternal([]byte("merged"), []byte("1"))
	return w.engine.Batch(last)
}

// maxMerges bounds the passes that merge what is left to one segment.
const maxMerges = 10

// removeMerged removes the segments that the last snapshot does not hold.
// Bleve would at the next opening for writing, which there is none of.
func removeMerged(dir string) (err error) {
	b, err := bleve.OpenUsing(dir, map[string]any{"read_only": true, "bolt_timeout": "5s"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	engine, err := b.Advanced()
	if err != nil {
		return err
	}
	reader, err := engine.Reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("index is of type %T, not scorch", reader)
	}
	held := map[string]bool{}
	for _, s := range snapshot.Segments() {
		if p, ok := s.Segment().(segment.PersistedSegment); ok {
			held[filepath.Base(p.Path())] = true
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
	if err != nil {
		return err
	}
	for _, name := range files {
		if !held[filepath.Base(name)] {
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// Abort gives the index up. Its folder is the caller's to remove.
func (w *Writer) Abort() error {
	return errors.Join(w.drain(), w.bleve.Close())
}

func (w *Writer) drain() error {
	w.once.Do(func() { close(w.queue) })
	return w.group.Wait()
}
