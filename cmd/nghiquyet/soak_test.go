package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"nghiquyet/search/bench"
)

func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("asks 20,000 questions")
	}
	data := filepath.Join(t.TempDir(), "data")
	var lines strings.Builder
	for i := range 50 {
		fmt.Fprintf(&lines, `{"id":"tin-%d","title":"Đảng bộ xã họp thường kỳ lần thứ %d bàn việc làng","text":"Đảng bộ xã họp thường kỳ lần thứ %d, bàn việc làng việc nước."}`+"\n", i, i, i)
	}
	corpus := filepath.Join(folder(t, map[string]string{"corpus.jsonl": lines.String()}), "corpus.jsonl")
	want(t, exitFailed, "quá ít", "soak", "--data", data, "--url", "http://127.0.0.1:1", "--corpus", filepath.Join(folder(t, papers), "list.jsonl"))
	want(t, exitUsage, "--corpus", "soak", "--data", data)
	want(t, exitUsage, "--requests", "soak", "--data", data, "--url", "http://127.0.0.1:1", "--corpus", corpus, "--requests", "5")
	for _, full := range []string{"--full=false", "--full"} {
		want(t, exitOK, "50 bài", "reindex", "--data", data, full, corpus)
	}
	s := startService(t, "--data", data, "--client-rate", "-1")
	want(t, exitOK, "20000 câu hỏi|10 lần đổi thế hệ", "soak", "--data", data, "--url", s.url, "--corpus", corpus, "--requests", "20000", "--switches", "10")
}

// TestSoakAsksEverything holds the rounds to the scenarios.
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
