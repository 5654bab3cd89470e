package pagetest

import "strconv"

// WordBytes writes s as Word saves it: letters of windows-1252 as bytes,
// all others as numeric entities.
func WordBytes(s string) []byte {
	var out []byte
	for _, r := range s {
		switch {
		case r < 0x80 || r >= 0xA0 && r <= 0xFF:
			out = append(out, byte(r))
		default:
			out = append(out, "&#"...)
			out = strconv.AppendInt(out, int64(r), 10)
			out = append(out, ';')
		}
	}
	return out
}

//lint:ignore ST1018 TCVN3 writes ư as a soft hyphen
const WordPageHTML = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
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

// Sample is a paragraph with most letters of Vietnamese.
const Sample = "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ mười bảy đã đề ra mục tiêu phát triển kinh tế - xã hội; " +
	"kiểm điểm việc lãnh đạo, chỉ đạo, tổ chức thực hiện và rút ra những bài học kinh nghiệm quý báu. Ủy ban kiểm tra báo cáo."
