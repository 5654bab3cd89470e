package blevesearch_test

import (
	"path/filepath"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/bleveindex"
	"nghiquyet/search"
	"nghiquyet/search/blevesearch"
	"nghiquyet/search/searchtest"
)

// TestSuite holds this engine to what every engine must do.
func TestSuite(t *testing.T) {
	searchtest.Run(t, func(t *testing.T, articles []*index.Article) search.Engine {
		dir := filepath.Join(t.TempDir(), "index")
		w, err := bleveindex.Create(dir, bleveindex.Config{})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range articles {
			if err := w.Put(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := w.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		s, err := blevesearch.Open(dir, blevesearch.Config{Generation: "g1"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	})
}
