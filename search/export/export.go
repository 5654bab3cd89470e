// Package export writes answers as files for people and programs: the hits of a
// search as CSV, JSON Lines or an Excel workbook, and a cube of counts as CSV.
// Formats is the table of the formats of hits; columns is the table of the
// columns that CSV and the workbook share. The package asks no engine: the
// caller gives the hits one by one, and decides how many there are.
package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"nghiquyet/search"
)

// Format is one format of exported hits.
type Format struct {
	Name  string // as the parameter format and the end of a file's name say it
	Media string // as the Content-Type says it
	// Write writes all hits. It stops at the first error, of hits or of w.
	Write func(w io.Writer, hits iter.Seq2[search.Hit, error]) error
}

// Formats lists the formats of hits. The first one is the default.
var Formats = []Format{
	{"csv", "text/csv; charset=utf-8", writeCSV},
	{"jsonl", "application/x-ndjson", writeJSONL},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", writeXLSX},
}

// column is one column of an export for people.
type column struct {
	head string
	wide float64 // in characters, for sheets
	of   func(search.Hit) string
}

var columns = []column{
	{"Mã", 16, func(h search.Hit) string { return h.ID }},
	{"Dạng", 10, func(h search.Hit) string {
		if h.Type == search.TypeLesson {
			return "Bài học"
		}
		return "Văn bản"
	}},
	{"Tiêu đề", 60, func(h search.Hit) string { return h.Title }},
	{"Số, ký hiệu", 16, func(h search.Hit) string { return string(h.Number) }},
	{"Loại văn bản", 16, func(h search.Hit) string { return string(h.Kind) }},
	{"Ngày", 12, func(h search.Hit) string { return string(h.Date) }},
	{"Tỉnh khi ban hành", 20, func(h search.Hit) string { return string(h.Province.Then) }},
	{"Tỉnh hiện nay", 20, func(h search.Hit) string { return string(h.Province.Now) }},
	{"Huyện", 20, func(h search.Hit) string { return string(h.District) }},
	{"Chủ đề", 30, func(h search.Hit) string { return strings.Join(h.Topics, "; ") }},
	{"Tác giả", 24, func(h search.Hit) string { return string(h.Author) }},
	{"Nguồn", 24, func(h search.Hit) string { return string(h.Source) }},
	{"Địa chỉ", 30, func(h search.Hit) string { return string(h.URL) }},
	{"Bài học số", 10, func(h search.Hit) string {
		if h.Lesson == nil {
			return ""
		}
		return strconv.Itoa(h.Lesson.Ordinal)
	}},
	{"Trích đoạn", 80, func(h search.Hit) string {
		for _, s := range h.Snippets {
			if s.Field == "text" {
				return s.Text()
			}
		}
		return ""
	}},
}

func heads() []string {
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.head
	}
	return row
}

func cells(h search.Hit) []string {
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.of(h)
	}
	return row
}

func wrap(format string, err error) error {
	if err != nil {
		return fmt.Errorf("export %s: %w", format, err)
	}
	return nil
}

// writeJSONL writes each hit as the API gives it, one a line.
func writeJSONL(w io.Writer, hits iter.Seq2[search.Hit, error]) error {
	buffered := bufio.NewWriter(w)
	out := json.NewEncoder(buffered)
	out.SetEscapeHTML(false)
	for h, err := range hits {
		if err == nil {
			err = out.Encode(h)
		}
		if err != nil {
			return wrap("jsonl", err)
		}
	}
	return wrap("jsonl", buffered.Flush())
}
