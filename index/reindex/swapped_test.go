package reindex

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestSwappedNames: two files of the same size and time swap their names, and one takes
// the name of the other.
func TestSwappedNames(t *testing.T) {
	b := newBench(t, nil)
	b.writeAt(time.Now().Add(-time.Hour).Truncate(time.Second), map[string]string{"a.txt": "một", "b.txt": "mốt", "c.txt": "một!"})
	rename := func(from, to string) {
		t.Helper()
		if err := os.Rename(b.in+"/"+from, b.in+"/"+to); err != nil {
			t.Fatal(err)
		}
	}
	b.want("committed 3 (3 new) []", "a một|b mốt|c một!")
	rename("a.txt", "x")
	rename("b.txt", "a.txt")
	rename("x", "b.txt")
	b.want("committed 3 (2 new) []", "a mốt|b một|c một!")
	rename("a.txt", "b.txt")
	b.want("committed 2 (0 new) []", "b mốt|c một!")
}

// TestNewNumbers: a file system that numbers its files anew makes no file another one.
func TestNewNumbers(t *testing.T) {
	at := time.Now()
	f := &file{source: source{id: "in/a.txt", inode: 8, size: 3, mtime: at}}
	for _, c := range []struct {
		inode  uint64 // in the record of the file
		before map[fingerprint]string
		want   bool
	}{
		{8, map[fingerprint]string{{8, 3, at.UnixNano()}: "in/a.txt"}, false},
		{7, map[fingerprint]string{{7, 3, at.UnixNano()}: "in/a.txt"}, false},
		{7, map[fingerprint]string{{8, 4, at.UnixNano()}: "in/b.txt"}, false},
		{7, map[fingerprint]string{{8, 3, at.UnixNano()}: "in/b.txt"}, true},
		{0, map[fingerprint]string{{8, 3, at.UnixNano()}: "in/a.txt"}, false},
	} {
		if got := f.wasAnother(fileRecord{Inode: c.inode}, func() map[fingerprint]string { return c.before }); got != c.want {
			t.Errorf("number %d before, files %v: another file %v, want %v", c.inode, c.before, got, c.want)
		}
	}
}

// TestSameNameElsewhere runs in two folders whose files have the same relative
// name, size and time, and other content.
func TestSameNameElsewhere(t *testing.T) {
	b := newBench(t, nil)
	at := time.Now().Add(-time.Hour)
	b.writeAt(at, map[string]string{"1/x/a.txt": "một", "2/x/a.txt": "mốt"})
	b.Paths = []string{"x"}
	t.Chdir(filepath.Join(b.in, "1"))
	b.want("committed 1 (1 new) []", "a một")
	t.Chdir(filepath.Join(b.in, "2"))
	b.want("committed 1 (1 new) []", "a mốt")
	t.Chdir(b.in)
	b.Paths = []string{"1/x"}
	b.want("committed 1 (0 new) []", "a một")
}
