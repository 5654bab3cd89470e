package page

import "strings"

// Sheet is the result of OCR on the picture of one page. Lengths are points with
// the origin at the lower left, as in a PDF.
type Sheet struct {
	Width, Height float64
	Words         []SheetWord // line by line
}

// SheetWord is one word on a [Sheet].
type SheetWord struct {
	Text   string
	X0, X1 float64
	Y      float64 // of the base line, the same for all words of a line
	Size   float64 // of the letters of its line
	Sure   int     // certainty from 0 to 100, from the program
}

// surely is the certainty from which on a word with digits counts as certain:
// printed digits on a real scan have 72 to 97, except one in 25; handwriting mostly
// has less.
const surely = 70

// Doubtful returns the words with digits of which the program was not sure, each
// with the words beside it.
func (s Sheet) Doubtful() (found []string) {
	beside := func(i, j int) string {
		if j < 0 || j >= len(s.Words) || s.Words[i].Y != s.Words[j].Y {
			return ""
		}
		gap := max(s.Words[j].X0-s.Words[i].X1, s.Words[i].X0-s.Words[j].X1)
		if gap > 1.5*s.Words[i].Size {
			return "" // of the other column
		}
		return s.Words[j].Text
	}
	for i, w := range s.Words {
		if w.Sure < surely && IsFigure(w.Text) {
			found = append(found, strings.TrimSpace(beside(i, i-1)+" "+w.Text+" "+beside(i, i+1)))
		}
	}
	return found
}

// IsFigure reports whether s contains a digit.
func IsFigure(s string) bool { return strings.ContainsAny(s, "0123456789") }
