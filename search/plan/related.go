package plan

import (
	"cmp"
	"context"
	"slices"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/units"
)

// Bounds of the query that is made of an article.
const (
	tellingTerms = 40       // pairs of syllables
	tellingTitle = 3        // how many occurrences one in the title is worth
	tellingMost  = 8        // occurrences of a pair that count at most
	tellingOnce  = 500      // of a text with more pairs, pairs that occur once are ignored
	tellingBytes = 32 << 10 // of its text
)

// Telling returns clauses for the bigrams that distinguish an article from others:
// those with the greatest product of term frequency and idf (as Lucene's
// MoreLikeThis). A rare bigram that occurs once is a detail, not the subject.
func (p *Planner) Telling(ctx context.Context, ix Index, title, text string) ([]Clause, error) {
	freqs := map[Term]int{}
	add := func(text string, times int) {
		tokens := vi.Tokens(text)
		for i, j := range vi.Bigrams(tokens) {
			freqs[pair(tokens[i].Folded, tokens[j].Folded)] += times
		}
	}
	add(title, tellingTitle)
	add(text[:min(len(text), tellingBytes)], 1)
	var terms []Expr
	long := len(freqs) > tellingOnce
	for t, n := range freqs {
		if n > 1 || !long {
			terms = append(terms, t)
		}
	}
	counts, err := ix.Count(ctx, terms...)
	if err != nil {
		return nil, err
	}
	type chosen struct {
		Clause
		product float64
	}
	c := &compiler{Planner: p}
	var all []chosen
	for i, count := range counts {
		if count < 2 || c.common(count) {
			continue
		}
		t := terms[i].(Term)
		n, idf := freqs[t], IDF(p.Units, count)
		tf := units.FreqOfClass[units.FreqClass(n)]
		all = append(all, chosen{Clause{Name: t.Text, Terms: []Term{t}, Weight: idf * tf / (tf + units.K1)}, idf * float64(min(n, tellingMost))})
	}
	slices.SortFunc(all, func(a, b chosen) int { return cmp.Or(cmp.Compare(b.product, a.product), cmp.Compare(a.Name, b.Name)) })
	out := make([]Clause, min(len(all), tellingTerms))
	for i := range out {
		out[i] = all[i].Clause
	}
	return out, nil
}
