package plan

import (
	"testing"

	"nghiquyet/search"
)

// TestSwapped: of two words at one letter's distance that fit the neighbours alike, the
// one with two letters swapped is meant.
func TestSwapped(t *testing.T) {
	ix, p := newSmall(t,
		"12 Một / Đường điện mới kéo. Đường dinh mới kéo.",
		"6 Hai / Đường dinh mới kéo.",
	)
	plan, err := p.Plan(t.Context(), ix, &search.Query{Text: "đường đinệ mới kéo"})
	if err != nil {
		t.Fatal(err)
	}
	if got := string(plan.Corrected); got != "đường điện mới kéo" {
		t.Errorf("corrected to %q, want đường điện mới kéo", got)
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{{"dine", "dien", true}, {"dine", "dine", false}, {"dine", "dink", false}, {"dine", "nide", false}, {"ab", "ba", true}, {"dine", "din", false}, {"", "", false}} {
		if got := isSwap(c.a, c.b); got != c.want {
			t.Errorf("isSwap(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

// TestCapitals: of a word with a capital inside, two swapped letters are corrected. An
// abbreviation is only offered.
func TestCapitals(t *testing.T) {
	ix, p := newSmall(t,
		"12 Một / Đảng ủy làng họp.",
		"300 Hai / UBND làng họp.",
		"1 Ba / UBDN làng họp.",
	)
	for _, c := range []struct{ q, corrected, offered string }{
		{"đNảg ủy làng", "đảng ủy làng", ""},
		{"UBDN làng", "", "UBND làng"}, {"UNBD làng", "", "UBND làng"}, {"UBND làng", "", ""},
	} {
		plan, err := p.Plan(t.Context(), ix, &search.Query{Text: c.q})
		if err != nil {
			t.Fatal(err)
		}
		if got := string(plan.Corrected); got != c.corrected || plan.Offered != c.offered {
			t.Errorf("%s: corrected to %q, %q offered, want %q, %q", c.q, got, plan.Offered, c.corrected, c.offered)
		}
	}
}
