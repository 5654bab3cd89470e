package api

import (
	"context"
	"slices"
	"sync"
	"time"
)

// turns lets a bounded number of questions run at a time and a bounded number
// wait a bounded time, in turns by client. The next turn goes to the waiting
// client that has used the least time, so that a client with many costly
// questions delays nobody but itself:
//
//   - a question is charged with its estimated time when its turn comes, and
//     with the time that it really took when it ends;
//   - a client that comes back after a pause starts level with the others: a
//     pause saves nothing up;
//   - beside the slots there is a spare one for a client of which nothing runs,
//     so that one client cannot occupy all;
//   - when the queue is full, the client that has the most waiting gives up its
//     last one for a client with fewer.
//
// A question that would wait longer than the patience, as estimated from how long
// earlier questions took, gets [ErrBusy] at once. It is safe for concurrent use.
type turns struct {
	slots    int
	maxQueue int // questions that wait
	maxOwn   int // questions of one client that wait
	patience time.Duration

	mu      sync.Mutex
	running int
	waiting int
	begun   int           // since the start
	lines   []*line       // with somebody waiting
	mean    time.Duration // what a question takes, the last ones counting most
	now     time.Duration // what the client of the last turn had used
}

// line is the queue of one client. Its fields belong to the lock of turns. The
// zero value is an empty queue.
type line struct {
	used    time.Duration // more than others is later than others
	running int
	waiting []*waiter // in the order of arrival
}

// waiter is one question that waits.
type waiter struct {
	cost  time.Duration // estimated
	heard chan error    // nil: its turn has come; of size one
}

func newTurns(slots, queue, own int, patience time.Duration) *turns {
	return &turns{slots: max(slots, 1), maxQueue: queue, maxOwn: own, patience: patience}
}

// enter returns nil when the question's turn has come; the caller then owes one
// leave. The patient wait as long as ctx lasts.
func (t *turns) enter(ctx context.Context, l *line, cost time.Duration, patient bool) error {
	w, err := t.queue(l, cost, patient)
	if w == nil {
		return err
	}
	var late <-chan time.Time
	if !patient {
		patience := time.NewTimer(t.patience)
		defer patience.Stop()
		late = patience.C
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
	return <-w.heard // the turn came at the same time
}

// queue begins at once, or returns the waiter of a question that has to wait, or
// an error.
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
	if !patient {
		if len(l.waiting) >= t.maxOwn || t.expected(l) > t.patience {
			return nil, ErrBusy
		}
		if t.waiting >= t.maxQueue && !t.makeRoom(l) {
			return nil, ErrBusy
		}
	}
	w := &waiter{cost: cost, heard: make(chan error, 1)}
	if len(l.waiting) == 0 {
		t.lines = append(t.lines, l)
	}
	l.waiting = append(l.waiting, w)
	t.waiting++
	return w, nil
}

// free reports whether a question of a client could run now.
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

// expected is how long the next question of a client will wait: for those
// before it in its own line, and for as many of each other client.
func (t *turns) expected(l *line) time.Duration {
	others := len(t.lines)
	if len(l.waiting) > 0 {
		others--
	}
	before := min(t.waiting+1, (len(l.waiting)+1)*(others+1))
	return time.Duration(before) * t.mean / time.Duration(t.slots)
}

// makeRoom turns away the last question of the client that has the most waiting,
// if that leaves it with as many as the newcomer will have.
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

// remove takes the i-th question out of a line.
func (t *turns) remove(l *line, i int) {
	l.waiting = slices.Delete(l.waiting, i, i+1)
	t.waiting--
	if len(l.waiting) == 0 {
		t.lines = slices.DeleteFunc(t.lines, func(other *line) bool { return other == l })
	}
}

// forget takes back a question that waits no more, and reports whether it still
// waited.
func (t *turns) forget(l *line, w *waiter) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.Index(l.waiting, w)
	if i >= 0 {
		t.remove(l, i)
	}
	return i >= 0
}

// leave ends a question of an estimated cost that took so long, and gives the
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

// next is the client whose turn it is, nil for none. Of equals the one that has
// waited longest comes first.
func (t *turns) next() (first *line) {
	for _, l := range t.lines {
		if t.free(l) && (first == nil || l.used < first.used) {
			first = l
		}
	}
	return first
}

// learn takes note of how long a question took. What took longer than anybody
// waits says no more than that.
func (t *turns) learn(took time.Duration) {
	const weight = 16
	t.mean += (min(took, t.patience) - t.mean) / weight
}

// load says how many questions run and wait.
func (t *turns) load() (running, waiting int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.running, t.waiting
}

// count says how many questions had their turn since the start.
func (t *turns) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.begun
}
