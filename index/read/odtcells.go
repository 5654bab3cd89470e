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
	if len(w.tables) == 0 {
		return
	}
	table := w.tables[len(w.tables)-1]
	if last := len(table.rows) - 1; t.Name.Local == "table-row" {
		table.rows = append(table.rows, nil)
	} else if last >= 0 {
		table.rows[last] = append(table.rows[last], nil)
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
	if err != nil || len(w.tables) == 0 {
		return
	}
	table := w.tables[len(w.tables)-1]
	row := len(table.rows) - 1
	if row < 0 || len(table.rows[row]) == 0 {
		return
	}
	cells := table.rows[row]
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
		table.rows[row] = append(table.rows[row], cells[len(cells)-1])
	}
}
