package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nghiquyet/index"
)

// TestLayouts compares a page of each layout with the facts that a reader finds; no
// value with high certainty may be wrong.
func TestLayouts(t *testing.T) {
	raw, err := os.ReadFile("testdata/pages.gold.json")
	if err != nil {
		t.Fatal(err)
	}
	var golds []struct {
		File, Title                      string
		Date, Province, District, Author index.Maybe
		Lessons                          [][2]any // ordinal and first words
		Absent                           []string // not in the body
	}
	if err := json.Unmarshal(raw, &golds); err != nil {
		t.Fatal(err)
	}
	for _, g := range golds {
		t.Run(g.File, func(t *testing.T) {
			res := extractFile(t, filepath.Join("testdata/pages", g.File))
			a := res.Article
			for _, c := range []struct {
				field     string
				got, want index.Maybe
			}{
				{"title", index.Maybe(a.Title), index.Maybe(g.Title)}, {"date", a.Date, g.Date}, {"province", a.Province.Then, g.Province},
				{"district", a.District, g.District}, {"author", a.Author, g.Author},
			} {
				if c.got != c.want {
					t.Errorf("%s = %q, want %q: %+v", c.field, c.got, c.want, a.Evidence[c.field])
				}
			}
			if len(a.Lessons) != len(g.Lessons) {
				t.Errorf("%d lessons, want %d: %+v", len(a.Lessons), len(g.Lessons), a.Lessons)
			} else {
				for i, want := range g.Lessons {
					if l := a.Lessons[i]; l.Ordinal != int(want[0].(float64)) || !strings.HasPrefix(l.Text, want[1].(string)) {
						t.Errorf("lesson %d %.60q, want %v", l.Ordinal, l.Text, want)
					}
				}
			}
			for _, s := range g.Absent {
				if strings.Contains(a.Text, s) {
					t.Errorf("body holds %q", s)
				}
			}
			checkArticle(t, &a)
		})
	}
}
