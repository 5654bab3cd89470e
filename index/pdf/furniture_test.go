package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index/page/pagetest"
)

// paged draws a page for each list of lines, from the top down; a last line that
// begins with ↓ is at the foot.
func paged(pages ...[]string) []byte {
	d := pagetest.NewDraft()
	for _, lines := range pages {
		foot := ""
		if k := len(lines) - 1; strings.HasPrefix(lines[k], "↓") {
			foot = d.At(290, 40, "F", strings.TrimPrefix(lines[k], "↓"))
			lines = lines[:k]
		}
		d.Page(d.Lines(85, 760, lines...) + foot)
	}
	return d.Bytes()
}

func TestRunningHeads(t *testing.T) {
	page := func(n int, head, foot string) []string {
		var lines []string
		if head != "" {
			lines = append(lines, head)
		}
		for i := range 6 {
			lines = append(lines, fmt.Sprintf("Nội dung %s của trang %d viết cho đủ một dòng", strings.Repeat("riêng ", i%3), 7*n+i))
		}
		if foot != "" {
			lines = append(lines, foot)
		}
		return lines
	}
	all := func(head, foot func(n int) string) (pages [][]string) {
		for n := 1; n <= 5; n++ {
			pages = append(pages, page(n, head(n), foot(n)))
		}
		return pages
	}
	fixed := func(s string) func(int) string { return func(int) string { return s } }
	counted := func(format string) func(int) string {
		return func(n int) string { return fmt.Sprintf(format, n) }
	}
	none := fixed("")
	const journal = "CÔNG BÁO/Số 115 + 116/Ngày 15-3-2021"
	mirrored := func(n int) string {
		if n%2 == 0 {
			return fmt.Sprintf("%d %s", n, journal)
		}
		return fmt.Sprintf("%s %d", journal, n)
	}
	for _, tt := range []struct {
		name       string
		head, foot func(int) string
		words      string // looked for in the text
		times      int
	}{
		{"the same words", fixed("Tài liệu lưu hành nội bộ"), none, "nội bộ", 1},
		{"a journal, mirrored", mirrored, none, "CÔNG BÁO", 1},
		{"words and number by a sign", counted("Báo cáo chính trị | %d"), none, "Báo cáo chính trị", 1},
		{"page numbers", none, counted("↓%d"), "x", 0},
		{"page numbers in words", none, counted("↓Trang %d/5"), "Trang", 0},
		{"articles", counted("Điều %d"), none, "Điều ", 5},
		{"lessons", none, counted("Bài học %d"), "Bài học", 5},
		{"a list", counted("Chi bộ thôn %d: 41 đảng viên"), none, "Chi bộ thôn", 5},
		{"footnotes", none, counted("%d Sđd, tr. 40"), "Sđd", 5},
		{"figures", counted("Thu năm 2020 đạt 3%d tỷ đồng"), none, "Thu năm", 5},
	} {
		got := strings.Join(pagetest.Texts(mustPDF(t, paged(all(tt.head, tt.foot)...))), "\n")
		if n := strings.Count(got, tt.words); n != tt.times {
			t.Errorf("%s: %q %d times, want %d, in\n%s", tt.name, tt.words, n, tt.times, got)
		}
		if n := strings.Count(got, "Nội dung"); n != 30 {
			t.Errorf("%s: %d lines of the text, want 30", tt.name, n)
		}
	}
}

func TestListOverPages(t *testing.T) {
	got := strings.Join(pagetest.Texts(mustPDF(t, paged(
		[]string{"DANH SÁCH CÁC CHI BỘ TRỰC THUỘC", "Chi bộ thôn 1: 20 đảng viên", "Chi bộ thôn 2: 30 đảng viên", "Chi bộ thôn 3: 33 đảng viên"},
		[]string{"Chi bộ thôn 4: 41 đảng viên", "Chi bộ thôn 5: 22 đảng viên", "Chi bộ thôn 6: 29 đảng viên"},
		[]string{"Chi bộ thôn 7: 36 đảng viên", "Chi bộ thôn 8: 43 đảng viên", "Chi bộ thôn 9: 24 đảng viên"},
	))), "\n")
	want := "DANH SÁCH CÁC CHI BỘ TRỰC THUỘC"
	for i, n := range []int{20, 30, 33, 41, 22, 29, 36, 43, 24} {
		want += fmt.Sprintf("\nChi bộ thôn %d: %d đảng viên", i+1, n)
	}
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// If no line continues a sentence, each line that ends one is a paragraph, however
// wide.
func TestSentencesByLine(t *testing.T) {
	lines := []string{
		"Điều 1", "Giữ vững nguyên tắc tập trung dân chủ trong mọi hoạt động.", "Bí thư chủ trì các kỳ họp thường lệ, kết luận rõ việc.",
		"Ai vắng mặt phải báo trước.", "Điều 2", "Chi bộ sinh hoạt định kỳ mỗi tháng một lần.", "Biên bản ghi đủ ý kiến.", "Lưu hồ sơ ba năm.",
	}
	if got := pagetest.Texts(mustPDF(t, paged(lines))); !slices.Equal(got, lines) {
		t.Errorf("%q, want %q", got, lines)
	}
	lines = append(lines, "khi có quá nửa đảng viên chính thức tán thành.")
	if got := pagetest.Texts(mustPDF(t, paged(lines))); !slices.Contains(got, strings.Join(lines[1:4], " ")) {
		t.Errorf("%q: where one sentence goes over lines, others may", got)
	}
}

// OCRmyPDF writes invisible text in a font whose codes are UTF-16.
func TestRecognisedText(t *testing.T) {
	d := pagetest.NewDraft()
	unicode := d.Add(d.Stream("", "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap"))
	kid := d.Add("<</Type/Font/Subtype/CIDFontType2/BaseFont/GlyphLessFont/DW 500>>")
	font := d.Add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/GlyphLessFont/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", kid, unicode))
	const text = "Đảng ủy xã An Bình tổ chức quán triệt nghị quyết của cấp trên."
	var codes strings.Builder
	for _, r := range text {
		fmt.Fprintf(&codes, "%04X", r)
	}
	form := d.Add(d.Stream(fmt.Sprintf("/Subtype/Form/Resources<</Font<</G %d 0 R>>>>", font), "BT 3 Tr /G 12 Tf 1 0 0 1 85 700 Tm <"+codes.String()+"> Tj ET"))
	content := "q 595 0 0 842 0 0 cm /I Do Q /T Do"
	d.Page(content)
	data := string(d.Bytes())
	data = strings.Replace(data, "/XObject<<", fmt.Sprintf("/XObject<</T %d 0 R", form), 1)
	p := mustPDF(t, []byte(data))
	if got := strings.Join(pagetest.Texts(p), "\n"); got != text || !p.OCR {
		t.Errorf("text %q, OCR %v", got, p.OCR)
	}
	if p := mustPDF(t, pagetest.Official().Bytes()); p.OCR {
		t.Error("a painted text is marked as read by OCR")
	}
}
