package blevesearch

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/indextest"
	"nghiquyet/search"
)

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, "half")
	if err := os.MkdirAll(filepath.Join(half, "store"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(half, "index_meta.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{filepath.Join(dir, "none"), dir, file, half, "", "\x00"} {
		if s, err := Open(name, Config{}); err == nil {
			t.Errorf("Open(%q): no error", name)
			s.Close()
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("opening left %v, %v", entries, err)
	}
}

// TestIDsOnly: the documents of a page are named without their texts.
func TestIDsOnly(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	s := build(t, randomArticles(r, 60), false)
	for range 20 {
		q := randomQuery(r)
		q.Size, q.Type = 10, search.TypeAll
		want, err := s.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		s.cfg.IDsOnly = true
		got, err := s.Search(t.Context(), q)
		s.cfg.IDsOnly = false
		if err != nil || got.Total != want.Total || got.NextCursor != want.NextCursor || len(got.Hits) != len(want.Hits) {
			t.Fatalf("Search(%s) = %+v, %v, want %+v", q.Expr, got, err, want)
		}
		for i, h := range got.Hits {
			if h.ID != want.Hits[i].ID || h.Score != want.Hits[i].Score {
				t.Errorf("Search(%s): hit %d is %s with %g, want %s with %g", q.Expr, i, h.ID, h.Score, want.Hits[i].ID, want.Hits[i].Score)
			}
		}
	}
}

// TestEmpty: an empty index answers every query.
func TestEmpty(t *testing.T) {
	s, err := Open(indextest.Bleve(t), Config{Generation: "g", Created: time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 7*3600))})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got, want := s.Info(), (search.Info{Generation: "g", Created: "2026-01-01T20:04:05Z"}); got != want {
		t.Errorf("Info() = %+v, want %+v", got, want)
	}
	for _, text := range []string{"", "nghị quyết", "nghi quyet dang bo", `"nghị quyết" OR dân*`, "-dân", "35-CT/TW", "tinh:gia-lai nam:2020", "nghij quyeets"} {
		res, err := s.Search(t.Context(), search.Query{Text: text, Size: 10, Filters: search.Filters{Chosen: search.Chosen{"province": {"gia-lai", "unknown"}}}})
		if err != nil || res.Total != 0 || len(res.Hits) != 0 || len(res.Facets["province"]) != 36 {
			t.Errorf("Search(%q) = %+v, %v", text, res, err)
		}
	}
	if cube, err := s.Stats(t.Context(), search.StatsQuery{By: []string{"province", "year"}}); err != nil || cube.Total != 0 || len(cube.Cells) != 0 {
		t.Errorf("Stats = %+v, %v", cube, err)
	}
	if list, err := s.Citations(t.Context(), search.Query{}, 10); err != nil || len(list) != 0 {
		t.Errorf("Citations = %v, %v", list, err)
	}
	if list, err := s.Suggest(t.Context(), "nghi", 10); err != nil || len(list) != 0 {
		t.Errorf("Suggest = %v, %v", list, err)
	}
	if _, err := s.Article(t.Context(), "a"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("Article: %v", err)
	}
}

// TestOfOtherGeneration: a cursor does not go on in another index.
func TestOfOtherGeneration(t *testing.T) {
	list := randomArticles(rand.New(rand.NewPCG(3, 1)), 30)
	s := build(t, list, false)
	q := search.Query{Size: 2}
	res, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	q.Cursor = string(res.NextCursor)
	if _, err := s.Search(t.Context(), q); err != nil {
		t.Error(err)
	}
	s.cfg.Generation = "the next"
	if _, err := s.Search(t.Context(), q); !errors.Is(err, search.ErrBadCursor) {
		t.Errorf("in another generation: %v, want %v", err, search.ErrBadCursor)
	}
}

// TestConcurrent: readers of all kinds share a searcher, and each gets the
// answer he would get alone.
func TestConcurrent(t *testing.T) {
	list := randomArticles(rand.New(rand.NewPCG(7, 1)), 120)
	for i, a := range list {
		a.Citations = []index.Citation{{Key: fmt.Sprintf("%02d-CT/TW", i%5+30)}}
		a.Provinces = []index.Place{{Then: "Vĩnh Phúc", Now: "Phú Thọ"}}
	}
	s := build(t, list, true)
	r := rand.New(rand.NewPCG(7, 2))
	asks := []func() (any, error){
		func() (any, error) { return s.Suggest(t.Context(), "dân v", 10) },
		func() (any, error) { return s.Suggest(t.Context(), "bi thu ", 10) },
		func() (any, error) { return s.Suggest(t.Context(), "31-CT", 10) },
		func() (any, error) { return s.Related(t.Context(), list[3].ID, 5) },
		func() (any, error) { return s.Article(t.Context(), list[4].ID) },
		func() (any, error) { return s.Citations(t.Context(), search.Query{Text: "dân"}, 10) },
		func() (any, error) {
			return s.Stats(t.Context(), search.StatsQuery{Query: search.Query{Text: "dân", ProvinceView: search.ViewThen}, By: []string{"province", "month", "kind"}})
		},
		func() (any, error) { return s.Info(), nil },
	}
	ask := func(q search.Query) func() (any, error) {
		return func() (any, error) {
			res, err := s.Search(t.Context(), q)
			if res != nil {
				res.TookMS = 0
			}
			return res, err
		}
	}
	for _, text := range []string{"daan vaanj", "dân vnậ", "dâ*", `"dân vận" OR -đảng`, "30-CT/TW dân", "tieude:dân tacgia:a nguon:b", "tinh:vinh-phuc", "", "xyzzy"} {
		asks = append(asks, ask(search.Query{Text: text, Type: search.TypeAll, Size: 10}))
	}
	for range 20 {
		q := randomQuery(r)
		q.Explain, q.Copies, q.Literal = r.IntN(2) == 0, r.IntN(2) == 0, false
		asks = append(asks, ask(q))
	}
	want := make([]string, len(asks))
	alone := func(i int) string {
		answer, err := asks[i]()
		text, err2 := json.Marshal(answer)
		return fmt.Sprintf("%s %v", text, errors.Join(err, err2))
	}
	const readers = 6
	got := make([][]string, readers)
	var group sync.WaitGroup
	for reader := range readers { // before any query of one reader: several fill the caches here
		got[reader] = make([]string, len(asks))
		order := rand.New(rand.NewPCG(8, uint64(reader))).Perm(len(asks))
		group.Go(func() {
			for _, i := range order {
				got[reader][i] = alone(i)
			}
		})
	}
	group.Wait()
	for i := range asks {
		want[i] = alone(i)
	}
	for reader := range got {
		for i := range asks {
			if got[reader][i] != want[i] {
				t.Errorf("reader %d, question %d:\n got  %.600s\n want %.600s", reader, i, got[reader][i], want[i])
			}
		}
	}
}
