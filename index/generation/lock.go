package generation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Holder is the process that has the build lock.
type Holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Started time.Time `json:"started"` // UTC
}

// LockedError reports that another process is building.
type LockedError struct{ Holder Holder }

func (e *LockedError) Error() string {
	h := e.Holder
	if h.PID == 0 {
		return "another reindex is running"
	}
	return fmt.Sprintf("another reindex is running: process %d on %s since %s", h.PID, h.Host, h.Started.Format(time.RFC3339))
}

// Lock is the right to build. It ends with Unlock or with the process,
// however that ends.
type Lock struct {
	store *Store
	file  *flock.Flock
	sums  hasher // of files read under the lock
}

const lockPatience = 200 * time.Millisecond

// Lock takes the build lock or returns a [*LockedError]. It makes the data folder
// if it does not exist.
func (s *Store) Lock() (*Lock, error) {
	if err := os.MkdirAll(s.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	path := filepath.Join(s.Dir, lockFile)
	f := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o644))
	// Locked takes the lock for an instant, a builder for minutes.
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	_, err := f.TryLockContext(ctx, lockPatience/10)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, errors.Join(&LockedError{readHolder(path)}, f.Close())
	}
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	host, _ := os.Hostname()
	b, err := json.Marshal(Holder{os.Getpid(), host, time.Now().UTC().Truncate(time.Second)})
	if err == nil {
		// In place: a renamed file would be another lock.
		err = os.WriteFile(path, append(b, '\n'), 0o644)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock data folder: %w", err), f.Close())
	}
	return &Lock{store: s, file: f}, nil
}

// Unlock releases the lock.
func (l *Lock) Unlock() error { return l.file.Close() }

// Locked returns the process that is building now, or nil. It needs no write
// permission.
func (s *Store) Locked() (*Holder, error) {
	path := filepath.Join(s.Dir, lockFile)
	f := flock.New(path, flock.SetFlag(os.O_RDONLY))
	ok, err := f.TryRLock()
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look at lock: %w", err)
	}
	defer f.Close()
	if ok {
		return nil, nil
	}
	h := readHolder(path)
	return &h, nil
}

func readHolder(path string) Holder {
	var h Holder
	b, err := ReadFile(path, 4096)
	if err != nil || json.Unmarshal(b, &h) != nil {
		return Holder{} // the other is just writing it
	}
	return h
}
