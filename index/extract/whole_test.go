package extract

import (
	"strings"
	"testing"
)

// The text of a record is the article, whatever it looks like.
func TestWholeText(t *testing.T) {
	text := "Danh mục điểm đỗ xe của xã 17.05.2005\n\n1. Điều kiện gồm:\n\na) Có giống;\n\nb) Có kho.\n\nTin liên quan\n\nĐang online: 3"
	record := `{"id":"x","title":"Điều kiện","text":` + quote(text) + `}`
	for r, err := range New(Config{}).Bytes(t.Context(), "x.jsonl", []byte(record)) {
		if err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Fields(r.Article.Text), strings.Fields(text); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("text of a record = %q, want %q", r.Article.Text, text)
		}
	}
}

func quote(s string) string { return `"` + strings.ReplaceAll(s, "\n", `\n`) + `"` }
