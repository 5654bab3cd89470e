package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nghiquyet/index"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/index/reindex"
	"nghiquyet/search"
	"nghiquyet/search/blevesearch"
)

// engine is an index engine: the place of its generations, and how to make and open
// one.
type engine struct {
	// cluster returns the cluster with the generations; nil if they are in the data
	// folder.
	cluster func(*indexFlags) (*opensearchindex.Cluster, error)
	// create makes an index in the folder dir of a generation, with a model, nil for none.
	create func(dir string, m *learned.Model) (reindex.Builder, error)
	// extend begins an index that extends the one in the folder base.
	extend func(dir, base string) (reindex.Extender, error)
	open   func(*indexFlags, *generation.Reader) (search.Engine, error)
	// stored opens the articles of a generation.
	stored func(context.Context, *indexFlags, *generation.Reader) (stored, error)
}

// stored is an engine that returns the complete articles of a generation.
type stored interface {
	Articles(context.Context) iter.Seq2[*index.Article, error]
	Close() error
}

// defaultEngine is the engine of an index in the data folder.
const defaultEngine = "bleve"

var engines = map[string]engine{
	defaultEngine: {
		create: func(dir string, m *learned.Model) (reindex.Builder, error) {
			return bleveindex.Create(dir, bleveindex.Config{Model: m})
		},
		extend: func(dir, base string) (reindex.Extender, error) {
			return bleveindex.Extend(dir, base, bleveindex.Config{})
		},
		open:   func(f *indexFlags, r *generation.Reader) (search.Engine, error) { return openBleve(r, f.memory) },
		stored: func(_ context.Context, _ *indexFlags, r *generation.Reader) (stored, error) { return openBleve(r, nil) },
	},
	opensearchindex.Engine: {
		cluster: (*indexFlags).cluster,
		open:    openOpenSearch,
		stored: func(ctx context.Context, f *indexFlags, r *generation.Reader) (stored, error) {
			c, err := f.cluster()
			if err != nil {
				return nil, err
			}
			return c.Load(ctx, r.ID)
		},
	},
}

func openBleve(r *generation.Reader, memory *blevesearch.Memory) (*blevesearch.Searcher, error) {
	return blevesearch.Open(filepath.Join(r.Dir, reindex.IndexDir), blevesearch.Config{Generation: r.ID, Created: r.Created, Memory: memory})
}

// indexFlags are the flags of every command that touches an index.
type indexFlags struct {
	store      generation.Store // also has the lock and the extraction cache for a cluster
	engine     string
	memory     *blevesearch.Memory // shared by the engines of all generations; nil gives each its own
	opensearch openSearchFlags
}

func (f *indexFlags) add(cmd *cobra.Command) {
	f.addPlaces(cmd)
	cmd.PersistentFlags().StringVar(&f.engine, "engine", defaultEngine, "máy tìm kiếm: bleve hoặc opensearch")
}

// addPlaces adds the flags for the place of the generations.
func (f *indexFlags) addPlaces(cmd *cobra.Command) {
	cmd.PersistentFlags().StringVar(&f.store.Dir, "data", "./data", "thư mục dữ liệu")
	f.opensearch.add(cmd.PersistentFlags())
}

// get returns the configured engine.
func (f *indexFlags) get() (engine, error) {
	e, ok := engines[f.engine]
	if !ok {
		return engine{}, usagef("--engine %q: chỉ có bleve hoặc opensearch", f.engine)
	}
	return e, nil
}

// generations returns the generations of the configured engine.
func (f *indexFlags) generations() (generation.Set, error) {
	var cfg reindex.Config
	err := f.target(&cfg)
	return cfg.Generations(), err
}

// generation opens the reader of a generation, of the current one if id is empty.
func (f *indexFlags) generation(id string) (*generation.Reader, error) {
	set, err := f.generations()
	if err == nil && id == "" {
		id, err = set.Current()
	}
	if err != nil {
		return nil, err
	}
	return set.Open(id)
}

// target sets where reindex makes generations.
func (f *indexFlags) target(cfg *reindex.Config) error {
	e, err := f.get()
	if err != nil {
		return err
	}
	cfg.Store, cfg.Engine, cfg.Create, cfg.Extend = f.store, f.engine, e.create, e.extend
	cfg.Stored = func(r *generation.Reader) (reindex.Stored, error) { return f.open(r) }
	if e.cluster != nil {
		c, err := e.cluster(f)
		if err != nil {
			return err
		}
		cfg.Cluster = cluster{c}
	}
	return nil
}

// cluster is the cluster as reindex sees it.
type cluster struct{ *opensearchindex.Cluster }

func (c cluster) Begin(ctx context.Context, inputs string, m *learned.Model) (reindex.Build, error) {
	return c.Cluster.Begin(ctx, inputs, m)
}

func (c cluster) BeginFrom(ctx context.Context, base string) (reindex.Build, error) {
	return c.Cluster.BeginFrom(ctx, base)
}

// readable refuses a generation that this program or engine did not make.
func (f *indexFlags) readable(r *generation.Reader) error {
	if r.Engine != f.engine || r.Schema != index.SchemaVersion {
		return fmt.Errorf("thế hệ %s do %s phiên bản %d lập, cần %s phiên bản %d; hãy chạy lại reindex (%w)",
			r.ID, r.Engine, r.Schema, f.engine, index.SchemaVersion, generation.ErrOutdated)
	}
	return nil
}

// open opens the engine of a generation.
func (f *indexFlags) open(r *generation.Reader) (search.Engine, error) {
	e, err := f.get()
	if err != nil {
		return nil, err
	}
	if err := f.readable(r); err != nil {
		return nil, err
	}
	return e.open(f, r)
}

// openable returns an error for a generation that cannot be served.
func (f *indexFlags) openable(r *generation.Reader) error {
	e, err := f.open(r)
	if err != nil {
		return err
	}
	return e.Close()
}

// withEngine runs do with the engine of the current generation. A generation
// that had to be passed over is named on standard error.
func (f *indexFlags) withEngine(cmd *cobra.Command, do func(context.Context, search.Engine) error) error {
	set, err := f.generations()
	if err != nil {
		return err
	}
	var e search.Engine
	r, damages, err := generation.OpenCurrent(cmd.Context(), set, false, func(r *generation.Reader) (err error) {
		e, err = f.open(r)
		return err
	})
	if errors.Is(err, generation.ErrOutdated) { // says it all
		return err
	}
	for _, d := range damages {
		cmd.PrintErrf("Cảnh báo: %v\n", d)
	}
	if err != nil {
		return err
	}
	return errors.Join(do(cmd.Context(), e), e.Close(), r.Close())
}

// paramError is the first of the errors that search.FromValues found.
func paramError(errs []search.ParamError) error {
	if len(errs) == 0 {
		return nil
	}
	return usageError{&errs[0]}
}

// choice rejects a value that is none of the choices.
func choice(flag, value string, choices ...string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	return usagef("--%s %q: chỉ có %s", flag, value, strings.Join(choices, ", "))
}

// executable is the path of this program.
func executable() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find this program: %w", err)
	}
	return path, nil
}
