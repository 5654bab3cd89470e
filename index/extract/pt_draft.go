package extract

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"sort"
	"strings"
	"unicode/utf16"
)

// pdfDraft is a PDF under way: object bodies by number, from 1. Its text is
// set in Times of 14 points on A4 with half an em to a character.
type pdfDraft struct {
	objects []string
	codes   map[rune]int // of the Unicode font
	plain   bool         // streams are not compressed
	trailer string       // more entries
	pages   []int        // object numbers
}

const (
	objectCatalog = iota + 1
	objectPages
	objectFont
	objectBold
	objectLegacy
	objectImage
	objectInfo
	objectFree
)

func newDraft() *pdfDraft {
	d := &pdfDraft{codes: map[rune]int{}, objects: make([]string, objectFree-1)}
	d.set(objectLegacy, `<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+.VnTime/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths[`+strings.Repeat("500 ", 224)+`]>>`)
	d.set(objectImage, `<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream
`+"\x00"+`
endstream`)
	d.set(objectInfo, `<</Title(Test title)/Author<FEFF004E01B0>>>`)
	return d
}

func (d *pdfDraft) set(num int, body string) { d.objects[num-1] = body }

func (d *pdfDraft) add(body string) int {
	d.objects = append(d.objects, body)
	return len(d.objects)
}

func (d *pdfDraft) stream(dict, data string) string {
	if !d.plain {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		z.Write([]byte(data))
		z.Close()
		dict, data = dict+"/Filter/FlateDecode", b.String()
	}
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", dict, len(data), data)
}

// hex encodes s in the two-byte codes of the Unicode font.
func (d *pdfDraft) hex(s string) string {
	var b strings.Builder
	b.WriteByte('<')
	for _, r := range s {
		if d.codes[r] == 0 {
			d.codes[r] = len(d.codes) + 1
		}
		fmt.Fprintf(&b, "%04X", d.codes[r])
	}
	b.WriteByte('>')
	return b.String()
}

// at shows s at a place; the font is F (regular), B (bold).
func (d *pdfDraft) at(x, y float64, font, s string) string {
	return fmt.Sprintf("BT /%s 14 Tf 1 0 0 1 %g %g Tm %s Tj ET\n", font, x, y, d.hex(s))
}

// lines shows one line under the other, 18 points apart.
func (d *pdfDraft) lines(x, y float64, lines ...string) string {
	var b strings.Builder
	for i, s := range lines {
		b.WriteString(d.at(x, y-18*float64(i), "F", s))
	}
	return b.String()
}

// centered shows s in the middle between x0 and x1.
func (d *pdfDraft) centered(x0, x1, y float64, font, s string) string {
	w := 7 * float64(len([]rune(s)))
	return d.at((x0+x1-w)/2, y, font, s)
}

func (d *pdfDraft) page(content string) {
	c := d.add(d.stream("", content))
	d.pages = append(d.pages, d.add(fmt.Sprintf("<</Type/Page/Parent %d 0 R/Contents %d 0 R>>", objectPages, c)))
}

// finish writes the shared objects and gives their bodies.
func (d *pdfDraft) finish() []string {
	var runes []rune
	for r := range d.codes {
		runes = append(runes, r)
	}
	sort.Slice(runes, func(i, j int) bool { return d.codes[runes[i]] < d.codes[runes[j]] })
	var m strings.Builder
	fmt.Fprintf(&m, "begincmap 1 begincodespacerange <0000><FFFF> endcodespacerange\n%d beginbfchar\n", len(runes))
	for _, r := range runes {
		fmt.Fprintf(&m, "<%04X> <", d.codes[r])
		for _, u := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&m, "%04X", u)
		}
		m.WriteString(">\n")
	}
	m.WriteString("endbfchar endcmap")
	unicode := d.add(d.stream("", m.String()))
	kid := d.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/Times/DW 500/W[0[500 500] 3 5 500]>>")
	font := "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
	d.set(objectFont, fmt.Sprintf(font, "TimesNewRoman", kid, unicode))
	d.set(objectBold, fmt.Sprintf(font, "TimesNewRoman,Bold", kid, unicode))
	var kids strings.Builder
	for _, p := range d.pages {
		fmt.Fprintf(&kids, "%d 0 R ", p)
	}
	d.set(objectCatalog, fmt.Sprintf("<</Type/Catalog/Pages %d 0 R>>", objectPages))
	d.set(objectPages, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 595 842]/Resources<</Font<</F %d 0 R/B %d 0 R/L %d 0 R>>/XObject<</I %d 0 R>>>>>>",
		len(d.pages), kids.String(), objectFont, objectBold, objectLegacy, objectImage))
	return d.objects
}

// bytes writes the file with a cross-reference table.
func (d *pdfDraft) bytes() []byte { return d.write(d.finish()) }

func (d *pdfDraft) write(objects []string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects))
	for i, body := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, objectCatalog, objectInfo, d.trailer, start)
	return b.Bytes()
}

// packedBytes writes every object without a stream into an object stream and
// the trailer into a cross-reference stream.
func (d *pdfDraft) packedBytes() []byte {
	var b, heads, bodies bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	n := 0
	objects := d.finish()
	for i, body := range objects {
		if strings.Contains(body, "stream\n") {
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
			continue
		}
		fmt.Fprintf(&heads, "%d %d ", i+1, bodies.Len())
		bodies.WriteString(body + "\n")
		n++
	}
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(objects)+1, d.stream(fmt.Sprintf("/Type/ObjStm/N %d/First %d", n, heads.Len()), heads.String()+bodies.String()))
	start := b.Len()
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", len(objects)+2,
		d.stream(fmt.Sprintf("/Type/XRef/Size %d/W[1 2 1]/Root %d 0 R/Info %d 0 R", len(objects)+2, objectCatalog, objectInfo), ""), start)
	return b.Bytes()
}

// body fills a page from y down with justified prose of n lines, 65 characters
// each but the last, the first line indented.
func (d *pdfDraft) body(y float64, n int, seed string) string {
	var b strings.Builder
	for i := range n {
		x, s := 85.0, seed
		if i == 0 {
			x = 121
			s = strings.ToUpper(seed[:1]) + seed[1:]
		}
		for len([]rune(s)) < int((540-x)/7) {
			s += " " + seed
		}
		s = strings.TrimSpace(string([]rune(s)[:int((540-x)/7)]))
		if i == n-1 {
			s = "het doan."
		}
		b.WriteString(d.at(x, y-18*float64(i), "F", s))
	}
	return b.String()
}

// official is a resolution of three pages with all that one has.
func official() *pdfDraft {
	d := newDraft()
	first := d.centered(70, 280, 790, "F", "ĐẢNG BỘ TỈNH BÌNH MINH") + d.centered(70, 280, 772, "B", "TỈNH ỦY") + d.centered(70, 280, 754, "F", "*") +
		d.centered(70, 280, 736, "F", "Số 12-NQ/TU") +
		d.centered(310, 540, 790, "B", "ĐẢNG CỘNG SẢN VIỆT NAM") + d.at(290, 736, "F", "Bình Minh, ngày 05 tháng 3 năm 2021") +
		d.centered(85, 540, 690, "B", "NGHỊ QUYẾT") + d.centered(85, 540, 672, "B", "về một việc thử nghiệm") +
		d.at(121, 630, "B", "I. TÌNH HÌNH") + d.body(606, 6, "noi dung thu nghiem") + d.body(490, 5, "mot doan khac nua") +
		// A paragraph that goes on over the page, with a footnote below it.
		d.lines(121, 390, "Tỉnh ủy yêu cầu các cấp ủy trực thuộc quán triệt và thực hiện") +
		d.lines(85, 372, "nghiêm túc nghị quyết này, kịp thời báo cáo những khó khăn, vướng") +
		"BT /F 9 Tf 1 0 0 1 85 70 Tm " + d.hex("1 Ghi chú ở chân trang của tài liệu thử.") + " Tj ET\n"
	d.page(first)
	d.page(d.centered(85, 540, 810, "F", "2") + d.centered(85, 540, 40, "F", "Tài liệu lưu hành nội bộ") +
		d.lines(85, 780, "mắc để Ban Thường vụ xem xét, chỉ đạo giải quyết theo thẩm quyền.") +
		d.at(121, 744, "F", "- Một là, làm tốt công tác tư tưởng;") + d.at(121, 720, "F", "- Hai là, đổi mới phương thức lãnh đạo.") +
		d.body(690, 8, "noi dung trang hai") + d.body(520, 8, "them mot doan dai"))
	d.page(d.centered(85, 540, 810, "F", "3") + d.centered(85, 540, 40, "F", "Tài liệu lưu hành nội bộ") +
		d.body(780, 6, "noi dung trang ba") + d.body(660, 6, "doan cuoi cung day") +
		d.at(85, 500, "B", "Nơi nhận:") + d.at(85, 482, "F", "- Ban Bí thư;") + d.at(85, 464, "F", "- Lưu VPTU.") +
		d.centered(310, 540, 500, "B", "T/M TỈNH ỦY") + d.centered(310, 540, 482, "B", "BÍ THƯ") + d.centered(310, 540, 420, "B", "Nguyễn Văn A"))
	d.page(d.centered(85, 540, 810, "F", "4") + d.centered(85, 540, 40, "F", "Tài liệu lưu hành nội bộ") + d.table(700) + d.body(500, 8, "phu luc kem theo"))
	return d
}

// table draws two rows of three ruled cells with its top at y.
func (d *pdfDraft) table(y float64) string {
	var b strings.Builder
	for _, h := range []float64{0, 40, 100} {
		fmt.Fprintf(&b, "85 %g m 540 %g l S\n", y-h, y-h)
	}
	for _, x := range []float64{85, 125, 330, 540} {
		fmt.Fprintf(&b, "%g %g 0.5 100 re f\n", x, y-100)
	}
	b.WriteString(d.at(90, y-20, "B", "STT") + d.at(130, y-20, "B", "Nội dung") + d.at(335, y-20, "B", "Đơn vị"))
	b.WriteString(d.at(90, y-70, "F", "1") + d.at(130, y-60, "F", "Kiểm tra việc thực") + d.at(130, y-78, "F", "hiện nghị quyết") + d.at(335, y-70, "F", "Ủy ban Kiểm tra"))
	return b.String()
}
