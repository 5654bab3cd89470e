package pagetest

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"sort"
	"strings"
	"unicode/utf16"
)

// Draft is a PDF that is being made: object bodies by number, from 1. Its text is
// set in Times of 14 points on A4 with half an em to a character.
type Draft struct {
	Objects []string
	codes   map[rune]int // of the Unicode font
	Plain   bool         // streams are not compressed
	Trailer string       // more entries
	Catalog string       // more entries
	Pages   []int        // object numbers
}

const (
	ObjectCatalog = iota + 1
	ObjectPages
	ObjectFont
	objectBold
	objectLegacy
	ObjectImage
	ObjectInfo
	objectFree
)

// NewDraft is a PDF without pages.
func NewDraft() *Draft {
	d := &Draft{codes: map[rune]int{}, Objects: make([]string, objectFree-1)}
	d.Set(objectLegacy, `<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+.VnTime/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths[`+strings.Repeat("500 ", 224)+`]>>`)
	d.Set(ObjectImage, `<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream
`+"\x00"+`
endstream`)
	d.Set(ObjectInfo, `<</Title(Test title)/Author<FEFF004E01B0>>>`)
	return d
}

// Set replaces the body of an object.
func (d *Draft) Set(num int, body string) { d.Objects[num-1] = body }

// Add adds an object and returns its number.
func (d *Draft) Add(body string) int {
	d.Objects = append(d.Objects, body)
	return len(d.Objects)
}

// Stream is the body of an object with a stream.
func (d *Draft) Stream(dict, data string) string {
	if !d.Plain {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		z.Write([]byte(data))
		z.Close()
		dict, data = dict+"/Filter/FlateDecode", b.String()
	}
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", dict, len(data), data)
}

// Hex encodes s in the two-byte codes of the Unicode font.
func (d *Draft) Hex(s string) string {
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

// At shows s at a place; the font is F (regular), B (bold).
func (d *Draft) At(x, y float64, font, s string) string {
	return fmt.Sprintf("BT /%s 14 Tf 1 0 0 1 %g %g Tm %s Tj ET\n", font, x, y, d.Hex(s))
}

// Lines shows lines below each other, 18 points apart.
func (d *Draft) Lines(x, y float64, lines ...string) string {
	var b strings.Builder
	for i, s := range lines {
		b.WriteString(d.At(x, y-18*float64(i), "F", s))
	}
	return b.String()
}

// centered shows s in the middle between x0 and x1.
func (d *Draft) centered(x0, x1, y float64, font, s string) string {
	w := 7 * float64(len([]rune(s)))
	return d.At((x0+x1-w)/2, y, font, s)
}

// Page adds a page that draws content.
func (d *Draft) Page(content string) {
	c := d.Add(d.Stream("", content))
	d.Pages = append(d.Pages, d.Add(fmt.Sprintf("<</Type/Page/Parent %d 0 R/Contents %d 0 R>>", ObjectPages, c)))
}

// Finish writes the shared objects and returns their bodies.
func (d *Draft) Finish() []string {
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
	unicode := d.Add(d.Stream("", m.String()))
	kid := d.Add("<</Type/Font/Subtype/CIDFontType2/BaseFont/Times/DW 500/W[0[500 500] 3 5 500]>>")
	font := "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
	d.Set(ObjectFont, fmt.Sprintf(font, "TimesNewRoman", kid, unicode))
	d.Set(objectBold, fmt.Sprintf(font, "TimesNewRoman,Bold", kid, unicode))
	var kids strings.Builder
	for _, p := range d.Pages {
		fmt.Fprintf(&kids, "%d 0 R ", p)
	}
	d.Set(ObjectCatalog, fmt.Sprintf("<</Type/Catalog/Pages %d 0 R%s>>", ObjectPages, d.Catalog))
	d.Set(ObjectPages, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 595 842]/Resources<</Font<</F %d 0 R/B %d 0 R/L %d 0 R>>/XObject<</I %d 0 R>>>>>>",
		len(d.Pages), kids.String(), ObjectFont, objectBold, objectLegacy, ObjectImage))
	return d.Objects
}

// Bytes writes the file with a cross-reference table.
func (d *Draft) Bytes() []byte { return d.Write(d.Finish()) }

// Write writes the objects as a file.
func (d *Draft) Write(objects []string) []byte {
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
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, ObjectCatalog, ObjectInfo, d.Trailer, start)
	return b.Bytes()
}

// PackedBytes writes every object without a stream into an object stream and
// the trailer into a cross-reference stream.
func (d *Draft) PackedBytes() []byte {
	var b, heads, bodies bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	n := 0
	objects := d.Finish()
	for i, body := range objects {
		if strings.Contains(body, "stream\n") {
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
			continue
		}
		fmt.Fprintf(&heads, "%d %d ", i+1, bodies.Len())
		bodies.WriteString(body + "\n")
		n++
	}
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(objects)+1, d.Stream(fmt.Sprintf("/Type/ObjStm/N %d/First %d", n, heads.Len()), heads.String()+bodies.String()))
	start := b.Len()
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", len(objects)+2,
		d.Stream(fmt.Sprintf("/Type/XRef/Size %d/W[1 2 1]/Root %d 0 R/Info %d 0 R", len(objects)+2, ObjectCatalog, ObjectInfo), ""), start)
	return b.Bytes()
}

// Body fills a page from y down with justified prose of n lines, 65 characters
// each but the last, the first line indented.
func (d *Draft) Body(y float64, n int, seed string) string {
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
		b.WriteString(d.At(x, y-18*float64(i), "F", s))
	}
	return b.String()
}

// Official is a resolution of three pages with all usual parts.
func Official() *Draft {
	d := NewDraft()
	first := d.centered(70, 280, 790, "F", "ĐẢNG BỘ TỈNH BÌNH MINH") + d.centered(70, 280, 772, "B", "TỈNH ỦY") + d.centered(70, 280, 754, "F", "*") +
		d.centered(70, 280, 736, "F", "Số 12-NQ/TU") +
		d.centered(310, 540, 790, "B", "ĐẢNG CỘNG SẢN VIỆT NAM") + d.At(290, 736, "F", "Bình Minh, ngày 05 tháng 3 năm 2021") +
		d.centered(85, 540, 690, "B", "NGHỊ QUYẾT") + d.centered(85, 540, 672, "B", "về một việc thử nghiệm") +
		d.At(121, 630, "B", "I. TÌNH HÌNH") + d.Body(606, 6, "noi dung thu nghiem") + d.Body(490, 5, "mot doan khac nua") +
		// A paragraph that continues on the next page, with a footnote below it.
		d.Lines(121, 390, "Tỉnh ủy yêu cầu các cấp ủy trực thuộc quán triệt và thực hiện") +
		d.Lines(85, 372, "nghiêm túc nghị quyết này, kịp thời báo cáo những khó khăn, vướng") +
		"BT /F 9 Tf 1 0 0 1 85 70 Tm " + d.Hex("1 Ghi chú ở chân trang của tài liệu thử.") + " Tj ET\n"
	d.Page(first)
	d.Page(d.centered(85, 540, 810, "F", "2") + d.centered(85, 540, 40, "F", "Tài liệu lưu hành nội bộ") +
		d.Lines(85, 780, "mắc để Ban Thường vụ xem xét, chỉ đạo giải quyết theo thẩm quyền.") +
		d.At(121, 744, "F", "- Một là, làm tốt công tác tư tưởng;") + d.At(121, 720, "F", "- Hai là, đổi mới phương thức lãnh đạo.") +
		d.Body(690, 8, "noi dung trang hai") + d.Body(520, 8, "them mot doan dai"))
	d.Page(d.centered(85, 540, 810, "F", "3") + d.centered(85, 540, 40, "F", "Tài liệu lưu hành nội bộ") +
		d.Body(780, 6, "noi dung trang ba") + d.Body(660, 6, "doan cuoi cung day") +
		d.At(85, 500, "B", "Nơi nhận:") + d.At(85, 482, "F", "- Ban Bí thư;") + d.At(85, 464, "F", "- Lưu VPTU.") +
		d.centered(310, 540, 500, "B", "T/M TỈNH ỦY") + d.centered(310, 540, 482, "B", "BÍ THƯ") + d.centered(310, 540, 420, "B", "Nguyễn Văn A"))
	d.Page(d.centered(85, 540, 810, "F", "4") + d.centered(85, 540, 40, "F", "Tài liệu lưu hành nội bộ") + d.Table(700) + d.Body(500, 8, "phu luc kem theo"))
	return d
}

// Table draws two rows of three ruled cells with its top at y.
func (d *Draft) Table(y float64) string {
	var b strings.Builder
	for _, h := range []float64{0, 40, 100} {
		fmt.Fprintf(&b, "85 %g m 540 %g l S\n", y-h, y-h)
	}
	for _, x := range []float64{85, 125, 330, 540} {
		fmt.Fprintf(&b, "%g %g 0.5 100 re f\n", x, y-100)
	}
	b.WriteString(d.At(90, y-20, "B", "STT") + d.At(130, y-20, "B", "Nội dung") + d.At(335, y-20, "B", "Đơn vị"))
	b.WriteString(d.At(90, y-70, "F", "1") + d.At(130, y-60, "F", "Kiểm tra việc thực") + d.At(130, y-78, "F", "hiện nghị quyết") + d.At(335, y-70, "F", "Ủy ban Kiểm tra"))
	return b.String()
}
