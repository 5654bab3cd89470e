package blevesearch

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/blevesearch/bleve/v2"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index"
	"nghiquyet/index/indextest"
	"nghiquyet/search/plan"
)

// TestStockBleve: the index is a Bleve index. Bleve alone, opened as documented,
// finds with a plain match query the same documents as we find for any of the same
// words.
func TestStockBleve(t *testing.T) {
	shareddata.OneGoroutine(t)
	dir := indextest.Bleve(t, randomArticles(rand.New(rand.NewPCG(7, 7)), 3000)...) // some words are in more than a chunk of documents
	for field, words := range map[string][]string{index.FieldFolded: {"nghi", "quyet"}, index.FieldExact: {"nghị", "quyết"}} {
		want := ownMatch(t, dir, field, words...)
		got := stockMatch(t, dir, field, "nghị quyết")
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: Bleve finds %d documents, we find %d", field, len(got), len(want))
		}
	}
	if got := stockMatch(t, dir, index.FieldBigram, "nghi quyet"); len(got) == 0 {
		t.Error("no document contains the pair")
	}
	if got := stockMatch(t, dir, "type", "lesson"); len(got) == 0 {
		t.Error("no lesson")
	}
}

// ownMatch returns the IDs of the documents that contain any of the words.
func ownMatch(t *testing.T, dir, field string, words ...string) (ids []string) {
	t.Helper()
	s, err := Open(dir, Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() // Bleve opens no index for writing that is open elsewhere
	var any plan.Or
	for _, w := range words {
		any.Nodes = append(any.Nodes, plan.Term{Field: field, Text: w})
	}
	docs, err := s.evaluation(t.Context()).set(&any)
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range s.leaves {
		eachDoc(docs[i], func(doc uint32) {
			id, err := l.seg.DocID(uint64(doc))
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, string(id))
		})
	}
	slices.Sort(ids)
	return ids
}

// stockMatch returns the IDs that a match query of Bleve's finds, in order.
func stockMatch(t *testing.T, dir, field, text string) (ids []string) {
	t.Helper()
	b, err := bleve.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	q := bleve.NewMatchQuery(text) // its operator is OR
	q.SetField(field)
	res, err := b.Search(bleve.NewSearchRequestOptions(q, 10_000, 0, false))
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range res.Hits {
		if hit.Score <= 0 {
			t.Errorf("%s: score %v", hit.ID, hit.Score)
		}
		ids = append(ids, hit.ID)
	}
	if int(res.Total) != len(ids) {
		t.Errorf("total %d, %d hits", res.Total, len(ids))
	}
	slices.Sort(ids)
	return ids
}
