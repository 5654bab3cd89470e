package read

import (
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

// TestCharts: the titles and labels of a chart are text, its figures are not. In a
// workbook the labels stand in cells.
func TestCharts(t *testing.T) {
	labels := func(name string, values ...string) string {
		return `<c:` + name + `><c:strRef><c:strCache><c:pt><c:v>` + strings.Join(values, `</c:v></c:pt><c:pt><c:v>`) + `</c:v></c:pt></c:strCache></c:strRef></c:` + name + `>`
	}
	title := func(text string) string {
		return `<c:title><c:tx><c:rich><a:p><a:r><a:t>` + text + `</a:t></a:r><a:r><a:t> 2020</a:t></a:r></a:p></c:rich></c:tx></c:title>`
	}
	figures := `<c:val><c:numRef><c:numCache><c:formatCode>0.0%</c:formatCode><c:pt><c:v>0.125</c:v></c:pt></c:numCache></c:numRef></c:val>`
	years := `<c:cat><c:numRef><c:numCache><c:formatCode>General</c:formatCode><c:pt><c:v>2019</c:v></c:pt></c:numCache></c:numRef></c:cat>`
	chart := `<c:chartSpace xmlns:c="c" xmlns:a="a"><c:chart>` + title("Thu ngân sách") + `<c:plotArea><c:barChart><c:ser>` + labels("tx", "Thu") + labels("cat", "Quý I", "Quý II") + figures + `</c:ser><c:ser>` + labels("tx", "Chi") +
		labels("cat", "Quý I", "Quý II") + figures + `</c:ser><c:ser>` + years + `</c:ser></c:barChart><c:valAx>` + title("Triệu đồng") + `</c:valAx></c:plotArea></c:chart></c:chartSpace>`
	const ref = `<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId9"/>`
	const target = `<Relationship Id="rId9" Type="x/chart" Target="../charts/chart1.xml"/>`
	const want = "Thu ngân sách 2020|Thu; Chi|Quý I; Quý II|2019|Triệu đồng 2020"

	docx := pagetest.DOCXParts(`<w:p xmlns:r="r"><w:r><w:drawing>` + ref + `</w:drawing></w:r></w:p>`)
	docx["word/charts/chart1.xml"], docx["word/_rels/document.xml.rels"] = chart, `<Relationships>`+strings.ReplaceAll(target, "../", "")+`</Relationships>`
	pptx := pptxParts(`<p:graphicFrame>`+ref+`</p:graphicFrame>`, "")
	pptx["ppt/charts/chart1.xml"], pptx["ppt/slides/_rels/slide2.xml.rels"] = chart, `<Relationships>`+target+`</Relationships>`
	xlsx := xlsxParts(sheetNS("worksheet")+`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>ô</t></is></c></row></sheetData></worksheet>`, sheetNS("sst")+`</sst>`, "")
	xlsx["xl/charts/chart1.xml"], xlsx["xl/drawings/_rels/drawing1.xml.rels"] = chart, `<Relationships>`+target+`</Relationships>`
	xlsx["xl/drawings/drawing1.xml"] = `<xdr:wsDr xmlns:xdr="x"/>`
	xlsx["xl/worksheets/_rels/sheet1.xml.rels"] = `<Relationships><Relationship Id="a" Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>`
	for name, tt := range map[string]struct {
		parts map[string]string
		want  string
	}{
		"a.docx": {docx, want + "|Ghi chú cuối trang."}, "a.pptx": {pptx, want}, "a.xlsx": {xlsx, "ô|Thu ngân sách 2020|Triệu đồng 2020"},
	} {
		p, err := Document(t.Context(), NewInput(name, 0, pagetest.Zip(tt.parts)), page.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Join(pagetest.Texts(p), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
