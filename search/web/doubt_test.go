package web_test

import (
	"strings"
	"testing"
)

// TestDoubtfulDates: pages say that a date is doubtful, and why; data for crawlers
// leave it out.
func TestDoubtfulDates(t *testing.T) {
	s := site(t)
	for id, why := range map[string]string{"mai-sau": "còn ở tương lai", "dan-sau": "văn bản dẫn 15/2020/NĐ-CP"} {
		doc := page(t, s, "/bai-viet/"+id, 200)
		if got := doc.Find(".article .meta").Text(); !strings.Contains(got, "(ngày đáng ngờ)") {
			t.Errorf("%s: the head says %q", id, got)
		}
		if got := doc.Find(".facts").Text(); !strings.Contains(got, why) {
			t.Errorf("%s: the facts say %q, want %q", id, got, why)
		}
		if about := linkedData(t, doc); about["datePublished"] != nil {
			t.Errorf("%s: linked data has the date %v", id, about["datePublished"])
		}
	}
	if hits := page(t, s, "/?q=%22k%E1%BB%B3+qu%E1%BA%B7c%22&size=100", 200).Find(".hit .meta:contains('(ngày đáng ngờ)')"); hits.Length() != 2 {
		t.Errorf("%d hits have a doubtful date, want 2", hits.Length())
	}
	if got := page(t, s, "/bai-viet/quang-tri-2020-hai-lang-nghi-quyet-dai-hoi", 200).Text(); strings.Contains(got, "đáng ngờ") {
		t.Error("a date is doubted for no reason")
	}
}
