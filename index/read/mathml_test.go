package read

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

// TestMathML: a formula of MathML stands in its line, in a page and in a text of
// OpenDocument.
func TestMathML(t *testing.T) {
	sum := func(low, high string) string {
		return `<munderover><mo>∑</mo><mrow>` + low + `</mrow><mn>` + high + `</mn></munderover>`
	}
	for _, tt := range []struct{ formula, want string }{
		{`<mfrac><mn>1</mn><mn>2</mn></mfrac>`, "1/2"},
		{`<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mrow><mo>(</mo><mi>c</mi><mo>-</mo><mn>1</mn><mo>)</mo></mrow></mfrac>`, "(a+b)/(c-1)"},
		{`<mfrac linethickness="0pt"><mn>5</mn><mn>2</mn></mfrac>`, "5 2"},
		{`<msup><mn>10</mn><mrow><mo>-</mo><mn>5</mn></mrow></msup><mo>=</mo><mn>0,00001</mn>`, "10^-5=0,00001"},
		{`<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>`, "H2O"},
		{`<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>`, "x1^2"},
		{`<msqrt><mn>16</mn><mo>+</mo><mn>9</mn></msqrt><mroot><mn>27</mn><mn>3</mn></mroot>`, "√(16+9)√[3]27"},
		{sum(`<mi>i</mi><mo>=</mo><mn>1</mn>`, "9") + `<mi>i</mi>`, "∑_(i=1)^9 i"},
		{`<munder><mi>lim</mi><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder><mi>sin</mi><mo>&#8289;</mo><mi>x</mi>`, "lim_(x→0)sin x"},
		{`<mover accent="true"><mi>x</mi><mo>¯</mo></mover><mo>=</mo><mn>3</mn><mo>&#8290;</mo><mi>y</mi>`, "x=3y"},
		{`<mfenced open="[" close="]" separators=";"><mn>1</mn><mn>2</mn></mfenced>`, "[1;2]"},
		{`<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mlabeledtr><mtd><mn>9</mn></mtd><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mlabeledtr></mtable>`, "1 2; 3 4"},
		{`<mmultiscripts><mi>C</mi><none/><none/><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>`, "(_6^14)C"},
		{`<semantics><mrow><mi>K</mi><mtext>nếu</mtext><mi>N</mi><mphantom><mn>8</mn></mphantom></mrow><annotation encoding="StarMath 5.0">K over N</annotation></semantics>`, "K nếu N"},
		{`<mstyle><mrow><mi>` + strings.Repeat("a", 3) + `</mi></mrow></mstyle><mspace/>`, "aaa"},
		{`<mfrac/><msup><mi>x</mi></msup><munder/><mroot/><mmultiscripts/><mtable/><mrow/>`, "/x√"},
	} {
		math := `<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow>` + tt.formula + `</mrow></math>`
		p, err := readHTML(t.Context(), "x", `<p>Mức `+math+` ha.</p>`, page.DefaultLimits())
		if err != nil || !slices.Equal(pagetest.Texts(p), []string{"Mức " + tt.want + " ha."}) {
			t.Errorf("page with %s: %v, %q, want %q", tt.formula, err, pagetest.Texts(p), tt.want)
		}
		for name, body := range map[string]string{"a part": `<draw:object xlink:href="./Object 1"/>`, "the text": `<draw:object>` + math + `</draw:object>`} {
			parts := odtParts(`<text:p>Mức <draw:frame>` + body + `<svg:title>đề</svg:title></draw:frame> ha.</text:p>`)
			parts["Object 1/content.xml"] = `<?xml version="1.0"?>` + math
			p, err = readODT(t.Context(), "a.odt", pagetest.Zip(parts), page.DefaultLimits())
			if err != nil || !slices.Contains(pagetest.Texts(p), "Mức "+tt.want+" ha.") {
				t.Errorf("ODT with %s in %s: %v, %q, want %q", tt.formula, name, err, pagetest.Texts(p), tt.want)
			}
		}
	}
}

// TestMathOfPages: forms in which sites store formulas.
func TestMathOfPages(t *testing.T) {
	const half = `<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>`
	for _, tt := range []struct{ html, want string }{
		{`<p>Tính <span class="katex"><span class="katex-mathml">` + half + `</span><span class="katex-html" aria-hidden="true"><span>1</span>2</span></span> xong</p>`, "Tính 1/2 xong"},
		{`<p>Tính <span class="katex-html">12</span> xong</p>`, "Tính 12 xong"},
		{`<p>Tính <span><span style="display: none;">` + half + `</span><img src="x.svg"></span> xong</p>`, "Tính 1/2 xong"},
		{`<p>Tính <span style="display:none">ẩn ` + half + `</span>xong</p>`, "Tính xong"},
		{`<p>Tính <math display="block"><mi>a</mi></math> xong</p>`, "Tính|a|xong"},
		{`<p>Tính <math></math>xong</p>`, "Tính xong"},
	} {
		p, err := readHTML(t.Context(), "x", tt.html, page.DefaultLimits())
		if got := strings.Join(pagetest.Texts(p), "|"); err != nil || got != tt.want {
			t.Errorf("%s: %v, %q, want %q", tt.html, err, got, tt.want)
		}
	}
}

// TestMathIsBounded: a formula of many elements is read. A document is rejected if one of
// its formulas is nested too deep, or if it names the same formula too often.
func TestMathIsBounded(t *testing.T) {
	const many = 10_000
	lim := page.Limits{Entities: 5 * many}
	long := `<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow>` + strings.Repeat("<mi>a</mi>", many) + `</mrow></math>`
	deep := strings.Repeat("<msup><mi>x</mi>", 100_000)
	rtf := `{\rtf1{\mmath{\*\moMath` + strings.Repeat(`{\mr\i a\b 2}`, many/2) + `}}\par}`
	for _, tt := range []struct {
		name, data string
		length     int // 0 for a file that is rejected
	}{
		{"a.html", "<!DOCTYPE html><p>" + long, many}, {"a.html", "<!DOCTYPE html><p><math>" + deep, 0},
		{"a.rtf", rtf, many}, {"a.rtf", `{\rtf1{\moMath` + strings.Repeat(`{\msSup`, 100_000), 0},
		{"a.odt", string(pagetest.Zip(odtParts(`<text:p>` + long + `</text:p>`))), many},
	} {
		p, err := Document(t.Context(), NewInput(tt.name, 0, []byte(tt.data)), lim)
		if tt.length == 0 {
			pagetest.CheckReject(t, err)
			continue
		}
		if err != nil || len(strings.Join(pagetest.Texts(p), "")) < tt.length {
			t.Errorf("%s: %s", tt.name, fmt.Sprint(err))
		}
	}
	parts := odtParts(strings.Repeat(`<text:p><draw:object xlink:href="Object 1"/></text:p>`, 100))
	parts["Object 1/content.xml"] = long
	if _, err := Document(t.Context(), NewInput("a.odt", 0, pagetest.Zip(parts)), lim); err == nil {
		t.Error("one long formula is read a hundred times")
	} else {
		pagetest.CheckReject(t, err)
	}
}
