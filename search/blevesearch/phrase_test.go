package blevesearch

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/indextest"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// customs indexes twelve articles: those with a number that 3 divides contain no hải quan,
// but the same bare pair; those with one that 4 divides contain lúa.
func customs(t *testing.T) (dir string) {
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
	return indextest.Bleve(t, articles...)
}

// A text is read once for a phrase, also if one query restricts it to some
// documents, and no answer depends on which were read before.
func TestPhraseReadOnce(t *testing.T) {
	dir := customs(t)
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

// Texts are read only of documents that match all other conditions, and no other side of an OR.
func TestPhraseReadLast(t *testing.T) {
	s, err := Open(customs(t), Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	tokens := vi.Tokens("hải quan")
	phrase := &plan.Phrase{Tokens: tokens, Among: plan.Term{Field: index.FieldBigram, Text: "hai quan"}}
	word := func(folded string) plan.Expr { return plan.Term{Field: index.FieldFolded, Text: folded} }
	docs, err := s.evaluation(t.Context()).set(&plan.And{Nodes: []plan.Expr{&plan.Or{Nodes: []plan.Expr{phrase, word("dao")}}, word("lua")}})
	if err != nil || docs.count() != 3 {
		t.Errorf("%d documents, %v, want 3", docs.count(), err)
	}
	known := s.keptPhrase(termKey{string(asTyped), "hải quan"})
	if read, with := known.read.count(), known.with.count(); read != 2 || with != 2 {
		t.Errorf("%d documents read, %d with the phrase, want 2 and 2", read, with)
	}
}

// Of many or long texts the most recent are read, as long as they are few and short.
func TestNewest(t *testing.T) {
	var articles []*index.Article
	for i := range 6 {
		articles = append(articles, &index.Article{
			ID: fmt.Sprint("a", i), Title: "Bài", Text: strings.Repeat("dân ", 9),
			Facts: index.Facts{Date: index.Maybe(fmt.Sprintf("2021-05-0%d", 1+i))},
		})
	}
	s, err := Open(indextest.Bleve(t, articles...), Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all := live(s.leaves)
	if n := all.syllables(s.leaves); n != 60 {
		t.Fatalf("%d syllables in all texts, want 60", n)
	}
	for _, c := range []struct{ n, syllables, want int }{{9, 100, 6}, {4, 100, 4}, {9, 60, 6}, {9, 59, 5}, {4, 25, 2}, {9, 9, 0}} {
		got := s.newest(all, c.n, c.syllables)
		if got.count() != c.want {
			t.Errorf("newest(all, %d, %d) are %d documents, want %d", c.n, c.syllables, got.count(), c.want)
		}
		for i, l := range s.leaves {
			eachDoc(got[i], func(doc uint32) {
				if int(l.place[doc]) >= c.want {
					t.Errorf("newest(all, %d, %d) has the document at place %d", c.n, c.syllables, l.place[doc])
				}
			})
		}
	}
}
