package searchtest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index"
	"nghiquyet/index/indextest"
	"nghiquyet/search"
	"nghiquyet/search/blevesearch"
	"nghiquyet/search/relevance"
)

var update = flag.Bool("update", false, "rewrite testdata/golden")

// TestGoldenSamples compares the quality of ranking over the sample pages, and of
// extracting them, with a golden file. Queries that fell short are listed below the
// figures.
func TestGoldenSamples(t *testing.T) {
	shareddata.OneGoroutine(t)
	articles, list := Samples(t)
	s := open(t, articles)
	var short strings.Builder
	for _, j := range list {
		if v := fmt.Sprintf("%.2f", relevance.NDCG(ask(t, s, j.Query), j.Grades, 10)); v != "1.00" {
			fmt.Fprintf(&short, "%s %s\n", v, j.Query)
		}
	}
	golden(t, "samples.txt", "the judged queries over the sample pages; then nDCG@10 of each that is not perfect as typed", figures(t, s, list)+"\n"+short.String())
}

// goldenEnv, if not empty, runs TestGoldenALQAC and TestGoldenOffice. The step golden
// of .ci/run sets it.
const goldenEnv = "NGHIQUYET_TEST_GOLDEN"

// TestGoldenALQAC compares the quality of ranking over the open half of ALQAC's
// questions about law with its golden file, if their texts are available.
func TestGoldenALQAC(t *testing.T) {
	skipUnlessAsked(t)
	articles, list := ALQAC(t)
	golden(t, "alqac.txt", "ALQAC's open questions", figures(t, open(t, articles), list))
}

// TestGoldenOffice compares the quality of ranking over an office's questions with its
// golden file, if the pages are available.
func TestGoldenOffice(t *testing.T) {
	skipUnlessAsked(t)
	articles, list := Office(t)
	golden(t, "office.txt", "an office's questions over policydocs.jsonl", figures(t, open(t, articles), list))
}

func skipUnlessAsked(t *testing.T) {
	if os.Getenv(goldenEnv) == "" && !*update {
		t.Skipf("takes as long as all other tests of ranking: set %s=1", goldenEnv)
	}
}

// figures are the means over the judged queries, articles only, 100 hits deep.
func figures(t *testing.T, s search.Searcher, list []relevance.Judged) string {
	var out strings.Builder
	for _, typing := range Typings {
		each := make([]relevance.Measures, len(list))
		for i, j := range list {
			each[i] = relevance.Measure(ask(t, s, typing.As(j.Query)), j.Grades)
		}
		m := relevance.Mean(each)
		fmt.Fprintf(&out, "%-15s  nDCG@10 %.3f  MRR@10 %.3f  recall@10 %.3f  recall@100 %.3f\n", typing.Name, m.NDCG10, m.MRR10, m.Recall10, m.Recall100)
	}
	return out.String()
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

// open indexes articles.
func open(t *testing.T, articles []*index.Article) search.Searcher {
	t.Helper()
	s, err := blevesearch.Open(indextest.Bleve(t, articles...), blevesearch.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// golden compares figures with a golden file. A change of ranking or extraction
// shows as a change of the file, which -update rewrites.
func golden(t *testing.T, name, what, got string) {
	t.Helper()
	got = "# Written by go test ./search/searchtest -update: means over " + what + ".\n\n" + got
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("figures changed; if rightly so, run with -update\ngot:\n%s\nwant:\n%s", got, want)
	}
}
