// Package live provides the engine of the current generation. It watches the data
// folder: when another generation becomes current, it opens and warms that one
// beside the old one, then switches. A request keeps the engine with which it
// began, and an engine is closed when its last request releases it. So a switch
// fails no request, and no answer mixes two generations.
//
// A generation that cannot be opened is logged as an error. The engine in use
// stays; at the start, the newest sound generation before it is taken.
package live

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"nghiquyet/index/generation"
	"nghiquyet/search"
)

// healthy is a cluster. It returns why a generation cannot be searched right now.
type healthy interface {
	Healthy(ctx context.Context, id string) error
}

// Config configures [Start]. Store and Open are required.
type Config struct {
	// Store is the set of generations to follow.
	Store generation.Set
	// Open opens the engine of a generation, whose files stay in place until the
	// engine is closed.
	Open func(*generation.Reader) (search.Engine, error)
	// Poll is the interval at which the store is checked; 500 ms if 0.
	Poll time.Duration
	Log  *slog.Logger // slog.Default when nil
}

// Live is the engine of the current generation. It is safe for concurrent use.
type Live struct {
	cfg Config

	mu      sync.RWMutex
	current *held // nil without an index
	problem error
	down    error // why no query can be answered right now

	seen    string    // the store's current generation, or its error, when last checked
	retry   time.Time // when to try the same generation again, zero for never
	closing sync.WaitGroup
}

// held is one open engine. Live has one reference to it, each request another.
type held struct {
	engine search.Engine
	reader *generation.Reader
	refs   atomic.Int64
}

const (
	defaultPoll = 500 * time.Millisecond
	// retryAfter is how long after a failure a generation is tried again. The
	// reason may pass (memory, file handles), but not at once.
	retryAfter = 30 * time.Second
)

// Start opens the current generation, if one can be opened, and follows the store
// until ctx is done. It fails only if ctx is done already; without an index it
// waits for the first.
func Start(ctx context.Context, cfg Config) (*Live, error) {
	if cfg.Poll <= 0 {
		cfg.Poll = defaultPoll
	}
	cfg.Log = cmp.Or(cfg.Log, slog.Default())
	l := &Live{cfg: cfg}
	l.look(ctx)
	if err := ctx.Err(); err != nil {
		l.switchTo(nil)
		return nil, err
	}
	l.closing.Go(func() {
		tick := time.NewTicker(cfg.Poll)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				l.look(ctx)
			case <-ctx.Done():
				l.switchTo(nil)
				return
			}
		}
	})
	return l, nil
}

// Wait returns when all engines are closed: after the end of Start's ctx and the
// last release.
func (l *Live) Wait() { l.closing.Wait() }

// Acquire returns the engine of the current generation, which stays open until release is
// called. It returns [search.ErrNoIndex] if there is none, joined with
// [generation.ErrOutdated] if this program cannot read the index, or
// [generation.ErrDamaged] if no generation is sound. Release may be called more than once.
func (l *Live) Acquire() (engine search.Engine, release func(), err error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	h := l.current
	switch {
	case h == nil && l.down != nil:
		return nil, nil, l.down
	case h == nil && (errors.Is(l.problem, generation.ErrOutdated) || errors.Is(l.problem, generation.ErrDamaged)):
		return nil, nil, fmt.Errorf("%w: %w", search.ErrNoIndex, l.problem)
	case h == nil:
		return nil, nil, search.ErrNoIndex
	}
	h.refs.Add(1) // Live has a reference too, so the engine is still open
	var once sync.Once
	return h.engine, func() { once.Do(func() { l.release(h) }) }, nil
}

// Problem returns why the served generation is not the current one of the store, or
// nil.
func (l *Live) Problem() error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.problem
}

// Down returns why the served generation cannot answer right now, or nil. Queries
// are tried all the same, because some may succeed.
func (l *Live) Down() error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.down
}

// look checks the store and switches engines. Only one goroutine may call it at a time.
func (l *Live) look(ctx context.Context) {
	id, err := l.cfg.Store.Current()
	if cluster, ok := l.cfg.Store.(healthy); ok && !l.answers(ctx, cluster, err) {
		return // the cluster returns no generations
	}
	if errors.Is(err, generation.ErrNone) && l.served() == "" {
		return
	}
	if err != nil {
		id = err.Error()
	}
	if id == l.seen && (l.retry.IsZero() || time.Now().Before(l.retry)) {
		return
	}
	l.seen, l.retry = id, time.Time{}
	if id == l.served() {
		l.setProblem(nil)
		return
	}
	started := time.Now()
	var engine search.Engine
	r, damages, err := generation.OpenCurrent(ctx, l.cfg.Store, true, func(r *generation.Reader) (err error) {
		if r.ID != l.served() {
			engine, err = l.open(ctx, r)
		}
		return err
	})
	if ctx.Err() != nil {
		if engine != nil {
			engine.Close()
		}
		return
	}
	var problems []error
	for _, d := range damages {
		l.cfg.Log.Error("generation cannot be served", "generation", d.Generation, "file", d.File, "error", d.Err)
		problems = append(problems, d)
	}
	if err != nil {
		l.cfg.Log.Error("no generation can be opened", "serving", l.served(), "error", err)
		problems = append(problems, err)
	}
	if l.setProblem(errors.Join(problems...)); len(problems) > 0 {
		l.retry = time.Now().Add(retryAfter)
	}
	switch {
	case err != nil:
	case engine == nil: // the current generation is again the one served
		r.Close()
	default:
		h := &held{engine: engine, reader: r}
		h.refs.Store(1)
		l.switchTo(h)
		l.cfg.Log.Info("serving generation", "generation", r.ID, "articles", r.Articles, "lessons", r.Lessons,
			"opened_ms", time.Since(started).Milliseconds())
	}
}

// answers reports whether a cluster says which generation is current, and records whether
// it can answer queries. err is the error of asking for the current generation.
func (l *Live) answers(ctx context.Context, cluster healthy, err error) bool {
	if errors.Is(err, generation.ErrNone) {
		l.setDown(nil)
		return true
	}
	if served := l.served(); served != "" {
		l.setDown(cluster.Healthy(ctx, served))
	} else {
		l.setDown(err)
	}
	if err != nil {
		l.setProblem(err)
		l.seen = ""
	}
	return err == nil
}

// setDown records why no query can be answered, and logs when that begins and ends.
func (l *Live) setDown(err error) {
	l.mu.Lock()
	was := l.down
	l.down = err
	l.mu.Unlock()
	switch {
	case err != nil && was == nil:
		l.cfg.Log.Error("cluster does not answer", "error", err)
	case err == nil && was != nil:
		l.cfg.Log.Info("cluster answers again")
	}
}

// open opens an engine and sends it one query, so that the first reader does not
// wait for what is loaded on first use, and an engine that cannot answer is not
// served.
func (l *Live) open(ctx context.Context, r *generation.Reader) (search.Engine, error) {
	engine, err := l.cfg.Open(r)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	if _, err := engine.Search(ctx, search.Defaults()); err != nil {
		return nil, errors.Join(fmt.Errorf("ask: %w", err), engine.Close())
	}
	return engine, nil
}

func (l *Live) served() string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.current == nil {
		return ""
	}
	return l.current.reader.ID
}

func (l *Live) setProblem(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.problem = err
}

func (l *Live) switchTo(h *held) {
	if h != nil {
		l.closing.Add(1)
	}
	l.mu.Lock()
	old := l.current
	l.current = h
	l.mu.Unlock()
	if old != nil {
		l.release(old)
	}
}

// release removes one reference. Removing the last closes the engine, in another
// goroutine so that no request waits for it.
func (l *Live) release(h *held) {
	if h.refs.Add(-1) > 0 {
		return
	}
	go func() {
		defer l.closing.Done()
		if err := errors.Join(h.engine.Close(), h.reader.Close()); err != nil {
			l.cfg.Log.Error("generation not closed", "generation", h.reader.ID, "error", err)
		}
	}()
}
