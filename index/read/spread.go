package read

import (
	"strings"

	"nghiquyet/index/page"
)

// mostCovered bounds the empty cells that a spreadTable adds.
const mostCovered = 10_000

// spreadTable puts each cell of a table into its column: a cell that covers several
// columns or rows is followed by empty ones. The number of empty cells is bounded; beyond
// the bound the cells of a row stand side by side.
type spreadTable struct {
	rows  [][]string
	row   []string   // the row that is being read
	below []int      // rows that a cell above still covers, for each column
	left  int        // empty cells that may still be added
	read  [][]string // the rows without empty cells added
	cells []string   // of the row that is being read
}

// blocks reads a table of layout cell by cell, and any other by columns.
func (t *spreadTable) blocks() []page.Block {
	if page.LayoutTable(t.read) {
		return page.TableBlocks(t.read)
	}
	return page.TableBlocks(t.rows)
}

// linesOf is the text of blocks, each in a line.
func linesOf(blocks []page.Block) string {
	lines := make([]string, len(blocks))
	for i, b := range blocks {
		lines[i] = b.Text
	}
	return strings.Join(lines, "\n")
}

// add appends a cell to the row that is being read, after the columns that cells above
// cover.
func (t *spreadTable) add(text string, columns, rows int) {
	t.cells = append(t.cells, text)
	t.put(text, columns, rows)
}

// leave leaves columns free.
func (t *spreadTable) leave(columns int) { t.put("", columns, 1) }

func (t *spreadTable) put(text string, columns, rows int) {
	t.cover()
	for n := range columns {
		if n > 0 {
			if t.left == 0 {
				return
			}
			t.left--
		}
		for len(t.below) <= len(t.row) {
			t.below = append(t.below, 0)
		}
		t.below[len(t.row)] = rows - 1
		t.row = append(t.row, text)
		text = ""
	}
}

// cover appends an empty cell for each next column that a cell above covers.
func (t *spreadTable) cover() {
	for len(t.row) < len(t.below) && t.below[len(t.row)] > 0 && t.left > 0 {
		t.left--
		t.below[len(t.row)]--
		t.row = append(t.row, "")
	}
}

// end ends the row that is being read.
func (t *spreadTable) end() {
	t.cover()
	t.rows, t.row = append(t.rows, t.row), nil
	t.read, t.cells = append(t.read, t.cells), nil
}
