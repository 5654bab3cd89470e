package blevesearch

import (
	"fmt"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/indextest"
	"nghiquyet/search"
)

// A text is read once for a phrase, also where one query asks only among some of the
// documents, and no answer depends on what was read before.
func TestPhraseReadOnce(t *testing.T) {
	var articles []*index.Article
	for i := range 12 {
		text := "Cửa hải quan mở sớm."
		if i%3 == 0 {
			text = "Hai quan huyện đi xem biển hải đảo." // the same bare pair
		}
		if i%4 == 0 {
			text += " Lúa chín."
		}
		articles = append(articles, &index.Article{ID: fmt.Sprint("a", i), Title: "Bài", Text: text})
	}
	dir := indextest.Bleve(t, articles...)
	narrow, wide := `"hải quan" lúa`, `"hải quan"`
	for _, order := range [][]string{{narrow, wide, narrow}, {wide, narrow, wide}} {
		s, err := Open(dir, Config{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for _, text := range order {
			q := search.Defaults()
			q.Text = text
			res, err := s.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if want := map[string]int{narrow: 2, wide: 8}[text]; res.Total != want {
				t.Errorf("%q in the order %q finds %d, want %d", text, order, res.Total, want)
			}
		}
		known := s.keptPhrase(termKey{"phrase", "hải quan"})
		if read, with := known.read.count(), known.with.count(); read != 12 || with != 8 {
			t.Errorf("in the order %q: %d documents read, %d with the phrase, want 12 and 8", order, read, with)
		}
	}
}
