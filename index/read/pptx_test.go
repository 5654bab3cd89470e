package read

import (
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

func pptxParts(first, second string) map[string]string {
	const ns = ` xmlns:a="a" xmlns:p="p" xmlns:r="r"`
	return map[string]string{
		"[Content_Types].xml":   "<Types/>",
		"ppt/presentation.xml":  `<p:presentation` + ns + `><p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId1"/></p:sldIdLst></p:presentation>`,
		"ppt/slides/slide1.xml": `<p:sld` + ns + `>` + second + `</p:sld>`,
		"ppt/slides/slide2.xml": `<p:sld` + ns + `>` + first + `</p:sld>`,
		"ppt/_rels/presentation.xml.rels": `<Relationships><Relationship Id="rId1" Target="slides/slide1.xml"/>` +
			`<Relationship Id="rId2" Target="/ppt/slides/slide2.xml"/></Relationships>`,
		"ppt/slides/_rels/slide2.xml.rels": `<Relationships><Relationship Type="x/notesSlide" Target="../notesSlides/n1.xml"/></Relationships>`,
		"ppt/notesSlides/n1.xml":           `<p:notes` + ns + `><p:sp><a:p><a:r><a:t>lời nói</a:t></a:r></a:p></p:sp></p:notes>`,
	}
}

func TestReadPPTX(t *testing.T) {
	first := `<p:sp><p:nvPr><p:ph type="ctrTitle"/></p:nvPr><a:p><a:r><a:t>Nuôi</a:t></a:r><a:r><a:t> trồng</a:t></a:r></a:p></p:sp>` +
		`<p:sp><a:p><a:r><a:t>đạt 320</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>1</a:t></a:r><a:r><a:t> triệu</a:t></a:r><a:br/><a:r><a:rPr><a:latin typeface=".VnTime"/></a:rPr><a:t>C«ng t¸c</a:t></a:r></a:p></p:sp>` +
		`<p:sp><p:nvPr><p:ph type="sldNum"/></p:nvPr><a:p><a:fld><a:t>1</a:t></a:fld></a:p></p:sp>`
	second := `<p:graphicFrame><a:tbl><a:tr><a:tc><a:p><a:r><a:t>xã</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>hộ</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>12</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:graphicFrame>`
	p, err := Document(t.Context(), NewInput("a.pptx", 0, pagetest.Zip(pptxParts(first, second))), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	const want = "Nuôi trồng|đạt 320 triệu\nCông tác|lời nói|xã\thộ\t12"
	if got := strings.Join(pagetest.Texts(p), "|"); got != want || p.Blocks[0].Heading != 2 {
		t.Errorf("%q, want %q; %+v", got, want, p.Blocks[0])
	}
}

// diagramNS is the namespace of SmartArt, diagramData a diagram of two points.
const (
	diagramNS   = ` xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram"`
	diagramData = `<d:dataModel` + diagramNS + ` xmlns:a="a"><d:ptLst><d:pt type="doc"><d:t><a:p/></d:t></d:pt>` +
		`<d:pt><d:t><a:p><a:r><a:t>Tuyên truyền</a:t></a:r></a:p></d:t></d:pt><d:pt><d:t><a:p><a:r><a:t>Vận </a:t></a:r><a:r><a:t>động</a:t></a:r></a:p></d:t></d:pt></d:ptLst></d:dataModel>`
	diagramRels = `<Relationships><Relationship Id="rId7" Target="../diagrams/data1.xml"/></Relationships>`
	diagramRef  = `<d:relIds` + diagramNS + ` r:dm="rId7"/>`
)

// TestDiagrams: SmartArt is read where it stands, and cannot contain itself.
func TestDiagrams(t *testing.T) {
	for _, tt := range []struct{ name, data, want string }{
		{"two points", diagramData, "Quy trình|Tuyên truyền|Vận động|sau"},
		{"with itself", strings.Replace(diagramData, "<d:ptLst>", diagramRef+"<d:ptLst>", 1), "Quy trình|Tuyên truyền|Vận động|sau"},
		{"none", "", "Quy trình|sau"},
	} {
		box := func(s string) string { return `<p:sp><a:p><a:r><a:t>` + s + `</a:t></a:r></a:p></p:sp>` }
		parts := pptxParts(box("Quy trình")+`<p:graphicFrame>`+diagramRef+`</p:graphicFrame>`+box("sau"), "")
		parts["ppt/slides/_rels/slide2.xml.rels"] = diagramRels
		body := pagetest.WordPara("", "Quy trình") + `<w:p><w:r><w:drawing>` + diagramRef + `</w:drawing></w:r></w:p>` + pagetest.WordPara("", "sau")
		word := pagetest.DOCXParts(strings.ReplaceAll(body, "r:dm", "dm"))
		word["word/_rels/document.xml.rels"] = strings.Replace(diagramRels, "../", "", 1)
		if tt.data != "" {
			parts["ppt/diagrams/data1.xml"], word["word/diagrams/data1.xml"] = tt.data, tt.data
			parts["ppt/diagrams/_rels/data1.xml.rels"], word["word/diagrams/_rels/data1.xml.rels"] = diagramRels, diagramRels
		}
		for name, parts := range map[string]map[string]string{"a.pptx": parts, "a.docx": word} {
			p, err := Document(t.Context(), NewInput(name, 0, pagetest.Zip(parts)), page.DefaultLimits())
			if err != nil {
				t.Errorf("%s, %s: %v", tt.name, name, err)
			} else if got := strings.Join(pagetest.Texts(p), "|"); !strings.HasPrefix(got, tt.want) {
				t.Errorf("%s, %s: %q, want %q", tt.name, name, got, tt.want)
			}
		}
	}
}

func TestReadPPTXRejects(t *testing.T) {
	for _, tt := range []struct{ name, part, content, code string }{
		{"no text", "ppt/presentation.xml", `<x/>`, page.CodeEmpty},
		{"slide missing", "ppt/_rels/presentation.xml.rels", `<R><Relationship Id="rId1" Target="slides/none.xml"/></R>`, page.CodeDamaged},
		{"unclosed", "ppt/slides/slide1.xml", `<sld><p>`, page.CodeDamaged},
		{"deep", "ppt/slides/slide1.xml", strings.Repeat("<p>", 600), page.CodeTooDeep},
	} {
		parts := pptxParts("", "")
		parts[tt.part] = tt.content
		rejects(t, tt.name, NewInput("a.pptx", 0, pagetest.Zip(parts)), tt.code)
	}
}

func FuzzPPTX(f *testing.F) {
	parts := pptxParts(`<p:sp><a:p><a:r><a:t>x</a:t></a:r></a:p></p:sp>`, "")
	f.Add(parts["ppt/slides/slide2.xml"], parts["ppt/presentation.xml"])
	lim := page.Limits{Bytes: 1 << 20, Entities: 10_000, Depth: 64}.WithDefaults()
	f.Fuzz(func(t *testing.T, slide, main string) {
		parts := pptxParts("", "")
		parts["ppt/slides/slide2.xml"], parts["ppt/presentation.xml"] = slide, main
		p, err := readPPTX(t.Context(), "fuzz.pptx", pagetest.Zip(parts), lim)
		pagetest.Check(t, p, err)
	})
}

// TestNumbersOfSlides: numbers that a program writes before paragraphs are text.
func TestNumbersOfSlides(t *testing.T) {
	para := func(props, text string) string {
		return `<a:p><a:pPr ` + props + `</a:pPr><a:r><a:t>` + text + `</a:t></a:r></a:p>`
	}
	const third, letter, roman = `><a:buAutoNum type="arabicPeriod" startAt="3"/>`, `lvl="1"><a:buAutoNum type="alphaLcParenR"/>`, `><a:buAutoNum type="romanUcParenBoth"/>`
	list := para(third, "ba") + para(letter, "a") + para(third, "") + para(letter, "b") + para(third, "bốn") + para(letter, "a") + para(">", "chữ") + para(third, "ba") + para(roman, "một")
	body := `<p:sp><p:txBody>` + list + `</p:txBody></p:sp><p:sp><p:txBody>` + para(third, "lại ba") + `</p:txBody></p:sp>`
	p, err := readPPTX(t.Context(), "a.pptx", pagetest.Zip(pptxParts(body, "")), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	const want = "3. ba|a) a|b) b|4. bốn|a) a|chữ|3. ba|(I) một|3. lại ba|lời nói"
	if got := strings.Join(pagetest.Texts(p), "|"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
