// Package plan answers: what does a question mean, in terms that any engine
// can run? Both engines ask it, so that both understand alike.
//
// In goes a [search.Query], out comes a [Plan]: expressions that match (expr.go)
// and clauses that score. On the way a query is corrected where it was mistyped
// (correct.go), its nodes become expressions (compile.go), words typed side by
// side are read together for numbers, dates, abbreviations and synonyms
// (run.go), filters and operators by the values of the index (filter.go), and
// the words are relaxed where all of them leave too little (this file). Of the
// engine it asks how many units match, and the values of keyword fields
// ([Index]). It ranks and fetches nothing.
package plan

import (
	"context"
	"math"
	"slices"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// Index is what a plan asks of an engine.
type Index interface {
	// Count returns for each expression how many units it matches.
	Count(ctx context.Context, exprs ...Expr) ([]int, error)
	// Keys lists, in order and at most limit, the values of a keyword field
	// that begin with start and that match takes.
	Keys(ctx context.Context, field, start string, limit int, match func(string) bool) ([]Key, error)
}

// Key is a value of a keyword field and the number of units that have it.
type Key struct {
	Value string
	Count int
}

// Planner understands the questions to one generation. It is immutable and
// safe for concurrent use.
type Planner struct {
	Lexicon *vi.Lexicon
	// Restore gives folded syllables that stand side by side the spelling that
	// the texts of the index give them.
	Restore func(folded []string) []string
	Phrases *units.Phrases
	Units   int               // articles and lessons in the index
	Facets  map[string]*Facet // by schema field
}

// Plan is a query understood.
type Plan struct {
	Level string // all, most or any of the words
	// Corrected is the query that is run instead of the one typed, if any.
	Corrected index.Maybe
	Notes     []search.Note
	Found     Expr    // by the words, before filters
	Filters   Filters // by facet
	// Chosen are the values of the index that the filters select, by facet: what
	// answers list of a facet whatever its bound.
	Chosen map[string][]string
	// Words are those that can be let go.
	Words   []Word
	Clauses []Clause
	// Also are other wordings that were found for the words.
	Also []string

	idfs map[string]float64 // by folded syllable
}

// IDF is how much a folded syllable of the query tells.
func (p *Plan) IDF(folded string) float64 { return p.idfs[folded] }

// Docs matches what is counted and ranked.
func (p *Plan) Docs() Expr { return p.Filters.without(p.Found, "") }

// DocsBut matches what the counts of a facet are of: all filters hold but its
// own.
func (p *Plan) DocsBut(facet string) Expr { return p.Filters.without(p.Found, facet) }

// Word is one typed word and what holds it.
type Word struct {
	Text string
	Docs Expr
}

// Clause is one addend of a score.
type Clause struct {
	Name   string
	Weight float64 // with the term's idf
	// Terms are what is weighed by [Saturation]: of what holds them all, as
	// often as the rarest of them, and by the length of the title for terms of
	// that, else of the content. Without any the weight is added as it is.
	Terms []Term
	Among Expr // only to these; nil for all that hold the terms
}

// Plan understands q. It parses q.Text where that was not done, and leaves in
// q.Expr the expression that is run, corrected.
func (p *Planner) Plan(ctx context.Context, ix Index, q *search.Query) (*Plan, error) {
	if q.Expr == nil && q.Text != "" {
		q.Expr, q.Notes = search.ParseNotes(q.Text)
	}
	c := &compiler{Planner: p, ix: ix, ctx: ctx, counts: map[Term]int{}, seen: map[string]bool{}}
	c.plan.idfs, c.plan.Chosen = map[string]float64{}, map[string][]string{}
	c.plan.Notes = slices.Clone(q.Notes)
	if q.Expr != nil && !q.Literal {
		expr, changed, err := c.corrected(q.Expr)
		if err != nil {
			return nil, err
		}
		if changed {
			q.Expr, c.plan.Corrected = expr, index.Maybe(expr.String())
		}
	}
	if err := c.compile(q.Expr); err != nil {
		return nil, err
	}
	var err error
	if c.plan.Filters, err = c.filters(q); err != nil {
		return nil, err
	}
	return &c.plan, c.relax(c.plan.question(q.Text))
}

// Enough is how many articles make a page: whatever its size, so that what is
// counted does not hang on how much of it is shown.
const Enough = search.DefaultSize

// Shares of what the words of a query tell: most of them, and as much as an
// answer to a question holds at least. Half of it leaves out answers (ALQAC
// without marks 0.878 against 0.912), none of it counts nearly everything.
const (
	most = 0.9
	some = 0.3
)

// relax finds what holds all of the words, and where that is less than a page
// of articles, what holds most of them, then any, if that is more articles:
// one that a lesson alone adds is there already. A question put in plain
// language is answered by what holds some of its words (nDCG@10 of 500
// questions over 13,000 sections 0.77 against 0.75 by the rule, and without
// marks 0.77 against 0.64, by plain BM25, 22 November 2026). Filters have no say in it:
// the count beside a facet is that of the query narrowed to it, and what a
// chart counts is what its links open.
func (c *compiler) relax(question bool) error {
	p := &c.plan
	p.Level, p.Found = search.MatchAll, c.holding(1, nil)
	if len(p.Words) < 2 {
		return nil
	}
	whole := p.Found
	counts, err := c.ix.Count(c.ctx, and(whole, Articles))
	if err != nil || counts[0] >= Enough && !question {
		return err
	}
	inAll := counts[0]
	holders := make([]Expr, len(p.Words))
	for i, w := range p.Words {
		holders[i] = w.Docs
	}
	weights, err := c.ix.Count(c.ctx, holders...)
	if err != nil {
		return err
	}
	// Most goes by what words tell, as their idf in whole quarters: "của" is let
	// go before "dân vận".
	for i, n := range weights {
		weights[i] = 1 + int(4*IDF(c.Units, n))
	}
	last := inAll
	steps := []struct {
		level string
		share float64
	}{{search.MatchMost, most}, {search.MatchAny, 0}}
	if question {
		steps[0].level, steps[0].share = search.MatchAny, some
	}
	for _, step := range steps {
		found := c.holding(step.share, weights)
		if counts, err = c.ix.Count(c.ctx, and(found, Articles)); err != nil {
			return err
		}
		if counts[0] > last {
			p.Level, p.Found, last = step.level, found, counts[0]
		}
		if counts[0] >= Enough {
			break
		}
	}
	if p.Level != search.MatchAll && inAll > 0 {
		p.Clauses = append(p.Clauses, Clause{Name: "đủ các từ", Among: whole, Weight: Ranking.AllWords})
	}
	return nil
}

// holding matches what holds the words, or those that tell a share of it, or
// any for none, and all that is required.
func (c *compiler) holding(share float64, weights []int) Expr {
	words := make([]Expr, len(c.plan.Words))
	for i, w := range c.plan.Words {
		words[i] = w.Docs
	}
	var found Expr
	switch share {
	case 1:
		found = and(words...)
	case 0:
		found = or(words...)
	default:
		sum := 0
		for _, w := range weights {
			sum += w
		}
		found = &AtLeast{int(math.Ceil(share * float64(sum))), words, weights}
	}
	if found = and(append([]Expr{found}, c.required...)...); found == nil {
		return Everything{}
	}
	return found
}
