package read

import (
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

func readBody(t *testing.T, body string) *page.Page {
	t.Helper()
	p, err := readDOCX(t.Context(), "test.docx", pagetest.Zip(pagetest.DOCXParts(body)), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func wordCells(cells ...string) string {
	return `<w:tc>` + strings.Join(cells, `</w:tc><w:tc>`) + `</w:tc>`
}

func TestReadDOCX(t *testing.T) {
	const box = `<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>`
	for _, tt := range []struct{ name, body, want string }{
		{"runs", `<w:p><w:r><w:t xml:space="preserve">Nghị </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>quyết</w:t></w:r></w:p>`, "Nghị quyết"},
		{"tabs and breaks", `<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>`, "a b\nc-d"},
		{"a tab of a position", `<w:p><w:r><w:t>7</w:t><w:ptab/><w:t>8</w:t></w:r></w:p>`, "7 8"},
		{"numbers", pagetest.Listed(1, 0, "một") + pagetest.Listed(1, 1, "con") + pagetest.Listed(1, 1, "nữa") + pagetest.Listed(1, 0, "hai") + pagetest.Listed(1, 1, "con") + pagetest.Listed(1, 2, "cháu") + pagetest.Listed(3, 0, "năm"),
			"1. một|a) con|b) nữa|2. hai|a) con|2.1. cháu|5. năm"},
		{"numbers of empty paragraphs", pagetest.Listed(1, 0, "một") + pagetest.Listed(1, 0, "") + pagetest.Listed(1, 0, "ba") + pagetest.WordPara(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>`, "") + pagetest.Listed(1, 0, "bốn"),
			"1. một|3. ba|4. bốn"},
		{"a column of running numbers", `<w:tbl><w:tr>` + wordCells(pagetest.WordPara("", "STT"), pagetest.WordPara("", "Họ và tên"), pagetest.WordPara("", "Điểm")) + `</w:tr><w:tr>` + wordCells(pagetest.Listed(1, 0, ""), pagetest.WordPara("", "An"), pagetest.Listed(4, 0, "")) +
			`</w:tr><w:tr>` + wordCells(pagetest.Listed(1, 0, ""), pagetest.WordPara("", "Bình"), pagetest.WordPara("", "9")) + `</w:tr></w:tbl>`, "STT\tHọ và tên\tĐiểm|1.\tAn|2.\tBình\t9"},
		{"number by style", pagetest.WordPara(`<w:pStyle w:val="Num"/>`, "mở đầu") + pagetest.WordPara(`<w:pStyle w:val="Num"/>`, "nội dung"), "Phần I. mở đầu|Phần II. nội dung"},
		{"number taken off", pagetest.WordPara(`<w:pStyle w:val="Num"/><w:numPr><w:numId w:val="0"/></w:numPr>`, "không số"), "không số"},
		{"bullets", pagetest.Listed(4, 0, "ý"), "• ý"},
		{"tracked changes", `<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>giữ</w:t></w:r><w:del><w:r><w:delText>xóa</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space="preserve"> thêm</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom></w:p>`, "giữ thêm"},
		{"a deleted mark of a paragraph", pagetest.WordPara(`<w:rPr><w:del/></w:rPr>`, "đạt 1") + pagetest.WordPara("", "5 triệu") + `<w:tbl><w:tr>` + wordCells(pagetest.WordPara(`<w:rPr><w:del/></w:rPr>`, "ô 1"), pagetest.WordPara("", "ô 2")) + `</w:tr></w:tbl>` +
			pagetest.WordPara(`<w:rPr><w:del/></w:rPr>`, "cuối"), "đạt 15 triệu|ô 1|ô 2|cuối"},
		{"a dropped capital", pagetest.WordPara(`<w:framePr w:dropCap="drop" w:lines="3"/>`, "Đ") + pagetest.WordPara("", "ảng bộ tỉnh") + pagetest.WordPara("", "sau"), "Đảng bộ tỉnh|sau"},
		{"a long text in the frame of a dropped capital", pagetest.WordPara(`<w:framePr w:dropCap="margin"/>`, strings.Repeat("ấ", 30)) + pagetest.WordPara("", "sau"), strings.Repeat("ấ", 30) + "|sau"},
		{"a soft hyphen in TCVN3 is a letter", `<w:p><w:pPr><w:pStyle w:val="Old"/></w:pPr><w:r><w:t>th</w:t></w:r><w:r><w:softHyphen/></w:r><w:r><w:t>êng vô §¶ng</w:t></w:r></w:p>`, "thường vụ Đảng"},
		{"a soft hyphen", `<w:p><w:r><w:t>quốc</w:t><w:softHyphen/><w:t> gia</w:t></w:r></w:p>`, "quốc gia"},
		{"marks of footnotes", `<w:p><w:r><w:t>đạt 320</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r><w:r><w:t xml:space="preserve"> triệu trên 12 km</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>`, "đạt 320 triệu trên 12 km2"},
		{"fractions of raised and lowered figures", `<w:p>` + raisedRun("", "tăng ") + raisedRun("superscript", "1") + raisedRun("", "/") + raisedRun("subscript", "2") + raisedRun("", ", 2") + raisedRun("superscript", "3") + raisedRun("", "⁄") + raisedRun("", "4, 320") +
			raisedRun("superscript", "1") + raisedRun("", "/") + raisedRun("", "năm, 5") + `<w:r><w:rPr><w:position w:val="6"/></w:rPr><w:t>1</w:t></w:r>` + raisedRun("", "/") + `<w:r><w:rPr><w:position w:val="-6"/></w:rPr><w:t>2</w:t></w:r></w:p>`, "tăng 1/2, 2 3⁄4, 320/năm, 5 1/2"},
		{"hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>hiện</w:t></w:r></w:p>`, "hiện"},
		{"field", `<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>kết quả</w:t></w:r></w:p>`, "kết quả"},
		{"a field in the instruction of another", `<w:p><w:r><w:t xml:space="preserve">thu </w:t><w:fldChar w:fldCharType="begin"/><w:instrText>IF</w:instrText><w:fldChar w:fldCharType="begin"/><w:instrText>MERGEFIELD a</w:instrText>` +
			`<w:fldChar w:fldCharType="separate"/><w:t>7</w:t><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/><w:t>320</w:t><w:fldChar w:fldCharType="end"/><w:t xml:space="preserve"> triệu</w:t></w:r></w:p>`, "thu 320 triệu"},
		{"a field without its end", `<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:t>PAGE</w:t></w:r></w:p>` + pagetest.WordPara("", "sau"), "sau"},
		{"field in one element", `<w:p><w:r><w:t xml:space="preserve">số </w:t></w:r><w:fldSimple w:instr=" MERGEFIELD So "><w:r><w:t>12-GM/TU</w:t></w:r></w:fldSimple></w:p>`, "số 12-GM/TU"},
		{"signs", `<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t xml:space="preserve"> 5 năm</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr><w:t>` + "\uf0b1" + `</w:t></w:r></w:p>`, "≥ 5 năm±"},
		{"text box once", `<w:p><w:r><w:t>ngoài</w:t><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>` + box + `</wps:txbx></mc:Choice><mc:Fallback><v:textbox>` + box + `</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "ngoài|trong khung"},
		{"TCVN3 by run", `<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr><w:t>nghÞ quyÕt</w:t></w:r></w:p>`, "NGHỊ QUYẾT"},
		{"TCVN3 by style", pagetest.WordPara(`<w:pStyle w:val="Old"/>`, "c«ng t¸c c¸n bé"), "công tác cán bộ"},
		{"VNI", `<w:p><w:r><w:rPr><w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/></w:rPr><w:t>Ñaûng boä</w:t></w:r></w:p>`, "Đảng bộ"},
		{"masthead table", `<w:tbl><w:tr><w:tc>` + pagetest.WordPara("", "TỈNH ỦY A") + pagetest.WordPara("", "Số 1-NQ/TU") + `</w:tc><w:tc>` + pagetest.WordPara("", "ĐẢNG CỘNG SẢN VIỆT NAM") + pagetest.WordPara("", "A, ngày 1 tháng 2 năm 2020") + `</w:tc></w:tr></w:tbl>` + pagetest.WordPara("", "sau"),
			"TỈNH ỦY A\nSố 1-NQ/TU|ĐẢNG CỘNG SẢN VIỆT NAM\nA, ngày 1 tháng 2 năm 2020|sau"},
		{"a table in a cell", `<w:tbl><w:tr><w:tc>` + pagetest.WordPara("", "đầu") + `<w:tbl>` + strings.Repeat(`<w:tr><w:tc>`+pagetest.WordPara("", "1")+`</w:tc><w:tc>`+pagetest.WordPara("", "2")+`</w:tc><w:tc>`+
			pagetest.WordPara("", "3")+`</w:tc></w:tr>`, 2) + `</w:tbl></w:tc><w:tc>` + pagetest.WordPara("", "sau") + `</w:tc></w:tr></w:tbl>`, "đầu|1\t2\t3|1\t2\t3|sau"},
		{"table", `<w:tbl><w:tr><w:tc>` + pagetest.WordPara("", "TT") + `</w:tc><w:tc>` + pagetest.WordPara("", "Tên") + `</w:tc><w:tc>` + pagetest.WordPara("", "Ghi chú") + `</w:tc></w:tr><w:tr><w:tc>` + pagetest.WordPara("", "1") + `</w:tc><w:tc>` + pagetest.WordPara("", "xã") + pagetest.WordPara("", "A") + `</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>`,
			"TT\tTên\tGhi chú|1\txã A"},
		{"merged cells", `<w:tbl>` + wordRow("", "", "Tỉnh", "", "2019", "", "2020") + wordRow("", `<w:vMerge w:val="restart"/>`, "Huế", "", "11", "", "12") + wordRow("", `<w:vMerge/>`, "", "", "21", "", "22") +
			wordRow(`<w:gridBefore w:val="2"/>`, "", "32") + wordRow("", `<w:gridSpan w:val="2"/>`, "Cộng", "", "42") + wordRow("", "", "a", "", "b", "", "c") + `</w:tbl>`,
			"Tỉnh\t2019\t2020|Huế\t11\t12|\t21\t22|32|Cộng\t\t42|a\tb\tc"},
		{"content control", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + pagetest.WordPara("", "nội dung") + `</w:sdtContent></w:sdt>`, "nội dung"},
		{"values of a form", `<w:p><w:r><w:t xml:space="preserve">Tại </w:t></w:r><w:smartTag><w:r><w:t>Huế</w:t></w:r></w:smartTag><w:customXml><w:r><w:t xml:space="preserve"> số 35</w:t></w:r></w:customXml></w:p>` +
			`<w:tbl><w:tr><w:tc>` + pagetest.WordPara("", "a") + `</w:tc><w:sdt><w:sdtContent><w:tc>` + pagetest.WordPara("", "21") + `</w:tc></w:sdtContent></w:sdt><w:tc>` + pagetest.WordPara("", "22") + `</w:tc></w:tr>` +
			`<w:sdt><w:sdtContent><w:tr><w:tc>` + pagetest.WordPara("", "b") + `</w:tc><w:tc>` + pagetest.WordPara("", "23") + `</w:tc><w:tc>` + pagetest.WordPara("", "24") + `</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>`,
			"Tại Huế số 35|a\t21\t22|b\t23\t24"},
		{"decomposed", pagetest.WordPara("", "quye\u0302\u0301t"), "quyết"},
	} {
		p := readBody(t, tt.body)
		if got := strings.TrimSuffix(strings.Join(pagetest.Texts(p), "|"), "|Ghi chú cuối trang."); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestMath: a formula has the signs that it shows, in documents and presentations.
func TestMath(t *testing.T) {
	const ns = `xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
	number := func(name, text string) string {
		return `<m:` + name + `><m:r><m:t>` + text + `</m:t></m:r></m:` + name + `>`
	}
	for _, tt := range []struct{ formula, want string }{
		{`<m:f>` + number("num", "1") + number("den", "2") + `</m:f>`, "1/2"},
		{`<m:f>` + number("num", "1+2") + number("den", "34") + `</m:f>`, "(1+2)/34"},
		{`<m:d>` + number("e", "a+b") + `</m:d><m:sSup>` + number("e", "10") + number("sup", "-5") + `</m:sSup>`, "(a+b)10^-5"},
		{`<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val=""/></m:dPr>` + number("e", "1") + number("e", "2") + `</m:d>`, "[1|2"},
		{`<m:sSub>` + number("e", "12") + number("sub", "3") + `</m:sSub><m:sSub>` + number("e", "H") + number("sub", "2") + `</m:sSub>`, "12_3H2"},
		{`<m:sSubSup>` + number("e", "5") + number("sub", "1") + number("sup", "2") + `</m:sSubSup>`, "5_1^2"},
		{`<m:rad>` + number("deg", "3") + number("e", "27") + `</m:rad><m:rad><m:deg/>` + number("e", "16+9") + `</m:rad>`, "√[3]27√(16+9)"},
		{`<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>` + number("sub", "1") + number("sup", "9") + number("e", "7") + `</m:nary>`, "∑_1^9 7"},
		{`<m:m><m:mr>` + number("e", "1") + number("e", "2") + `</m:mr><m:mr>` + number("e", "3") + number("e", "4") + `</m:mr></m:m>`, "1 2; 3 4"},
		{`<m:sPre>` + number("sub", "6") + number("sup", "14") + number("e", "C") + `</m:sPre><m:eqArr>` + number("e", "1") + number("e", "2") + `</m:eqArr>`, "(_6^14)C1; 2"},
		{`<m:limLow>` + number("e", "12") + number("lim", "3") + `</m:limLow><m:func>` + number("fName", "sin") + number("e", "30") + `</m:func>`, "12_3sin 30"},
		{number("e", "1") + `<w:del><m:r><m:t>9</m:t></m:r></w:del>`, "1"},
	} {
		formula := `<m:oMath ` + ns + `>` + tt.formula + `</m:oMath>`
		p := readBody(t, `<w:p><w:r><w:t xml:space="preserve">mức </w:t></w:r>`+formula+`</w:p>`)
		if got := p.Blocks[0].Text; got != "mức "+tt.want {
			t.Errorf("%s: %q, want %q", tt.formula, got, tt.want)
		}
		p, err := readPPTX(t.Context(), "a.pptx", pagetest.Zip(pptxParts(`<p:sp><a:p><a:r><a:t>mức </a:t></a:r>`+formula+`</a:p></p:sp>`, "")), page.DefaultLimits())
		if err != nil || !slices.Contains(pagetest.Texts(p), "mức "+tt.want) {
			t.Errorf("a slide with %s: %v, %q", tt.formula, err, pagetest.Texts(p))
		}
		p, err = readRTF(t.Context(), "a.rtf", []byte(`{\rtf1\pard `+toRTF(`mức {\mmath{\*\moMathPara{\moMathParaPr{\mjc left}}{\*`+rtfFormula(t, formula)+`}}{\mmathPict{\pict 01}x}} ha\par`)+`}`), page.DefaultLimits())
		if err != nil || !slices.Contains(pagetest.Texts(p), "mức "+tt.want+" ha") {
			t.Errorf("RTF with %s: %v, %q", tt.formula, err, pagetest.Texts(p))
		}
	}
}

// rtfFormula writes a formula of Office Math as the groups of RTF.
func rtfFormula(t *testing.T, formula string) string {
	var root mathNode
	if err := xml.Unmarshal([]byte(formula), &root); err != nil {
		t.Fatal(err)
	}
	var write func(n *mathNode) string
	write = func(n *mathNode) string {
		if n.XMLName.Local == "t" {
			return n.Text
		}
		out := `\m` + n.XMLName.Local + " "
		if n.Val != nil {
			out += strings.NewReplacer("{", `\{`, "}", `\}`).Replace(*n.Val)
		}
		for i := range n.Nodes {
			if child := write(&n.Nodes[i]); n.XMLName.Local == "r" {
				out += `\mscr0\msty2 ` + child
			} else {
				out += "{" + child + "}"
			}
		}
		return out
	}
	return write(&root)
}

// raisedRun is a run with a vertical alignment.
func raisedRun(align, text string) string {
	return `<w:r><w:rPr><w:vertAlign w:val="` + align + `"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

// wordRow is a row with its properties, and a pair of properties and text for each cell.
func wordRow(props string, cells ...string) string {
	row := "<w:tr><w:trPr>" + props + "</w:trPr>"
	for i := 0; i < len(cells); i += 2 {
		row += "<w:tc><w:tcPr>" + cells[i] + "</w:tcPr>" + pagetest.WordPara("", cells[i+1]) + "</w:tc>"
	}
	return row + "</w:tr>"
}

func TestReadDOCXStructure(t *testing.T) {
	p := readBody(t, pagetest.WordPara(`<w:pStyle w:val="H1"/>`, "Đầu mục")+pagetest.WordPara(`<w:pStyle w:val="Sub"/>`, "Mục con")+pagetest.WordPara(`<w:pStyle w:val="TOC1"/>`, "Đầu mục 1")+
		`<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>đậm giữa dòng</w:t></w:r></w:p>`+pagetest.Listed(1, 0, "việc thứ nhất."))
	var got []string
	for _, b := range p.Blocks {
		got = append(got, fmt.Sprintf("%d %v %v %s", b.Heading, b.Item, b.Furniture, b.Text))
	}
	want := []string{"1 false false Đầu mục", "3 false false Mục con", "0 false true Đầu mục 1", "2 false false đậm giữa dòng", "0 true false 1. việc thứ nhất.",
		"0 false false Ghi chú cuối trang.", "0 false true Lưu hành nội bộ"}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	if p.Title != "Tên tài liệu" || p.Meta["doc:author"] != "Người soạn" || p.Meta["doc:created"] != "2020-10-05T00:00:00Z" {
		t.Errorf("Meta = %v", p.Meta)
	}
}

func TestReadDOCXRejects(t *testing.T) {
	with := func(part, content string) []byte {
		parts := pagetest.DOCXParts(pagetest.WordPara("", "x"))
		if parts[part] = content; content == "" {
			delete(parts, part)
		}
		return pagetest.Zip(parts)
	}
	whole := pagetest.Zip(pagetest.DOCXParts(pagetest.WordPara("", "x")))
	for _, tt := range []struct {
		name string
		data []byte
		code string
	}{
		{"cut", whole[:len(whole)*2/3], page.CodeDamaged},
		{"no document part", with("word/document.xml", ""), page.CodeDamaged},
		{"unclosed", with("word/document.xml", `<w:document`+pagetest.WordNS+`><w:body><w:p>`), page.CodeDamaged},
		{"entity bomb", with("word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document`+pagetest.WordNS+`><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>`), page.CodeDamaged},
		{"unknown entity", with("word/document.xml", `<w:document`+pagetest.WordNS+`><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>`), page.CodeDamaged},
		{"zip bomb", with("word/document.xml", `<w:document`+pagetest.WordNS+`>`+strings.Repeat(" ", 20<<20)), page.CodeBomb},
		{"deep", with("word/document.xml", `<w:document`+pagetest.WordNS+`>`+strings.Repeat("<w:sdt>", 600)), page.CodeTooDeep},
		{"no text", with("word/document.xml", `<w:document`+pagetest.WordNS+`/>`), ""},
		{"any zip", pagetest.Zip(map[string]string{"a.txt": "x"}), page.CodeUnsupported},
		{"empty zip", pagetest.Zip(nil), page.CodeUnsupported},
	} {
		_, err := Document(t.Context(), NewInput(tt.name+".docx", 0, tt.data), page.DefaultLimits())
		var rej *page.Reject
		if tt.code == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
		} else if !errors.As(err, &rej) || rej.Code != tt.code {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
	parts := pagetest.DOCXParts("")
	delete(parts, "word/footnotes.xml")
	if _, err := readDOCX(t.Context(), "empty", pagetest.Zip(parts), page.DefaultLimits()); err == nil {
		t.Error("a document without text was taken")
	}
}

// FuzzDOCX: the elements of a document, its styles and its lists, each inside the root
// of its part. Seeds are short, and parts are stored as they are: deflating three parts
// takes longer than reading them.
func FuzzDOCX(f *testing.F) {
	const num = `<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>`
	const style = `<w:style w:type="paragraph" w:styleId="S"><w:name w:val="heading 1"/><w:basedOn w:val="T"/><w:pPr>` + num + `</w:pPr><w:rPr><w:b/><w:rFonts w:hAnsi=".VnTime"/></w:rPr></w:style>`
	const list = `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="1"><w:start w:val="2"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`
	for _, body := range []string{
		pagetest.Listed(1, 1, "x"), pagetest.WordPara(`<w:pStyle w:val="S"/>`, "c«ng"), `<w:p><w:r><w:t>1</w:t><w:tab/><w:sym w:font="Symbol" w:char="F0B3"/><w:br/></w:r></w:p>`,
		`<w:tbl>` + wordRow(`<w:gridBefore w:val="2"/>`, `<w:gridSpan w:val="2"/>`, "a", `<w:vMerge/>`, "b") + `</w:tbl>`,
		`<w:p><w:del><w:r><w:t>a</w:t></w:r></w:del><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>`,
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>IF</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>5</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
		`<w:p><mc:AlternateContent><mc:Choice><w:txbxContent><w:p/></w:txbxContent></mc:Choice></mc:AlternateContent></w:p>`,
	} {
		f.Add(body, style, list)
	}
	lim := page.Limits{Bytes: 1 << 20, Entities: 10_000, Depth: 64}.WithDefaults()
	f.Fuzz(func(t *testing.T, body, styles, lists string) {
		parts := map[string]string{}
		for root, inside := range map[string]string{"document": body, "styles": styles, "numbering": lists} {
			parts["word/"+root+".xml"] = `<w:` + root + pagetest.WordNS + `>` + inside + `</w:` + root + `>`
		}
		p, err := readDOCX(t.Context(), "fuzz.docx", pagetest.StoredZip(parts), lim)
		pagetest.Check(t, p, err)
	})
}

func BenchmarkReadDOCX(b *testing.B) {
	var body strings.Builder
	for i := range 500 {
		body.WriteString(pagetest.Listed(1, i%3, strings.Repeat("nội dung của một khoản trong nghị quyết ", 8)))
	}
	parts := pagetest.DOCXParts(body.String())
	data := pagetest.Zip(parts)
	b.SetBytes(int64(len(parts["word/document.xml"])))
	for b.Loop() {
		if _, err := readDOCX(b.Context(), "bench.docx", data, page.DefaultLimits()); err != nil {
			b.Fatal(err)
		}
	}
}
