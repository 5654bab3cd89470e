package snippet

import (
	"strings"
	"testing"

	"nghiquyet/search"
)

// TestGrouped: a number is marked however its digits are grouped.
func TestGrouped(t *testing.T) {
	for _, c := range []struct{ q, text, want string }{
		{"2.000 tỷ đồng", "Vốn 2.000 tỷ đồng cho xã.", "2.000 tỷ đồng"},
		{"2000 tỷ đồng", "Vốn 2,000 tỷ đồng cho xã.", ""}, // a decimal
		{"1.500 tỷ đồng", "Vốn 1.500 tỷ đồng cho xã.", "1.500 tỷ đồng"},
		{"1500 tỷ đồng", "Vốn 1.500 tỷ đồng cho xã.", "1.500 tỷ đồng"},
		{"1.250.000 cây", "Hơn 1.250.000 cây, 1.250 cây.", "1.250.000 cây"},
		{"1.250 cây", "Hơn 1250 cây, 1.250.000 cây.", "1250 cây"},
		{"500 tỷ đồng", "Vốn 2.500 tỷ đồng cho xã.", ""},
	} {
		m := NewMatcher(search.Phrase{Text: c.q}, nil)
		var marked []string
		for _, r := range Highlight(c.text, m) {
			if r.Match {
				marked = append(marked, r.Text)
			}
		}
		if got := strings.Join(marked, "|"); got != c.want {
			t.Errorf("%s marks %q in %q, want %q", c.q, got, c.text, c.want)
		}
	}
}
