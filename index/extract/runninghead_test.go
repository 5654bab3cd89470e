package extract

import (
	"bytes"
	"slices"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/page/pagetest"
)

// TestRunningHeadAsTitle: where nothing else is a title, the running head of the pages
// is, unless it names a journal or says how the document may be used.
func TestRunningHeadAsTitle(t *testing.T) {
	lines := []string{
		"Giữ vững nguyên tắc tập trung dân chủ trong mọi hoạt động, cấp ủy phân công đảng",
		"viên phụ trách từng hộ dân ở các thôn trong xã, mỗi tháng một lần báo cáo kết quả",
		"với chi bộ nơi mình ở, ai vắng mặt phải báo trước với thường trực cấp ủy.",
	}
	const first = "Giữ vững nguyên tắc tập trung dân chủ trong mọi hoạt động, cấp ủy phân công đảng viên phụ trách từng hộ dân ở"
	for head, want := range map[string]string{
		"Quy chế làm việc của Đảng ủy xã": "Quy chế làm việc của Đảng ủy xã",
		"Tài liệu lưu hành trong nội bộ":  first,
		"Tạp chí Công tác dân vận":        first,
	} {
		d := pagetest.NewDraft()
		for i := range lines { // each page begins with another line
			d.Page(d.Lines(85, 760, slices.Concat([]string{head}, lines[i:], lines[:i])...))
		}
		for res, err := range New(Config{}).Bytes(t.Context(), "a.pdf", bytes.ReplaceAll(d.Bytes(), []byte("Test title"), []byte("          "))) {
			if err != nil {
				t.Fatalf("%s: %v", head, err)
			}
			if a := res.Article; a.Title != want || a.Evidence["title"].Sure != index.SureLow {
				t.Errorf("%s: %q, %+v; want %q, low", head, a.Title, a.Evidence["title"], want)
			}
		}
	}
}
