package api

import (
	"context"
	"slices"
	"sync"
	"time"
)

// turns runs a bounded number of queries at a time; a bounded number wait for a
// bounded time. The next turn goes to the waiting client that has used the least
// time, so that a client with many expensive queries delays only itself:
//
//   - A query is charged its estimated time when its turn comes, and its real time
//     when it ends.
//   - A client that returns after a pause starts level with the others: a pause
//     earns nothing.
//   - In addition to the slots there is a spare one for a client without a running
//     query, so that one client cannot occupy all.
//   - If the queue is full, the client with the most waiting queries loses its last
//     one to a client with fewer.
//
// A query that would wait longer than the patience, estimated from the times of
// earlier queries, gets [ErrBusy] at once. It is safe for concurrent use.
type turns struct {
	slots    int
	maxQueue int // questions that wait
	maxOwn   int // waiting queries of one client
	patience time.Duration

	mu      sync.Mutex
	running int
	waiting int
	begun   int           // since the start
	lines   []*line       // with a waiting query
	mean    time.Duration // of a query's time, weighted towards the last ones
	now     time.Duration // time used by the client that had the last turn
}

// line is the queue of one client. Its fields are guarded by the lock of turns. The
// zero value is an empty queue.
type line struct {
	used    time.Duration // time; a client that used more has its turn later
	running int
	waiting []*waiter // in the order of arrival
}

// waiter is a waiting query.
type waiter struct {
	cost  time.Duration // estimated
	heard chan error    // receives nil when its turn has come; has room for one value
}

func newTurns(slots, queue, own int, patience time.Duration) *turns {
	return &turns{slots: max(slots, 1), maxQueue: queue, maxOwn: own, patience: patience}
}

// enter returns nil when the query's turn has come; the caller must then call leave
// once. A patient query waits until ctx ends.
func (t *turns) enter(ctx context.Context, l *line, cost time.Duration, patient bool) error {
	w, err := t.queue(l, cost, patient)
	if w == nil {
		return err
	}
	var late <-chan time.Time
	if !patient {
		late = time.After(t.patience)
	}
	select {
	case err = <-w.heard:
		return err
	case <-late:
		err = ErrBusy
	case <-ctx.Done():
		err = ctx.Err()
	}
	if t.forget(l, w) {
		return err
	}
	return <-w.heard // its turn came at the same moment
}

// queue starts the query at once (nil), or returns the waiter of a query that must
// wait, or an error.
func (t *turns) queue(l *line, cost time.Duration, patient bool) (*waiter, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l.running == 0 && len(l.waiting) == 0 {
		l.used = max(l.used, t.now)
	}
	if t.free(l) {
		t.begin(l, cost)
		return nil, nil
	}
	isLate := len(l.waiting) >= t.maxOwn || t.expected(l) > t.patience
	if !patient && (isLate || t.waiting >= t.maxQueue && !t.makeRoom(l)) {
		return nil, ErrBusy
	}
	w := &waiter{cost: cost, heard: make(chan error, 1)}
	if len(l.waiting) == 0 {
		t.lines = append(t.lines, l)
	}
	l.waiting = append(l.waiting, w)
	t.waiting++
	return w, nil
}

// free reports whether a query of the client could run now.
func (t *turns) free(l *line) bool {
	return t.running < t.slots || t.running == t.slots && l.running == 0
}

func (t *turns) begin(l *line, cost time.Duration) {
	t.running++
	t.begun++
	l.running++
	t.now = max(t.now, l.used)
	l.used += cost
}

// expected returns how long the next query of a client will wait: for the queries
// before it in its own line, and as many of each other client.
func (t *turns) expected(l *line) time.Duration {
	others := len(t.lines)
	if len(l.waiting) > 0 {
		others--
	}
	before := min(t.waiting+1, (len(l.waiting)+1)*(others+1))
	return time.Duration(before) * t.mean / time.Duration(t.slots)
}

// makeRoom removes the last query of the client with the most waiting, if it then
// still has as many as the newcomer will have.
func (t *turns) makeRoom(newcomer *line) bool {
	if len(t.lines) == 0 {
		return false
	}
	longest := slices.MaxFunc(t.lines, func(a, b *line) int { return len(a.waiting) - len(b.waiting) })
	if len(longest.waiting) <= len(newcomer.waiting)+1 {
		return false
	}
	last := longest.waiting[len(longest.waiting)-1]
	t.remove(longest, len(longest.waiting)-1)
	last.heard <- ErrBusy
	return true
}

// remove removes the i-th query of a line.
func (t *turns) remove(l *line, i int) {
	l.waiting = slices.Delete(l.waiting, i, i+1)
	t.waiting--
	if len(l.waiting) == 0 {
		t.lines = slices.DeleteFunc(t.lines, func(other *line) bool { return other == l })
	}
}

// forget removes a query that no longer waits, and reports whether it still waited.
func (t *turns) forget(l *line, w *waiter) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.Index(l.waiting, w)
	if i >= 0 {
		t.remove(l, i)
	}
	return i >= 0
}

// leave ends a query that had the estimated time cost and took took, and gives the
// next turn.
func (t *turns) leave(l *line, cost, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.running--
	l.running--
	l.used += took - cost
	t.learn(took)
	for {
		next := t.next()
		if next == nil {
			return
		}
		w := next.waiting[0]
		t.remove(next, 0)
		t.begin(next, w.cost)
		w.heard <- nil
	}
}

// next returns the client whose turn it is, nil for none. Of clients that have used the
// same time it returns the client that has waited longest.
func (t *turns) next() (first *line) {
	for _, l := range t.lines {
		if t.free(l) && (first == nil || l.used < first.used) {
			first = l
		}
	}
	return first
}

// learn updates the mean with the time that a query took, at most the patience.
func (t *turns) learn(took time.Duration) {
	const weight = 16
	t.mean += (min(took, t.patience) - t.mean) / weight
}

// load returns how many queries run and wait.
func (t *turns) load() (running, waiting int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.running, t.waiting
}

// count returns how many queries had their turn since the start.
func (t *turns) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.begun
}
