package web_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/klauspost/compress/zstd"

	"nghiquyet/analyzers/shareddata"
	htmlpage "nghiquyet/index/page"
	"nghiquyet/index/read"
	"nghiquyet/search"
	"nghiquyet/search/api"
)

var lessonHeads = []string{"Mã", "Bài học số", "Đề mục bài học", "Toàn văn bài học", "Mã văn bản", "Văn bản có bài học", "Nguồn", "Đường dẫn"}

// TestLessonsAreExportedInFull: a lesson of the samples is everywhere as its article
// has it.
func TestLessonsAreExportedInFull(t *testing.T) {
	shareddata.OneGoroutine(t)
	s := site(t)
	checkLessons(t, s, shared)
	var answer search.Results
	res := get(t, s, "/api/v1/search?type=lesson&facets=none")
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || len(answer.Hits) == 0 || answer.Hits[0].Lesson.Text != "" {
		t.Errorf("an answer has full texts of lessons: %v", err)
	}
}

// TestSharedLessonsAreExportedInFull: the same of the shared data, and of the pages of
// its corpus that speak of lessons.
func TestSharedLessonsAreExportedInFull(t *testing.T) {
	if testing.Short() {
		t.Skip("the corpus is not read in short mode")
	}
	dir := t.TempDir()
	e, err := buildOf(t.Context(), dir, nil, shareddata.Path(t, "pages"), shareddata.Path(t, "documents"), speaking(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	src := &source{}
	src.engine.Store(&e)
	checkLessons(t, serve(t, src), e)
}

// speaking writes every fourth page of the corpus that speaks of lessons, or each, and
// returns the file.
func speaking(t *testing.T, dir string) (name string) {
	t.Helper()
	z, err := zstd.NewReader(shareddata.Open(t, "corpus", "policydocs.jsonl.zst"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	name = filepath.Join(dir, "corpus.jsonl")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	n := 0
	for lines := bufio.NewReaderSize(z, 1<<20); ; {
		line, err := lines.ReadBytes('\n')
		if bytes.Contains(line, []byte("ài học")) || bytes.Contains(line, []byte("BÀI HỌC")) {
			if n++; n%shareddata.EveryNth(4) == 0 {
				if _, err := file.Write(line); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err == io.EOF {
			return name
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// lessonsOf are the rows of all lessons of an index, as their articles have them.
func lessonsOf(t *testing.T, base string, e search.Engine) map[string][]string {
	t.Helper()
	want := map[string][]string{}
	q := search.Query{Type: search.TypeLesson, Size: search.MaxSize}
	for {
		found, err := e.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range found.Hits {
			a, err := e.Article(t.Context(), h.Lesson.Article.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range a.Lessons {
				id := a.ID + "#" + l.Anchor
				want[id] = []string{id, fmt.Sprint(l.Ordinal), l.Heading, l.Text, a.ID, a.Title, string(a.Source), api.Permalink(base, a.ID, l.Anchor)}
			}
		}
		if q.Cursor = string(found.NextCursor); q.Cursor == "" {
			if len(want) < 10 || len(want) != found.Total {
				t.Fatalf("%d lessons of %d", len(want), found.Total)
			}
			return want
		}
	}
}

// checkLessons compares the text of each lesson in each file, and on the clipboard,
// with its article.
func checkLessons(t *testing.T, s *httptest.Server, e search.Engine) {
	t.Helper()
	want := lessonsOf(t, s.URL, e)
	t.Logf("%d lessons", len(want))
	for _, format := range []string{"csv", "xlsx", "jsonl"} {
		rows := exportedRows(t, format, get(t, s, "/api/v1/export?type=lesson&format="+format).Body)
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
	annex := annexText(t, get(t, s, "/api/v1/export?type=lesson&format=docx").Body)
	for id, row := range want {
		if !strings.Contains(annex, ". "+inOneLine(row[3])) && !strings.Contains(annex, ". "+inOneLine(capital(row[3]))) {
			t.Errorf("the annex lacks %s: %q", id, row[3])
		}
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(want)), api.MaxChosen) {
		taken := page(t, s, "/gio?"+(url.Values{"id": ids}).Encode(), 200).Find("[data-taken]")
		if taken.Length() != len(ids) {
			t.Fatalf("%d of %d lessons to copy", taken.Length(), len(ids))
		}
		taken.Each(func(i int, e *goquery.Selection) {
			lines := e.Find("p:not(.soft)").Map(func(_ int, p *goquery.Selection) string { return p.Text() })
			if text := want[ids[i]][3]; inOneLine(strings.Join(lines, "\n")) != inOneLine(text) {
				t.Errorf("to copy: %q, want %q", lines, text)
			}
		})
	}
}

// annexText returns the text of a Word document in one line.
func annexText(t *testing.T, body io.Reader) string {
	t.Helper()
	data, err := io.ReadAll(body)
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
	return inOneLine(text.String())
}

func inOneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// capital is a text with a capital at its beginning.
func capital(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
