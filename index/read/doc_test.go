package read

import (
	"bytes"
	"encoding/binary"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

// testDOC is a file that LibreOffice 7.4 wrote of an invented resolution, with
// the head of its text at docHead.
func testDOC(t testing.TB) (data []byte, docHead int) {
	t.Helper()
	data, err := os.ReadFile("testdata/resolution.doc")
	if err != nil {
		t.Fatal(err)
	}
	docHead = bytes.Index(data, []byte{0xEC, 0xA5})
	if docHead < 0 {
		t.Fatal("no head in the test file")
	}
	return data, docHead
}

func TestReadDOC(t *testing.T) {
	data, _ := testDOC(t)
	p, err := Document(t.Context(), NewInput("a.doc", 0, data), page.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	const want = "TỈNH ỦY ĐÔNG HẢI\nSố 12-NQ/TU|ĐẢNG CỘNG SẢN VIỆT NAM|NGHỊ QUYẾT VỀ NUÔI TRỒNG|" +
		"Đạt 320 triệu đồng, mở ao nuôi.|TT\tTên\tSố hộ\tGhi chú|1\tXã Bình\t120|" +
		"Công tác cán bộ, tư tưởng|Hết.|Theo báo cáo của sở."
	if got := strings.Join(pagetest.Texts(p), "|"); got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
	last := p.Blocks[len(p.Blocks)-1]
	if last.Text != "Lưu hành nội bộ" || !last.Furniture {
		t.Errorf("the running head is %+v", last)
	}
	if p.Blocks[2].Heading == 0 {
		t.Error("the bold centred line is no heading")
	}
}

// TestReadDOCUpperCase reads a file whose names of streams a program wrote in
// capitals.
func TestReadDOCUpperCase(t *testing.T) {
	data, _ := testDOC(t)
	upper := func(s string) []byte {
		return []byte(strings.TrimPrefix(utf16Text(binary.LittleEndian, s), "\xff\xfe"))
	}
	data = bytes.Replace(data, upper("WordDocument"), upper("WORDDOCUMENT"), 1)
	data = bytes.Replace(data, upper("1Table"), upper("1TABLE"), 1)
	if p, err := Document(t.Context(), NewInput("a.doc", 0, data), page.Limits{}); err != nil || !strings.Contains(strings.Join(pagetest.Texts(p), " "), "NGHỊ QUYẾT") {
		t.Errorf("%v, %v", p, err)
	}
}

func TestReadDOCRejects(t *testing.T) {
	whole, head := testDOC(t)
	with := func(offset int, b ...byte) []byte {
		data := bytes.Clone(whole)
		copy(data[head+offset:], b)
		return data
	}
	for _, tt := range []struct {
		name string
		data []byte
		code string
	}{
		{"encrypted", with(fibFlags, 0, whole[head+fibFlags+1]|1), page.CodeEncrypted},
		{"Word 95", with(0, 0xDC), page.CodeUnsupported},
		{"Word 6 of Japan", with(0, 0x97, 0xA6), page.CodeUnsupported},
		{"no head", with(0, 0, 0), page.CodeDamaged},
		{"no pieces", with(fibOffsets+8*pairPieces+4, 0, 0, 0, 0), page.CodeDamaged},
		{"pieces outside", with(fibOffsets+8*pairPieces, 0xFF, 0xFF, 0xFF, 0x7F), page.CodeDamaged},
		{"cut", whole[:600], page.CodeDamaged},
		{"magic only", []byte(oleMagic), page.CodeDamaged},
	} {
		rejects(t, tt.name, NewInput("a.doc", 0, tt.data), tt.code)
	}
}

// TestDOCTables: tables inside tables, and properties that a quick save stores only
// beside the pieces of the text.
func TestDOCTables(t *testing.T) {
	cell, row := sprm(0x244B, 1), sprm(0x244C, 1)
	const cellMark = "\x07"
	rowEnd := inTable(1, sprm(0x2417, 1))
	simple := func(n, v uint16) uint16 { return v<<8 | n<<1 }
	plain := func(text string) draftPara { return draftPara{text: text + "\r"} }
	outer := func(text string) draftPara { return draftPara{text: text + cellMark, props: inTable(1)} }
	inner := func(text string) draftPara { return draftPara{text: text + "\r", props: inTable(2, cell)} }
	innerEnd := draftPara{text: "\r", props: inTable(2, cell, row)}
	for _, tt := range []struct {
		name  string
		paras []draftPara
		want  string
	}{
		{"a table in a cell", []draftPara{plain("đầu"), inner("1"), inner("2"), innerEnd, inner("3"), inner(""), innerEnd, outer("sau"), outer("b"), {text: cellMark, props: rowEnd}, plain("cuối")},
			"đầu|1\t2|3|sau|b|cuối"},
		{"in a row of figures", []draftPara{outer("a"), inner("1"), inner("2"), innerEnd, outer("x"), outer("c"), outer("d"), {text: cellMark, props: rowEnd}},
			"a\t1 2 x\tc\td"},
		{"merged cells by their edges", []draftPara{outer("TT"), outer("Thu"), outer("Ghi"), {text: cellMark, props: append(slices.Clone(rowEnd), rowEdges(-100, 1000, 3000, 4000)...)},
			outer("1"), outer("12"), outer("13"), outer("x"), {text: cellMark, props: append(slices.Clone(rowEnd), rowEdges(-100, 1000, 2000, 3000, 4000)...)}}, "TT\tThu\t\tGhi|1\t12\t13\tx"},
		{"deeper than any reader", []draftPara{{text: "a\r", props: inTable(200)}, plain("b")}, "a|b"},
		{"in a table by its piece", []draftPara{{text: "a" + cellMark, modifier: simple(0x18, 1)}, {text: "b" + cellMark, modifier: simple(0x18, 1)},
			{text: "c" + cellMark, modifier: simple(0x18, 1)}, {text: "d" + cellMark, modifier: simple(0x18, 1)}, {text: cellMark, modifier: 1}, plain("e")}, "a\tb\tc\td|e"},
		{"not in one", []draftPara{{text: "a" + cellMark, props: inTable(1), modifier: simple(0x19, 0)}, {text: "b\r", props: sprm(0x2416, 1), modifier: simple(0x18, 0)}}, "a|b"},
		{"hidden by its piece", []draftPara{plain("a"), {text: "b\r", modifier: simple(0x5C, 1)}, plain("c")}, "a|c"},
		{"hidden as the opposite of its style", []draftPara{plain("a"), {text: "b\r", modifier: simple(0x5C, 0x81)}, {text: "c\r", modifier: simple(0x5C, 0x80)}}, "a|c"},
		{"deleted by a list", []draftPara{plain("a"), {text: "b\r", modifier: 3}, plain("c")}, "a|c"},
		{"a deleted mark of a paragraph", []draftPara{{text: "đạt 1"}, {text: "\r", modifier: 3}, plain("5 triệu"), {text: "b\r", modifier: 3}, plain("c")}, "đạt 15 triệu|c"},
		{"a dropped capital", []draftPara{{text: "Đ\r", props: []byte{0x2C, 0x44, 0x19, 0}}, plain("ảng bộ"), plain("sau")}, "Đảng bộ|sau"},
		{"a paragraph of two pieces is what its mark is", []draftPara{plain("x"), {text: "a", props: inTable(1)}, plain("b")}, "x|ab"},
		{"no such list", []draftPara{{text: "a\r", modifier: 9}}, "a"},
	} {
		lists := [][]byte{append(sprm(0x2416, 1), sprm(0x2417, 1)...), sprm(0x0800, 1)}
		p, err := readDOCStreams(t.Context(), "a.doc", draftDOC(lists, tt.paras...), page.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := strings.Join(pagetest.Texts(p), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestReadDOCNamedSo reads web pages that are named as Word documents.
func TestReadDOCNamedSo(t *testing.T) {
	const html = "<html><body><p>Nội dung văn bản</p></body></html>"
	for name, data := range map[string]string{"UTF-8": html, "with a mark": "\ufeff" + html, "UTF-16": utf16Text(binary.LittleEndian, html), "UTF-16, big end first": utf16Text(binary.BigEndian, html)} {
		p, err := Document(t.Context(), NewInput("a.doc", 0, []byte(data)), page.DefaultLimits())
		if err != nil || !strings.Contains(strings.Join(pagetest.Texts(p), "|"), "Nội dung văn bản") {
			t.Errorf("%s: %v, %v", name, p, err)
		}
	}
	for name, want := range map[string]string{"\x00\x00\x00": page.CodeDamaged, "{}": page.CodeDamaged, "\xffWPC\x10": page.CodeUnsupported, "\xdb\xa5-\x00\x31": page.CodeUnsupported} {
		rejects(t, name, NewInput("a.doc", 0, []byte(name)), want)
	}
}

// utf16Text is text in UTF-16 with its mark.
func utf16Text(order binary.AppendByteOrder, s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func TestReadLevel(t *testing.T) {
	b := make([]byte, 28, 64)
	b[0], b[4] = 3, 2 // from 3, in small Roman numerals
	b[5], b[26] = 0x0C, 1
	article := append(bytes.Clone(b), 2, 0, 'a', 0, 0, 0) // its number is last
	for _, tt := range []struct {
		level []byte
		want  string
	}{
		{append(b, 3, 0, 'a', 0, 0, 0, ')', 0), "a%1)"},
		{article, "a%1"},
	} {
		l, rest := readLevel(append(tt.level, 9))
		if l.Start.text() != "3" || l.Format.text() != "lowerRoman" || l.Text.text() != tt.want || l.Restart.text() != "1" || !l.Legal.on() || len(rest) != 1 {
			t.Errorf("%s %s %s %s %v, want %s", l.Start.text(), l.Format.text(), l.Text.text(), l.Restart.text(), rest, tt.want)
		}
	}
}

func FuzzDOC(f *testing.F) {
	whole, head := testDOC(f)
	f.Add(uint(0), []byte{})
	f.Add(uint(head+fibOffsets+8*pairStyles), []byte{1, 2, 3, 4})
	f.Add(uint(head+fibOffsets+8*pairFonts), []byte{0, 0, 0, 0, 0xFF, 0xFF})
	f.Add(uint(head+76), []byte{0xFF, 0xFF, 0xFF, 0xFF})
	lim := page.Limits{Bytes: 1 << 20}.WithDefaults()
	f.Fuzz(func(t *testing.T, at uint, change []byte) {
		data := bytes.Clone(whole)
		copy(data[at%uint(len(data)):], change)
		p, err := readDOC(t.Context(), "fuzz.doc", data, lim)
		pagetest.Check(t, p, err)
	})
}

func TestDOCSign(t *testing.T) {
	d := &docReader{fonts: []string{"Times New Roman", "Symbol"}}
	if _, look := d.runProps([]byte{0x09, 0x6A, 1, 0, 0xB3, 0xF0}); look.symbol != '≥' {
		t.Errorf("sign F0B3 of the font Symbol: %q, want '≥'", rune(look.symbol))
	}
}

func TestDOCStruck(t *testing.T) {
	d := &docReader{docxReader: docxReader{styles: map[string]*docxStyle{"7": {ID: "7", Run: docxRunProps{Strike: val("1")}}}}, looks: map[docLookKey]docLook{}}
	for _, tt := range []struct {
		style  string
		props  []byte
		struck bool
	}{{"", nil, false}, {"", sprm(0x0837, 1), true}, {"", sprm(0x2A53, 1), true}, {"7", nil, true}, {"7", sprm(0x0837, 0), false}, {"7", sprm(0x0837, 0x81), false}} {
		s := docStory{docReader: d, piece: &docPiece{}, wordWalk: wordWalk{docxWalk{paras: []*docxParagraph{{props: docxParaProps{Style: val(tt.style)}}}}}}
		if l := s.lookOf(&docSpan{props: tt.props}); l.struck != tt.struck {
			t.Errorf("properties %x in style %q: struck %v, want %v", tt.props, tt.style, l.struck, tt.struck)
		}
	}
}

func TestDOCInvertedProperties(t *testing.T) {
	d := &docReader{docxReader: docxReader{styles: map[string]*docxStyle{"7": {ID: "7", Run: docxRunProps{Bold: val("1"), Vanish: val("1")}}}}, looks: map[docLookKey]docLook{}}
	s := docStory{docReader: d, piece: &docPiece{}, wordWalk: wordWalk{docxWalk{paras: []*docxParagraph{{props: docxParaProps{Style: val("7")}}}}}}
	for _, tt := range []struct {
		value        byte
		bold, hidden bool
	}{{0, false, false}, {1, true, true}, {0x80, true, true}, {0x81, false, false}} {
		l := s.lookOf(&docSpan{props: append(sprm(0x0835, tt.value), sprm(0x083C, tt.value)...)})
		if l.bold != tt.bold || l.hidden != tt.hidden {
			t.Errorf("value %#x in a bold, hidden style: bold %v, hidden %v, want %v, %v", tt.value, l.bold, l.hidden, tt.bold, tt.hidden)
		}
	}
}
