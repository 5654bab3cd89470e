package blevesearch

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index"
	"nghiquyet/index/indextest"
	"nghiquyet/search"
)

// manyWords are articles of made-up syllables, frequent and rare.
func manyWords(r *rand.Rand, n int) (out []*index.Article, words []string) {
	words = indextest.Syllables()
	for i := range n {
		var b strings.Builder
		for range 150 {
			b.WriteString(words[int(float64(len(words))*r.Float64()*r.Float64()*r.Float64())])
			b.WriteByte(" \n"[r.IntN(12)/11])
		}
		out = append(out, &index.Article{ID: fmt.Sprint("a", i), Title: "Bài " + fmt.Sprint(i), Text: b.String()})
	}
	return out, words
}

// Caches take as much memory as is counted: live heap against counted bytes.
func TestMemoryCounted(t *testing.T) {
	shareddata.OneGoroutine(t)
	r := rand.New(rand.NewPCG(3, 1))
	articles, words := manyWords(r, 2500)
	memory := NewMemory(DefaultMemory)
	s, err := Open(indextest.Bleve(t, articles...), Config{Memory: memory})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	articles = nil
	ask := func(text string) {
		t.Helper()
		q := search.Defaults()
		q.Text, q.Size, q.Facets = text, 3, []string{}
		if _, err := s.Search(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	ask(words[0])
	s.terms.clear()
	before := indextest.LiveHeap()
	for range 600 {
		ask(words[r.IntN(len(words))] + " " + words[r.IntN(60)] + " " + words[r.IntN(len(words))])
		ask(`"` + words[r.IntN(30)] + " " + words[r.IntN(30)] + `"`)
	}
	kept, counted := int64(indextest.LiveHeap()-before), memory.used.Load()
	t.Logf("%d terms, %d phrases: %d bytes kept, %d counted", len(s.terms.kept), len(s.terms.phrases), kept, counted)
	if counted < 100_000 || float64(kept) > 1.3*float64(counted) || float64(counted) > 1.3*float64(kept) {
		t.Errorf("%d bytes kept, %d counted", kept, counted)
	}
	runtime.KeepAlive(s)
}

// No query makes the cached terms of all generations exceed their bound, and a
// closed generation returns its part.
func TestMemoryBound(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	articles, words := manyWords(r, 300)
	dir := indextest.Bleve(t, articles...)
	memory := NewMemory(60_000)
	var both []*Searcher
	for range 2 {
		s, err := Open(dir, Config{Memory: memory})
		if err != nil {
			t.Fatal(err)
		}
		both = append(both, s)
	}
	most := int64(0)
	for i := range 200 {
		q := search.Defaults()
		q.Text = words[r.IntN(len(words))] + " " + words[r.IntN(len(words))]
		if _, err := both[i%2].Search(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		most = max(most, memory.used.Load())
	}
	if most < 50_000 || most > 64_000 {
		t.Errorf("%d bytes counted at most, for a bound of 60,000", most)
	}
	for _, s := range both {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if n := memory.used.Load(); n != 0 {
		t.Errorf("%d bytes counted of what is closed", n)
	}
}
