package api

import (
	"context"
	"sync/atomic"
	"time"
)

// gate lets a bounded number in at a time, lets a bounded number wait a bounded
// time, and turns the rest away at once with [ErrBusy]: also whoever would, by
// the time that those before took, wait longer than that. It is safe for
// concurrent use.
type gate struct {
	slots    chan struct{}
	maxQueue int64
	patience time.Duration
	waiting  atomic.Int64
	mean     atomic.Int64 // nanoseconds that one takes, the last ones counting most
}

func newGate(slots, queue int, patience time.Duration) *gate {
	return &gate{slots: make(chan struct{}, max(slots, 1)), maxQueue: int64(queue), patience: patience}
}

// enter returns nil when the caller is in; it then owes one leave.
func (g *gate) enter(ctx context.Context) error {
	select {
	case g.slots <- struct{}{}:
		return nil
	default:
	}
	if n := g.waiting.Add(1); n > g.maxQueue || g.expected(n) > g.patience {
		g.waiting.Add(-1)
		return ErrBusy
	}
	defer g.waiting.Add(-1)
	patience := time.NewTimer(g.patience)
	defer patience.Stop()
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-patience.C:
		return ErrBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}

// wait is enter for the few that may wait as long as ctx lasts.
func (g *gate) wait(ctx context.Context) error {
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *gate) leave() { <-g.slots }

// took learns how long one was in. What took longer than anybody waits tells no
// more than that. Of two that end at a time one may be lost.
func (g *gate) took(d time.Duration) {
	const weight = 16
	mean := g.mean.Load()
	g.mean.Store(mean + (min(int64(d), int64(g.patience))-mean)/weight)
}

// expected is how long the n-th of those waiting will wait.
func (g *gate) expected(n int64) time.Duration {
	return time.Duration(n * g.mean.Load() / int64(cap(g.slots)))
}
