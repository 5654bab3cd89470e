package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"

	"nghiquyet/index"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/extract"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/reindex"
	"nghiquyet/search/blevesearch"
)

// Batch configures reindex for generations of Bleve's engine in a data folder.
func Batch(data, version string, paths ...string) reindex.Config {
	return reindex.Config{
		Store: generation.Store{Dir: data}, Paths: paths, Extractor: extract.New(extract.Config{}), Version: version,
		Create: func(dir string, m *learned.Model) (reindex.Builder, error) {
			return bleveindex.Create(dir, bleveindex.Config{Model: m})
		},
		Engine: "bleve", Schema: index.SchemaVersion, Log: slog.New(slog.DiscardHandler),
	}
}

// OpenBleve opens Bleve's engine of a generation.
func OpenBleve(r *generation.Reader, idsOnly bool) (*blevesearch.Searcher, error) {
	if r.Schema != index.SchemaVersion {
		return nil, fmt.Errorf("generation %s has schema %d, this program %d: %w", r.ID, r.Schema, index.SchemaVersion, generation.ErrOutdated)
	}
	return blevesearch.Open(filepath.Join(r.Dir, reindex.IndexDir), blevesearch.Config{Generation: r.ID, Created: r.Created, IDsOnly: idsOnly})
}

// Opened is the current generation of a data folder, with Bleve's engine.
type Opened struct {
	*blevesearch.Searcher
	Reader *generation.Reader
}

// OpenCurrent opens the current generation of a data folder.
func OpenCurrent(ctx context.Context, data string, idsOnly bool) (o Opened, err error) {
	store := generation.Store{Dir: data}
	o.Reader, _, err = generation.OpenCurrent(ctx, &store, false, func(g *generation.Reader) (err error) {
		o.Searcher, err = OpenBleve(g, idsOnly)
		return err
	})
	return o, err
}

// Close closes the engine and its generation.
func (o Opened) Close() error { return errors.Join(o.Searcher.Close(), o.Reader.Close()) }

// ErrUsage is the error of flags that cannot be meant. The command has printed why.
var ErrUsage = errors.New("wrong usage")

// Main runs a command until it ends or is interrupted, and exits with 2 after wrong
// usage and 1 after another error.
func Main(name string, run func(context.Context) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx)
	switch {
	case errors.Is(err, ErrUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, name+":", err)
		os.Exit(1)
	}
}

// WriteJSON writes a value to a file.
func WriteJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(b, '\n'), 0o644)
}
