package plan

import (
	"context"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

// held is an index of which only the number of units that hold a term is known.
type held map[Term]int

func (h held) Count(_ context.Context, exprs ...Expr) ([]int, error) {
	counts := make([]int, len(exprs))
	for i, e := range exprs {
		if t, ok := e.(Term); ok {
			counts[i] = h[t]
		}
	}
	return counts, nil
}

func (held) Keys(context.Context, string, string, int, func(string) bool) ([]Key, error) {
	return nil, nil
}

// TestCorrected: what a query becomes where texts hold slips of the pen too.
func TestCorrected(t *testing.T) {
	ix := held{}
	for term, n := range map[string]int{"nghị": 9000, "nghỉ": 400, "quyết": 8000, "ngi": 3, "đảng": 7000, "đang": 5000} {
		ix[Term{index.FieldExact, term}] = n
		ix[Term{index.FieldFolded, vi.Fold(term)}] += n
	}
	ix[Term{index.FieldBigram, "nghi quyet"}] = 8000
	p := &Planner{Lexicon: vi.DefaultLexicon(), Restore: func(folded []string) []string { return folded }, Units: 10_000}
	for _, c := range []struct{ q, want string }{
		{"nghị quyết", ""},
		{"nghỉ quyết", ""}, // a different tone is no slip
		{"đang", ""},
		{"ngị quyết", "nghi quyết"}, // not ngi, though three texts hold that
		{"nghị quytế", "nghị quyet"},
		{"nghị quết", "nghị quyet"}, // well-formed, but no text holds it
		{"nghi quet", "nghi quyet"},
		{"đảng quết", ""}, // nor knows its neighbours another
		{"nghij quyeets", "nghị quyết"},
	} {
		q := search.Query{Text: c.q}
		plan, err := p.Plan(t.Context(), ix, &q)
		if err != nil {
			t.Fatalf("%s: %v", c.q, err)
		}
		if got := string(plan.Corrected); got != c.want {
			t.Errorf("%s is corrected to %q, want %q", c.q, got, c.want)
		}
	}
}
