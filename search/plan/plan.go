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
	"nghiquyet/index/learned"
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
	Restore   func(folded []string) []string
	Phrases   *units.Phrases
	Compounds units.Compounds   // cut words typed side by side
	Units     int               // articles and lessons in the index
	Facets    map[string]*Facet // by schema field
	Learned   *learned.Model    // from the texts of the index, nil for none
}

// Plan is a query understood.
type Plan struct {
	Level string // words together, all, most or any of the words
	// Corrected is the query that is run instead of the one typed, if any.
	Corrected index.Maybe
	// Offers are filters that the words name.
	Offers []search.OfferedFilter
	// Bears and Cites match what bears and what cites the numbers that the query
	// names, nil for none.
	Bears, Cites Expr
	// Offered is the query with corrections that are less sure, "" for none.
	Offered string
	Notes   []search.Note
	// Found is what the words count, Wide what they list, which is Found and
	// more. Both are before filters.
	Found, Wide Expr
	Filters     Filters // by facet
	// Chosen are the values of the index that the filters select, by facet: what
	// answers list of a facet whatever its bound.
	Chosen map[string][]string
	// Words are those that can be let go.
	Words   []Word
	Clauses []Clause
	// Also are other wordings that were found for the words.
	Also []string
	// Spelled is the query with its words in the spelling that is counted,
	// Together the same with compound words as phrases.
	Spelled, Together search.Node
	// Readings are other ways to read the words; nil without words.
	Readings *Readings

	// Vector is what the words are about and Near what it adds to the score of a hit
	// that is about the same (near.go); Vector is nil where the words alone decide.
	Vector []int8
	Near   float64

	idfs map[string]float64 // by folded syllable
}

// IDF is how much a folded syllable of the query tells.
func (p *Plan) IDF(folded string) float64 { return p.idfs[folded] }

// Suggestions are other queries worth trying.
func (p *Plan) Suggestions() []string {
	if p.Offered == "" {
		return []string{}
	}
	return []string{p.Offered}
}

// Relaxed reports whether words were let go.
func (p *Plan) Relaxed() bool { return p.Level == search.MatchMost || p.Level == search.MatchAny }

// Asked says how q was understood, but for what the engine counts.
func (p *Plan) Asked(q *search.Query) search.Asked {
	a := search.Asked{Text: q.Text, Match: p.Level, Corrected: p.Corrected, Notes: p.Notes, Filters: p.Offers}
	if q.Expr == nil {
		return a
	}
	a.Expr, a.Parsed, a.Also = q.Expr, q.Expr.String(), p.Also
	if p.Level == search.MatchWords && p.Spelled != nil && p.Spelled.String() != a.Parsed {
		a.Expr, a.Spelled = p.Spelled, p.Spelled.String()
	}
	return a
}

// Counted matches what a reading counts, under all filters.
func (p *Plan) Counted(r Reading) Expr { return p.Filters.without(r.Docs, "") }

// Docs matches what is counted.
func (p *Plan) Docs() Expr { return p.Filters.without(p.Found, "") }

// Listed matches what hits are taken from: what is counted, and in an order of
// relevance also what comes close. By date all would be mixed up.
func (p *Plan) Listed(q *search.Query) Expr {
	if q.Counted || q.ByTime() {
		return p.Docs()
	}
	return p.Filters.without(p.Wide, "")
}

// Widened reports whether hits are taken from more than is counted.
func (p *Plan) Widened(q *search.Query) bool {
	return p.Wide != p.Found && !q.Counted && !q.ByTime()
}

// DocsBut matches what the counts of a facet are of: all filters apply but its
// own.
func (p *Plan) DocsBut(facet string) Expr { return p.Filters.without(p.Found, facet) }

// Word is one typed word and what contains it.
type Word struct {
	Text string
	Docs Expr
}

// Clause is one addend of a score.
type Clause struct {
	Name   string
	Weight float64 // with the term's idf
	// Terms are what is weighed by [Saturation]: of what contains them all, as
	// often as the rarest of them, and by the length of the title for terms of
	// that, else of the content. Without any the weight is added as it is.
	Terms []Term
	Among Expr // only to these; nil for all that contain the terms
}

// Plan understands q. It parses q.Text where that was not done, and leaves in
// q.Expr the expression that is run, corrected.
func (p *Planner) Plan(ctx context.Context, ix Index, q *search.Query) (*Plan, error) {
	if q.Expr == nil && q.Text != "" {
		q.Expr, q.Notes = search.ParseNotes(q.Text)
	}
	c, err := p.understand(ctx, ix, q, q.Expr)
	if err != nil {
		return nil, err
	}
	if !q.Literal {
		if c, err = c.freed(q); err != nil {
			return nil, err
		}
	}
	q.Expr = c.expr
	return &c.plan, c.recognized(q)
}

// understand compiles expr as the expression of q.
func (p *Planner) understand(ctx context.Context, ix Index, q *search.Query, expr search.Node) (*compiler, error) {
	c := &compiler{Planner: p, ix: ix, ctx: ctx, expr: expr, counts: map[Term]int{}, seen: map[string]bool{}}
	c.plan.idfs, c.plan.Chosen = map[string]float64{}, map[string][]string{}
	c.plan.Notes = slices.Clone(q.Notes)
	if expr != nil && !q.Literal {
		corrected, changed, err := c.corrected(expr)
		if err != nil {
			return nil, err
		}
		if changed {
			c.expr, c.plan.Corrected = corrected, index.Maybe(corrected.String())
		}
	}
	if err := c.compile(c.expr); err != nil {
		return nil, err
	}
	var err error
	if c.plan.Filters, err = c.filters(q); err != nil {
		return nil, err
	}
	if c.plan.Readings, err = c.readings(); err != nil {
		return nil, err
	}
	c.plan.Spelled, c.plan.Together = joined(c.asked.words), joined(c.asked.phrase)
	err = c.relax()
	c.near()
	return c, err
}

// Enough is how many articles make relaxing unnecessary. It is fixed, not the
// requested page size, so that totals do not depend on size.
const Enough = search.DefaultSize

// Shares of what the words of a query tell, as their idf.
const (
	// most is what an article contains of them at the level of that name.
	most = 0.9
	// some is what an article contains of them at least that is listed. The
	// answer to a question, or the text below a headline, seldom contains all its
	// words: of 400 headlines put to 150,000 articles without them, 15 of 100 do
	// not find theirs among the first hundred hits that contain all or most, 3
	// among those that contain some (29 November 2026).
	some = 0.2
)

// relax finds what is counted and what is listed. Counted is what contains the
// words, each compound together. Where that is less than a page of articles, it
// is what contains all syllables anywhere, then most of the words, then any, if
// that is more articles: one that a lesson alone adds is there already. Filters
// have no say in it: the count beside a facet is that of the query narrowed to
// it, and what a chart counts is what its links open. Listed is, whatever is
// counted, all that contains some of what the words tell.
func (c *compiler) relax() error {
	p := &c.plan
	words := make([]Expr, len(p.Words))
	for i, w := range p.Words {
		words[i] = w.Docs
	}
	c.all = c.containing(words, 1, nil)
	p.Level, p.Found, p.Wide = search.MatchWords, c.all, c.all
	if !slices.Equal(words, c.asked.groups) {
		p.Found = c.containing(c.asked.groups, 1, nil)
	}
	if len(words) == 0 {
		return nil
	}
	counts, err := c.ix.Count(c.ctx, append([]Expr{and(p.Found, Articles), and(c.all, Articles)}, words...)...)
	if err != nil {
		return err
	}
	inWords, inAll, counts := counts[0], counts[1], counts[2:]
	// Weights are the idf in whole quarters: "của" is let go before "dân vận".
	weights := make([]int, len(words))
	var known []Expr // a word that no text contains tells nothing
	var told []int
	for i, n := range counts {
		weights[i] = 1 + int(4*IDF(c.Units, n))
		if n > 0 {
			known, told = append(known, words[i]), append(told, weights[i])
		}
	}
	if err := c.relaxCount(words, weights, inWords, inAll); err != nil {
		return err
	}
	switch {
	case p.Level == search.MatchAny: // more than what contains some
		p.Wide = p.Found
	case len(known) > 1:
		p.Wide = c.containing(known, some, told)
	}
	if inAll > 0 && len(words) > 1 {
		p.Clauses = append(p.Clauses, Clause{Name: "all-words", Among: c.all, Weight: Ranking.AllWords})
	}
	return nil
}

// relaxCount counts what contains the words less strictly where too few articles
// have their compounds together.
func (c *compiler) relaxCount(words []Expr, weights []int, inWords, inAll int) error {
	last := inWords
	if last < Enough && inAll > last {
		c.plan.Level, c.plan.Found, last = search.MatchAll, c.all, inAll
	}
	if len(words) < 2 {
		return nil
	}
	for _, step := range []struct {
		level string
		share float64
	}{{search.MatchMost, most}, {search.MatchAny, 0}} {
		if last >= Enough {
			return nil
		}
		found := c.containing(words, step.share, weights)
		counts, err := c.ix.Count(c.ctx, and(found, Articles))
		if err != nil {
			return err
		}
		if counts[0] > last {
			c.plan.Level, c.plan.Found, last = step.level, found, counts[0]
		}
	}
	return nil
}

// containing matches what contains the words, or as many as tell a share of
// what all weights are together, or any for none, and all that is required.
func (c *compiler) containing(words []Expr, share float64, weights []int) Expr {
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
