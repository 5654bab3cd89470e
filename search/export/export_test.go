package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"nghiquyet/index"
	"nghiquyet/search"
)

var exportHits = []search.Hit{
	{ID: "a", Type: search.TypeArticle, Title: `=HYPERLINK("x")`,
		Facts: index.Facts{
			Number: "35-CT/TW", Date: "2020-10-05", Province: index.Place{Then: "Hòa Bình", Now: "Phú Thọ"},
			Topics: []string{"Dân vận", "Kiểm tra"}, Issuer: "Tỉnh ủy", Signer: "Lò Văn A", Term: "2020-2025",
		},
		Evidence: map[string]index.Evidence{"date": {Doubt: "15/2021/NĐ-CP"}},
	},
	{ID: "b", Type: search.TypeLesson, Title: "Nói \"khéo\", làm\nkhéo <b>", Permalink: "https://x.vn/bai-viet/a#bai-hoc-2",
		Facts: index.Facts{Date: "2027"}, Evidence: map[string]index.Evidence{"date": {Doubt: index.DoubtFuture}},
		Lesson:   &search.LessonHit{Ordinal: 2, Heading: "Gần dân", Text: "Gần dân,\nhiểu dân.", Article: search.Doc{ID: "a", Title: "Báo cáo"}},
		Snippets: []search.Snippet{{Field: "text", Runs: []search.Run{{Text: "+84 "}, {Text: "khéo", Match: true}}}}},
}

func hitsOf(hits []search.Hit, err error) iter.Seq2[search.Hit, error] {
	return func(yield func(search.Hit, error) bool) {
		for _, h := range hits {
			if !yield(h, nil) {
				return
			}
		}
		if err != nil {
			yield(search.Hit{}, err)
		}
	}
}

// all is the shape of an export that was not cut.
var all = Shape{Rows: 2, Total: 2}

// The rows of every export for people, | between cells. Facets may have more columns.
const exportWant = `Mã|Dạng|Tiêu đề|Số, ký hiệu|Loại văn bản|Ngày|Ngày đáng ngờ|Tỉnh khi ban hành|Tỉnh hiện nay|province_code|Huyện|Xã, phường, đặc khu|commune|commune_code|Chủ đề|Cơ quan ban hành|Người ký|Nhiệm kỳ|Tác giả|Nguồn|Địa chỉ|Đường dẫn|Bài học số|Đề mục bài học|Toàn văn bài học|Mã văn bản|Văn bản có bài học|Trích đoạn
a|Văn bản|=HYPERLINK("x")|35-CT/TW||2020-10-05|trước năm của 15/2021/NĐ-CP|Hòa Bình|Phú Thọ|25|||||Dân vận; Kiểm tra|Tỉnh ủy|Lò Văn A|2020-2025||||||||||
b|Bài học|Nói "khéo", làm
khéo <b>|||2027|ở tương lai khi đọc|||||||||||||||https://x.vn/bai-viet/a#bai-hoc-2|2|Gần dân|Gần dân,
hiểu dân.|a|Báo cáo|+84 khéo`

// joinRows writes rows in the manner of exportWant, with the columns that it has.
func joinRows(rows [][]string) string {
	first, _, _ := strings.Cut(exportWant, "\n")
	heads := strings.Split(first, "|")
	var lines []string
	for _, row := range rows {
		var cells []string
		for i, head := range rows[0] {
			switch {
			case !slices.Contains(heads, head):
			case i < len(row):
				cells = append(cells, row[i])
			default: // sheets leave out empty cells at the end
				cells = append(cells, "")
			}
		}
		lines = append(lines, strings.Join(cells, "|"))
	}
	return strings.Join(lines, "\n")
}

func TestWriteCSV(t *testing.T) {
	var b bytes.Buffer
	if err := writeCSV(&b, hitsOf(exportHits, nil), all); err != nil {
		t.Fatal(err)
	}
	body, ok := strings.CutPrefix(b.String(), "\uFEFF")
	if !ok || !strings.Contains(body, "\r\n") {
		t.Errorf("no byte order mark or CR LF: %q", body)
	}
	if !strings.Contains(body, "\"Gần dân,\nhiểu dân.\"") { // CSV readers treat CR LF differently
		t.Errorf("the lines of a cell are not as they were: %q", body)
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("=HYPER", "'=HYPER", "+84", "'+84").Replace(exportWant)
	if got := joinRows(rows); got != want {
		t.Errorf("writeCSV = %s, want %s", got, want)
	}
}

func TestSafeCell(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""}, {"a", "a"}, {"=1", "'=1"}, {"+1", "'+1"}, {"-1", "'-1"}, {"@a", "'@a"}, {"\ta", "'\ta"}, {"\ra", "'\ra"}, {"a=1", "a=1"},
	} {
		if got := safeCell(tt.in); got != tt.want {
			t.Errorf("safeCell(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestWriteJSONL(t *testing.T) {
	var b bytes.Buffer
	if err := writeJSONL(&b, hitsOf(exportHits, nil), all); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 2 || !strings.Contains(lines[1], "<b>") {
		t.Fatalf("writeJSONL = %q", lines)
	}
	var h search.Hit
	if err := json.Unmarshal([]byte(lines[1]), &h); err != nil || h.Title != exportHits[1].Title {
		t.Errorf("second line = %+v, %v", h, err)
	}
}

func TestWriteXLSX(t *testing.T) {
	var b bytes.Buffer
	if err := writeXLSX(&b, hitsOf(exportHits, nil), all); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Kết quả")
	if err != nil {
		t.Fatal(err)
	}
	if got := joinRows(rows); got != exportWant {
		t.Errorf("writeXLSX = %s, want %s", got, exportWant)
	}
	if formula, _ := f.GetCellFormula("Kết quả", "C2"); formula != "" {
		t.Errorf("C2 is the formula %s", formula)
	}
}

// A printed sheet is readable: pages on their side, as many side by side as the columns
// need at half size, each with the heads, and nothing beyond the last column.
func TestPrintXLSX(t *testing.T) {
	for _, tt := range []struct {
		columns []search.Column
		wide    int
		area    string
	}{
		{columns: []search.Column{*ColumnOf("number"), *ColumnOf("title"), *ColumnOf("date")}, wide: 1, area: "$A$1:$C$3"},
		{columns: []search.Column{*ColumnOf("title"), *ColumnOf("snippet"), *ColumnOf("citation"), *ColumnOf("text")}, wide: 2, area: "$A$1:$D$3"},
	} {
		var b bytes.Buffer
		if err := writeXLSX(&b, hitsOf(exportHits, nil), Shape{Columns: tt.columns}); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		layout, err := f.GetPageLayout("Kết quả")
		if err != nil {
			t.Fatal(err)
		}
		props, err := f.GetSheetProps("Kết quả")
		if err != nil {
			t.Fatal(err)
		}
		if !*props.FitToPage || *layout.Orientation != "landscape" || *layout.FitToWidth != tt.wide || *layout.FitToHeight != 0 {
			t.Errorf("fit %v, %s, %d pages by %d, want %d by any", *props.FitToPage, *layout.Orientation, *layout.FitToWidth, *layout.FitToHeight, tt.wide)
		}
		names := map[string]string{}
		for _, n := range f.GetDefinedName() {
			names[n.Name] = n.RefersTo
		}
		if names["_xlnm.Print_Titles"] != "'Kết quả'!$1:$1" || names["_xlnm.Print_Area"] != "'Kết quả'!"+tt.area {
			t.Errorf("printed: %v, want the first line on each page and %s", names, tt.area)
		}
	}
}

func TestExportError(t *testing.T) {
	broken := errors.New("broken")
	var b bytes.Buffer
	for name, err := range map[string]error{
		"csv":   writeCSV(&b, hitsOf(exportHits, broken), all),
		"jsonl": writeJSONL(&b, hitsOf(exportHits, broken), all),
		"xlsx":  writeXLSX(&b, hitsOf(exportHits, broken), all),
	} {
		if !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "export "+name) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestCubeCSVWithCodes(t *testing.T) {
	c := &search.Cube{By: []string{"province", "commune"}, Labels: map[string]map[string]string{"province": {"gia-lai": "Gia Lai"}},
		Cells: []map[string]any{{"province": "gia-lai", "commune": "kon-gang", "count": 3}, {"province": "gia-lai", "commune": "unknown", "count": 1}}}
	for _, tt := range []struct{ view, want string }{
		{search.ViewNow, "province,province_label,province_code,commune,commune_code,count\r\ngia-lai,Gia Lai,52,kon-gang,23701,3\r\ngia-lai,Gia Lai,52,unknown,,1\r\n"},
		{search.ViewThen, "province,province_label,province_code,commune,commune_code,count\r\ngia-lai,Gia Lai,,kon-gang,23701,3\r\ngia-lai,Gia Lai,,unknown,,1\r\n"},
	} {
		c.Codes = search.CodesOf(c, &search.Query{ProvinceView: tt.view})
		var b bytes.Buffer
		if err := Cube(&b, c); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimPrefix(b.String(), "\uFEFF"); got != tt.want {
			t.Errorf("%s: Cube = %q, want %q", tt.view, got, tt.want)
		}
	}
}

func TestCubeCSV(t *testing.T) {
	c := &search.Cube{By: []string{"province", "year"}, Labels: map[string]map[string]string{"province": {"gia-lai": "Gia Lai"}},
		Cells: []map[string]any{{"province": "gia-lai", "year": "2020", "count": 3}}}
	var b bytes.Buffer
	if err := Cube(&b, c); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "\uFEFFprovince,province_label,year,count\r\ngia-lai,Gia Lai,2020,3\r\n"; got != want {
		t.Errorf("Cube = %q, want %q", got, want)
	}
}

// TestFacetColumns: the table has the columns of every facet once.
func TestFacetColumns(t *testing.T) {
	for _, f := range search.FacetTable() {
		for _, c := range f.Columns {
			n := 0
			for _, head := range all.heads() {
				if head == c.Head {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s: the column %q is there %d times", f.Name, c.Head, n)
			}
		}
	}
}

// TestCutFilesSaySo: only incomplete files have a head that says how many rows are
// missing.
func TestCutFilesSaySo(t *testing.T) {
	var text, book bytes.Buffer
	if err := errors.Join(writeCSV(&text, hitsOf(exportHits, nil), Shape{Rows: 2, Total: 250}), writeXLSX(&book, hitsOf(exportHits, nil), Shape{Rows: 2, Total: 250})); err != nil {
		t.Fatal(err)
	}
	fromText, err := csv.NewReader(&text).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	fromBook, err := f.GetRows("Kết quả")
	if err != nil {
		t.Fatal(err)
	}
	for name, rows := range map[string][][]string{"csv": fromText, "xlsx": fromBook} {
		if head := rows[0]; len(rows) != 3 || head[len(head)-1] != "CHỈ CÓ 2 DÒNG ĐẦU TRONG 250" {
			t.Errorf("%s: %d rows under %q", name, len(rows), head)
		}
	}
}

// TestFitCell: a cell that is too long ends with how much is missing.
func TestFitCell(t *testing.T) {
	full := strings.Repeat("ế", excelize.TotalCellChars)
	if got := fitCell(full); got != full {
		t.Errorf("a full cell has %d bytes, want %d", len(got), len(full))
	}
	for _, long := range []string{full + "ế", strings.Repeat("\U00020000", excelize.TotalCellChars)} {
		got := fitCell(long)
		kept, note, ok := strings.Cut(got, "…")
		missing := len([]rune(long)) - len([]rune(kept))
		if !ok || !strings.HasPrefix(long, kept) || !strings.Contains(note, fmt.Sprintf("còn %d ký tự", missing)) || len(utf16.Encode([]rune(got))) > excelize.TotalCellChars {
			t.Errorf("a cell of %d characters ends with %q, %d missing", len([]rune(long)), note, missing)
		}
	}
}
