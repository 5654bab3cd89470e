// Package history says which articles entered the index, changed or left it, and
// when. It reads the register of documents that every generation has ([register]).
// It calls no engine and writes nothing.
package history

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"sync"
	"time"

	"nghiquyet/index/generation"
	"nghiquyet/index/register"
)

// ErrUnknown is for a generation that no register remembers.
var ErrUnknown = errors.New("nothing is known of this generation")

// History is the history of the generations of one index. It is safe for concurrent
// use. It reads one register at a time and caches the last answers.
type History struct {
	set generation.Set

	turn chan struct{} // taken by the goroutine that reads a register

	left    last[map[string]bool] // by ID
	sources last[[]register.Source]
	nights  last[[]Night] // newest first
	night   last[Night]   // complete
	changes last[register.Changes]
}

// last caches the last answer of one kind. It is safe for concurrent use.
type last[T any] struct {
	mu     sync.Mutex
	of     [2]string
	answer T
}

// get returns the answer for one or two generations: the cached one, or else that of
// read, which it caches if there is no error.
func (l *last[T]) get(generation, other string, read func() (T, error)) (T, error) {
	of := [2]string{generation, other}
	l.mu.Lock()
	answer, ok := l.answer, l.of == of
	l.mu.Unlock()
	if ok {
		return answer, nil
	}
	answer, err := read()
	if err == nil {
		l.mu.Lock()
		l.of, l.answer = of, answer
		l.mu.Unlock()
	}
	return answer, err
}

// Night is one run that changed the index, with the first articles of each list.
type Night struct {
	register.Night
	In, Out []register.Change
}

const (
	// MaxNights bounds the number of nights returned.
	MaxNights = 30
	// MaxListed bounds each list of articles of Nights; Night returns all of a night.
	MaxListed = 200
)

// New returns the history of generations.
func New(set generation.Set) *History {
	return &History{set: set, turn: make(chan struct{}, 1)}
}

// read reads the register of a generation with decode.
func (h *History) read(ctx context.Context, id string, decode func([]byte) (*register.Register, error)) (*register.Register, error) {
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.turn }()
	g, err := h.set.Open(id)
	if errors.Is(err, generation.ErrNotFound) {
		return nil, fmt.Errorf("%w: %s", ErrUnknown, id)
	}
	if err != nil {
		return nil, err
	}
	defer g.Close()
	data, err := g.File(register.FileName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrUnknown, id)
	}
	if err != nil {
		return nil, err
	}
	return decode(data)
}

// Left reports whether the article with the id left the index before a generation.
func (h *History) Left(ctx context.Context, generation, id string) bool {
	left, _ := h.left.get(generation, "", func() (map[string]bool, error) {
		r, err := h.read(ctx, generation, register.DecodeHistory)
		if errors.Is(err, ErrUnknown) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		return r.Left(time.Now()), nil
	})
	return left[id]
}

// Sources returns the source paths of the run that made a generation.
func (h *History) Sources(ctx context.Context, generation string) ([]register.Source, error) {
	sources, err := h.sources.get(generation, "", func() ([]register.Source, error) {
		r, err := h.read(ctx, generation, register.DecodeHistory)
		if err != nil {
			return nil, err
		}
		return r.Sources, nil
	})
	if errors.Is(err, ErrUnknown) {
		return nil, nil
	}
	return sources, err
}

// Changes returns the articles that entered, changed or left from the generation
// since to the generation to. If since no longer exists, the time at which it was
// made is taken from the register of to; [ErrUnknown] if that does not have it.
func (h *History) Changes(ctx context.Context, since, to string) (register.Changes, error) {
	return h.changes.get(since, to, func() (register.Changes, error) {
		now, err := h.read(ctx, to, register.Decode)
		if err != nil {
			return register.Changes{}, err
		}
		old, err := h.read(ctx, since, register.Decode)
		if err == nil {
			return register.Diff(old, now), nil
		}
		i := slices.IndexFunc(now.Nights, func(n register.Night) bool { return n.Generation == since })
		if i < 0 || !errors.Is(err, ErrUnknown) {
			return register.Changes{}, err
		}
		return now.Since(now.Nights[i].At), nil
	})
}

// Nights returns the last runs up to a generation, newest first.
func (h *History) Nights(ctx context.Context, generation string) ([]Night, error) {
	nights, err := h.nights.get(generation, "", func() ([]Night, error) {
		r, err := h.read(ctx, generation, register.Decode)
		if err != nil {
			return nil, err
		}
		return nightsOf(r.Nights[max(0, len(r.Nights)-MaxNights):], r, MaxListed), nil
	})
	if errors.Is(err, ErrUnknown) {
		return nil, nil
	}
	return nights, err
}

// Night is a run that led to a generation, by the generation it made, with all
// articles that came in and are there and all that left.
func (h *History) Night(ctx context.Context, generation, night string) (Night, error) {
	return h.night.get(generation, night, func() (Night, error) {
		r, err := h.read(ctx, generation, register.Decode)
		if err != nil {
			return Night{}, err
		}
		i := slices.IndexFunc(r.Nights, func(n register.Night) bool { return n.Generation == night })
		if i < 0 {
			return Night{}, fmt.Errorf("%w: %s", ErrUnknown, night)
		}
		return nightsOf(r.Nights[i:i+1], r, math.MaxInt)[0], nil
	})
}

// nightsOf returns the articles that entered and left, by night, the newest night
// first, at most most articles in each list.
func nightsOf(of []register.Night, r *register.Register, most int) []Night {
	var nights []Night
	at := map[int64]int{}
	for _, n := range slices.Backward(of) {
		at[n.At.UnixMilli()] = len(nights)
		nights = append(nights, Night{Night: n})
	}
	for _, d := range r.All() {
		if n, ok := at[d.Entered.UnixMilli()]; ok && len(nights[n].In) < most {
			nights[n].In = append(nights[n].In, d.Change())
		}
	}
	for _, g := range r.Gone {
		if n, ok := at[g.Left.UnixMilli()]; ok && len(nights[n].Out) < most {
			nights[n].Out = append(nights[n].Out, g.Change())
		}
	}
	return nights
}
