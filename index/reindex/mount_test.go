//go:build unix

package reindex

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// mountedDisk has file systems of their own at and below some paths.
type mountedDisk struct {
	realDisk
	at map[string]bool // by absolute path
}

func (d *mountedDisk) Lstat(name string) (fs.FileInfo, error) {
	st, err := d.realDisk.Lstat(name)
	for at := range d.at {
		if err == nil && st.IsDir() && (name == at || strings.HasPrefix(name, at+"/")) {
			return otherDevice{st}, nil
		}
	}
	return st, err
}

type otherDevice struct{ fs.FileInfo }

func (o otherDevice) Sys() any {
	st := *o.FileInfo.Sys().(*syscall.Stat_t)
	st.Dev++
	return &st
}

// TestMountInside: the documents of a file system that is missing inside a source
// are kept, night after night, also if its mount point is gone too; other files of
// the source come and go.
func TestMountInside(t *testing.T) {
	for _, c := range []struct {
		name string
		lose func(a *accidents)
		said []string // the run after, and the run after that
	}{
		{"unmounted", func(a *accidents) { a.must(os.Mkdir(a.path("src/b"), 0o755)) },
			[]string{"committed 3: +0 ~0 -1 kept 2 of 2 [src/b empty-source]", "unchanged 1: +0 ~0 -0 kept 2 of 2 [src/b empty-source]"}},
		{"its folder is gone too", func(*accidents) {},
			[]string{"committed 3: +0 ~0 -1 kept 2 of 2 [src/b empty-source]", "unchanged 1: +0 ~0 -0 kept 2 of 2 [src/b empty-source]"}},
		{"a folder with a file in its place", func(a *accidents) {
			a.write(map[string]string{"src/b/b1.txt": "Văn bản b1 về dân vận."})
		}, []string{"committed 0: +0 ~0 -2 kept 0 of 0 []", "unchanged 0: +0 ~0 -0 kept 0 of 0 []"}},
		{"allowed to be empty", func(a *accidents) { a.AllowEmpty = true },
			[]string{"committed 0: +0 ~0 -3 kept 0 of 0 []", "unchanged 0: +0 ~0 -0 kept 0 of 0 []"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newAccidents(t)
			root, err := filepath.EvalSymlinks(a.path("src"))
			a.must(err)
			disk := &mountedDisk{at: map[string]bool{filepath.Join(root, "b"): true}}
			a.Config.disk = disk
			if got, want := a.rerun(), "committed 0: +21 ~0 -0 kept 0 of 0 []"; got != want {
				t.Fatalf("first run: %s, want %s", got, want)
			}
			disk.at = nil
			a.must(os.RemoveAll(a.path("src/b")))
			a.must(os.Remove(a.path("src/a/a1.txt")))
			c.lose(a)
			for _, want := range c.said {
				if got := a.rerun(); got != want {
					t.Errorf("said %s, want %s", got, want)
				}
			}
			if a.AllowEmpty {
				return
			}
			// Mounted again, all is as before.
			disk.at = map[string]bool{filepath.Join(root, "b"): true}
			a.write(map[string]string{
				"src/a/a1.txt": "Văn bản a1 về dân vận.", "src/b/b1.txt": "Văn bản b1 về dân vận.", "src/b/b2.txt": "Văn bản b2 về dân vận.",
			})
			a.rerun()
			if got := strings.Count(a.served(), "|") + 1; got != 21 {
				t.Errorf("%d documents after all is back, want 21", got)
			}
		})
	}
}
