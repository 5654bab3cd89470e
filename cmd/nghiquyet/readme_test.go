package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// maxReadme is the largest size of the README in bytes: one page.
const maxReadme = 9 << 10

// TestReadme: the README fits on its page, and each name and value of the answer that it
// shows shortened stands in the answer that its command gives, in that order.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if len(text) > maxReadme {
		t.Errorf("the README has %d bytes, want at most %d", len(text), maxReadme)
	}
	_, shown, found := strings.Cut(string(text), "```json\n")
	shown, _, ends := strings.Cut(shown, "```")
	if !found || !ends {
		t.Fatal("the README shows no answer")
	}
	t.Chdir(t.TempDir()) // where no index is, the samples answer
	answer := want(t, exitOK, "", "search", "--json", "35 ct tw")
	if !json.Valid([]byte(answer)) {
		t.Fatalf("no JSON: %.200s", answer)
	}
	for _, part := range regexp.MustCompile(`"[^"]*"`).FindAllString(shown, -1) {
		_, after, ok := strings.Cut(answer, part)
		if !ok {
			t.Errorf("the README shows %s, which does not follow in the answer", part)
			continue
		}
		answer = after
	}
}
