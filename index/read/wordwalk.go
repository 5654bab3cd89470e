package read

import "nghiquyet/index/page"

// wordWalk makes blocks of the formats of Word in which marks end paragraphs,
// cells and rows, as DOC and RTF have them.
type wordWalk struct {
	docxWalk
}

// deepestTable bounds tables inside tables; deeper ones are read at this depth.
const deepestTable = 16

// tablesAround is how many tables a paragraph is in: files of Word 97 have only the mark
// that it is in one.
func tablesAround(inTable bool, depth int) int {
	if inTable {
		return max(depth, 1)
	}
	return max(depth, 0)
}

// begin opens a paragraph if none is open, in depth nested tables (0 is none). It
// opens and ends tables to reach that depth.
func (w *wordWalk) begin(props docxParaProps, depth int) {
	if len(w.paras) > 0 {
		return
	}
	depth = min(depth, deepestTable)
	w.leave(depth)
	for len(w.tables) < depth {
		w.tables = append(w.tables, &docxTable{rows: [][][]page.Block{{nil}}})
	}
	w.paras = []*docxParagraph{{props: props}}
}

// leave ends the tables deeper than depth. The last row of each is empty and
// dropped.
func (w *wordWalk) leave(depth int) {
	for len(w.tables) > depth {
		t := w.tables[len(w.tables)-1]
		if last := len(t.rows) - 1; len(t.rows[last]) == 1 && len(t.rows[last][0]) == 0 {
			t.rows = t.rows[:last]
		}
		w.end("tbl")
	}
}

// endRow opens the next row of the innermost table. The last cell of the row is
// empty and dropped. edges are those of its cells, nil if the file has none.
func (w *wordWalk) endRow(edges []int) {
	if t := w.table(); t != nil {
		w.end("p")
		row := t.row()
		if n := len(*row) - 1; len((*row)[n]) == 0 {
			*row = (*row)[:n]
		}
		t.edge(edges)
		t.rows = append(t.rows, [][]page.Block{nil})
	}
}

// finish ends everything that is open at the end of a text.
func (w *wordWalk) finish() {
	w.end("p")
	w.leave(0)
}
