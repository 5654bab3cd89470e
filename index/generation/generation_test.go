package generation

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// build commits a generation of the given files.
func build(t *testing.T, s *Store, files map[string]string) *Manifest {
	t.Helper()
	l, err := s.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Unlock()
	b, err := l.Begin()
	if err != nil {
		t.Fatal(err)
	}
	fill(t, b.Dir, files)
	m, err := b.Commit(Info{Articles: len(files), Lessons: 2, Schema: 1, Inputs: "x"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func fill(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var three = map[string]string{"index/a": "one", "index/store/b": "two", "c": ""}

func current(t *testing.T, s *Store) string {
	t.Helper()
	id, err := s.Current()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestCommit(t *testing.T) {
	s := &Store{Dir: filepath.Join(t.TempDir(), "data")}
	if _, err := s.Current(); !errors.Is(err, ErrNone) {
		t.Fatalf("Current of no folder: %v, want ErrNone", err)
	}
	if _, _, err := s.OpenCurrent(t.Context(), true, nil); !errors.Is(err, ErrNone) {
		t.Fatalf("OpenCurrent of no folder: %v, want ErrNone", err)
	}
	m := build(t, s, three)
	r, damages, err := s.OpenCurrent(t.Context(), true, nil)
	if err != nil || len(damages) > 0 {
		t.Fatal(err, damages)
	}
	defer r.Close()
	if r.ID != m.ID || r.Articles != 3 || r.Lessons != 2 || r.Schema != 1 || r.Bytes() != 6 || len(r.Files) != 3 {
		t.Errorf("manifest read back: %+v", r.Manifest)
	}
	if got, _ := os.ReadFile(filepath.Join(r.Dir, "index/store/b")); string(got) != "two" {
		t.Errorf("content %q", got)
	}
	if left, _ := filepath.Glob(filepath.Join(s.Dir, "building", "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestNextID(t *testing.T) {
	at := time.Date(2026, 11, 22, 14, 45, 3, 999, time.FixedZone("ICT", 7*3600))
	for _, c := range []struct{ used, want string }{
		{"", "20261122T074503Z-0000"},
		{"20261122T074502Z-0007", "20261122T074503Z-0000"},
		{"20261122T074503Z-0000", "20261122T074503Z-0001"},
		{"20270101T000000Z-0041 20261122T074503Z-0000", "20270101T000000Z-0042"}, // the clock went back
		{"20270101T000000Z-9999", "20270101T000001Z-0000"},
	} {
		if got := NextID(at, strings.Fields(c.used)); got != c.want {
			t.Errorf("NextID(%s) = %s, want %s", c.used, got, c.want)
		}
	}
}

func TestInterruptedBuildIsInvisibleAndRemoved(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	first := build(t, s, three)
	l, err := s.Lock()
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Begin()
	if err != nil {
		t.Fatal(err)
	}
	fill(t, b.Dir, three)
	l.Unlock() // as the kernel does for a killed process
	fill(t, s.Dir, map[string]string{".current-123": "x"})
	if list, err := s.List(); err != nil || len(list) != 1 || current(t, s) != first.ID {
		t.Fatalf("after an interrupted build: %v, %v", list, err)
	}
	second := build(t, s, three)
	if second.ID <= first.ID || current(t, s) != second.ID {
		t.Errorf("second is %s after %s", second.ID, first.ID)
	}
	for _, path := range []string{b.Dir, filepath.Join(s.Dir, ".current-123")} {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s is still there", path)
		}
	}
}

func TestCommitFails(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	first := build(t, s, three)
	l, _ := s.Lock()
	defer l.Unlock()
	b, err := l.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/full", filepath.Join(b.Dir, "x")); err != nil {
		t.Skip(err)
	}
	if _, err := b.Commit(Info{}); err == nil {
		t.Fatal("committed a link")
	}
	if err := b.Abort(); err != nil {
		t.Fatal(err)
	}
	if list, _ := s.List(); len(list) != 1 || current(t, s) != first.ID {
		t.Errorf("a failed commit left %v", list)
	}
	if _, err := os.Stat(b.Dir); err == nil {
		t.Error("a failed build is still there")
	}
}

func TestLockSaysWhoHoldsIt(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	if h, err := s.Locked(); h != nil || err != nil {
		t.Fatalf("Locked without a lock = %v, %v", h, err)
	}
	l, err := s.Lock()
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Lock()
	var locked *LockedError
	if !errors.As(err, &locked) || locked.Holder.PID != os.Getpid() || time.Since(locked.Holder.Started) > time.Hour {
		t.Fatalf("second Lock: %v", err)
	}
	if h, err := s.Locked(); err != nil || h == nil || h.PID != os.Getpid() {
		t.Fatalf("Locked = %v, %v", h, err)
	}
	if err := l.Unlock(); err != nil {
		t.Fatal(err)
	}
	if h, err := s.Locked(); h != nil || err != nil {
		t.Fatalf("Locked after Unlock = %v, %v", h, err)
	}
	if l, err = s.Lock(); err != nil {
		t.Fatal(err)
	}
	l.Unlock()
}

// TestDamage damages a generation in every way; each is found, and the one
// before is served.
func TestDamage(t *testing.T) {
	write := func(text string) func(string) error {
		return func(path string) error { return os.WriteFile(path, []byte(text), 0o644) }
	}
	for _, c := range []struct {
		name, file string
		quick      bool // found without reading every byte
		damage     func(path string) error
	}{
		{"shorter", "index/a", true, write("on")},
		{"longer", "index/a", true, write("ones")},
		{"bit", "index/a", false, write("ona")},
		{"missing", "index/store/b", true, os.Remove},
		{"added", "index/d", false, write("?")},
		{"manifest cut", ManifestFile, true, write(`{"id":`)},
		{"manifest missing", ManifestFile, true, os.Remove},
		{"manifest edited", ManifestFile, true, func(path string) error {
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(path, []byte(strings.Replace(string(b), `"articles": 3`, `"articles": 4`, 1)), 0o644)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &Store{Dir: t.TempDir()}
			first, second := build(t, s, three), build(t, s, three)
			if err := c.damage(filepath.Join(s.path(second.ID), c.file)); err != nil {
				t.Fatal(err)
			}
			bad, err := s.Verify(t.Context(), second.ID)
			if err != nil || len(bad) != 1 || bad[0].File != c.file {
				t.Errorf("Verify = %v, %v, want one damage of %s", bad, err, c.file)
			}
			if bad, err := s.Verify(t.Context(), first.ID); err != nil || len(bad) > 0 {
				t.Errorf("Verify of the sound one = %v, %v", bad, err)
			}
			if r, err := s.Open(second.ID); (err != nil) != c.quick {
				t.Errorf("Open: %v, want an error: %v", err, c.quick)
			} else if err == nil {
				r.Close()
			}
			r, damages, err := s.OpenCurrent(t.Context(), true, nil)
			if err != nil || r.ID != first.ID || len(damages) != 1 {
				t.Fatalf("OpenCurrent: %v, %v, want %s", damages, err, first.ID)
			}
			defer r.Close()
			if list, err := s.List(); err != nil || len(list) != 2 || (list[0].Err != nil) != c.quick || !list[0].Current {
				t.Errorf("List = %+v, %v", list, err)
			}
		})
	}
}

func TestVerifyReportsEveryFile(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	m := build(t, s, three)
	for name := range three {
		if err := os.WriteFile(filepath.Join(s.path(m.ID), name), []byte("damage"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if bad, err := s.Verify(t.Context(), m.ID); err != nil || len(bad) != 3 {
		t.Errorf("Verify = %v, %v", bad, err)
	}
	for _, id := range []string{"", "..", "../x", "20200101T000000Z-0000"} {
		if _, err := s.Verify(t.Context(), id); !errors.Is(err, ErrNotFound) {
			t.Errorf("Verify(%q): %v", id, err)
		}
		if _, err := s.Open(id); !errors.Is(err, ErrNotFound) {
			t.Errorf("Open(%q): %v", id, err)
		}
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Verify(done, m.ID); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify stopped: %v", err)
	}
}

func TestCurrentUnreadable(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	m := build(t, s, three)
	for _, text := range []string{"", "../../etc", strings.Repeat("x", 1000)} {
		if err := os.WriteFile(filepath.Join(s.Dir, currentFile), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if id, err := s.Current(); err == nil {
			t.Errorf("Current of %.10q = %s", text, id)
		}
		r, damages, err := s.OpenCurrent(t.Context(), false, nil)
		if err != nil || r.ID != m.ID || len(damages) != 1 {
			t.Fatalf("OpenCurrent with current %.10q: %v, %v", text, damages, err)
		}
		r.Close()
	}
}

// TestRollbackToUnreadable: never onto a generation that cannot be opened; the
// newest that can is named, or taken where none was asked for.
func TestRollbackToUnreadable(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	first, second, third, fourth := build(t, s, three), build(t, s, three), build(t, s, three), build(t, s, three)
	accept := func(r *Reader) error {
		if r.ID == third.ID || r.ID == first.ID {
			return ErrOutdated
		}
		return nil
	}
	var unreadable *UnreadableError
	if _, err := s.Rollback(third.ID, false, accept); !errors.As(err, &unreadable) || unreadable.Generation != third.ID || unreadable.Instead != second.ID ||
		!errors.Is(err, ErrOutdated) || current(t, s) != fourth.ID {
		t.Errorf("rollback to one that cannot be opened: %v", err)
	}
	if id, err := s.Rollback("", false, accept); err != nil || id != second.ID || current(t, s) != second.ID {
		t.Errorf("rollback: %s, %v, want %s", id, err, second.ID)
	}
	if _, err := s.Rollback("", false, accept); !errors.Is(err, ErrNoEarlier) || !errors.As(err, &unreadable) || current(t, s) != second.ID {
		t.Errorf("rollback without a readable one: %v", err)
	}
}

func TestRollback(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	first := build(t, s, three)
	if _, err := s.Rollback("", false, nil); !errors.Is(err, ErrNoEarlier) {
		t.Fatalf("Rollback of one: %v", err)
	}
	second, third := build(t, s, three), build(t, s, three)
	fill(t, s.path(second.ID), map[string]string{"index/a": "ona"})
	if id, err := s.Rollback("", false, nil); err != nil || id != first.ID || current(t, s) != first.ID {
		t.Fatalf("Rollback over a damaged one = %s, %v", id, err)
	}
	if _, err := s.Rollback(second.ID, false, nil); err == nil || current(t, s) != first.ID {
		t.Errorf("Rollback to a damaged one: %v", err)
	}
	if id, err := s.Rollback(third.ID, false, nil); err != nil || id != third.ID || current(t, s) != third.ID {
		t.Errorf("Rollback to a named one = %s, %v", id, err)
	}
	if fourth := build(t, s, three); fourth.ID <= third.ID {
		t.Errorf("after a rollback %s follows %s", fourth.ID, third.ID)
	}
}

func TestPrune(t *testing.T) {
	for _, c := range []struct {
		name      string
		n, keep   int
		damage    []int // of the n, from 0
		reading   []int
		rollbacks int
		want      string // what stays, oldest first
	}{
		{"nothing to do", 2, 1, nil, nil, 0, "0 1"},
		{"oldest go", 5, 3, nil, nil, 0, "2 3 4"},
		{"at least the one before", 5, 1, nil, nil, 0, "3 4"},
		{"zero is one", 3, 0, nil, nil, 0, "1 2"},
		{"damaged ones do not count", 5, 2, []int{3}, nil, 0, "2 4"},
		{"damaged current stays, and the last good ones", 5, 2, []int{3, 4}, nil, 0, "1 2 4"},
		{"damaged ones go", 4, 2, []int{0, 1, 2}, nil, 0, "3"},
		{"none is sound", 4, 2, []int{0, 1, 2, 3}, nil, 0, "0 1 2 3"},
		{"read ones stay", 5, 2, nil, []int{0}, 0, "0 3 4"},
		{"after a rollback", 5, 2, nil, nil, 2, "1 2 3 4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &Store{Dir: t.TempDir()}
			var ids []string
			for range c.n {
				ids = append(ids, build(t, s, three).ID)
			}
			for _, i := range c.damage {
				fill(t, s.path(ids[i]), map[string]string{"index/a": "ona"})
			}
			for range c.rollbacks {
				if _, err := s.Rollback("", false, nil); err != nil {
					t.Fatal(err)
				}
			}
			for _, i := range c.reading {
				r, err := s.Open(ids[i])
				if err != nil {
					t.Fatal(err)
				}
				defer r.Close()
			}
			l, err := s.Lock()
			if err != nil {
				t.Fatal(err)
			}
			defer l.Unlock()
			removed, err := l.Prune(c.keep)
			if err != nil {
				t.Fatal(err)
			}
			left, _ := s.IDs()
			var got []string
			for _, id := range left {
				got = append(got, fmt.Sprint(slices.Index(ids, id)))
			}
			slices.Reverse(got)
			if strings.Join(got, " ") != c.want || len(removed) != c.n-len(left) {
				t.Errorf("left %v, removed %d, want %s", got, len(removed), c.want)
			}
		})
	}
}

// TestReadableLikeTheFolder builds with an engine that keeps its files to
// itself.
func TestReadableLikeTheFolder(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	if err := os.Chmod(s.Dir, 0o750); err != nil {
		t.Fatal(err)
	}
	l, err := s.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Unlock()
	b, err := l.Begin()
	if err != nil {
		t.Fatal(err)
	}
	fill(t, b.Dir, three)
	if err := errors.Join(os.Chmod(filepath.Join(b.Dir, "index/a"), 0o600), os.Chmod(filepath.Join(b.Dir, "index"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(Info{}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{"index": 0o750, "index/a": 0o640, "c": 0o640} {
		if st, err := os.Stat(filepath.Join(s.path(b.ID), name)); err != nil || st.Mode().Perm() != want {
			t.Errorf("%s: %v, %v, want %v", name, st.Mode(), err, want)
		}
	}
}

// TestReadOnlyFolder serves from a data folder that may only be read.
func TestReadOnlyFolder(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	m := build(t, s, three)
	chmod := func(dirs os.FileMode, files os.FileMode) {
		filepath.WalkDir(s.Dir, func(path string, d os.DirEntry, err error) error {
			if d.IsDir() {
				return os.Chmod(path, dirs)
			}
			return os.Chmod(path, files)
		})
	}
	chmod(0o555, 0o444)
	defer chmod(0o755, 0o644)
	r, damages, err := s.OpenCurrent(t.Context(), true, nil)
	if err != nil || len(damages) > 0 || r.ID != m.ID {
		t.Fatal(err, damages)
	}
	defer r.Close()
	if _, err := s.Locked(); err != nil {
		t.Error(err)
	}
}

func TestWriteFileKeepsOldOnError(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	if err := WriteFile(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(filepath.Join(dir, "none", "f"), nil); err == nil {
		t.Error("wrote into a folder that is not there")
	}
	if err := os.Mkdir(filepath.Join(dir, "d"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(filepath.Join(dir, "d"), nil); err == nil {
		t.Error("replaced a folder")
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 2 {
		t.Errorf("temporary files left: %v", entries)
	}
}

// TestShared: a file that a generation shares with the one before is hashed once,
// belongs to both, and outlives either; its damage is that of both.
func TestShared(t *testing.T) {
	s := &Store{Dir: filepath.Join(t.TempDir(), "data")}
	first := build(t, s, map[string]string{"index/segment": "large", "index/learned": "old"})
	l, err := s.Lock()
	if err != nil {
		t.Fatal(err)
	}
	base, err := s.Open(first.ID)
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Begin()
	if err != nil {
		t.Fatal(err)
	}
	fill(t, b.Dir, map[string]string{"index/learned": "new"})
	old, own := filepath.Join(base.Dir, "index/segment"), filepath.Join(b.Dir, "index/segment")
	if err := os.Link(old, own); err != nil {
		t.Skip("this file system has no hard links:", err)
	}
	b.Base = base
	second, err := b.Commit(Info{})
	if err != nil {
		t.Fatal(err)
	}
	if err := base.Close(); err != nil {
		t.Fatal(err)
	}
	sum := func(m *Manifest, name string) string {
		at := slices.IndexFunc(m.Files, func(f File) bool { return f.Name == name })
		if at < 0 || m.Files[at].Size == 0 {
			t.Fatalf("%s is not in %v", name, m.Files)
		}
		return m.Files[at].SHA256
	}
	if sum(first, "index/segment") != sum(second, "index/segment") || sum(first, "index/learned") == sum(second, "index/learned") {
		t.Errorf("files %v, then %v", first.Files, second.Files)
	}
	verified := func(id string, want int) {
		t.Helper()
		if bad, err := s.Verify(t.Context(), id); err != nil || len(bad) != want {
			t.Errorf("generation %s: %v, %v, want %d damages", id, bad, err, want)
		}
	}
	verified(first.ID, 0)
	verified(second.ID, 0)
	if ok, err := s.remove(first.ID); err != nil || !ok {
		t.Fatalf("remove: %v, %v", ok, err)
	}
	verified(second.ID, 0)

	l.Unlock()
	third := build(t, s, map[string]string{"a": "b"})
	both := filepath.Join(s.path(third.ID), "index")
	if err := os.Link(filepath.Join(s.path(second.ID), "index/segment"), both); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(both, []byte("LARGE"), 0o644); err != nil {
		t.Fatal(err)
	}
	verified(second.ID, 1)
}

// TestHashedOnce: the sum of a file that was hashed is kept for its hard links, and
// only for those.
func TestHashedOnce(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, map[string]string{"a": "one", "c": "two"})
	path := func(name string) string { return filepath.Join(dir, name) }
	if err := os.Link(path("a"), path("b")); err != nil {
		t.Skip("this file system has no hard links:", err)
	}
	var h hasher
	sums := map[string]string{}
	for _, name := range []string{"a", "b", "c"} {
		_, sum, err := h.file(path(name), "same")
		if err != nil {
			t.Fatal(err)
		}
		sums[name] = sum
	}
	if sums["a"] != sums["b"] || sums["a"] == sums["c"] || len(h.known["same"]) != 2 {
		t.Errorf("sums %v of %d files", sums, len(h.known["same"]))
	}
}

// TestNewerManifest: a generation of a later program, whose manifest has a field
// that this one does not know, is outdated and not damaged.
func TestNewerManifest(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	id := build(t, s, three).ID
	for field, outdated := range map[string]bool{`"articles": 2`: false, `"later": 2`: true} {
		manifest := fmt.Sprintf(`{"id": %q, %s, "sum": "of all fields"}`, id, field)
		if err := os.WriteFile(filepath.Join(s.path(id), ManifestFile), []byte(manifest), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Open(id); err == nil || errors.Is(err, ErrOutdated) != outdated {
			t.Errorf("%s: %v, want outdated %v", field, err, outdated)
		}
	}
}
