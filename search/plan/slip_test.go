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
