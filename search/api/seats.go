package api

import (
	"slices"
	"sync"
)

// seats are the places for exports: a bounded number in all, and one per client. No
// request waits for one. An export whose reader stalls gives up its seat and
// continues when the reader does: a machine receives data for a slow reader in
// large steps, so a reader that receives nothing for some seconds may just be slow.
// A stalled export ends when its client begins another one, or when too many others
// stall. It is safe for concurrent use.
type seats struct {
	max, maxStalled int

	mu   sync.Mutex
	used []*seat // also stalled ones, in the order in which they stalled or began
}

// seat is the place of one export.
type seat struct {
	client  *client
	cut     func() // ends the export
	stalled bool
}

// stalledExports is how many exports may be stalled for each that may run.
const stalledExports = 4

func newSeats(n int) *seats {
	n = max(n, 1)
	return &seats{max: n, maxStalled: stalledExports * n}
}

// take returns a seat for a client, nil if there is none. The client must then call
// leave once.
func (s *seats) take(c *client, cut func()) *seat {
	s.mu.Lock()
	defer s.mu.Unlock()
	own := slices.IndexFunc(s.used, func(other *seat) bool { return other.client == c })
	if own >= 0 && !s.used[own].stalled || s.count(false) >= s.max {
		return nil
	}
	if own >= 0 {
		s.end(s.used[own])
	}
	taken := &seat{client: c, cut: cut}
	s.used = append(s.used, taken)
	return taken
}

// leave gives up a seat.
func (s *seats) leave(left *seat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget(left)
}

// stall records whether the reader of an export is stalled.
func (s *seats) stall(of *seat, stalled bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.used, of) {
		return
	}
	s.forget(of)
	of.stalled = stalled
	s.used = append(s.used, of)
	if s.count(true) > s.maxStalled {
		s.end(s.used[slices.IndexFunc(s.used, func(other *seat) bool { return other.stalled })])
	}
}

// running returns how many exports run.
func (s *seats) running() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count(false)
}

func (s *seats) count(stalled bool) (n int) {
	for _, used := range s.used {
		if used.stalled == stalled {
			n++
		}
	}
	return n
}

func (s *seats) end(ended *seat) {
	s.forget(ended)
	ended.cut()
}

func (s *seats) forget(left *seat) {
	s.used = slices.DeleteFunc(s.used, func(used *seat) bool { return used == left })
}
