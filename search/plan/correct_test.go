package plan

import (
	"context"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

// held is an index of which only the number of units with a term is known.
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

// TestCorrected: the corrections of a query to texts that contain misspellings too.
func TestCorrected(t *testing.T) {
	ix := held{}
	for term, n := range map[string]int{"nghị": 9000, "nghỉ": 400, "quyết": 8000, "ngi": 3, "đảng": 7000, "đang": 5000} {
		ix[Term{index.FieldExact, term}] = n
		ix[Term{index.FieldFolded, vi.Fold(term)}] += n
	}
	ix[Term{index.FieldBigram, "nghi quyet"}] = 8000
	for word, n := range map[string]int{
		"luu": 900, "khi": 5000, "mot": 6000, "iuu": 2, "kpi": 9, "iot": 3, "gia": 4000, "lai": 3000, "lia": 40, "kien": 3, "giang": 900, "tien": 800,
		"festival": 12, "fesival": 2, "krajan": 7,
	} {
		ix[Term{index.FieldExact, word}], ix[Term{index.FieldFolded, word}] = n, n
	}
	ix[Term{index.FieldBigram, "gia lai"}], ix[Term{index.FieldBigram, "tien giang"}] = 700, 300
	p := &Planner{Lexicon: vi.DefaultLexicon(), Restore: func(folded []string) []string { return folded }, Units: 10_000}
	for _, c := range []struct{ q, want string }{
		{"nghị quyết", ""},
		{"nghỉ quyết", ""}, // a different tone is no slip
		{"đang", ""},
		{"ngị quyết", "nghi quyết"}, // not ngi, though three texts contain it
		{"nghị quytế", "nghị quyet"},
		{"nghị quết", "nghị quyet"}, // well-formed, but no text contains it
		{"nghi quet", "nghi quyet"},
		{"đảng quết", ""}, // nor knows its neighbours another
		{"nghij quyeets", "nghị quyết"},
		{"IUU", ""}, // words in the index stay, however rare
		{"iuu", ""},
		{"đảng KPI", ""},
		{"IoT", ""},
		{"đảng iot", ""},
		{"đảng ZPI", ""}, // capitals stay
		{"festivla", "festival"},
		{"fesival", ""},
		{"krjan", "krajan"}, // names and foreign words are words of the index
		{"gia lia", "gia lai"},
		{"nghị quyết gia lia", "nghị quyết gia lai"},
		{"gia lìa", "gia lai"},
		{"kien giang", ""}, // a place itself
		{`"ngị quyết"`, `"nghi quyết"`},
		{`đảng "gia lia"`, `đảng "gia lai"`},
		{"NGỊ QUYẾT", "nghi QUYẾT"},
		{"nghị QUyếtt", "nghị quyet"}, // the key for capitals was released late
		{"gNhị quyết", "nghi quyết"},
		{"nNhị quyết", ""}, // no two letters are swapped
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
	q := search.Query{Text: "đảng nogc fesival"}
	ix[Term{index.FieldFolded, "festival"}] = 900
	if plan, err := p.Plan(t.Context(), ix, &q); err != nil || plan.Corrected != "" || plan.Offered != "đảng nogc festival" {
		t.Errorf("fesival is offered as %q, corrected to %q, error %v", plan.Offered, plan.Corrected, err)
	}
}
