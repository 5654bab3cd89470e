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

// sheetNumbers are the stored numbers of a sheet and its texts of several looks, in the
// order of the part. Their memory is bounded by the number of elements that a file may have.
type sheetNumbers struct {
	rows   []numberRow
	cells  []numberCell
	next   int              // row not read yet
	shared map[int]richText // strings of the workbook, by index

	// The cell being read.
	column        int
	kind          cellKind
	value, inline bool // in its value; in a string of its own
	read          richReader
}

// cellKind is what is stored in a cell.
type cellKind int

const (
	otherCell  cellKind = iota
	numberKind          // a number or a day
	sharedKind          // the index of a shared string
)

// numberRow is row n of a sheet, from 1: cells from one index on, up to those of
// the next row.
type numberRow struct{ n, from int }

type numberCell struct {
	column int // from 1
	value  string
	rich   richText // instead of a number
}

// take adds a token of the part.
func (s *sheetNumbers) take(tok xml.Token) {
	switch t := tok.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "row":
			n := last(s.rows).n + 1
			if at, err := strconv.Atoi(attr(t, "r")); err == nil && at > 0 {
				n = at
			}
			s.rows, s.column = append(s.rows, numberRow{n, len(s.cells)}), 0
		case "c":
			s.column++
			if n, _, err := excelize.CellNameToCoordinates(attr(t, "r")); err == nil {
				s.column = n
			}
			if s.kind = kindOf(attr(t, "t")); len(s.rows) == 0 {
				s.kind = otherCell
			}
			if s.kind != otherCell {
				s.cells = append(s.cells, numberCell{column: s.column})
			}
		case "v":
			s.value = s.kind != otherCell
		case "is":
			s.inline = len(s.rows) > 0
			s.read.start()
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "c":
			s.endCell()
		case "v":
			s.value = false
		case "is":
			if text, ok := s.read.end(); ok && s.inline {
				s.cells = append(s.cells, numberCell{column: s.column, rich: text})
			}
			s.inline = false
		}
	case xml.CharData:
		if s.value {
			s.cells[len(s.cells)-1].value += string(t)
		}
	}
	if s.inline {
		s.read.take(tok)
	}
}

// kindOf is the kind of a cell by its attribute t.
func kindOf(t string) cellKind {
	switch t {
	case "", "n", "d":
		return numberKind
	case "s":
		return sharedKind
	}
	return otherCell
}

// endCell ends a cell. Of the shared strings only those of several looks are stored.
func (s *sheetNumbers) endCell() {
	if s.kind == sharedKind {
		last := &s.cells[len(s.cells)-1]
		n, err := strconv.Atoi(strings.TrimSpace(last.value))
		rich, ok := s.shared[n]
		if err == nil && ok {
			last.value, last.rich = "", rich
		} else {
			s.cells = s.cells[:len(s.cells)-1]
		}
	}
	s.kind, s.value, s.inline = otherCell, false, false
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
// that knows fewer reads them, and the numbers and texts of its sheets. The shared strings
// are read first.
func (w *workbook) measure() error {
	shared := &richStrings{texts: map[int]richText{}}
	w.numbers = map[string]*sheetNumbers{}
	for _, part := range w.parts {
		w.numbers[part] = &sheetNumbers{shared: shared.texts}
	}
	var later []string
	for part := range w.zip.parts {
		switch {
		case strings.EqualFold(part, "xl/sharedStrings.xml"): // which the library reads, too
			if err := w.walkPart(part, shared.take); err != nil {
				return err
			}
		case strings.HasPrefix(part, "xl/") && path.Ext(part) == ".xml":
			later = append(later, part)
		}
	}
	for _, part := range later {
		take := func(xml.Token) {}
		if sheet := w.numbers[part]; sheet != nil {
			take = sheet.take
		}
		if err := w.walkPart(part, take); err != nil {
			return err
		}
	}
	return nil
}

// walkPart reads a part to its end and gives its tokens to take.
func (w *workbook) walkPart(part string, take func(xml.Token)) error {
	return w.zip.tokens(part, func(tokens *partTokens) error {
		for {
			tok, err := tokens.next()
			take(tok)
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
		}
	})
}
