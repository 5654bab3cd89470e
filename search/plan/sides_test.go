package plan

import (
	"testing"

	"nghiquyet/search"
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
		plan, err := p.Plan(t.Context(), ix, &search.Query{Text: c.q})
		if err != nil {
			t.Fatal(err)
		}
		counts, err := ix.Count(t.Context(), plan.Found)
		if err != nil || counts[0] != c.want || plan.Spelled.String() != c.read {
			t.Errorf("%s: %d documents read as %s, %v, want %d as %s", c.q, counts[0], plan.Spelled, err, c.want, c.read)
		}
	}
}
