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
