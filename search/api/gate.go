package api

import (
	"context"
	"sync/atomic"
	"time"
)

// gate lets a bounded number in at a time, lets a bounded number wait a bounded
// time, and turns the rest away at once with [ErrBusy]. It is safe for
// concurrent use.
type gate struct {
	slots    chan struct{}
	maxQueue int64
	patience time.Duration
	waiting  atomic.Int64
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
	if g.waiting.Add(1) > g.maxQueue {
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
