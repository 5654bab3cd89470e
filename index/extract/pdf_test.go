package extract

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
)

func TestReadPDF(t *testing.T) {
	p := mustPDF(t, official().bytes())
	got := texts(p)
	want := []string{
		"ĐẢNG BỘ TỈNH BÌNH MINH\nTỈNH ỦY\nSố 12-NQ/TU",
		"ĐẢNG CỘNG SẢN VIỆT NAM\nBình Minh, ngày 05 tháng 3 năm 2021",
		"NGHỊ QUYẾT", "về một việc thử nghiệm", "I. TÌNH HÌNH",
	}
	if len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
		t.Errorf("begins %q\nwant %q", got[:min(len(got), len(want))], want)
	}
	for _, want := range []string{
		"Tỉnh ủy yêu cầu các cấp ủy trực thuộc quán triệt và thực hiện nghiêm túc nghị quyết này, kịp thời báo cáo những khó khăn, vướng mắc để Ban Thường vụ xem xét, chỉ đạo giải quyết theo thẩm quyền.",
		"1 Ghi chú ở chân trang của tài liệu thử.",
		"- Một là, làm tốt công tác tư tưởng;",
		"- Hai là, đổi mới phương thức lãnh đạo.",
		"Nơi nhận:\n- Ban Bí thư;\n- Lưu VPTU.",
		"T/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn A",
		"STT\tNội dung\tĐơn vị",
		"1\tKiểm tra việc thực hiện nghị quyết\tỦy ban Kiểm tra",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no block %q", want)
		}
	}
	for _, b := range p.Blocks {
		if strings.Contains(b.Text, "lưu hành nội bộ") || b.Text == "2" || b.Text == "3" {
			t.Errorf("furniture kept: %q", b.Text)
		}
		if strings.HasPrefix(b.Text, "- Một") && (b.Page != 2 || !b.Item) {
			t.Errorf("item on page %d, Item %v", b.Page, b.Item)
		}
		if b.Text == "I. TÌNH HÌNH" && b.Heading != 2 {
			t.Errorf("heading %d", b.Heading)
		}
	}
	if p.Title != "Test title" || p.Meta["doc:author"] != "Nư" {
		t.Errorf("Meta = %v", p.Meta)
	}
	if t.Failed() {
		t.Logf("%q", got)
	}
}

func TestReadPDFWhereverObjectsAre(t *testing.T) {
	want := texts(mustPDF(t, official().bytes()))
	plain := official()
	plain.plain = true
	whole := official().bytes()
	for name, data := range map[string][]byte{
		"object streams":    official().packedBytes(),
		"uncompressed":      plain.bytes(),
		"xref points wrong": bytes.Replace(whole, []byte("0000000"), []byte("0000099"), -1),
		"xref loop":         bytes.Replace(whole, []byte("/Root"), []byte("/Prev 9/Root"), -1),
		"no xref":           whole[:bytes.LastIndex(whole, []byte("xref\n0 "))],
		"lengths wrong":     bytes.Replace(whole, []byte("/Length "), []byte("/Length 9"), -1),
		"updated":           append(bytes.Clone(whole), fmt.Sprintf("%d 0 obj <</Title(Test title)>> endobj\n%%%%EOF", objectInfo)...),
	} {
		if name == "no xref" { // no trailer either: pages by their type
			data = append(data, "%%EOF"...)
		}
		p, err := readPDF(t.Context(), name, data, Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := texts(p); !slices.Equal(got, want) {
			t.Errorf("%s: %q\nwant %q", name, got, want)
		}
	}
}

func TestReadPDFText(t *testing.T) {
	for _, tt := range []struct {
		name    string
		content func(d *pdfDraft) string
		want    string
	}{
		{"decomposed", func(d *pdfDraft) string { return d.at(85, 700, "F", "nghi\u0323 quye\u0302\u0301t") }, "nghị quyết"},
		{"kerning and gaps", func(d *pdfDraft) string {
			return "BT /F 14 Tf 85 700 Td [" + d.hex("ngh") + " 40 " + d.hex("ị") + " -300 " + d.hex("quyết") + "] TJ ET"
		}, "nghị quyết"},
		{"drawn twice", func(d *pdfDraft) string {
			return d.at(85, 700, "F", "đậm giả") + d.at(85.3, 700, "F", "đậm giả")
		}, "đậm giả"},
		{"hyphen in a word", func(d *pdfDraft) string { return d.lines(85, 700, strings.Repeat("a ", 30)+"inter-", "national") },
			strings.Repeat("a ", 30) + "international"},
		{"hyphen between syllables", func(d *pdfDraft) string { return d.lines(85, 700, strings.Repeat("a ", 30)+"Tin-", "lành") },
			strings.Repeat("a ", 30) + "Tin-lành"},
		{"hyphen in a number", func(d *pdfDraft) string { return d.lines(85, 700, strings.Repeat("a ", 30)+"12-", "NQ/TU") },
			strings.Repeat("a ", 30) + "12-NQ/TU"},
		{"TCVN3 font", func(*pdfDraft) string { return "BT /L 14 Tf 85 700 Td (Ngh\xde quy\xd5t \xa7\xb6ng) Tj ET" }, "Nghị quyết Đảng"},
		{"word spacing", func(*pdfDraft) string { return "BT /L 14 Tf 3 Tw 85 700 Td (a b) Tj ET" }, "a b"},
		{"next line operators", func(d *pdfDraft) string {
			return "BT /F 14 Tf 16 TL 85 700 Td " + d.hex(strings.Repeat("x", 60)) + " Tj " + d.hex("hai") + " ' T* " + d.hex("ba") + " Tj ET"
		}, strings.Repeat("x", 60) + " hai\nba"},
		{"form", func(d *pdfDraft) string {
			f := d.add(d.stream(fmt.Sprintf("/Subtype/Form/Matrix[1 0 0 1 0 10]/Resources<</Font<</F %d 0 R>>>>", objectFont), d.at(85, 600, "F", "trong khung")))
			d.set(objectImage, fmt.Sprintf("%d 0 R", f))
			return "/I Do"
		}, "trong khung"},
		{"inline image", func(d *pdfDraft) string {
			return "BI /W 1 /H 1 ID \x01(\x02<<\x03 EI\n" + d.at(85, 600, "F", "sau hình")
		}, "sau hình"},
		{"pagination artifact", func(d *pdfDraft) string {
			return "/Artifact <</Type/Pagination>> BDC " + d.at(85, 800, "F", "đầu trang") + " EMC " + d.at(85, 600, "F", "thân bài")
		}, "thân bài"},
		{"letters drawn later", func(d *pdfDraft) string {
			return d.at(85, 700, "F", "ngh") + d.at(120, 700, "F", "quy") + d.at(106, 700, "B", "ị") + d.at(141, 700, "B", "ết")
		}, "nghị quyết"},
		{"columns out of step", func(d *pdfDraft) string {
			return d.lines(85, 700, "TỈNH ỦY A", "HUYỆN ỦY B", "Số 1-NQ/HU") + d.lines(330, 692, "ĐẢNG CỘNG SẢN VIỆT NAM", "B, ngày 1 tháng 2 năm", "2020")
		}, "TỈNH ỦY A\nHUYỆN ỦY B\nSố 1-NQ/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nB, ngày 1 tháng 2 năm 2020"},
		{"columns of prose", func(d *pdfDraft) string {
			var b strings.Builder
			for i := range 24 { // a gutter of 9 points
				y := 700 - 18*float64(i)
				b.WriteString(d.at(85, y, "F", strings.Repeat("a bc ", 6)+"trái") + d.at(332, y, "F", strings.Repeat("a bc ", 6)+"phải"))
			}
			return b.String()
		}, strings.TrimSpace(strings.Repeat(strings.Repeat("a bc ", 6)+"trái ", 24) + strings.Repeat(strings.Repeat("a bc ", 6)+"phải ", 24))},
		{"shading is no table", func(d *pdfDraft) string {
			return "0.9 g 80 580 200 40 re f 80 620 200 40 re f 0 g " + d.lines(85, 640, "Một dòng trên nền xám.", "Dòng nữa.")
		}, "Một dòng trên nền xám. Dòng nữa."},
		{"note mark", func(d *pdfDraft) string {
			return d.at(85, 600, "F", "đảng viên") + "BT /F 8 Tf 1 0 0 1 148.5 606 Tm " + d.hex("1") + " Tj ET"
		}, "đảng viên 1"},
		{"superscript", func(d *pdfDraft) string {
			return d.at(85, 600, "F", "100 m") + "BT /F 8 Tf 1 0 0 1 120 606 Tm " + d.hex("2") + " Tj ET"
		}, "100 m2"},
	} {
		d := newDraft()
		d.page(tt.content(d))
		p, err := readPDF(t.Context(), tt.name, d.bytes(), Limits{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := strings.Join(texts(p), "\n"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestReadPDFTurnedPage(t *testing.T) {
	d := newDraft()
	d.page("0 1 -1 0 595 0 cm " + d.lines(100, 500, "dòng một của trang ngang dài đủ để nối sang dòng tiếp theo", "dòng hai"))
	last := len(d.objects)
	d.set(last, strings.Replace(d.objects[last-1], "/Type/Page", "/Type/Page/Rotate 90", 1))
	if got := strings.Join(texts(mustPDF(t, d.bytes())), " "); got != "dòng một của trang ngang dài đủ để nối sang dòng tiếp theo dòng hai" {
		t.Errorf("%q", got)
	}
}

func TestReadPDFRejects(t *testing.T) {
	scan := func(text func(d *pdfDraft) string) []byte {
		d := newDraft()
		for range 3 {
			d.page("q 595 0 0 842 0 0 cm /I Do Q " + text(d))
		}
		return d.bytes()
	}
	strips := newDraft()
	strips.page(strings.Repeat("q 595 0 0 60 0 0 cm /I Do Q ", 14) + strips.at(300, 800, "F", "Trang đầu"))
	locked := official()
	locked.trailer = "/Encrypt<</Filter/Standard/V 2/R 3>>"
	nameless := newDraft()
	nameless.page(nameless.body(700, 20, "khong co bang ma"))
	noUnicode := bytes.ReplaceAll(nameless.bytes(), []byte("/ToUnicode"), []byte("/ToNothing"))
	noPages := newDraft()
	whole := official().bytes()
	for _, tt := range []struct {
		name string
		data []byte
		code string
	}{
		{"scan", scan(func(*pdfDraft) string { return "" }), CodeNoTextLayer},
		{"scan in strips", strips.bytes(), CodeNoTextLayer},
		{"scan with stamp", scan(func(d *pdfDraft) string {
			return d.lines(300, 800, "Người ký: Tỉnh ủy Bình Minh", "Email: tinhuy@example.vn", "Cơ quan: Tỉnh Bình Minh", "Thời gian ký: 05.03.2021 10:00:00 +07:00")
		}), CodeNoTextLayer},
		{"scan with page numbers", scan(func(d *pdfDraft) string { return d.at(300, 800, "F", "Trang 1") }), CodeNoTextLayer},
		{"no Unicode", noUnicode, CodeNoTextLayer},
		{"encrypted", locked.bytes(), CodeEncrypted},
		{"no pages", noPages.bytes(), CodeDamaged},
		{"head only", []byte("%PDF-1.7\n"), CodeDamaged},
		{"cut in the middle", whole[:len(whole)/2], CodeDamaged},
		{"page missing", bytes.Replace(whole, []byte("/Kids["), []byte("/Kids[999 0 R "), 1), CodeDamaged},
	} {
		_, err := readPDF(t.Context(), tt.name, tt.data, Limits{})
		var rej *Reject
		if !errors.As(err, &rej) || rej.Code != tt.code {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
}

func TestReadPDFStampBesideText(t *testing.T) {
	d := newDraft()
	d.page("q 595 0 0 842 0 0 cm /I Do Q " + d.at(300, 800, "F", "Người ký: Tỉnh ủy Bình Minh") + d.at(300, 784, "F", "Thời gian ký: 05.03.2021 10:00:00") + d.body(700, 10, "noi dung van ban"))
	p := mustPDF(t, d.bytes())
	for _, b := range p.Blocks {
		if strings.Contains(b.Text, "ký:") != b.Furniture {
			t.Errorf("%q: Furniture %v", b.Text, b.Furniture)
		}
	}
}

func TestPDFFilters(t *testing.T) {
	text := strings.Repeat("BT /F 12 Tf (abc) Tj ET ", 40)
	var a85 bytes.Buffer
	w := ascii85.NewEncoder(&a85)
	w.Write([]byte(text))
	w.Close()
	var flate bytes.Buffer
	z := zlib.NewWriter(&flate)
	for i := 0; i < len(text); i += 24 { // PNG, each row as the difference to the one above
		z.Write([]byte{2})
		for j := range 24 {
			above := byte(0)
			if i > 0 {
				above = text[i-24+j]
			}
			z.Write([]byte{text[i+j] - above})
		}
	}
	z.Close()
	for _, tt := range []struct {
		filter, params string
		data           string
	}{
		{"ASCIIHexDecode", "", fmt.Sprintf("%x>", text)},
		{"ASCII85Decode", "", a85.String() + "~>"},
		{"RunLengthDecode", "", "\x7f" + text[:128] + "\x7f" + text[128:256] + "\x80"},
		{"FlateDecode", "<</Predictor 12/Columns 24>>", flate.String()},
		// ISO 32000-1, 7.4.4.2, example 1.
		{"LZWDecode", "", "\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"},
	} {
		f := &pdfFile{ctx: t.Context(), lim: DefaultLimits()}
		lx := pdfLexer{file: f, data: []byte(tt.params)}
		params := lx.value(0)
		if params == pdfEnd {
			params = nil
		}
		got := string(f.decode(&pdfStream{dict: pdfDict{"Filter": pdfName(tt.filter), "DecodeParms": params}, raw: []byte(tt.data)}))
		want := text
		switch tt.filter {
		case "RunLengthDecode":
			want = text[:256]
		case "LZWDecode":
			want = "-----A---B"
		}
		if got != want {
			t.Errorf("%s: %q, want %q", tt.filter, got, want)
		}
	}
}

func TestGlyphText(t *testing.T) {
	for name, want := range map[string]string{
		"a": "a", "space": " ", "acircumflexacute": "ấ", "ohorndotbelow": "ợ", "uni1EC7": "ệ", "u1EC7": "ệ", "dcroat": "đ",
		"Abrevehookabove": "Ẳ", "quotedblleft": "“", "a.sc": "a", "g123": "", "": "", "one.alt": "1",
	} {
		if got := glyphText(name); got != want {
			t.Errorf("glyphText(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestReadPDFOfOffices reads real documents; the figures are what a reader of
// the printed pages counts.
func TestReadPDFOfOffices(t *testing.T) {
	dir := shareddata.Path(t, "documents")
	for _, tt := range []struct {
		file            string
		pages, articles int // paragraphs that begin "Điều N."
		blocks          []string
	}{
		{"quy-dinh-tinh-uy-thanh-hoa.pdf", 48, 33, []string{"TỈNH ỦY THANH HÓA\nSố -QĐ/TU", "ĐẢNG CỘNG SẢN VIỆT NAM\nThanh Hóa, ngày tháng 6 năm 2026", "QUY ĐỊNH", "Điều 1. Mục đích"}},
		{"nghi-dinh-335-2025.pdf", 19, 29, []string{"CHÍNH PHỦ\nSố: 335/2025/NĐ-CP", "NGHỊ ĐỊNH", "Điều 1. Phạm vi điều chỉnh"}},
	} {
		data, err := os.ReadFile(filepath.Join(dir, tt.file))
		if err != nil {
			t.Fatal(err)
		}
		p := mustPDF(t, data)
		articles := 0
		for _, b := range p.Blocks {
			if strings.HasPrefix(b.Text, "Điều ") && b.Heading > 0 {
				articles++
			}
			if _, ok := pageNumber(b.Text); ok && !b.Furniture && strings.HasPrefix(b.Text, "-") {
				t.Errorf("%s: page number %q kept", tt.file, b.Text)
			}
		}
		if last := p.Blocks[len(p.Blocks)-1].Page; last != tt.pages || articles != tt.articles {
			t.Errorf("%s: %d pages, %d articles; want %d, %d", tt.file, last, articles, tt.pages, tt.articles)
		}
		for _, want := range tt.blocks {
			if !slices.Contains(texts(p), want) {
				t.Errorf("%s: no block %q", tt.file, want)
			}
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "chi-thi-29-tu-scan.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	var rej *Reject
	if _, err := readPDF(t.Context(), "scan", data, Limits{}); !errors.As(err, &rej) || rej.Code != CodeNoTextLayer {
		t.Errorf("the scan: %v", err)
	}
}

func FuzzPDF(f *testing.F) {
	f.Add(official().bytes())
	plain := newDraft()
	plain.plain = true
	plain.page(plain.table(700))
	f.Add(plain.bytes())
	f.Add(plain.packedBytes())
	readable := official()
	readable.plain = true
	f.Add(readable.bytes())
	lim := Limits{Bytes: 1 << 20, Entities: 10_000, Pages: 100}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := readPDF(t.Context(), "fuzz.pdf", data, lim)
		checkRead(t, p, err)
	})
}

func BenchmarkReadPDF(b *testing.B) {
	run := func(name string, data []byte) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			pages := 0
			for b.Loop() {
				p, err := readPDF(b.Context(), name, data, Limits{})
				if err != nil {
					b.Fatal(err)
				}
				pages += p.Blocks[len(p.Blocks)-1].Page
			}
			b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
		})
	}
	run("made", official().bytes())
	for _, file := range []string{"quy-dinh-tinh-uy-thanh-hoa.pdf", "nghi-dinh-335-2025.pdf"} {
		data, err := os.ReadFile(shareddata.Path(b, "documents", file))
		if err != nil {
			b.Skip(err)
		}
		run(file, data)
	}
}

func mustPDF(t *testing.T, data []byte) *Page {
	t.Helper()
	p, err := readPDF(t.Context(), "test.pdf", data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
