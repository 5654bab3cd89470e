package extract

import (
	"slices"
	"strings"
	"testing"
)

// wordEntities writes s as Word saves it: letters of windows-1252 as bytes,
// all others as numeric entities.
func wordEntities(s string) []byte {
	var out []byte
	for _, r := range s {
		switch {
		case r < 0x80 || r >= 0xA0 && r <= 0xFF:
			out = append(out, byte(r))
		default:
			out = append(out, "&#"...)
			out = append(out, formatNumber(int(r), "decimal")...)
			out = append(out, ';')
		}
	}
	return out
}

//lint:ignore ST1018 TCVN3 writes ư as a soft hyphen
const wordPageHTML = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=windows-1252"><meta name=Generator content="Microsoft Word 11">
<title>TỈNH ỦY</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>ai đó</o:Author></o:DocumentProperties></xml><![endif]-->
<style><!-- @font-face {font-family:".VnTime"; panose-1:2 11;}
p.MsoNormal, li.MsoNormal {mso-style-parent:""; margin:0cm; font-size:14.0pt; font-family:"Times New Roman";}
p.Cu {font-family:".VnTime"; } --></style></head>
<body lang=EN-US><div class=Section1>
<p class=MsoToc1>Mục lục thừa</p>
<p class=MsoNormal align=center><b>NGHỊ QUYẾT<o:p></o:p></b></p>
<p class=MsoNormal>Đảng bộ tỉnh là một <span style='mso-hide:all'>chữ ẩn</span>tập thể <del>chữ xóa</del>đoàn
kết.<o:p>&nbsp;</o:p></p>
<p class=MsoNormal style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Bài học thứ nhất.</p>
<p class=Cu>T­ t­ëng, c«ng t¸c <span style='font-family:"Times New Roman"'>tổ chức</span> c¸n bé</p>
<p class=MsoNormal><span style="font-size:14.0pt;font-family:&quot;VNI-Times&quot;">Ñaûng boä</span> và <font face=".VnTimeH">nghÞ quyÕt</font></p>
<div style='mso-element:footnote-list'><p class=MsoFootnoteText>[1] Ghi chú.</p></div>
</div></body></html>`

func TestReadWordHTML(t *testing.T) {
	text, _, err := decodeText(wordEntities(wordPageHTML), "windows-1252")
	if err != nil {
		t.Fatal(err)
	}
	p, err := readHTML(t.Context(), "word.htm", text, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"NGHỊ QUYẾT", "Đảng bộ tỉnh là một tập thể đoàn kết.", "1. Bài học thứ nhất.", "Tư tưởng, công tác tổ chức cán bộ", "Đảng bộ và NGHỊ QUYẾT", "[1] Ghi chú."}
	if got := texts(p); !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestPrepareWordLeavesOtherPages(t *testing.T) {
	root, err := parseHTML("x", `<body><del>giữ</del><p style="display:none">và</p><p style="font-family:Arial">®</p></body>`, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if prepareWord(root) {
		t.Error("taken for a page of Word")
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.FirstChild == nil {
			b.WriteString(n.Data)
		}
	}
	if !strings.Contains(b.String(), "giữvà®") {
		t.Errorf("%q", b.String())
	}
}
