package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index"
)

func extractFile(t *testing.T, path string) *Result {
	t.Helper()
	for res, err := range New(Config{}).File(t.Context(), path) {
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	t.Fatalf("%s: nothing", path)
	return nil
}

// TestPages compares the five real pages with the facts that a careful reader found.
func TestPages(t *testing.T) {
	raw, err := os.ReadFile(shareddata.Path(t, "pages.gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var golds []struct {
		File            string
		Title           string
		Date            index.Maybe
		ProvinceThen    index.Maybe `json:"province_then"`
		ProvinceNow     index.Maybe `json:"province_now"`
		District        index.Maybe
		Author          index.Maybe
		Lessons         int
		LessonHeading   string `json:"lesson_heading"`
		First           string `json:"first_lesson_starts"`
		Last            string `json:"last_lesson_starts"`
		Congress        index.Maybe
		Term            index.Maybe
		Citations       []string
		MustNotBeInBody []string `json:"must_not_be_in_body"`
	}
	if err := json.Unmarshal(raw, &golds); err != nil {
		t.Fatal(err)
	}
	for _, g := range golds {
		t.Run(g.File, func(t *testing.T) {
			a := extractFile(t, shareddata.Path(t, "pages", g.File)).Article
			for _, c := range []struct{ what, got, want string }{
				{"title", a.Title, g.Title},
				{"date", string(a.Date), string(g.Date)},
				{"province then", string(a.Province.Then), string(g.ProvinceThen)},
				{"province now", string(a.Province.Now), string(g.ProvinceNow)},
				{"district", string(a.District), string(g.District)},
				{"author", string(a.Author), string(g.Author)},
			} {
				if c.got != c.want {
					t.Errorf("%s = %q, want %q", c.what, c.got, c.want)
				}
			}
			if g.Congress != "" && (a.Congress != g.Congress || a.Term != g.Term) {
				t.Errorf("congress %q %q, want %q %q", a.Congress, a.Term, g.Congress, g.Term)
			}
			if len(a.Lessons) != g.Lessons {
				t.Fatalf("%d lessons, want %d", len(a.Lessons), g.Lessons)
			}
			if g.Lessons > 0 {
				first, last := a.Lessons[0], a.Lessons[g.Lessons-1]
				if !strings.HasPrefix(first.Text, g.First) || !strings.HasPrefix(last.Text, g.Last) || first.Heading != g.LessonHeading {
					t.Errorf("lessons under %q from %.80q to %.80q", first.Heading, first.Text, last.Text)
				}
			}
			var cited []string
			for _, c := range a.Citations {
				cited = append(cited, c.Text)
			}
			if !slices.Equal(cited, g.Citations) && len(cited)+len(g.Citations) > 0 {
				t.Errorf("citations %q, want %q", cited, g.Citations)
			}
			for _, s := range g.MustNotBeInBody {
				if strings.Contains(a.Text, s) {
					t.Errorf("body holds %q", s)
				}
			}
			checkArticle(t, &a)
		})
	}
}

// checkArticle tests properties of every article.
func checkArticle(t testing.TB, a *index.Article) {
	t.Helper()
	if err := a.Validate(); err != nil {
		t.Error(err)
	}
	anchors := map[string]bool{}
	for _, l := range a.Lessons {
		if l.Text != a.Text[l.Span.Start:l.Span.End] || l.Ordinal < 1 || anchors[l.Anchor] || l.Text == "" {
			t.Errorf("lesson %+v", l)
		}
		anchors[l.Anchor] = true
	}
	for _, s := range a.Sections {
		if s.Text != a.Text[s.Span.Start:s.Span.End] || anchors[s.Anchor] {
			t.Errorf("section %+v", s)
		}
		anchors[s.Anchor] = true
	}
	for _, f := range []string{"title", "date", "number", "kind", "issuer", "signer", "author", "congress", "term", "province", "district", "topics"} {
		if e, ok := a.Evidence[f]; !ok || (e.From == index.FromNone) != (e.Sure == "") {
			t.Errorf("evidence of %s: %+v", f, e)
		}
	}
}

// TestResolutions: number, date and province of 18 resolutions. All are signed in
// Hà Nội; only one is about it.
func TestResolutions(t *testing.T) {
	dir := shareddata.Path(t, "documents", "nghi-quyet-ubtvqh15")
	raw, err := os.ReadFile(filepath.Join(dir, "gold.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
		col := strings.Split(row, "\t")
		a := extractFile(t, filepath.Join(dir, col[0])).Article
		province, _, _ := strings.Cut(col[3], " (")
		if province == "None" {
			province = index.National
		}
		if string(a.Number) != col[1] || string(a.Date) != col[2] || string(a.Province.Now) != province {
			t.Errorf("%s: %s %s %s, want %v", col[0], a.Number, a.Date, a.Province.Now, col[1:])
		}
		if a.Kind != "Nghị quyết" || a.Evidence["number"].Sure != index.SureHigh || a.Evidence["date"].Sure != index.SureHigh {
			t.Errorf("%s: %s, %+v", col[0], a.Kind, a.Evidence)
		}
		issuer := index.Maybe("Ủy ban Thường vụ Quốc hội")
		if province == index.National {
			issuer = "Ban Chấp hành Trung ương"
		} else if a.Signer == "" {
			t.Errorf("%s: no signer", col[0])
		}
		if a.Issuer != issuer {
			t.Errorf("%s: issuer %q", col[0], a.Issuer)
		}
		checkArticle(t, &a)
	}
}
