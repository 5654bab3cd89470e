package generation

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Prune removes the oldest generations beyond the newest keep sound ones and
// returns the ids removed. It never removes the current one, the last sound
// one before it, or one that is being read; soundness means all checksums.
func (l *Lock) Prune(keep int) ([]string, error) {
	s := l.store
	current, err := s.Current()
	if errors.Is(err, ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ids, err := s.ids()
	if err != nil {
		return nil, err
	}
	if len(ids) <= max(keep, 2) { // spares the checksums
		return nil, nil
	}
	keepIDs, err := s.keep(ids, current, keep)
	if err != nil {
		return nil, fmt.Errorf("prune generations: %w", err)
	}
	var removed []string
	for _, id := range ids {
		if keepIDs[id] {
			continue
		}
		ok, err := s.remove(id)
		if err != nil {
			return removed, fmt.Errorf("prune generation %s: %w", id, err)
		}
		if ok {
			removed = append(removed, id)
		}
	}
	return removed, nil
}

// Prune is [Lock.Prune].
func (s *Store) Prune(l *Lock, keep int) ([]string, error) { return l.Prune(keep) }

// keep chooses from ids, newest first: current, the newest n sound ones, and
// the newest sound one before current.
func (s *Store) keep(ids []string, current string, n int) (map[string]bool, error) {
	chosen := map[string]bool{current: true}
	sound, before, sums := 0, false, &hasher{}
	for _, id := range ids {
		older := id < current
		if sound >= n && (!older || before) {
			continue
		}
		bad, err := s.verify(context.Background(), id, sums)
		if err != nil {
			return nil, err
		}
		if len(bad) == 0 {
			chosen[id] = true
			sound++
			before = before || older
		}
	}
	if sound == 0 { // whatever can be saved is in one of them
		for _, id := range ids {
			chosen[id] = true
		}
	}
	return chosen, nil
}

// remove deletes a generation unless somebody reads it or it has become the
// current one meanwhile.
func (s *Store) remove(id string) (bool, error) {
	dir := s.path(id)
	lock := flock.New(filepath.Join(dir, ManifestFile), flock.SetFlag(os.O_RDONLY))
	ok, err := lock.TryLock()
	switch {
	case errors.Is(err, os.ErrNotExist): // without a manifest nobody reads it
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
	// Out of sight in one step, then file by file.
	trash := filepath.Join(s.Dir, buildingDir, id)
	if err := os.MkdirAll(filepath.Dir(trash), 0o755); err != nil {
		return false, err
	}
	if err := os.Rename(dir, trash); err != nil {
		return false, err
	}
	return true, os.RemoveAll(trash)
}
