package extract

import (
	"strings"
	"testing"
)

// TestNextArticle: a second article on the page adds nothing to the first one's
// text, lessons or places; the items of a bulletin and the parts of an article
// stay.
func TestNextArticle(t *testing.T) {
	const (
		first = `<p>05/10/2020</p>
<p>Những năm qua, Đảng ủy xã An Bình luôn coi trọng công tác dân vận, vận động nhân dân hiến đất làm đường, xây dựng nông thôn mới ở các thôn.</p>
<p>Từ thực tiễn, Đảng ủy rút ra một số bài học kinh nghiệm:</p>
<p>Một là, cấp ủy phải sâu sát cơ sở, nắm chắc tâm tư, nguyện vọng của nhân dân trong từng thôn.</p>
<p>Hai là, cán bộ, đảng viên phải nêu gương, nói đi đôi với làm, việc khó làm trước.</p>`
		second = `<p>Hội nghị tổng kết phong trào thi đua yêu nước giai đoạn 2015 - 2020 biểu dương các điển hình tiên tiến trong toàn huyện Hòa An.</p>
<p>Ba là, tăng cường kiểm tra, giám sát việc thực hiện phong trào thi đua ở cơ sở và các đoàn thể.</p>`
	)
	for _, c := range []struct {
		name, between string
		cut           bool
	}{
		{"a headline of the same level", "<h1>Huyện Hòa An tổng kết phong trào thi đua</h1><p>06/10/2020</p>", true},
		{"a headline after a byline", "<p>Nguyễn Văn An</p><p>Huyện Hòa An tổng kết phong trào thi đua</p><p>06/10/2020</p>", true},
		{"an item of a bulletin", "<p>Huyện Hòa An tổng kết phong trào thi đua</p><p>06/10/2020</p>", false},
		{"a heading without a date", "<h1>Huyện Hòa An tổng kết phong trào thi đua</h1>", false},
		{"a part of the article", "<h2>Huyện Hòa An tổng kết phong trào thi đua</h2><p>06/10/2020</p>", false},
	} {
		html := "<h1>Xã An Bình làm tốt công tác dân vận</h1>" + first + c.between + second
		for res, err := range New(Config{Today: "2026-11-29"}).Bytes(t.Context(), "trang.html", []byte(html)) {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			a := res.Article
			if a.Date != "2020-10-05" || !strings.Contains(a.Text, "việc khó làm trước.") || strings.Contains(a.Text, "Ba là") == c.cut {
				t.Errorf("%s: %s, cut %t\n%s", c.name, a.Date, !c.cut, a.Text)
			}
			if c.cut && (len(a.Lessons) != 2 || a.District != "") {
				t.Errorf("%s: %d lessons, district %q", c.name, len(a.Lessons), a.District)
			}
			checkArticle(t, &a)
		}
	}
}
