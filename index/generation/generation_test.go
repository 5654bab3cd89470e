package generation

import (
	"errors"
	"os"
	"path/filepath"
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
	if _, _, err := OpenCurrent(t.Context(), s, true, nil); !errors.Is(err, ErrNone) {
		t.Fatalf("OpenCurrent of no folder: %v, want ErrNone", err)
	}
	m := build(t, s, three)
	r, damages, err := OpenCurrent(t.Context(), s, true, nil)
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

// TestReadableLikeTheFolder builds with an engine whose files only the owner may
// read.
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
	r, damages, err := OpenCurrent(t.Context(), s, true, nil)
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
