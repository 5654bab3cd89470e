package plan

import (
	"testing"

	"nghiquyet/search"
)

// In an index that contains a name only as its long form, that form and its abbreviation
// have the same count, alone and beside another word, though it is relaxed where few
// articles contain the words. The words of the long form are listed as before.
func TestLongFormAlone(t *testing.T) {
	ix, p := newSmall(t,
		"2 Một / Ủy ban nhân dân họp bàn về chợ.",
		"14 Hai / Ủy ban kiểm tra họp.",
		"15 Ba / Nhân dân đi chợ.",
	)
	for _, c := range []struct {
		name, long string
		counted    int
		listed     int // by the long form
	}{
		{"UBND", "ủy ban nhân dân", 2, 31},
		{"UBND chợ", "ủy ban nhân dân chợ", 17, 31},
	} {
		for i, text := range []string{c.name, c.long} {
			plan, err := p.Plan(t.Context(), ix, &search.Query{Text: text})
			if err != nil {
				t.Fatal(err)
			}
			counts, err := ix.Count(t.Context(), plan.Found, plan.Wide)
			if err != nil || counts[0] != c.counted || i == 1 && counts[1] != c.listed {
				t.Errorf("%s: %d counted, %d listed at the level %s, %v, want %d and %d: %s",
					text, counts[0], counts[1], plan.Level, err, c.counted, c.listed, plan)
			}
		}
	}
}
