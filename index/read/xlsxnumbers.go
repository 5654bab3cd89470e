package read

import (
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetNumbers are the stored numbers of a sheet, in the order of the part. Their
// memory is bounded by the number of elements that a file may have.
type sheetNumbers struct {
	rows  []numberRow
	cells []numberCell
	next  int // row not read yet

	// The cell being read.
	column        int
	number, value bool // it has a number or a day; in its value
}

// numberRow is row n of a sheet, from 1: cells from one index on, up to those of
// the next row.
type numberRow struct{ n, from int }

type numberCell struct {
	column int // from 1
	value  string
}

// take adds a token of the part.
func (s *sheetNumbers) take(tok xml.Token) {
	switch t := tok.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "row":
			n := 1
			if last := len(s.rows) - 1; last >= 0 {
				n = s.rows[last].n + 1
			}
			if at, err := strconv.Atoi(attr(t, "r")); err == nil && at > 0 {
				n = at
			}
			s.rows, s.column = append(s.rows, numberRow{n, len(s.cells)}), 0
		case "c":
			s.column++
			if n, _, err := excelize.CellNameToCoordinates(attr(t, "r")); err == nil {
				s.column = n
			}
			kind := attr(t, "t")
			if s.number = len(s.rows) > 0 && (kind == "" || kind == "n" || kind == "d"); s.number {
				s.cells = append(s.cells, numberCell{column: s.column})
			}
		case "v":
			s.value = s.number
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "c":
			s.number, s.value = false, false
		case "v":
			s.value = false
		}
	case xml.CharData:
		if s.value {
			s.cells[len(s.cells)-1].value += string(t)
		}
	}
}

// row returns the numbers of row n by rising columns. Rows must be requested in
// order.
func (s *sheetNumbers) row(n int) []numberCell {
	if s == nil {
		return nil
	}
	for s.next < len(s.rows) && s.rows[s.next].n < n {
		s.next++
	}
	if s.next == len(s.rows) || s.rows[s.next].n != n {
		return nil
	}
	end := len(s.cells)
	if s.next+1 < len(s.rows) {
		end = s.rows[s.next+1].from
	}
	row := s.cells[s.rows[s.next].from:end]
	byColumn := func(a, b numberCell) int { return a.column - b.column }
	if !slices.IsSortedFunc(row, byColumn) {
		slices.SortStableFunc(row, byColumn)
	}
	return row
}

// measure reads the parts of the workbook as XML for their bounds, before a library
// that knows fewer reads them, and the numbers of its sheets.
func (w *workbook) measure() error {
	w.numbers = map[string]*sheetNumbers{}
	for _, part := range w.parts {
		w.numbers[part] = &sheetNumbers{}
	}
	for part := range w.zip.parts {
		if !strings.HasPrefix(part, "xl/") || path.Ext(part) != ".xml" {
			continue
		}
		dec, closer, err := w.zip.tokens(part)
		if err != nil {
			return err
		}
		for err == nil {
			var tok xml.Token
			if tok, err = dec.next(); w.numbers[part] != nil {
				w.numbers[part].take(tok)
			}
		}
		closer.Close()
		if err != io.EOF {
			return w.zip.fail(part, err)
		}
	}
	return nil
}
