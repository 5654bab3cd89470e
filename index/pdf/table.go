package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
)

// pdfCell is the place between the four rules around a line of a table.
type pdfCell struct{ left, bottom, right, top float64 }

// tables removes the lines in table cells from rows and returns the tables as rows
// of cells, each at the height of its top rule. A cell is bounded by the nearest
// rule on each side that reaches past the line, which also works for merged cells.
func (c *pdfCanvas) tables(rows [][]pdfLine) (rest [][]pdfLine, tables []pdfLine) {
	upright := c.uprightRules()
	level := c.levelRules()
	if len(upright) < 2 || len(level) < 2 {
		return rows, nil
	}
	type content struct {
		cell  pdfCell
		lines []pdfLine
	}
	cells := map[pdfCell]*content{}
	home := map[*pdfLine]pdfCell{}
	for i := range rows {
		for j := range rows[i] {
			l := &rows[i][j]
			c.file.charge(len(upright) + len(level))
			cell, ok := cellOf(l, upright, level)
			if !ok {
				continue
			}
			home[l] = cell
			if cells[cell] == nil {
				cells[cell] = &content{cell: cell}
			}
			cells[cell].lines = append(cells[cell].lines, *l)
		}
	}
	// A frame around text that has no neighbour is no table.
	var sorted []*content
	for cell, ct := range cells {
		for other := range cells {
			if other != cell && cell.touches(other) {
				sorted = append(sorted, ct)
				break
			}
		}
		c.file.charge(len(cells))
	}
	slices.SortFunc(sorted, func(a, b *content) int {
		return cmp.Or(cmp.Compare(b.cell.top, a.cell.top), cmp.Compare(a.cell.left, b.cell.left), cmp.Compare(b.cell.bottom, a.cell.bottom))
	})
	inTable := map[pdfCell]bool{}
	bounds := make([]pdfCell, len(sorted))
	for i, ct := range sorted {
		bounds[i], inTable[ct.cell] = ct.cell, true
	}
	column := columnsOf(bounds)
	for i := 0; i < len(sorted); {
		first := sorted[i]
		out := pdfLine{page: first.lines[0].page, y: first.cell.top, size: first.lines[0].size, x0: first.cell.left}
		for ; i < len(sorted) && sorted[i].cell.top == first.cell.top; i++ {
			for len(out.cells) < column[i] {
				out.cells = append(out.cells, "")
			}
			out.cells = append(out.cells, cellText(sorted[i].lines))
			out.x1 = sorted[i].cell.right
		}
		tables = append(tables, out)
	}
	return without(rows, func(l *pdfLine) bool {
		cell, ok := home[l]
		return ok && inTable[cell]
	}), tables
}

// columnsOf returns the column of each cell, from 0, by the left edges of all cells of
// its table: empty cells have no text, and merged ones have no rules between. Cells
// that touch are of one table.
func columnsOf(cells []pdfCell) []int {
	const near = 4.0
	table := make([]int, len(cells)) // of each cell, the first cell of its table
	for i := range cells {
		table[i] = i
		for j := range i {
			if from, to := table[i], table[j]; from != to && cells[i].touches(cells[j]) {
				for k := range i + 1 {
					if table[k] == from || table[k] == to {
						table[k] = min(from, to)
					}
				}
			}
		}
	}
	edges := map[int][]float64{}
	for i, c := range cells {
		edges[table[i]] = append(edges[table[i]], c.left)
	}
	for t, lefts := range edges {
		slices.Sort(lefts)
		edges[t] = slices.CompactFunc(lefts, func(a, b float64) bool { return !(math.Abs(b-a) > near) })
	}
	out := make([]int, len(cells))
	for i, c := range cells {
		lefts := edges[table[i]]
		for out[i]+1 < len(lefts) && lefts[out[i]+1] <= c.left+near {
			out[i]++
		}
	}
	return out
}

// cellText joins the lines of a cell. A number that is wider than its cell goes on in
// the next line, in the middle of three digits: 1.234.5 above 67.
func cellText(lines []pdfLine) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 && !(cutNumberRE.MatchString(lines[i-1].text) && groupedRE.MatchString(lines[i-1].text+l.text)) {
			b.WriteByte('\n')
		}
		b.WriteString(l.text)
	}
	return b.String()
}

var (
	// cutNumberRE matches a number of groups of digits whose last one has less than three.
	cutNumberRE = regexp.MustCompile(`^[(+−-]?\d{1,3}(?:(?:\.\d{3})+\.\d{1,2}|(?:\.\d{3})*\.|(?:,\d{3})+,\d{1,2}|(?:,\d{3})+,)$`)

	// groupedRE matches a number of complete groups.
	groupedRE = regexp.MustCompile(`^[(+−-]?\d{1,3}(?:(?:\.\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?)\)?%?$`)
)

// levelRules are the horizontal rules.
func (c *pdfCanvas) levelRules() []pdfRule {
	return slices.DeleteFunc(slices.Clone(c.rules), func(r pdfRule) bool { return !(r.y1-r.y0 < ruleThickness && r.x1-r.x0 > 2*ruleThickness) })
}

// cellOf finds the rules around a line. ok requires those above and below and one
// at a side, because tables wider than the page have lost the other.
func cellOf(l *pdfLine, upright, level []pdfRule) (cell pdfCell, ok bool) {
	const reach = 2.0 // points by which rules may miss each other
	x, y := (l.x0+l.x1)/2, l.y+0.3*l.size
	cell = pdfCell{math.Inf(-1), math.Inf(-1), math.Inf(1), math.Inf(1)}
	for _, r := range upright {
		if r.y0-reach > y || r.y1+reach < y {
			continue
		}
		if r.x0 <= x {
			cell.left = max(cell.left, math.Round(r.x0))
		} else {
			cell.right = min(cell.right, math.Round(r.x0))
		}
	}
	for _, r := range level {
		if r.x0-reach > x || r.x1+reach < x {
			continue
		}
		if r.y0 <= y {
			cell.bottom = max(cell.bottom, math.Round(r.y0))
		} else {
			cell.top = min(cell.top, math.Round(r.y0))
		}
	}
	finite := func(v float64) bool { return !math.IsInf(v, 0) }
	return cell, finite(cell.bottom) && finite(cell.top) && (finite(cell.left) || finite(cell.right))
}

// touches reports cells with a side in common.
func (a pdfCell) touches(b pdfCell) bool {
	const near = 4.0
	overlap := func(a0, a1, b0, b1 float64) bool { return min(a1, b1)-max(a0, b0) > near }
	beside := math.Abs(a.right-b.left) < near || math.Abs(b.right-a.left) < near
	stacked := math.Abs(a.bottom-b.top) < near || math.Abs(b.bottom-a.top) < near
	return beside && overlap(a.bottom, a.top, b.bottom, b.top) || stacked && overlap(a.left, a.right, b.left, b.right)
}
