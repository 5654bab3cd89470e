package pdf

import (
	"cmp"
	"math"
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
	for i := 0; i < len(sorted); {
		j := i + 1
		for j < len(sorted) && sorted[j].cell.top == sorted[i].cell.top {
			j++
		}
		out := pdfLine{page: sorted[i].lines[0].page, y: sorted[i].cell.top, size: sorted[i].lines[0].size, x0: sorted[i].cell.left}
		for _, ct := range sorted[i:j] {
			inTable[ct.cell] = true
			var parts []string
			for _, l := range ct.lines {
				parts = append(parts, l.text)
			}
			out.cells = append(out.cells, strings.Join(parts, "\n"))
			out.x1 = ct.cell.right
		}
		tables = append(tables, out)
		i = j
	}
	return without(rows, func(l *pdfLine) bool {
		cell, ok := home[l]
		return ok && inTable[cell]
	}), tables
}

// levelRules are the horizontal rules.
func (c *pdfCanvas) levelRules() (level []pdfRule) {
	for _, r := range c.rules {
		if r.y1-r.y0 < ruleThickness && r.x1-r.x0 > 2*ruleThickness {
			level = append(level, r)
		}
	}
	return level
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
