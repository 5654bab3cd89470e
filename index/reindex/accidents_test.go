package reindex

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"nghiquyet/index/extract"
	"nghiquyet/index/read"
)

// faultyDisk fails where a test sets it.
type faultyDisk struct {
	realDisk
	fails map[string]error // by absolute path
}

func (d *faultyDisk) Lstat(name string) (fs.FileInfo, error) {
	if err := d.fails[name]; err != nil {
		return nil, &fs.PathError{Op: "lstat", Path: name, Err: err}
	}
	return d.realDisk.Lstat(name)
}

func (d *faultyDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := d.fails[name]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return d.realDisk.ReadDir(name)
}

// faultyReader is the real extractor, which fails in the middle of a file where a
// test sets it. It counts the files that it opens.
type faultyReader struct {
	*extract.Extractor
	fails  map[string]error // by absolute path
	during func(path string)
	opened atomic.Int64
}

func (x *faultyReader) Inputs(ctx context.Context, path string) iter.Seq2[read.Input, error] {
	x.opened.Add(1)
	return func(yield func(read.Input, error) bool) {
		for in, err := range x.Extractor.Inputs(ctx, path) {
			if fail := x.fails[path]; fail != nil {
				yield(in, fmt.Errorf("extract %s: %w", path, &fs.PathError{Op: "read", Path: path, Err: fail}))
				return
			}
			if !yield(in, err) {
				return
			}
		}
		if x.during != nil {
			x.during(path)
		}
	}
}

// accidents is a bench with the real extractor over three kinds of files.
type accidents struct {
	*bench
	disk *faultyDisk
	read *faultyReader
}

func lines(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		text, _ := json.Marshal(map[string]string{"id": fmt.Sprintf("d%02d", i), "text": fmt.Sprintf("Văn bản số %d về dân vận.", i)})
		b.Write(append(text, '\n'))
	}
	return b.String()
}

func newAccidents(t *testing.T) *accidents {
	var packed bytes.Buffer
	z, _ := zstd.NewWriter(&packed)
	z.Write([]byte(lines(20, 25)))
	z.Close()
	b := newBench(t, map[string]string{
		"src/a/a1.txt": "Văn bản a1 về dân vận.", "src/a/a2.txt": "Văn bản a2 về dân vận.",
		"src/b/b1.txt": "Văn bản b1 về dân vận.", "src/b/b2.txt": "Văn bản b2 về dân vận.",
		"src/l.jsonl": lines(0, 5), "src/g.jsonl.gz": zipped(lines(10, 15)), "src/z.jsonl.zst": packed.String(),
		"more/m1.txt": "Văn bản m1 về dân vận.", "more/m2.txt": "Văn bản m2 về dân vận.",
	})
	a := &accidents{bench: b, disk: &faultyDisk{fails: map[string]error{}}, read: &faultyReader{Extractor: extract.New(extract.Config{}), fails: map[string]error{}}}
	b.Config.disk, b.Extractor = a.disk, a.read
	b.Paths = []string{b.path("src"), b.path("more")}
	return a
}

func (b *bench) path(name string) string { return filepath.Join(b.in, name) }

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// cut leaves the share of a file in percent.
func (b *bench) cut(name string, percent int64) {
	st, err := os.Stat(b.path(name))
	b.must(err)
	b.must(os.Truncate(b.path(name), st.Size()*percent/100))
}

// rerun runs again and returns one line: result, exit code, what changed and
// the messages.
func (a *accidents) rerun() string {
	a.Helper()
	r, err := Run(a.Context(), a.Config)
	code := 0
	switch {
	case err != nil:
		code = 1
	case r.Incomplete() && r.Result == Committed:
		code = 3
	case r.Incomplete():
		code = 1
	}
	var said []string
	for _, n := range r.Rejects {
		said = append(said, strings.TrimPrefix(n.File, a.in+"/")+" "+n.Code)
	}
	for _, n := range r.Keeps {
		if n.Kept == 0 || n.Read.IsZero() || n.Age < 0 {
			a.Errorf("kept without number or age: %+v", n)
		}
	}
	return fmt.Sprintf("%s %d: +%d ~%d -%d kept %d of %d %v", r.Result, code, r.Added, r.Changed, r.Removed, r.Kept, len(r.Keeps), said)
}

// TestAccidents stages accidents of folders on file servers. For 21 documents in
// nine files it checks which stay in the index, the messages, and the exit code.
func TestAccidents(t *testing.T) {
	for _, c := range []struct {
		name     string
		accident func(*accidents)
		said     string
		there    int // documents in the index afterwards
	}{
		{"nothing", func(*accidents) {}, "unchanged 0: +0 ~0 -0 kept 0 of 0 []", 21},
		{"a source is not mounted", func(a *accidents) { a.must(os.RemoveAll(a.path("more"))); a.must(os.Mkdir(a.path("more"), 0o755)) },
			"unchanged 1: +0 ~0 -0 kept 2 of 2 [more empty-source]", 21},
		{"a source is not there", func(a *accidents) { a.must(os.RemoveAll(a.path("more"))) }, "failed 1: +0 ~0 -0 kept 0 of 0 []", 21},
		{"all is empty", func(a *accidents) {
			a.must(os.RemoveAll(a.in))
			a.must(errors.Join(os.MkdirAll(a.path("more"), 0o755), os.Mkdir(a.path("src"), 0o755)))
		}, "failed 1: +0 ~0 -0 kept 21 of 9 [src empty-source more empty-source]", 21},
		{"an empty folder is named instead", func(a *accidents) { a.Paths[1] = a.T.TempDir() }, "unchanged 1: +0 ~0 -0 kept 2 of 2 [EMPTY empty-source]", 21},
		{"a folder without permission", func(a *accidents) { a.disk.fails[a.path("src/b")] = syscall.EACCES },
			"unchanged 1: +0 ~0 -0 kept 2 of 2 [src/b read-error]", 21},
		{"a folder whose server is gone", func(a *accidents) { a.disk.fails[a.path("src/a")] = syscall.ESTALE },
			"unchanged 1: +0 ~0 -0 kept 2 of 2 [src/a read-error]", 21},
		{"a source without permission", func(a *accidents) { a.disk.fails[a.path("src")] = syscall.EACCES }, "failed 1: +0 ~0 -0 kept 0 of 0 []", 21},
		{"a file that cannot be looked at", func(a *accidents) { a.disk.fails[a.path("src/a/a1.txt")] = syscall.EIO },
			"unchanged 1: +0 ~0 -0 kept 1 of 1 [src/a/a1.txt read-error]", 21},
		{"a file that cannot be opened", func(a *accidents) {
			a.write(map[string]string{"src/a/a1.txt": "Văn bản a1 khác hẳn."})
			a.read.fails[a.path("src/a/a1.txt")] = syscall.EACCES
		}, "unchanged 1: +0 ~0 -0 kept 1 of 1 [src/a/a1.txt read-error]", 21},
		{"a read error in the middle", func(a *accidents) {
			a.write(map[string]string{"src/l.jsonl": lines(0, 4)})
			a.read.fails[a.path("src/l.jsonl")] = syscall.EIO
		}, "unchanged 1: +0 ~0 -0 kept 5 of 1 [src/l.jsonl read-error]", 21},
		{"a torn gz", func(a *accidents) { a.cut("src/g.jsonl.gz", 60) }, "unchanged 1: +0 ~0 -0 kept 5 of 1 [src/g.jsonl.gz damaged]", 21},
		{"a torn zst", func(a *accidents) { a.cut("src/z.jsonl.zst", 60) }, "unchanged 1: +0 ~0 -0 kept 5 of 1 [src/z.jsonl.zst damaged]", 21},
		{"a cut last line", func(a *accidents) { a.cut("src/l.jsonl", 70) }, "unchanged 1: +0 ~0 -0 kept 5 of 1 [src/l.jsonl damaged]", 21},
		{"a mangled line", func(a *accidents) {
			a.write(map[string]string{"src/l.jsonl": strings.Replace(lines(0, 5), `"id":"d02","text":"`, `"id":"d02","text:"`, 1)})
		}, "unchanged 1: +0 ~0 -0 kept 1 of 1 [src/l.jsonl bad-json]", 21},
		{"a line too many of the wrong kind", func(a *accidents) {
			a.write(map[string]string{"src/l.jsonl": lines(0, 4) + `{"id":"d04","text":7}` + "\n" + `{"id":"d99","text":7}`})
		}, "unchanged 1: +0 ~0 -0 kept 1 of 1 [src/l.jsonl bad-json src/l.jsonl bad-json]", 21},
		{"a line whose id is mangled", func(a *accidents) {
			a.write(map[string]string{"src/l.jsonl": strings.Replace(lines(0, 5), `"id":"d02"`, `"id:"d02"`, 1)})
		}, "unchanged 1: +0 ~0 -0 kept 1 of 1 [src/l.jsonl bad-json]", 21},
		{"a message that ends a file", func(a *accidents) {
			a.write(map[string]string{"src/l.jsonl": lines(0, 2) + "upstream timed out\n"})
		}, "unchanged 1: +0 ~0 -0 kept 3 of 1 [src/l.jsonl bad-json]", 21},
		{"a message, and a line deleted before it", func(a *accidents) {
			a.write(map[string]string{"src/l.jsonl": lines(1, 4) + "upstream timed out\n"})
		}, "committed 3: +0 ~0 -1 kept 1 of 1 [src/l.jsonl bad-json]", 20},
		{"a folder moved behind a link", func(a *accidents) {
			elsewhere := filepath.Join(a.T.TempDir(), "b")
			a.must(errors.Join(os.Rename(a.path("src/b"), elsewhere), os.Symlink(elsewhere, a.path("src/b"))))
		}, "unchanged 1: +0 ~0 -0 kept 2 of 2 [src/b link-outside]", 21},
		{"a link to what is not mounted", func(a *accidents) {
			a.must(errors.Join(os.RemoveAll(a.path("src/b")), os.Symlink(a.path("none"), a.path("src/b"))))
		}, "unchanged 1: +0 ~0 -0 kept 2 of 2 [src/b read-error]", 21},
		{"a folder replaced by a link to itself", func(a *accidents) {
			a.must(errors.Join(os.RemoveAll(a.path("src/b")), os.Symlink("b", a.path("src/b"))))
		}, "unchanged 1: +0 ~0 -0 kept 2 of 2 [src/b read-error]", 21},
		{"a file replaced by a pipe", func(a *accidents) {
			a.must(errors.Join(os.Remove(a.path("src/a/a1.txt")), syscall.Mkfifo(a.path("src/a/a1.txt"), 0o644)))
		}, "unchanged 1: +0 ~0 -0 kept 1 of 1 []", 21},
		{"a source excluded completely", func(a *accidents) { a.Exclude = []string{"m*.txt"} }, "committed 0: +0 ~0 -2 kept 0 of 0 []", 19},
		{"an unmounted source, and a pattern for something else", func(a *accidents) {
			a.Exclude = []string{"*.bak"}
			a.must(errors.Join(os.RemoveAll(a.path("more")), os.Mkdir(a.path("more"), 0o755)))
			a.write(map[string]string{"more/x.bak": "x"})
		}, "unchanged 1: +0 ~0 -0 kept 2 of 2 [more empty-source]", 21},
		{"everything excluded", func(a *accidents) { a.Exclude = []string{"*"} }, "failed 1: +0 ~0 -0 kept 0 of 0 []", 21},
		{"an empty file", func(a *accidents) { a.must(os.Truncate(a.path("src/l.jsonl"), 0)) },
			"unchanged 1: +0 ~0 -0 kept 5 of 1 [src/l.jsonl empty]", 21},
		{"a compressed file of blank lines", func(a *accidents) { a.write(map[string]string{"src/g.jsonl.gz": "\n \n"}) },
			"unchanged 1: +0 ~0 -0 kept 5 of 1 [src/g.jsonl.gz empty]", 21},
		{"a file that may be empty", func(a *accidents) { a.AllowEmpty = true; a.must(os.Truncate(a.path("src/l.jsonl"), 0)) },
			"committed 3: +0 ~0 -5 kept 0 of 0 [src/l.jsonl empty]", 16},
		{"an empty text", func(a *accidents) { a.must(os.Truncate(a.path("src/a/a1.txt"), 0)) },
			"unchanged 1: +0 ~0 -0 kept 1 of 1 [src/a/a1.txt empty]", 21},
		{"a file growing while read", func(a *accidents) {
			a.write(map[string]string{"src/l.jsonl": lines(0, 3)})
			a.read.during = func(path string) {
				if path == a.path("src/l.jsonl") {
					a.write(map[string]string{"src/l.jsonl": lines(0, 4)})
				}
			}
		}, "unchanged 1: +0 ~0 -0 kept 5 of 1 [src/l.jsonl changed-while-read]", 21},
		{"a file gone while read", func(a *accidents) {
			a.write(map[string]string{"src/a/a1.txt": "Văn bản a1 khác hẳn."})
			a.read.during = func(path string) {
				if path == a.path("src/a/a1.txt") {
					os.Remove(path)
				}
			}
		}, "unchanged 1: +0 ~0 -0 kept 1 of 1 [src/a/a1.txt gone]", 21},
		{"the night after a file was gone while read", func(a *accidents) {
			a.write(map[string]string{"src/a/a1.txt": "Văn bản a1 khác hẳn."})
			a.read.during = func(path string) { os.Remove(a.path("src/a/a1.txt")) }
			a.rerun()
		}, "committed 0: +0 ~0 -1 kept 0 of 0 []", 20},
		{"a folder unmounted after it was listed", func(a *accidents) {
			a.write(map[string]string{"src/a/a1.txt": "Văn bản a1 khác.", "src/b/b1.txt": "Văn bản b1 khác.", "src/b/b2.txt": "Văn bản b2 khác."})
			a.read.during = func(path string) { a.must(os.RemoveAll(a.path("src/b"))) }
		}, "committed 3: +0 ~1 -0 kept 2 of 2 [src/b/b1.txt gone src/b/b2.txt gone]", 21},
		{"a folder renamed before it was listed", func(a *accidents) { a.disk.fails[a.path("src/b")] = syscall.ENOENT },
			"unchanged 1: +0 ~0 -0 kept 2 of 2 [src/b gone]", 21},
		{"a file removed before it was looked at", func(a *accidents) { a.disk.fails[a.path("src/b/b1.txt")] = syscall.ENOENT },
			"unchanged 1: +0 ~0 -0 kept 1 of 1 [src/b/b1.txt gone]", 21},
		{"a folder renamed", func(a *accidents) { a.must(os.Rename(a.path("src/b"), a.path("src/c"))) }, "committed 0: +0 ~0 -0 kept 0 of 0 []", 21},
		{"a source renamed", func(a *accidents) {
			a.must(os.Rename(a.path("src"), a.path("nguon")))
			a.Paths[0] = a.path("nguon")
		}, "unchanged 0: +0 ~0 -0 kept 0 of 0 []", 21},
		{"a source by a relative path", func(a *accidents) { a.T.Chdir(a.in); a.Paths = []string{"src/", "./more"} },
			"unchanged 0: +0 ~0 -0 kept 0 of 0 []", 21},
		{"a source mounted elsewhere", func(a *accidents) {
			elsewhere := a.T.TempDir()
			a.must(os.Rename(a.path("src"), filepath.Join(elsewhere, "src")))
			a.Paths[0] = filepath.Join(elsewhere, "src")
		}, "unchanged 0: +0 ~0 -0 kept 0 of 0 []", 21},
		{"a source named twice, by a link too", func(a *accidents) {
			a.must(os.Symlink(a.path("src"), a.path("link")))
			a.Paths = append(a.Paths, a.path("link"), a.path("link/a/a1.txt"))
		}, "unchanged 0: +0 ~0 -0 kept 0 of 0 []", 21},
		{"a source at the mount point of another", func(a *accidents) {
			a.must(errors.Join(os.RemoveAll(a.path("more")), os.Symlink(a.path("src"), a.path("more"))))
		}, "unchanged 1: +0 ~0 -0 kept 2 of 2 [more empty-source]", 21},
		{"a source that was in another one", func(a *accidents) {
			a.Paths = append(a.Paths, a.path("src/b"))
			a.rerun()
		}, "unchanged 0: +0 ~0 -0 kept 0 of 0 []", 21},
		{"a file replaced by a folder", func(a *accidents) {
			a.must(os.Remove(a.path("src/a/a1.txt")))
			a.write(map[string]string{"src/a/a1.txt/x.txt": "Văn bản x về dân vận."})
		}, "committed 0: +1 ~0 -1 kept 0 of 0 []", 21},
		{"a folder replaced by a file", func(a *accidents) {
			a.must(os.RemoveAll(a.path("src/b")))
			a.write(map[string]string{"src/b": "x"})
		}, "unchanged 1: +0 ~0 -0 kept 2 of 2 [src/b source-replaced]", 21},
		{"the night after a folder was replaced by a file", func(a *accidents) {
			a.must(os.RemoveAll(a.path("src/b")))
			a.write(map[string]string{"src/b": "x"})
			a.rerun()
		}, "unchanged 1: +0 ~0 -0 kept 2 of 2 [src/b source-replaced]", 21},
		{"a folder replaced by a file that may be empty", func(a *accidents) {
			a.AllowEmpty = true
			a.must(os.RemoveAll(a.path("src/b")))
			a.write(map[string]string{"src/b": "x"})
		}, "committed 3: +0 ~0 -2 kept 0 of 0 [src/b source-replaced]", 19},
		{"a folder replaced by a file with a document", func(a *accidents) {
			a.must(os.Rename(a.path("src/b"), a.path("src/b.txt")))
			a.rerun()
			a.must(os.RemoveAll(a.path("src/b.txt")))
			a.write(map[string]string{"src/b.txt": "Văn bản b về dân vận."})
		}, "committed 3: +1 ~0 -2 kept 0 of 0 [src/b.txt source-replaced]", 20},
		{"a file replaced by an empty folder", func(a *accidents) {
			a.must(errors.Join(os.Remove(a.path("src/a/a1.txt")), os.Mkdir(a.path("src/a/a1.txt"), 0o755)))
		}, "unchanged 1: +0 ~0 -0 kept 1 of 1 [src/a/a1.txt source-replaced]", 21},
		{"a folder replaced by a file that is left out", func(a *accidents) {
			a.Exclude = []string{"/b"}
			a.must(os.RemoveAll(a.path("src/b")))
			a.write(map[string]string{"src/b": "x"})
		}, "committed 0: +0 ~0 -2 kept 0 of 0 []", 19},
		{"a source replaced by a file", func(a *accidents) {
			a.must(os.RemoveAll(a.path("more")))
			a.write(map[string]string{"more": "Văn bản m3 về dân vận."})
		}, "committed 3: +1 ~0 -2 kept 0 of 0 [more source-replaced]", 20},
		{"a source replaced by a file without a document", func(a *accidents) {
			a.must(os.RemoveAll(a.path("more")))
			a.write(map[string]string{"more": ""})
		}, "committed 3: +0 ~0 -0 kept 2 of 2 [more empty-source more empty]", 21},
		{"a copy of a file", func(a *accidents) { a.write(map[string]string{"src/l2.jsonl": lines(0, 5)}) },
			"committed 0: +0 ~0 -0 kept 0 of 0 []", 21},
		{"a copy of a file, and a changed line", func(a *accidents) {
			a.write(map[string]string{"src/l2.jsonl": strings.Replace(lines(0, 5), "số 3", "số ba", 1)})
		}, "committed 3: +0 ~0 -0 kept 0 of 0 [src/l2.jsonl duplicate-id]", 21},
		{"the clock jumps ahead", func(a *accidents) {
			a.writeAt(time.Now().AddDate(30, 0, 0), map[string]string{"src/a/a1.txt": "Văn bản a1 sửa lại."})
		}, "committed 0: +0 ~1 -0 kept 0 of 0 []", 21},
		{"the clock went back", func(a *accidents) {
			a.writeAt(time.Unix(0, 0), map[string]string{"src/a/a1.txt": "Văn bản a1 sửa lại."})
		}, "committed 0: +0 ~1 -0 kept 0 of 0 []", 21},
		{"a challenge page in the place of a text", func(a *accidents) {
			a.write(map[string]string{"src/a/a1.txt": "<html><title>Just a moment...</title><p>Checking your browser before accessing hoaan.example.vn.</p></html>"})
		}, "unchanged 1: +0 ~0 -0 kept 1 of 1 [src/a/a1.txt challenge]", 21},
		{"a folder without permission, and a new file", func(a *accidents) {
			a.disk.fails[a.path("src/b")] = syscall.EACCES
			a.write(map[string]string{"more/m3.txt": "Văn bản m3 về dân vận."})
		}, "committed 3: +1 ~0 -0 kept 2 of 2 [src/b read-error]", 22},
		{"deleted files", func(a *accidents) { a.must(os.RemoveAll(a.path("src/b"))) }, "committed 0: +0 ~0 -2 kept 0 of 0 []", 19},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(c.name, "relative path") { // that one changes the working folder
				t.Parallel() // it waits for the disk
			}
			a := newAccidents(t)
			if got, want := a.rerun(), "committed 0: +21 ~0 -0 kept 0 of 0 []"; got != want {
				t.Fatalf("first run: %s, want %s", got, want)
			}
			before := a.served()
			a.read.opened.Store(0)
			c.accident(a)
			got := a.rerun()
			if i := strings.Index(got, os.TempDir()); i >= 0 {
				got = got[:i] + "EMPTY" + got[strings.LastIndex(got, " "):]
			}
			if got != c.said {
				t.Errorf("said %s, want %s", got, c.said)
			}
			after := strings.Split(a.served(), "|")
			if len(after) != c.there {
				t.Errorf("%d documents, want %d", len(after), c.there)
			}
			if strings.HasPrefix(c.said, "unchanged 0") && a.read.opened.Load() > 0 {
				t.Errorf("%d files opened", a.read.opened.Load())
			}
			if c.there == 21 && !strings.Contains(c.said, "~1") && !strings.Contains(c.said, "-1") && strings.Join(after, "|") != before && c.name != "a folder renamed" {
				t.Errorf("documents: %s, want %s", after, before)
			}
			// After the accident, everything is as before.
			a.disk.fails, a.read.fails, a.read.during = nil, nil, nil
		})
	}
}

// TestFutureTimesAreTrusted: a file dated by a wrong clock is not read every
// night.
func TestFutureTimesAreTrusted(t *testing.T) {
	a := newAccidents(t)
	a.writeAt(time.Now().AddDate(30, 0, 0), map[string]string{"src/a/a1.txt": "Văn bản a1 về dân vận."})
	a.rerun()
	a.read.opened.Store(0)
	if got := a.rerun(); got != "unchanged 0: +0 ~0 -0 kept 0 of 0 []" || a.read.opened.Load() > 0 {
		t.Errorf("%s, %d files opened", got, a.read.opened.Load())
	}
}

// TestKeptNightAfterNight: kept documents stay as long as the accident lasts, and a
// good reading replaces them afterwards.
func TestKeptNightAfterNight(t *testing.T) {
	a := newAccidents(t)
	a.rerun()
	whole, err := os.ReadFile(a.path("src/z.jsonl.zst"))
	a.must(err)
	a.cut("src/z.jsonl.zst", 60)
	for range 2 {
		if got, want := a.rerun(), "unchanged 1: +0 ~0 -0 kept 5 of 1 [src/z.jsonl.zst damaged]"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	a.write(map[string]string{"more/m3.txt": "Văn bản m3 về dân vận."})
	a.rerun()
	a.cut("src/z.jsonl.zst", 60)
	a.Version = "2" // another program
	if got, want := a.rerun(), "committed 3: +0 ~0 -0 kept 5 of 1 [src/z.jsonl.zst damaged]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	a.write(map[string]string{"src/z.jsonl.zst": string(whole)})
	if got, want := a.rerun(), "committed 0: +0 ~0 -0 kept 0 of 0 []"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestTornFromTheStart: without an earlier good reading, the readable documents are
// indexed, and more of them later.
func TestTornFromTheStart(t *testing.T) {
	b := newAccidents(t)
	b.Paths = []string{b.path("more"), b.path("part")}
	text := lines(0, 8)
	b.write(map[string]string{"part/p.jsonl": text[:len(text)/2+9]})
	if got, want := b.rerun(), "committed 3: +6 ~0 -0 kept 0 of 0 [part/p.jsonl damaged]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	b.write(map[string]string{"part/p.jsonl": text[:len(text)*3/4+9]})
	if got, want := b.rerun(), "committed 3: +2 ~0 -0 kept 0 of 0 [part/p.jsonl damaged]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	b.write(map[string]string{"part/p.jsonl": text})
	if got, want := b.rerun(), "committed 0: +2 ~0 -0 kept 0 of 0 []"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestMaxRemoved: more than a fifth of the documents, and more than a few, leave
// only when it is allowed.
func TestMaxRemoved(t *testing.T) {
	b := newBench(t, map[string]string{"x.jsonl": "", "y.txt": "y"})
	fill := func(n int) {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, "d%03d văn bản\n", i)
		}
		b.write(map[string]string{"x.jsonl": text.String()})
	}
	for _, c := range []struct {
		had, has, percent int
		allowed           bool
	}{
		{100, 80, 0, true}, {104, 83, 0, true}, {105, 83, 0, false}, {105, 83, 100, true}, {30, 10, 0, true}, {30, 9, 0, false},
		{200, 179, -1, false}, {200, 180, -1, true},
	} {
		b.MaxRemoved = 100
		fill(c.had)
		b.run()
		before := b.current()
		b.MaxRemoved = c.percent
		fill(c.has)
		r, err := Run(b.Context(), b.Config)
		var refused *RemovedError
		if errors.As(err, &refused) == c.allowed || !c.allowed && (refused.Removed != c.had-c.has || b.current() != before || r.Removed != c.had-c.has) {
			t.Errorf("%+v: %v", c, err)
		}
		if c.allowed && (r.Removed != c.had-c.has || len(r.RemovedIDs) != r.Removed) {
			t.Errorf("%+v: %d removed, %d listed", c, r.Removed, len(r.RemovedIDs))
		}
	}
}

// TestExcluded: recycle bins, temporary files of programs, the data folder, the
// report, and the configured patterns.
func TestExcluded(t *testing.T) {
	b := newBench(t, map[string]string{
		"a.txt": "một", "#recycle/b.txt": "x", "$RECYCLE.BIN/$R1.txt": "x", "@eaDir/c.txt": "x", ".Trash-1000/d.txt": "x", "~$vanban.docx": "x",
		"nhap/e.txt": "x", "sub/nhap/f.txt": "x", "sub/g.old.txt": "x", "luu/2019/h.txt": "x", "luu/i.txt": "hai", "report.json": "{}",
	})
	b.Store.Dir = filepath.Join(b.in, "d")
	b.Report = filepath.Join(b.in, "report.json")
	b.Exclude = []string{"nhap", "*.old.txt", "luu/2019/**"}
	for range 2 {
		r, _ := b.run()
		if got := b.served(); got != "a một|i hai" {
			t.Errorf("index: %s", got)
		}
		var names []string
		for _, n := range r.Excludes {
			names = append(names, strings.TrimPrefix(n.File, b.in+"/"))
		}
		slices.Sort(names)
		want := "#recycle, $RECYCLE.BIN, .Trash-1000, @eaDir, d, luu/2019, nhap, report.json, sub/g.old.txt, sub/nhap, ~$vanban.docx"
		if got := strings.Join(names, ", "); got != want || r.Excluded != len(names) || r.Incomplete() {
			t.Errorf("excluded: %s, want %s; incomplete: %v", got, want, r.Incomplete())
		}
	}
	b.Exclude = []string{"["}
	if _, got := b.run(); !strings.HasPrefix(got, "error: exclude") {
		t.Errorf("bad pattern: %s", got)
	}
}
