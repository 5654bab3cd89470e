package export

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strings"

	"nghiquyet/search"
)

// bom at the beginning of a CSV file makes spreadsheets read it as UTF-8.
const bom = "\uFEFF"

// safeCell puts an apostrophe before text that a spreadsheet would run as a formula
// (OWASP, CSV injection).
func safeCell(s string) string {
	if s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		return "'" + s
	}
	return s
}

// writeRows writes rows as RFC 4180, after the byte order mark.
func writeRows(w io.Writer, rows iter.Seq2[[]string, error]) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return err
	}
	// Only rows end with CR LF: with UseCRLF the lines inside a cell would, too, and
	// its text would be another.
	var line bytes.Buffer
	buffered, out := bufio.NewWriter(w), csv.NewWriter(&line)
	for row, err := range rows {
		if err != nil {
			return err
		}
		for i := range row {
			row[i] = safeCell(row[i])
		}
		line.Reset()
		if err := out.Write(row); err != nil {
			return err
		}
		if out.Flush(); out.Error() != nil {
			return out.Error()
		}
		line.Truncate(line.Len() - 1) // its end
		line.WriteString("\r\n")
		if _, err := line.WriteTo(buffered); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

// writeCSV writes hits as CSV under Vietnamese heads: UTF-8 with byte order
// mark, lines ended by CR LF, no cell that begins like a formula. It stops at
// the first error, of hits or of w.
func writeCSV(w io.Writer, hits iter.Seq2[search.Hit, error], shape Shape) error {
	err := writeRows(w, func(yield func([]string, error) bool) {
		head := shape.heads()
		if !yield(head, nil) {
			return
		}
		for h, err := range hits {
			row := shape.cells(h)
			for len(row) < len(head) { // RFC 4180: as many cells in each row
				row = append(row, "")
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	})
	return wrap("csv", err)
}

// Cube writes a cube for programs and spreadsheets: for each facet a column under
// its name, one with labels if they differ from the slugs, one with official codes
// if it has any; then the count.
func Cube(w io.Writer, c *search.Cube) error {
	err := writeRows(w, func(yield func([]string, error) bool) {
		var head []string
		for _, f := range c.By {
			if head = append(head, f); len(c.Labels[f]) > 0 {
				head = append(head, f+"_label")
			}
			if c.Codes[f] != nil {
				head = append(head, f+"_code")
			}
		}
		if !yield(append(head, "count"), nil) {
			return
		}
		for _, cell := range c.Cells {
			var row []string
			for _, f := range c.By {
				slug := fmt.Sprint(cell[f])
				if row = append(row, slug); len(c.Labels[f]) > 0 {
					row = append(row, c.Labels[f][slug])
				}
				if c.Codes[f] != nil {
					row = append(row, c.Codes[f][slug])
				}
			}
			if !yield(append(row, fmt.Sprint(cell["count"])), nil) {
				return
			}
		}
	})
	return wrap("csv", err)
}
