// Command peers compares search engines in one run: it indexes a corpus with each
// and runs the same queries on all of them, taking turns query by query, so that
// other load on the machine affects all alike and their ratios stay true.
//
// It is a module of its own, so that the program does not depend on other engines.
// README.md describes the configuration of each engine and how to read the figures.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"nghiquyet/bench"
)

// peer is one engine. Index is called once, before any query.
type peer interface {
	// Index indexes the pages of a corpus and makes the index ready for queries.
	Index(ctx context.Context, corpus string) (docs int, err error)
	// Open opens an index of an earlier run.
	Open(ctx context.Context) error
	// Search finds the best ten documents, with the exact total, and all facets if
	// facets is set.
	Search(ctx context.Context, text string, facets bool) error
	// Size returns the size of the index on disk, in bytes.
	Size() (int64, error)
	Close() error
}

// peers makes each engine with its files in dir.
var peers = map[string]func(dir string) peer{
	"nghiquyet":        func(dir string) peer { return &nghiquyet{dir: dir} },
	"nghiquyet-1hit":   func(dir string) peer { return &nghiquyet{dir: dir, one: true} },
	"nghiquyet-ids":    func(dir string) peer { return &nghiquyet{dir: dir, ids: true} },
	"nghiquyet-http":   func(dir string) peer { return &nghiquyet{dir: dir, http: true} },
	"bleve":            func(dir string) peer { return &bleveMatch{dir: dir} },
	"bleve-folded":     func(dir string) peer { return &bleveMatch{dir: dir, folded: true} },
	"bleve-page":       func(dir string) peer { return &bleveMatch{dir: dir, folded: true, page: true} },
	"bluge":            func(dir string) peer { return &blugeMatch{dir: dir} },
	"sqlite":           func(dir string) peer { return &sqliteFTS{dir: dir} },
	"opensearch":       func(string) peer { return &openSearch{care: true} },
	"opensearch-plain": func(string) peer { return &openSearch{} },
}

// indexOf names the engine whose index another one uses; it must be listed before.
var indexOf = map[string]string{"nghiquyet-1hit": "nghiquyet", "nghiquyet-ids": "nghiquyet", "nghiquyet-http": "nghiquyet", "bleve-page": "bleve-folded"}

var openSearchURL string

type config struct {
	corpus, queries, dir, engines, reuse, json, print string
	docs, cores, asked                                int
	length                                            float64
	seed                                              uint64
	time                                              time.Duration
}

func main() {
	var cfg config
	flag.StringVar(&cfg.corpus, "corpus", "", "JSON Lines file, plain, gz or zst")
	flag.StringVar(&cfg.queries, "queries", "", `JSON Lines file of {"text": …}; the corpus' own titles and frequent words when empty`)
	flag.StringVar(&cfg.dir, "dir", "", "folder for the indexes (required)")
	flag.StringVar(&cfg.engines, "engines", "nghiquyet,bleve,bluge,sqlite", "engines, the first being what the others are compared with")
	flag.StringVar(&openSearchURL, "opensearch-url", "", "also measure this OpenSearch, and nghiquyet, over HTTP")
	flag.IntVar(&cfg.docs, "docs", 0, "grow the corpus to so many documents")
	flag.Float64Var(&cfg.length, "length", 1, "length of grown documents beside real ones")
	flag.Uint64Var(&cfg.seed, "seed", 1, "decides what is drawn")
	flag.IntVar(&cfg.cores, "cores", 1, "cores for asking (GOMAXPROCS); 0 for all")
	flag.IntVar(&cfg.asked, "asked", 200, "questions of each kind, at most")
	flag.DurationVar(&cfg.time, "time", time.Minute, "most time for one engine and kind of question")
	flag.StringVar(&cfg.reuse, "reuse", "", "engines whose index of an earlier run in -dir is asked, or all")
	flag.StringVar(&cfg.json, "json", "", "write the results to this file too")
	flag.StringVar(&cfg.print, "print-queries", "", "write the questions to this file too")
	flag.Parse()
	bench.Main("peers", func(ctx context.Context) error { return run(ctx, cfg) })
}

// indexed is the cost of indexing.
type indexed struct {
	Engine  string       `json:"engine"`
	Docs    int          `json:"docs"`
	Seconds float64      `json:"seconds"`
	CPU     float64      `json:"cpu_seconds"`
	Bytes   int64        `json:"bytes"`
	PerText float64      `json:"per_text"`
	Memory  bench.Memory `json:"memory"`
}

// asked has the times of one engine for one kind of query.
type asked struct {
	Engine string `json:"engine"`
	bench.Latency
	// Ratio is the mean time divided by that of the first engine, over the queries
	// that both ran.
	Ratio float64 `json:"ratio"`
	// RatioP50 is the same of the medians.
	RatioP50 float64 `json:"ratio_p50"`
}

type report struct {
	Corpus   bench.Corpus `json:"corpus"`
	Cores    int          `json:"cores"`
	Indexing []indexed    `json:"indexing"`
	Asking   []asked      `json:"asking"`
}

func run(ctx context.Context, cfg config) (err error) {
	if cfg.corpus == "" || cfg.dir == "" {
		return errors.New("-corpus and -dir are required")
	}
	names := strings.Split(cfg.engines, ",")
	if openSearchURL != "" {
		for _, name := range []string{"nghiquyet-http", "opensearch"} {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if cfg.docs > 0 {
		cfg.corpus, err = bench.Grown(ctx, cfg.corpus, cfg.dir, bench.Growth{Docs: cfg.docs, Length: cfg.length, Seed: cfg.seed})
		if err != nil {
			return err
		}
	}
	var r report
	defer func() { // also the results before an error
		if cfg.json != "" {
			err = errors.Join(err, bench.WriteJSON(cfg.json, r))
		}
		err = errors.Join(err, r.print(os.Stdout))
	}()
	q, corpus, err := bench.Questions(ctx, cfg.corpus, cfg.queries, cfg.seed)
	if err != nil {
		return err
	}
	if cfg.print != "" {
		if err := bench.WriteJSON(cfg.print, q); err != nil {
			return err
		}
	}
	corpus.Name = filepath.Base(cfg.corpus)
	r.Corpus = corpus

	reused := strings.Split(cfg.reuse, ",")
	var all []peer
	for i, name := range names {
		build, ok := peers[name]
		if !ok {
			return fmt.Errorf("no engine %q", name)
		}
		p := build(filepath.Join(cfg.dir, cmp.Or(indexOf[name], name)))
		defer func() { err = errors.Join(err, p.Close()) }()
		all = append(all, p)
		if slices.Contains(names[:i], indexOf[name]) || cfg.reuse == "all" || slices.Contains(reused, name) {
			err = p.Open(ctx)
		} else {
			var one indexed
			if one, err = timed(ctx, p, cfg.corpus, corpus.Text); err == nil {
				one.Engine = name
				r.Indexing = append(r.Indexing, one)
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}

	if cfg.cores > 0 {
		runtime.GOMAXPROCS(cfg.cores)
	}
	r.Cores = runtime.GOMAXPROCS(0)
	for _, kind := range []struct {
		name   string
		texts  []string
		facets bool
	}{{"short", q.Short, false}, {"short+facets", q.Short, true}, {"long", q.Long, false}, {"long+facets", q.Long, true}} {
		fmt.Fprintf(os.Stderr, "%s ask %s\n", time.Now().Format(time.TimeOnly), kind.name)
		found, err := turns(ctx, cfg, names, all, kind.texts, kind.facets)
		if err != nil {
			return fmt.Errorf("%s: %w", kind.name, err)
		}
		for i := range found {
			found[i].Scenario, found[i].Cores = kind.name, r.Cores
		}
		r.Asking = append(r.Asking, found...)
	}
	return nil
}

func timed(ctx context.Context, p peer, corpus string, text int64) (one indexed, err error) {
	fmt.Fprintf(os.Stderr, "%s index with %T\n", time.Now().Format(time.TimeOnly), p)
	runtime.GC()
	mem, cpu, start := bench.WatchMemory(), bench.CPU(), time.Now()
	one.Docs, err = p.Index(ctx, corpus)
	one.Seconds, one.CPU, one.Memory = time.Since(start).Seconds(), (bench.CPU() - cpu).Seconds(), mem.Stop()
	if t, ok := p.(interface {
		buildTime() (wall, cpu time.Duration)
	}); ok {
		wall, cpu := t.buildTime()
		one.Seconds, one.CPU = wall.Seconds(), cpu.Seconds()
	}
	if err != nil {
		return one, err
	}
	if one.Bytes, err = p.Size(); err == nil && text > 0 {
		one.PerText = float64(one.Bytes) / float64(text)
	}
	return one, err
}

// turns runs the same queries on all engines, one after another.
func turns(ctx context.Context, cfg config, names []string, all []peer, texts []string, facets bool) ([]asked, error) {
	texts = texts[:min(len(texts), cfg.asked)]
	took := make([][]time.Duration, len(all))
	spent := make([]time.Duration, len(all))
	// Warm up: every engine runs these queries once, within a time limit.
	for j, p := range all {
		for i, start := 0, time.Now(); i < len(texts) && (i < 3 || time.Since(start) < cfg.time/5); i++ {
			if err := p.Search(ctx, texts[i], facets); err != nil {
				return nil, fmt.Errorf("%s %q: %w", names[j], texts[i], err)
			}
		}
	}
	for _, text := range texts {
		for j, p := range all {
			if spent[j] >= cfg.time {
				continue
			}
			start := time.Now()
			if err := p.Search(ctx, text, facets); err != nil {
				return nil, fmt.Errorf("%s %q: %w", names[j], text, err)
			}
			d := time.Since(start)
			took[j], spent[j] = append(took[j], d), spent[j]+d
		}
	}
	out := make([]asked, len(all))
	for j := range all {
		both := min(len(took[0]), len(took[j]))
		mine, first := bench.Summarise("", slices.Clone(took[j][:both])), bench.Summarise("", slices.Clone(took[0][:both]))
		whole := bench.Summarise("", slices.Clone(took[j]))
		out[j] = asked{Engine: names[j], Latency: whole, Ratio: mine.Mean / first.Mean, RatioP50: mine.P50 / first.P50}
	}
	return out, nil
}
