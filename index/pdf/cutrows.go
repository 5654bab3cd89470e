package pdf

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nghiquyet/index/page"
)

// joinCutTables makes the tables that go on over the end of a page one again, as far as their
// rows are concerned: the heads that a program repeats on the next page are left out, and a
// row that the end of the page cut in two is one row, on the first of its pages.
func (t *pdfText) joinCutTables() {
	var head []pdfLine // first rows of the table that is open
	for i := range t.pages {
		flows := t.pages[i]
		if len(flows) == 0 {
			head = nil
			continue
		}
		if first := &flows[0]; first.table {
			if above := t.tableAbove(i); above != nil && above.width() == first.width() {
				first.continueTable(above, head)
			} else {
				head = first.head()
			}
			if len(first.lines) == 0 {
				t.pages[i] = flows[1:]
				continue
			}
		}
		switch last := flows[len(flows)-1]; {
		case !last.table:
			head = nil
		case len(flows) > 1:
			head = last.head()
		}
	}
}

// tableAbove is the table with which the page before page i ends, nil if there is none. A
// page whose table was part of a row of the one before is no page with a table.
func (t *pdfText) tableAbove(i int) *pdfFlow {
	for i--; i >= 0; i-- {
		if n := len(t.pages[i]); n > 0 {
			if last := &t.pages[i][n-1]; last.table {
				return last
			}
			return nil
		}
	}
	return nil
}

// head is the rows that may be the head of a table.
func (fl *pdfFlow) head() []pdfLine {
	const most = 4
	return slices.Clone(fl.lines[:min(len(fl.lines), most)])
}

// width is how many columns a table has.
func (fl *pdfFlow) width() (n int) {
	for _, l := range fl.lines {
		n = max(n, len(l.cells))
	}
	return n
}

// continueTable takes off a table what belongs to the one above it.
func (fl *pdfFlow) continueTable(above *pdfFlow, head []pdfLine) {
	lines := fl.lines
	for len(head) > 0 && len(lines) > 0 && len(lines[0].cells) > 1 && slices.Equal(lines[0].cells, head[0].cells) {
		lines, head = lines[1:], head[1:]
	}
	if len(lines) > 0 && len(above.lines) > 0 {
		last := &above.lines[len(above.lines)-1]
		if cutRow(last.cells, lines[0].cells) {
			last.cells = slices.Clone(last.cells)
			for k, cell := range lines[0].cells {
				if cell != "" {
					last.cells[k] += "\n" + cell
				}
			}
			lines = lines[1:]
		}
	}
	fl.lines = lines
}

// cutRow reports whether the end of a page cut a row in two, above and below: each cell
// below is in the middle of a sentence of the cell above. A row with a first cell, or with
// a cell of figures, is one of its own, and so is one whose cell above begins in small
// letters, as all cells of its table may.
func cutRow(above, below []string) bool {
	if len(below) > len(above) || len(below) < 2 || below[0] != "" {
		return false
	}
	full := 0
	for k, cell := range below {
		if cell == "" {
			continue
		}
		full++
		before := strings.TrimSpace(above[k])
		last, _ := utf8.DecodeLastRuneInString(before)
		open := before != "" && !strings.ContainsRune(".!?;:", last)
		if !page.IsLowerAt(cell) || !open || page.IsLowerAt(before) {
			return false
		}
	}
	return full > 0
}
