package opensearch

import (
	"bufio"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/indextest"
	"nghiquyet/index/learned"
	"nghiquyet/search"
	"nghiquyet/search/blevesearch"
	"nghiquyet/search/plan"
	"nghiquyet/search/relevance"
	"nghiquyet/search/searchtest"
)

// bleve indexes the same articles with the other engine.
func bleve(t *testing.T, articles []*index.Article, m *learned.Model) search.Engine {
	t.Helper()
	s, err := blevesearch.Open(indextest.Taught(t, m, articles...), blevesearch.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestParitySamples: the judged queries over the sample pages have the same
// answers from both engines.
func TestParitySamples(t *testing.T) {
	t.Parallel()
	articles, judged := searchtest.Samples(t)
	parity(t, articles, judged, nil)
}

// TestParityTaught is the same with a model.
func TestParityTaught(t *testing.T) {
	t.Parallel()
	articles, judged := searchtest.Samples(t)
	var corpus learned.Corpus
	for _, a := range articles {
		corpus.Add(a)
	}
	m, err := learned.Learn(t.Context(), &corpus, learned.Training{Dims: 32, Steps: 40})
	if err != nil {
		t.Fatal(err)
	}
	parity(t, articles, judged, m)
}

// TestParityLaws is the same with the open half of ALQAC's questions, if their
// texts are available.
func TestParityLaws(t *testing.T) {
	t.Parallel()
	articles, judged := searchtest.ALQAC(t)
	parity(t, articles, judged, nil)
}

// tolerance is the largest relative difference of scores, because one engine adds
// in float32, the other in float64.
const tolerance = 1e-4

// parity sends the judged queries to both engines, and compares totals, facets, levels
// and the first ten hits (apart from ties), and nDCG@10 within 0.005. Every second query
// is typed in one of the ways, in its turn, or all in all ways (the step whole of .ci/run).
func parity(t *testing.T, articles []*index.Article, judged []relevance.Judged, m *learned.Model) {
	cluster := build(t, 2, articles, m)
	local := bleve(t, articles, m)
	each := shareddata.EveryNth(2 * len(searchtest.Typings))
	for first, typing := range searchtest.Typings {
		var ndcg [2]float64
		n := 0.0
		for at := first % each; at < len(judged); at += each {
			j := judged[at]
			n++
			q := search.Query{Text: typing.As(j.Query), Type: search.TypeArticle, Size: 11}
			var answers [2]*search.Results
			for i, engine := range []search.Engine{local, cluster} {
				var err error
				if answers[i], err = engine.Search(t.Context(), q); err != nil {
					t.Fatalf("%s: %v", q.Text, err)
				}
				var ids []string
				for _, h := range answers[i].Hits {
					ids = append(ids, h.ID)
				}
				ndcg[i] += relevance.NDCG(ids, j.Grades, 10)
			}
			same(t, q.Text, answers[0], answers[1])
		}
		t.Logf("%s: nDCG@10 %.4f by Bleve, %.4f by OpenSearch", typing.Name, ndcg[0]/n, ndcg[1]/n)
		if math.Abs(ndcg[0]-ndcg[1]) > 0.005*n {
			t.Errorf("%s: nDCG@10 %.4f by Bleve, %.4f by OpenSearch", typing.Name, ndcg[0]/n, ndcg[1]/n)
		}
	}
}

// same compares two answers.
func same(t *testing.T, name string, want, got *search.Results) {
	t.Helper()
	if got.Total != want.Total || got.Query.Match != want.Query.Match || got.Query.Corrected != want.Query.Corrected {
		t.Errorf("%s: %d, %s, corrected %q; Bleve %d, %s, %q", name,
			got.Total, got.Query.Match, got.Query.Corrected, want.Total, want.Query.Match, want.Query.Corrected)
		return
	}
	for facet := range want.Facets {
		if !slices.Equal(got.Facets[facet], want.Facets[facet]) {
			t.Errorf("%s: facet %s = %v, Bleve %v", name, facet, got.Facets[facet], want.Facets[facet])
		}
	}
	if len(got.Hits) != len(want.Hits) {
		t.Errorf("%s: %d hits, Bleve %d", name, len(got.Hits), len(want.Hits))
		return
	}
	for i, h := range want.Hits {
		if math.Abs(got.Hits[i].Score-h.Score) > tolerance*math.Max(1, h.Score) {
			t.Errorf("%s: hit %d is %s with %f, Bleve has %s with %f", name, i, got.Hits[i].ID, got.Hits[i].Score, h.ID, h.Score)
		}
	}
	// The eleventh only shows whether the tenth is a tie.
	scores := map[string]float64{}
	for _, h := range want.Hits {
		scores[h.ID] = h.Score
	}
	for _, h := range got.Hits[:min(10, len(got.Hits))] {
		last := want.Hits[min(9, len(want.Hits)-1)].Score
		if score, ok := scores[h.ID]; !ok && h.Score-last > tolerance*math.Max(1, last) {
			t.Errorf("%s: %s with %f is not among the first of Bleve", name, h.ID, h.Score)
		} else if ok && math.Abs(score-h.Score) > tolerance*math.Max(1, score) {
			t.Errorf("%s: %s has %f, Bleve %f", name, h.ID, h.Score, score)
		}
	}
}

// TestAnalysisParity: every syllable in a document is found under the terms that
// the analyzer gives it, and under no others.
func TestAnalysisParity(t *testing.T) {
	want := map[plan.Term]int{}
	var articles []*index.Article
	var text []byte
	add := func() {
		if len(text) == 0 {
			return
		}
		a := &index.Article{ID: strconv.Itoa(len(articles)), Title: "x", Text: string(text)}
		seen := map[plan.Term]bool{}
		for _, tok := range append(vi.Tokens(a.Title), vi.Tokens(a.Text)...) {
			seen[plan.Term{Field: index.FieldExact, Text: tok.Exact}] = true
			seen[plan.Term{Field: index.FieldFolded, Text: tok.Folded}] = true
		}
		for term := range seen {
			want[term]++
		}
		articles, text = append(articles, a), nil
	}
	n := 0
	for lines := bufio.NewScanner(shareddata.Open(t, "analysis", "telex.tsv")); lines.Scan(); {
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) < 2 {
			continue
		}
		n++
		if text = append(append(text, fields[1]...), " . "...); n%100 == 0 {
			add()
		}
	}
	add()
	if n < 20_000 {
		t.Fatalf("%d syllables", n)
	}
	s := build(t, 1, articles, nil)
	terms := slices.Collect(maps.Keys(want))
	exprs := make([]plan.Expr, len(terms))
	for i, term := range terms {
		exprs[i] = term
	}
	for at := 0; at < len(exprs); at += 2000 {
		part := exprs[at:min(at+2000, len(exprs))]
		counts, err := s.Count(t.Context(), part...)
		if err != nil {
			t.Fatal(err)
		}
		for i, count := range counts {
			if term := terms[at+i]; count != want[term] {
				t.Errorf("%+q in %s: %d documents, want %d", term.Text, term.Field, count, want[term])
			}
		}
	}
}
