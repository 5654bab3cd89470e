package plan

import (
	"slices"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// Again is how many of the best hits are ranked again by nearness to the query. The
// hits below them keep their order and stay below, because nearness only adds to a
// score.
const Again = 200

// NearClause is the name of the nearness clause in an explanation of a score.
const NearClause = "learned"

// leastTaught is the share of its idf that a term keeps at least, whatever the model
// learned. Without it, all hits would score alike for a query of question words
// alone.
const leastTaught = 0.1

// taught returns the idf of a term, changed by the odds that the model learned.
func (p *Planner) taught(term string, idf float64) float64 {
	if p.Learned == nil {
		return idf
	}
	return max(leastTaught*idf, idf+Ranking.Odds*p.Learned.Odds(vi.Fold(term)))
}

// isLoose reports whether a query is words only. Phrases, operators and beginnings of
// words ask for exact matches.
func isLoose(root search.Node) bool {
	return root != nil && !slices.ContainsFunc(search.TopLevel(root), func(n search.Node) bool {
		w, ok := n.(search.Word)
		return !ok || w.Prefix
	})
}

// near computes the query's vector. Queries with document numbers, or of numbers
// only, have none, because they ask for exact matches.
func (c *compiler) near() {
	p := &c.plan
	if c.counting || c.Learned == nil || !c.loose || p.Bears != nil || p.Cites != nil {
		return
	}
	tokens := vi.Tokens(joinTexts(search.TopLevel(c.expr)))
	if !slices.ContainsFunc(tokens, func(t vi.Token) bool { return t.Kind == vi.Syllable }) {
		return
	}
	// self is the score of a text that has all words as often as possible.
	self := 0.0
	for _, clause := range p.Clauses {
		if len(clause.Terms) > 0 && clause.Among == nil {
			self += clause.Weight * (units.K1 + 1 + units.Delta)
		}
	}
	p.Vector, p.Near = c.Learned.Query(tokens), Ranking.Nearness*self
}
