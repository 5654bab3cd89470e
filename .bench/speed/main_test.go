package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nghiquyet/bench"
)

func TestUsage(t *testing.T) {
	for _, args := range []string{"", "-corpus x -docs -1", "-corpus x -engine lucene", "-corpus x rest", "-absent"} {
		if err := run(t.Context(), strings.Fields(args), io.Discard, io.Discard); !errors.Is(err, bench.ErrUsage) {
			t.Errorf("speed %s: %v, want wrong usage", args, err)
		}
	}
	if err := run(t.Context(), []string{"-corpus", "absent.jsonl"}, io.Discard, io.Discard); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an absent corpus: %v", err)
	}
}

func TestSpeed(t *testing.T) {
	var lines strings.Builder
	for i := range 30 {
		fmt.Fprintf(&lines, `{"id":"p%d","title":"Nghị quyết đại hội đảng bộ tỉnh lần thứ %d","text":"Bài học kinh nghiệm số %d của đảng bộ về công tác dân vận."}`+"\n", i, i, i)
	}
	corpus, file := filepath.Join(t.TempDir(), "pages.jsonl"), filepath.Join(t.TempDir(), "report.json")
	if err := os.WriteFile(corpus, []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-corpus", corpus, "-docs", "40", "-time", "1us", "-json", file}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"short+facets", "http", "p99"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table has no %s: %s", want, out.String())
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var r bench.Report
	if err := json.Unmarshal(b, &r); err != nil || r.Indexing == nil || r.Indexing.Articles != 40 || len(r.Latency) == 0 {
		t.Errorf("report: %v\n%s", err, b)
	}
}
