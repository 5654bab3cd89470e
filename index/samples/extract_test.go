package samples

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/extract"
)

// allowed is how many of the pages extraction may get wrong, by field. Numbers here
// may only be lowered, in the change that makes it possible. Errors are logged (go
// test -v).
var allowed = map[string]int{"district": 6, "province": 1, "provinces": 1, sureAndWrong: 0}

// sureAndWrong counts values that are wrong with [index.SureHigh].
const sureAndWrong = "sure and wrong"

func TestExtraction(t *testing.T) {
	gold := readGold(t)
	pages, misses := map[string]int{}, map[string]int{}
	for id, a := range extractAll(t) {
		w, ok := gold[id]
		if !ok {
			t.Errorf("%s extracted, in no line of gold.json", id)
			continue
		}
		delete(gold, id)
		judge := func(field string, right bool, got, want any) {
			e := a.Evidence[field]
			fields := []string{field}
			if e.Sure == index.SureHigh {
				fields = append(fields, sureAndWrong)
			}
			for _, f := range fields {
				pages[f]++
				if !right {
					misses[f]++
				}
			}
			if !right {
				t.Logf("%s: %s = %v from %s, %s; want %v", id, field, got, e.From, e.Sure, want)
			}
		}
		same := func(field string, got index.Maybe, want string) {
			judge(field, vi.Fold(string(got)) == vi.Fold(want), got, want)
		}
		titles := []string{vi.Fold(w.Title), vi.Fold(strings.TrimPrefix(w.Title, w.Kind+" "))}
		judge("title", slices.Contains(titles, vi.Fold(a.Title)), a.Title, w.Title)
		judge("date", string(a.Date) == w.Date, a.Date, w.Date)
		judge("province", string(a.Province.Then) == w.Then && string(a.Province.Now) == w.Now, a.Province, w.Then)
		if w.Provinces != nil {
			judge("provinces", slices.Equal(thens(a), w.Provinces), thens(a), w.Provinces)
		}
		if w.DistrictNote == "" {
			same("district", a.District, w.District)
		}
		same("author", a.Author, w.Author)
		same("kind", a.Kind, w.Kind)
		same("number", a.Number, w.Number)
		if w.Number != "" {
			same("issuer", a.Issuer, w.Issuer)
		}
		if w.Signer != "" {
			same("signer", a.Signer, w.Signer)
		}
		if w.Congress != "" {
			same("congress", a.Congress, w.Congress)
			same("term", a.Term, w.Term)
		}
		judge("lessons", len(a.Lessons) == w.Lessons, len(a.Lessons), w.Lessons)
		if w.Lessons > 0 && len(a.Lessons) > 0 {
			first := a.Lessons[0].Text
			judge("first lesson", strings.HasPrefix(vi.Fold(first), vi.Fold(w.First)), first, w.First)
			heading := a.Lessons[0].Heading
			judge("lesson heading", strings.Contains(vi.Fold(heading), vi.Fold(w.Heading)), heading, w.Heading)
		}
		missing, extra := compareCitations(a, w)
		judge("citations", len(missing)+len(extra) == 0, extra, missing)
		clutter := slices.DeleteFunc(slices.Clone(w.NotInBody), func(s string) bool { return !strings.Contains(a.Text, s) })
		if path.Ext(w.File) != ".jsonl" && strings.Contains(a.Text, "©") {
			clutter = append(clutter, "©")
		}
		judge("clutter", len(clutter) == 0, clutter, []string{})
	}
	for id := range gold {
		t.Errorf("%s was not extracted", id)
	}
	for _, field := range slices.Sorted(maps.Keys(misses)) {
		t.Logf("%-14s %2d wrong of %2d", field, misses[field], pages[field])
		if misses[field] > allowed[field] {
			t.Errorf("%s is wrong on %d pages, allowed are %d", field, misses[field], allowed[field])
		}
	}
}

func extractAll(t *testing.T) map[string]*index.Article {
	t.Helper()
	x := extract.New(extract.Config{})
	all := map[string]*index.Article{}
	entries, err := fs.ReadDir(Pages(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := fs.ReadFile(Pages(), e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for res, err := range x.Bytes(t.Context(), e.Name(), data) {
			if err != nil {
				t.Errorf("%v", err)
				continue
			}
			all[res.Article.ID] = &res.Article
		}
	}
	return all
}

func thens(a *index.Article) []string {
	var list []string
	for _, p := range a.Provinces {
		list = append(list, string(p.Then))
	}
	slices.Sort(list)
	return list
}

// compareCitations lists the citations that gold.json has and extraction lacks, and
// the reverse. The exact end of a mention does not matter.
func compareCitations(a *index.Article, w want) (missing, extra []string) {
	agree := func(x, y string) bool {
		x, y = vi.Fold(x), vi.Fold(y)
		return strings.HasPrefix(x, y) || strings.HasPrefix(y, x)
	}
	for _, c := range w.Citations {
		if !slices.ContainsFunc(a.Citations, func(got index.Citation) bool { return agree(got.Text, c) }) {
			missing = append(missing, c)
		}
	}
	for _, got := range a.Citations {
		if !slices.ContainsFunc(slices.Concat(w.Citations, w.Optional), func(c string) bool { return agree(got.Text, c) }) {
			extra = append(extra, got.Text)
		}
	}
	return missing, extra
}
