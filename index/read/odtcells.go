package read

import (
	"encoding/xml"
	"strconv"
)

// odtRepeats are the copies of cells and rows that a file stores as a number.
type odtRepeats struct {
	times []string // of each open row and cell
	left  int      // cells that may still be copied
}

// startCells opens a row or a cell.
func (w *odtWalk) startCells(t xml.StartElement) {
	attribute := "number-columns-repeated"
	if t.Name.Local == "table-row" {
		attribute = "number-rows-repeated"
	}
	w.times = append(w.times, attr(t, attribute))
	if t.Name.Local == "table-row" {
		w.table().addRow()
	} else {
		w.table().addCell()
	}
}

// endCells ends a row or a cell, and copies it as often as the file says.
func (w *odtWalk) endCells(name string) {
	last := len(w.times) - 1
	if last < 0 {
		return
	}
	copies, err := strconv.Atoi(w.times[last])
	w.times = w.times[:last]
	table := w.table()
	row := table.row()
	if err != nil || row == nil || len(*row) == 0 {
		return
	}
	cells := *row
	for ; copies > 1; copies-- {
		if name == "table-row" {
			if w.left < len(cells) {
				return
			}
			w.left -= len(cells)
			table.rows = append(table.rows, cells)
			continue
		}
		if w.left == 0 {
			return
		}
		w.left--
		*row = append(*row, cells[len(cells)-1])
	}
}
