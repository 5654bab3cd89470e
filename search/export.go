package search

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// column is one column of an export for people.
type column struct {
	head string
	wide float64 // in characters, for sheets
	of   func(Hit) string
}

var columns = []column{
	{"Mã", 16, func(h Hit) string { return h.ID }},
	{"Dạng", 10, func(h Hit) string {
		if h.Type == TypeLesson {
			return "Bài học"
		}
		return "Văn bản"
	}},
	{"Tiêu đề", 60, func(h Hit) string { return h.Title }},
	{"Số, ký hiệu", 16, func(h Hit) string { return string(h.Number) }},
	{"Loại văn bản", 16, func(h Hit) string { return string(h.Kind) }},
	{"Ngày", 12, func(h Hit) string { return string(h.Date) }},
	{"Tỉnh khi ban hành", 20, func(h Hit) string { return string(h.Province.Then) }},
	{"Tỉnh hiện nay", 20, func(h Hit) string { return string(h.Province.Now) }},
	{"Huyện", 20, func(h Hit) string { return string(h.District) }},
	{"Chủ đề", 30, func(h Hit) string { return strings.Join(h.Topics, "; ") }},
	{"Tác giả", 24, func(h Hit) string { return string(h.Author) }},
	{"Nguồn", 24, func(h Hit) string { return string(h.Source) }},
	{"Địa chỉ", 30, func(h Hit) string { return string(h.URL) }},
	{"Bài học số", 10, func(h Hit) string {
		if h.Lesson == nil {
			return ""
		}
		return strconv.Itoa(h.Lesson.Ordinal)
	}},
	{"Trích đoạn", 80, func(h Hit) string {
		for _, s := range h.Snippets {
			if s.Field == "text" {
				return s.Text()
			}
		}
		return ""
	}},
}

// Text returns the runs joined: a piece of the stored text.
func (s Snippet) Text() string {
	var b strings.Builder
	for _, r := range s.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

func heads() []string {
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.head
	}
	return row
}

func cells(h Hit) []string {
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.of(h)
	}
	return row
}

// bom at the beginning of a CSV file makes spreadsheets read it as UTF-8.
const bom = "\uFEFF"

// safeCell puts an apostrophe before what a spreadsheet would run as a formula
// (OWASP, CSV injection).
func safeCell(s string) string {
	if s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		return "'" + s
	}
	return s
}

// writeCSV writes rows as RFC 4180, after the byte order mark.
func writeCSV(w io.Writer, rows iter.Seq2[[]string, error]) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for row, err := range rows {
		if err != nil {
			return err
		}
		for i := range row {
			row[i] = safeCell(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// WriteCSV writes hits as CSV under Vietnamese heads: UTF-8 with byte order
// mark, lines ended by CR LF, no cell that begins like a formula. It stops at
// the first error, of hits or of w.
func WriteCSV(w io.Writer, hits iter.Seq2[Hit, error]) error {
	err := writeCSV(w, func(yield func([]string, error) bool) {
		if !yield(heads(), nil) {
			return
		}
		for h, err := range hits {
			if !yield(cells(h), err) || err != nil {
				return
			}
		}
	})
	return wrapExport("csv", err)
}

func wrapExport(format string, err error) error {
	if err != nil {
		return fmt.Errorf("export %s: %w", format, err)
	}
	return nil
}

// WriteJSONL writes each hit as the API gives it, one a line.
func WriteJSONL(w io.Writer, hits iter.Seq2[Hit, error]) error {
	buffered := bufio.NewWriter(w)
	out := json.NewEncoder(buffered)
	out.SetEscapeHTML(false)
	for h, err := range hits {
		if err == nil {
			err = out.Encode(h)
		}
		if err != nil {
			return wrapExport("jsonl", err)
		}
	}
	return wrapExport("jsonl", buffered.Flush())
}

// WriteXLSX writes hits as a workbook of one sheet under Vietnamese heads. All
// cells are text, none a formula. Nothing reaches w before the last hit.
func WriteXLSX(w io.Writer, hits iter.Seq2[Hit, error]) error {
	f := excelize.NewFile()
	defer f.Close() // removes its temporary files
	return wrapExport("xlsx", fillXLSX(f, w, hits))
}

func fillXLSX(f *excelize.File, w io.Writer, hits iter.Seq2[Hit, error]) error {
	const sheet = "Kết quả"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for i, c := range columns {
		if err := out.SetColWidth(i+1, i+1, c.wide); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	line := 0
	write := func(row []string, opts ...excelize.RowOpts) error {
		line++
		values := make([]any, len(row))
		for i, s := range row {
			values[i] = s
		}
		cell, err := excelize.CoordinatesToCellName(1, line)
		if err != nil {
			return err
		}
		return out.SetRow(cell, values, opts...)
	}
	if err := write(heads(), excelize.RowOpts{StyleID: bold}); err != nil {
		return err
	}
	for h, err := range hits {
		if err == nil {
			err = write(cells(h))
		}
		if err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err = f.WriteTo(w)
	return err
}

// WriteCSV writes the cube for programs and spreadsheets: a column for each
// facet under its name, one with its labels where they differ from the slugs,
// and count.
func (c *Cube) WriteCSV(w io.Writer) error {
	err := writeCSV(w, func(yield func([]string, error) bool) {
		var head []string
		for _, f := range c.By {
			if head = append(head, f); len(c.Labels[f]) > 0 {
				head = append(head, f+"_label")
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
			}
			if !yield(append(row, fmt.Sprint(cell["count"])), nil) {
				return
			}
		}
	})
	return wrapExport("csv", err)
}
