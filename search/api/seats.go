package api

import (
	"slices"
	"sync"
)

// seats are the places for exports: a bounded number in all, and one for each
// client. Nobody waits for one. An export whose reader stalls gives its seat up
// and goes on when the reader does: what a machine receives for a slow reader
// comes in large steps, so that a reader who does nothing for some seconds looks
// like one who is slow. A stalled export ends when its client begins another
// one, or when too many others stall. It is safe for concurrent use.
type seats struct {
	max, maxStalled int

	mu   sync.Mutex
	used []*seat // stalled ones too, in the order in which they stalled or began
}

// seat is the place of one export.
type seat struct {
	client  *client
	cut     func() // ends the export
	stalled bool
}

// stalledExports is how many exports may stall, as a multiple of those that run.
const stalledExports = 4

func newSeats(n int) *seats {
	n = max(n, 1)
	return &seats{max: n, maxStalled: stalledExports * n}
}

// take returns a seat for a client, nil if there is none. The client then owes one
// leave.
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

// leave gives a seat up for good.
func (s *seats) leave(left *seat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget(left)
}

// stall notes whether the reader of an export takes nothing.
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

// running says how many exports go on.
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
