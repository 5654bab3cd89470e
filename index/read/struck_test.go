package read

import (
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

// TestStruckText has in each format a figure that was crossed out for another one. They
// must not become one figure, and the valid one is read.
func TestStruckText(t *testing.T) {
	runs := func(run func(props, text string) string, struck string) string {
		return run("", "Thu đạt ") + run(struck, "300") + run("", "400 triệu")
	}
	word := func(props, text string) string {
		return `<w:r><w:rPr>` + props + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	docx := func(props string) []byte {
		return pagetest.Zip(pagetest.DOCXParts(`<w:p>` + runs(word, props) + `</w:p>`))
	}
	odt := func(span string) []byte { return pagetest.Zip(odtParts(`<text:p>` + span + `</text:p>`)) }
	slide := func(props, text string) string { return `<a:r><a:rPr ` + props + `/><a:t>` + text + `</a:t></a:r>` }
	cell := func(props, text string) string { return `<r><rPr>` + props + `</rPr><t>` + text + `</t></r>` }
	sheet := func(c, shared string) string {
		return string(pagetest.Zip(xlsxParts(sheetNS("worksheet")+`<sheetData><row r="1">`+c+`</row></sheetData></worksheet>`, sheetNS("sst")+`<si><t>x</t></si><si>`+shared+`</si></sst>`, "")))
	}
	const fonts = `{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}{\f1 .VnTime;}}`
	for _, c := range []struct{ name, file, data string }{
		{"Word", "a.docx", string(docx(`<w:strike/>`))},
		{"Word, two lines", "a.docx", string(docx(`<w:dstrike/>`))},
		{"OpenDocument", "a.odt", string(odt(`Thu đạt <text:span text:style-name="Crossed">300</text:span>400 triệu`))},
		{"OpenDocument, a span inside", "a.odt", string(odt(`Thu đạt <text:span text:style-name="Crossed">3<text:span text:style-name="Bold">00</text:span></text:span>400 triệu`))},
		{"PowerPoint", "a.pptx", string(pagetest.Zip(pptxParts(`<p:sp><a:p>`+runs(slide, `strike="sngStrike"`)+`</a:p></p:sp>`, "")))},
		{"Excel", "a.xlsx", sheet(`<c r="A1" t="s"><v>1</v></c>`, runs(cell, `<strike/>`))},
		{"Excel, a string of the cell", "a.xlsx", sheet(`<c r="A1" t="inlineStr"><is>`+runs(cell, `<strike val="1"/>`)+`</is></c>`, "")},
		{"Excel, not struck", "a.xlsx", sheet(`<c r="A1" t="s"><v>1</v></c>`, cell("", "Thu đạt ")+cell(`<strike val="0"/>`, "400 triệu"))},
		{"RTF", "a.rtf", fonts + `Thu \u273?\u7841?t {\strike 300}400 tri\u7879?u}`},
		{"RTF, two lines", "a.rtf", fonts + `Thu \u273?\u7841?t \striked1 300\striked0 400 tri\u7879?u}`},
		{"RTF in TCVN3", "a.rtf", fonts + `\f1 Thu \'ae\'b9t {\strike 300}400 tri\'d6u}`},
		{"s", "a.html", `<p>Thu đạt <s>300</s>400 triệu</p>`},
		{"strike", "a.html", `<p>Thu đạt <strike>300</strike>400 triệu</p>`},
		{"del and ins", "a.html", `<p>Thu đạt <del>300</del><ins>400</ins> triệu</p>`},
		{"a style", "a.html", `<p>Thu đạt <span style="text-decoration: underline line-through">300</span>400 triệu</p>`},
		{"a class", "a.html", `<style>.c1{color:#000} .c3{text-decoration:line-through}</style><p><span class="c1">Thu đạt </span><span class="c1 c3">300</span><span>400 triệu</span></p>`},
		{"a class that is overruled", "a.html", `<style>.c3{text-decoration:line-through} .c3{text-decoration:none}</style><p><span class="c3">Thu đạt 400 triệu</span></p>`},
		{"a raised mark that is struck", "a.html", `<p>Thu đạt <s>300<sup>1</sup></s>400 triệu</p>`},
		{"a table", "a.html", `<table><tr><td>Thu đạt <s>300</s>400 triệu</td></tr></table>`},
		{"Markdown", "a.md", "Thu đạt ~~300~~400 triệu"},
		{"tags in Markdown", "a.md", "Thu đạt <del>300</del>400 triệu"},
	} {
		p, err := Document(t.Context(), NewInput(c.file, 0, []byte(c.data)), page.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		const want = "Thu đạt 400 triệu"
		if got := pagetest.Texts(p); len(got) == 0 || got[0] != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

// TestStruckLines keeps lines that are struck through as a whole.
func TestStruckLines(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"an item", `<ol><li><s>Trồng rừng</s></li><li>Làm đường</li></ol>`, "1. Trồng rừng|2. Làm đường"},
		{"a tag that is not closed", `<p>Thu <s>300 400 triệu</p><p>Chi 200 triệu</p><p>Còn 5</p>`, "Thu|Chi 200 triệu|Còn 5"},
		{"paragraphs inside", `<del><p>Chi 200</p><p>Còn 5</p></del><p>Hết</p>`, "Chi 200|Còn 5|Hết"},
		{"a tilde in Markdown", "khoảng ~~ 300 hộ", "khoảng ~~ 300 hộ"},
		{"ranges in Markdown", "tăng 5~7%, giảm 3~4%", "tăng 5~7%, giảm 3~4%"},
	} {
		name := "a.html"
		if !strings.HasPrefix(c.html, "<") {
			name = "a.md"
		}
		p, err := Document(t.Context(), NewInput(name, 0, []byte(c.html)), page.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(pagetest.Texts(p), "|"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
