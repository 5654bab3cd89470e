package searchtest_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/extract"
	"nghiquyet/index/samples"
	"nghiquyet/search"
	"nghiquyet/search/blevesearch"
	"nghiquyet/search/searchtest"
)

var update = flag.Bool("update", false, "rewrite testdata/judged/figures.txt")

// typings are the ways in which every judged query is asked.
var typings = []struct {
	name string
	as   func(string) string
}{
	{"as typed", func(q string) string { return q }},
	{"NFD", norm.NFD.String},
	{"no diacritics", vi.Fold},
}

// TestFigures holds the quality of ranking over the judged queries: articles
// only, 100 hits deep. A change of ranking or extraction shows as a change of
// the golden file, which -update rewrites.
func TestFigures(t *testing.T) {
	list, err := searchtest.Samples()
	if err != nil {
		t.Fatal(err)
	}
	s := openSamples(t)
	var got strings.Builder
	got.WriteString("# Written by go test ./search/searchtest -update: means over the judged queries,\n" +
		"# then nDCG@10 of each that is not perfect as typed.\n\n")
	for _, typing := range typings {
		var ndcg, mrr, recall float64
		for _, j := range list {
			ids := ask(t, s, typing.as(j.Query))
			ndcg += searchtest.NDCG(ids, j.Grades, 10)
			mrr += searchtest.MRR(ids, j.Grades, 10)
			recall += searchtest.Recall(ids, j.Grades, 10)
		}
		n := float64(len(list))
		fmt.Fprintf(&got, "%-14s nDCG@10 %.3f  MRR@10 %.3f  recall@10 %.3f\n", typing.name, ndcg/n, mrr/n, recall/n)
	}
	got.WriteByte('\n')
	for _, j := range list {
		if v := fmt.Sprintf("%.2f", searchtest.NDCG(ask(t, s, j.Query), j.Grades, 10)); v != "1.00" {
			fmt.Fprintf(&got, "%s %s\n", v, j.Query)
		}
	}
	golden := filepath.Join("testdata", "judged", "figures.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("figures changed; if rightly so, run with -update\ngot:\n%s\nwant:\n%s", got.String(), want)
	}
}

func ask(t *testing.T, s search.Searcher, text string) []string {
	t.Helper()
	res, err := s.Search(t.Context(), search.Query{
		Text: text, Expr: search.Parse(text), Type: search.TypeArticle, Size: search.MaxSize, Facets: []string{},
	})
	if err != nil {
		t.Fatalf("search %q: %v", text, err)
	}
	ids := make([]string, len(res.Hits))
	for i, h := range res.Hits {
		ids[i] = h.ID
	}
	return ids
}

// openSamples indexes the sample pages.
func openSamples(t *testing.T) search.Searcher {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	w, err := bleveindex.Create(dir, bleveindex.Config{Workers: 1}) // one segment order, one answer
	if err != nil {
		t.Fatal(err)
	}
	x := extract.New(extract.Config{})
	entries, err := fs.ReadDir(samples.Pages(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := fs.ReadFile(samples.Pages(), e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for res, err := range x.Bytes(t.Context(), e.Name(), data) {
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Put(t.Context(), &res.Article); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, _, err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := blevesearch.Open(dir, blevesearch.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
