package reindex

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index/generation"
)

// TestRollbackStands: a generation from which a person rolled back does not become
// current again as long as the sources do not change; with a pin no generation
// does.
func TestRollbackStands(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một"})
	b.want("committed 1 (1 new) []", "a một")
	b.write(map[string]string{"b.txt": "hai"})
	b.want("committed 2 (1 new) []", "a một|b hai")
	back := func(pin bool) {
		t.Helper()
		if _, err := generation.Rollback(&b.Store, "", pin, nil); err != nil {
			t.Fatal(err)
		}
	}
	back(false)
	b.want("held 1 (0 new) []", "a một")
	b.write(map[string]string{"c.txt": "ba"})
	b.want("committed 3 (1 new) []", "a một|b hai|c ba")
	back(true)
	b.write(map[string]string{"d.txt": "bốn"})
	b.want("held 2 (0 new) []", "a một|b hai")
	if err := b.Store.Release(); err != nil {
		t.Fatal(err)
	}
	b.want("committed 4 (1 new) []", "a một|b hai|c ba|d bốn")
	back(true)
	b.Full = true
	b.want("committed 4 (4 new) []", "a một|b hai|c ba|d bốn")
}

// TestUnservableRollback: after a rollback to a generation that this program cannot
// serve, new ones are still built, pinned or not.
func TestUnservableRollback(t *testing.T) {
	for _, pin := range []bool{false, true} {
		b := newBench(t, map[string]string{"a.txt": "một"})
		b.want("committed 1 (1 new) []", "a một")
		b.Schema = 2
		b.write(map[string]string{"b.txt": "hai"})
		b.want("committed 2 (1 new) []", "a một|b hai")
		if _, err := generation.Rollback(&b.Store, "", pin, nil); err != nil {
			t.Fatal(err)
		}
		b.want("committed 2 (0 new) []", "a một|b hai")
	}
}

// TestDuplicatesAreToldAgain: a run that builds nothing reports duplicates too.
func TestDuplicatesAreToldAgain(t *testing.T) {
	b := newBench(t, map[string]string{"a.jsonl": "x một\ny hai\nx ba\n"})
	b.want("committed 2 (3 new) [a.jsonl:3 duplicate-id]", "x một|y hai")
	b.want("unchanged 2 (0 new) [a.jsonl:3 duplicate-id]", "x một|y hai")
	if bad, err := b.Store.Verify(t.Context(), b.current()); err != nil || len(bad) > 0 {
		t.Errorf("verify: %v %v", bad, err)
	}
}

// TestCopiesAreNoErrors: lines that were copied are said once for each file, by the
// run that builds and by later ones, and the document stays when one copy leaves.
func TestCopiesAreNoErrors(t *testing.T) {
	b := newBench(t, map[string]string{"a.jsonl": "x một\ny hai\nx một\n", "b.jsonl": "x một\ny hai\nz ba\n"})
	want := func(said, index string) *Report {
		t.Helper()
		r, _ := b.run()
		var notes []string
		for _, n := range append(slices.Clone(r.Skips), r.Rejects...) {
			notes = append(notes, fmt.Sprintf("%s %s %d", strings.TrimPrefix(n.File, b.in+"/"), n.Code, n.Count))
		}
		if got := fmt.Sprintf("%s %d %v", r.Result, r.Copied, notes); got != said || r.Incomplete() {
			t.Errorf("%s, incomplete %v; want %s", got, r.Incomplete(), said)
		}
		if got := b.served(); got != index {
			t.Errorf("index: %s, want %s", got, index)
		}
		return r
	}
	r := want("committed 3 [a.jsonl copy 1 b.jsonl copy 2]", "x một|y hai|z ba")
	if n := r.Skips[1]; !strings.Contains(n.Reason, "a.jsonl") || n.InEN == "" {
		t.Errorf("note: %+v", n)
	}
	want("unchanged 3 [a.jsonl copy 1 b.jsonl copy 2]", "x một|y hai|z ba")
	b.write(map[string]string{"a.jsonl": "x một\ny hai\n"})
	want("committed 2 [b.jsonl copy 2]", "x một|y hai|z ba")
	b.must(os.Remove(b.path("a.jsonl")))
	if r := want("committed 0 []", "x một|y hai|z ba"); r.Added+r.Removed+r.Changed > 0 {
		t.Errorf("the documents of the other copy: +%d ~%d -%d", r.Added, r.Changed, r.Removed)
	}
}

func (b *bench) current() string {
	b.Helper()
	id, err := b.Store.Current()
	if err != nil {
		b.Fatal(err)
	}
	return id
}

func TestLastRun(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một", "b.txt": "reject"})
	if last, err := ReadLastRun(b.Store); last != nil || err != nil {
		t.Fatalf("before the first run: %v, %v", last, err)
	}
	b.run()
	first, err := ReadLastRun(b.Store)
	if err != nil || first.Result != Committed || first.Rejected != 1 || first.Finished.IsZero() || !first.Succeeded.Equal(first.Finished) {
		t.Fatalf("after a run: %+v, %v", first, err)
	}
	lock, err := b.Store.Lock()
	if err != nil {
		t.Fatal(err)
	}
	b.run() // is refused
	if now, err := ReadLastRun(b.Store); err != nil || !now.Started.Equal(first.Started) {
		t.Errorf("a run that was refused wrote itself down: %+v, %v", now, err)
	}
	lock.Unlock()
	b.Paths = []string{filepath.Join(b.in, "none")}
	b.run()
	last, err := ReadLastRun(b.Store)
	if err != nil || last.Result != Failed || last.Error == "" || !last.Succeeded.Equal(first.Succeeded) {
		t.Errorf("after a failure: %+v, %v", last, err)
	}
}
