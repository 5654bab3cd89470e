package read

import (
	"strings"
	"testing"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

func TestNumbersOfHTMLLists(t *testing.T) {
	for _, c := range []struct{ rule, html, want string }{
		{"decimal", `<ol><li>Sông</li><li>Núi</li></ol>`, "1. Sông|2. Núi"},
		{"start", `<ol start="7"><li>Sông</li><li>Núi</li></ol>`, "7. Sông|8. Núi"},
		{"start with more after it", `<ol start=" 5. "><li>Sông</li></ol>`, "5. Sông"},
		{"start that is no number", `<ol start="x"><li>Sông</li></ol>`, "1. Sông"},
		{"start without bound", `<ol start="99999999999999999999"><li>Sông</li></ol>`, "1. Sông"},
		{"value", `<ol><li>Sông</li><li value="7">Núi</li><li>Biển</li></ol>`, "1. Sông|7. Núi|8. Biển"},
		{"zero and below", `<ol start="-1"><li>Sông</li><li>Núi</li></ol>`, "-1. Sông|0. Núi"},
		{"reversed", `<ol reversed><li>Sông<ol><li>Suối</li></ol></li><li>Núi</li></ol>`, "2. Sông|1. Suối|1. Núi"},
		{"reversed with start", `<ol reversed start="9"><li>Sông</li><li>Núi</li></ol>`, "9. Sông|8. Núi"},
		{"letters", `<ol type="a" start="3"><li>Sông</li></ol>`, "c. Sông"},
		{"capitals", `<ol type="A" start="26"><li>Sông</li><li>Núi</li><li>Biển</li></ol>`, "Z. Sông|AA. Núi|AB. Biển"},
		{"Roman", `<ol type="i" start="4"><li>Sông</li></ol><ol type="I" start="9"><li>Núi</li></ol>`, "iv. Sông|IX. Núi"},
		{"letters do not count zero", `<ol type="a" start="0"><li>Sông</li></ol>`, "0. Sông"},
		{"type of one item", `<ol><li>Sông</li><li type="a">Núi</li></ol>`, "1. Sông|b. Núi"},
		{"style", `<ol style="list-style-type: lower-roman"><li>Sông</li></ol>`, "i. Sông"},
		{"style before type", `<ol type="A" style="list-style: inside decimal-leading-zero"><li>Sông</li></ol>`, "01. Sông"},
		{"style of one item", `<ol><li style="list-style-type:none">Sông</li><li>Núi</li></ol>`, "Sông|2. Núi"},
		{"no style", `<ol style="margin:0; LIST-STYLE: none !important"><li>Sông</li></ol>`, "Sông"},
		{"no list item", `<ol><li style="display:inline-block">Sông</li></ol>`, "Sông"},
		{"type without number", `<ol><li type="none">Sông</li><li type="disc">Núi</li></ol>`, "Sông|Núi"},
		{"bullets", `<ul><li>Sông</li><li value="4">Núi</li></ul>`, "Sông|Núi"},
		{"bullets with a style of numbers", `<ul style="list-style-type:upper-alpha"><li>Sông</li></ul>`, "A. Sông"},
		{"bullets of an editor", `<ol><li data-list="bullet">Sông</li></ol>`, "Sông"},
		{"no list", `<div><li>Sông</li></div>`, "Sông"},
		{"paragraphs", `<ol><li><p>Sông</p><p>dài</p></li><li><div><h3>Núi</h3></div></li></ol>`, "1. Sông|dài|2. Núi"},
		{"lines", `<ol><li>Sông<br>dài</li><li><b>N</b>úi</li></ol>`, "1. Sông|dài|2. Núi"},
		{"nested", `<ol><li>Sông<ol type="a"><li>Suối</li><li>Lạch</li></ol>cạn</li><li>Núi<ul><li>Đèo</li></ul></li><li>Biển</li></ol>`, "1. Sông|a. Suối|b. Lạch|cạn|2. Núi|Đèo|3. Biển"},
		{"nested at the start", `<ol><li><ol type="a"><li>Suối</li><li>Lạch</li></ol></li><li>Núi</li></ol>`, "1. a. Suối|b. Lạch|2. Núi"},
		{"list in a list without item", `<ol><li>Sông</li><ol><li>Suối</li></ol><li>Núi</li></ol>`, "1. Sông|1. Suối|2. Núi"},
		{"empty item", `<ol><li></li><li><img src="x"></li><li>Biển</li></ol><p>Hết</p>`, "3. Biển|Hết"},
		{"hidden item", `<ol><li style="display:none">Sông</li><li>Núi</li></ol>`, "1. Núi"},
		{"unclosed items", `<ol><li>Sông<li>Núi</ol>Hết`, "1. Sông|2. Núi|Hết"},
		{"table in an item", `<ol start="4"><li><table><tr><td>Sông</td><td>12 km</td></tr><tr><td>Núi</td><td>900 m</td></tr></table></li></ol>`, "4. Sông\t12 km|Núi\t900 m"},
		{"typed", `<ol><li>1. Sông</li><li>b) Núi</li><li>Điều 3. Biển</li><li>Một là, đảo</li><li>(5) Hồ</li><li>k) Đầm</li><li>Bước 7: Ao</li></ol>`,
			"1. Sông|b) Núi|Điều 3. Biển|Một là, đảo|(5) Hồ|k) Đầm|Bước 7: Ao"},
		{"typed with the number of the item", `<ol start="3"><li>Điều 3 Biển</li><li>Điều 9 Luật này được bổ sung</li></ol>`, "Điều 3 Biển|4. Điều 9 Luật này được bổ sung"},
		{"typed parts", `<ol><li>Phần thứ nhất. Rừng</li><li>Chương II - Biển</li><li>Khoản 2: đảo</li><li>đ) Hồ</li><li>[3] Ao</li><li>100. Đầm</li></ol>`,
			"Phần thứ nhất. Rừng|Chương II - Biển|Khoản 2: đảo|đ) Hồ|[3] Ao|100. Đầm"},
		{"words that only look like parts", `<ol><li>Mục tiêu năm 2030</li><li>Điểm mới: rừng</li><li>Phần lớn là đồi</li></ol>`, "1. Mục tiêu năm 2030|2. Điểm mới: rừng|3. Phần lớn là đồi"},
		{"figures are no numbers", `<ol><li>2020 là năm hạn</li><li>- Núi</li></ol>`, "1. 2020 là năm hạn|2. - Núi"},
		{"menu", `<nav><ol><li>Sông</li></ol></nav><ol class="breadcrumb"><li>Núi</li></ol><p>Biển</p>`, "Sông|Núi|Biển"},
		{"headline", `<ol><li><h1>Sông</h1></li></ol>`, "Sông"},
		{"path of links", `<ol class="path"><li><a href="/">Trang chủ</a></li><li>Sông</li></ol><h1>Sông</h1><ol><li>Núi</li></ol>`, "Trang chủ|Sông|Sông|1. Núi"},
		{"title", `<title>Sông | Báo tỉnh</title><ol><li>Sông</li><li>Núi</li></ol>`, "Sông|2. Núi"},
		{"links", `<ol><li><a href="/a">Sông</a></li></ol>`, "Sông"},
	} {
		p, err := readHTML(t.Context(), "x.html", "<body>"+c.html, page.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(pagetest.Texts(p), "|"); got != c.want {
			t.Errorf("%s: %q, want %q", c.rule, got, c.want)
		}
	}
}

// TestNumbersOfArticle finds the same blocks of the article with numbers as without.
func TestNumbersOfArticle(t *testing.T) {
	item := "<li>" + strings.Repeat("Tỉnh giữ rừng đầu nguồn, giao đất cho dân và trả công đủ. ", 3) + "</li>"
	const link = `<li><a href="/x">Tin khác trong ngày của huyện</a></li>`
	read := func(tag string) *page.Page {
		list := func(items string) string { return "<" + tag + ` start="4">` + items + "</" + tag + ">" }
		p, err := readHTML(t.Context(), "x.html", "<body>"+list(link+link)+"<article><h1>Giữ rừng</h1>"+list(item+item+item)+"</article>"+list(link), page.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	numbered, plain := read("ol"), read("ul")
	if len(numbered.Blocks) != len(plain.Blocks) {
		t.Fatalf("%d blocks, want %d", len(numbered.Blocks), len(plain.Blocks))
	}
	numbers := ""
	for i, b := range numbered.Blocks {
		want := plain.Blocks[i]
		marker := strings.TrimSuffix(b.Text, want.Text)
		numbers += marker
		if b.Number.Len != len(marker) {
			t.Errorf("%q: number of %d bytes, want %d", b.Text, b.Number.Len, len(marker))
		}
		if b.Main != want.Main || b.Links != want.Links || b.Outer != want.Outer || b.Item != want.Item {
			t.Errorf("%+v, want as %+v", b, want)
		}
	}
	if numbers != "4. 5. 6. " {
		t.Errorf("numbers %q", numbers)
	}
}
