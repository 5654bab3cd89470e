package blevesearch

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// Bounds of the query that stands for an article.
const (
	relatedTerms = 40       // pairs of syllables
	relatedTitle = 3        // times that a pair of the title counts
	relatedMost  = 8        // times that a pair counts at most
	relatedOnce  = 500      // pairs of a text of which those that stand once are looked at
	relatedBytes = 32 << 10 // of its text
)

// Related returns the articles that share the most telling pairs of syllables
// with one: those it has often and few others have.
func (s *Searcher) Related(ctx context.Context, id string, size int) ([]search.Hit, error) {
	l, doc, err := s.find(id)
	if err != nil {
		return nil, err
	}
	head, body, err := l.texts(doc)
	if err != nil {
		return nil, err
	}
	clauses, err := s.telling(head.Title, body[:min(len(body), relatedBytes)])
	if err != nil {
		return nil, err
	}
	s.byBound(clauses)
	t := &top{size: size + 1, order: byScore}
	for _, leaf := range s.leaves {
		var with []*roaring.Bitmap
		for i := range clauses {
			with = append(with, clauses[i].terms[leaf.ord].all())
		}
		docs := roaring.And(roaring.FastOr(with...), leaf.article)
		if err := s.rank(ctx, leaf, docs, clauses, t, !s.cfg.Exhaustive); err != nil {
			return nil, err
		}
	}
	out := []search.Hit{}
	for _, f := range t.sorted() {
		if f.leaf == l && f.doc == doc || len(out) == size {
			continue
		}
		h, err := f.hit(nil)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}

// telling returns the clauses of the pairs that tell an article from others:
// those with the greatest product of how often it has them and how rare they
// are (as Lucene's MoreLikeThis). A rare pair that stands there once tells of a
// detail, not of the matter.
func (s *Searcher) telling(title, text string) ([]clause, error) {
	counts := map[string]int{}
	add := func(text string, times int) {
		tokens := vi.Tokens(text)
		for i, j := range vi.Bigrams(tokens) {
			counts[tokens[i].Folded+" "+tokens[j].Folded] += times
		}
	}
	add(title, relatedTitle)
	add(text, 1)
	type chosen struct {
		clause
		tells float64
	}
	var all []chosen
	long := len(counts) > relatedOnce
	for pair, n := range counts {
		if n == 1 && long {
			continue
		}
		t, err := s.term(index.FieldBigram, pair)
		if err != nil {
			return nil, err
		}
		if t.count < 2 || float64(t.count) > plan.Ranking.Common*float64(s.docCount) {
			continue
		}
		tf := units.FreqOfClass[units.FreqClass(n)]
		idf := plan.IDF(s.docCount, int(t.count))
		all = append(all, chosen{clause{name: pair, terms: t.postings, weight: idf * tf / (tf + plan.K1)}, idf * float64(min(n, relatedMost))})
	}
	slices.SortFunc(all, func(a, b chosen) int { return cmp.Or(cmp.Compare(b.tells, a.tells), cmp.Compare(a.name, b.name)) })
	out := make([]clause, min(len(all), relatedTerms))
	for i := range out {
		out[i] = all[i].clause
	}
	return out, nil
}
