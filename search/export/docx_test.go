package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/page"
	"nghiquyet/index/read"
	"nghiquyet/search"
)

// annexHits are of three places, in another order than that of an annex.
func annexHits() []search.Hit {
	lesson := func(now, title, text string, ordinal int) search.Hit {
		return search.Hit{Type: search.TypeLesson, Title: title, Facts: index.Facts{Province: index.Place{Now: index.Maybe(now)}, Issuer: "Tỉnh ủy " + index.Maybe(now), Date: "2020-10-05"},
			Lesson: &search.LessonHit{Ordinal: ordinal, Text: text, Article: search.Doc{Title: title}}}
	}
	hits := []search.Hit{
		lesson("Hà Nội", "Báo cáo H", "Gần dân & hiểu dân <thật>.\n\nNói đi đôi với làm.", 2),
		{ID: "x", Type: search.TypeArticle, Title: "Không rõ nơi", Snippets: []search.Snippet{{Field: "text", Runs: []search.Run{{Text: "Một đoạn."}}}}},
		lesson("Đắk Lắk", "Báo cáo Đ", "Cà phê bền vững.", 1),
		lesson("Cà Mau", "Báo cáo C", "Rừng ngập mặn.", 1),
		lesson("Cần Thơ", "Báo cáo T", "đưa nước về đồng.", 1),
		lesson("Cần Thơ", "Báo cáo T", "eSIM cho cán bộ.", 2),
		lesson(index.National, "Kết luận", "Cả nước một lòng.", 4),
	}
	hits[4].Lesson.Numbered = true
	return hits
}

// TestWriteDOCX reads an annex as the program reads any document of Word.
func TestWriteDOCX(t *testing.T) {
	var b, again bytes.Buffer
	shape := Shape{Rows: 7, Total: 9, Title: "dân vận"}
	if err := errors.Join(writeDOCX(&b, hitsOf(annexHits(), nil), shape), writeDOCX(&again, hitsOf(annexHits(), nil), shape)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("two files of one annex differ: an export that was cut could not be resumed")
	}
	p, err := read.Document(t.Context(), read.Input{Name: "a.docx", Data: b.Bytes()}, page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, block := range p.Blocks {
		text.WriteString(block.Text + "\n")
	}
	at := 0
	for _, want := range []string{"PHỤ LỤC", "VĂN BẢN VÀ BÀI HỌC KINH NGHIỆM", "Nội dung tìm: dân vận", "(Kèm theo", "7 mục đầu trong 9",
		"I. Trung ương", "1. Cả nước một lòng.", "II. Cà Mau", "2. Rừng ngập mặn.", "III. Cần Thơ", "3. Đưa nước về đồng.", "4. eSIM cho cán bộ.",
		"IV. Đắk Lắk", "5. Cà phê", "V. Hà Nội", "6. Gần dân & hiểu dân <thật>.", "Nói đi đôi với làm.",
		"VI. Chưa rõ địa phương", "7. Không rõ nơi", "Một đoạn."} {
		i := strings.Index(text.String()[at:], want)
		if i < 0 {
			t.Fatalf("no %q after %q", want, text.String()[:at])
		}
		at += i
	}
}

// TestWordParts: every part is XML, and each lesson has its source as a footnote.
func TestWordParts(t *testing.T) {
	var b bytes.Buffer
	if err := writeDOCX(&b, hitsOf(annexHits(), nil), Shape{Rows: 5, Total: 5}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(data)
		if err := xml.Unmarshal(data, new(struct{})); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	for name, n := range map[string]int{"word/document.xml": 7, "word/footnotes.xml": 7} {
		mark := map[string]string{"word/document.xml": "<w:footnoteReference ", "word/footnotes.xml": "<w:footnoteRef/>"}[name]
		if got := strings.Count(parts[name], mark); got != n {
			t.Errorf("%s has %d of %s, want %d", name, got, mark, n)
		}
	}
	if !strings.Contains(parts["word/footnotes.xml"], "Tỉnh ủy Hà Nội, ngày 05/10/2020, “Báo cáo H”, bài học 2.") {
		t.Errorf("footnotes = %s", parts["word/footnotes.xml"])
	}
	for _, want := range []string{`w:w="11906" w:h="16838"`, `w:left="1701"`, "<w:titlePg/>"} {
		if !strings.Contains(parts["word/document.xml"], want) {
			t.Errorf("no %s", want)
		}
	}
}

// TestAnnexIsBounded: texts that are too long together are refused.
func TestAnnexIsBounded(t *testing.T) {
	long := annexHits()[:1]
	long[0].Lesson.Text = strings.Repeat("a", maxAnnexBytes+1)
	if err := writeDOCX(io.Discard, hitsOf(long, nil), Shape{}); !errors.Is(err, errAnnexSize) {
		t.Errorf("error %v", err)
	}
}

// TestChosenColumns: files have the columns that were chosen, in that order.
func TestChosenColumns(t *testing.T) {
	var columns []search.Column
	for _, name := range []string{"date", "citation", "title"} {
		columns = append(columns, *ColumnOf(name))
	}
	shape := Shape{Rows: 2, Total: 2, Columns: columns}
	for name, want := range map[string]string{
		"csv":   "\uFEFFNgày,Trích dẫn,Tiêu đề\r\n2020-10-05,",
		"jsonl": `{"date":"2020-10-05","citation":"Tỉnh ủy, Văn bản số 35-CT/TW ngày 05/10/2020 (ngày đáng ngờ), “=HYPERLINK(\"x\")”.","title":"=HYPERLINK(\"x\")"}` + "\n",
	} {
		var b bytes.Buffer
		for _, f := range Formats {
			if f.Name == name {
				if err := f.Write(&b, hitsOf(exportHits, nil), shape); err != nil {
					t.Fatal(err)
				}
			}
		}
		if strings.ReplaceAll(b.String(), "\n", "") == "" || !strings.HasPrefix(strings.ReplaceAll(b.String(), "\n}", "}"), want) {
			t.Errorf("%s = %s, want %s first", name, b.String(), want)
		}
	}
	names := map[string]bool{}
	for _, name := range ColumnNames() {
		if names[name] || name == "" {
			t.Errorf("the name %q is there twice", name)
		}
		names[name] = true
	}
}
