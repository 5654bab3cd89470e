package pdf

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"nghiquyet/index/page"
)

// unruledColumns are the least columns of a table without vertical rules: two are
// a masthead or a signature beside its recipients.
const unruledColumns = 3

// wider is more than the distance of the lines of a cell, in parts of it.
const wider = 1.3

// unruled removes the tables without vertical rules from rows that have cells of
// several lines, and returns them as rows of cells, as [pdfCanvas.tables] does.
// Joined by base line, such cells would be mixed with those beside them. All other
// tables stay lines of text.
func (c *pdfCanvas) unruled(rows [][]pdfLine) (rest [][]pdfLine, tables []pdfLine) {
	level := c.levelRules()
	for i := 0; i < len(rows); {
		b := bandOf(rows[i:min(len(rows), i+maxBand)])
		c.file.charge(b.rows*(len(b.columns)+len(level)) + 1)
		found := b.tableRows(level)
		if found == nil {
			rest = append(rest, rows[i])
			i++
			continue
		}
		tables = append(tables, found...)
		i += b.rows
	}
	for _, row := range rest {
		for k := range row {
			row[k].runs = nil // no later step reads them
		}
	}
	return rest, tables
}

// band is a run of rows whose lines are in the same columns.
type band struct {
	rows    int
	columns []pdfCell   // only left and right count
	lines   [][]pdfLine // by column, from the top
}

// bandOf returns the longest band that begins with the first row.
func bandOf(rows [][]pdfLine) (b band) {
	if len(rows[0]) < unruledColumns {
		return b
	}
	for _, l := range rows[0] {
		b.columns = append(b.columns, pdfCell{left: l.x0, right: l.x1})
	}
	b.lines = make([][]pdfLine, len(b.columns))
	for _, row := range rows {
		if !b.add(row) {
			break
		}
		b.rows++
	}
	return b
}

// add adds a row to the band, if each of its lines is in one column or can be cut
// at the left edges of columns.
func (b *band) add(row []pdfLine) bool {
	const farApart = 4.0 // font sizes between rows of one table, at most
	if last := b.lowest(); last != nil && last.y-row[0].y > farApart*last.size {
		return false
	}
	columns := slices.Clone(b.columns)
	at := make([]int, 0, len(row))
	var parts []pdfLine
	for _, l := range row {
		parts = append(parts, b.cut(l)...)
	}
	for _, l := range parts {
		k := columnOf(columns, l)
		if k < 0 {
			return false
		}
		columns[k].left, columns[k].right = min(columns[k].left, l.x0), max(columns[k].right, l.x1)
		if k > 0 && columns[k].left < columns[k-1].right || k+1 < len(columns) && columns[k].right > columns[k+1].left {
			return false
		}
		at = append(at, k)
	}
	b.columns = columns
	for i, l := range parts {
		b.lines[at[i]] = append(b.lines[at[i]], l)
	}
	return true
}

// lowest is the lowest line so far.
func (b *band) lowest() (last *pdfLine) {
	for _, column := range b.lines {
		if k := len(column) - 1; k >= 0 && (last == nil || column[k].y < last.y) {
			last = &column[k]
		}
	}
	return last
}

// columnOf returns the only column that a line overlaps, or -1.
func columnOf(columns []pdfCell, l pdfLine) int {
	found := -1
	for k, column := range columns {
		if l.x0 < column.right && column.left < l.x1 {
			if found >= 0 {
				return -1
			}
			found = k
		}
	}
	return found
}

// cut divides a line where a run begins at the left edge of a column: full cells
// side by side are closer than columns of prose.
func (b *band) cut(l pdfLine) (parts []pdfLine) {
	const (
		near  = 2.5 // points
		apart = 0.3 // of the font size: least gap between cells
	)
	from := 0
	for i := 1; i < len(l.runs); i++ {
		gap := l.runs[i].x0 - l.runs[i-1].x1
		edge := slices.ContainsFunc(b.columns[1:], func(column pdfCell) bool { return math.Abs(column.left-l.runs[i].x0) < near })
		if edge && gap > apart*l.size {
			parts = append(parts, l.part(from, i))
			from = i
		}
	}
	if from == 0 {
		return []pdfLine{l}
	}
	return append(parts, l.part(from, len(l.runs)))
}

// part makes a line of some of the runs of l.
func (l pdfLine) part(from, to int) pdfLine {
	out := joinRuns(l.runs[from:to])
	out.page = l.page
	return out
}

// tableRows divides a band into the rows of a table, nil if it is none or none of
// its cells has several lines. The rows are divided by rules and wider gaps, or, if
// there are none, above each line of the first column.
func (b *band) tableRows(level []pdfRule) []pdfLine {
	if b.rows < 2 {
		return nil
	}
	leading := b.leading()
	if b.dropTail(leading); math.IsInf(leading, 1) {
		return nil
	}
	beside := map[float64]int{} // height → columns with a line there
	for _, column := range b.lines {
		for _, l := range column {
			beside[l.y]++
		}
	}
	heights := slices.SortedFunc(maps.Keys(beside), func(a, b float64) int { return cmp.Compare(b, a) })
	numbered := map[float64]bool{}
	for _, l := range b.lines[0] {
		numbered[l.y] = true
	}
	left, right := b.columns[0].left, b.columns[len(b.columns)-1].right
	var gaps, numbers []float64 // heights at which rows begin
	full := false
	for i, y := range heights {
		ruled := i > 0 && slices.ContainsFunc(level, func(r pdfRule) bool {
			return r.y0 > y && r.y0 < heights[i-1] && r.x0 < right && r.x1 > left
		})
		if i == 0 || ruled || heights[i-1]-y > wider*leading {
			gaps = append(gaps, y)
		}
		switch {
		case i == 0 || numbered[y]:
			numbers = append(numbers, y)
		case beside[y] >= len(b.lines)-1: // a row of its own: the cell in the first column is for several
			full = true
		}
	}
	if out := b.divide(gaps); out != nil || full {
		return out
	}
	return b.divide(numbers)
}

// dropTail removes the last rows that have only a line in the first column that
// does not continue the line above: the text below a table.
func (b *band) dropTail(leading float64) {
	for k := len(b.lines[0]) - 1; k > 0 && b.rows > 1; k-- {
		l := b.lines[0][k]
		beside := slices.ContainsFunc(b.lines[1:], func(column []pdfLine) bool { return len(column) > 0 && column[len(column)-1].y <= l.y })
		continues := b.lines[0][k-1].y-l.y < wider*leading && b.readsOn(0, b.lines[0][k-1:k+1])
		if beside || continues {
			return
		}
		b.lines[0] = b.lines[0][:k]
		b.rows--
	}
}

// leading is the least distance of lines of one column.
func (b *band) leading() float64 {
	leading := math.Inf(1)
	for _, column := range b.lines {
		for i := 1; i < len(column); i++ {
			leading = min(leading, column[i-1].y-column[i].y)
		}
	}
	return leading
}

// divide makes the rows that begin at the heights tops, nil if they are no rows of a
// table: lines of a cell that do not read on, or no cell of one line beside them.
func (b *band) divide(tops []float64) []pdfLine {
	if len(tops) < 2 {
		return nil
	}
	var out []pdfLine
	wrapped, filled := false, 0
	next := make([]int, len(b.lines))
	for i, top := range tops {
		bottom := math.Inf(-1)
		if i+1 < len(tops) {
			bottom = tops[i+1]
		}
		row := pdfLine{y: top, x0: b.columns[0].left, x1: b.columns[len(b.columns)-1].right}
		single, several, cells := false, false, 0
		for k, column := range b.lines {
			from := next[k]
			for next[k] < len(column) && column[next[k]].y > bottom {
				next[k]++
			}
			lines := column[from:next[k]]
			if !b.readsOn(k, lines) {
				return nil
			}
			for _, l := range lines {
				row.page, row.size = l.page, l.size
			}
			row.cells = append(row.cells, cellText(lines))
			single, several = single || len(lines) == 1, several || len(lines) > 1
			if len(lines) > 0 {
				cells++
			}
		}
		if several && !single {
			return nil
		}
		if cells >= unruledColumns {
			filled++
		}
		wrapped = wrapped || several
		out = append(out, row)
	}
	if !wrapped || filled < 2 {
		return nil
	}
	return out
}

// readsOn reports whether the lines of a cell are one text: the first word of each
// had no room in the line above. Figures below one another are not.
func (b *band) readsOn(k int, lines []pdfLine) bool {
	column := b.columns[k]
	for i := 1; i < len(lines); i++ {
		above := lines[i-1]
		const space = 0.6 // of the font size, at most
		if page.CountLetters(above.text) == 0 || page.CountLetters(lines[i].text) == 0 {
			return false
		}
		next := space*above.size + lines[i].first
		if above.x1+next < column.right-1 && above.x1-above.x0+next < column.right-column.left-1 { // centered lines have room on both sides
			return false
		}
	}
	return true
}
