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
	"slices"
	"strconv"

	"nghiquyet/search"
)

// Format is one format of exported hits.
type Format struct {
	Name  string // as the parameter format and the end of a file's name say it
	Media string // as the Content-Type says it
	// Write writes all hits. It stops at the first error, of hits or of w.
	Write func(w io.Writer, hits iter.Seq2[search.Hit, error], size Size) error
}

// Size is how many rows a file has and how many there are in all.
type Size struct{ Rows, Total int }

// Cut reports whether the file has only the first rows.
func (s Size) Cut() bool { return s.Rows < s.Total }

// Formats lists the formats of hits. The first one is the default.
var Formats = []Format{
	{"csv", "text/csv; charset=utf-8", writeCSV},
	{"jsonl", "application/x-ndjson", writeJSONL},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", writeXLSX},
}

// columns are those of an export for people, in their order: those of the facets
// among the others.
var columns = slices.Concat([]search.Column{
	{Head: "Mã", Wide: 16, Of: func(h search.Hit) string { return h.ID }},
	{Head: "Dạng", Wide: 10, Of: func(h search.Hit) string {
		if h.Type == search.TypeLesson {
			return "Bài học"
		}
		return "Văn bản"
	}},
	{Head: "Tiêu đề", Wide: 60, Of: func(h search.Hit) string { return h.Title }},
	{Head: "Số, ký hiệu", Wide: 16, Of: func(h search.Hit) string { return string(h.Number) }},
}, search.FacetOf(search.FacetKind).Columns, []search.Column{
	{Head: "Ngày", Wide: 12, Of: func(h search.Hit) string { return string(h.Date) }},
}, columnsBut(search.FacetKind), []search.Column{
	{Head: "Tác giả", Wide: 24, Of: func(h search.Hit) string { return string(h.Author) }},
	{Head: "Nguồn", Wide: 24, Of: func(h search.Hit) string { return string(h.Source) }},
	{Head: "Địa chỉ", Wide: 30, Of: func(h search.Hit) string { return string(h.URL) }},
	{Head: "Đường dẫn", Wide: 30, Of: func(h search.Hit) string { return h.Permalink }},
	{Head: "Bài học số", Wide: 10, Of: ofLesson(func(l *search.LessonHit) string { return strconv.Itoa(l.Ordinal) })},
	{Head: "Đề mục bài học", Wide: 40, Of: ofLesson(func(l *search.LessonHit) string { return l.Heading })},
	{Head: "Toàn văn bài học", Wide: 80, Of: ofLesson(func(l *search.LessonHit) string { return l.Text })},
	{Head: "Mã văn bản", Wide: 16, Of: ofLesson(func(l *search.LessonHit) string { return l.Article.ID })},
	{Head: "Văn bản có bài học", Wide: 60, Of: ofLesson(func(l *search.LessonHit) string { return l.Article.Title })},
	{Head: "Trích đoạn", Wide: 80, Of: func(h search.Hit) string {
		for _, s := range h.Snippets {
			if s.Field == "text" {
				return s.Text()
			}
		}
		return ""
	}},
})

// ofLesson is a column that only lessons fill.
func ofLesson(f func(*search.LessonHit) string) func(search.Hit) string {
	return func(h search.Hit) string {
		if h.Lesson == nil {
			return ""
		}
		return f(h.Lesson)
	}
}

// columnsBut are the columns of all facets but one.
func columnsBut(facet string) (out []search.Column) {
	for _, f := range search.FacetTable() {
		if f.Name != facet {
			out = append(out, f.Columns...)
		}
	}
	return out
}

// heads are the heads of the columns. Where rows were cut off, one more says so.
func heads(size Size) []string {
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.Head
	}
	if size.Cut() {
		row = append(row, fmt.Sprintf("CHỈ CÓ %d DÒNG ĐẦU TRONG %d", size.Rows, size.Total))
	}
	return row
}

func cells(h search.Hit) []string {
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.Of(h)
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
func writeJSONL(w io.Writer, hits iter.Seq2[search.Hit, error], _ Size) error {
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
