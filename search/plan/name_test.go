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

// A number applies to the list beside a few words, and to the count alone in a query that
// may be a title. The words of a name count one by one, though the plan has it as one word.
func TestNumberInTitle(t *testing.T) {
	ix, p := newSmall(t,
		"1 35-CT/TW // Chỉ thị / Ủy ban nhân dân (UBND) họp bàn tiết kiệm điện.",
		"14 Hai / Ủy ban nhân dân, tức UBND, họp bàn về chợ.",
	)
	for _, c := range []struct {
		text   string
		words  int // of the plan
		listed int
	}{
		{"35-CT/TW họp bàn", 2, 1},
		{"35-CT/TW ủy ban nhân dân", 1, 1},
		{"35-CT/TW ủy ban nhân dân họp", 2, 15},
		{"35-CT/TW tin: nhân dân họp bàn về chợ", 7, 15},
	} {
		plan, err := p.Plan(t.Context(), ix, &search.Query{Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		counts, err := ix.Count(t.Context(), plan.Found, plan.Wide)
		if err != nil || counts[0] != 1 || counts[1] != c.listed || len(plan.Words) != c.words {
			t.Errorf("%s: %d counted, %d listed, %v, %d words, want 1, %d and %d words: %s",
				c.text, counts[0], counts[1], err, len(plan.Words), c.listed, c.words, plan)
		}
	}
}
