package searchtest

import (
	"os"
	"path/filepath"
	"testing"
)

// SharedData returns a file or folder of ../shared/data beside the repository,
// and skips the test where there is none: it holds texts that are not the
// repository's to keep.
func SharedData(t testing.TB, elem ...string) string {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			t.Fatal("no go.mod above the working directory")
		}
		root = filepath.Dir(root)
	}
	name := filepath.Join(append([]string{root, "..", "shared", "data"}, elem...)...)
	if _, err := os.Stat(name); err != nil {
		t.Skipf("shared data absent: %v", err)
	}
	return name
}
