package units

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index"
)

// TestCopies: nearly the same text is a copy whatever its headline, but not
// under another document's number.
func TestCopies(t *testing.T) {
	var words []string
	for i := range 200 {
		words = append(words, fmt.Sprintf("tiếng%d", i*7919%1000))
	}
	story := strings.Join(words, " ")
	other := strings.Join(words[:120], " ") + strings.Repeat(" chuyện khác hẳn", 20)
	m := NewMaker()
	for _, a := range []index.Article{
		{ID: "a", Title: "Công văn 5330/CT-CS năm 2025", Text: story},
		{ID: "b", Title: "Công văn 5331/CT-CS năm 2025", Text: story},
		{ID: "c", Title: "Toàn văn công văn 5331 gồm 2 trang", Text: story + " Nguồn: báo."},
		{ID: "d", Title: "Công văn 5331/CT-CS", Text: other},
		{ID: "e", Title: "Công văn 5332/CT-CS năm 2025", Text: story},
		{ID: "f", Title: "Công văn 5330/CT-CS ngày 5/6/2025", Text: story},
		{ID: "g", Title: "Ngắn", Text: "Ngắn."},
		{ID: "h", Title: "Ngắn", Text: "Ngắn."},
	} {
		m.Make(index.Unit{Article: &a})
	}
	got := fmt.Sprint(copies(m.learned.signed))
	if want := "[[a c f]]"; got != want {
		t.Errorf("copies = %s, want %s", got, want)
	}
}
