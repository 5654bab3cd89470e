package opensearchindex

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/indextest"
	"nghiquyet/index/learned"
	"nghiquyet/index/units"
)

// randomArticle returns an article of few different words, so that there are pairs,
// phrases and copies.
func randomArticle(r *rand.Rand, id string) *index.Article {
	words := strings.Fields("dân vận khéo đảng bộ nghị quyết nghi ngờ công tác cán bộ kiểm tra giám sát huyện xã tỉnh bài học")
	var text strings.Builder
	from := r
	if r.IntN(3) == 0 {
		from = rand.New(rand.NewPCG(5, uint64(r.IntN(3)))) // a copy of others
	}
	for range 80 + from.IntN(150) {
		text.WriteString(words[from.IntN(len(words))] + " ")
	}
	a := testArticle(r.IntN(1000))
	a.Citations = []index.Citation{}
	a.ID, a.Text = id, text.String()+words[r.IntN(len(words))]
	at := strings.LastIndexByte(a.Text[:len(a.Text)/2], ' ') + 1
	a.Lessons[0].Text, a.Lessons[0].Span = a.Text[at:], index.Span{Start: at, End: len(a.Text)}
	return a
}

// contents returns everything of a generation but its name: documents, side
// files, vectors, mean lengths.
func contents(t *testing.T, c *Cluster, id string) map[string]string {
	t.Helper()
	m, err := c.meta(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"means": fmt.Sprint(m.Average, m.TitleAverage)}
	for _, f := range m.Manifest.Files {
		if f.Name != signsFile { // in any order
			data, err := c.fetch(t.Context(), c.Index(id), f)
			if err != nil {
				t.Fatal(err)
			}
			all["file "+f.Name] = string(data)
		}
	}
	var found struct {
		Hits struct {
			Hits []struct {
				ID     string          `json:"_id"`
				Source json.RawMessage `json:"_source"`
				Fields json.RawMessage
			}
		}
	}
	var stats struct {
		All struct {
			Primaries struct{ Docs struct{ Deleted int } }
		} `json:"_all"`
	}
	err = errors.Join(
		c.Do(t.Context(), http.MethodPost, "/"+c.Index(id)+"/_search", object{"size": 5000, "docvalue_fields": []string{FieldVectors}}, &found),
		c.Do(t.Context(), http.MethodGet, "/"+c.Index(id)+"/_stats/docs", nil, &stats))
	if err != nil {
		t.Fatal(err)
	}
	if stats.All.Primaries.Docs.Deleted > 0 {
		t.Errorf("%d deleted documents are still there", stats.All.Primaries.Docs.Deleted)
	}
	for _, h := range found.Hits.Hits {
		all["document "+h.ID], all["vectors of "+h.ID] = string(h.Source), string(h.Fields)
	}
	return all
}

// TestBeginFrom: a generation made by the difference contains the same as one built
// anew, night after night (21 in the step cluster of .ci/run).
func TestBeginFrom(t *testing.T) {
	c, fresh := testCluster(t), testCluster(t)
	r := rand.New(rand.NewPCG(7, 7))
	have := map[string]*index.Article{}
	for i := range 40 {
		id := fmt.Sprint("a", i)
		have[id] = randomArticle(r, id)
	}
	all := func() []*index.Article { return slices.Collect(maps.Values(have)) }
	var corpus learned.Corpus
	for _, a := range have {
		corpus.Add(a)
	}
	model, err := learned.Learn(t.Context(), &corpus, learned.Training{Dims: 8, Batch: 8, Steps: 10})
	if err != nil {
		t.Fatal(err)
	}
	last := buildTaught(t, c, "first", model, all()...)
	if vectors := contents(t, c, last.ID)["vectors of a0"]; !strings.Contains(vectors, FieldVectors) {
		t.Fatalf("vectors of a document: %q", vectors)
	}
	for night := range 21 / shareddata.EveryNth(7) {
		b, err := c.BeginFrom(t.Context(), last.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Remove("none"); !errors.Is(err, ErrAbsent) {
			t.Errorf("Remove of what is not there: %v, want %v", err, ErrAbsent)
		}
		var put []*index.Article
		ids := slices.Sorted(maps.Keys(have))
		for range []int{1, 3, 12}[r.IntN(3)] {
			id := fmt.Sprintf("new%d-%d", night, len(put))
			if r.IntN(3) > 0 && len(ids) > 0 {
				at := r.IntN(len(ids))
				id = ids[at]
				ids = slices.Delete(ids, at, at+1)
				if err := b.Remove(id); err != nil {
					t.Fatal(err)
				}
				delete(have, id)
				if r.IntN(2) == 0 {
					continue
				}
			}
			have[id] = randomArticle(r, id)
			put = append(put, have[id])
		}
		for id := range have {
			there, err := b.Has(id)
			if want := !slices.Contains(put, have[id]); err != nil || there != want {
				t.Fatalf("night %d: Has(%s) = %v, %v, want %v", night, id, there, err, want)
			}
		}
		n, lessons := indextest.Put(t, b, put...)
		if n != len(have) || lessons != len(have) {
			t.Fatalf("night %d: %d articles, %d lessons, want %d of each", night, n, lessons, len(have))
		}
		if last, err = b.Publish(t.Context(), generation.Info{Articles: n, Lessons: lessons, Engine: Engine}); err != nil {
			t.Fatal(err)
		}
		if bad, err := c.Verify(t.Context(), last.ID); err != nil || len(bad) > 0 {
			t.Fatalf("night %d: %v, %v", night, bad, err)
		}
		want := contents(t, fresh, buildTaught(t, fresh, fmt.Sprint(night), model, all()...).ID)
		got := contents(t, c, last.ID)
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("night %d: %s is %.300s, want %.300s", night, name, got[name], want[name])
			}
		}
		if len(got) != len(want) {
			t.Errorf("night %d: %d things, want %d", night, len(got), len(want))
		}
		if t.Failed() {
			t.FailNow()
		}
		for _, one := range []*Cluster{c, fresh} {
			if _, err := one.Prune(nil, 2); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestInterruptedClone: the next build removes the remains of a killed one, and a
// generation without the files of a build cannot be extended.
func TestInterruptedClone(t *testing.T) {
	c := testCluster(t)
	first := build(t, c, "first", articles(3)...)
	err := c.Do(t.Context(), http.MethodPut, "/"+c.Index(first.ID)+"/_clone/"+c.Index("20261129T010101Z-0007"), object{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if current, err := c.Current(); err != nil || current != first.ID {
		t.Errorf("current generation %s, %v, want %s", current, err, first.ID)
	}
	b, err := c.BeginFrom(t.Context(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Do(t.Context(), http.MethodHead, "/"+c.Index("20261129T010101Z-0007"), nil, nil); !isStatus(err, http.StatusNotFound) {
		t.Errorf("the clone is still there: %v", err)
	}
	if err := errors.Join(b.Abort(), b.Discard()); err != nil {
		t.Fatal(err)
	}
	if ids, err := c.IDs(); err != nil || len(ids) != 1 {
		t.Errorf("generations after a discarded build: %v, %v", ids, err)
	}
	name := side(c.Index(first.ID))
	err = errors.Join(c.set(t.Context(), name, object{"blocks.write": false}),
		c.Do(t.Context(), http.MethodDelete, "/"+name+"/_doc/"+chunkID(units.CountsFile, 0), nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.BeginFrom(t.Context(), first.ID); err == nil {
		t.Error("went on from a generation without counts")
	}
}
