// Package analysistest contains the contract of every token stream. It takes any
// Bleve analyzer and a text, and fails the test that calls it.
package analysistest

import (
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"golang.org/x/text/unicode/norm"
)

// Check analyzes text and reports every token that breaks the contract:
//
//   - its span lies inside the text, is not empty, and begins and ends on
//     boundaries of characters;
//   - its start and its position do not go back, the first position is 1 or more;
//   - its term is not empty, valid UTF-8 and NFC.
//
// The text may be any bytes; each byte of invalid UTF-8 counts as one character.
func Check(t testing.TB, analyzer analysis.Analyzer, text string) {
	t.Helper()
	boundary := make([]bool, len(text)+1)
	for i := range text {
		boundary[i] = true
	}
	boundary[len(text)] = true
	start, position := 0, 1
	for i, tok := range analyzer.Analyze([]byte(text)) {
		fail := func(law string) {
			t.Helper()
			t.Errorf("token %d of %+q is %+q [%d:%d] at %d: %s", i, text, tok.Term, tok.Start, tok.End, tok.Position, law)
		}
		switch {
		case tok.Start < 0 || tok.End > len(text) || tok.Start >= tok.End:
			fail("span empty or outside the text")
			continue
		case !boundary[tok.Start] || !boundary[tok.End]:
			fail("span cuts a character")
		case tok.Start < start:
			fail("start goes back")
		case tok.Position < position:
			fail("position goes back or is less than 1")
		}
		switch term := string(tok.Term); {
		case term == "":
			fail("term is empty")
		case !utf8.ValidString(term):
			fail("term is not UTF-8")
		case !norm.NFC.IsNormalString(term):
			fail("term is not NFC")
		}
		start, position = tok.Start, tok.Position
	}
}
