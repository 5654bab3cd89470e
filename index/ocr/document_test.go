package ocr_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/ocr"
	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
	"nghiquyet/index/raster/scantest"
	"nghiquyet/index/read"
)

func extracted(t *testing.T, e *ocr.Engine, name string, data []byte) (*extract.Result, *page.Reject) {
	t.Helper()
	res, err := extract.New(extract.Config{OCR: e}).Extract(t.Context(), read.NewInput(name, 0, data))
	var rej *page.Reject
	if err != nil && !errors.As(err, &rej) {
		t.Fatal(err)
	}
	return res, rej
}

// said returns an engine whose command answers the same for every page, and fails for
// "".
func said(t *testing.T, text string) *ocr.Engine {
	t.Helper()
	file := filepath.Join(t.TempDir(), "answer")
	os.WriteFile(file, []byte(text), 0o600)
	return engine(t, ocr.Config{}, "role-says", file)
}

// line returns a line of hOCR at a place, with words of one certainty.
func line(x, y int, sure, text string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<span class='ocr_line' title='bbox %d %d 1500 %d; baseline 0 -8; x_size 38'>`, x, y, y+40)
	for word := range strings.FieldsSeq(text) {
		width := 19 * utf8.RuneCountInString(word)
		fmt.Fprintf(&b, `<span class='ocrx_word' title='bbox %d %d %d %d; x_wconf %s'>%s</span>`, x, y, x+width, y+40, sure, word)
		x += width + 12
	}
	return b.String() + "</span>"
}

// head is the head and a sentence of a directive. The figures of its number and
// date have a certainty.
func head(sure string) string {
	return `<div class='ocr_page' title='bbox 0 0 1653 2339'>` +
		line(250, 150, "95", "TỈNH ỦY SƠN LA") + line(850, 150, "95", "ĐẢNG CỘNG SẢN VIỆT NAM") +
		line(280, 260, sure, "Số 47-CT/TU") + line(850, 260, sure, "Sơn La, ngày 18 tháng 3 năm 2021") +
		line(700, 400, "95", "CHỈ THỊ") + line(500, 460, "95", "về bảo vệ rừng trong mùa khô") +
		line(320, 600, "95", "Các cấp ủy thực hiện nghiêm việc bảo vệ rừng, không để cháy lan rộng,") +
		line(220, 660, "95", "kiểm tra thường xuyên các tổ đội tuần tra, kịp thời báo cáo.") + `</div>`
}

func TestEvidenceOfOCR(t *testing.T) {
	data := scan(1)
	res, rej := extracted(t, said(t, head("93")), "van-ban.tif", data)
	if rej != nil {
		t.Fatal(rej)
	}
	a := res.Article
	if a.Number != "47-CT/TU" || a.Date != "2021-03-18" {
		t.Errorf("number %q, date %q", a.Number, a.Date)
	}
	for field, ev := range a.Evidence {
		if ev.Sure == index.SureHigh || ev.From == index.FromMasthead || ev.From == index.FromDateline {
			t.Errorf("%s: %+v, of a text read by a program", field, ev)
		}
	}
	if ev := a.Evidence["number"]; ev.From != index.FromOCR || ev.Sure != index.SureMedium {
		t.Errorf("number: %+v", ev)
	}
	if ev := a.Evidence[index.EvidenceText]; ev.From != index.FromOCR || ev.Text != "1" || !res.Pictured {
		t.Errorf("text: %+v, pictured %v", ev, res.Pictured)
	}
}

// Figures written by hand are not believed.
func TestDoubtfulFigures(t *testing.T) {
	shareddata.OneGoroutine(t)
	for _, tt := range []struct{ file, sure, number, date, from string }{
		{"quet.tif", "55", "", "", index.FromNone},
		{"12-CT-TU 2021-03-05.tif", "55", "12-CT/TU", "2021-03-05", index.FromURL},
		{"12-CT-TU 05.3.2021.tif", "55", "12-CT/TU", "2021-03-05", index.FromURL},
		{"12-CT-TU 2021-03-05.tif", "93", "47-CT/TU", "2021-03-18", index.FromOCR},
		{"ke-hoach-12-2021.tif", "55", "", "", index.FromNone},
	} {
		res, rej := extracted(t, said(t, head(tt.sure)), tt.file, scan(1))
		if rej != nil {
			t.Fatal(rej)
		}
		a := res.Article
		if string(a.Number) != tt.number || string(a.Date) != tt.date || a.Evidence["number"].From != tt.from || a.Evidence["date"].From != tt.from {
			t.Errorf("%s with certainty %s: number %q (%+v), date %q (%+v)", tt.file, tt.sure, a.Number, a.Evidence["number"], a.Date, a.Evidence["date"])
		}
	}
	res, _ := extracted(t, said(t, strings.ReplaceAll(head("93"), "CT/TU", "CT/TỤU")), "quet.tif", scan(1))
	if res == nil || res.Article.Number != "" {
		t.Errorf("a number with a tone mark is believed: %+v", res)
	}
}

// A page of text keeps its own text; a scan among such pages is read.
func TestPartlyScanned(t *testing.T) {
	shareddata.OneGoroutine(t)
	text := pagetest.Official()
	text.Page("q 595 0 0 842 0 0 cm /I Do Q\n" + text.At(300, 40, "F", "Phụ lục"))
	data := text.Bytes()
	own, rej := extracted(t, nil, "a.pdf", data)
	if rej != nil || !own.Pictured || own.Article.Evidence["number"].Sure != index.SureHigh {
		t.Fatalf("without OCR: %v", rej)
	}
	res, rej := extracted(t, said(t, "BIỂU MẪU BÁO CÁO\nSố liệu của phụ lục là 1.234 tỷ đồng.\n"), "a.pdf", data)
	if rej != nil {
		t.Fatal(rej)
	}
	a := res.Article
	if !strings.Contains(a.Text, "Số liệu của phụ lục là 1.234 tỷ đồng.") || !strings.Contains(a.Text, "Phụ lục") {
		t.Errorf("the scanned page is missing:\n%s", a.Text)
	}
	if !strings.HasPrefix(a.Text, own.Article.Text[:400]) || a.Number != own.Article.Number {
		t.Errorf("the pages of text changed:\n%s", a.Text)
	}
	if got, want := a.Evidence["number"], own.Article.Evidence["number"]; got != want {
		t.Errorf("number: %+v, want %+v as without OCR", got, want)
	}
	if ev := a.Evidence[index.EvidenceText]; ev.From != index.FromOCR || ev.Text != fmt.Sprint(len(text.Pages)) {
		t.Errorf("text: %+v", ev)
	}
	if res, rej = extracted(t, said(t, ""), "a.pdf", data); rej != nil || res.Article.Text != own.Article.Text {
		t.Errorf("where the command fails, the pages of text: %v", rej)
	}
}

// A stamp that signing software put over a scan is true, and is not read twice.
func TestStampOnScan(t *testing.T) {
	stamp := "BT /F 9 Tf 1 0 0 1 330 800 Tm (Signed by: Tinh uy) Tj ET BT /F 9 Tf 1 0 0 1 330 788 Tm (Signing time: 18.03.2021) Tj ET\n"
	data := scantest.PDF([]string{stamp}, scantest.Page(scantest.Look{DPI: 72}))
	res, rej := extracted(t, said(t, head("93")), "a.pdf", data)
	if rej != nil {
		t.Fatal(rej)
	}
	if a := res.Article; a.Number != "47-CT/TU" || strings.Contains(a.Text, "Signed") {
		t.Errorf("number %q of\n%s", a.Number, a.Text)
	}
}

func TestScanRejects(t *testing.T) {
	pdf := scantest.PDF(nil, scantest.Page(scantest.Look{DPI: 72}))
	t.Setenv("PATH", t.TempDir())
	missing := ocr.New(ocr.Config{Render: self(t, "role-render")})
	for _, tt := range []struct {
		name   string
		engine *ocr.Engine
		code   string
		words  string
	}{
		{"off", nil, page.CodeNoTextLayer, "hãy nhận dạng chữ (OCR) trước"},
		{"missing", missing, page.CodeNoTextLayer, "apt install tesseract-ocr tesseract-ocr-vie"},
		{"fails", said(t, ""), page.CodeOCR, "ở trang 1: chương trình báo lỗi"},
		{"nothing there", said(t, " \n"), page.CodeEmpty, "không tìm thấy chữ nào"},
		{"slow", engine(t, ocr.Config{Limits: ocr.Limits{Time: 1}}, "role-plain", ""), page.CodeTimeout, ""},
		{"too many pages", engine(t, ocr.Config{Limits: ocr.Limits{Pages: 1}}, "role-plain", ""), page.CodeTooMany, "2, nhiều nhất 1"},
	} {
		files := map[string][]byte{"a.pdf": pdf, "a.tif": scan(1)}
		if tt.name == "too many pages" {
			files = map[string][]byte{"a.tif": scan(2)}
		}
		for file, data := range files {
			res, rej := extracted(t, tt.engine, file, data)
			if rej == nil {
				t.Errorf("%s, %s: %q", tt.name, file, res.Article.Text)
				continue
			}
			if rej.Code != tt.code || !strings.Contains(rej.Msg, tt.words) || strings.Contains(rej.Msg, "\n") || len(rej.Pictured) == 0 {
				t.Errorf("%s, %s: %v, want %s with %q", tt.name, file, rej, tt.code, tt.words)
			}
		}
	}
	for file, data := range map[string][]byte{"a.png": []byte("\x89PNG\r\n\x1a\nshort"), "b.jpg": []byte("\xff\xd8\xff\xe0"), "c.tif": []byte("II*\x00\xff\xff\xff\xff")} {
		if _, rej := extracted(t, said(t, "x"), file, data); rej == nil || rej.Code != page.CodeDamaged {
			t.Errorf("%s: %v", file, rej)
		}
	}
}
