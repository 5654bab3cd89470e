package read

import (
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

func TestReadRTF(t *testing.T) {
	const fonts = `{\fonttbl{\f0\froman Times New Roman;}{\f1\fswiss .VnTime;}{\f2\fnil\fcharset163 Arial;}{\f3 VNI-Times;}{\f4\froman\fcharset2 Symbol;}}`
	for _, tt := range []struct{ name, body, want string }{
		{"Unicode with one letter instead", `Ngh\u7883?`, "Nghị"},
		{"Unicode with none instead", `{\uc0 Ngh\u7883 quy\u7871t}\u272? x`, "NghịquyếtĐ x"},
		{"Unicode with two bytes instead", `\uc2 Ngh\u7883\'e1\'bb x`, "Nghị x"},
		{"Unicode below zero", `a\u-4051?b\u8211-c`, "a-b–c"},
		{"the code page of the document", `\'d0\'fan \'e0`, "Đún à"},
		{"the letters of a font", `{\f2 \'d0\'f4\'f2ng}`, "Động"},
		{"TCVN3", `{\f1 C\'abng t\'b8c t\-\'ad t\'ad\'ebng}`, "Công tác tưư tưởng"},
		{"VNI", `{\f3 \'d1a\'fbng bo\'e4}`, "Đảng bộ"},
		{"signs", `{\f4 \'b3\u-3919?} 5 năm`, "≥± 5 năm"},
		{"marks of footnotes", `320{\super 1} tr, 12 km{\super 2}, 7{\up8 3} v`, "320 tr, 12 km2, 7 v"},
		{"fractions", `2{\super 1}/{\sub 2} v, 320{\super 1}/{\sub\nosupersub v}, 5{\up6 1}/{\dn6 2}`, "2 1/2 v, 320/v, 5 1/2"},
		{"hidden and deleted", `a{\v b}{\deleted c}{\v0 d}`, "ad"},
		{"field", `{\field{\*\fldinst HYPERLINK "x"}{\fldrslt mở ao}}`, "mở ao"},
		{"a dropped capital", `\pard\dropcapli3\dropcapt1 \u272?\par\pard \u7843?ng b\u7897?\par sau`, "Đảng bộ|sau"},
		{"a deleted mark of a paragraph", `\u272?\u7841?t 1{\deleted 0\par}5 tri\u7879?u\par {\deleted x\par}sau`, "Đạt 15 triệu|sau"},
		{"picture", `a{\pict\wmetafile8 0102ab}{\*\shppict{\pict 01}}{\pict\bin4 }}\}b}c`, "ac"},
		{"unknown groups", `a{\*\unknown{\b x}y}b`, "ab"},
		{"bullets of LibreOffice", `{\listtext \u61589?\tab}vi\u7879?c\par{\listtext \u61589?\tab}sau`, "• việc|• sau"},
		{"number of a list", `{\listtext 1.\tab}vi\u7879?c\par{\listtext 2.\tab}sau`, "1. việc|2. sau"},
		{"footnotes apart", `a{\footnote ghi ch\u250?\par}b\par c`, "ab|c|ghi chú"},
		{"running heads", `{\header tr\u234?n}a{\footer d}`, "a"},
		{"text box", `a{\shp{\*\shpinst{\sp{\sn n}{\sv 1}}{\shptxt trong\par}}{\shprslt x}}b`, "ab|trong"},
		{"table", `\trowd\intbl a\cell b\par c\cell d\cell e\cell\row\trowd\intbl 1\cell\cell 2\cell 3\cell\row\pard sau`, "a\tb c\td\te|1\t\t2\t3|sau"},
		{"merged cells by their edges", `\trowd\cellx1000\cellx3000\cellx4000\intbl TT\cell Thu\cell Ghi\cell\row\trowd\trleft-100\cellx1010\cellx2000\cellx2990\cellx4000 1\cell 12\cell 13\cell x\cell\row\trowd\trleft1000\cellx2000\cellx3000\cellx4000 14\cell 15\cell y\cell\row\pard sau`,
			"TT\tThu\t\tGhi|1\t12\t13\tx|\t14\t15\ty|sau"},
		{"a table in a cell", `\trowd\intbl\itap2 1\nestcell 2\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}3\nestcell{\*\nesttableprops\nestrow}\intbl\itap1 sau\cell b\cell\row\pard cuối`,
			"1\t2|3|sau|b|cuối"},
		{"line and signs", `a\line b\~c\_d\emdash e\ldblquote f\{\}\\`, "a\nb c-d—e“f{}\\"},
		{"lines of the file", "a\r\nb\\\nc", "ab|c"},
	} {
		data := []byte(`{\rtf1\ansi\ansicpg1258\deff0` + fonts + `\pard ` + toRTF(tt.body) + `\par}`)
		p, err := Document(t.Context(), NewInput("a.rtf", 0, data), page.Limits{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := strings.Join(pagetest.Texts(p), "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// toRTF writes non-ASCII characters as \u.
func toRTF(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		b.WriteString(`\u`)
		b.WriteString(strings.TrimLeft(formatNumber(int(r), ""), "0"))
		b.WriteByte('?')
	}
	return b.String()
}

func TestReadRTFHeadings(t *testing.T) {
	data := []byte(`{\rtf1{\info{\title Tap}{\author Nguoi}}{\stylesheet{Normal;}{\s1\outlinelevel1 muc;}{\s2 heading 3;}{\s3\sbasedon2 con;}}` +
		`\pard\s1 mot\par\pard\s2 hai\par\pard\s3 ba\par\pard bon\par}`)
	p, err := readRTF(t.Context(), "a.rtf", data, page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{2, 3, 3, 0} {
		if got := p.Blocks[i].Heading; got != want {
			t.Errorf("%q is a heading of level %d, want %d", p.Blocks[i].Text, got, want)
		}
	}
	if p.Title != "Tap" || p.Meta["doc:author"] != "Nguoi" {
		t.Errorf("Meta = %v", p.Meta)
	}
}

func TestReadRTFRejects(t *testing.T) {
	for _, tt := range []struct{ name, data, code string }{
		{"cut", `{\rtf1 a{\b b`, page.CodeDamaged},
		{"cut in a word", `{\rtf1 a\`, page.CodeDamaged},
		{"deep", `{\rtf1 ` + strings.Repeat("{", 10_000), page.CodeTooDeep},
		{"no text", `{\rtf1{\pict 0102}}`, page.CodeEmpty},
		{"bytes beyond the end", `{\rtf1 a\bin2000000000 x}`, page.CodeDamaged},
	} {
		rejects(t, tt.name, NewInput("a.rtf", 0, []byte(tt.data)), tt.code)
	}
}

func FuzzRTF(f *testing.F) {
	f.Add(`{\fonttbl{\f0 .VnTime;}}{\stylesheet{\s1 heading 1;}}\s1\f0 \'ad{\super 1{\footnote x}}\trowd\intbl a\cell\row`)
	f.Add(`{\header{\shp{\*\shpinst{\shptxt a\cell}}}}\u-10179?\u-8704?\uc3\bin1 x`)
	lim := page.Limits{Bytes: 1 << 20, Depth: 64}.WithDefaults()
	f.Fuzz(func(t *testing.T, body string) {
		p, err := readRTF(t.Context(), "fuzz.rtf", []byte(`{\rtf1\ansi `+body+`}`), lim)
		pagetest.Check(t, p, err)
	})
}
