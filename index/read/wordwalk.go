package read

import "nghiquyet/index/page"

// wordWalk makes blocks of the formats of Word in which marks end paragraphs,
// cells and rows, as DOC and RTF have them.
type wordWalk struct {
	docxWalk
}

// begin opens a paragraph if none is open; where it stands opens or ends a table.
func (w *wordWalk) begin(props docxParaProps, inTable bool) {
	if len(w.paras) > 0 {
		return
	}
	switch {
	case inTable && len(w.tables) == 0:
		w.tables = []*docxTable{{rows: [][][]page.Block{{nil}}}}
	case !inTable:
		w.endTable()
	}
	w.paras = []*docxParagraph{{props: props}}
}

func (w *wordWalk) endParagraph() { w.end("p") }

// endCell opens the next cell of the row.
func (w *wordWalk) endCell() {
	if len(w.tables) > 0 {
		t := w.tables[0]
		last := len(t.rows) - 1
		t.rows[last] = append(t.rows[last], nil)
	}
}

// endRow opens the next row. The last cell of the row was opened for nothing.
func (w *wordWalk) endRow() {
	if len(w.tables) > 0 {
		w.endParagraph()
		t := w.tables[0]
		row := &t.rows[len(t.rows)-1]
		if n := len(*row) - 1; len((*row)[n]) == 0 {
			*row = (*row)[:n]
		}
		t.rows = append(t.rows, [][]page.Block{nil})
	}
}

func (w *wordWalk) endTable() {
	if len(w.tables) > 0 {
		w.end("tbl")
	}
}

// finish ends what is open at the end of a text.
func (w *wordWalk) finish() {
	w.endParagraph()
	w.endTable()
}
