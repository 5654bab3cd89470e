package extract

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index"
)

func TestLessonsInHTMLLists(t *testing.T) {
	const a, b, c, d = "<li>Giữ đoàn kết trong cấp ủy</li>", "<li>Bám cơ sở, gần dân</li>", "<li>Nêu gương trước dân</li>", "<li>Kiểm tra sớm, nhắc nhở kịp thời</li>"
	const abc = "1 Giữ đoàn kết trong cấp ủy|2 Bám cơ sở, gần dân|3 Nêu gương trước dân"
	for _, test := range []struct{ rule, head, list, want string }{
		{"numbers", "Bài học kinh nghiệm", "<ol>" + a + b + c + "</ol>", abc},
		{"the numbers of a heading are others", "1. Bài học kinh nghiệm", "<ol>" + a + b + c + "</ol>", abc},
		{"the heading has the number of an item", "2. Bài học kinh nghiệm", "<ol>" + a + b + c + "</ol>", abc},
		{"small Roman", "Bài học kinh nghiệm", `<ol type="i">` + a + b + c + "</ol>", abc},
		{"Roman", "Bài học kinh nghiệm", `<ol type="I">` + a + b + c + "</ol>", abc},
		{"letters", "Bài học kinh nghiệm", `<ol type="a">` + a + b + c + "</ol>", abc},
		{"letters after h", "Bài học kinh nghiệm", `<ol type="a" start="8">` + a + b + "</ol>", "8 Giữ đoàn kết trong cấp ủy|9 Bám cơ sở, gần dân"},
		{"start", "Bài học kinh nghiệm", `<ol start="4">` + a + b + "</ol>", "4 Giữ đoàn kết trong cấp ủy|5 Bám cơ sở, gần dân"},
		{"reversed", "Bài học kinh nghiệm", `<ol reversed>` + a + b + "</ol>", "2 Giữ đoàn kết trong cấp ủy|1 Bám cơ sở, gần dân"},
		{"a list for each", "Bài học kinh nghiệm", "<ol>" + a + "</ol><ol>" + b + "</ol><ol>" + c + "</ol>", abc},
		{"a list goes on after a paragraph", "Bài học kinh nghiệm", "<ol>" + a + "</ol><p>Có việc phải bàn lại.</p><ol start=2>" + b + c + "</ol>", "1 Giữ đoàn kết trong cấp ủy\nCó việc phải bàn lại.|2 Bám cơ sở, gần dân|3 Nêu gương trước dân"},
		{"typed", "Bài học kinh nghiệm", "<ol><li>Một là, giữ đoàn kết</li><li>Hai là, bám cơ sở</li></ol>", "1 giữ đoàn kết|2 bám cơ sở"},
		{"a list inside an item", "Bài học kinh nghiệm", "<ol>" + strings.TrimSuffix(a, "</li>") + "<ol>" + d + "<li>Phân công rõ</li></ol></li>" + b + c + "</ol>",
			"1 Giữ đoàn kết trong cấp ủy\n1. Kiểm tra sớm, nhắc nhở kịp thời\n2. Phân công rõ|2 Bám cơ sở, gần dân|3 Nêu gương trước dân"},
		{"numbers below bullets", "Bài học kinh nghiệm", "<ul>" + strings.TrimSuffix(a, "</li>") + "<ol>" + d + "</ol></li>" + b + c + "</ul>",
			"1 Giữ đoàn kết trong cấp ủy\n1. Kiểm tra sớm, nhắc nhở kịp thời|2 Bám cơ sở, gần dân|3 Nêu gương trước dân"},
		{"the list around ends it", "", "<ol><li>Kết quả đạt được</li><li>Bài học kinh nghiệm:<ol>" + a + b + c + "</ol></li><li>Phương hướng năm tới</li></ol>", abc},
		{"paragraphs in items", "Bài học kinh nghiệm", "<ol><li><p>Giữ đoàn kết trong cấp ủy</p><p>Có việc phải bàn lại.</p></li>" + b + c + "</ol>",
			"1 Giữ đoàn kết trong cấp ủy\nCó việc phải bàn lại.|2 Bám cơ sở, gần dân|3 Nêu gương trước dân"},
		{"bullets", "Bài học kinh nghiệm", "<ul>" + a + b + c + "</ul>", abc},
	} {
		prose := "<p>" + strings.Repeat("Năm qua tỉnh làm được nhiều việc cho dân vùng cao, vùng xa. ", 6) + "</p>"
		head := "<h3>" + test.head + "</h3>"
		if test.head == "" {
			head = ""
		}
		article := htmlArticle(t, "<html><body><article><h1>Tỉnh ủy tổng kết năm</h1>"+prose+head+test.list+"</article></body></html>")
		var got []string
		for _, l := range article.Lessons {
			got = append(got, fmt.Sprintf("%d %s", l.Ordinal, l.Text))
		}
		if s := strings.Join(got, "|"); s != test.want {
			t.Errorf("%s: %q, want %q\n%s", test.rule, s, test.want, article.Text)
		}
	}
}

func htmlArticle(t *testing.T, text string) (a index.Article) {
	t.Helper()
	for res, err := range New(Config{}).Bytes(t.Context(), "x.html", []byte(text)) {
		if err != nil {
			t.Fatal(err)
		}
		a = res.Article
	}
	return a
}

// TestLessonsInTable: the rows of a table are lessons, to its end.
func TestLessonsInTable(t *testing.T) {
	const report = "<h1>Báo cáo công tác dân vận</h1><p>Công tác dân vận có nhiều chuyển biến.</p><p>II. BÀI HỌC KINH NGHIỆM</p><table><tr><th>TT</th><th>Nội dung</th></tr>" +
		"<tr><td>1</td><td>Gần dân.</td></tr><tr><td>2.</td><td>Nêu gương.</td></tr></table><p>III. PHƯƠNG HƯỚNG</p><table><tr><td>1</td><td>Đẩy mạnh sản xuất.</td></tr><tr><td>2</td><td>Mở đường.</td></tr></table>"
	for res, err := range New(Config{}).Bytes(t.Context(), "a.html", []byte(report)) {
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, l := range res.Article.Lessons {
			got += l.Text + "|"
		}
		if want := "Gần dân.|Nêu gương.|"; got != want {
			t.Errorf("lessons %q, want %q", got, want)
		}
	}
}
