package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nghiquyet/index"
	"nghiquyet/index/batch"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/generation"
	"nghiquyet/search"
	"nghiquyet/search/blevesearch"
)

// engine is an index engine: how its index is made and opened. dir is the
// folder of the index inside a generation.
type engine struct {
	create func(f *indexFlags, dir string) (batch.Builder, error)
	open   func(f *indexFlags, dir string, m *generation.Manifest) (search.Engine, error)
}

var engines = map[string]engine{
	"bleve": {
		create: func(_ *indexFlags, dir string) (batch.Builder, error) {
			return bleveindex.Create(dir, bleveindex.Config{})
		},
		open: func(_ *indexFlags, dir string, m *generation.Manifest) (search.Engine, error) {
			return blevesearch.Open(dir, blevesearch.Config{Generation: m.ID, Created: m.Created})
		},
	},
	"opensearch": {
		create: func(*indexFlags, string) (batch.Builder, error) { return nil, errNoOpenSearch },
		open:   func(*indexFlags, string, *generation.Manifest) (search.Engine, error) { return nil, errNoOpenSearch },
	},
}

var errNoOpenSearch = errors.New("bản này chưa có máy tìm kiếm OpenSearch; hãy dùng --engine bleve (opensearch is not built in)")

// indexFlags are the flags of every command that touches an index.
type indexFlags struct {
	store       generation.Store
	engine      string
	url, prefix string // of OpenSearch
}

func (f *indexFlags) add(cmd *cobra.Command) {
	fs := cmd.PersistentFlags()
	fs.StringVar(&f.store.Dir, "data", "./data", "thư mục dữ liệu")
	fs.StringVar(&f.engine, "engine", "bleve", "máy tìm kiếm: bleve hoặc opensearch")
	fs.StringVar(&f.url, "opensearch-url", "http://127.0.0.1:9200", "địa chỉ OpenSearch")
	fs.StringVar(&f.prefix, "opensearch-prefix", "nghiquyet", "tiền tố tên chỉ mục trong OpenSearch")
}

// get returns the engine asked for.
func (f *indexFlags) get() (engine, error) {
	e, ok := engines[f.engine]
	if !ok {
		return engine{}, usagef("--engine %q: chỉ có bleve hoặc opensearch", f.engine)
	}
	return e, nil
}

func (f *indexFlags) create(dir string) (batch.Builder, error) {
	e, err := f.get()
	if err != nil {
		return nil, err
	}
	return e.create(f, dir)
}

// open opens the engine of a generation.
func (f *indexFlags) open(r *generation.Reader) (search.Engine, error) {
	e, err := f.get()
	if err != nil {
		return nil, err
	}
	if r.Engine != f.engine || r.Schema != index.SchemaVersion {
		return nil, fmt.Errorf("thế hệ %s do %s phiên bản %d lập, cần %s phiên bản %d; hãy chạy lại reindex (%w)",
			r.ID, r.Engine, r.Schema, f.engine, index.SchemaVersion, generation.ErrOutdated)
	}
	return e.open(f, filepath.Join(r.Dir, batch.IndexDir), r.Manifest)
}

// withEngine runs do with the engine of the current generation. A generation
// that had to be passed over is told on standard error.
func (f *indexFlags) withEngine(cmd *cobra.Command, do func(context.Context, search.Engine) error) error {
	if _, err := f.get(); err != nil {
		return err
	}
	var e search.Engine
	r, damages, err := f.store.OpenCurrent(cmd.Context(), false, func(r *generation.Reader) (err error) {
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

// choice refuses a value that is none of the choices.
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
