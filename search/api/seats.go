package api

import "sync"

// seats are the places for exports: a bounded number in all, and one for each
// client. Nobody waits for one. It is safe for concurrent use.
type seats struct {
	max int

	mu    sync.Mutex
	taken map[*client]bool
}

func newSeats(n int) *seats { return &seats{max: max(n, 1), taken: map[*client]bool{}} }

// take reports whether the client got a seat; it then owes one leave.
func (s *seats) take(c *client) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken[c] || len(s.taken) >= s.max {
		return false
	}
	s.taken[c] = true
	return true
}

func (s *seats) leave(c *client) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.taken, c)
}

// running says how many seats are taken.
func (s *seats) running() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.taken)
}
