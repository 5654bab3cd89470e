// Command speed measures the program with one corpus: reading and indexing, the
// size of the index, memory, opening, and the time of each kind of query, in
// process and over HTTP, on one core and on all. Package bench does the work; this
// package reads the flags.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"nghiquyet/bench"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/index/reindex"
	"nghiquyet/search"
	"nghiquyet/search/opensearch"
)

func main() {
	bench.Main("speed", func(ctx context.Context) error { return run(ctx, os.Args[1:], os.Stdout, os.Stderr) })
}

// options are the flags that package bench does not know.
type options struct {
	data, json, engine string
	cluster            opensearchindex.Config
	urls, ca           string
}

func parse(args []string, stderr io.Writer) (cfg bench.Config, o options, err error) {
	fs := flag.NewFlagSet("speed", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.StringVar(&cfg.Corpus, "corpus", "", "JSON Lines file, plain, gz or zst (required)")
	fs.StringVar(&cfg.Queries, "queries", "", `JSON Lines file of {"text": …}; the corpus' own titles and frequent words when empty`)
	fs.IntVar(&cfg.Docs, "docs", 0, "grow the corpus to so many documents; 0 takes it as it is")
	fs.Float64Var(&cfg.Length, "length", 1, "length of grown documents beside real ones")
	fs.Uint64Var(&cfg.Seed, "seed", 1, "decides what is drawn")
	fs.IntVar(&cfg.Clients, "clients", 4, "clients that ask at once over HTTP")
	fs.DurationVar(&cfg.Time, "time", 2*time.Second, "time for each kind of question, at least")
	fs.BoolVar(&cfg.Reuse, "reuse", false, "measure the current generation in -data instead of indexing again")
	fs.StringVar(&cfg.Profile, "profile", "", "folder for CPU profiles, labelled by scenario (go tool pprof -tagfocus scenario=long)")
	fs.StringVar(&o.data, "data", "", "data folder; empty works in a temporary folder and removes it")
	fs.StringVar(&o.json, "json", "", "write the report to this file too")
	fs.StringVar(&o.engine, "engine", "bleve", "bleve or opensearch")
	fs.StringVar(&o.urls, "opensearch-url", "http://127.0.0.1:9200", "nodes of the cluster, between commas")
	fs.StringVar(&o.cluster.Prefix, "opensearch-prefix", "nghiquyet-bench", "prefix of the names of indexes")
	fs.StringVar(&o.cluster.Username, "opensearch-username", "", "name; the password is in NGHIQUYET_OPENSEARCH_PASSWORD")
	fs.StringVar(&o.ca, "opensearch-ca", "", "file with the root certificate (PEM) of the cluster")
	if err := fs.Parse(args); err != nil {
		return cfg, o, fmt.Errorf("%w: %w", bench.ErrUsage, err)
	}
	wrong := ""
	switch {
	case fs.NArg() > 0:
		wrong = "no argument is taken: " + fs.Arg(0)
	case cfg.Corpus == "":
		wrong = "-corpus FILE is required"
	case cfg.Docs < 0 || cfg.Docs > bench.MaxDocs:
		wrong = fmt.Sprintf("-docs: from 0 to %d", bench.MaxDocs)
	case cfg.Clients < 0 || cfg.Time < 0:
		wrong = "-clients and -time: not negative"
	case o.engine != "bleve" && o.engine != opensearchindex.Engine:
		wrong = "-engine: bleve or opensearch"
	}
	if wrong != "" {
		fmt.Fprintln(stderr, wrong)
		return cfg, o, fmt.Errorf("%w: %s", bench.ErrUsage, wrong)
	}
	return cfg, o, nil
}

// run measures as configured by args. If it fails, it prints the results so far.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	cfg, o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	if o.data == "" {
		if o.data, err = os.MkdirTemp("", "nghiquyet-speed-*"); err != nil {
			return fmt.Errorf("make a temporary folder: %w", err)
		}
		defer os.RemoveAll(o.data)
	}
	cfg.Dir = filepath.Join(o.data, "bench")
	cfg.Log = func(s string) { fmt.Fprintf(stderr, "%s %s\n", time.Now().Format(time.TimeOnly), s) }
	cfg.Batch = bench.Batch(o.data, "speed")
	cfg.Batch.Log = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	cfg.Open = func(r *generation.Reader) (search.Engine, error) { return bench.OpenBleve(r, false) }
	if o.engine == opensearchindex.Engine {
		c, err := o.connect()
		if err != nil {
			return err
		}
		cfg.Batch.Engine, cfg.Batch.Create, cfg.Batch.Cluster = o.engine, nil, cluster{c}
		cfg.Open = func(r *generation.Reader) (search.Engine, error) {
			x, err := c.Load(ctx, r.ID)
			if err != nil {
				return nil, err
			}
			return opensearch.Open(ctx, x)
		}
	}
	report, err := bench.Run(ctx, cfg)
	if o.json != "" {
		err = errors.Join(err, bench.WriteJSON(o.json, report))
	}
	return errors.Join(err, report.Print(stdout))
}

// connect returns the configured cluster. Its indexes have one shard and no
// replica, so that one node is enough.
func (o *options) connect() (c *opensearchindex.Cluster, err error) {
	o.cluster.URLs, o.cluster.Owner = strings.Split(o.urls, ","), "speed"
	o.cluster.Password = os.Getenv("NGHIQUYET_OPENSEARCH_PASSWORD")
	o.cluster.Timeout, o.cluster.Patience, o.cluster.Shards = 30*time.Second, 5*time.Minute, 1
	if o.ca != "" {
		if o.cluster.CA, err = os.ReadFile(o.ca); err != nil {
			return nil, err
		}
	}
	return opensearchindex.NewCluster(o.cluster)
}

// cluster is the cluster as reindex needs it.
type cluster struct{ *opensearchindex.Cluster }

func (c cluster) Begin(ctx context.Context, inputs string, m *learned.Model) (reindex.Build, error) {
	return c.Cluster.Begin(ctx, inputs, m)
}
