package web_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	htmlpage "nghiquyet/index/page"
	"nghiquyet/index/read"
	"nghiquyet/search"
)

// exportedRows gives an export as the rows of a table under its heads. Of JSON
// Lines it has the fields of lessons under the same heads.
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

var lessonHeads = []string{"Mã", "Bài học số", "Đề mục bài học", "Toàn văn bài học", "Mã văn bản", "Văn bản có bài học", "Nguồn", "Đường dẫn"}

// TestLessonsAreExportedInFull: a row of a lesson has all that its article has of it.
func TestLessonsAreExportedInFull(t *testing.T) {
	s := site(t)
	lessons, err := shared.Search(t.Context(), search.Query{Type: search.TypeLesson, Size: search.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{}
	for _, h := range lessons.Hits {
		a, err := shared.Article(t.Context(), h.Lesson.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range a.Lessons {
			id := a.ID + "#" + l.Anchor
			want[id] = []string{id, fmt.Sprint(l.Ordinal), l.Heading, l.Text, a.ID, a.Title, string(a.Source), s.URL + "/bai-viet/" + a.ID + "#" + l.Anchor}
		}
	}
	if len(want) < 10 || len(want) != lessons.Total {
		t.Fatalf("%d lessons of %d", len(want), lessons.Total)
	}
	for _, format := range []string{"csv", "xlsx", "jsonl"} {
		res := get(t, s, "/api/v1/export?type=lesson&format="+format)
		rows := exportedRows(t, format, res.Body)
		if len(rows) != 1+len(want) {
			t.Errorf("%s: %d rows, want a head and %d", format, len(rows), len(want))
		}
		for _, row := range rows[1:] {
			var got []string
			for _, head := range lessonHeads {
				if at := slices.Index(rows[0], head); at >= 0 && at < len(row) {
					got = append(got, row[at])
				}
			}
			if !slices.Equal(got, want[row[0]]) {
				t.Errorf("%s: the row of %s is %q, want %q", format, row[0], got, want[row[0]])
			}
		}
	}
	var answer search.Results
	res := get(t, s, "/api/v1/search?type=lesson&facets=none")
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || len(answer.Hits) == 0 || answer.Hits[0].Lesson.Text != "" {
		t.Errorf("an answer has full texts of lessons: %v", err)
	}
}

// TestGroupedExportsAreComplete: every group has its row, and the headers say how many.
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

// TestWholeTextsAreExported: an annex has every lesson as its article has it, and the
// column text has the complete documents.
func TestWholeTextsAreExported(t *testing.T) {
	s := site(t)
	data, err := io.ReadAll(get(t, s, "/api/v1/export?type=lesson&format=docx").Body)
	if err != nil {
		t.Fatal(err)
	}
	annex, err := read.Document(t.Context(), read.Input{Name: "a.docx", Data: data}, htmlpage.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, b := range annex.Blocks {
		text.WriteString(b.Text + " ")
	}
	words := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	said, lessons := words(text.String()), 0
	rows := exportedRows(t, "csv", get(t, s, "/api/v1/export?columns=id,text").Body)
	for _, row := range rows[1:] {
		a, err := shared.Article(t.Context(), row[0])
		if err != nil || row[1] != a.Text {
			t.Errorf("%s has another text than its article, %v", row[0], err)
			continue
		}
		for _, l := range a.Lessons {
			if lessons++; !strings.Contains(said, words(l.Text)) {
				t.Errorf("the annex lacks %s#%s: %q", a.ID, l.Anchor, l.Text)
			}
		}
	}
	if lessons < 10 {
		t.Errorf("%d lessons", lessons)
	}
}
