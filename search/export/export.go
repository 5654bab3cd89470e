// Package export writes answers as files for people and programs: the hits of a search as
// CSV, JSON Lines, an Excel workbook or an annex of a report (DOCX), a cube of counts as
// CSV, and one document as a citation. Formats is the table of the formats of hits; Columns
// is the table of their common columns. The package calls no engine: the caller passes the
// hits one by one, and decides how many.
package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"nghiquyet/search"
)

// Format is one format of exported hits.
type Format struct {
	Name  string // value of the parameter format, and file name extension
	Media string // Content-Type
	// Most is the largest number of rows in a file, 0 for no limit.
	Most int
	// Write writes all hits. It stops at the first error, of hits or of w.
	Write func(w io.Writer, hits iter.Seq2[search.Hit, error], shape Shape) error
}

// Annex is the name of the format that is prose.
const Annex = "docx"

// Shape describes the contents of a file.
type Shape struct {
	// Rows is how many rows it has, Total how many there are in all.
	Rows, Total int
	// Columns are the chosen columns, nil for all of the format.
	Columns []search.Column
	// Title describes the file, for formats with a title.
	Title string
}

// Cut reports whether the file has only the first rows.
func (s Shape) Cut() bool { return s.Rows < s.Total }

// Formats lists the formats of hits. The first one is the default.
var Formats = []Format{
	{"csv", "text/csv; charset=utf-8", 0, writeCSV},
	{"jsonl", "application/x-ndjson", 0, writeJSONL},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 0, writeXLSX},
	{Annex, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", maxAnnex, writeDOCX},
}

func wrap(format string, err error) error {
	if err != nil {
		return fmt.Errorf("export %s: %w", format, err)
	}
	return nil
}

// writeJSONL writes one hit per line in the form of the API, or, with chosen
// columns, an object of these.
func writeJSONL(w io.Writer, hits iter.Seq2[search.Hit, error], shape Shape) error {
	buffered := bufio.NewWriter(w)
	out := json.NewEncoder(buffered)
	out.SetEscapeHTML(false)
	for h, err := range hits {
		if err == nil {
			err = out.Encode(lineOf(h, shape.Columns))
		}
		if err != nil {
			return wrap("jsonl", err)
		}
	}
	return wrap("jsonl", buffered.Flush())
}

// lineOf is a hit as a line of JSON Lines.
func lineOf(h search.Hit, columns []search.Column) any {
	if columns == nil {
		return h
	}
	line := cellsByName{}
	for _, c := range columns {
		line = append(line, [2]string{c.Name, c.Of(h)})
	}
	return line
}

// cellsByName are the chosen cells of a hit in their order.
type cellsByName [][2]string

// MarshalJSON writes an object.
func (c cellsByName) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	for i, cell := range c {
		b.WriteByte("{,"[min(i, 1)])
		if err := out.Encode(cell[0]); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := out.Encode(cell[1]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
