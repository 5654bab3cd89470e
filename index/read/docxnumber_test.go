package read

import (
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

// TestListNumbers numbers paragraphs at the levels given, in a list of three levels.
func TestListNumbers(t *testing.T) {
	level := func(i int, format, text string) docxLevel {
		return docxLevel{Index: i, Start: val("1"), Format: val(format), Text: val(text)}
	}
	articles := level(1, "decimal", "Điều %2")
	articles.Restart = val("0")
	clauses := level(2, "decimal", "%3.")
	clauses.Restart = val("1")
	legal := level(1, "decimal", "%1.%2.")
	legal.Legal = val("1")
	for _, tt := range []struct {
		name string
		list []docxLevel
		at   []int
		want string
	}{
		{"each level begins again", []docxLevel{level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)")},
			[]int{0, 1, 1, 2, 2, 1, 2, 0, 1}, "I. 1. 2. a) b) 3. a) II. 1."},
		{"articles count on through the chapters", []docxLevel{level(0, "upperRoman", "Chương %1"), articles, level(2, "decimal", "%3.")},
			[]int{0, 1, 1, 2, 0, 1, 2}, "Chương I Điều 1 Điều 2 1. Chương II Điều 3 1."},
		{"clauses begin again with the chapters only", []docxLevel{level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), clauses},
			[]int{0, 1, 2, 1, 2, 0, 2}, "I. 1. 1. 2. 2. II. 1."},
		{"decimals of all levels", []docxLevel{level(0, "upperRoman", "%1."), legal}, []int{0, 0, 1}, "I. II. 2.1."},
		{"a level that is left out counts", []docxLevel{level(0, "decimal", "%1"), level(1, "lowerLetter", "%1.%2"), level(2, "decimal", "%1.%2.%3")},
			[]int{0, 2, 1}, "1 1.a.1 1.b"},
		{"a level without a number", []docxLevel{level(0, "decimal", "%1"), level(1, "none", "%1.%2"), level(2, "decimal", "%1.%2.%3")},
			[]int{0, 1, 2}, "1 1. 1..1"},
	} {
		list := &docxList{levels: map[int]docxLevel{}}
		for _, l := range tt.list {
			list.levels[l.Index] = l
		}
		n := docxNumbers{lists: map[int]*docxList{1: list}, counts: map[int][]int{}, begun: map[int]bool{}}
		var got []string
		for _, at := range tt.at {
			got = append(got, n.next(1, at))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, s, tt.want)
		}
	}
}

// TestLinkedLists: a list may take its levels from the list of a style.
func TestLinkedLists(t *testing.T) {
	parts := pagetest.DOCXParts(pagetest.Listed(7, 0, "một") + pagetest.Listed(8, 0, "hai"))
	parts["word/styles.xml"] = `<w:styles` + pagetest.WordNS + `><w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="8"/></w:numPr></w:pPr></w:style></w:styles>`
	parts["word/numbering.xml"] = `<w:numbering` + pagetest.WordNS + `><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="L"/><w:lvl w:ilvl="0"><w:start w:val="10"/><w:lvlText w:val="Điều %1."/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="2"/></w:num></w:numbering>`
	p, err := readDOCX(t.Context(), "a.docx", pagetest.Zip(parts), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(pagetest.Texts(p)[:2], "|"), "Điều 10. một|Điều 11. hai"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestCountingWords: numbers in words, which Word calls Vietnamese counting.
func TestCountingWords(t *testing.T) {
	for n, want := range map[int]string{1: "một", 5: "năm", 10: "mười", 11: "mười một", 15: "mười lăm", 20: "hai mươi", 21: "hai mươi mốt", 55: "năm mươi lăm", 99: "chín mươi chín", 0: "0", 100: "100"} {
		if got := formatNumber(n, "vietnameseCounting"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
