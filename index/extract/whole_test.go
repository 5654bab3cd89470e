package extract

import (
	"strings"
	"testing"
)

// What a record gives as its text is the article, whatever it looks like.
func TestWholeText(t *testing.T) {
	text := "1. Điều kiện gồm:\n\na) Có giống;\n\nb) Có kho.\n\nTin liên quan\n\nĐang online: 3"
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

func TestEmphasisPartsWords(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"thành phố**nghỉ dưỡng**", "thành phố nghỉ dưỡng"},
		{"Bí thư*Xô*", "Bí thư Xô"},
		{"2*3", "2*3"},
		{"*Hà Nội, ng**ày 21*", "Hà Nội, ngày 21"},
		{"**BỘ C****ÔNG THƯƠNG**", "BỘ CÔNG THƯƠNG"},
		{"năm 202**5*", "năm 2025"},
		{"**đậm**, *nghiêng*", "đậm, nghiêng"},
	} {
		if got := inline(c.in); got != c.want {
			t.Errorf("inline(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
