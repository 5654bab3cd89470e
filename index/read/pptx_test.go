package read

import (
	"errors"
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

func TestReadPPTXRejects(t *testing.T) {
	for _, tt := range []struct{ name, part, content, code string }{
		{"no text", "ppt/presentation.xml", `<x/>`, page.CodeEmpty},
		{"slide missing", "ppt/_rels/presentation.xml.rels", `<R><Relationship Id="rId1" Target="slides/none.xml"/></R>`, page.CodeDamaged},
		{"unclosed", "ppt/slides/slide1.xml", `<sld><p>`, page.CodeDamaged},
		{"deep", "ppt/slides/slide1.xml", strings.Repeat("<p>", 600), page.CodeTooDeep},
	} {
		parts := pptxParts("", "")
		parts[tt.part] = tt.content
		_, err := Document(t.Context(), NewInput("a.pptx", 0, pagetest.Zip(parts)), page.DefaultLimits())
		var rej *page.Reject
		if !errors.As(err, &rej) || rej.Code != tt.code {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
}

func FuzzPPTX(f *testing.F) {
	parts := pptxParts(`<p:sp><a:p><a:r><a:t>x</a:t></a:r></a:p></p:sp>`, "")
	f.Add(parts["ppt/slides/slide2.xml"], parts["ppt/presentation.xml"])
	lim := page.Limits{Bytes: 1 << 20, Entities: 10_000, Depth: 64}
	f.Fuzz(func(t *testing.T, slide, main string) {
		parts := pptxParts("", "")
		parts["ppt/slides/slide2.xml"], parts["ppt/presentation.xml"] = slide, main
		p, err := readPPTX(t.Context(), "fuzz.pptx", pagetest.Zip(parts), lim)
		pagetest.Check(t, p, err)
	})
}
