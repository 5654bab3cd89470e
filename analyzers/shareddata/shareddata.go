// Package shareddata finds the texts that tests read and that the repository does
// not contain: the folder ../shared/data beside the repository. It also says how much
// of long lists a test reads, and which tests a short run leaves out. Tests of every
// layer import it, so it is in the leftmost layer.
package shareddata

import (
	"os"
	"path/filepath"
	"testing"
)

// Path returns the path of a file or folder of the shared data. It skips the test where
// that does not exist.
func Path(t testing.TB, elem ...string) string {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	root = outermost(root)
	if root == "" {
		t.Fatal("no go.mod above the working directory")
	}
	name := filepath.Join(append([]string{filepath.Dir(root), "shared", "data"}, elem...)...)
	if _, err := os.Stat(name); err != nil {
		t.Skipf("shared data absent: %v", err)
	}
	return name
}

// outermost returns the outermost folder with a go.mod that contains dir: the
// repository, also for the tests of a module inside it.
func outermost(dir string) (root string) {
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			root = dir
		}
		if dir == filepath.Dir(dir) {
			return root
		}
		dir = filepath.Dir(dir)
	}
}

// wholeEnv, if not empty, makes tests take all cases of long lists, which takes
// minutes. The step whole of .ci/run sets it.
const wholeEnv = "NGHIQUYET_TEST_WHOLE"

// EveryNth returns n for a test that takes every nth case of a long list, or 1 if all
// cases are wanted.
func EveryNth(n int) int {
	if os.Getenv(wholeEnv) != "" {
		return 1
	}
	return n
}

// OneGoroutine skips a test in a short run. It is for tests that take seconds in a
// single goroutine: the race detector, which .ci/run combines with -short, makes them
// ten times as slow and has nothing to find in them.
func OneGoroutine(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes seconds in one goroutine: not in a short run")
	}
}

// Open opens a file of the shared data until the end of the test. It skips the test
// where the file does not exist.
func Open(t testing.TB, elem ...string) *os.File {
	t.Helper()
	f, err := os.Open(Path(t, elem...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
