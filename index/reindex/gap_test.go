package reindex

import (
	"os"
	"strings"
	"testing"
	"time"
)

// TestFolderIsFilled: a folder is removed and copied back, and the run begins before the
// copy has come to its end. Only files that do not appear while it lasts leave.
func TestFolderIsFilled(t *testing.T) {
	page := func(name string) string { return "Văn bản " + name + " về dân vận." }
	for _, c := range []struct {
		name      string
		removed   string
		age       time.Duration // of the files that are there again
		there     []string      // when the folder is listed
		then      []string      // appear while the run lasts
		exclude   string
		said      string
		pauses    int
		nextNight string
	}{
		{"not copied", "src/b", 0, nil, nil, "", "committed 0: +0 ~0 -4 kept 0 of 0 []", 0, "unchanged 0: +0 ~0 -0 kept 0 of 0 []"},
		{"one file copied, the others gone", "src/b", 0, []string{"b1"}, nil, "", "committed 0: +0 ~0 -3 kept 0 of 0 []", 1, "unchanged 0: +0 ~0 -0 kept 0 of 0 []"},
		{"being copied", "src/b", 0, []string{"b1"}, []string{"b2"}, "", "unchanged 1: +0 ~0 -0 kept 3 of 3 [src/b still-written]", 1, "committed 0: +0 ~0 -2 kept 0 of 0 []"},
		{"being copied, files of the folder inside first", "src/b", 0, []string{"c/b3"}, []string{"c/b4"}, "",
			"committed 3: +0 ~0 -2 kept 1 of 1 [src/b/c still-written]", 1, "unchanged 0: +0 ~0 -0 kept 0 of 0 []"},
		{"being copied, and the folder inside appears", "src/b", 0, []string{"b1", "b2"}, []string{"c/b3"}, "",
			"unchanged 1: +0 ~0 -0 kept 2 of 2 [src/b still-written]", 1, "committed 0: +0 ~0 -1 kept 0 of 0 []"},
		{"another name appears", "src/b", 0, []string{"b1"}, []string{"x"}, "", "committed 0: +0 ~0 -3 kept 0 of 0 []", 1, "committed 0: +1 ~0 -0 kept 0 of 0 []"},
		{"deleted, others lie there", "src/b/b1.txt", time.Hour, nil, nil, "", "committed 0: +0 ~0 -1 kept 0 of 0 []", 0, "unchanged 0: +0 ~0 -0 kept 0 of 0 []"},
		{"left out from now on", "src/x", 0, nil, nil, "b1*", "committed 0: +0 ~0 -1 kept 0 of 0 []", 0, "unchanged 0: +0 ~0 -0 kept 0 of 0 []"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := newAccidents(t)
			a.write(map[string]string{"src/b/c/b3.txt": page("b3"), "src/b/c/b4.txt": page("b4")})
			a.rerun()
			if c.exclude != "" {
				a.Exclude = []string{c.exclude}
			}
			a.must(os.RemoveAll(a.path(c.removed)))
			put := func(names []string) {
				for _, name := range names {
					a.writeAt(time.Now().Add(-c.age), map[string]string{"src/b/" + name + ".txt": page(name[strings.LastIndex(name, "/")+1:])})
				}
			}
			put(c.there)
			a.meanwhile = func() { put(c.then) }
			if got := a.rerun(); got != c.said || a.pauses != c.pauses {
				t.Errorf("said %s after %d waits, want %s after %d", got, a.pauses, c.said, c.pauses)
			}
			a.meanwhile = nil
			if got := a.rerun(); got != c.nextNight {
				t.Errorf("the next night: %s, want %s", got, c.nextNight)
			}
		})
	}
}
