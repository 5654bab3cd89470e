package generation

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Prune is [Prune]; soundness means all checksums, and a generation that a process
// reads stays.
func (l *Lock) Prune(keep int) ([]string, error) {
	s := l.store
	sound := func(id string) (bool, error) {
		bad, err := s.verify(context.Background(), id, &l.sums)
		return len(bad) == 0, err
	}
	return Prune(s, keep, sound, s.remove)
}

// Prune is [Lock.Prune].
func (s *Store) Prune(l *Lock, keep int) ([]string, error) { return l.Prune(keep) }

// remove deletes a generation unless a process reads it or it has become the
// current one meanwhile.
func (s *Store) remove(id string) (bool, error) {
	dir := s.path(id)
	lock := flock.New(filepath.Join(dir, ManifestFile), flock.SetFlag(os.O_RDONLY))
	ok, err := lock.TryLock()
	switch {
	case errors.Is(err, os.ErrNotExist): // without a manifest no process can be reading it
	case err != nil:
		return false, err
	default:
		defer lock.Close()
	}
	if err == nil && !ok {
		return false, nil
	}
	if current, err := s.Current(); err != nil || current == id {
		return false, err
	}
	// One rename hides it, then its files are deleted.
	trash := filepath.Join(s.Dir, buildingDir, id)
	if err := os.MkdirAll(filepath.Dir(trash), 0o755); err != nil {
		return false, err
	}
	if err := os.Rename(dir, trash); err != nil {
		return false, err
	}
	return true, os.RemoveAll(trash)
}
