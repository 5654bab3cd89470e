package main

import (
	"runtime/debug"
	"testing"

	"nghiquyet/index/reindex"
)

// TestPaced: the collector works more often while an index is built, and an operator's
// setting stays.
func TestPaced(t *testing.T) {
	before := debug.SetGCPercent(100)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	percent := func() int {
		now := debug.SetGCPercent(100)
		debug.SetGCPercent(now)
		return now
	}
	t.Setenv("GOGC", "")
	seen := 0
	progress := paced(func(reindex.Status) { seen++ })
	for _, c := range []struct {
		phase string
		want  int
	}{{reindex.PhaseRead, 100}, {reindex.PhaseIndex, indexingGC}, {reindex.PhaseMerge, indexingGC}, {reindex.PhaseTidy, 100}} {
		progress(reindex.Status{Phase: c.phase})
		if got := percent(); got != c.want {
			t.Errorf("%s: %d %%, want %d", c.phase, got, c.want)
		}
	}
	t.Setenv("GOGC", "100")
	paced(func(reindex.Status) { seen++ })(reindex.Status{Phase: reindex.PhaseIndex})
	if got := percent(); got != 100 || seen != 5 {
		t.Errorf("with GOGC: %d %%, %d reports", got, seen)
	}
}
