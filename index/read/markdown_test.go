package read

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

func TestMarkdownBlocks(t *testing.T) {
	for _, c := range [][2]string{
		{"# Một\n\nhai *ba* **bốn** `năm`", "h1 Một\nhai ba bốn năm"},
		{"Một\n===\n\nHai\n---", "h1 Một\nh2 Hai"},
		{"1\\. Một\n\n\\- Hai\n\n\\* Ba", "1. Một\n* - Hai\n* * Ba"},
		{"**NGHỊ QUYẾT**", "h6 NGHỊ QUYẾT"},
		{"[Tải về](http://x.vn) và [gạch]{.underline} ![ảnh](a.jpg)", "Tải về và gạch"},
		{"- một\n- hai", "* - một\n* - hai"},
		{"snake_case_name _nhấn_ __đậm__", "snake_case_name nhấn đậm"},
		{"a &amp; b &#7863; <br> c", "a & b ặ c"},
		{"| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | |", "A|B\n1|2\n3"},
		{"|| 2019 | 2020 |\n|---|---|---|\n| thu || 12,5 |\n| 3\\|4 | 5 | 6 |", "|2019|2020\nthu||12,5\n3|4|5|6"},
		{"+---+---+\n| a | b |\n|   |   |\n| c | d |\n+---+---+\n| e | f |\n+---+---+", "a c|b d\ne|f"},
		{"  ------ ------\n  A      B\n  \n  C      D\n  ------ ------\n\nsau", "A|B\nC|D\nsau"},
		{"---\ntitle: Tên\ndate: 2020-10-05\n---\n\nThân", "Thân"},
		{"---\n\nThân", "Thân"},
		{"<!-- chú thích -->\n\n> trích", "> trích"},
		{"[chưa đóng\n\n**chưa đóng\n\n\\", "[chưa đóng\nchưa đóng"},
		{"", ""},
	} {
		page, err := readMarkdown(t.Context(), "x.md", c[0], page.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if got := blocksString(page.Blocks); got != c[1] {
			t.Errorf("%q\n  %q, want\n  %q", c[0], got, c[1])
		}
	}
}

func TestEmphasisPartsWords(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"thành phố**nghỉ dưỡng**", "thành phố nghỉ dưỡng"},
		{"Bí thư*Xô*", "Bí thư Xô"},
		{"2*3", "2*3"},
		{"2 * 3 * 4", "2 * 3 * 4"},
		{"điểm (c) và (d), ngày 1/2/2020, 1/2 số hộ", "điểm (c) và (d), ngày 1/2/2020, 1/2 số hộ"},
		{"12 km<sup>2</sup>, 320<sup>1</sup> tr, 5 x 10<sup>6</sup>, <sup>1</sup>/<sub>2</sub>, 2<sup>1</sup>⁄2, CO<sub>2</sub>", "12 km2, 320 tr, 5 x 10⁶, 1/2, 2 1⁄2, CO2"},
		{"*Hà Nội, ng**ày 21*", "Hà Nội, ngày 21"},
		{"**BỘ C****ÔNG THƯƠNG**", "BỘ CÔNG THƯƠNG"},
		{"năm 202**5*", "năm 2025"},
		{"**đậm**, *nghiêng*", "đậm, nghiêng"},
	} {
		if got := inline(c.in); got != c.want {
			t.Errorf("inline(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// blockString is the block as tests print it: h2:, -, f: and "text" with lines as /.
func blockString(b page.Block) string {
	s := strings.NewReplacer("\n", "/", "\t", "|").Replace(b.Text)
	if b.Item {
		s = "* " + s
	}
	if b.Heading > 0 {
		s = fmt.Sprintf("h%d %s", b.Heading, s)
	}
	if b.Furniture {
		s = "f " + s
	}
	return s
}

func blocksString(bs []page.Block) string {
	var out []string
	for _, b := range bs {
		out = append(out, blockString(b))
	}
	return strings.Join(out, "\n")
}

func TestMarkdownFootnotes(t *testing.T) {
	p, err := readMarkdown(t.Context(), "x", "Theo 18-NQ/TW[^1] ngày 05/10/2020[^a-2].\n\n[^1]: Công báo số 3\n\n[^ 3] và [^] để nguyên\n", page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	want := "Theo 18-NQ/TW ngày 05/10/2020.\n[1]: Công báo số 3\n[^ 3] và [^] để nguyên"
	if got := strings.Join(pagetest.Texts(p), "\n"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
