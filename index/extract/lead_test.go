package extract

import (
	"strings"
	"testing"

	"nghiquyet/index"
)

func TestLeadIsNoTitle(t *testing.T) {
	const body = "<p>Đảng ủy xã An Bình tổ chức hội nghị quán triệt nghị quyết của cấp trên tới toàn thể cán bộ, đảng viên và nhân dân trong toàn xã.</p>"
	for _, c := range []struct{ html, title, first string }{
		{`<title>Trang đuôi HTM</title><p>Đảng ủy xã An Bình họp bàn về công tác dân vận.</p>`,
			"Trang đuôi HTM", "Đảng ủy xã An Bình họp"},
		{`<title>An Bình đổi mới công tác dân vận - Cổng thông tin điện tử tỉnh Bình Minh</title><div class="sapo">Nhiều cách làm hay đã có ở xã An Bình.</div>` + body,
			"An Bình đổi mới công tác dân vận", "Nhiều cách làm hay"},
		{`<title>Cổng thông tin điện tử tỉnh Bình Minh</title><p>An Bình đổi mới công tác dân vận</p>` + body,
			"An Bình đổi mới công tác dân vận", "Đảng ủy xã An Bình"},
		{`<title>An Bình đổi mới công tác dân vận</title><h1>An Bình đổi mới công tác dân vận ở cơ sở.</h1>` + body,
			"An Bình đổi mới công tác dân vận ở cơ sở.", "Đảng ủy xã An Bình"},
		{`<title>Đảng bộ xã An Bình tổng kết bốn năm công tác dân vận khéo</title><p>Sáng nay, hội nghị khai mạc.</p>` + body,
			"Đảng bộ xã An Bình tổng kết bốn năm công tác dân vận khéo", "Sáng nay, hội nghị"},
		{`<title>Xã An Bình ban hành chương trình hành động | Báo Bình Minh</title><p>Sáng nay, hội nghị khai mạc.</p>` + body,
			"Xã An Bình ban hành chương trình hành động", "Sáng nay, hội nghị"},
		{`<title>Báo cáo công tác dân vận</title><p>Sáng nay, hội nghị khai mạc.</p>` + body,
			"Báo cáo công tác dân vận", "Sáng nay, hội nghị"},
		{`<title>Đảng ủy xã An Bình</title><p>Sáng nay, hội nghị khai mạc.</p>` + body,
			"Sáng nay, hội nghị khai mạc.", "Đảng ủy xã An Bình tổ chức"},
		{`<title>An Bình họp bàn về công tác dân vận khéo</title><p>An Bình họp bàn về công tác dân vận khéo.</p>` + body,
			"An Bình họp bàn về công tác dân vận khéo.", "Đảng ủy xã An Bình tổ chức"},
	} {
		for res, err := range New(Config{}).Bytes(t.Context(), "x.html", []byte(c.html)) {
			if err != nil {
				t.Errorf("%s: %v", c.html, err)
				continue
			}
			a := res.Article
			if a.Title != c.title || len(a.Text) < len(c.first) || a.Text[:len(c.first)] != c.first {
				t.Errorf("%.90s: title %q, text %.60q; want %q, %q", c.html, a.Title, a.Text, c.title, c.first)
			}
		}
	}
}

// TestSignedFigureIsNoTitle: a line that begins with a figure after a sign stays text.
func TestSignedFigureIsNoTitle(t *testing.T) {
	for _, line := range []string{"-5% so với cùng kỳ năm 2019", "+3,5% so với kế hoạch của năm", "- 7 hộ nghèo so với năm 2019"} {
		text := "Báo cáo thu chi\n" + line + "\n" + plainProse
		for res, err := range New(Config{}).Bytes(t.Context(), "x.txt", []byte(text)) {
			if err != nil {
				t.Fatal(err)
			}
			if a := res.Article; a.Title != "Báo cáo thu chi" || !strings.Contains(a.Text, line) {
				t.Errorf("%s: title %q, text %.60q", line, a.Title, a.Text)
			}
		}
	}
}

func TestTitleLine(t *testing.T) {
	const body = "<p>" + plainProse + "</p>"
	for _, c := range []struct{ html, title, date string }{
		{"<h1>CÔNG VĂN</h1><p>V/v trực dịch ở các thôn</p>" + body, "V/v trực dịch ở các thôn", ""},
		{"<h1>Đảng bộ xã An Bình đổi mới sinh hoạt chi bộ 12/03/2020</h1>" + body, "Đảng bộ xã An Bình đổi mới sinh hoạt chi bộ", "2020-03-12"},
		{"<h1>Đảng bộ xã An Bình đổi mới sinh hoạt chi bộ từ ngày 12/03/2020</h1>" + body, "Đảng bộ xã An Bình đổi mới sinh hoạt chi bộ từ ngày 12/03/2020", ""},
		{"<h1>Lịch tiếp công dân của Đảng ủy xã đến 12/03/2020</h1>" + body, "Lịch tiếp công dân của Đảng ủy xã đến 12/03/2020", ""},
	} {
		for res, err := range New(Config{}).Bytes(t.Context(), "x.html", []byte(c.html)) {
			if err != nil {
				t.Fatal(err)
			}
			if a := res.Article; a.Title != c.title || string(a.Date) != c.date || a.Evidence["date"].Sure == index.SureHigh {
				t.Errorf("%.80s: title %q, date %q %+v; want %q, %q", c.html, a.Title, a.Date, a.Evidence["date"], c.title, c.date)
			}
		}
	}
}
