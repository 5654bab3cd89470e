package relevance

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
)

func TestReadQueries(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", "[]"},
		{`{"id":"q1","text":"đảng ủy"}` + "\n\n" + `{"id":"q2","text":""}`, "[{q1 đảng ủy} {q2 }]"},
		{`{"id":"q1"`, "queries: line 1: unexpected end of JSON input"},
		{`{"text":"x"}`, "queries: line 1: a query without an id"},
		{`{"id":"q1"}` + "\n" + `{"id":"q1"}`, "queries: line 2: query q1 twice"},
	} {
		got, err := ReadQueries(strings.NewReader(c.in))
		s := fmt.Sprint(got)
		if err != nil {
			s = err.Error()
		}
		if s != c.want {
			t.Errorf("ReadQueries(%q) = %s, want %s", c.in, s, c.want)
		}
	}
}

func TestReadQrels(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", "map[]"},
		{"q1\tLuật Du lịch@48\t1\nq1\tb\t0\r\n", "map[q1:map[Luật Du lịch@48:1 b:0]]"},
		{"q1\ta", "qrels: line 1: 2 fields, want query, document and grade with tabs between"},
		{"query-id\tcorpus-id\tscore\nq1\ta\t2\n", "map[q1:map[a:2]]"},
		{"q1\ta\t1\nq1\ta\t2\nq1\ta\t1\nq1\tb\t-1", "map[q1:map[a:2 b:0]]"},
		{"q1\ta\t21", `qrels: line 1: grade "21" of a is not a number up to 20`},
		{"q1\ta\tx", `qrels: line 1: grade "x" of a is not a number up to 20`},
	} {
		got, err := ReadQrels(strings.NewReader(c.in))
		s := fmt.Sprint(got)
		if err != nil {
			s = err.Error()
		}
		if s != c.want {
			t.Errorf("ReadQrels(%q) = %s, want %s", c.in, s, c.want)
		}
	}
}

func TestJoin(t *testing.T) {
	got := fmt.Sprint(Join(
		[]Question{{"q1", "a"}, {"q2", "b"}, {"q3", "c"}},
		map[string]map[string]int{"q1": {"x": 1}, "q2": {"x": 0}}))
	if want := "[{a map[x:1]}]"; got != want {
		t.Errorf("Join = %s, want %s", got, want)
	}
}

// The figures are computed by hand: log2(2) = 1, log2(3) = 1.58496, log2(4) = 2.
func TestMeasures(t *testing.T) {
	grades := map[string]int{"a": 3, "b": 2, "c": 1, "z": 0}
	// The best order gains 7/1 + 3/1.58496 + 1/2 = 9.39279.
	for _, c := range []struct {
		ranked            string
		k                 int
		ndcg, mrr, recall float64
	}{
		{"a b c", 10, 1, 1, 1},
		{"a b c", 1, 1, 1, 1. / 3},
		{"c b a", 10, (1 + 1.89279 + 3.5) / 9.39279, 1, 1},
		{"x a", 10, 4.41651 / 9.39279, 0.5, 1. / 3},
		{"x a", 2, 4.41651 / 8.89279, 0.5, 1. / 3},
		{"x a", 1, 0, 0, 0},
		{"z x c", 10, 0.5 / 9.39279, 1. / 3, 1. / 3},
		{"a a b", 10, (7 + 1.5) / 9.39279, 1, 2. / 3},
		{"", 10, 0, 0, 0},
		{"a", 0, 0, 0, 0},
		{"a", -1, 0, 0, 0},
	} {
		ranked := strings.Fields(c.ranked)
		for _, m := range []struct {
			name      string
			got, want float64
		}{
			{"NDCG", NDCG(ranked, grades, c.k), c.ndcg},
			{"MRR", MRR(ranked, grades, c.k), c.mrr},
			{"Recall", Recall(ranked, grades, c.k), c.recall},
		} {
			if math.Abs(m.got-m.want) > 1e-5 {
				t.Errorf("%s(%q, %d) = %.5f, want %.5f", m.name, c.ranked, c.k, m.got, m.want)
			}
		}
	}
	for name, f := range map[string]func([]string, map[string]int, int) float64{"NDCG": NDCG, "MRR": MRR, "Recall": Recall} {
		if got := f([]string{"a"}, nil, 10); got != 0 {
			t.Errorf("%s without judgments = %v, want 0", name, got)
		}
	}
}

// TestOpenCollection reads a published test collection as its organisers wrote it.
func TestOpenCollection(t *testing.T) {
	questions, err := ReadQueries(shareddata.Open(t, "relevance", "alqac", "queries.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	qrels, err := ReadQrels(shareddata.Open(t, "relevance", "alqac", "qrels.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(Join(questions, qrels)); n != 366 {
		t.Errorf("%d judged questions, want 366", n)
	}
}
