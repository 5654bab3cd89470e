package reindex

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/page"
	"nghiquyet/index/read"
)

// reader is an Extractor for tests: the text of a file is the text of its
// article, a line of a .jsonl is `id text`. "reject" in a text rejects it,
// "panic" fails the run, "slow" times out once.
type reader struct {
	extracted atomic.Int64
	slow      sync.Map
	// during is called in the middle of reading a file.
	during func(path string)
}

func (x *reader) Inputs(ctx context.Context, path string) iter.Seq2[read.Input, error] {
	return func(yield func(read.Input, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(read.Input{Name: path}, fmt.Errorf("extract: %w", err))
			return
		}
		defer f.Close()
		if x.during != nil {
			defer x.during(path)
		}
		input := func(line int, data []byte) read.Input {
			sum := sha256.Sum256(data)
			return read.Input{Name: path, Line: line, Hash: hex.EncodeToString(sum[:]), Data: bytes.Clone(data)}
		}
		if filepath.Ext(path) != ".jsonl" {
			b, err := io.ReadAll(f)
			yield(input(0, b), err)
			return
		}
		lines := bufio.NewScanner(f)
		for n := 1; lines.Scan(); n++ {
			if !yield(input(n, lines.Bytes()), nil) {
				return
			}
		}
	}
}

func (x *reader) Extract(ctx context.Context, in read.Input) (*extract.Result, error) {
	x.extracted.Add(1)
	text := string(in.Data)
	reject := &page.Reject{Name: in.Name, Line: in.Line, Code: page.CodeDamaged, Msg: "hỏng"}
	switch _, again := x.slow.LoadOrStore(in.Hash, true); {
	case strings.Contains(text, "reject"):
		return nil, reject
	case strings.Contains(text, "slow") && !again:
		reject.Code = page.CodeTimeout
		return nil, reject
	}
	id := strings.TrimSuffix(filepath.Base(in.Name), filepath.Ext(in.Name))
	if in.Line > 0 {
		id, text, _ = strings.Cut(text, " ")
	}
	return &extract.Result{Article: index.Article{ID: id, Text: text, Hash: in.Hash}}, nil
}

// lister is a Builder for tests: its index is a file with a line `id text` an
// article.
type lister struct {
	dir  string
	out  []string
	err  error // of Put
	wait time.Duration
}

func (l *lister) Put(ctx context.Context, a *index.Article) error {
	time.Sleep(l.wait)
	l.out = append(l.out, a.ID+" "+a.Text)
	return l.err
}

func (l *lister) Commit(context.Context) (int, int, error) {
	err := os.Mkdir(l.dir, 0o755)
	if err == nil {
		err = os.WriteFile(filepath.Join(l.dir, "list"), []byte(strings.Join(l.out, "\n")), 0o644)
	}
	return len(l.out), 0, err
}

func (l *lister) Abort() error { return nil }

// bench is a folder of input and a data folder.
type bench struct {
	*testing.T
	in   string
	read *reader
	// meanwhile is called instead of waiting for files that lack documents; nil for
	// nothing. pauses counts these waits.
	meanwhile func()
	pauses    int
	Config
}

func newBench(t *testing.T, files map[string]string) *bench {
	b := &bench{T: t, in: filepath.Join(t.TempDir(), "in"), read: &reader{}}
	b.Config = Config{
		Store: generation.Store{Dir: filepath.Join(t.TempDir(), "data")},
		Paths: []string{b.in}, Extractor: b.read, Version: "1", Schema: 1,
		Create: func(dir string, _ *learned.Model) (Builder, error) { return &lister{dir: dir}, nil },
		Log:    slog.New(slog.DiscardHandler),
		pause: func(ctx context.Context, _ time.Duration) error {
			b.pauses++
			if b.meanwhile != nil {
				b.meanwhile()
			}
			return ctx.Err()
		},
	}
	b.write(files)
	return b
}

// write writes input files that have been lying there for a while.
func (b *bench) write(files map[string]string) {
	b.Helper()
	b.writeAt(time.Now().Add(-time.Hour), files)
}

func (b *bench) writeAt(at time.Time, files map[string]string) {
	b.Helper()
	for name, text := range files {
		path := filepath.Join(b.in, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644),
			os.Chtimes(path, at, at)); err != nil {
			b.Fatal(err)
		}
	}
}

// run runs, and returns the result in one line.
func (b *bench) run() (*Report, string) {
	b.Helper()
	b.read.extracted.Store(0)
	r, err := Run(b.Context(), b.Config)
	if err != nil {
		return r, "error: " + strings.ReplaceAll(err.Error(), b.in, "IN")
	}
	var rejects []string
	for _, n := range r.Rejects {
		where := strings.TrimPrefix(n.File, b.in+"/")
		if n.Line > 0 {
			where += fmt.Sprint(":", n.Line)
		}
		if n.Reason == "" || n.InEN == "" {
			b.Errorf("reject without a reason: %+v", n)
		}
		rejects = append(rejects, where+" "+n.Code)
	}
	if int64(r.Extracted) > b.read.extracted.Load() {
		b.Errorf("the report says %d extracted, it was %d", r.Extracted, b.read.extracted.Load())
	}
	return r, fmt.Sprintf("%s %d (%d new) %v", r.Result, r.Articles, b.read.extracted.Load(), rejects)
}

// want runs and compares the result, and the contents of the served index.
func (b *bench) want(did, list string) {
	b.Helper()
	if _, got := b.run(); got != did {
		b.Errorf("run: %s, want %s", got, did)
	}
	if got := b.served(); got != list {
		b.Errorf("index: %s, want %s", got, list)
	}
}

func (b *bench) served() string {
	b.Helper()
	r, damages, err := generation.OpenCurrent(b.Context(), &b.Store, true, nil)
	if errors.Is(err, generation.ErrNone) {
		return "none"
	}
	if err != nil || len(damages) > 0 {
		b.Fatal(err, damages)
	}
	defer r.Close()
	text, err := os.ReadFile(filepath.Join(r.Dir, IndexDir, "list"))
	if err != nil {
		b.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\n", "|")
}

func TestRun(t *testing.T) {
	b := newBench(t, map[string]string{"b.txt": "hai", "a.txt": "một", "c/d.jsonl": "x ba\ny bốn\n"})
	b.want("committed 4 (4 new) []", "a một|b hai|x ba|y bốn")
	b.want("unchanged 4 (0 new) []", "a một|b hai|x ba|y bốn")
	b.write(map[string]string{"c/d.jsonl": "x ba\ny bốn\nz năm"})
	b.want("committed 5 (1 new) []", "a một|b hai|x ba|y bốn|z năm")
	os.Remove(filepath.Join(b.in, "b.txt"))
	b.want("committed 4 (0 new) []", "a một|x ba|y bốn|z năm")
	b.write(map[string]string{"b.txt": "hai"})
	b.want("committed 5 (0 new) []", "a một|b hai|x ba|y bốn|z năm")
	b.Version = "2"
	b.want("committed 5 (5 new) []", "a một|b hai|x ba|y bốn|z năm")
	b.Full = true
	b.want("committed 5 (5 new) []", "a một|b hai|x ba|y bốn|z năm")
	b.Full, b.Schema = false, 2
	b.want("committed 5 (0 new) []", "a một|b hai|x ba|y bốn|z năm")
	b.Engine = "other"
	b.want("committed 5 (0 new) []", "a một|b hai|x ba|y bốn|z năm")
}

func TestTouchedFileIsNotExtractedAgain(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một", "b.txt": "hai"})
	b.want("committed 2 (2 new) []", "a một|b hai")
	b.writeAt(time.Now(), map[string]string{"a.txt": "một"})
	b.want("unchanged 2 (0 new) []", "a một|b hai")
}

// TestSameSizeAndTime changes a file such that neither size nor time shows it: both
// writes are within one tick of the file system's clock.
func TestSameSizeAndTime(t *testing.T) {
	b := newBench(t, nil)
	tick := time.Now()
	b.writeAt(tick, map[string]string{"a.txt": "một"})
	b.want("committed 1 (1 new) []", "a một")
	b.writeAt(tick, map[string]string{"a.txt": "mốt"})
	b.want("committed 1 (1 new) []", "a mốt")
}

func TestRejects(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một", "b.txt": "reject", "c.jsonl": "x ba\nreject\ny bốn\nx trùng"})
	const did = "[b.txt damaged c.jsonl:2 damaged c.jsonl:4 duplicate-id]"
	b.want("committed 3 (6 new) "+did, "a một|x ba|y bốn")
	b.want("unchanged 3 (0 new) [b.txt damaged c.jsonl:2 damaged c.jsonl:4 duplicate-id]", "a một|x ba|y bốn")
	r, _ := b.run()
	if r.Files != (FileCount{Found: 3, Unchanged: 2, Rejected: 1}) {
		t.Errorf("files: %+v", r.Files)
	}
}

func TestTimeoutIsTriedAgain(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một", "b.txt": "slow"})
	b.want("committed 1 (2 new) [b.txt timeout]", "a một")
	b.want("committed 2 (1 new) []", "a một|b slow")
}

func TestSkips(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một", ".hidden.txt": "x", ".git/b.txt": "x", "phim.mp4": "x", "real/c.txt": "ba"})
	outside := filepath.Join(t.TempDir(), "outside.txt")
	os.WriteFile(outside, []byte("secret"), 0o644)
	for name, target := range map[string]string{"in.txt": "a.txt", "out.txt": outside, "up": "..", "loop": ".", "none.txt": "nowhere"} {
		if err := os.Symlink(target, filepath.Join(b.in, name)); err != nil {
			t.Skip(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(b.in, "pipe.txt"), 0o644); err != nil {
		t.Skip(err)
	}
	b.want("committed 2 (2 new) [none.txt read-error out.txt link-outside up link-outside]", "a một|c ba")
	r, _ := b.run()
	var skips []string
	for _, n := range r.Skips {
		skips = append(skips, strings.TrimPrefix(n.File, b.in+"/")+" "+n.Code)
	}
	if got, want := strings.Join(skips, ", "), ".git hidden, .hidden.txt hidden, in.txt link-inside, loop link-inside, phim.mp4 unsupported, pipe.txt special-file"; got != want {
		t.Errorf("skips: %s, want %s", got, want)
	}
}

func TestIDs(t *testing.T) {
	b := newBench(t, map[string]string{"1/tin.txt": "một", "2/tin.txt": "hai", "3/tin.txt": "ba"})
	b.run()
	first := b.served()
	os.Remove(filepath.Join(b.in, "2/tin.txt"))
	b.run()
	lines := strings.Split(first, "|")
	if len(lines) != 3 || lines[0] != "tin một" || !strings.HasPrefix(lines[1], "tin-") || !strings.HasPrefix(lines[2], "tin-") || lines[1][:12] == lines[2][:12] {
		t.Fatalf("ids: %s", first)
	}
	if got, want := b.served(), lines[0]+"|"+lines[2]; got != want {
		t.Errorf("after one went: %s, want %s", got, want)
	}
}

// TestLessonIDs: a lesson of one article and an article whose ID is the same are
// told apart.
func TestLessonIDs(t *testing.T) {
	lesson := func(id string) *index.Article {
		return &index.Article{ID: id, Lessons: []index.Lesson{{Ordinal: 1, Anchor: "bai-hoc-1"}}}
	}
	s := make(idSet)
	at := &file{source: source{name: "a.jsonl", id: "in/a.jsonl"}}
	for i, c := range []struct {
		a  *index.Article
		ok bool
	}{
		{lesson("x"), true}, {&index.Article{ID: "x#bai-hoc-1"}, false},
		{&index.Article{ID: "y#bai-hoc-1"}, true}, {lesson("y"), false}, {&index.Article{ID: "y"}, true},
	} {
		if first, ok := s.claim(c.a, at, i+1); ok != c.ok {
			t.Errorf("claim(%s) = %v, %v", c.a.ID, first, ok)
		}
	}
}

func TestMissingAndEmpty(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một"})
	b.want("committed 1 (1 new) []", "a một")
	b.Paths = []string{b.in, b.in + "/none"}
	b.want("error: read IN/none: no such file or directory", "a một")
	b.Paths = []string{b.in}
	os.Rename(filepath.Join(b.in, "a.txt"), filepath.Join(b.in, "a.mp4"))
	b.want("error: "+ErrEmpty.Error(), "a một")
	b.AllowEmpty = true
	b.want("committed 0 (0 new) []", "")
}

func TestFileNamedTwiceIsReadOnce(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một", "b.xyz": "hai"})
	b.Paths = []string{filepath.Join(b.in, "b.xyz"), b.in, filepath.Join(b.in, "a.txt")}
	b.want("committed 2 (2 new) []", "b hai|a một")
}

func TestFileChangesWhileRead(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một", "b.txt": "hai"})
	change := func(path string) {
		if filepath.Base(path) == "a.txt" {
			b.write(map[string]string{"a.txt": "một nửa"})
		}
	}
	b.read.during = change
	b.want("committed 1 (2 new) [a.txt changed-while-read]", "b hai")
	b.read.during = nil
	b.want("committed 2 (1 new) []", "a một nửa|b hai")
	b.write(map[string]string{"a.txt": "một phần"})
	b.read.during = change
	// The last complete reading stays.
	b.want("unchanged 2 (1 new) [a.txt changed-while-read]", "a một nửa|b hai")
	b.read.during = func(path string) { os.Remove(filepath.Join(b.in, "a.txt")) }
	b.want("unchanged 2 (0 new) [a.txt gone]", "a một nửa|b hai")
	b.read.during = nil
	b.want("committed 1 (0 new) []", "b hai")
}

func TestBuilderFails(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một"})
	b.run()
	b.write(map[string]string{"b.txt": "hai"})
	full := &lister{err: fmt.Errorf("write segment: %w", syscall.ENOSPC)}
	b.Create = func(_ string, _ *learned.Model) (Builder, error) { return full, nil }
	r, err := Run(t.Context(), b.Config)
	if !errors.Is(err, syscall.ENOSPC) || r.Result != Failed || r.Error == "" {
		t.Errorf("full disk: %v, report %s %q", err, r.Result, r.Error)
	}
	if got := b.served(); got != "a một" {
		t.Errorf("index: %s", got)
	}
	if left, _ := filepath.Glob(filepath.Join(b.Store.Dir, "building", "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	// Kept less than was put: not committed either.
	b.Create = func(dir string, _ *learned.Model) (Builder, error) { return &forgetful{lister{dir: dir}}, nil }
	if _, got := b.run(); !strings.HasPrefix(got, "error: commit index") {
		t.Errorf("forgetful builder: %s", got)
	}
	b.Create = func(dir string, _ *learned.Model) (Builder, error) { return &lister{dir: dir}, nil }
	b.want("committed 2 (0 new) []", "a một|b hai")
}

// waiting is a Builder that hangs until its context ends.
type waiting struct{ lister }

func (w *waiting) Commit(ctx context.Context) (int, int, error) { <-ctx.Done(); return 0, 0, ctx.Err() }

func TestDiskFillsUp(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một"})
	b.Create = func(dir string, _ *learned.Model) (Builder, error) { return &waiting{lister{dir: dir}}, nil }
	var free atomic.Int64
	free.Store(1 << 30)
	r := &run{Config: b.Config, set: &b.Store, report: newReport(), tracker: newTracker(nil), space: func() (int64, int64, error) {
		return free.Add(-400 << 20), 1 << 40, nil
	}}
	if err := r.run(t.Context()); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("full disk: %v", err)
	}
	b.Create = func(dir string, _ *learned.Model) (Builder, error) { return &lister{dir: dir}, nil }
	b.want("committed 1 (0 new) []", "a một")
}

type forgetful struct{ lister }

func (f *forgetful) Commit(context.Context) (int, int, error) { return len(f.out) - 1, 0, nil }

func TestStopped(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một", "b.txt": "hai"})
	ctx, cancel := context.WithCancel(t.Context())
	b.Create = func(dir string, _ *learned.Model) (Builder, error) { cancel(); return &lister{dir: dir}, nil }
	if _, err := Run(ctx, b.Config); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped run: %v", err)
	}
	b.Create = func(dir string, _ *learned.Model) (Builder, error) { return &lister{dir: dir}, nil }
	b.want("committed 2 (0 new) []", "a một|b hai")
}

func TestTwoAtOnce(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một"})
	b.Create = func(dir string, _ *learned.Model) (Builder, error) {
		_, err := Run(t.Context(), b.Config)
		var locked *generation.LockedError
		if !errors.As(err, &locked) || locked.Holder.PID != os.Getpid() {
			t.Errorf("second run: %v", err)
		}
		return &lister{dir: dir}, nil
	}
	b.want("committed 1 (1 new) []", "a một")
}

func TestReportAndProgress(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một", "b.jsonl": "x hai\nreject"})
	b.Report = filepath.Join(t.TempDir(), "sub", "report.json")
	phases := map[string]Status{}
	b.Progress = func(s Status) { phases[s.Phase] = s }
	b.run()
	text, err := os.ReadFile(b.Report)
	if err != nil {
		t.Fatal(err)
	}
	var r Report
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	if r.Result != Committed || r.Articles != 2 || r.Rejected != 1 || r.Rejects[0].Line != 2 || r.Bytes != 16 || r.PeakMemory == 0 ||
		r.DocsRate <= 0 || r.Files != (FileCount{Found: 2, Read: 2}) {
		t.Errorf("report: %s", text)
	}
	want := []string{PhaseFind, PhaseRead, PhaseIndex, PhaseMerge, PhaseCommit, PhaseTidy}
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(phases)); !slices.Equal(got, want) {
		t.Errorf("phases: %v, want %v", got, want)
	}
	for _, p := range []string{PhaseRead, PhaseIndex} {
		if s := phases[p]; s.Done != s.Total || s.Total == 0 {
			t.Errorf("%s ended at %d of %d", p, s.Done, s.Total)
		}
	}
}

func TestReportThatCannotBeWritten(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một"})
	b.Report = filepath.Join(b.in, "a.txt", "report.json")
	if _, got := b.run(); !strings.HasPrefix(got, "error: write report") || b.served() != "none" {
		t.Errorf("run: %s, index: %s", got, b.served())
	}
}

func TestDamagedCurrentIsBuiltAgain(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một"})
	r, _ := b.run()
	if err := os.Truncate(filepath.Join(b.Store.Dir, "generations", r.Generation, IndexDir, "list"), 1); err != nil {
		t.Fatal(err)
	}
	b.want("committed 1 (0 new) []", "a một")
}
