package read

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

func testXLSX(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	style := func(format int) int {
		id, err := f.NewStyle(&excelize.Style{NumFmt: format})
		must(err)
		return id
	}
	for cell, v := range map[string]any{"A1": "BÁO CÁO NUÔI TRỒNG", "A3": "TT", "B3": "Xã", "C3": "Số hộ", "D3": "Ngày", "E3": "Tỷ lệ", "F3": "Tiền",
		"A4": 1, "B4": "Bình\nHải", "C4": 1234567, "D4": time.Date(2021, 3, 5, 0, 0, 0, 0, time.UTC), "E4": 0.125, "F4": 12.34} {
		must(f.SetCellValue("Sheet1", cell, v))
	}
	for cell, format := range map[string]int{"C4": 3, "D4": 14, "E4": 10, "F4": 1} {
		must(f.SetCellStyle("Sheet1", cell, cell, style(format)))
	}
	for _, sheet := range []string{"Phụ lục", "Ẩn"} {
		_, err := f.NewSheet(sheet)
		must(err)
		must(f.SetCellValue(sheet, "B2", "chữ của "+sheet))
	}
	must(f.SetSheetVisible("Ẩn", false))
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

func TestReadXLSX(t *testing.T) {
	p, err := Document(t.Context(), NewInput("a.xlsx", 0, testXLSX(t)), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	const want = "Sheet1|BÁO CÁO NUÔI TRỒNG|TT\tXã\tSố hộ\tNgày\tTỷ lệ\tTiền|1\tBình Hải\t1234567\t05/03/2021\t12.50%\t12.34|Phụ lục|chữ của Phụ lục"
	if got := strings.Join(pagetest.Texts(p), "|"); got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestReadXLSXRejects(t *testing.T) {
	whole := testXLSX(t)
	part := func(name, content string) []byte {
		return pagetest.Zip(map[string]string{"xl/workbook.xml": "<workbook/>", "[Content_Types].xml": "<x/>", name: content})
	}
	for _, tt := range []struct {
		name string
		data []byte
		code string
	}{
		{"cut", whole[:len(whole)/2], page.CodeDamaged},
		{"no sheets", part("a", ""), page.CodeDamaged},
		{"bomb", part("xl/sharedStrings.xml", "<sst>"+strings.Repeat(" ", 20<<20)), page.CodeBomb},
		{"deep", part("xl/worksheets/sheet1.xml", strings.Repeat("<row>", 600)), page.CodeTooDeep},
		{"unclosed", part("xl/worksheets/sheet1.xml", "<row>"), page.CodeDamaged},
	} {
		_, err := Document(t.Context(), NewInput("a.xlsx", 0, tt.data), page.DefaultLimits())
		var rej *page.Reject
		if !errors.As(err, &rej) || rej.Code != tt.code {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
}

func TestCellText(t *testing.T) {
	for _, tt := range []struct{ shown, stored, want string }{
		{"007", "007", "007"}, {"1,234", "1234", "1234"}, {"12", "12.300000000000001", "12.3"}, {"12.5%", "0.125", "12.5%"},
		{"05/03/2021", "44260", "05/03/2021"}, {"-5", "-5.4", "-5.4"}, {"TRUE", "1", "TRUE"},
	} {
		if got := cellText(tt.shown, tt.stored); got != tt.want {
			t.Errorf("cellText(%q, %q) = %q, want %q", tt.shown, tt.stored, got, tt.want)
		}
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>chữ</t></is></c><c r="B1" s="0"><v>12</v></c></row></sheetData></worksheet>`, `<sst><si><t>x</t></si></sst>`)
	lim := page.Limits{Bytes: 1 << 20, Entities: 10_000, Depth: 64}
	f.Fuzz(func(t *testing.T, sheet, shared string) {
		p, err := readXLSX(t.Context(), "fuzz.xlsx", pagetest.Zip(map[string]string{
			"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
			"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml":   sheet, "xl/sharedStrings.xml": shared}), lim)
		pagetest.Check(t, p, err)
	})
}
