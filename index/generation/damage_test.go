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
)

// TestDamage damages a generation in every way; each damage is found, and the
// generation before is served.
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
			r, damages, err := OpenCurrent(t.Context(), s, true, nil)
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
		r, damages, err := OpenCurrent(t.Context(), s, false, nil)
		if err != nil || r.ID != m.ID || len(damages) != 1 {
			t.Fatalf("OpenCurrent with current %.10q: %v, %v", text, damages, err)
		}
		r.Close()
	}
}

// TestShared: a file shared by two generations is hashed once and stays until both
// are removed; its damage is reported for both.
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

// TestHashedOnce: a file's hash is reused for its hard links, and only for these.
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

// TestNewerManifest: a generation by a later program, with an unknown field in its
// manifest, is outdated, not damaged.
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
