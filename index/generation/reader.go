package generation

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Reader is an open generation, which is not pruned before Close.
type Reader struct {
	*Manifest
	// Dir is the folder of the generation, which must not be changed; empty if the
	// generation is not in a folder.
	Dir string

	lock *flock.Flock
	file func(name string) ([]byte, error)
}

// NewReader returns the reader of a generation that is not in a folder. file reads
// one of its files, or returns [fs.ErrNotExist].
func NewReader(m *Manifest, file func(name string) ([]byte, error)) *Reader {
	return &Reader{Manifest: m, file: file}
}

// File reads a small file of the generation.
func (r *Reader) File(name string) ([]byte, error) {
	if r.file != nil {
		return r.file(name)
	}
	return os.ReadFile(filepath.Join(r.Dir, name))
}

// Close releases the generation.
func (r *Reader) Close() error {
	if r.lock == nil {
		return nil
	}
	return r.lock.Close()
}

// Damage is one fault of a generation.
type Damage struct {
	Generation string
	File       string // slash path, empty for the generation itself
	Err        error
}

func (d Damage) Error() string {
	switch {
	case errors.Is(d.Err, ErrOutdated):
		return fmt.Sprintf("generation %s is of another version: %v", d.Generation, d.Err)
	case d.File == "":
		return fmt.Sprintf("generation %s is damaged: %v", d.Generation, d.Err)
	}
	return fmt.Sprintf("generation %s is damaged: %s: %v", d.Generation, d.File, d.Err)
}

func (d Damage) Unwrap() error { return d.Err }

// Open opens the generation id after a quick check: the manifest is complete and
// every file is there with its size. [Store.Verify] reads every byte.
func (s *Store) Open(id string) (*Reader, error) {
	if !idPattern.MatchString(id) {
		return nil, fmt.Errorf("open generation %q: %w", id, ErrNotFound)
	}
	dir := s.path(id)
	lock := flock.New(filepath.Join(dir, ManifestFile), flock.SetFlag(os.O_RDONLY))
	ok, err := lock.TryRLock()
	if errors.Is(err, os.ErrNotExist) {
		if _, e := os.Stat(dir); e != nil {
			return nil, fmt.Errorf("open generation %s: %w", id, ErrNotFound)
		}
	}
	if err != nil {
		return nil, Damage{id, ManifestFile, err}
	}
	if !ok { // being pruned
		return nil, errors.Join(fmt.Errorf("open generation %s: %w", id, ErrNotFound), lock.Close())
	}
	m, err := s.check(id)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return &Reader{Manifest: m, Dir: dir, lock: lock}, nil
}

// check is the quick check.
func (s *Store) check(id string) (*Manifest, error) {
	dir := s.path(id)
	m, err := readManifest(dir)
	if err != nil {
		return nil, Damage{id, ManifestFile, err}
	}
	for _, f := range m.Files {
		if !filepath.IsLocal(filepath.FromSlash(f.Name)) {
			return nil, Damage{id, f.Name, errors.New("leads out of the generation")}
		}
		st, err := os.Stat(filepath.Join(dir, filepath.FromSlash(f.Name)))
		if err != nil {
			return nil, Damage{id, f.Name, err}
		}
		if st.Size() != f.Size {
			return nil, Damage{id, f.Name, fmt.Errorf("%d bytes instead of %d", st.Size(), f.Size)}
		}
	}
	return m, nil
}
