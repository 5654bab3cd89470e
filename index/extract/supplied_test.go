package extract

import (
	"encoding/json"
	"testing"
)

// TestSuppliedTextStays: text that was given as text is never reduced to
// nothing, however much it looks like the frame of a page.
func TestSuppliedTextStays(t *testing.T) {
	for _, text := range []string{
		"Tổng thống Iran\nTehran\nHạt nhân", "Xem thêm: Hội nghị Đảng bộ xã", "Tin liên quan\nXem thêm\nQuay lại", "# Xem thêm\n- Tin liên quan\n- Quay lại", "Một dòng về dân vận", "* * *\n---",
	} {
		line, err := json.Marshal(map[string]string{"id": "x", "text": text})
		if err != nil {
			t.Fatal(err)
		}
		for res, err := range New(Config{}).Bytes(t.Context(), "x.jsonl", line) {
			if err != nil || res.Article.Text == "" {
				t.Errorf("%q: %v, %v", text, res, err)
			}
		}
	}
}
