package extract

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestCueLists: every list that staff can edit is used by a rule, has no entry
// twice, and can match compared text, which is NFC.
func TestCueLists(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(f, "_test.go") {
			source.Write(text)
		}
	}
	if len(cueLists) < 40 {
		t.Fatalf("only %d lists", len(cueLists))
	}
	for list, entries := range cueLists {
		if !strings.Contains(source.String(), `("`+list+`")`) {
			t.Errorf("no rule reads the list %s", list)
		}
		for i, entry := range entries {
			if !utf8.ValidString(entry) || !norm.NFC.IsNormalString(entry) || strings.Trim(entry, "\r") != entry {
				t.Errorf("%s: %+q is not NFC text", list, entry)
			}
			if list != "dates/dateline-words" && slices.Contains(entries[:i], entry) {
				t.Errorf("%s names %q twice", list, entry)
			}
		}
	}
}

func TestCueListsOf(t *testing.T) {
	if got := cues("masthead/issuers-place"); !slices.Equal(got, []string{"tinh ", "thanh pho "}) {
		t.Errorf("cues = %q: _ is a space, marks do not matter", got)
	}
	if got := printed("people/issuer-on-behalf"); !slices.Equal(got, []string{"TM. ", "T/M ", "TM "}) {
		t.Errorf("printed = %q: _ is a space, case matters", got)
	}
}
