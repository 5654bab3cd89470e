package extract

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index"
)

// A page with a headline, a line of dates and a paragraph without any.
func TestLabelledDates(t *testing.T) {
	const body = "<p>Đảng ủy xã An Bình tổ chức hội nghị quán triệt nghị quyết của cấp trên tới toàn thể cán bộ, đảng viên và nhân dân trong xã.</p>"
	for _, c := range [][2]string{
		{"Ngày ban hành: 31/12/2020", "2020-12-31"},
		{"Ngày ban hành: 31/12/2020 | Ngày hiệu lực: 15/01/2021", "2020-12-31"},
		{"Ngày hiệu lực: 15/01/2021 | Ngày ban hành: 31/12/2020", "2020-12-31"},
		{"Ngày hiệu lực: 15/01/2021 - Ngày ký: 31/12/2020", "2020-12-31"},
		{"Ngày ký: 31/12/2020; có hiệu lực từ ngày 15/01/2021", "2020-12-31"},
		{"Ngày ký 31-12-2020", "2020-12-31"},
		{"Ký ngày 31 tháng 12 năm 2020", "2020-12-31"},
		{"Ban hành: 31/12/2020. Hết hiệu lực: 01/01/2025", "2020-12-31"},
		{"Ban hành ngày 31/12/2020, hết hạn ngày 31/12/2022", "2020-12-31"},
		{"Ngày đăng: 31/12/2020 - Cập nhật: 02/01/2021", "2020-12-31"},
		{"Cập nhật: 02/01/2021 - Ngày đăng: 31/12/2020", "2020-12-31"},
		{"Đăng lúc 08:30 31/12/2020 | Cập nhật lúc 09:10 02/01/2021", "2020-12-31"},
		{"Đăng ngày 31/12/2020, cập nhật lần cuối 02/01/2021", "2020-12-31"},
		{"Ngày xuất bản: 31/12/2020 · Chỉnh sửa: 02/01/2021", "2020-12-31"},
		{"Xuất bản 31/12/2020 (cập nhật 02/01/2021)", "2020-12-31"},
		{"Ngày in: 02/03/2024 - Ngày đăng: 31/12/2020", "2020-12-31"},
		{"Published: Dec 31, 2020 - Updated: Jan 2, 2021", "2020-12-31"},
		{"31/12/2020 (ngày ban hành)", "2020-12-31"},
		{"Ngày phát hành: 31.12.2020", "2020-12-31"},
		{"Ngày thông qua: 31/12/2020", "2020-12-31"},
		{"Cập nhật: 31/12/2020", "2020-12-31"},
		{"Cập nhật: 02/01/2021</p><p>Ngày đăng: 31/12/2020", "2020-12-31"},
		{"Ngày đăng: 05/02/2021</p><p>Ngày ban hành: 31/12/2020", "2020-12-31"},
		{"Ngày có hiệu lực: 15/01/2021</p><p>Ngày ban hành: 31/12/2020", "2020-12-31"},
		{"Hiệu lực từ: 15/01/2021", ""},
		{"Ngày có hiệu lực</p><p>15/01/2021", ""},
		{"Ngày khởi công</p><p>15/01/2021", ""},
		{"Ngày đăng bài</p><p>15/01/2021", "2021-01-15"},
		{"Có hiệu lực từ ngày 15/01/2021", ""},
		{"Ngày hiệu lực: 15/01/2021", ""},
		{"Ngày có hiệu lực: 15/01/2021", ""},
		{"Hết hiệu lực: 15/01/2021", ""},
		{"Ngày hết hạn: 15/01/2021", ""},
		{"Hết hạn: 15/01/2021", ""},
		{"Hạn nộp hồ sơ: 15/01/2021", ""},
		{"Ngày in: 15/01/2021", ""},
		{"In ngày 15/01/2021", ""},
		{"Truy cập ngày 15/01/2021", ""},
		{"Ngày áp dụng: 15/01/2021", ""},
		{"Ngày đăng ký: 15/01/2021", ""},
		{"Ngày đăng công báo: 15/01/2021", ""},
		{"Hôm nay: 15/01/2021", ""},
		{"Ngày tiếp nhận: 15/01/2021", ""},
		{"Ngày ban hành: 12/2020", "2020-12"},
		{"Ngày ban hành: tháng 12 năm 2020", "2020-12"},
		{"Ban hành: Tháng 12/2020", "2020-12"},
		{"Ngày đăng: 01/2021</p><p>Ngày ban hành: 12/2020", "2020-12"},
		{"Ngày ban hành: …/12/2020", "2020-12"},
		{"Ngày ban hành: ngày ..../12/2020", "2020-12"},
		{"Ngày ban hành: 13/2020", ""},
		{"Ngày hiệu lực: 01/2021", ""},
	} {
		checkDate(t, "<h1>Hội nghị quán triệt nghị quyết của cấp trên</h1><p>"+c[0]+"</p>"+body, c[0], c[1])
	}
	row := func(label, day string) string { return fmt.Sprintf("<tr><td>%s</td><td>%s</td></tr>", label, day) }
	issued, inForce := row("Ngày ban hành", "31/12/2020"), row("Ngày có hiệu lực", "15/01/2021")
	for _, rows := range []string{issued + inForce, inForce + issued, issued, row("Ngày hết hiệu lực", "01/01/2025") + issued + inForce} {
		checkDate(t, "<h1>Hội nghị quán triệt nghị quyết của cấp trên</h1><table>"+rows+"</table>"+body, rows, "2020-12-31")
	}
	checkDate(t, "<h1>Hội nghị quán triệt nghị quyết của cấp trên</h1><table>"+inForce+"</table>"+body, inForce, "")
}

// A page may give its month or year in a tag.
func TestMonthsInTags(t *testing.T) {
	const page = `<meta name="%s" content="%s"><h1>Hội nghị quán triệt nghị quyết của cấp trên</h1><p>Đảng ủy xã An Bình tổ chức hội nghị quán triệt nghị quyết tới toàn thể cán bộ, đảng viên và nhân dân trong xã.</p>`
	for _, c := range []struct{ tag, content, want string }{
		{"dc.date", "2020-10", "2020-10"},
		{"DC.date.issued", "2020", "2020"},
		{"citation_publication_date", "10/2020", "2020-10"},
		{"date", "2020-13", ""},
		{"date", "2031-10", ""},
	} {
		checkDate(t, fmt.Sprintf(page, c.tag, c.content), c.tag+" "+c.content, c.want)
	}
}

// A table whose first row labels its columns.
func TestLabelledColumns(t *testing.T) {
	const body = "<p>Đảng ủy xã An Bình tổ chức hội nghị quán triệt nghị quyết của cấp trên tới toàn thể cán bộ, đảng viên và nhân dân trong xã.</p>"
	for _, c := range []struct{ rows, want string }{
		{"Ngày ban hành|Ngày hiệu lực/31.12.2020|15.01.2021", "2020-12-31"},
		{"Ngày hiệu lực|Ngày ban hành/15.01.2021|31.12.2020", "2020-12-31"},
		{"Ngày hiệu lực|Người ký|Ngày ban hành/15.01.2021|Lê Văn An|31.12.2020", "2020-12-31"},
		{"Số ký hiệu|Ngày ban hành|Ngày hiệu lực|Trích yếu/15-KH/HU|31.12.2020|15.01.2021|Về dân vận", "2020-12-31"},
		{"Ngày cập nhật|Ngày đăng/02.01.2021 08:30|31.12.2020 10:15", "2020-12-31"},
		{"Ngày đăng|Ngày ban hành/05.01.2021|31.12.2020", "2020-12-31"},
		{"Ngày ban hành|Ngày hiệu lực/12.2020|01.2021", "2020-12"},
		{"Ngày ban hành|Ngày hiệu lực/tháng 12 năm 2020|15.01.2021", "2020-12"},
		{"Ngày ban hành|Ngày hiệu lực/|15.01.2021", ""},
		{"Ngày hiệu lực|Ngày hết hiệu lực/15.01.2021|31.12.2025", ""},
		{"Số ký hiệu|Ngày ban hành/15-KH/HU|31.12.2020/16-KH/HU|30.11.2020", ""},
		{"STT|Số ký hiệu|Ngày ban hành/1|15-KH/HU|31.12.2020", ""},
	} {
		rows, number := strings.Split(strings.ReplaceAll(c.rows, "KH/", "KH\x00"), "/"), strings.NewReplacer("\x00", "/", "|", "</td><td>")
		for i, row := range rows {
			rows[i] = "<tr><td>" + number.Replace(row) + "</td></tr>"
		}
		checkDate(t, "<h1>Hội nghị quán triệt nghị quyết của cấp trên</h1><table>"+strings.Join(rows, "")+"</table>"+body, c.rows, c.want)
	}
}

func checkDate(t *testing.T, html, name, want string) {
	t.Helper()
	x := New(Config{Today: "2026-11-29"})
	for res, err := range x.Bytes(t.Context(), "trang.html", []byte(html)) {
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		ev := res.Article.Evidence["date"]
		if got := string(res.Article.Date); got != want && (got == "" || ev.Sure == index.SureHigh || want != "") {
			t.Errorf("%s: %q %s from %q, want %q", name, got, ev.Sure, ev.Text, want)
		}
	}
}

func TestInstantsAreDaysInVietNam(t *testing.T) {
	for _, c := range [][2]string{
		{"2020-10-04T23:30:00Z", "2020-10-05"},
		{"2020-12-31T17:30:00.000Z", "2021-01-01"},
		{"2020-10-05T06:30:00+07:00", "2020-10-05"},
		{"2020-10-05T23:30:00+07:00", "2020-10-05"},
		{"2020-10-04T20:00:00-05:00", "2020-10-05"},
		{"2020-10-05T00:30:00+0900", "2020-10-04"},
		{"2020-10-04 23:30:00Z", "2020-10-05"},
		{"Sun, 04 Oct 2020 23:30:00 GMT", "2020-10-05"},
		{"Mon, 05 Oct 2020 06:30:00 +0700", "2020-10-05"},
		{"2020-10-05T06:30:00", "2020-10-05"},
		{"2020-10-05", "2020-10-05"},
		{"20201005", "2020-10-05"},
	} {
		if d, ok := isoDay(c[0]); !ok || d.String() != c[1] {
			t.Errorf("isoDay(%q) = %s, want %s", c[0], d, c[1])
		}
	}
}
