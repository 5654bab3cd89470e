package pdf

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
	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

func TestReadPDF(t *testing.T) {
	p := mustPDF(t, pagetest.Official().Bytes())
	got := pagetest.Texts(p)
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
		if strings.Contains(b.Text, "lưu hành nội bộ") != b.Running || b.Text == "2" || b.Text == "3" {
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
	want := pagetest.Texts(mustPDF(t, pagetest.Official().Bytes()))
	plain := pagetest.Official()
	plain.Plain = true
	whole := pagetest.Official().Bytes()
	for name, data := range map[string][]byte{
		"object streams":    pagetest.Official().PackedBytes(),
		"uncompressed":      plain.Bytes(),
		"xref points wrong": bytes.Replace(whole, []byte("0000000"), []byte("0000099"), -1),
		"xref loop":         bytes.Replace(whole, []byte("/Root"), []byte("/Prev 9/Root"), -1),
		"no xref":           whole[:bytes.LastIndex(whole, []byte("xref\n0 "))],
		"lengths wrong":     bytes.Replace(whole, []byte("/Length "), []byte("/Length 9"), -1),
		"updated":           append(bytes.Clone(whole), fmt.Sprintf("%d 0 obj <</Title(Test title)>> endobj\n%%%%EOF", pagetest.ObjectInfo)...),
	} {
		if name == "no xref" { // no trailer either: pages by their type
			data = append(data, "%%EOF"...)
		}
		p, err := Read(t.Context(), name, data, page.Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := pagetest.Texts(p); !slices.Equal(got, want) {
			t.Errorf("%s: %q\nwant %q", name, got, want)
		}
	}
}

func TestReadPDFText(t *testing.T) {
	for _, tt := range []struct {
		name    string
		content func(d *pagetest.Draft) string
		want    string
	}{
		{"decomposed", func(d *pagetest.Draft) string { return d.At(85, 700, "F", "nghi\u0323 quye\u0302\u0301t") }, "nghị quyết"},
		{"kerning and gaps", func(d *pagetest.Draft) string {
			return "BT /F 14 Tf 85 700 Td [" + d.Hex("ngh") + " 40 " + d.Hex("ị") + " -300 " + d.Hex("quyết") + "] TJ ET"
		}, "nghị quyết"},
		{"drawn twice", func(d *pagetest.Draft) string {
			return d.At(85, 700, "F", "đậm giả") + d.At(85.3, 700, "F", "đậm giả")
		}, "đậm giả"},
		{"each letter drawn twice", func(d *pagetest.Draft) string {
			var b strings.Builder
			for i, r := range []rune("số 3500-NQ") {
				b.WriteString(d.At(85+7*float64(i), 700, "F", string(r)) + d.At(85.4+7*float64(i), 700, "F", string(r)))
			}
			return b.String()
		}, "số 3500-NQ"},
		{"letters set apart", func(d *pagetest.Draft) string {
			return "BT /F 14 Tf 4 Tc 85 700 Td " + d.Hex("QUYẾT ĐỊNH 2020") + " Tj 0 Tc ET" + d.At(85, 680, "F", "a b c d e")
		}, "QUYẾT ĐỊNH 2020 a b c d e"},
		{"letters set apart without spaces", func(d *pagetest.Draft) string {
			return "BT /F 14 Tf 3 Tc 85 700 Td " + d.Hex("QUYẾT") + " Tj 12 0 Td " + "ET BT 1 0 0 1 142 700 Tm " + d.Hex("ĐỊNH") + " Tj 0 Tc ET"
		}, "QUYẾT ĐỊNH"},
		{"figures apart", func(d *pagetest.Draft) string {
			return "BT /F 14 Tf 6 Tc 85 700 Td " + d.Hex("123456") + " Tj 0 Tc ET" + d.At(85, 680, "F", "hàng số của bảng")
		}, "1 2 3 4 5 6 hàng số của bảng"},
		{"hyphen in a word", func(d *pagetest.Draft) string { return d.Lines(85, 700, strings.Repeat("a ", 30)+"inter-", "national") },
			strings.Repeat("a ", 30) + "international"},
		{"hyphen between syllables", func(d *pagetest.Draft) string { return d.Lines(85, 700, strings.Repeat("a ", 30)+"Tin-", "lành") },
			strings.Repeat("a ", 30) + "Tin-lành"},
		{"hyphen in a number", func(d *pagetest.Draft) string { return d.Lines(85, 700, strings.Repeat("a ", 30)+"12-", "NQ/TU") },
			strings.Repeat("a ", 30) + "12-NQ/TU"},
		{"TCVN3 font", func(*pagetest.Draft) string { return "BT /L 14 Tf 85 700 Td (Ngh\xde quy\xd5t \xa7\xb6ng) Tj ET" }, "Nghị quyết Đảng"},
		{"word spacing", func(*pagetest.Draft) string { return "BT /L 14 Tf 3 Tw 85 700 Td (a b) Tj ET" }, "a b"},
		{"next line operators", func(d *pagetest.Draft) string {
			return "BT /F 14 Tf 16 TL 85 700 Td " + d.Hex(strings.Repeat("x", 60)) + " Tj " + d.Hex("hai") + " ' T* " + d.Hex("ba") + " Tj ET"
		}, strings.Repeat("x", 60) + " hai\nba"},
		{"form", func(d *pagetest.Draft) string {
			f := d.Add(d.Stream(fmt.Sprintf("/Subtype/Form/Matrix[1 0 0 1 0 10]/Resources<</Font<</F %d 0 R>>>>", pagetest.ObjectFont), d.At(85, 600, "F", "trong khung")))
			d.Set(pagetest.ObjectImage, fmt.Sprintf("%d 0 R", f))
			return "/I Do"
		}, "trong khung"},
		{"inline image", func(d *pagetest.Draft) string {
			return "BI /W 1 /H 1 ID \x01(\x02<<\x03 EI\n" + d.At(85, 600, "F", "sau hình")
		}, "sau hình"},
		{"pagination artifact", func(d *pagetest.Draft) string {
			return "/Artifact <</Type/Pagination>> BDC " + d.At(85, 800, "F", "đầu trang") + " EMC " + d.At(85, 600, "F", "thân bài")
		}, "thân bài\nđầu trang"},
		{"letters drawn later", func(d *pagetest.Draft) string {
			return d.At(85, 700, "F", "ngh") + d.At(120, 700, "F", "quy") + d.At(106, 700, "B", "ị") + d.At(141, 700, "B", "ết")
		}, "nghị quyết"},
		{"columns out of step", func(d *pagetest.Draft) string {
			return d.Lines(85, 700, "TỈNH ỦY A", "HUYỆN ỦY B", "Số 1-NQ/HU") + d.Lines(330, 692, "ĐẢNG CỘNG SẢN VIỆT NAM", "B, ngày 1 tháng 2 năm", "2020")
		}, "TỈNH ỦY A\nHUYỆN ỦY B\nSố 1-NQ/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nB, ngày 1 tháng 2 năm 2020"},
		{"columns of prose", func(d *pagetest.Draft) string {
			var b strings.Builder
			for i := range 24 { // a gutter of 9 points
				y := 700 - 18*float64(i)
				b.WriteString(d.At(85, y, "F", strings.Repeat("a bc ", 6)+"trái") + d.At(332, y, "F", strings.Repeat("a bc ", 6)+"phải"))
			}
			return b.String()
		}, strings.TrimSpace(strings.Repeat(strings.Repeat("a bc ", 6)+"trái ", 24) + strings.Repeat(strings.Repeat("a bc ", 6)+"phải ", 24))},
		{"shading is no table", func(d *pagetest.Draft) string {
			return "0.9 g 80 580 200 40 re f 80 620 200 40 re f 0 g " + d.Lines(85, 640, "Một dòng trên nền xám.", "Dòng nữa.")
		}, "Một dòng trên nền xám. Dòng nữa."},
		{"note mark", func(d *pagetest.Draft) string {
			return d.At(85, 600, "F", "đảng viên") + "BT /F 8 Tf 1 0 0 1 148.5 606 Tm " + d.Hex("1") + " Tj ET"
		}, "đảng viên"},
		{"note mark at a figure", func(d *pagetest.Draft) string {
			return d.At(85, 600, "F", "đạt 320") + "BT /F 8 Tf 1 0 0 1 134 606 Tm " + d.Hex("1") + " Tj ET" + d.At(138, 600, "F", "% so")
		}, "đạt 320% so"},
		{"fraction", func(d *pagetest.Draft) string {
			return d.At(85, 600, "F", "2") + "BT /F 8 Tf 1 0 0 1 92 606 Tm " + d.Hex("1") + " Tj ET" + d.At(96, 600, "F", "/2 ha")
		}, "2 1/2 ha"},
		{"a mark raised by half of its size, and nearly as large", func(d *pagetest.Draft) string {
			shown := func(size, rise int, text string) string {
				return fmt.Sprintf("/F %d Tf %d Ts %s Tj ", size, rise, d.Hex(text))
			}
			return "BT 1 0 0 1 85 600 Tm " + shown(11, 0, "đạt 320") + shown(9, 6, "1") + shown(11, 0, " triệu, 12 km") + shown(9, 6, "2") + shown(11, 0, " ở đây") + "ET" +
				d.At(85, 580, "F", "dòng sau")
		}, "đạt 320 triệu, 12 km2 ở đây\ndòng sau"},
		{"superscript", func(d *pagetest.Draft) string {
			return d.At(85, 600, "F", "100 m") + "BT /F 8 Tf 1 0 0 1 120 606 Tm " + d.Hex("2") + " Tj ET"
		}, "100 m2"},
	} {
		d := pagetest.NewDraft()
		d.Page(tt.content(d))
		p, err := Read(t.Context(), tt.name, d.Bytes(), page.Limits{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := strings.Join(pagetest.Texts(p), "\n"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestFootnotes: the notes of a page follow the paragraph that continues over its
// end; a note may itself continue.
func TestFootnotes(t *testing.T) {
	d := pagetest.NewDraft()
	line := strings.Repeat("dòng đầy chữ ", 6)
	small := func(y float64, text string) string {
		return fmt.Sprintf("BT /F 10 Tf 1 0 0 1 85 %g Tm %s Tj ET ", y, d.Hex(text))
	}
	page := func(ends string, notes ...string) {
		var lines []string
		for range 6 {
			lines = append(lines, strings.Repeat(string(rune('a'+len(d.Objects)))+" ", 3)+line)
		}
		content := d.Lines(85, 700, append(lines, ends)...)
		for i, n := range notes {
			content += small(120-14*float64(i), n)
		}
		d.Page(content)
	}
	rest := strings.Repeat("và những trang sau của tập ", 4)
	page("q q q "+strings.Repeat("chữ đầy dòng ", 6)+"sang", "1 Văn kiện Đại hội, tập 2, trang 40, nói về", "2 Sđd, tr. 7, "+rest+"sách")
	page("trang. ", "ấy, tr. 8.", "3 Sđd, tr. 9.")
	page("Hết.")
	p := mustPDF(t, d.Bytes())
	var got []string
	for _, b := range p.Blocks {
		text := b.Text
		if i := strings.LastIndex(text, "chữ "); i > 0 {
			text = "… " + text[i+len("chữ "):]
		}
		if b.Note {
			text = "[" + text + "]"
		}
		got = append(got, fmt.Sprint(b.Page, " ", text))
	}
	want := "1 … trang.|1 [1 Văn kiện Đại hội, tập 2, trang 40, nói về]|1 [2 Sđd, tr. 7, " + rest + "sách ấy, tr. 8.]|2 [3 Sđd, tr. 9.]|3 … Hết."
	if got := strings.Join(got, "|"); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestReadPDFTurnedPage(t *testing.T) {
	d := pagetest.NewDraft()
	d.Page("0 1 -1 0 595 0 cm " + d.Lines(100, 500, "dòng một của trang ngang dài đủ để nối sang dòng tiếp theo", "dòng hai"))
	last := len(d.Objects)
	d.Set(last, strings.Replace(d.Objects[last-1], "/Type/Page", "/Type/Page/Rotate 90", 1))
	if got := strings.Join(pagetest.Texts(mustPDF(t, d.Bytes())), " "); got != "dòng một của trang ngang dài đủ để nối sang dòng tiếp theo dòng hai" {
		t.Errorf("%q", got)
	}
}

func TestReadPDFRejects(t *testing.T) {
	scan := func(text func(d *pagetest.Draft) string) []byte {
		d := pagetest.NewDraft()
		for range 3 {
			d.Page("q 595 0 0 842 0 0 cm /I Do Q " + text(d))
		}
		return d.Bytes()
	}
	strips := pagetest.NewDraft()
	strips.Page(strings.Repeat("q 595 0 0 60 0 0 cm /I Do Q ", 14) + strips.At(300, 800, "F", "Trang đầu"))
	locked := pagetest.Official()
	locked.Trailer = "/Encrypt<</Filter/Standard/V 2/R 3>>"
	nameless := pagetest.NewDraft()
	nameless.Page(nameless.Body(700, 20, "khong co bang ma"))
	noUnicode := bytes.ReplaceAll(nameless.Bytes(), []byte("/ToUnicode"), []byte("/ToNothing"))
	noPages := pagetest.NewDraft()
	whole := pagetest.Official().Bytes()
	for _, tt := range []struct {
		name string
		data []byte
		code string
	}{
		{"scan", scan(func(*pagetest.Draft) string { return "" }), page.CodeNoTextLayer},
		{"scan in strips", strips.Bytes(), page.CodeNoTextLayer},
		{"scan with stamp", scan(func(d *pagetest.Draft) string {
			return d.Lines(300, 800, "Người ký: Tỉnh ủy Bình Minh", "Email: tinhuy@example.vn", "Cơ quan: Tỉnh Bình Minh", "Thời gian ký: 05.03.2021 10:00:00 +07:00")
		}), page.CodeNoTextLayer},
		{"scan with page numbers", scan(func(d *pagetest.Draft) string { return d.At(300, 800, "F", "Trang 1") }), page.CodeNoTextLayer},
		{"no Unicode", noUnicode, page.CodeNoTextLayer},
		{"encrypted", locked.Bytes(), page.CodeEncrypted},
		{"no pages", noPages.Bytes(), page.CodeDamaged},
		{"head only", []byte("%PDF-1.7\n"), page.CodeDamaged},
		{"cut in the middle", whole[:len(whole)/2], page.CodeDamaged},
		{"page missing", bytes.Replace(whole, []byte("/Kids["), []byte("/Kids[999 0 R "), 1), page.CodeDamaged},
	} {
		_, err := Read(t.Context(), tt.name, tt.data, page.Limits{})
		var rej *page.Reject
		if !errors.As(err, &rej) || rej.Code != tt.code {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
}

func TestReadPDFStampBesideText(t *testing.T) {
	d := pagetest.NewDraft()
	d.Page("q 595 0 0 842 0 0 cm /I Do Q " + d.At(300, 800, "F", "Người ký: Tỉnh ủy Bình Minh") + d.At(300, 784, "F", "Thời gian ký: 05.03.2021 10:00:00") + d.Body(700, 10, "noi dung van ban"))
	p := mustPDF(t, d.Bytes())
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
	for i := 0; i < len(text); i += 24 { // PNG: each row is the difference from the one above
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
		f := &pdfFile{ctx: t.Context(), lim: page.DefaultLimits()}
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

// TestReadPDFOfOffices reads real documents; the numbers were counted in the
// printed pages.
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
			if _, _, ok := pageNumber(b.Text); ok && !b.Furniture && strings.HasPrefix(b.Text, "-") {
				t.Errorf("%s: page number %q kept", tt.file, b.Text)
			}
		}
		if last := p.Blocks[len(p.Blocks)-1].Page; last != tt.pages || articles != tt.articles {
			t.Errorf("%s: %d pages, %d articles; want %d, %d", tt.file, last, articles, tt.pages, tt.articles)
		}
		for _, want := range tt.blocks {
			if !slices.Contains(pagetest.Texts(p), want) {
				t.Errorf("%s: no block %q", tt.file, want)
			}
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "chi-thi-29-tu-scan.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	var rej *page.Reject
	if _, err := Read(t.Context(), "scan", data, page.Limits{}); !errors.As(err, &rej) || rej.Code != page.CodeNoTextLayer {
		t.Errorf("the scan: %v", err)
	}
}

func FuzzPDF(f *testing.F) {
	f.Add(pagetest.Official().Bytes())
	plain := pagetest.NewDraft()
	plain.Plain = true
	plain.Page(plain.Table(700))
	f.Add(plain.Bytes())
	f.Add(plain.PackedBytes())
	readable := pagetest.Official()
	readable.Plain = true
	f.Add(readable.Bytes())
	lim := page.Limits{Bytes: 1 << 20, Entities: 10_000, Pages: 100}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Read(t.Context(), "fuzz.pdf", data, lim)
		pagetest.Check(t, p, err)
	})
}

func BenchmarkReadPDF(b *testing.B) {
	run := func(name string, data []byte) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			pages := 0
			for b.Loop() {
				p, err := Read(b.Context(), name, data, page.Limits{})
				if err != nil {
					b.Fatal(err)
				}
				pages += p.Blocks[len(p.Blocks)-1].Page
			}
			b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
		})
	}
	run("made", pagetest.Official().Bytes())
	for _, file := range []string{"quy-dinh-tinh-uy-thanh-hoa.pdf", "nghi-dinh-335-2025.pdf"} {
		data, err := os.ReadFile(shareddata.Path(b, "documents", file))
		if err != nil {
			b.Skip(err)
		}
		run(file, data)
	}
}

func mustPDF(t *testing.T, data []byte) *page.Page {
	t.Helper()
	p, err := Read(t.Context(), "test.pdf", data, page.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
