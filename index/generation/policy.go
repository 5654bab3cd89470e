package generation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// Set is the set of generations of an engine, in a data folder ([Store]) or a
// cluster. All processes see the same set. The functions of this file decide for
// both which generation is served, rolled back to, or removed.
type Set interface {
	// Current names the generation to serve, complete or not, or returns [ErrNone].
	Current() (string, error)
	// IDs returns the complete generations, newest first; List describes them.
	IDs() ([]string, error)
	List() ([]Entry, error)
	// Open returns a generation after a quick check. It returns a [Damage] for a
	// damaged generation, [ErrNotFound] for an unknown one.
	Open(id string) (*Reader, error)
	// Verify reads all of a generation.
	Verify(ctx context.Context, id string) ([]Damage, error)
	// Point makes a generation current. If hold is not nil, Point stores it before.
	Point(id string, hold *Hold) error
	Hold() (*Hold, error)
	Release() error
	// Prune is [Prune]. The lock is that of the data folder.
	Prune(l *Lock, keep int) ([]string, error)
	// Passing reports whether an error is temporary and says nothing about the
	// generation: if a cluster does not answer, no other generation would be
	// better.
	Passing(err error) bool
}

// UnreadableError rejects a rollback to a generation that the program cannot open.
// Its Err wraps [ErrOutdated] if another version made the generation.
type UnreadableError struct {
	Generation string
	// Instead is the newest generation that can be opened and is not current, empty
	// if there is none.
	Instead string
	Err     error
}

func (e *UnreadableError) Error() string {
	text := fmt.Sprintf("generation %s cannot be opened: %v", e.Generation, e.Err)
	if e.Instead != "" {
		text += "; the newest that can is " + e.Instead
	}
	return text
}

func (e *UnreadableError) Unwrap() error { return e.Err }

// Rollback makes the generation to current, or, if to is empty, the newest sound
// one before the current one that accept allows. It returns the ID. The generation
// stays current until another one is chosen or built: see [Hold]. accept returns
// why an opened generation cannot be served; nil allows all.
func Rollback(set Set, to string, pin bool, accept func(*Reader) error) (string, error) {
	var current string
	if to == "" {
		var err error
		if current, err = set.Current(); err != nil {
			return "", err
		}
	}
	ids, err := set.IDs()
	if err != nil {
		return "", err
	}
	held := func(id string) *Hold { return &Hold{Generation: id, Newest: ids[0], Pinned: pin} }
	switch {
	case to != "" && len(ids) == 0:
		return to, fmt.Errorf("generation %s: %w", to, ErrNotFound)
	case to != "":
		err := choose(set, to, held(to), accept)
		if unreadable, ok := errors.AsType[*UnreadableError](err); ok {
			unreadable.Instead = newestReadable(set, ids, to, accept)
		}
		return to, err
	}
	var refused *UnreadableError
	for _, id := range ids {
		if id >= current {
			continue
		}
		err := choose(set, id, held(id), accept)
		if unreadable, ok := errors.AsType[*UnreadableError](err); ok {
			refused = cmp.Or(refused, unreadable)
			continue
		}
		if _, damaged := errors.AsType[Damage](err); damaged || errors.Is(err, ErrNotFound) {
			continue
		}
		return id, err
	}
	if refused != nil {
		return "", errors.Join(ErrNoEarlier, refused)
	}
	return "", ErrNoEarlier
}

// newestReadable returns the newest generation that accept allows, other than the
// current one and but.
func newestReadable(set Set, ids []string, but string, accept func(*Reader) error) string {
	current, _ := set.Current()
	for _, id := range ids {
		if id == but || id == current {
			continue
		}
		r, err := set.Open(id)
		if err != nil {
			continue
		}
		err = accept(r)
		if errors.Join(err, r.Close()) == nil {
			return id
		}
	}
	return ""
}

// MakeCurrent makes a generation current that is sound to its last byte.
func MakeCurrent(set Set, id string) error { return choose(set, id, nil, nil) }

func choose(set Set, id string, hold *Hold, accept func(*Reader) error) error {
	r, err := set.Open(id) // while it is open, it cannot be pruned
	if damage, ok := errors.AsType[Damage](err); ok && errors.Is(err, ErrOutdated) {
		return &UnreadableError{Generation: id, Err: damage.Err}
	}
	if err != nil {
		return err
	}
	defer r.Close()
	if accept != nil {
		if err := accept(r); err != nil && set.Passing(err) {
			return err
		} else if err != nil {
			return &UnreadableError{Generation: id, Err: err}
		}
	}
	bad, err := set.Verify(context.Background(), id)
	if err != nil {
		return err
	}
	if len(bad) > 0 {
		return bad[0]
	}
	return set.Point(id, hold)
}

// OpenCurrent opens the generation to serve: the current one, or the newest sound
// one before it if that is damaged. If deep, it reads everything, else only what
// Open checks; then accept, if not nil, must return nil. The damages are those of
// the generations passed over; the caller must log them. Without any generation it
// returns [ErrNone], without a sound one [ErrDamaged], and without one that accept
// can read the [ErrOutdated] that accept returned.
func OpenCurrent(ctx context.Context, set Set, deep bool, accept func(*Reader) error) (*Reader, []Damage, error) {
	current, err := set.Current()
	if err != nil && !errors.Is(err, errCurrent) {
		return nil, nil, err
	}
	var damages []Damage
	if err != nil { // damaged file: any generation may have been current
		damages = append(damages, Damage{File: currentFile, Err: err})
		current = "~" // after every id
	}
	ids, err := set.IDs()
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
		r, bad, err := openSound(ctx, set, id, deep, accept)
		if err != nil || len(bad) == 0 {
			return r, damages, err
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

// openSound opens a generation that passes all checks. The error is set if ctx is
// done or the failure is temporary.
func openSound(ctx context.Context, set Set, id string, deep bool, accept func(*Reader) error) (r *Reader, bad []Damage, err error) {
	r, err = set.Open(id)
	if err == nil && deep {
		bad, err = set.Verify(ctx, id)
	}
	if err == nil && len(bad) == 0 && accept != nil {
		err = accept(r)
	}
	if err == nil && len(bad) == 0 && ctx.Err() == nil {
		return r, nil, nil
	}
	if r != nil {
		err = errors.Join(err, r.Close())
	}
	var damage Damage
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case err == nil:
		return nil, bad, nil
	case set.Passing(err):
		return nil, nil, err
	case errors.As(err, &damage):
		return nil, []Damage{damage}, nil
	}
	return nil, []Damage{{Generation: id, Err: err}}, nil
}

// Prune removes the oldest generations beyond the newest keep sound ones and
// returns the removed IDs. It never removes the current one or the last sound one
// before it, and removes none if none is sound, because data may be recovered from
// any of them. remove may decline.
func Prune(set Set, keep int, sound func(id string) (bool, error), remove func(id string) (bool, error)) (removed []string, err error) {
	current, err := set.Current()
	if errors.Is(err, ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ids, err := set.IDs()
	if err != nil {
		return nil, err
	}
	if len(ids) <= max(keep, 2) { // all may stay, so none needs to be checked
		return nil, nil
	}
	stay := map[string]bool{current: true}
	found, before := 0, false
	for _, id := range ids {
		older := id < current
		if found >= keep && (!older || before) {
			continue
		}
		ok, err := sound(id)
		if err != nil {
			return nil, fmt.Errorf("prune generations: %w", err)
		}
		if ok {
			stay[id], found, before = true, found+1, before || older
		}
	}
	for _, id := range ids {
		if stay[id] || found == 0 {
			continue
		}
		ok, err := remove(id)
		if err != nil {
			return removed, fmt.Errorf("prune generation %s: %w", id, err)
		}
		if ok {
			removed = append(removed, id)
		}
	}
	return removed, nil
}
