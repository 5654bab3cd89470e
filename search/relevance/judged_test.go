package relevance

import (
	"bufio"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/analyzers/vi"
	"nghiquyet/index/samples"
)

func (j Judged) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s:", j.Line, j.Query)
	for _, id := range slices.Sorted(maps.Keys(j.Grades)) {
		fmt.Fprintf(&b, " %s=%d", id, j.Grades[id])
	}
	return b.String()
}

func TestReadJudged(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", "[]"},
		{"# only a remark\n", "[]"},
		{"dang uy\n  3 a\n", "[1 dang uy: a=3]"},
		{"# why\ndang uy\n\t3 a (the page)\n  0 b\n\n# next\n\"bí thư\" -x  \n  1 b", `[2 dang uy: a=3 b=0 7 "bí thư" -x: b=1]`},
		{"\ufeffdang uy\r\n  2 a\r\n", "[1 dang uy: a=2]"},
		{"  3 a\n", `judged queries: line 1: grade before the first query: "3 a"`},
		{"q\n  3\n", `judged queries: line 2: "3" is not a grade and an ID`},
		{"q\n  4 a\n", `judged queries: line 2: grade "4" of a is not a number from 0 to 3`},
		{"q\n  a 3\n", `judged queries: line 2: grade "a" of 3 is not a number from 0 to 3`},
		{"q\n  3 a\n  1 a\n", "judged queries: line 3: a graded twice"},
		{"q\n  3 a\n\nq\n  3 a\n", `judged queries: line 4: query "q" stands already in line 1`},
		{"q\n  0 a\n", `judged queries: line 1: "q" has no answer`},
		{"q\n  3 a\n" + strings.Repeat("x", maxLine+1), "judged queries: after line 2: bufio.Scanner: token too long"},
	} {
		got, err := ReadJudged(strings.NewReader(c.in))
		s := fmt.Sprint(got)
		if err != nil {
			s = err.Error()
		}
		if s != c.want {
			t.Errorf("ReadJudged(%.60q) = %s, want %s", c.in, s, c.want)
		}
	}
}

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
	if want := "[0 a: x=1]"; got != want {
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

// TestSamples checks the judged queries against the sample pages, and that the
// queries are typed as a Party office types them.
func TestSamples(t *testing.T) {
	list, err := Samples()
	if err != nil {
		t.Fatal(err)
	}
	ids := sampleIDs(t)
	judged := map[string]bool{}
	var bare, nfd int
	for _, j := range list {
		for id := range j.Grades {
			judged[id] = true
			if !ids[id] {
				t.Errorf("line %d: %s is no sample page", j.Line, id)
			}
		}
		if vi.Fold(j.Query) == strings.ToLower(j.Query) {
			bare++
		}
		if !norm.NFC.IsNormalString(j.Query) {
			nfd++
		}
	}
	if len(list) != 100 || bare < 60 || nfd < 2 {
		t.Errorf("%d queries, %d without diacritics, %d in NFD; want 100, 60, 2", len(list), bare, nfd)
	}
	for id := range ids {
		if !judged[id] {
			t.Errorf("no query asks for %s", id)
		}
	}
}

func sampleIDs(t *testing.T) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	entries, err := fs.ReadDir(samples.Pages(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if path.Ext(e.Name()) != ".jsonl" {
			ids[strings.TrimSuffix(e.Name(), path.Ext(e.Name()))] = true
			continue
		}
		f, err := samples.Pages().Open(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := ReadQueries(bufio.NewReader(f)) // an article's line has an id as a query's has
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			ids[row.ID] = true
		}
	}
	return ids
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
