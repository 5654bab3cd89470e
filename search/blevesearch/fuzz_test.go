package blevesearch

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"nghiquyet/index"
	"nghiquyet/search"
)

// FuzzSearch: every string gets an answer, the same with and without pruning;
// marked runs are pieces of the text.
func FuzzSearch(f *testing.F) {
	for _, text := range []string{
		"dân vận", `"nghị quyết" -đang`, "dan* OR (bí thư)", "nam:2012..2014 tinh:unknown", "31-CT/TW dân", "daan vaanj", "so:31", "tieude:dân -tacgia:x",
		"hoà HOẶC hòa", "nghi\u0323 quye\u0302\u0301t", "((((", `"""`, "\xff\x00", "-(-(-a))",
	} {
		f.Add(text, uint8(3))
	}
	list := randomArticles(rand.New(rand.NewPCG(11, 1)), 60)
	for _, a := range list {
		a.Citations = []index.Citation{{Key: "31-CT/TW"}}
	}
	s := build(f, list, true)
	texts := map[string]string{}
	for _, a := range list {
		for _, u := range a.Units() {
			texts[u.ID()] = u.Text()
		}
	}
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		if len(text) > search.MaxTextBytes {
			return
		}
		q := search.Query{Text: text, Type: search.TypeAll, Size: int(size) % search.MaxSize}
		res, err := s.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if data, err := json.Marshal(res); err != nil || !utf8.Valid(data) {
			t.Errorf("%q: answer %q, %v", text, data, err)
		}
		for _, h := range res.Hits {
			for _, snippet := range h.Snippets {
				piece := ""
				for _, r := range snippet.Runs {
					piece += r.Text
				}
				if stored := map[string]string{"title": h.Title, "text": texts[h.ID]}[snippet.Field]; !strings.Contains(stored, piece) {
					t.Errorf("%q: %s: %q is no piece of its %s", text, h.ID, piece, snippet.Field)
				}
			}
		}
		same(t, text, s, q)
		if _, err := s.Suggest(t.Context(), text, int(size)); err != nil {
			t.Error(err)
		}
	})
}
