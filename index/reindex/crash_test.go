package reindex

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/read"
)

const (
	crashEnv   = "NGHIQUYET_TEST_CRASH" // folder of the crash test, set in its children
	crashKills = 30
	crashFiles = 60
	// crashVersion is the version of the extractor; a new one makes a run extract
	// everything again.
	crashVersion = crashEnv + "_VERSION"
	crashEvery   = 8
)

// slowBuilder writes its index one line per article, so that at any moment
// something is half done.
type slowBuilder struct {
	file *os.File
	n    int
}

func (b *slowBuilder) Put(_ context.Context, a *index.Article) error {
	time.Sleep(300 * time.Microsecond)
	b.n++
	_, err := fmt.Fprintln(b.file, a.ID, a.Text)
	return err
}

func (b *slowBuilder) Commit(context.Context) (int, int, error) { return b.n, 0, b.file.Close() }
func (b *slowBuilder) Abort() error                             { return b.file.Close() }

// slowReader leaves a mark in a file for every document it extracts.
type slowReader struct {
	reader
	marks *os.File
}

func (x *slowReader) Extract(ctx context.Context, in read.Input) (*extract.Result, error) {
	time.Sleep(500 * time.Microsecond)
	if _, err := x.marks.Write([]byte(".")); err != nil {
		return nil, err
	}
	return x.reader.Extract(ctx, in)
}

// TestCrashChild is the run that TestKilledAtAnyMoment kills.
func TestCrashChild(t *testing.T) {
	dir := os.Getenv(crashEnv)
	if dir == "" {
		t.Skip("only as a child of TestKilledAtAnyMoment")
	}
	marks, err := os.OpenFile(filepath.Join(dir, "marks"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Run(t.Context(), Config{
		Store: generation.Store{Dir: filepath.Join(dir, "data")}, Paths: []string{filepath.Join(dir, "in")},
		Extractor: &slowReader{marks: marks}, Version: os.Getenv(crashVersion), Schema: 1,
		Create: func(dir string, _ *learned.Model) (Builder, error) {
			if err := os.Mkdir(dir, 0o755); err != nil {
				return nil, err
			}
			f, err := os.Create(filepath.Join(dir, "list"))
			return &slowBuilder{file: f}, err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestKilledAtAnyMoment kills a run with SIGKILL at random moments, while its input
// changes from run to run. The served generation is complete after every run, the
// last run completes, and documents extracted before a kill are not extracted
// again.
func TestKilledAtAnyMoment(t *testing.T) {
	dir := t.TempDir()
	in, store := filepath.Join(dir, "in"), generation.Store{Dir: filepath.Join(dir, "data")}
	if err := os.Mkdir(in, 0o755); err != nil {
		t.Fatal(err)
	}
	texts := make([]string, crashFiles)
	old := time.Now().Add(-time.Hour)
	write := func(i int, text string) {
		path := filepath.Join(in, fmt.Sprintf("%03d.txt", i))
		texts[i] = text
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		old = old.Add(time.Second) // two versions of a file never have the same time
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	for i := range texts {
		write(i, "first")
	}
	states := map[string]bool{} // every list that was the complete input once
	state := func() string {
		var b strings.Builder
		for i, text := range texts {
			fmt.Fprintf(&b, "%03d %s\n", i, text)
		}
		states[b.String()] = true
		return b.String()
	}
	served := func() string {
		r, damages, err := generation.OpenCurrent(t.Context(), &store, true, nil)
		if err != nil || len(damages) > 0 {
			t.Fatalf("after a kill: %v %v", err, damages)
		}
		defer r.Close()
		list, err := os.ReadFile(filepath.Join(r.Dir, IndexDir, "list"))
		if err != nil {
			t.Fatal(err)
		}
		return string(list)
	}
	child := func(run int) *exec.Cmd {
		cmd := exec.Command(os.Args[0], "-test.run=^TestCrashChild$")
		cmd.Env = append(os.Environ(), crashEnv+"="+dir, fmt.Sprintf("%s=%d", crashVersion, run/crashEvery))
		return cmd
	}
	state()
	started := time.Now()
	if out, err := child(0).CombinedOutput(); err != nil {
		t.Fatalf("the first run: %v\n%s", err, out)
	}
	whole := time.Since(started)
	random := rand.New(rand.NewPCG(1, 2))
	changes, partial := 0, 0
	for run := 0; partial < crashKills; run++ {
		write(random.IntN(crashFiles), fmt.Sprintf("change %d", run))
		changes++
		state()
		cmd := child(run)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(random.Int64N(int64(whole))), func() { cmd.Process.Kill() })
		started := time.Now()
		cmd.Wait()
		if timer.Stop() {
			whole = time.Since(started)
		} else {
			partial++
		}
		if got := served(); !states[got] {
			t.Fatalf("after run %d a list is served that never was the input:\n%s", run, got)
		}
		write(random.IntN(crashFiles), fmt.Sprintf("change %d", run))
		changes++
	}
	want := state()
	if out, err := child(changes).CombinedOutput(); err != nil {
		t.Fatalf("the last run: %v\n%s", err, out)
	}
	if got := served(); got != want {
		t.Errorf("after the last run:\n%s\nwant\n%s", got, want)
	}
	list, err := store.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if bad, err := store.Verify(t.Context(), e.ID); err != nil || len(bad) > 0 {
			t.Errorf("generation %s: %v %v", e.ID, bad, err)
		}
	}
	marks, err := os.ReadFile(filepath.Join(dir, "marks"))
	if err != nil {
		t.Fatal(err)
	}
	extracted := bytes.Count(marks, []byte("."))
	// Documents being extracted at a kill are lost: at most one per worker.
	needed := crashFiles*(changes/crashEvery+1) + changes
	if most := needed + partial*workers(); extracted > most {
		t.Errorf("extracted %d times, at most %d expected", extracted, most)
	}
	t.Logf("%d of %d runs killed, %d generations, %d documents extracted, at most %d needed", partial, changes, len(list), extracted, needed)
}

// TestKilledBeforeTheLastStep makes current the generation of a run that was killed
// after it was complete and before it became current.
func TestKilledBeforeTheLastStep(t *testing.T) {
	b := newBench(t, map[string]string{"a.txt": "một"})
	b.run()
	first, _ := b.Store.Current()
	b.write(map[string]string{"b.txt": "hai"})
	b.run()
	second, _ := b.Store.Current()
	if err := generation.MakeCurrent(&b.Store, first); err != nil {
		t.Fatal(err)
	}
	b.Create = func(_ string, _ *learned.Model) (Builder, error) { return nil, errors.New("not to be built again") }
	b.want("committed 2 (0 new) []", "a một|b hai")
	if got, _ := b.Store.Current(); got != second {
		t.Errorf("current is %s, want %s", got, second)
	}
	b.want("unchanged 2 (0 new) []", "a một|b hai")
}
