package searchtest

import (
	"bufio"
	"embed"
	"encoding/json"
	"io/fs"
	"iter"
	"slices"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/official"
	"nghiquyet/index/samples"
	"nghiquyet/search/relevance"
)

var (
	//go:embed testdata/samples.txt
	sampleQuestions string
	//go:embed testdata/office.txt
	officeQuestions string
	//go:embed testdata/matches.txt testdata/searches.txt testdata/spellings.txt
	lists embed.FS
)

// rowsOf returns the rows of a list of the suite.
func rowsOf(list string) []string {
	return slices.Collect(official.Lines(lists, "testdata/"+list+".txt"))
}

// Samples returns the sample pages as they are extracted, and their judged
// queries.
func Samples(t testing.TB) ([]*index.Article, []relevance.Judged) {
	t.Helper()
	var articles []*index.Article
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
		articles = append(articles, extracted(t, x.Bytes(t.Context(), e.Name(), data))...)
	}
	return articles, mustJudge(t, sampleQuestions)
}

// Office returns the pages of policydocs.jsonl and hand-judged queries of an office
// over them. It skips the test if the pages are not available.
func Office(t testing.TB) ([]*index.Article, []relevance.Judged) {
	t.Helper()
	file := extract.New(extract.Config{}).File(t.Context(), shareddata.Path(t, "corpus", "policydocs.jsonl.zst"))
	return extracted(t, file), mustJudge(t, officeQuestions)
}

// extracted returns the articles of an extraction.
func extracted(t testing.TB, results iter.Seq2[*extract.Result, error]) (articles []*index.Article) {
	t.Helper()
	for res, err := range results {
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, &res.Article)
	}
	return articles
}

func mustJudge(t testing.TB, text string) []relevance.Judged {
	t.Helper()
	judged, err := readJudged(text)
	if err != nil {
		t.Fatal(err)
	}
	return judged
}

// ALQAC returns the law articles and the open half of the questions of ALQAC
// 2022–2025. It skips the test if they are not available.
func ALQAC(t testing.TB) ([]*index.Article, []relevance.Judged) {
	t.Helper()
	var articles []*index.Article
	for corpus := json.NewDecoder(bufio.NewReader(shareddata.Open(t, "relevance", "alqac", "corpus.jsonl"))); corpus.More(); {
		a := &index.Article{}
		if err := corpus.Decode(a); err != nil {
			t.Fatal(err)
		}
		articles = append(articles, a)
	}
	questions, err := relevance.ReadQueries(shareddata.Open(t, "relevance", "alqac", "queries.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	qrels, err := relevance.ReadQrels(shareddata.Open(t, "relevance", "alqac", "qrels.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	return articles, relevance.Join(questions, qrels)
}
