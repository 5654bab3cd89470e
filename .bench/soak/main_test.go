package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"nghiquyet/bench"
	"nghiquyet/index/generation"
)

// corpus writes n pages and returns their file.
func corpus(t *testing.T, n int) string {
	t.Helper()
	var lines strings.Builder
	for i := range n {
		fmt.Fprintf(&lines, `{"id":"tin-%d","title":"Đảng bộ xã họp thường kỳ lần thứ %d bàn việc làng","text":"Đảng bộ xã họp thường kỳ lần thứ %d, bàn việc làng việc nước."}`+"\n", i, i, i)
	}
	path := filepath.Join(t.TempDir(), "corpus.jsonl")
	if err := os.WriteFile(path, []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUsage(t *testing.T) {
	list := corpus(t, 50)
	for _, args := range []string{"", "-url http://127.0.0.1:1", "-url http://127.0.0.1:1 -corpus " + list + " -requests 5", "-absent"} {
		if err := run(t.Context(), strings.Fields(args), io.Discard, io.Discard); !errors.Is(err, bench.ErrUsage) {
			t.Errorf("soak %s: %v, want wrong usage", args, err)
		}
	}
	if err := (&soak{store: generation.Store{Dir: t.TempDir()}}).change(0); err == nil || errors.Is(err, bench.ErrUsage) {
		t.Errorf("a folder without generations: %v, want an error that Main prints", err)
	}
	err := run(t.Context(), []string{"-url", "http://127.0.0.1:1", "-corpus", corpus(t, 0)}, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "too few") {
		t.Errorf("an empty corpus: %v", err)
	}
}

// program builds the program under test.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "nghiquyet")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", path, "./cmd/nghiquyet")
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// serve starts the program and returns its address.
func serve(t *testing.T, path, data string) string {
	t.Helper()
	cmd := exec.Command(path, "serve", "--data", data, "--listen", "127.0.0.1:0", "--client-rate", "-1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if url := address.FindString(lines.Text()); url != "" {
			done := make(chan error, 1)
			go func() {
				_, _ = io.Copy(io.Discard, out)
				done <- cmd.Wait()
			}()
			t.Cleanup(func() {
				_ = cmd.Process.Signal(os.Interrupt) // it may have ended
				if err := <-done; err != nil {
					t.Errorf("serve: %v\n%s", err, end(log.Bytes()))
				}
			})
			return url
		}
	}
	t.Fatalf("serve ended: %v\n%s", cmd.Wait(), end(log.Bytes()))
	return ""
}

// end returns the last lines of a log, which has a line for each question.
func end(log []byte) []byte { return log[max(0, len(log)-2000):] }

// longSoak is the environment variable with the number of questions of a long
// run, such as 1000000.
const longSoak = "NGHIQUYET_TEST_SOAK"

// TestSoak sends 20,000 queries, or as many as longSoak says.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("asks 20,000 questions")
	}
	requests := cmp.Or(os.Getenv(longSoak), "20000")
	path, pages, data := program(t), corpus(t, 50), filepath.Join(t.TempDir(), "data")
	for range 2 {
		if out, err := exec.CommandContext(t.Context(), path, "reindex", "--data", data, "--full", pages).CombinedOutput(); err != nil {
			t.Fatalf("reindex: %v\n%s", err, out)
		}
	}
	var out bytes.Buffer
	err := run(t.Context(), []string{"-data", data, "-url", serve(t, path, data), "-corpus", pages, "-requests", requests, "-switches", "10"}, &out, io.Discard)
	if err != nil || !strings.Contains(out.String(), requests+" questions") || !strings.Contains(out.String(), "10 switches") {
		t.Errorf("soak: %v\n%s", err, out.String())
	}
}

// TestSoakAsksEverything compares the rounds with the scenarios.
func TestSoakAsksEverything(t *testing.T) {
	asked := map[string]int{}
	for _, s := range rounds() {
		asked[s.Name]++
	}
	for _, s := range bench.Scenarios {
		if asked[s.Name] == 0 {
			t.Errorf("%s is never asked", s.Name)
		}
	}
	for name, n := range often {
		if asked[name] != n {
			t.Errorf("%s is asked %d times in a round, want %d", name, asked[name], n)
		}
	}
}
