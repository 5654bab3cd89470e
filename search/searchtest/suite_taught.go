package searchtest

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/learned"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// RunTaught tests an engine with a model: build indexes the articles, with the model
// unless it is nil, and opens the index.
func RunTaught(t *testing.T, build func(t *testing.T, articles []*index.Article, m *learned.Model) search.Engine) {
	var corpus learned.Corpus
	for _, a := range taught() {
		corpus.Add(a)
	}
	m, err := learned.Learn(t.Context(), &corpus, learned.Training{Dims: 16, Batch: 32, Steps: 60})
	if err != nil {
		t.Fatal(err)
	}
	s := &taughtSuite{build: build, model: m}
	s.with, s.without = s.both(t, taught())
	t.Run("Lifted", s.lifted)
	t.Run("Exact", s.exact)
	t.Run("Explained", s.explained)
	t.Run("LiftedPages", s.pages)
}

type taughtSuite struct {
	build         func(t *testing.T, articles []*index.Article, m *learned.Model) search.Engine
	model         *learned.Model
	with, without *suite // the articles that the model was learned from
}

// both indexes articles with the model and without.
func (s *taughtSuite) both(t *testing.T, list []*index.Article) (with, without *suite) {
	t.Helper()
	return &suite{engine: s.build(t, list, s.model)}, &suite{engine: s.build(t, list, nil)}
}

// asks are the words of questions about three topics, answers the words of texts
// about the same topics.
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

// lifted: of two texts with the same words of a question, the one about the same
// topic comes first, whatever their dates; the counted documents do not change.
func (s *taughtSuite) lifted(t *testing.T) {
	list := taught()
	times := []int{8, 6, 6} // by the words alone the longest text comes last
	for i, topic := range []int{1, 0, 2} {
		list = append(list, &index.Article{
			ID: fmt.Sprint("x", topic), Title: "Hỏi đáp", Facts: index.Facts{Date: index.Maybe(fmt.Sprintf("2024-01-0%d", 5-i))},
			Text: "Bạn đọc hỏi luật gia sinh con. " + strings.Repeat(answers[topic]+". ", times[topic]),
		})
	}
	with, without := s.both(t, list)
	q := "q=luật gia sinh con&size=3"
	a, b := with.ask(t, q), without.ask(t, q)
	if a.Hits[0].ID != "x0" || b.Hits[0].ID != "x1" {
		t.Errorf("%s: %v with a model and %v without, want x0 and x1 first", q, idsOf(a.Hits), idsOf(b.Hits))
	}
	if a.Total != b.Total || a.Query.Ranked != b.Query.Ranked || !reflect.DeepEqual(a.Facets, b.Facets) {
		t.Errorf("%d of %d and facets %v with a model, %d of %d and %v without", a.Total, a.Query.Ranked, a.Facets, b.Total, b.Query.Ranked, b.Facets)
	}
	if bare := with.ask(t, "q=luat gia sinh con&size=1"); bare.Hits[0].ID != "x0" {
		t.Errorf("without marks %v stands first", idsOf(bare.Hits))
	}
}

// exact: phrases, operators, beginnings of words, orders by time and numbers alone
// are not ranked by nearness.
func (s *taughtSuite) exact(t *testing.T) {
	for _, q := range []string{
		`q="thai sản"`, "q=sinh con -xe", "q=sinh OR xe", "q=sinh co*", "q=2020", "", "q=sinh con&sort=newest", "q=sinh con&sort=oldest",
	} {
		q += "&size=60"
		a, b := s.with.ask(t, q), s.without.ask(t, q)
		if !slices.EqualFunc(a.Hits, b.Hits, func(x, y search.Hit) bool { return x.ID == y.ID && x.Score == y.Score }) {
			t.Errorf("%s: %v with a model, %v without", q, idsOf(a.Hits), idsOf(b.Hits))
		}
	}
}

// explained: the addends of a score, with that of nearness, sum to the score.
func (s *taughtSuite) explained(t *testing.T) {
	for _, h := range s.with.ask(t, "q=xin nghỉ sinh con&size=5&explain=1").Hits {
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

// pages: pages and cursors of any size follow the same order, through the hits that
// were ranked again and beyond, also if near-duplicates are one hit.
func (s *taughtSuite) pages(t *testing.T) {
	list := taught()
	for i := range plan.Again + 60 {
		list = append(list, &index.Article{
			ID: fmt.Sprintf("y%03d", i), Title: "Trang hỏi đáp", Facts: index.Facts{Date: "2023-05-05"},
			Text: "sinh con " + strings.Repeat("chuyện khác ", i%7) + strings.Repeat(answers[i%3]+" ", 1+i%4),
		})
	}
	for i := range 12 { // six texts, long enough to be near-duplicates of each other
		words := ""
		for j := range 80 {
			words += fmt.Sprintf("số%d ", 100*(i/2)+j)
		}
		list = append(list, &index.Article{ID: fmt.Sprintf("z%02d", i), Title: "Trang hỏi đáp", Text: "sinh con " + answers[0] + " " + words})
	}
	with := &suite{engine: s.build(t, list, s.model)}
	for _, params := range []string{"q=hỏi về sinh con", "q=hỏi về sinh con&group=copies"} {
		seen := map[int][]string{}
		for _, size := range []int{37, 60, 100} {
			sized := fmt.Sprintf("%s&size=%d", params, size)
			q := query(t, sized)
			for q.Page = 1; ; q.Page++ {
				res := resultsOf(t, with.engine, q)
				seen[size] = append(seen[size], idsOf(res.Hits)...)
				if res.NextCursor == "" {
					break
				}
			}
			if ids := descend(t, with, sized); !slices.Equal(ids, seen[size]) {
				t.Errorf("%s: cursors lead through %d hits, numbers through %d, or in another order", sized, len(ids), len(seen[size]))
			}
		}
		all := map[string]bool{}
		for _, id := range seen[37] {
			all[id] = true
		}
		same := slices.Equal(seen[37], seen[100]) && slices.Equal(seen[37], seen[60])
		if !same || len(all) != len(seen[37]) || len(all) <= plan.Again {
			t.Errorf("%s: %d hits in pages of 37, %d of 60, %d of 100, %d of them different", params, len(seen[37]), len(seen[60]), len(seen[100]), len(all))
		}
		if all["z00"] && all["z01"] == strings.Contains(params, "copies") {
			t.Errorf("%s: near-duplicates both stand there: %t", params, all["z01"])
		}
	}
}

// descend follows cursors; scores never rise.
func descend(t *testing.T, s *suite, params string) (ids []string) {
	t.Helper()
	q := query(t, params)
	last := math.Inf(1)
	for {
		res := resultsOf(t, s.engine, q)
		ids = append(ids, idsOf(res.Hits)...)
		for _, h := range res.Hits {
			if h.Score > last {
				t.Fatalf("%s: %s has %v after a score of %v", params, h.ID, h.Score, last)
			}
			last = h.Score
		}
		if res.NextCursor == "" {
			return ids
		}
		q.Cursor, q.Page = string(res.NextCursor), 0
	}
}
