package read

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

const wordPI = `<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>`

// word2003 is a document of Word 2003 in XML with a body.
func word2003(body string) string {
	return wordPI + `<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:aml="http://schemas.microsoft.com/aml/2001/core">
<o:DocumentProperties><o:Title>Thu &amp; chi</o:Title></o:DocumentProperties><w:docOleData><w:binData>QUJD</w:binData></w:docOleData>
<w:lists><w:listDef w:listDefId="4"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:nfc w:val="1"/><w:lvlText w:val="Phần %1."/></w:lvl><w:lvl w:ilvl="1"><w:lvlText w:val="%2)"/></w:lvl></w:listDef><w:list w:ilfo="1"><w:ilst w:val="4"/></w:list></w:lists>
<w:styles><w:style w:type="paragraph" w:default="on" w:styleId="N"><w:rPr><w:rFonts w:h-ansi=".VnTime"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style></w:styles>
<w:body><w:sect>` + body + `</w:sect></w:body></w:wordDocument>`
}

// flatOPC is a .docx whose parts stand in one XML document.
func flatOPC(body string) string {
	var b strings.Builder
	b.WriteString(wordPI + `<pkg:package xmlns:pkg="p">`)
	for name, part := range pagetest.DOCXParts(body) {
		b.WriteString(`<pkg:part pkg:name="/` + name + `"><pkg:xmlData>` + strings.TrimPrefix(part, `<?xml version="1.0" encoding="UTF-8"?>`) + `</pkg:xmlData></pkg:part>`)
	}
	b.WriteString(`<pkg:part pkg:name="/word/media/a.png"><pkg:binaryData>QUJD</pkg:binaryData></pkg:part></pkg:package>`)
	return b.String()
}

func TestReadWordXML(t *testing.T) {
	text := func(s string) string { return `<w:r><w:t>` + s + `</w:t></w:r>` }
	listed := func(level, s string) string {
		return `<w:p><w:pPr><w:listPr><w:ilvl w:val="` + level + `"/><w:ilfo w:val="1"/></w:listPr></w:pPr>` + text(s) + `</w:p>`
	}
	annotation := func(kind, inside string) string {
		return `<aml:annotation w:type="Word.` + kind + `"><aml:content>` + inside + `</aml:content></aml:annotation>`
	}
	body := word2003(`<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr>` + text("Báo cáo") + `</w:p>` + listed("0", "thu") + listed("1", "tiền") + listed("0", "chi") +
		`<w:p>` + text("đạt 320") + `<w:r><w:footnote><w:p>` + text("Kể cả 45.") + `</w:p></w:footnote></w:r>` + annotation("Deletion", text("9")) + annotation("Insertion", text(" triệu")) +
		annotation("Comment", `<w:p>`+text("hỏi lại")+`</w:p>`) + annotation("Bookmark.Start", "") + `<w:r><w:rPr>` + annotation("Formatting", `<w:rPr><w:vanish/></w:rPr>`) + `</w:rPr><w:t>, 5%</w:t></w:r></w:p>` +
		`<w:p>` + text("c«ng t¸c") + `<w:r><w:rPr><w:vanish w:val="on"/></w:rPr><w:t>ẩn</w:t></w:r></w:p><w:sectPr><w:hdr><w:p>` + text("đầu trang") + `</w:p></w:hdr></w:sectPr>`)
	const want = "Báo cáo|Phần III. thu|1) tiền|Phần IV. chi|đạt 320 triệu, 5%|công tác|Kể cả 45."
	flat := flatOPC(pagetest.Listed(1, 0, "một"))
	for _, tt := range []struct{ name, data, want string }{
		{"a.xml", body, want}, {"a.doc", body, want}, {"a.xml", utf16Text(binary.LittleEndian, strings.Replace(body, "UTF-8", "UTF-16", 1)), want},
		{"a.xml", flat, "1. một|Ghi chú cuối trang."}, {"a.docx", "\ufeff" + flat, "1. một|Ghi chú cuối trang."},
	} {
		p, err := Document(t.Context(), NewInput(tt.name, 0, []byte(tt.data)), page.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := strings.Join(pagetest.Texts(p), "|"); got != tt.want || !p.Office || p.Title == "" {
			t.Errorf("%s: %q %q, want %q", tt.name, p.Title, got, tt.want)
		}
		if tt.want == want && p.Blocks[0].Heading != 2 {
			t.Errorf("%s: %+v", tt.name, p.Blocks[0])
		}
	}
}

func TestReadWordXMLRejects(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{"feed.xml": "<rss/>", "a.XML": word2003(""), "a.html": "<rss/>"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		if OtherXML(path) != (name == "feed.xml") {
			t.Errorf("OtherXML(%s) = %v", name, OtherXML(path))
		}
	}
	for _, tt := range []struct{ name, data, code string }{
		{"other XML", `<?xml version="1.0"?><rss><channel/></rss>`, page.CodeUnsupported},
		{"cut", word2003("<w:p>")[:900], page.CodeDamaged},
		{"no body", wordPI + `<w:wordDocument/>`, page.CodeUnsupported},
		{"an entity", wordPI + `<!DOCTYPE x [<!ENTITY a "aa">]><w:wordDocument/>`, page.CodeDamaged},
		{"deep", word2003(strings.Repeat("<w:x>", 600)), page.CodeTooDeep},
		{"a name that climbs", wordPI + `<pkg:package><pkg:part pkg:name="/../a.xml"><pkg:xmlData><a/></pkg:xmlData></pkg:part></pkg:package>`, page.CodeUnsupported},
	} {
		_, err := Document(t.Context(), NewInput("a.xml", 0, []byte(tt.data)), page.DefaultLimits())
		var rej *page.Reject
		if !errors.As(err, &rej) || rej.Code != tt.code || rej.Skip != (tt.name == "other XML") {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
}

// FuzzWordXML: the body of a document of Word 2003, and one XML document of any kind.
func FuzzWordXML(f *testing.F) {
	f.Add(word2003(`<w:p><w:pPr><w:listPr><w:ilfo w:val="1"/></w:listPr></w:pPr><w:r><w:footnote><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote></w:r></w:p>`))
	f.Add(flatOPC(`<w:p><w:r><w:t>x</w:t></w:r></w:p>`))
	f.Add(`<pkg:package><pkg:part pkg:name="/word/document.xml"><pkg:xmlData><p><r><t>x</t></r></p></pkg:xmlData></pkg:part></pkg:package>`)
	f.Add(`<w:wordDocument><w:body><aml:annotation w:type="Word.Deletion"/><w:nfc w:val="300"/><w:binData/></w:body></w:wordDocument>`)
	lim := page.Limits{Bytes: 1 << 20, Entities: 10_000, Depth: 64}.WithDefaults()
	f.Fuzz(func(t *testing.T, data string) {
		p, err := readWordXML(t.Context(), "fuzz.xml", []byte(data), lim)
		pagetest.Check(t, p, err)
	})
}

// TestWordXMLDroppedCapital: the XML of Word 2003 has another name for the dropped capital.
func TestWordXMLDroppedCapital(t *testing.T) {
	data := word2003(`<w:p><w:pPr><w:framePr w:drop-cap="drop" w:lines="3"/></w:pPr><w:r><w:t>Đ</w:t></w:r></w:p><w:p><w:r><w:t>ảng bộ</w:t></w:r></w:p>`)
	p, err := Document(t.Context(), NewInput("a.xml", 0, []byte(data)), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(pagetest.Texts(p), "|"); got != "Đảng bộ" {
		t.Errorf("%q", got)
	}
}
