package read

import (
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

const odtStyles = `<office:automatic-styles>` +
	`<style:font-face style:name="F" svg:font-family="'.VnTime'"/>` +
	`<style:style style:name="Old" style:family="text"><style:text-properties style:font-name="F"/></style:style>` +
	`<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>` +
	`<style:style style:name="Low" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>` +
	`<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>` +
	`<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>` +
	`<style:style style:name="Mid" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>` +
	`<style:style style:name="Listed" style:family="paragraph" style:list-style-name="L"/>` +
	`<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/>` +
	`<text:list-level-style-number text:level="2" style:num-suffix=")" style:num-format="a"/></text:list-style>` +
	`<style:style style:name="Crossed" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>` +
	`</office:automatic-styles>`

func odtParts(body string) map[string]string {
	const ns = ` xmlns:office="o" xmlns:style="s" xmlns:text="t" xmlns:table="tb" xmlns:draw="d" xmlns:fo="f" xmlns:svg="v"`
	return map[string]string{
		"mimetype":    "application/vnd.oasis.opendocument.text",
		"meta.xml":    `<office:document-meta` + ns + `><office:meta><title>Tên</title></office:meta></office:document-meta>`,
		"styles.xml":  `<office:document-styles` + ns + `><style:header><text:p>đầu trang</text:p></style:header></office:document-styles>`,
		"content.xml": `<office:document-content` + ns + `>` + odtStyles + `<office:body><office:text>` + body + `</office:text></office:body></office:document-content>`,
	}
}

func TestReadODT(t *testing.T) {
	const item = `<text:list-item><text:p>`
	for _, tt := range []struct{ name, body, want string }{
		{"spaces", "<text:p>a \n  b<text:s text:c=\"2\"/>c<text:tab/>d<text:line-break/>e</text:p>", "a b c d\ne"},
		{"marks of footnotes", `<text:p>320<text:span text:style-name="Up"><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>chú</text:p></text:note-body></text:note></text:span> tr, 5<text:span text:style-name="Up">2</text:span> v, 3 km<text:span text:style-name="Up">2</text:span></text:p><text:p>sau</text:p>`, "320 tr, 5 v, 3 km2|sau|chú"},
		{"fractions", `<text:p>2<text:span text:style-name="Up">1</text:span>/<text:span text:style-name="Low">2</text:span> v</text:p>`, "2 1/2 v"},
		{"hidden", `<text:p>a<text:span text:style-name="Gone">b</text:span>c</text:p>`, "ac"},
		{"deleted and comments", `<text:tracked-changes><text:p>bỏ</text:p></text:tracked-changes><text:p>a<office:annotation><text:p>b</text:p></office:annotation></text:p>`, "a"},
		{"TCVN3", `<text:p><text:span text:style-name="Old">C«ng t¸c</text:span></text:p>`, "Công tác"},
		{"numbers", `<text:list text:style-name="L">` + item + `x</text:p><text:p>nữa</text:p><text:list>` + item + `con</text:p></text:list-item></text:list></text:list-item>` + item + `y</text:p></text:list-item></text:list><text:list text:style-name="L">` + item + `z</text:p></text:list-item></text:list>`, "1. x|nữa|a) con|2. y|1. z"},
		{"numbers that an item sets", `<text:list text:style-name="L">` + item + `x</text:p></text:list-item><text:list-item text:start-value="7"><text:p>y</text:p></text:list-item>` + item + `z</text:p></text:list-item></text:list>`, "1. x|7. y|8. z"},
		{"the list of a style", `<text:list><text:list-item><text:p text:style-name="Listed">x</text:p></text:list-item></text:list><text:p text:style-name="Listed">y</text:p>`, "1. x|y"},
		{"a number for other programs", `<text:h text:outline-level="1"><text:number>5.</text:number>Mục</text:h><text:list text:style-name="L"><text:list-item><text:number>1.</text:number><text:p>x</text:p></text:list-item></text:list>`, "5. Mục|1. x"},
		{"repeated cells", `<table:table><table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>0</text:p></table:table-cell><table:table-cell><text:p>12,5</text:p></table:table-cell></table:table-row></table:table>`,
			"a\t0\t0\t12,5|a\t0\t0\t12,5"},
		{"table", `<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p><text:p>c</text:p></table:table-cell><table:table-cell><text:p>d</text:p></table:table-cell></table:table-row></table:table>`, "a\tb c\td"},
		{"text box", `<text:p>a<draw:frame><draw:text-box><text:p>trong</text:p></draw:text-box></draw:frame>b</text:p>`, "ab|trong"},
		{"contents", `<text:table-of-content><text:p>mục 1</text:p></text:table-of-content><text:p>a</text:p>`, "a"},
	} {
		p, err := Document(t.Context(), NewInput("a.odt", 0, pagetest.Zip(odtParts(tt.body))), page.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := strings.Join(pagetest.Texts(p), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	p, err := readODT(t.Context(), "a.odt", pagetest.Zip(odtParts(`<text:h text:outline-level="3">Mục</text:h><text:p text:style-name="Mid"><text:span text:style-name="Bold">Đậm giữa dòng</text:span></text:p>`)), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "Tên" || p.Blocks[0].Heading != 3 || p.Blocks[1].Heading == 0 || !p.Blocks[2].Furniture {
		t.Errorf("%q %+v", p.Title, p.Blocks)
	}
}

// TestODTHeadingNumbers: headings have the numbers of the outline, unless they or
// their style are taken out of it.
func TestODTHeadingNumbers(t *testing.T) {
	h := func(level, more, text string) string {
		return `<text:h text:outline-level="` + level + `"` + more + `>` + text + `</text:h>`
	}
	parts := odtParts(h("1", "", "Kết quả") + h("2", "", "Xây dựng Đảng") + h("2", ` text:is-list-header="true"`, "Hộp") + h("1", ` text:style-name="Free"`, "Mở đầu") +
		h("1", "", "Phương hướng") + h("2", "", "Mục tiêu") + h("3", "", "Cụ thể") + `<text:p>thân</text:p>`)
	parts["content.xml"] = strings.Replace(parts["content.xml"], "<office:automatic-styles>", `<office:automatic-styles><style:style style:name="Free" style:family="paragraph" style:list-style-name=""/>`, 1)
	parts["styles.xml"] = strings.Replace(parts["styles.xml"], "<style:header>", `<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>`+
		`<text:outline-level-style text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/><text:outline-level-style text:level="3" style:num-format="" style:num-suffix="."/></text:outline-style><style:header>`, 1)
	p, err := readODT(t.Context(), "a.odt", pagetest.Zip(parts), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	const want = "I. Kết quả|I.1. Xây dựng Đảng|Hộp|Mở đầu|II. Phương hướng|II.1. Mục tiêu|Cụ thể|thân"
	if got := strings.Join(pagetest.Texts(p), "|"); got != want || p.Blocks[0].Heading != 1 {
		t.Errorf("%q, want %q; %+v", got, want, p.Blocks[0])
	}
}

func TestReadODTRejects(t *testing.T) {
	with := func(part, content string) []byte {
		parts := odtParts(`<text:p>x</text:p>`)
		parts[part] = content
		return pagetest.Zip(parts)
	}
	whole := with("a", "")
	for _, tt := range []struct {
		name string
		data []byte
		code string
	}{
		{"encrypted", with("META-INF/manifest.xml", `<manifest:encryption-data manifest:checksum="x"/>`), page.CodeEncrypted},
		{"cut", whole[:len(whole)/2], page.CodeDamaged},
		{"unclosed", with("content.xml", `<office:text><text:p>x`), page.CodeDamaged},
		{"entities", with("content.xml", `<!DOCTYPE x [<!ENTITY a "aaaa">]><p>&a;</p>`), page.CodeDamaged},
		{"bomb", with("content.xml", `<p>`+strings.Repeat(" ", 20<<20)), page.CodeBomb},
		{"deep", with("content.xml", strings.Repeat("<section>", 600)), page.CodeTooDeep},
		{"no text", with("content.xml", `<text/>`), page.CodeEmpty},
	} {
		rejects(t, tt.name, NewInput("a.odt", 0, tt.data), tt.code)
	}
}

func FuzzODT(f *testing.F) {
	parts := odtParts(`<text:list text:style-name="L"><text:list-item><text:p>x<text:note><text:note-body><text:p>y</text:p></text:note-body></text:note></text:p></text:list-item></text:list>`)
	f.Add(parts["content.xml"], parts["styles.xml"])
	f.Add(`<x><span><p><note-body><span></span></note-body></p></span></x>`, `<x/>`)
	lim := page.Limits{Bytes: 1 << 20, Entities: 10_000, Depth: 64}.WithDefaults()
	f.Fuzz(func(t *testing.T, content, styles string) {
		p, err := readODT(t.Context(), "fuzz.odt", pagetest.Zip(map[string]string{"content.xml": content, "styles.xml": styles}), lim)
		pagetest.Check(t, p, err)
	})
}

// TestRepeatedCells: a file that repeats a cell without end gives a bounded text.
func TestRepeatedCells(t *testing.T) {
	body := `<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`
	p, err := readODT(t.Context(), "a.odt", pagetest.Zip(odtParts(body)), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if n := len(strings.Join(pagetest.Texts(p), "")); n > 3*mostCovered {
		t.Errorf("%d bytes", n)
	}
}
