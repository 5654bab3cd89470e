package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/generation"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// scarce is an index in which each term is in five units and no unit contains all
// words of a query.
type scarce struct{}

func (scarce) Count(_ context.Context, exprs ...plan.Expr) ([]int, error) {
	out := make([]int, len(exprs))
	for i, x := range exprs {
		out[i] = 5
		if both, ok := x.(*plan.And); ok {
			if _, all := both.Nodes[0].(*plan.And); all {
				out[i] = 0
			}
		}
	}
	return out, nil
}

func (scarce) Keys(context.Context, string, string, int, func(string) bool) ([]plan.Key, error) {
	return nil, nil
}

// distinct are n words with marks.
func distinct(n int) string {
	var words []string
	for i := range n {
		words = append(words, fmt.Sprintf("đảng%c%c", 'a'+i%26, 'a'+i/26))
	}
	return strings.Join(words, " ")
}

// TestLongQuery: a query has as many scoring clauses as OpenSearch accepts, and a
// note says what is left out.
func TestLongQuery(t *testing.T) {
	s := &Searcher{index: &opensearchindex.Index{Manifest: &generation.Manifest{}}, planner: planner()}
	for words, noted := range map[int]bool{3: false, 60: false, search.MaxClauses: true} {
		q := search.Query{Text: distinct(words), Literal: true, Size: 10}
		p, err := s.planner.Plan(t.Context(), scarce{}, &q)
		if err != nil {
			t.Fatal(err)
		}
		page, _, err := s.page(&q, p)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(page["query"])
		if err != nil {
			t.Fatal(err)
		}
		leaves := strings.Count(string(text), `"value":`) + strings.Count(string(text), `"terms":`)
		if leaves > maxLeaves || (len(p.Notes) > 0) != noted {
			t.Errorf("%d words: %d leaves, notes %q", words, leaves, p.Notes)
		}
	}
}

// TestDropped: if words are dropped, each is named once where it occurs, and one
// that most hits lack is reported.
func TestDropped(t *testing.T) {
	s := &Searcher{index: &opensearchindex.Index{Manifest: &generation.Manifest{}}, planner: planner()}
	q := search.Query{Text: "dân vận giỏi dân", Literal: true, Size: 10}
	p, err := s.planner.Plan(t.Context(), scarce{}, &q)
	if err != nil {
		t.Fatal(err)
	}
	if p.Level == search.MatchAll {
		t.Fatal("no word let go")
	}
	page, _, err := s.page(&q, p)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(page["query"])
	if err != nil {
		t.Fatal(err)
	}
	names := wordNames(p)
	for _, w := range p.Words {
		if named := fmt.Sprintf(`"_name":%q`, names[w.Counted]); !strings.Contains(string(text), named) {
			t.Errorf("%s is not asked for by name: %s", w.Text, text)
		}
	}
	found := []hit{{MatchedQueries: matched{countedName: 0}}, {MatchedQueries: matched{countedName: 0}}}
	for _, w := range p.Words {
		if w.Text != "giỏi" {
			found[0].MatchedQueries[names[w.Counted]], found[1].MatchedQueries[names[w.Counted]] = 0, 0
		}
	}
	if got := dropped(p, &search.Query{}, found); fmt.Sprint(got) != "[giỏi]" {
		t.Errorf("dropped %q, want giỏi", got)
	}
}
