package searchtest

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/vi"
)

func TestReadJudged(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", "[]"},
		{"# only a remark\n", "[]"},
		{"dang uy\n  3 a\n", "[{dang uy map[a:3]}]"},
		{"# why\ndang uy\n\t3 a (the page)\n  0 b\n\n# next\n\"bí thư\" -x  \n  1 b", `[{dang uy map[a:3 b:0]} {"bí thư" -x map[b:1]}]`},
		{"  3 a\n", `line 1: grade before the first query: "3 a"`},
		{"q\n  3\n", `line 2: "3" is not a grade and an ID`},
		{"q\n  4 a\n", `line 2: grade "4" of a is not a number from 0 to 3`},
		{"q\n  a 3\n", `line 2: grade "a" of 3 is not a number from 0 to 3`},
		{"q\n  3 a\n  1 a\n", "line 3: a graded twice"},
		{"q\n  3 a\n\nq\n  3 a\n", `line 4: query "q" stands already in line 1`},
		{"q\n  0 a\n", `line 1: "q" has no answer`},
	} {
		got, err := readJudged(c.in)
		s := fmt.Sprint(got)
		if err != nil {
			s = err.Error()
		}
		if s != c.want {
			t.Errorf("readJudged(%.60q) = %s, want %s", c.in, s, c.want)
		}
	}
}

// TestSamples checks the judged queries against the sample pages, and that the
// queries are typed as a Party office types them.
func TestSamples(t *testing.T) {
	articles, list := Samples(t)
	ids := map[string]bool{}
	for _, a := range articles {
		ids[a.ID] = true
	}
	judged := map[string]bool{}
	var bare, nfd int
	for _, j := range list {
		for id := range j.Grades {
			judged[id] = true
			if !ids[id] {
				t.Errorf("%s: %s is no sample page", j.Query, id)
			}
		}
		if vi.Fold(j.Query) == strings.ToLower(j.Query) {
			bare++
		}
		if !norm.NFC.IsNormalString(j.Query) {
			nfd++
		}
	}
	if len(list) != 100 || bare < 60 || nfd < 2 {
		t.Errorf("%d queries, %d without diacritics, %d in NFD; want 100, 60, 2", len(list), bare, nfd)
	}
	for id := range ids {
		if !judged[id] {
			t.Errorf("no query asks for %s", id)
		}
	}
}
