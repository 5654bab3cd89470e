package blevesearch_test

import (
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/indextest"
	"nghiquyet/search"
	"nghiquyet/search/blevesearch"
	"nghiquyet/search/searchtest"
)

// TestSuite holds this engine to what every engine must do.
func TestSuite(t *testing.T) {
	searchtest.Run(t, func(t *testing.T, articles []*index.Article) search.Engine {
		s, err := blevesearch.Open(indextest.Bleve(t, articles...), blevesearch.Config{Generation: "g1"})
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
