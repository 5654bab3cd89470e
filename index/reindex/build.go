package reindex

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
)

// Build is a generation in the making.
type Build interface {
	Builder
	// ID is the ID of the future generation.
	ID() string
	// Attach stores a small file with the generation. It must be called before Commit.
	Attach(name string, data []byte) error
	// Refused lists the units that the engine did not take; after Commit. The
	// others of their articles are not there either.
	Refused() []index.Refusal
	// Publish makes the committed index a generation and the current one.
	Publish(context.Context, generation.Info) (*generation.Manifest, error)
	// Discard is called after an error and removes what cannot be resumed.
	Discard() error
}

// Cluster makes generations that are stored outside the data folder.
type Cluster interface {
	generation.Set
	// Begin starts the next generation, of the documents that inputs identifies, or
	// resumes an interrupted one with these inputs. With empty inputs it resumes
	// none. m is the model, nil for none; inputs covers it.
	Begin(ctx context.Context, inputs string, m *learned.Model) (Build, error)
}

// ExtendingCluster can make a generation from another one by the difference: its
// builds are [Extender]s.
type ExtendingCluster interface {
	Cluster
	// BeginFrom starts the next generation with all that the generation base
	// contains, its model among it.
	BeginFrom(ctx context.Context, base string) (Build, error)
}

// Generations returns the set of generations to which Run adds.
func (c *Config) Generations() generation.Set {
	if c.Cluster != nil {
		return c.Cluster
	}
	return &c.Store
}

// begin starts a build in the data folder or in the cluster.
func (r *run) begin(ctx context.Context, lock *generation.Lock, inputs string) (Build, error) {
	if r.Cluster != nil {
		if r.Full {
			inputs = ""
		}
		return r.Cluster.Begin(ctx, inputs, r.model)
	}
	gen, err := lock.Begin()
	if err != nil {
		return nil, err
	}
	b, err := r.Create(filepath.Join(gen.Dir, IndexDir), r.model)
	if err != nil {
		return nil, errors.Join(err, gen.Abort())
	}
	return folderBuild{b, gen}, nil
}

// folderBuild is a build in the data folder.
type folderBuild struct {
	Builder
	gen *generation.Build
}

func (b folderBuild) ID() string { return b.gen.ID }

func (b folderBuild) Attach(name string, data []byte) error {
	return os.WriteFile(filepath.Join(b.gen.Dir, name), data, 0o644)
}

func (folderBuild) Refused() []index.Refusal { return nil }

func (b folderBuild) Publish(_ context.Context, info generation.Info) (*generation.Manifest, error) {
	return b.gen.Commit(info)
}

func (b folderBuild) Discard() error { return b.gen.Abort() }
