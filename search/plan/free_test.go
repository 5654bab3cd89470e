package plan

import (
	"testing"

	"nghiquyet/search"
)

// TestTitleTyped: the minus in a pasted title excludes nothing, even if other
// documents have the other words; in another query it does.
func TestTitleTyped(t *testing.T) {
	ix, p := newSmall(t,
		"1 Đảng bộ xã An Phú -Điểm sáng về dân vận khéo / Bà con vui vẻ.",
		"12 Đảng bộ xã An Phú sáng về dân vận khéo / Họp đầu năm.",
	)
	for _, c := range []struct {
		q    string
		note string
	}{
		{"Đảng bộ xã An Phú -Điểm sáng về dân vận khéo", search.NoteTitleTyped},
		{"Đảng bộ xã An Phú -điểm", ""},
		{"dân vận khéo về Đảng bộ xã -Điểm sáng", ""},
		{"dân vận -khéo", search.NoteMinusIgnored},
		{"Đảng bộ xã -(dân vận)", search.NoteMinusIgnored},
		{"Đảng bộ xã An Phú –Điểm sáng về dân vận khéo", ""},
	} {
		q := search.Query{Text: c.q}
		plan, err := p.Plan(t.Context(), ix, &q)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, n := range plan.Notes {
			got = n.Code
		}
		if got != c.note {
			t.Errorf("%s: note %q, want %q", c.q, got, c.note)
		}
	}
}
