package searchtest

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/extract"
	"nghiquyet/index/samples"
	"nghiquyet/search"
	"nghiquyet/search/blevesearch"
	"nghiquyet/search/relevance"
)

var update = flag.Bool("update", false, "rewrite testdata/golden")

// typings are the ways in which every judged query is asked.
var typings = []struct {
	name string
	as   func(string) string
}{
	{"as typed", func(q string) string { return q }},
	{"NFD", norm.NFD.String},
	{"no diacritics", vi.Fold},
	{"Telex", telex.keystrokes},
	{"VNI", vni.keystrokes},
	{"letters swapped", swapLetters},
}

// TestGoldenSamples holds the quality of ranking over the sample pages, and of
// reading them. What fell short as typed stands below the figures.
func TestGoldenSamples(t *testing.T) {
	list, err := relevance.Samples()
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, func(put func(*index.Article)) {
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
				put(&res.Article)
			}
		}
	})
	var short strings.Builder
	for _, j := range list {
		if v := fmt.Sprintf("%.2f", relevance.NDCG(ask(t, s, j.Query), j.Grades, 10)); v != "1.00" {
			fmt.Fprintf(&short, "%s %s\n", v, j.Query)
		}
	}
	golden(t, "samples.txt", "the judged queries over the sample pages; then nDCG@10 of each that is not perfect as typed", figures(t, s, list)+"\n"+short.String())
}

// TestGoldenALQAC holds the quality of ranking over the open half of ALQAC's
// questions about law, where their texts are at hand.
func TestGoldenALQAC(t *testing.T) {
	read := func(name string) *os.File {
		f, err := os.Open(SharedData(t, "relevance", "alqac", name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	corpus := json.NewDecoder(bufio.NewReader(read("corpus.jsonl")))
	questions, err := relevance.ReadQueries(read("queries.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	qrels, err := relevance.ReadQrels(read("qrels.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, func(put func(*index.Article)) {
		for corpus.More() {
			var a index.Article
			if err := corpus.Decode(&a); err != nil {
				t.Fatal(err)
			}
			put(&a)
		}
	})
	golden(t, "alqac.txt", "ALQAC's open questions", figures(t, s, relevance.Join(questions, qrels)))
}

// figures are the means over the judged queries, articles only, 100 hits deep.
func figures(t *testing.T, s search.Searcher, list []relevance.Judged) string {
	var out strings.Builder
	for _, typing := range typings {
		var ndcg, mrr, recall10, recall100 float64
		for _, j := range list {
			ids := ask(t, s, typing.as(j.Query))
			ndcg += relevance.NDCG(ids, j.Grades, 10)
			mrr += relevance.MRR(ids, j.Grades, 10)
			recall10 += relevance.Recall(ids, j.Grades, 10)
			recall100 += relevance.Recall(ids, j.Grades, 100)
		}
		n := float64(len(list))
		fmt.Fprintf(&out, "%-15s  nDCG@10 %.3f  MRR@10 %.3f  recall@10 %.3f  recall@100 %.3f\n", typing.name, ndcg/n, mrr/n, recall10/n, recall100/n)
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

// open indexes what fill puts.
func open(t *testing.T, fill func(put func(*index.Article))) search.Searcher {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	w, err := bleveindex.Create(dir, bleveindex.Config{Workers: 1}) // one segment order, one answer
	if err != nil {
		t.Fatal(err)
	}
	fill(func(a *index.Article) {
		if err := w.Put(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	})
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

// golden compares figures with the file that holds them. A change of ranking
// or extraction shows as a change of the file, which -update rewrites.
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
