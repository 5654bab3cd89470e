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
	relatedTerms = 25       // pairs of syllables
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
	clauses, err := s.telling(head.Title + ".\n" + body[:min(len(body), relatedBytes)])
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

// telling returns the clauses of the pairs that tell a text from others.
func (s *Searcher) telling(text string) ([]clause, error) {
	counts := map[string]int{}
	tokens := vi.Tokens(text)
	for i, j := range vi.Bigrams(tokens) {
		counts[tokens[i].Folded+" "+tokens[j].Folded]++
	}
	var all []clause
	for pair, n := range counts {
		t, err := s.term(index.FieldBigram, pair)
		if err != nil {
			return nil, err
		}
		if t.count < 2 || float64(t.count) > plan.Ranking.Common*float64(s.docCount) {
			continue
		}
		tf := units.FreqOfClass[units.FreqClass(n)]
		all = append(all, clause{name: pair, terms: t.postings, weight: plan.IDF(s.docCount, int(t.count)) * tf / (tf + plan.K1)})
	}
	slices.SortFunc(all, func(a, b clause) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.name, b.name)) })
	return all[:min(len(all), relatedTerms)], nil
}
