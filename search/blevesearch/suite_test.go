package blevesearch_test

import (
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/indextest"
	"nghiquyet/index/learned"
	"nghiquyet/search"
	"nghiquyet/search/blevesearch"
	"nghiquyet/search/searchtest"
)

// TestSuite runs the suite of every engine.
func TestSuite(t *testing.T) {
	searchtest.Run(t, 1, func(t *testing.T, articles []*index.Article) search.Engine { return build(t, articles, nil) })
}

// TestTaught is the same of indexes with a model.
func TestTaught(t *testing.T) { searchtest.RunTaught(t, build) }

func build(t *testing.T, articles []*index.Article, m *learned.Model) search.Engine {
	s, err := blevesearch.Open(indextest.Taught(t, m, articles...), blevesearch.Config{Generation: "g1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
