package api

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
	"nghiquyet/search/blevesearch"
)

// longArticles have texts of 200 KB with a thousand pages each.
func longArticles(r *rand.Rand, n int) (out []*index.Article, words []string) {
	words = indextest.Syllables()
	for i := range n {
		a := &index.Article{ID: fmt.Sprint("tap-", i), Title: "Lịch sử xã An Bình tập " + fmt.Sprint(i)}
		a.Date, a.Topics, a.Issuer = "2020-05-01", []string{"Lịch sử Đảng"}, "Đảng ủy xã An Bình"
		a.Province = index.Place{Then: "Gia Lai", Now: "Gia Lai"}
		a.Provinces = []index.Place{a.Province}
		for j := range 60 {
			number := fmt.Sprintf("%d-NQ/TU", i*7+j+1)
			a.Citations = append(a.Citations, index.Citation{Key: number, Text: "Nghị quyết số " + number})
		}
		a.Evidence = map[string]index.Evidence{}
		for _, field := range []string{"title", "date", "province", "topics", "issuer"} {
			a.Evidence[field] = index.Evidence{From: index.FromHeading, Sure: index.SureHigh, Text: "dòng thứ " + fmt.Sprint(i) + " của văn bản"}
		}
		var b strings.Builder
		for page := range 1000 {
			start := b.Len()
			for range 40 {
				b.WriteString(words[r.IntN(len(words))] + " ")
			}
			b.WriteString(".\n")
			a.Sections = append(a.Sections, index.Section{Anchor: fmt.Sprint("trang-", page+1), Span: index.Span{Start: start, End: b.Len()}})
		}
		a.Text = b.String()
		for j := range a.Sections {
			s := &a.Sections[j]
			s.Text = a.Text[s.Span.Start:s.Span.End]
		}
		out = append(out, a)
	}
	return out, words
}

// A cached answer takes as much memory as is counted for it, however long its
// documents are: live heap against counted bytes, for each kind of answer.
func TestWeighed(t *testing.T) {
	shareddata.OneGoroutine(t)
	r := rand.New(rand.NewPCG(7, 1))
	articles, words := longArticles(r, 30)
	e, err := blevesearch.Open(indextest.Bleve(t, articles...), blevesearch.Config{Memory: blevesearch.NewMemory(1)})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	articles = nil
	question := func() search.Query {
		q := search.Defaults()
		q.Text = words[r.IntN(len(words))] + " " + words[r.IntN(len(words))] + " " + words[r.IntN(len(words))]
		return q
	}
	for _, kind := range []struct {
		name string
		ask  func(i int) (any, error)
	}{
		{"search", func(int) (any, error) { return e.Search(t.Context(), question()) }},
		{"grouped", func(int) (any, error) {
			q := question()
			q.Copies, q.Explain, q.Size = true, true, 20
			return e.Search(t.Context(), q)
		}},
		{"related", func(i int) (any, error) { return e.Related(t.Context(), fmt.Sprint("tap-", i%30), 6) }},
		{"stats", func(int) (any, error) {
			return e.Stats(t.Context(), search.StatsQuery{Query: question(), By: []string{"province", "year"}})
		}},
		{"citations", func(int) (any, error) { return e.Citations(t.Context(), question(), 100) }},
	} {
		if _, err := kind.ask(0); err != nil {
			t.Fatal(err)
		}
		kept, counted := make([]any, 40), 0
		before := indextest.LiveHeap()
		for i := range kept {
			answer, err := kind.ask(i)
			if err != nil {
				t.Fatal(err)
			}
			kept[i] = answer
			counted += weigh(answer)
		}
		live := indextest.LiveHeap() - before
		t.Logf("%s: %d bytes alive, %d counted", kind.name, live, counted)
		if float64(live) > 1.3*float64(counted)+10_000 || float64(counted) > 1.5*float64(live)+10_000 {
			t.Errorf("%s: %d bytes alive, %d counted", kind.name, live, counted)
		}
		runtime.KeepAlive(kept)
	}
}
