package reindex

import (
	"sync"
	"time"
)

// Phases of a run, in order.
const (
	PhaseFind   = "find"   // looking for files
	PhaseRead   = "read"   // reading and extracting; Done and Total are bytes on disk
	PhaseLearn  = "learn"  // learning from the documents; Done and Total are steps
	PhaseIndex  = "index"  // putting documents into the index; Done and Total are documents
	PhaseMerge  = "merge"  // the engine writes and merges
	PhaseCommit = "commit" // checksums, sync, rename
	PhaseTidy   = "tidy"   // compacting the cache, removing old generations
)

// Status is how far a run is.
type Status struct {
	Phase string `json:"phase"`
	Done  int64  `json:"done"`
	Total int64  `json:"total"` // 0 when it cannot be known
	Docs  int64  `json:"docs"`  // of this phase
	// Pages counts pages read from pictures, PagesFound those found so far; 0 if there
	// are none.
	Pages      int64         `json:"ocr_pages,omitempty"`
	PagesFound int64         `json:"ocr_pages_found,omitempty"`
	DocsRate   float64       `json:"docs_per_second"`
	MBRate     float64       `json:"mb_per_second"`
	Elapsed    time.Duration `json:"-"` // of this phase
	// Left is the estimated rest of this phase, 0 when it cannot be known.
	Left time.Duration `json:"-"`
}

// tracker counts the work done and reports it, at most ten times a second. Its
// methods are safe for concurrent use.
type tracker struct {
	send func(Status)

	mu       sync.Mutex
	status   Status
	bytes    int64
	started  time.Time
	reported time.Time
	reading  time.Time // since when pages are read from pictures
	skipped  int64     // steps of this phase that were done before it began
}

const reportEvery = 100 * time.Millisecond

func newTracker(send func(Status)) *tracker {
	if send == nil {
		send = func(Status) {}
	}
	return &tracker{send: send}
}

func (t *tracker) phase(name string, total int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.started.IsZero() {
		t.report(time.Now()) // the end of the phase before
	}
	t.started, t.bytes, t.skipped, t.status = time.Now(), 0, 0, Status{Phase: name, Total: total}
	t.report(t.started)
}

// skip counts steps that an interrupted run has done.
func (t *tracker) skip(steps int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.status.Done, t.skipped = t.status.Done+steps, t.skipped+steps
}

// add counts documents, their bytes, and steps towards the total.
func (t *tracker) add(docs, bytes, steps int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.status.Docs, t.status.Done, t.bytes = t.status.Docs+docs, t.status.Done+steps, t.bytes+bytes
	if now := time.Now(); now.Sub(t.reported) >= reportEvery {
		t.report(now)
	}
}

// pages counts pages read from pictures, pages found that must be read that way,
// and steps towards the total.
func (t *tracker) pages(done, found, steps int64) {
	t.mu.Lock()
	if t.reading.IsZero() {
		t.reading = time.Now()
	}
	t.status.Pages, t.status.PagesFound = t.status.Pages+done, t.status.PagesFound+found
	t.mu.Unlock()
	t.add(0, 0, steps)
}

func (t *tracker) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.started.IsZero() {
		t.report(time.Now())
	}
}

func (t *tracker) report(now time.Time) {
	s := &t.status
	s.Elapsed = now.Sub(t.started)
	if sec := s.Elapsed.Seconds(); sec > 0 {
		s.DocsRate, s.MBRate = float64(s.Docs)/sec, float64(t.bytes)/1e6/sec
	}
	s.Left = 0
	if done := s.Done - t.skipped; done > 0 && s.Done < s.Total {
		s.Left = time.Duration(float64(s.Elapsed) * float64(s.Total-s.Done) / float64(done))
	}
	if s.Pages > 0 && s.Pages < s.PagesFound { // they take longer than bytes of text
		s.Left = max(s.Left, now.Sub(t.reading)*time.Duration(s.PagesFound-s.Pages)/time.Duration(s.Pages))
	}
	t.reported = now
	t.send(*s)
}
