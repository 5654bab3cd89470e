package blevesearch

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/indextest"
	"nghiquyet/index/learned"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// asks are the words of questions about three topics, answers those of the texts that
// are about the same.
var (
	asks    = []string{"xin nghỉ sinh con mấy tháng", "mua xe máy cũ sang tên", "đi khám bệnh trái tuyến được trả"}
	answers = []string{"thai sản lao động nữ trợ cấp", "đăng ký phương tiện biển số cơ giới", "bảo hiểm y tế viện quỹ thanh toán"}
)

// taught are articles that a model learns from: titles ask, texts answer.
func taught() (list []*index.Article) {
	for i := range 150 {
		topic := i % len(asks)
		words := strings.Fields(asks[topic])
		title := append(slices.Clone(words[i%3:]), words[:i%3]...)
		list = append(list, &index.Article{
			ID: fmt.Sprintf("t%03d", i), Title: strings.Join(title[:4], " "),
			Text: strings.Repeat(answers[topic]+". ", 8), Facts: index.Facts{Date: index.Maybe(fmt.Sprintf("2020-01-%02d", 1+i%28))},
		})
	}
	return list
}

// openTaught indexes articles with and without a model of them.
func openTaught(t *testing.T, list []*index.Article) (with, without *Searcher) {
	t.Helper()
	var corpus learned.Corpus
	for _, a := range list {
		corpus.Add(a)
	}
	m, err := learned.Learn(t.Context(), &corpus, learned.Training{Dims: 16, Batch: 32, Steps: 60})
	if err != nil {
		t.Fatal(err)
	}
	open := func(m *learned.Model) *Searcher {
		dir := filepath.Join(t.TempDir(), "index")
		w, err := bleveindex.Create(dir, bleveindex.Config{Workers: 1, Model: m})
		if err != nil {
			t.Fatal(err)
		}
		indextest.Put(t, w, list...)
		s, err := Open(dir, Config{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	return open(m), open(nil)
}

func hits(t *testing.T, s *Searcher, q search.Query) *search.Results {
	t.Helper()
	q.Expr, q.Facets = search.Parse(q.Text), []string{}
	res, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("search %q: %v", q.Text, err)
	}
	return res
}

func idsOf(list []search.Hit) (ids []string) {
	for _, h := range list {
		ids = append(ids, h.ID)
	}
	return ids
}

// TestAgain: of two texts with the same words of a question the one that is about the
// same stands first, whatever their days; what is counted stays as it is.
func TestAgain(t *testing.T) {
	list := taught()
	times := []int{8, 6, 6} // by the words alone the longer text stands behind
	for i, topic := range []int{1, 0, 2} {
		list = append(list, &index.Article{
			ID: fmt.Sprint("x", topic), Title: "Hỏi đáp", Facts: index.Facts{Date: index.Maybe(fmt.Sprintf("2024-01-0%d", 5-i))},
			Text: "Bạn đọc hỏi luật gia sinh con. " + strings.Repeat(answers[topic]+". ", times[topic]),
		})
	}
	with, without := openTaught(t, list)
	q := search.Query{Text: "luật gia sinh con", Size: 3}
	a, b := hits(t, with, q), hits(t, without, q)
	if a.Hits[0].ID != "x0" || b.Hits[0].ID != "x1" {
		t.Errorf("%q finds %v with a model and %v without, want x0 and x1 first", q.Text, idsOf(a.Hits), idsOf(b.Hits))
	}
	if a.Total != b.Total || a.Query.Ranked != b.Query.Ranked {
		t.Errorf("%d of %d with a model, %d of %d without", a.Total, a.Query.Ranked, b.Total, b.Query.Ranked)
	}
	bare := hits(t, with, search.Query{Text: "luat gia sinh con", Size: 1})
	if bare.Hits[0].ID != "x0" {
		t.Errorf("without marks %v stands first", idsOf(bare.Hits))
	}
}

// TestExact: a phrase, an operator, a beginning, an order by time and numbers alone ask
// for what they say.
func TestExact(t *testing.T) {
	with, without := openTaught(t, taught())
	for _, q := range []search.Query{
		{Text: `"thai sản"`}, {Text: `sinh con -xe`}, {Text: "sinh OR xe"}, {Text: "sinh co*"}, {Text: "2020"}, {Text: ""},
		{Text: "sinh con", Sort: search.SortNewest}, {Text: "sinh con", Sort: search.SortOldest},
	} {
		q.Size = 60
		a, b := hits(t, with, q), hits(t, without, q)
		if !slices.EqualFunc(a.Hits, b.Hits, func(x, y search.Hit) bool { return x.ID == y.ID && x.Score == y.Score }) {
			t.Errorf("%q in order %q: %v with a model, %v without", q.Text, q.Sort, idsOf(a.Hits), idsOf(b.Hits))
		}
	}
}

// TestAgainExplained: the addends of a score are its sum, that of nearness among them.
func TestAgainExplained(t *testing.T) {
	with, _ := openTaught(t, taught())
	res := hits(t, with, search.Query{Text: "xin nghỉ sinh con", Size: 5, Explain: true})
	for _, h := range res.Hits {
		sum, near := 0.0, 0.0
		for _, d := range h.Explain {
			sum += d.Score
			if d.Clause == plan.NearClause {
				near = d.Score
			}
		}
		if math.Abs(sum-h.Score) > 1e-3*h.Score || near <= 0 || near > h.Score/2 {
			t.Errorf("%s: %.4f of %.4f explained, %.4f by nearness", h.ID, sum, h.Score, near)
		}
	}
}

// TestAgainPages: pages and cursors of any size lead through the same order, over the
// hits that were ranked again and on.
func TestAgainPages(t *testing.T) {
	list := taught()
	for i := range plan.Again + 60 {
		list = append(list, &index.Article{
			ID: fmt.Sprintf("y%03d", i), Title: "Trang hỏi đáp", Facts: index.Facts{Date: "2023-05-05"},
			Text: "sinh con " + strings.Repeat("chuyện khác ", i%7) + strings.Repeat(answers[i%3]+" ", 1+i%4),
		})
	}
	with, _ := openTaught(t, list)
	text := "hỏi về sinh con"
	seen := map[int][]string{}
	for _, size := range []int{7, 100} {
		for page := 1; ; page++ {
			res := hits(t, with, search.Query{Text: text, Size: size, Page: page})
			seen[size] = append(seen[size], idsOf(res.Hits)...)
			if res.NextCursor == "" {
				break
			}
		}
		var cursored []string
		scores := math.Inf(1)
		for cursor := ""; ; {
			res := hits(t, with, search.Query{Text: text, Size: size, Cursor: cursor})
			cursored = append(cursored, idsOf(res.Hits)...)
			for _, h := range res.Hits {
				if h.Score > scores {
					t.Fatalf("%s has %v after a score of %v", h.ID, h.Score, scores)
				}
				scores = h.Score
			}
			if cursor = string(res.NextCursor); cursor == "" {
				break
			}
		}
		if !slices.Equal(cursored, seen[size]) {
			t.Errorf("pages of %d: cursors lead through %d hits, numbers through %d, or in another order", size, len(cursored), len(seen[size]))
		}
	}
	all := map[string]bool{}
	for _, id := range seen[7] {
		all[id] = true
	}
	if !slices.Equal(seen[7], seen[100]) || len(all) != len(seen[7]) || len(all) <= plan.Again {
		t.Errorf("%d hits in pages of 7, %d in pages of 100, %d of them different", len(seen[7]), len(seen[100]), len(all))
	}
}
