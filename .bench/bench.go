// Package bench measures speed, size and memory.
//
// It takes a corpus of JSON Lines ([Pages]), which it can grow to any size ([Pool.Grow]),
// and queries from a file or from the corpus itself ([Sample]); it returns a [Report] with
// a table. The walk of [Run]: grow the corpus, index it with the product's reindex, open
// the generation, run every scenario in process and over HTTP, on one core and on all.
//
// A scenario is a row of one table and a query is a URL, the same for both ways. Scenarios
// take turns query by query, so that other load on the machine affects all alike and their
// ratios stay true.
//
// Sizes are bytes, latencies milliseconds. The commands of this module are speed (Run),
// soak (a running service over a long time), nights (an index after many small changes) and
// peers (other engines over the same corpus and questions). It is a module of its own, so
// that the program does not depend on what it is measured with.
package bench

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"time"

	"nghiquyet/index/generation"
	"nghiquyet/index/reindex"
	"nghiquyet/search"
)

// Config configures a measurement. Corpus, Batch and Open are required.
type Config struct {
	// Corpus is a JSON Lines file, plain, gz or zst.
	Corpus string
	// Queries is a JSON Lines file of {"text": …}; the corpus' own when empty.
	Queries string
	// Docs is the number of documents to which the corpus is grown; 0 leaves it
	// unchanged.
	Docs int
	// Length is the length of grown documents relative to real ones; 1 if 0.
	Length float64
	// Seed decides everything that is drawn.
	Seed uint64
	// Dir stores the grown corpus, which is then reused.
	Dir string
	// Clients ask at once over HTTP; 4 when 0.
	Clients int
	// Time is about how long each scenario runs; 2 s if 0. Every query runs at
	// least once.
	Time time.Duration
	// Reuse measures the current generation instead of indexing again.
	Reuse bool
	// Profile is a folder for CPU profiles, with samples labelled by scenario.
	// Empty for none.
	Profile string
	// Batch indexes; Run sets its Paths and Full, and wraps its Progress.
	Batch reindex.Config
	// Open opens the engine of a generation.
	Open func(*generation.Reader) (search.Engine, error)
	// Log is called with each step. May be nil.
	Log func(string)
}

// MaxDocs bounds a grown corpus.
const MaxDocs = 10_000_000

// Run measures. If it returns an error, the report has the results so far.
func Run(ctx context.Context, cfg Config) (*Report, error) {
	cfg = cfg.withDefaults()
	r := &Report{Started: time.Now().UTC(), Machine: machine(), Seed: cfg.Seed}
	defer func() { r.Seconds = time.Since(r.Started).Seconds() }()
	err := cfg.run(ctx, r)
	return r, err
}

func (cfg Config) withDefaults() Config {
	if cfg.Clients <= 0 {
		cfg.Clients = 4
	}
	if cfg.Time <= 0 {
		cfg.Time = 2 * time.Second
	}
	if cfg.Log == nil {
		cfg.Log = func(string) {}
	}
	return cfg
}

func (cfg *Config) run(ctx context.Context, r *Report) error {
	if cfg.Docs > 0 {
		cfg.Log(fmt.Sprintf("grow the corpus to %d documents", cfg.Docs))
		path, err := Grown(ctx, cfg.Corpus, cfg.Dir, Growth{cfg.Docs, cfg.Length, cfg.Seed})
		if err != nil {
			return err
		}
		cfg.Corpus = path
	}
	cfg.Log("read the corpus and its questions")
	q, err := cfg.questions(ctx, r)
	if err != nil {
		return err
	}
	if !cfg.Reuse {
		cfg.Log("index")
		if err := cfg.index(ctx, r); err != nil {
			return err
		}
	}
	cfg.Log("open")
	reader, engine, err := cfg.open(ctx, r)
	if err != nil {
		return err
	}
	err = cfg.ask(ctx, r, engine, q)
	return errors.Join(err, engine.Close(), reader.Close())
}

// Questions reads the corpus once for its size and its queries, or takes the
// queries of the file queries if given.
func Questions(ctx context.Context, corpus, queries string, seed uint64) (*Queries, Corpus, error) {
	var size Corpus
	s := NewSample(seed)
	for p, err := range Pages(ctx, corpus) {
		if err != nil {
			return nil, size, err
		}
		size.Docs++
		size.Text += int64(len(p.Title) + len(p.Text))
		s.Add(p)
	}
	q := s.Queries()
	if queries != "" {
		if err := q.Read(queries); err != nil {
			return nil, size, err
		}
	}
	return q, size, nil
}

func (cfg *Config) questions(ctx context.Context, r *Report) (q *Queries, err error) {
	q, r.Corpus, err = Questions(ctx, cfg.Corpus, cfg.Queries, cfg.Seed)
	r.Corpus.Name = filepath.Base(cfg.Corpus)
	if err == nil && (len(q.Short) == 0 || len(q.Long) == 0) {
		err = fmt.Errorf("bench %s: too small to take questions from", r.Corpus.Name)
	}
	return q, err
}

func (cfg *Config) index(ctx context.Context, r *Report) error {
	b := cfg.Batch
	b.Paths, b.Full = []string{cfg.Corpus}, true
	phases := map[string]time.Duration{}
	b.Progress = func(s reindex.Status) {
		phases[s.Phase] = s.Elapsed
		if cfg.Batch.Progress != nil {
			cfg.Batch.Progress(s)
		}
	}
	stop, err := cfg.profile("index")
	if err != nil {
		return err
	}
	mem, cpu := WatchMemory(), CPU()
	report, err := reindex.Run(ctx, b)
	peak, spent := mem.Stop(), CPU()-cpu
	if err := errors.Join(err, stop()); err != nil {
		return err
	}
	extract, build := phases[reindex.PhaseRead], phases[reindex.PhaseIndex]+phases[reindex.PhaseMerge]+phases[reindex.PhaseCommit]
	docs, mb := float64(report.Articles), float64(r.Corpus.Text)/1e6
	r.Indexing = &Indexing{
		Articles: report.Articles, Lessons: report.Lessons, Rejected: report.Rejected, CPU: spent.Seconds(), Memory: peak,
		Extract: Rate{extract.Seconds(), docs / extract.Seconds(), mb / extract.Seconds()},
		Build:   Rate{build.Seconds(), docs / build.Seconds(), mb / build.Seconds()},
		Merge:   phases[reindex.PhaseMerge].Seconds(),
		Commit:  phases[reindex.PhaseCommit].Seconds(),
		Total:   Rate{report.Seconds, docs / report.Seconds, mb / report.Seconds},
	}
	return nil
}

// openings is how often a generation is opened to measure the time.
const openings = 5

func (cfg *Config) open(ctx context.Context, r *Report) (*generation.Reader, search.Engine, error) {
	var engine search.Engine
	var took []time.Duration
	for {
		var inner time.Duration
		start := time.Now()
		reader, _, err := generation.OpenCurrent(ctx, cfg.Batch.Generations(), false, func(g *generation.Reader) (err error) {
			start := time.Now()
			engine, err = cfg.Open(g)
			inner = time.Since(start)
			return err
		})
		if err != nil {
			return nil, nil, err
		}
		took = append(took, time.Since(start))
		if r.Opening.First == 0 {
			r.Opening.First = ms(took[0])
			r.Generation, r.Corpus.Indexed = reader.ID, reader.Articles
			r.Index = IndexSize{Bytes: reader.Bytes(), PerText: float64(reader.Bytes()) / float64(r.Corpus.Text)}
		}
		if len(took) == openings {
			slices.Sort(took)
			r.Opening.Median, r.Opening.Engine = ms(took[openings/2]), ms(inner)
			return reader, engine, nil
		}
		if err := errors.Join(engine.Close(), reader.Close()); err != nil {
			return nil, nil, err
		}
	}
}

// ask runs every scenario in every way.
func (cfg *Config) ask(ctx context.Context, r *Report, engine search.Engine, q *Queries) (err error) {
	over, err := Serve(engine)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, over.Close()) }()
	ways := []struct {
		name string
		ask  Asker
	}{{"process", InProcess(engine)}, {"http", over.Ask}}
	cores := []int{1}
	if n := runtime.GOMAXPROCS(0); n > 1 {
		cores = append(cores, n)
	}
	stop, err := cfg.profile("queries")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	mem := WatchMemory()
	for _, n := range cores {
		for _, way := range ways {
			cfg.Log(fmt.Sprintf("ask: %s, %d cores, 1 client", way.name, n))
			previous := runtime.GOMAXPROCS(n)
			found, err := cfg.latencies(ctx, q, way.ask)
			runtime.GOMAXPROCS(previous)
			if err != nil {
				return err
			}
			for i := range found {
				found[i].Way, found[i].Cores, found[i].Clients = way.name, n, 1
			}
			r.Latency = append(r.Latency, found...)
		}
	}
	for _, s := range Scenarios {
		if !s.Busy {
			continue
		}
		cfg.Log(fmt.Sprintf("ask: http, %d clients, %s", cfg.Clients, s.Name))
		l, err := throughput(ctx, over.Ask, s, q, cfg.Clients, cfg.Time)
		if err != nil {
			return err
		}
		r.Latency = append(r.Latency, l)
	}
	r.Asking = mem.Stop()
	return nil
}

// profile begins a CPU profile, if requested.
func (cfg *Config) profile(name string) (stop func() error, err error) {
	if cfg.Profile == "" {
		return func() error { return nil }, nil
	}
	if err := os.MkdirAll(cfg.Profile, 0o755); err != nil {
		return nil, err
	}
	f, err := os.Create(filepath.Join(cfg.Profile, name+".pprof"))
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// round rounds to three digits after the point, which is the precision of measurements.
func round(x float64) float64 {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return 0
	}
	return math.Round(x*1e3) / 1e3
}
