package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestArticle(t *testing.T) {
	doc := page(t, site(t), "/bai-viet/gia-lai-2020-phuong-thuc-lanh-dao?q=nghi+quyet", 200)
	for n := range 5 {
		anchor := "#bai-hoc-" + string(rune('1'+n))
		if doc.Find(anchor).Length() != 1 {
			t.Errorf("no %s", anchor)
		}
	}
	if got := texts(doc, ".contents li"); len(got) != 5 || !strings.HasPrefix(got[0], "Bài học 1. Ban hành") {
		t.Errorf("contents = %q", got)
	}
	marks := doc.Find(".text mark")
	if marks.Length() == 0 || attr(doc, ".text mark", "id") != "tu-1" || doc.Find(".jumps a").Length() != marks.Length() {
		t.Errorf("%d marks, %d links to them", marks.Length(), doc.Find(".jumps a").Length())
	}
	if got := strings.Join(texts(doc, ".evidence"), "|"); !strings.Contains(got, "Lấy từ: dòng ngày tháng") {
		t.Errorf("evidence = %q", got)
	}
	if got := texts(doc, "#trich-dan"); !strings.Contains(got[0], "ngày 12/11/2020") {
		t.Errorf("citation = %q", got)
	}
	quoting := page(t, site(t), "/bai-viet/kon-tum-2018-dan-van-kheo", 200)
	if got := texts(quoting, "#trich-dan"); !strings.Contains(got[0], "“‘Dân vận khéo’ ở") {
		t.Errorf("citation of a title with quotation marks = %q", got)
	}
	if doc.Find("#a-related ~ ul li a").Length() == 0 {
		t.Error("no related articles")
	}
}

// The ID of a lesson, as hits and suggestions carry it, leads to the lesson.
func TestLessonID(t *testing.T) {
	s := site(t)
	res := get(t, s, "/bai-viet/bang%23bai-hoc-2?q=mot")
	if got := res.Request.URL.String(); res.StatusCode != 200 || !strings.HasSuffix(got, "/bai-viet/bang?q=mot#bai-hoc-2") {
		t.Errorf("%d at %s", res.StatusCode, got)
	}
	page(t, s, "/bai-viet/khong-co%23bai-hoc-2", 404)
}

// Words are marked as among the results: other wordings of them too.
func TestArticleMarks(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/?q=nghi+quyet", 200)
	if !slices.Contains(texts(doc, ".hits mark"), "NQ") {
		t.Error("no passage with an abbreviation")
	}
	doc = page(t, s, "/bai-viet/nam-dinh-2021-nghi-quyet-phat-trien-kinh-te-bien?q=nghi+quyet", 200)
	if got := texts(doc, ".text mark"); !slices.Contains(got, "NQ") {
		t.Errorf("marks = %q, want NQ among them", got)
	}
}

// Copies are those of the engine, whatever their titles.
func TestCopies(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/bai-viet/ban-goc", 200)
	if got := texts(doc, "#a-copies ~ ul a"); !slices.Equal(got, []string{"Kỳ quặc: bản đăng lại"}) {
		t.Errorf("copies = %q", got)
	}
	for _, related := range texts(doc, "#a-related ~ ul a") {
		if related == "Kỳ quặc: bản đăng lại" {
			t.Error("a copy is among the related")
		}
	}
	grouped := page(t, s, "/?q=b%C3%A8o+l%E1%BB%A5c+b%C3%ACnh+k%E1%BB%B3+qu%E1%BA%B7c&group=copies", 200)
	if got := texts(grouped, ".copies li a"); len(got) != 1 {
		t.Errorf("copies of the hit = %q", got)
	}
	var total, groups int
	if n, err := fmt.Sscanf(texts(grouped, "#n")[0], "%d kết quả, %d sau khi gộp", &total, &groups); n != 2 || groups != total-1 {
		t.Errorf("%d hits, %d grouped, %v, want one less", total, groups, err)
	}
}

func TestArticleParts(t *testing.T) {
	doc := page(t, site(t), "/bai-viet/bang?q=mot", 200)
	if got := texts(doc, ".text h2#muc-1"); !slices.Equal(got, []string{"I. BẢNG"}) {
		t.Errorf("heading = %q", got)
	}
	if got := texts(doc, ".text td"); !slices.Equal(got, []string{"Tên", "Số", "Xã A", "1", "Xã B", "2"}) {
		t.Errorf("table = %q", got)
	}
	if doc.Find("#bai-hoc-1").Length() != 1 || doc.Find("#bai-hoc-2").Length() != 1 {
		t.Error("two lessons in one paragraph have not each an anchor")
	}
	if got := texts(doc, ".text a.cited"); !slices.Equal(got, []string{"Chỉ thị 35-CT/TW", "35-CT/TW"}) {
		t.Errorf("cited = %q", got)
	}
	var whole strings.Builder
	doc.Find(".text p").Each(func(_ int, p *goquery.Selection) {
		p.Find(".tag").Remove()
		whole.WriteString(p.Text())
	})
	if got := whole.String(); !strings.Contains(got, "Thứ nhất, một. Thứ hai, hai.") {
		t.Errorf("text = %q", got)
	}
}
