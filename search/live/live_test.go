package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/search"
)

// fake is an engine that knows its generation and whether it is open, and fails the
// test if it is used after Close.
type fake struct {
	search.Engine // everything else panics
	t             *testing.T
	id            string
	closed        atomic.Bool
	broken        error
}

func (f *fake) Search(context.Context, search.Query) (*search.Results, error) {
	if f.closed.Load() {
		f.t.Errorf("engine of %s asked after it was closed", f.id)
	}
	return &search.Results{Generation: f.id}, f.broken
}

func (f *fake) Close() error {
	if f.closed.Swap(true) {
		f.t.Errorf("engine of %s closed twice", f.id)
	}
	return nil
}

// world is a data folder, the engines opened from it, and their Live.
type world struct {
	*testing.T
	store generation.Store
	mu    sync.Mutex
	opens []*fake
	fail  map[string]error // by generation: the error of Open
	bad   map[string]error // by generation: the error of Search
}

func newWorld(t *testing.T) *world {
	return &world{T: t, store: generation.Store{Dir: t.TempDir()}, fail: map[string]error{}, bad: map[string]error{}}
}

func (w *world) open(r *generation.Reader) (search.Engine, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.fail[r.ID]; err != nil {
		return nil, err
	}
	f := &fake{t: w.T, id: r.ID, broken: w.bad[r.ID]}
	w.opens = append(w.opens, f)
	return f, nil
}

func (w *world) start(ctx context.Context) *Live {
	w.Helper()
	l, err := Start(ctx, Config{Store: &w.store, Open: w.open, Poll: time.Millisecond, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		w.Fatal(err)
	}
	return l
}

// build makes a generation that is not current yet.
func (w *world) build(before func(id string)) string {
	w.Helper()
	lock, err := w.store.Lock()
	if err != nil {
		w.Fatal(err)
	}
	defer lock.Unlock()
	b, err := lock.Begin()
	if err != nil {
		w.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.Dir, "x"), []byte(b.ID), 0o644); err != nil {
		w.Fatal(err)
	}
	before(b.ID)
	if _, err := b.Commit(generation.Info{}); err != nil {
		w.Fatal(err)
	}
	return b.ID
}

func (w *world) commit() string { return w.build(func(string) {}) }

// eventually waits for something that Live does by itself.
func (w *world) eventually(what string, ok func() bool) {
	w.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); {
		if time.Now().After(deadline) {
			w.Fatalf("never: %s", what)
		}
		<-time.After(time.Millisecond)
	}
}

// serves sends one query.
func serves(l *Live) string {
	e, release, err := l.Acquire()
	if err != nil {
		return err.Error()
	}
	defer release()
	res, err := e.Search(context.Background(), search.Query{})
	if err != nil {
		return err.Error()
	}
	return res.Generation
}

// allClosed checks that after the end everything was closed, once.
func (w *world) allClosed(l *Live, stop func()) {
	w.Helper()
	stop()
	l.Wait()
	for _, f := range w.opens {
		if !f.closed.Load() {
			w.Errorf("engine of %s is still open", f.id)
		}
	}
	if got := serves(l); got != search.ErrNoIndex.Error() {
		w.Errorf("after the end it serves %s", got)
	}
}

func TestStartsWithoutIndexAndFollows(t *testing.T) {
	w := newWorld(t)
	ctx, stop := context.WithCancel(t.Context())
	l := w.start(ctx)
	if _, _, err := l.Acquire(); !errors.Is(err, search.ErrNoIndex) {
		t.Fatalf("without an index: %v", err)
	}
	first := w.commit()
	w.eventually("first", func() bool { return serves(l) == first })
	second := w.commit()
	w.eventually("second", func() bool { return serves(l) == second })
	if _, err := generation.Rollback(&w.store, "", false, nil); err != nil {
		t.Fatal(err)
	}
	w.eventually("back to first", func() bool { return serves(l) == first })
	w.allClosed(l, stop)
}

func TestRequestKeepsItsEngine(t *testing.T) {
	w := newWorld(t)
	first := w.commit()
	ctx, stop := context.WithCancel(t.Context())
	l := w.start(ctx)
	e, release, err := l.Acquire()
	if err != nil {
		t.Fatal(err)
	}
	second := w.commit()
	w.eventually("second", func() bool { return serves(l) == second })
	if res, _ := e.Search(ctx, search.Query{}); res.Generation != first {
		t.Errorf("the request moved to %s", res.Generation)
	}
	if e.(*fake).closed.Load() {
		t.Error("closed under a request")
	}
	release()
	release()
	w.eventually("first closed", e.(*fake).closed.Load)
	w.allClosed(l, stop)
}

// TestBadGenerationIsNotServed commits generations that are damaged, cannot be
// opened, or cannot answer, while serving and at the start.
func TestBadGenerationIsNotServed(t *testing.T) {
	for _, c := range []struct {
		name string
		bad  func(w *world, id string)
	}{
		{"damaged", func(w *world, id string) {
			path := filepath.Join(w.store.Dir, "generations", id, "x")
			if err := os.WriteFile(path, []byte("20991122T000000Z-0000"), 0o644); err != nil {
				w.Fatal(err)
			}
		}},
		{"not opened", func(w *world, id string) { w.fail[id] = errors.New("too many open files") }},
		{"not answering", func(w *world, id string) { w.bad[id] = errors.New("unexpected EOF") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			first := w.commit()
			ctx, stop := context.WithCancel(t.Context())
			l := w.start(ctx)
			second := w.build(func(id string) {
				if c.name != "damaged" {
					w.mu.Lock()
					defer w.mu.Unlock()
					c.bad(w, id)
				}
			})
			if c.name == "damaged" { // a race with the follower; at the start below it is sure
				c.bad(w, second)
			} else {
				w.eventually("a problem", func() bool { return l.Problem() != nil })
				if got := serves(l); got != first {
					t.Errorf("serves %s, want %s", got, first)
				}
			}
			w.allClosed(l, stop)

			ctx, stop = context.WithCancel(t.Context())
			l = w.start(ctx)
			if got := serves(l); got != first || l.Problem() == nil {
				t.Errorf("at the start it serves %s, problem %v, want %s", got, l.Problem(), first)
			}
			third := w.commit()
			w.eventually("third", func() bool { return serves(l) == third && l.Problem() == nil })
			w.allClosed(l, stop)
		})
	}
}

// TestOnlyGenerationDamaged: the error says that there is an index, and what is wrong
// with it.
func TestOnlyGenerationDamaged(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(w.store.Dir, "generations", w.commit(), "x")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	l := w.start(ctx)
	if _, _, err := l.Acquire(); !errors.Is(err, search.ErrNoIndex) || !errors.Is(err, generation.ErrDamaged) {
		t.Errorf("Acquire: %v, want ErrNoIndex and ErrDamaged", err)
	}
	second := w.commit()
	w.eventually("a sound one", func() bool { return serves(l) == second })
	w.allClosed(l, stop)
}

func TestDataFolderDisappears(t *testing.T) {
	w := newWorld(t)
	first := w.commit()
	ctx, stop := context.WithCancel(t.Context())
	l := w.start(ctx)
	if err := os.Rename(w.store.Dir, w.store.Dir+"-gone"); err != nil {
		t.Fatal(err)
	}
	w.eventually("a problem", func() bool { return l.Problem() != nil })
	if got := serves(l); got != first {
		t.Errorf("serves %s, want %s", got, first)
	}
	w.allClosed(l, stop)
}

// remote are generations of a cluster that may be down.
type remote struct {
	generation.Store
	mu   sync.Mutex
	down error
}

func (r *remote) state() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.down
}

func (r *remote) set(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.down = err
}

func (r *remote) Current() (string, error) {
	if err := r.state(); err != nil {
		return "", err
	}
	return r.Store.Current()
}

func (r *remote) Healthy(context.Context, string) error { return r.state() }

// TestClusterDown: while a cluster does not answer, the served engine stays and is
// reported as down; without one, Acquire returns the reason.
func TestClusterDown(t *testing.T) {
	w := newWorld(t)
	first := w.commit()
	down := fmt.Errorf("node 1: %w", index.ErrUnavailable)
	cluster := &remote{Store: w.store, down: down}
	ctx, stop := context.WithCancel(t.Context())
	l, err := Start(ctx, Config{Store: cluster, Open: w.open, Poll: time.Millisecond, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := l.Acquire(); !errors.Is(err, index.ErrUnavailable) || l.Down() == nil {
		t.Errorf("acquired %v, down %v", err, l.Down())
	}
	cluster.set(nil)
	w.eventually("first", func() bool { return l.Down() == nil && serves(l) == first })
	cluster.set(down)
	w.eventually("down", func() bool { return l.Down() != nil })
	if got := serves(l); got != first {
		t.Errorf("serves %s, want %s", got, first)
	}
	second := w.commit()
	cluster.set(nil)
	w.eventually("second", func() bool { return l.Down() == nil && l.Problem() == nil && serves(l) == second })
	w.allClosed(l, stop)
}

// TestSwitchesUnderLoad tests the main property of the package: while generations
// change, roll back and are pruned, many readers send queries without a pause, and
// every one is answered by one open engine.
func TestSwitchesUnderLoad(t *testing.T) {
	const readers, switches = 16, 25
	w := newWorld(t)
	w.commit()
	ctx, stop := context.WithCancel(t.Context())
	l := w.start(ctx)
	var asked atomic.Int64
	var group sync.WaitGroup
	done := make(chan struct{})
	for range readers {
		group.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				e, release, err := l.Acquire()
				if err != nil {
					t.Error(err)
					return
				}
				a, _ := e.Search(ctx, search.Query{})
				b, _ := e.Search(ctx, search.Query{})
				if a.Generation != b.Generation || a.Generation != e.(*fake).id {
					t.Errorf("one request saw %s and %s", a.Generation, b.Generation)
				}
				release()
				asked.Add(1)
				runtime.Gosched()
			}
		})
	}
	for i := range switches {
		want := w.commit()
		if i%5 == 4 {
			id, err := generation.Rollback(&w.store, "", false, nil)
			if err != nil {
				t.Fatal(err)
			}
			want = id
		}
		w.eventually(fmt.Sprint("switch ", i), func() bool { return serves(l) == want })
		if lock, err := w.store.Lock(); err == nil {
			if _, err := lock.Prune(2); err != nil {
				t.Error(err)
			}
			lock.Unlock()
		}
	}
	close(done)
	group.Wait()
	w.allClosed(l, stop)
	if asked.Load() < readers || len(w.opens) < switches {
		t.Errorf("%d requests, %d engines", asked.Load(), len(w.opens))
	}
	t.Logf("%d requests over %d engines", asked.Load(), len(w.opens))
}
