package plan

import (
	"testing"
)

// TestSides: the words of an OR's sides count as plain words do: compounds as neighbours,
// in the spelling that is restored, and all syllables anywhere if few articles contain
// the compounds as neighbours.
func TestSides(t *testing.T) {
	ix, p := newSmall(t,
		"14 Một / Công tác dân vận khéo.",
		"12 Hai / Dân làng vận động nhau.",
		"13 Ba / Thuế đất đai năm nay.",
		"11 Bốn / Đạn nổ, vẩn đục.",
		"12 Năm / Ghế tròn, bàn vuông.",
	)
	for _, c := range []struct {
		q    string
		want int
		read string
	}{
		{"dan van OR qwxz", 14, "dân vận OR qwxz"},
		{"dân vận OR thuế", 27, "dân vận OR thuế"},
		{"(dan van OR thue) cong tac", 14, "(dân vận OR thuế) công tác"},
		{"vuong ban OR qwxz", 12, "vuông bàn OR qwxz"}, // nowhere neighbours
	} {
		plan, n := planned(t, ix, p, c.q)
		if n != c.want || plan.Spelled.String() != c.read {
			t.Errorf("%s: %d documents read as %s, want %d as %s", c.q, n, plan.Spelled, c.want, c.read)
		}
	}
}
