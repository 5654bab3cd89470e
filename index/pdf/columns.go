package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"nghiquyet/index/page"
)

// pdfFlow is a run of lines in reading order: the body of a page, one of several
// columns, or a table.
type pdfFlow struct {
	lines  []pdfLine
	column bool // of a masthead, signature block or the like
	table  bool
}

// gutter is a strip without text between two columns of prose, narrower than
// the gaps of a masthead, that at least minGutterRows rows share.
type gutter struct {
	x           float64
	first, last int // rows
}

const (
	minGutterRows = 8
	minGutter     = 0.55 // of the font size
	gutterStep    = 1.0  // points between the places looked at
)

// within reports whether the gutter passes between x0 and x1 in a row.
func (g gutter) within(row int, x0, x1 float64) bool {
	return g.x > 0 && row >= g.first && row <= g.last && x0 <= g.x && g.x <= x1
}

// findGutter returns the place with the longest sequence of rows without text
// there, most of them with text on both sides. The gaps between words of justified
// prose are not below one another for so many rows.
func findGutter(rows [][]pdfRun) (best gutter) {
	if len(rows) < minGutterRows {
		return
	}
	x0, x1 := rows[0][0].x0, rows[0][0].x1
	for _, row := range rows {
		x0, x1 = min(x0, row[0].x0), max(x1, row[len(row)-1].x1)
	}
	longest := minGutterRows - 1
	for x := x0 + (x1-x0)/4; x < x1-(x1-x0)/4; x += gutterStep {
		both, from := 0, 0
		for i := 0; i <= len(rows); i++ {
			free, sides := false, false
			if i < len(rows) {
				free, sides = clearAt(rows[i], x)
			}
			if !free {
				if both > longest && both*10 >= (i-from)*6 {
					longest, best = both, gutter{x, from, i - 1}
				}
				both, from = 0, i+1
			} else if sides {
				both++
			}
		}
	}
	return best
}

// clearAt reports whether a row has no text at x or next to it, and whether it has
// some on both sides.
func clearAt(row []pdfRun, x float64) (free, sides bool) {
	i, _ := slices.BinarySearchFunc(row, x, func(r pdfRun, x float64) int { return cmp.Compare(r.x0, x) })
	half := minGutter / 2 * row[0].size
	if i > 0 && row[i-1].x1 > x-half || i < len(row) && row[i].x0 < x+half {
		return false, false
	}
	return true, i > 0 && i < len(row)
}

// flows returns the rows of a page, and its tables, in reading order. Rows that
// share a gutter are columns, read one after the other.
func flows(rows [][]pdfLine, tables []pdfLine) []pdfFlow {
	var out []pdfFlow
	open := func(table bool) *pdfFlow { // the last flow, or a new one if that is of another kind
		if n := len(out); n == 0 || out[n-1].column || out[n-1].table != table {
			out = append(out, pdfFlow{table: table})
		}
		return &out[len(out)-1]
	}
	for i := 0; i < len(rows); {
		for len(tables) > 0 && tables[0].y > rows[i][0].y {
			t := open(true)
			t.lines, tables = append(t.lines, tables[0]), tables[1:]
		}
		stop := len(rows)
		if len(tables) > 0 {
			for stop = i; stop < len(rows) && rows[stop][0].y >= tables[0].y; {
				stop++
			}
		}
		n, left, right := columnBand(rows[i:stop])
		if n == 0 {
			b := open(false)
			b.lines = append(b.lines, joinLines(rows[i]))
			i++
			continue
		}
		// A row with text only to the right of the gutter, above it, belongs to the
		// right column: a signature block beside a lower list of recipients.
		if k := len(out) - 1; k >= 0 && !out[k].column && !out[k].table {
			b := &out[k]
			m := len(b.lines)
			for m > 0 && b.lines[m-1].x0 >= right[0].x0-8*right[0].size && b.lines[m-1].x0 > left[0].x1 &&
				b.lines[m-1].y-right[0].y < 6*right[0].size {
				m--
			}
			right = append(slices.Clone(b.lines[m:]), right...)
			b.lines = b.lines[:m]
		}
		i += n
		if !isListing(left) && !isListing(right) { // prose, which reads on
			b := open(false)
			b.lines = append(b.lines, left...)
			shift := margin(left) - margin(right) // moves the right column under the left
			for _, l := range right {
				l.x0, l.x1 = l.x0+shift, l.x1+shift
				b.lines = append(b.lines, l)
			}
			continue
		}
		out = append(out, pdfFlow{lines: left, column: true}, pdfFlow{lines: right, column: true})
	}
	if len(tables) > 0 {
		out = append(out, pdfFlow{lines: tables, table: true})
	}
	return out
}

func margin(lines []pdfLine) float64 {
	return slices.MinFunc(lines, func(a, b pdfLine) int { return cmp.Compare(a.x0, b.x0) }).x0
}

// maxBand bounds the rows of one band of columns; a printed page has 80.
const maxBand = 400

// columnBand returns how many of the first rows are in two columns, and the
// columns; n is 0 if the first row does not begin two columns.
func columnBand(rows [][]pdfLine) (n int, left, right []pdfLine) {
	first := rows[0]
	if len(first) != 2 {
		return 0, nil, nil
	}
	g0, g1 := first[0].x1, first[1].x0
	size := max(first[0].size, first[1].size)
	both := 0
	edge0, edge1 := first[0].x0, first[1].x1
	for n < min(len(rows), maxBand) {
		a, b := g0, g1
		mid := (g0 + g1) / 2
		sides := [2]int{}
		for _, l := range rows[n] {
			if (l.x0+l.x1)/2 < mid {
				a = max(a, l.x1)
				sides[0]++
			} else {
				b = min(b, l.x0)
				sides[1]++
			}
		}
		if len(rows[n]) == 1 && straddles(rows[n][0], edge0, edge1, mid) {
			break
		}
		edge0, edge1 = min(edge0, rows[n][0].x0), max(edge1, rows[n][len(rows[n])-1].x1)
		if b-a < minGutter*size || n > 0 && rows[n-1][0].y-rows[n][0].y > 4*size {
			break
		}
		if sides[0] > 0 && sides[1] > 0 {
			both++
		}
		g0, g1 = a, b
		n++
	}
	if n < 2 && !(n == 1 && isMastheadRow(first)) {
		return 0, nil, nil
	}
	mid := (g0 + g1) / 2
	letters := 0
	for _, row := range rows[:n] {
		for _, l := range row {
			if (l.x0+l.x1)/2 < mid {
				left = append(left, l)
				letters += strings.Count(l.text, "") - 1
			} else {
				right = append(right, l)
			}
		}
	}
	// Markers of a list with hanging indent, and the digits of a table without
	// rules, are no column. A signature is short beside its recipients.
	if len(left) == 0 || len(right) == 0 || letters < 5*len(left) || both < n/4 && !strings.HasPrefix(page.Fold(first[0].text), "noi nhan") {
		return 0, nil, nil
	}
	if !slices.ContainsFunc(right, func(l pdfLine) bool { return page.CountLetters(l.text) > 0 }) {
		return 0, nil, nil // figures beside the names of rows
	}
	return n, left, right
}

// straddles reports whether a line is centered on the complete band, such as the
// title below a masthead, not a line of a column.
func straddles(l pdfLine, edge0, edge1, gutter float64) bool {
	center := (l.x0 + l.x1) / 2
	column := (edge0 + gutter) / 2
	if center > gutter {
		column = (edge1 + gutter) / 2
	}
	return math.Abs(center-(edge0+edge1)/2) < math.Abs(center-column)
}

// isMastheadRow reports whether a row is two short lines in capitals.
func isMastheadRow(row []pdfLine) bool {
	return !slices.ContainsFunc(row, func(l pdfLine) bool { return strings.ContainsFunc(l.text, unicode.IsLower) })
}
