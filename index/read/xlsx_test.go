package read

import (
	"bytes"
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
		"A4": 1, "B4": "Bình\nHải", "C4": 1234567, "D4": time.Date(2021, 3, 5, 0, 0, 0, 0, time.UTC), "E4": 0.125, "F4": 12.34,
		"A5": "1.234", "B5": "12.5%", "C5": 1.5, "D5": true, "A8": 12.345} {
		must(f.SetCellValue("Sheet1", cell, v))
	}
	for cell, format := range map[string]int{"C4": 3, "D4": 14, "E4": 10, "F4": 1} {
		must(f.SetCellStyle("Sheet1", cell, cell, style(format)))
	}
	for cell, format := range map[string]string{"A9": `#,##0 "hộ"`, "B9": `0\ "tháng"`, "C9": "[Red]0", "D9": "#,##0%",
		"A10": `#,##0.0,,," tỷ"`, "B10": `[=1]"Nam";[=2]"Nữ";General`, "C10": `0.0" %"`} {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		must(err)
		must(f.SetCellValue("Sheet1", cell, 1250))
		must(f.SetCellStyle("Sheet1", cell, cell, id))
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
	const want = "Sheet1|BÁO CÁO NUÔI TRỒNG|TT\tXã\tSố hộ\tNgày\tTỷ lệ\tTiền|1\tBình Hải\t1.234.567\t05/03/2021\t12,50%\t12|1.234\t12.5%\t1,5\tTRUE|12,345|1.250 hộ\t1250 tháng\t1250\t125.000%|1250\t1250\t1250,0 %|Phụ lục|chữ của Phụ lục"
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
		rejects(t, tt.name, NewInput("a.xlsx", 0, tt.data), tt.code)
	}
}

// TestCellText: numbers as the library shows them, in English, and the text written
// for them. Digits that differ from the number's are not written.
func TestCellText(t *testing.T) {
	for _, tt := range []struct{ shown, stored, want string }{
		{"1,234,568", "1234567.891", "1.234.568"}, {" 1,234,567.89 ", "1234567.891", "1.234.567,89"}, {"1234567.891", "1234567.891", "1234567,891"},
		{"12.345", "12.345", "12,345"}, {"12", "12.300000000000001", "12"}, {"0.30000000000000004", "0.30000000000000004", "0,3"},
		{"12.5%", "0.125", "12,5%"}, {"1,234,00%", "1234", "123.400%"}, {"-13%", "-0.125", "-13%"}, {"(0.13)", "-0.125", "(0,13)"}, {"-0", "-0.125", "0"},
		{"1,235", "1234567.891", "1.235"}, {"1,234 đồng", "1234", "1.234 đồng"}, {"Quý 2", "2", "Quý 2"}, {"007", "7", "007"},
		{"1.235", "1234.5", "1.235"}, {"1.235", "1.2345", "1,235"},
		{"0000-0123-4568", "1234568", "0000-0123-4568"}, {"1.234.568", "1234568", "1.234.568"}, {"1,234,5.68", "1234567.891", "1234567,891"},
		{"1.23E+06", "1234567.891", "1234567,891"}, {"44260 1/2", "44260.5", "44260,5"}, {"5", "-5", "-5"}, {"", "5", ""},
		{"12345678901234567890", "12345678901234567890", "12345678901234567890"}, {"x", "no number", "x"},
		{"05/03/2021", "44260", "05/03/2021"}, {"03/05/2021", "44260", "05/03/2021"}, {"5/3/21", "44260", "05/03/2021"}, {"2021-03-05", "44260", "2021-03-05"},
		{"12:00 03/05/2021", "44260.5", "12:00 05/03/2021"}, {"5-Mar-21", "44260", "05/03/2021"}, {"Mar-21", "44260", "03/2021"}, {"5-Mar", "44260", "05/03"},
		{"Friday, March 05, 2021", "44260", "05/03/2021"}, {"Ngày 05 tháng 03 năm 2021", "44260", "Ngày 05 tháng 03 năm 2021"}, {"2021", "44260", "2021"},
		{"12:00 PM", "0.5", "12:00 PM"}, {"25:30", "1.0625", "25:30"}, {"06/03/2021", "44260", "44260"},
		{"2021-03-05", "2021-03-05", "05/03/2021"}, {"2021-03-05T00:00:00.000Z", "2021-03-05T00:00:00.000Z", "05/03/2021"},
		{"", "2021-03-05T08:30:00", "05/03/2021 08:30"}, {"08:30:00", "08:30:00", "08:30:00"}, {"2021-02-30", "2021-02-30", "2021-02-30"},
	} {
		if got := cellText(tt.shown, tt.stored, false); got != tt.want {
			t.Errorf("cellText(%q, %q) = %q, want %q", tt.shown, tt.stored, got, tt.want)
		}
	}
	if got := cellText("05/03/2021", "42798", true); got != "05/03/2021" {
		t.Errorf("of a sheet from 1904: %q", got)
	}
}

// xlsxParts are the parts of a workbook of one sheet; more are further sheets in the
// list that have no part.
func xlsxParts(sheet, shared, more string) map[string]string {
	return map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/>` + more + `</sheets></workbook>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet, "xl/sharedStrings.xml": shared, "xl/styles.xml": `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`, "xl/theme/theme1.xml": `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>`}
}

// sheetNS opens an element of a workbook.
func sheetNS(name string) string {
	return "<" + name + ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
}

// TestSheetRaised: a raised mark of a note is no digit of the figure before it, and the same
// figures in another cell stay.
func TestSheetRaised(t *testing.T) {
	run := func(align, text string) string {
		return `<r><rPr><vertAlign val="` + align + `"/></rPr><t>` + text + `</t></r>`
	}
	shared := `<si>` + run("baseline", "Thu 320") + run("superscript", "1") + run("baseline", " triệu, 18-NQ/TW") + run("superscript", "2") + `<rPh sb="0" eb="1"><t>x</t></rPh></si><si><t>Thu 3201 triệu, 18-NQ/TW2</t></si>`
	inline := `<c t="inlineStr"><is>` + run("baseline", "10") + run("superscript", "5") + run("baseline", " con, 12 km") + run("superscript", "2") + `</is></c>`
	row := `<row><c t="s"><v>0</v></c><c t="s"><v> 1 </v></c><c><v>12.5</v></c>` + inline + `</row>`
	parts := xlsxParts(sheetNS("worksheet")+`<sheetData>`+row+`</sheetData></worksheet>`, sheetNS("sst")+shared+`</sst>`, "")
	p, err := readXLSX(t.Context(), "a.xlsx", pagetest.Zip(parts), page.DefaultLimits())
	const want = "Thu 320 triệu, 18-NQ/TW\tThu 3201 triệu, 18-NQ/TW2\t12,5\t10⁵ con, 12 km2"
	if err != nil || strings.Join(pagetest.Texts(p), "|") != want {
		t.Errorf("%q, %v, want %q", pagetest.Texts(p), err, want)
	}
}

// TestSheetBoxes: text boxes are read after the rows, with their looks.
func TestSheetBoxes(t *testing.T) {
	parts := xlsxParts(sheetNS("worksheet")+`<sheetData><row><c t="inlineStr"><is><t>Thu</t></is></c></row></sheetData></worksheet>`, "", "")
	parts["xl/worksheets/_rels/sheet1.xml.rels"] = `<Relationships><Relationship Id="a" Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>`
	parts["xl/drawings/drawing1.xml"] = `<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:twoCellAnchor><xdr:sp><xdr:txBody><a:p><a:r><a:t>Đơn vị: triệu đồng</a:t></a:r></a:p>` +
		`<a:p><a:r><a:t>Đạt 320</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>1</a:t></a:r><a:r><a:t> hộ</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>`
	p, err := readXLSX(t.Context(), "a.xlsx", pagetest.Zip(parts), page.DefaultLimits())
	if want := "Thu|Đơn vị: triệu đồng|Đạt 320 hộ"; err != nil || strings.Join(pagetest.Texts(p), "|") != want {
		t.Errorf("%q, %v, want %q", pagetest.Texts(p), err, want)
	}
}

// TestSheetOfMacros: a sheet without cells hides no other.
func TestSheetOfMacros(t *testing.T) {
	parts := xlsxParts(sheetNS("worksheet")+`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>chữ</t></is></c></row></sheetData></worksheet>`, sheetNS("sst")+`</sst>`, `<sheet name="Module" sheetId="2" r:id=""/>`)
	p, err := readXLSX(t.Context(), "a.xlsx", pagetest.Zip(parts), page.DefaultLimits())
	if err != nil || strings.Join(pagetest.Texts(p), "|") != "S|chữ" {
		t.Errorf("%v, %v", p, err)
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add(sheetNS("worksheet")+`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>chữ</t></is></c><c r="B1" s="0"><v>12</v></c></row></sheetData></worksheet>`, sheetNS("sst")+`<si><t>x</t></si></sst>`)
	lim := page.Limits{Bytes: 1 << 20, Entities: 10_000, Depth: 64}.WithDefaults()
	f.Fuzz(func(t *testing.T, sheet, shared string) {
		p, err := readXLSX(t.Context(), "fuzz.xlsx", pagetest.Zip(xlsxParts(sheet, shared, "")), lim)
		pagetest.Check(t, p, err)
	})
}

// FuzzCellText: whatever a cell shows and stores, its text is bounded, and its
// digits are those shown or those stored.
func FuzzCellText(f *testing.F) {
	for _, s := range [][2]string{{"1,234.5", "1234.5"}, {"03/05/2021", "44260"}, {"5-Mar-21", "44260.5"}, {"1E+300", "1e300"}, {"0", "1E-300"}, {"12:00 PM", "0.5"}} {
		f.Add(s[0], s[1], false)
	}
	f.Fuzz(func(t *testing.T, shown, stored string, from1904 bool) {
		got := cellText(shown, stored, from1904)
		if len(got) > len(shown)+len(stored)+40 {
			t.Errorf("cellText(%q, %q) = %q", shown, stored, got)
		}
	})
}

// TestGarbledSheet: a spreadsheet made of CSV in the wrong encoding is repaired.
func TestGarbledSheet(t *testing.T) {
	rows := `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>Chi bá»™ thÃ´n</t></is></c><c t="inlineStr"><is><t>Sá»‘ Ä‘áº£ng viÃªn</t></is></c></row></sheetData></worksheet>`
	data := pagetest.Zip(xlsxParts(rows, "", ""))
	p, err := Document(t.Context(), NewInput("a.xlsx", 0, data), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(pagetest.Texts(p), "|"), "Chi bộ thôn|Số đảng viên"; !strings.Contains(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
