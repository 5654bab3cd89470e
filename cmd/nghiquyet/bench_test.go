package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nghiquyet/search/bench"
)

func TestBench(t *testing.T) {
	want(t, exitUsage, "--corpus", "bench")
	want(t, exitUsage, "--docs", "bench", "--corpus", "x.jsonl", "--docs", "-1")
	want(t, exitFailed, "absent.jsonl", "bench", "--corpus", "absent.jsonl")

	var lines strings.Builder
	for i := range 30 {
		fmt.Fprintf(&lines, `{"id":"p%d","title":"Nghị quyết đại hội đảng bộ tỉnh lần thứ %d","text":"Bài học kinh nghiệm số %d của đảng bộ về công tác dân vận."}`+"\n", i, i, i)
	}
	dir := folder(t, map[string]string{"pages.jsonl": lines.String()})
	file := filepath.Join(dir, "report.json")
	want(t, exitOK, "short+facets|http|p99", "bench", "--corpus", filepath.Join(dir, "pages.jsonl"), "--docs", "40", "--time", "1us", "--json", file)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var r bench.Report
	if err := json.Unmarshal(b, &r); err != nil || r.Indexing == nil || r.Indexing.Articles != 40 || len(r.Latency) == 0 {
		t.Errorf("report: %v\n%s", err, b)
	}
}
