package web_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nghiquyet/search"
)

// exportedRows returns an export as the rows of a table under its heads. For JSON
// Lines it returns the fields of lessons under the same heads.
func exportedRows(t *testing.T, format string, body io.Reader) (rows [][]string) {
	t.Helper()
	var err error
	switch format {
	case "csv":
		if rows, err = csv.NewReader(body).ReadAll(); err == nil {
			rows[0][0] = strings.TrimPrefix(rows[0][0], "\uFEFF")
		}
		for _, row := range rows {
			for i, cell := range row { // what spreadsheets would run
				if rest, quoted := strings.CutPrefix(cell, "'"); quoted && strings.ContainsAny(rest[:min(1, len(rest))], "=+-@") {
					row[i] = rest
				}
			}
		}
	case "xlsx":
		f, fail := excelize.OpenReader(body)
		if fail != nil {
			t.Fatal(fail)
		}
		defer f.Close()
		rows, err = f.GetRows("Kết quả")
	case "jsonl":
		rows = [][]string{lessonHeads}
		for d := json.NewDecoder(body); err == nil && d.More(); {
			var h search.Hit
			if err = d.Decode(&h); err == nil && h.Lesson != nil {
				rows = append(rows, []string{h.ID, fmt.Sprint(h.Lesson.Ordinal), h.Lesson.Heading, h.Lesson.Text, h.Lesson.Article.ID, h.Lesson.Article.Title, string(h.Source), h.Permalink})
			}
		}
	}
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return rows
}

// TestGroupedExportsAreComplete: every group has a row, and the headers have their
// number.
func TestGroupedExportsAreComplete(t *testing.T) {
	s := site(t)
	all, err := shared.Search(t.Context(), search.Query{Copies: true, Size: 1})
	if err != nil || *all.Groups >= all.Total {
		t.Fatalf("%v groups of %d, %v", all.Groups, all.Total, err)
	}
	for _, format := range []string{"csv", "xlsx", "jsonl"} {
		res := get(t, s, "/api/v1/export?group=copies&format="+format)
		if format == "jsonl" {
			body, err := io.ReadAll(res.Body)
			if rows := strings.Count(string(body), "\n"); err != nil || rows != *all.Groups {
				t.Errorf("jsonl: %d rows, want %d", rows, *all.Groups)
			}
		} else if rows := exportedRows(t, format, res.Body); len(rows) != 1+*all.Groups {
			t.Errorf("%s: %d rows, want a head and %d", format, len(rows), *all.Groups)
		}
		if h := res.Header; h.Get("X-Total-Count") != fmt.Sprint(*all.Groups) || h.Get("X-Truncated") != "false" {
			t.Errorf("%s: X-Total-Count %s, X-Truncated %s, want %d, false", format, h.Get("X-Total-Count"), h.Get("X-Truncated"), *all.Groups)
		}
	}
}

// TestWholeTextsAreExported: the column text has the complete documents.
func TestWholeTextsAreExported(t *testing.T) {
	s := site(t)
	rows := exportedRows(t, "csv", get(t, s, "/api/v1/export?columns=id,text").Body)
	if len(rows) < 10 {
		t.Errorf("%d rows", len(rows))
	}
	for _, row := range rows[1:] {
		if a, err := shared.Article(t.Context(), row[0]); err != nil || row[1] != a.Text {
			t.Errorf("%s has another text than its article, %v", row[0], err)
		}
	}
}
