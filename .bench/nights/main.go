// Command nights measures the effect of many nights of small changes on an index.
// It grows a corpus into a folder of JSON Lines, indexes it, changes some of its
// documents and runs reindex again, night after night, and then indexes the same
// folder anew. Both indexes get the same queries in turns. Their answers must be
// equal; the report has the ratios of times and sizes.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"time"

	"nghiquyet/bench"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/generation"
	"nghiquyet/index/reindex"
	"nghiquyet/search"
)

type config struct {
	corpus, dir               string
	docs, files, nights, asks int
	length, share             float64
	seed                      uint64
	reuse                     bool
}

func main() {
	var cfg config
	flag.StringVar(&cfg.corpus, "corpus", "", "JSON Lines file, plain, gz or zst, that documents are grown from (required)")
	flag.StringVar(&cfg.dir, "dir", "", "new folder for the documents and the indexes (required)")
	flag.IntVar(&cfg.docs, "docs", 30_000, "documents")
	flag.Float64Var(&cfg.length, "length", 0.25, "length of documents beside real ones")
	flag.IntVar(&cfg.files, "files", 30, "files that the documents are in")
	flag.IntVar(&cfg.nights, "nights", 100, "nights")
	flag.Float64Var(&cfg.share, "share", 0.005, "documents that a night changes: a quarter are added, a half changed, a quarter removed")
	flag.IntVar(&cfg.asks, "passes", 5, "times that every question is asked; the fastest counts")
	flag.BoolVar(&cfg.reuse, "reuse", false, "ask the indexes of an earlier run in -dir")
	flag.Uint64Var(&cfg.seed, "seed", 1, "decides what is drawn")
	flag.Parse()
	bench.Main("nights", func(ctx context.Context) error { return run(ctx, cfg) })
}

func run(ctx context.Context, cfg config) error {
	if cfg.dir == "" || cfg.corpus == "" && !cfg.reuse {
		return errors.New("-corpus and -dir are required")
	}
	if cfg.reuse {
		return (&folder{config: cfg}).compare(ctx)
	}
	if err := os.MkdirAll(filepath.Join(cfg.dir, "docs"), 0o755); err != nil {
		return err
	}
	pool, err := bench.NewPool(ctx, cfg.corpus, cfg.dir)
	if err != nil {
		return err
	}
	defer pool.Close()
	f := &folder{config: cfg, pool: pool, rng: rand.New(rand.NewPCG(cfg.seed, 1)), files: make([][]doc, cfg.files)}
	for range cfg.docs {
		f.add()
	}
	for i := range f.files {
		if err := f.write(i); err != nil {
			return err
		}
	}
	before, err := f.reindex(ctx, "nights")
	if err != nil {
		return err
	}
	fmt.Printf("first night: %d documents, CPU %.1f s\n", before.Articles, f.spent.Seconds())
	var cpu time.Duration
	most := 0
	for night := range cfg.nights {
		if err := f.night(); err != nil {
			return err
		}
		if _, err := f.reindex(ctx, "nights"); err != nil {
			return err
		}
		segments, err := f.segments("nights")
		if err != nil {
			return err
		}
		cpu, most = cpu+f.spent, max(most, segments)
		fmt.Fprintf(os.Stderr, "%s night %d: CPU %.1f s, %d segments\n", time.Now().Format(time.TimeOnly), night+1, f.spent.Seconds(), segments)
	}
	if _, err := f.reindex(ctx, "anew"); err != nil {
		return err
	}
	fmt.Printf("%d nights of %g %%: CPU of a night %.2f s, of a build anew %.1f s, at most %d segments\n",
		cfg.nights, 100*cfg.share, cpu.Seconds()/float64(max(cfg.nights, 1)), f.spent.Seconds(), most)
	return f.compare(ctx)
}

// doc is a document of the folder, with the page of the pool that is its content.
type doc struct {
	id   string
	page uint64
}

// folder is the documents and their files.
type folder struct {
	config
	pool  *bench.Pool
	rng   *rand.Rand
	files [][]doc
	pages uint64        // drawn so far
	spent time.Duration // CPU of the last run
}

func (f *folder) next() uint64 { f.pages++; return f.pages - 1 }

// add adds a new document to one of the files and returns the file's number.
func (f *folder) add() int {
	page, file := f.next(), f.rng.IntN(len(f.files))
	f.files[file] = append(f.files[file], doc{fmt.Sprintf("g%08d", page), page})
	return file
}

// night changes documents and writes the files that have them.
func (f *folder) night() error {
	touched := map[int]bool{}
	for i := range int(f.share * float64(f.docs)) {
		if i%4 == 0 {
			touched[f.add()] = true
			continue
		}
		file := f.rng.IntN(len(f.files))
		if len(f.files[file]) == 0 {
			continue
		}
		touched[file] = true
		at := f.rng.IntN(len(f.files[file]))
		if i%4 == 1 {
			f.files[file] = slices.Delete(f.files[file], at, at+1)
		} else {
			f.files[file][at].page = f.next()
		}
	}
	for file := range touched {
		if err := f.write(file); err != nil {
			return err
		}
	}
	return nil
}

// write writes a file under another name and renames it.
func (f *folder) write(file int) (err error) {
	path := filepath.Join(f.dir, "docs", fmt.Sprintf("%03d.jsonl", file))
	out, err := os.Create(path + ".tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, out.Close()); err == nil {
			err = os.Rename(path+".tmp", path)
		}
	}()
	w := bufio.NewWriterSize(out, 1<<20)
	for _, d := range f.files[file] {
		page, err := f.pool.Grow(bench.Growth{Length: f.length, Seed: f.seed}, d.page)
		if err != nil {
			return err
		}
		page.ID = d.id
		line, err := json.Marshal(page)
		if err != nil {
			return err
		}
		w.Write(append(line, '\n'))
	}
	return w.Flush()
}

// reindex makes the next generation of one of the indexes.
func (f *folder) reindex(ctx context.Context, name string) (*reindex.Report, error) {
	runtime.GC()
	start := bench.CPU()
	batch := bench.Batch(filepath.Join(f.dir, name), "nights", filepath.Join(f.dir, "docs"))
	batch.Extend = func(dir, base string) (reindex.Extender, error) {
		return bleveindex.Extend(dir, base, bleveindex.Config{})
	}
	r, err := reindex.Run(ctx, batch)
	f.spent = bench.CPU() - start
	return r, err
}

// segments counts the segments of the current generation.
func (f *folder) segments(name string) (int, error) {
	store := generation.Store{Dir: filepath.Join(f.dir, name)}
	id, err := store.Current()
	if err != nil {
		return 0, err
	}
	list, err := filepath.Glob(filepath.Join(store.Dir, "generations", id, reindex.IndexDir, "store", "*.zap"))
	return len(list), err
}

// compare runs the same queries on both indexes on one core and prints the ratios.
func (f *folder) compare(ctx context.Context) (err error) {
	var both [2]bench.Opened
	for i, name := range []string{"nights", "anew"} {
		if both[i], err = bench.OpenCurrent(ctx, filepath.Join(f.dir, name), false); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, both[i].Close()) }()
	}
	segments, err := f.segments("nights")
	if err != nil {
		return err
	}
	fmt.Printf("size %.1f MB ÷ %.1f MB = %.3f; %d segments\n", float64(both[0].Reader.Bytes())/1e6, float64(both[1].Reader.Bytes())/1e6,
		float64(both[0].Reader.Bytes())/float64(both[1].Reader.Bytes()), segments)
	sample := bench.NewSample(f.seed)
	files, err := filepath.Glob(filepath.Join(f.dir, "docs", "*.jsonl"))
	if err != nil {
		return err
	}
	for _, file := range files {
		for page, err := range bench.Pages(ctx, file) {
			if err != nil {
				return err
			}
			sample.Add(page)
		}
	}
	q := sample.Queries()
	runtime.GOMAXPROCS(1)
	for _, kind := range []struct {
		name   string
		texts  []string
		facets string
	}{{"short, facets", q.Short, ""}, {"short", q.Short, "none"}, {"headline, facets", q.Long, ""}, {"headline", q.Long, "none"}} {
		took, err := f.ask(ctx, both, kind.texts, kind.facets)
		if err != nil {
			return fmt.Errorf("%s: %w", kind.name, err)
		}
		a, b := bench.Summarise(kind.name, took[0]), bench.Summarise(kind.name, took[1])
		fmt.Printf("%-17s %d questions: p50 %.3f ÷ %.3f ms = %.3f, p99 %.3f ÷ %.3f ms = %.3f, mean %.3f\n",
			kind.name, a.Asked, a.P50, b.P50, a.P50/b.P50, a.P99, b.P99, a.P99/b.P99, a.Mean/b.Mean)
	}
	return nil
}

// ask takes turns query by query and returns the least time of each. Different
// answers are an error.
func (f *folder) ask(ctx context.Context, both [2]bench.Opened, texts []string, facets string) (took [2][]time.Duration, err error) {
	for range f.asks {
		for i, text := range texts {
			v := url.Values{"q": {text}}
			if facets != "" {
				v.Set("facets", facets)
			}
			query, wrong := search.FromValues(v)
			if len(wrong) > 0 {
				return took, &wrong[0]
			}
			var answers [2]*search.Results
			for turn := range both {
				side := (turn + i) % len(both)
				start := time.Now()
				if answers[side], err = both[side].Search(ctx, query); err != nil {
					return took, err
				}
				d := time.Since(start)
				if len(took[side]) <= i {
					took[side] = append(took[side], d)
				}
				took[side][i] = min(took[side][i], d)
			}
			if err := equal(answers[0], answers[1]); err != nil {
				return took, fmt.Errorf("%q: %w", text, err)
			}
		}
	}
	return took, nil
}

// equal compares totals, hits with their scores and passages, and facets.
func equal(a, b *search.Results) error {
	for i := range min(len(a.Hits), len(b.Hits)) {
		a.Hits[i].Indexed, a.Hits[i].Updated = b.Hits[i].Indexed, b.Hits[i].Updated // one index is older
	}
	if a.Total != b.Total || !reflect.DeepEqual(a.Hits, b.Hits) || !reflect.DeepEqual(a.Facets, b.Facets) {
		return errors.New("the indexes do not answer the same")
	}
	return nil
}
