package read

import (
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

func TestHTMLShows(t *testing.T) {
	for _, tt := range []struct{ html, want string }{
		{`<p>Thu ngân sách đạt 320<sup>1</sup> triệu, theo 18-NQ/TW<sup>2</sup> ngày 05/10/2020<sup>[3]</sup>, trên 12 km<sup>2</sup>.</p>`,
			"Thu ngân sách đạt 320 triệu, theo 18-NQ/TW ngày 05/10/2020, trên 12 km2."},
		{`<p>tăng <sup>1</sup>/<sub>2</sub>, 2<sup>1</sup>/ <sub>2</sub> và <sup>3</sup>⁄4; 320<sup>1</sup>/năm, <span style="vertical-align:super">3</span>/<span style="vertical-align:sub">4</span></p>`, "tăng 1/2, 2 1/ 2 và 3⁄4; 320/năm, 3/4"},
		{`<p>đạt 320<a href="#_ftn1"><span><!-- x --><b>[1]</b></span></a> triệu, <a href="#_ftn2"><b>Mục</b> [2]</a></p>`, "đạt 320 triệu, Mục [2]"},
		{`<table><caption>Bảng 1. Thu năm 2020</caption><tr><td>TT</td><td>Xã</td><td>Thu</td></tr><tr><td>1</td><td>An Bình</td><td>12,5</td></tr></table>`, "Bảng 1. Thu năm 2020\nTT\tXã\tThu\n1\tAn Bình\t12,5"},
		{`<table><thead><tr><th>Thôn</th><th>Hộ</th></tr></thead><tfoot><tr><td>Cộng</td><td>30</td></tr></tfoot><tbody><tr><td>Một</td><td>10</td></tr><tr><td>Hai</td><td>20</td></tr></tbody></table>`, "Thôn	Hộ\nMột	10\nHai	20\nCộng	30"},
		{`<table><tr><td>Một</td><td>10</td></tr><tr><td>Hai</td><td>20</td></tr><thead><tr><th>Thôn</th><th>Hộ</th></tr></thead></table>`, "Thôn	Hộ\nMột	10\nHai	20"},
		{`<table><tbody><tr><td>Một</td><td>10</td></tr></tbody><tfoot><tr><td>Cộng</td><td>10</td></tr></tfoot><tbody><tr><td>Hai</td><td>20</td></tr></tbody><tfoot><tr><td>Cộng</td><td>20</td></tr></tfoot></table>`, "Một	10\nHai	20\nCộng	20\nCộng	10"},
		{`<p>quy chế dân chủ <sup><a href="#_ftn1"><span>4</span></a></sup> ở cơ sở</p>`, "quy chế dân chủ ở cơ sở"},
		{`<p>tăng 7<span style="font-size:8pt; vertical-align: super">2</span>%</p>`, "tăng 7%"},
		{`<style>.c4{vertical-align:super;font-size:6pt} .c5{vertical-align:super} .c5{vertical-align:baseline}</style><p>đạt 320<span class="c4">1</span> triệu, 18-NQ/TW<a class="c1 c4">2</a>, 7<span class="c5">2</span>%</p>`, "đạt 320 triệu, 18-NQ/TW, 72%"},
		{`<p>đạt 320<span style="vertical-align:4px;font-size:8px">1</span> triệu, 18-NQ/TW<span style="position:relative;top:-4.0pt;font-size:8.0pt;mso-text-raise:4.0pt">2</span>, 4<b style="vertical-align:1px;font-size:20px">5</b> hộ, 1<i style="vertical-align:.4em">2</i>, 3<i style="vertical-align:text-top;font-size:9px">4</i></p>`, "đạt 320 triệu, 18-NQ/TW, 45 hộ, 12, 34"},
		{`<p>&Auml;&#144;&aacute;&ordm;&pound;ng b&aacute;&raquo;&#153; x&Atilde;&pound; h&aacute;&raquo;&#141;p</p>`, "Đảng bộ xã họp"},
		{`<p><sup>1</sup> Ghi chú ở chân trang.</p>`, "1 Ghi chú ở chân trang."},
		{`<p>Hội nghị <span style="display:none">21/08/1997</span>diễn ra ngày 05/10/2020.</p>`, "Hội nghị diễn ra ngày 05/10/2020."},
		{`<p style="display: none !important;">Ngày đăng: 21/08/1997</p><p>Hiện</p>`, "Hiện"},
		{`<div style="VISIBILITY : hidden">` + strings.Repeat("Ẩn dù dài bao nhiêu. ", 200) + `</div><p>Hiện</p>`, "Hiện"},
		{`<div hidden>Ẩn</div><table><tr style="display:none"><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr></table>`, "c\td\ne\tf"},
		{`<style>/* x */ span.an, .b { display : none }</style><p>Họp <span class="an">21/08/1997</span>ngày <i class="c B">x</i>05/10/2020 ở nhà văn hóa.</p>`, "Họp ngày 05/10/2020 ở nhà văn hóa."},
		{`<style>.an{display:none} .an{display:block} @media print{.b{display:none}} .c:hover{display:none}</style><p class="an">Một</p><p class="b">Hai</p><p class="c">Ba</p>`, "Một\nHai\nBa"},
		{`<style>.the{visibility:hidden}</style><p>Mở</p><p class="the">Thẻ do kịch bản cho hiện</p>`, "Mở\nThẻ do kịch bản cho hiện"},
		{`<p>Họp <b style="font-size:0">21/08/1997</b>ngày 05/10/2020.</p>`, "Họp ngày 05/10/2020."},
		{`<p>theo 18-NQ/TW<a href="#fn2">2</a>, đạt 320<a href="x.html#_ftn3">[3]</a>, <a href="#noi-dung">4</a> mục</p><p><a href="#_ftnref3">[3]</a> Công báo</p>`, "theo 18-NQ/TW, đạt 320, 4 mục\n[3] Công báo"},
		{`<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><body style="visibility:hidden"><p>Mở <span style='color:red; MSO-HIDE : all'>ẩn</span>đầu</p><div style='mso-element:footer'><p>Trang 1</p></div></body></html>`, "Mở đầu"},
		{`<p>Mở <span style="mso-hide:all">trang không phải của Word</span></p>`, "Mở trang không phải của Word"},
		{`<body style="visibility:hidden"><p>Trang do kịch bản cho hiện</p></body>`, "Trang do kịch bản cho hiện"},
	} {
		p, err := readHTML(t.Context(), "x", tt.html, page.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", tt.html, err)
			continue
		}
		if got := strings.Join(pagetest.Texts(p), "\n"); got != tt.want {
			t.Errorf("%.80s: %q, want %q", tt.html, got, tt.want)
		}
	}
}
