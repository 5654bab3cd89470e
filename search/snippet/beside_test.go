package snippet

import (
	"strings"
	"testing"

	"nghiquyet/search"
)

// TestBeside: single syllables of a query typed without marks are marked only beside their
// neighbours in the query.
func TestBeside(t *testing.T) {
	query := search.And{Nodes: []search.Node{search.Phrase{Text: "nghị quyết"}, search.Word{Text: "ve"}, search.Phrase{Text: "dân vận"}}}
	m := NewMatcher(query, nil).Beside(LooseAll)
	for _, c := range []struct{ text, want string }{
		{"Nghị quyết về dân vận", "[Nghị quyết về dân vận]"},
		{"Nghị quyết về rừng", "[Nghị quyết về] rừng"},
		{"Bảo vệ rừng, dân vận khéo", "Bảo vệ rừng, [dân vận] khéo"},
		{"Vẽ dân vận", "[Vẽ dân vận]"},
		{"Đi về", "Đi về"},
	} {
		var b strings.Builder
		for _, r := range Highlight(c.text, m) {
			if r.Match {
				b.WriteString("[" + r.Text + "]")
			} else {
				b.WriteString(r.Text)
			}
		}
		if b.String() != c.want {
			t.Errorf("%s: %s, want %s", c.text, b.String(), c.want)
		}
	}
	other := "xe"
	for name, alone := range map[string]*Matcher{
		"a word alone":                          NewMatcher(search.Word{Text: "ve"}, nil),
		"a word alone that has another wording": NewMatcher(search.Word{Text: "ve"}, nil, other),
	} {
		if alone.Beside(LooseAll) != alone {
			t.Errorf("%s is not marked anywhere", name)
		}
	}
	short := search.And{Nodes: []search.Node{search.Word{Text: "bhxh"}, search.Phrase{Text: "tỉnh ủy"}}}
	if got := Highlight("BHXH và xe", NewMatcher(short, nil, other).Beside(LooseAll)); len(got) != 3 {
		t.Errorf("an abbreviation and another wording are cut into %v, want BHXH and xe marked", got)
	}
}

// TestBesideNumbers: a short number is marked only beside the word before or after it.
func TestBesideNumbers(t *testing.T) {
	query := search.And{Nodes: []search.Node{search.Phrase{Text: "chỉ thị"}, search.Word{Text: "5"}, search.Phrase{Text: "năm"}, search.Word{Text: "2016"}}}
	for text, want := range map[string]int{
		"Chỉ thị 5 về dân vận":           1,
		"Chỉ thị 6 ngày 3/5":             1,
		"Sinh ngày 19/5, nhà có 5 người": 0,
		"Trong 2016, cả 5 xã":            1,
	} {
		n := 0
		for _, r := range Highlight(text, NewMatcher(query, nil).Beside(LooseNumbers)) {
			if r.Match {
				n++
			}
		}
		if n != want {
			t.Errorf("%s: %d marks, want %d", text, n, want)
		}
	}
}

// TestCutBeside: a passage whose only matches are syllables of other words is not shown
// beside one with marks, but alone.
func TestCutBeside(t *testing.T) {
	m := NewMatcher(search.And{Nodes: []search.Node{search.Phrase{Text: "dân vận"}, search.Word{Text: "ve"}}}, nil).Beside(LooseAll)
	filler := strings.Repeat("Cây xanh bên suối. ", 40)
	for _, c := range []struct {
		text string
		want int
	}{
		{"Bảo vệ rừng. " + filler + "Làm dân vận khéo. " + filler + "Đi về.", 1},
		{"Làm dân vận khéo. " + filler + "Năm dân vận khéo.", 2},
		{"Bảo vệ rừng. " + filler + "Đi về.", 2},
	} {
		if got := Cut(c.text, m, Options{Snippets: 2}); len(got) != c.want {
			t.Errorf("%.20s…: %d passages, want %d: %v", c.text, len(got), c.want, got)
		}
	}
}
