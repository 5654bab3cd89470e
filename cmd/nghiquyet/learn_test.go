package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nghiquyet/index/learned"
)

// lessons are n documents with titles and texts, as JSON Lines.
func lessons(n int) string {
	var out strings.Builder
	words := strings.Fields("dân vận khéo nông thôn mới chuyển đổi số cải cách hành chính tham nhũng tiêu cực phòng chống")
	for i := range n {
		text := strings.Repeat(strings.Join(words[i%len(words):], " ")+" "+strings.Join(words[:i%len(words)], " ")+". ", 4)
		fmt.Fprintf(&out, "{\"id\":\"n%d\",\"title\":\"%s %s %s số %d\",\"text\":\"%s\"}\n",
			i, words[i%len(words)], words[(i+3)%len(words)], words[(i+5)%len(words)], i, text)
	}
	return out.String()
}

func TestLearnCommand(t *testing.T) {
	in := folder(t, map[string]string{"list.jsonl": lessons(120)})
	out := filepath.Join(t.TempDir(), "model")
	want(t, exitOK, "Đã học từ 120 văn bản", "learn", "--corpus", in, "--out", out, "--progress", "none")
	first, err := learned.Open(out, true)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	want(t, exitOK, "mô hình "+first.ID(), "learn", "--corpus", in, "--out", out+"2", "--progress", "none")
	want(t, exitUsage, "--corpus|--out", "learn", "--corpus", in)
	want(t, exitFailed, "nope", "learn", "--corpus", filepath.Join(in, "nope"), "--out", out+"3")
	few := folder(t, map[string]string{"list.jsonl": lessons(20)})
	want(t, exitFailed, "chỉ có 20 văn bản", "learn", "--corpus", few, "--out", out+"3", "--progress", "none")
	if _, err := os.Stat(out + "3"); err == nil {
		t.Error("a model was written though nothing was learned")
	}
}

// TestReindexLearns: the model of a generation is in it, is verified, and is used by
// searches; switching learning off removes it.
func TestReindexLearns(t *testing.T) {
	in := folder(t, map[string]string{"list.jsonl": lessons(120)})
	data, model := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "model")
	has := func() bool {
		t.Helper()
		current, err := os.ReadFile(filepath.Join(data, "current"))
		if err != nil {
			t.Fatal(err)
		}
		_, err = os.Stat(filepath.Join(data, "generations", strings.TrimSpace(string(current)), "index", learned.FileName))
		return err == nil
	}
	reindexed := func(code int, words string, args ...string) {
		t.Helper()
		want(t, code, words, append([]string{"reindex", "--data", data, "--progress", "none", "--keep", "1"}, append(args, in)...)...)
	}
	reindexed(exitOK, "120 bài")
	if has() {
		t.Error("120 documents are learned from without being asked to")
	}
	reindexed(exitOK, "120 bài|học từ 120 văn bản; 0 đã đổi", "--learn", "always")
	if !has() {
		t.Fatal("nothing was learned")
	}
	want(t, exitOK, "", "generations", "verify", "--data", data)
	if out := want(t, exitOK, "", "search", "--data", data, "--explain", "--json", "dân vận khéo nông thôn"); !strings.Contains(out, `"learned"`) {
		t.Errorf("no hit is explained by what was learned:\n%s", out)
	}
	reindexed(exitOK, "120 bài", "--learn", "off")
	if has() {
		t.Error("a model is there though it was switched off")
	}
	want(t, exitOK, "", "learn", "--corpus", in, "--out", model, "--progress", "none")
	reindexed(exitOK, "120 bài", "--model", model)
	if !has() {
		t.Error("the model given is not there")
	}
	if err := os.Truncate(model, 1000); err != nil {
		t.Fatal(err)
	}
	reindexed(exitFailed, "không phải một mô hình nguyên vẹn", "--model", model)
	reindexed(exitUsage, "--learn và --model", "--model", model, "--learn", "auto")
	reindexed(exitUsage, "auto, off, always", "--learn", "now")
}
