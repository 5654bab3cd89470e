package generation

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"
)

// Reader holds one generation open: while it lives the generation is not
// pruned.
type Reader struct {
	*Manifest
	// Dir is the folder of the generation, to be read only; empty where it is
	// not in a folder.
	Dir string

	lock *flock.Flock
	file func(name string) ([]byte, error)
}

// NewReader returns the reader of a generation that is not in a folder; file
// reads one of its files, or returns an [fs.ErrNotExist].
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

// Close lets the generation go.
func (r *Reader) Close() error {
	if r.lock == nil {
		return nil
	}
	return r.lock.Close()
}

// Damage is one thing wrong with a generation.
type Damage struct {
	Generation string
	File       string // slash path, empty for the whole
	Err        error
}

func (d Damage) Error() string {
	switch {
	case errors.Is(d.Err, ErrOutdated):
		return d.Err.Error()
	case d.File == "":
		return fmt.Sprintf("generation %s is damaged: %v", d.Generation, d.Err)
	}
	return fmt.Sprintf("generation %s is damaged: %s: %v", d.Generation, d.File, d.Err)
}

func (d Damage) Unwrap() error { return d.Err }

// Open holds the generation id after a quick check: the manifest is whole and
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
	m, err := ReadManifest(dir)
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

// OpenCurrent holds the generation to serve: current, or where that is damaged
// the newest sound one before it. With deep every checksum is checked,
// otherwise only what [Store.Open] checks; after that accept, where given, has
// to return nil. The damages say what was passed over; they are to be told
// loudly. Without any generation it returns [ErrNone], with none that is sound
// [ErrDamaged], with none that accept can read the [ErrOutdated] it returned.
func (s *Store) OpenCurrent(ctx context.Context, deep bool, accept func(*Reader) error) (*Reader, []Damage, error) {
	current, err := s.Current()
	if errors.Is(err, ErrNone) {
		return nil, nil, err
	}
	var damages []Damage
	if err != nil { // unreadable: any generation may have been current
		damages = append(damages, Damage{File: currentFile, Err: err})
		current = "~" // after every id
	}
	ids, err := s.ids()
	if err != nil {
		return nil, damages, err
	}
	if current != "~" && !slices.Contains(ids, current) {
		damages = append(damages, Damage{Generation: current, Err: ErrNotFound})
	}
	for _, id := range ids {
		if id > current {
			continue
		}
		r, bad := s.open(ctx, id, deep)
		if len(bad) == 0 && accept != nil {
			if err := accept(r); err != nil {
				bad = []Damage{{Generation: id, Err: errors.Join(err, r.Close())}}
			}
		}
		if ctx.Err() != nil {
			if len(bad) == 0 {
				r.Close()
			}
			return nil, damages, ctx.Err()
		}
		if len(bad) == 0 {
			return r, damages, nil
		}
		damages = append(damages, bad...)
	}
	for _, d := range damages {
		if errors.Is(d.Err, ErrOutdated) {
			return nil, damages, d.Err
		}
	}
	return nil, damages, ErrDamaged
}

// open is Open, and with deep Verify; the reader is nil when there is
// damage.
func (s *Store) open(ctx context.Context, id string, deep bool) (*Reader, []Damage) {
	r, err := s.Open(id)
	var damage Damage
	switch {
	case errors.As(err, &damage):
		return nil, []Damage{damage}
	case err != nil:
		return nil, []Damage{{Generation: id, Err: err}}
	case !deep:
		return r, nil
	}
	bad, err := s.Verify(ctx, id)
	if err != nil {
		bad = []Damage{{Generation: id, Err: err}}
	}
	if len(bad) > 0 {
		r.Close()
		return nil, bad
	}
	return r, nil
}
