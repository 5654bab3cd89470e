package extract

import (
	"context"
	"sync/atomic"
	"time"
)

// budget is a context whose limit is the processor time of the thread on which it
// was made, so that results do not depend on the load of the machine. The goroutine
// must be locked to its thread, and must call [budget.Err] on it: the limit closes
// no channel. On systems without thread times the limit is wall-clock time.
type budget struct {
	context.Context
	limit time.Duration
	clock func() time.Duration
	begun time.Duration
	since time.Time // when it was made
	asked atomic.Uint32
	over  atomic.Bool
}

// askEvery is how many calls of Err look at the clock once.
const askEvery = 32

func newBudget(ctx context.Context, limit time.Duration) *budget {
	return &budget{Context: ctx, limit: limit, clock: threadTime, begun: threadTime(), since: time.Now()}
}

// Err is [context.DeadlineExceeded] when the time is used up.
func (b *budget) Err() error {
	if err := b.Context.Err(); err != nil {
		return err
	}
	if b.asked.Add(1)%askEvery == 1 {
		b.look()
	}
	if b.over.Load() {
		return context.DeadlineExceeded
	}
	return nil
}

// now is Err after a look at the clock.
func (b *budget) now() error {
	b.look()
	return b.Err()
}

// look asks the kernel for the time of the thread only after the limit has passed by
// the clock: a thread uses no more time than passes.
func (b *budget) look() {
	if time.Since(b.since) > b.limit && b.clock()-b.begun > b.limit {
		b.over.Store(true)
	}
}

var started = time.Now()

// wallTime is the time of the clock since the program began.
func wallTime() time.Duration { return time.Since(started) }
