package extract

import (
	"fmt"
	"strings"
	"testing"
)

// Pages of old portals are tables inside tables, and a document may itself be a
// table: all of the article stays, and menus are removed.
func TestTablesStay(t *testing.T) {
	names := strings.Fields("An Bình Cường Dũng Giang Hạnh Khánh Lâm Minh")
	var paragraphs, rows, items strings.Builder
	for i := range 40 {
		fmt.Fprintf(&paragraphs, "<p class=MsoNormal>Đoạn %d: chi bộ thôn Đông Bãi họp bàn việc sửa kênh mương, phân công từng đảng viên phụ trách hộ, báo cáo kết quả vào kỳ sau.</p>\n", i)
		fmt.Fprintf(&rows, "<tr><td>%d</td><td>Chi bộ số %d</td><td>đạt</td></tr>\n", i, i)
		fmt.Fprintf(&items, "<div>Đồng chí %s %s, tổ trưởng</div>\n", names[i/8], names[8-i%8])
	}
	const menu = `<ul class="menu"><li><a href="/a">Trang chủ</a></li><li><a href="/b">Liên hệ</a></li></ul>`
	for _, c := range []struct{ name, body, first, last string }{
		{"laid out in tables", `<table><tr><td colspan=2>` + menu + `</td></tr><tr><td><a href="/c">Tin tức</a></td><td><table><tr><td><b>Sửa kênh mương</b></td></tr><tr><td>` +
			paragraphs.String() + `</td></tr></table></td></tr></table>`, "Đoạn 0", "Đoạn 39"},
		{"a table", menu + `<div><h1>Kết quả xếp loại</h1><p>Kèm theo đây là bảng tổng hợp kết quả xếp loại của các chi bộ trong toàn đảng bộ, tính đến cuối năm.</p><table>` +
			rows.String() + `</table></div>`, "Chi bộ số 0", "Chi bộ số 39"},
		{"short lines after a paragraph", menu + `<div><h1>Danh sách tổ trưởng</h1><p>` + strings.Repeat("Đảng ủy xã thông báo danh sách tổ trưởng các tổ đảng, kèm số điện thoại để nhân dân tiện liên hệ. ", 4) +
			`</p></div><div>` + items.String() + `</div>`, "Đồng chí An Minh", "Đồng chí Giang Bình"},
	} {
		page := "<html><head><meta charset=utf-8><title>Tin xã</title></head><body>" + c.body + "</body></html>"
		for res, err := range New(Config{}).Bytes(t.Context(), "a.html", []byte(page)) {
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			for _, want := range []string{c.first, c.last} {
				if !strings.Contains(res.Article.Text, want) {
					t.Errorf("%s: the text has no %q: %q", c.name, want, res.Article.Text)
				}
			}
			if strings.Contains(res.Article.Text, "Trang chủ") {
				t.Errorf("%s: the menu is in the text: %q", c.name, res.Article.Text)
			}
		}
	}
}
