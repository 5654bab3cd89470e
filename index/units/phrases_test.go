package units

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
)

// phrasesOf writes the phrases of texts, each repeated with other words around
// it, and opens them again.
func phrasesOf(t *testing.T, copies [][]string, texts ...string) *Phrases {
	t.Helper()
	dir := t.TempDir()
	sum := newSpeller()
	for i, text := range texts { // as many workers do
		s := newSpeller()
		tokens := vi.Tokens(text)
		s.countText(tokens, 1)
		s.sample(fmt.Sprint("a", i), text, tokens, s.idsOf(tokens))
		sum.add(s)
	}
	if err := sum.writePhrases(dir, copies); err != nil {
		t.Fatal(err)
	}
	p, err := OpenPhrases(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var phraseTexts = []string{
	"Làm tốt công tác dân vận ở cơ sở. Ban hành nghị quyết mới.",
	"Đổi mới công tác dân vận của Đảng; nước ta theo xã hội chủ nghĩa. Ban hành nghị định.",
	"Nói về công tác dân vận thì nhiều, xã hội chủ nghĩa cũng vậy. Tập thể ban hành nghị quyết riêng.",
	"Thi đua trong công tác dân số. Đồng chí Hồ Chí Minh ra đi tìm đường.",
	"Bàn kỹ công tác dân số, thêm tư tưởng Hồ Chí Minh ở trường, ban hành nghị định khác.",
	"Còn công tác dân số thì khó. Bác Hồ Chí Minh dạy rằng xã hội chủ nghĩa là lâu dài.",
	"Nghị quyết ấy hay; nghị quyết này khó; công tác dân vận khéo.",
	strings.Repeat("Nhân dân. Tác giả. Hành lang. ", 9), // makes công tác and dân vận two words
}

func TestComplete(t *testing.T) {
	p := phrasesOf(t, nil, phraseTexts...)
	for _, c := range []struct{ typed, want string }{
		{"cong tac d", "công tác dân vận|công tác dân số"}, // most texts first
		{"Công tác dâ", "công tác dân vận|công tác dân số"},
		{"công tác dấ", ""},
		{"cong tac dan s", "công tác dân số"},
		{"cong tac dan so", "công tác dân số"}, // with its marks
		{"công tác dân số", ""},                // all is typed
		{"cộng tác d", ""},                     // other marks
		{"ho chi", "Hồ Chí Minh"},
		{"ho chi ", "Hồ Chí Minh"},
		{"hội chủ", ""},  // continued on the left by xã
		{"ban hanh", ""}, // nghị is cut within a word, quyết and định too rare
		{"", ""},
		{"?", ""},
	} {
		if got := strings.Join(p.Complete(c.typed, 5), "|"); got != c.want {
			t.Errorf("Complete(%q) = %s, want %s", c.typed, got, c.want)
		}
	}
	if got := p.Complete("cong tac", 1); len(got) != 1 {
		t.Errorf("Complete of 1 = %q", got)
	}
}

// TestPhrasesOfCopies: copies count once; the order of texts is no matter.
func TestPhrasesOfCopies(t *testing.T) {
	p := phrasesOf(t, [][]string{{"a3", "a4", "a5"}}, phraseTexts...)
	if got := p.Complete("cong tac dan s", 5); len(got) > 0 {
		t.Errorf("in one text and its copies: %q", got)
	}
	one, other := phrasesOf(t, nil, phraseTexts...), phrasesOf(t, nil, phraseTexts...)
	if !slices.Equal(one.list, other.list) {
		t.Errorf("phrases %v, then %v", one.list, other.list)
	}
	if none, err := OpenPhrases(t.TempDir()); err != nil || len(none.Complete("a", 5)) > 0 {
		t.Errorf("without phrases: %v, %v", none, err)
	}
}
