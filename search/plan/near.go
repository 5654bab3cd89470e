package plan

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// Again is how many of the hits with the best scores are ranked again by how near
// they are to the query. Those below stay as they are: a hit is only lifted, so that no
// hit that was not looked at stands above one that was.
const Again = 200

// NearClause names in an explanation what nearness added.
const NearClause = "learned"

// leastTaught is the share of its idf that a term keeps, whatever was learned of it:
// of a query of question words alone all hits would be alike.
const leastTaught = 0.1

// taught is the idf of a term with what the texts of the index taught of it.
func (p *Planner) taught(term string, idf float64) float64 {
	if p.Learned == nil {
		return idf
	}
	return max(leastTaught*idf, idf+Ranking.Odds*p.Learned.Odds(vi.Fold(term)))
}

// isLoose reports whether a query is words only. A phrase, an operator or the beginning
// of a word asks for just what it says.
func isLoose(root search.Node) bool {
	return root != nil && !slices.ContainsFunc(TopLevel(root), func(n search.Node) bool {
		w, ok := n.(search.Word)
		return !ok || w.Prefix
	})
}

// near finds out what the words of the query are about. Numbers of documents, and
// numbers alone, ask for just what they say.
func (c *compiler) near() {
	p := &c.plan
	if c.Learned == nil || !c.loose || p.Bears != nil || p.Cites != nil {
		return
	}
	var words []string
	for _, n := range TopLevel(c.expr) {
		words = append(words, n.(search.Word).Text)
	}
	tokens := vi.Tokens(strings.Join(words, " "))
	if !slices.ContainsFunc(tokens, func(t vi.Token) bool { return t.Kind == vi.Syllable }) {
		return
	}
	// A text that has all words as often as can be.
	self := 0.0
	for _, clause := range p.Clauses {
		if len(clause.Terms) > 0 && clause.Among == nil {
			self += clause.Weight * (units.K1 + 1 + units.Delta)
		}
	}
	p.Vector, p.Near = c.Learned.Query(tokens), Ranking.Nearness*self
}
