// Package plan turns a query into expressions and clauses that any engine can run.
// Both engines use it, so that both understand a query alike.
//
// It takes a [search.Query] and returns a [Plan]: expressions that match (expr.go)
// and clauses that score. Mistyped words are corrected (correct.go); nodes become
// expressions (compile.go); neighbouring words are read together for numbers,
// dates, abbreviations and synonyms (run.go); filters and operators become values
// of the index (filter.go); and the conditions are relaxed if too few documents
// contain all words (this file). From the engine it needs counts of units and the
// values of keyword fields ([Index]). It ranks and fetches nothing.
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

// Index is what a plan needs of an engine.
type Index interface {
	// Count returns the number of units that each expression matches.
	Count(ctx context.Context, exprs ...Expr) ([]int, error)
	// Keys returns the values of a keyword field that begin with start and for
	// which match is true, in order, at most limit.
	Keys(ctx context.Context, field, start string, limit int, match func(string) bool) ([]Key, error)
}

// Key is a value of a keyword field and the number of units that have it.
type Key struct {
	Value string
	Count int
}

// Planner plans queries to one generation. It is immutable and safe for concurrent
// use.
type Planner struct {
	Lexicon *vi.Lexicon
	// Restore returns the spelling with marks that the texts of the index use for
	// neighbouring folded syllables.
	Restore   func(folded []string) []string
	Phrases   *units.Phrases
	Compounds units.Compounds   // cut neighbouring words into compounds
	Units     int               // articles and lessons in the index
	Facets    map[string]*Facet // by schema field
	Learned   *learned.Model    // learned from the texts of the index, nil if there is no model
}

// Plan is a query as understood.
type Plan struct {
	Level string // rule for counted documents: words as compounds, all, most or any of the words
	// Corrected is the query that is run instead of the typed one, or null.
	Corrected index.Maybe
	// Offers are filters that the words name.
	Offers []search.OfferedFilter
	// Bears matches the documents whose own number the query names, Cites those
	// that cite it; nil for none.
	Bears, Cites Expr
	// Offered is the query with less certain corrections, "" for none.
	Offered string
	Notes   []search.Note
	// Found matches the units that are counted, Wide those that are listed, which
	// are more. Neither has the filters.
	Found, Wide Expr
	Filters     Filters // by facet
	// Chosen are the values of the index that the filters select, by facet. Answers
	// list them even beyond a facet's bound.
	Chosen map[string][]string
	// Words are the words that relaxing may drop.
	Words   []Word
	Clauses []Clause
	// Also are other wordings that match too.
	Also []string
	// Spelled is the query with words in the spelling that is counted, Together the
	// same with compounds as phrases.
	Spelled, Together search.Node
	// Readings are other readings of the words; nil if there are no words.
	Readings *Readings

	// Vector describes what the words are about. Near is added to the score of a
	// unit that is about the same, in proportion to its nearness (near.go). Vector
	// is nil if only words count.
	Vector []int8
	Near   float64

	idfs map[string]float64 // by folded syllable
}

// IDF returns the idf of a folded syllable of the query.
func (p *Plan) IDF(folded string) float64 { return p.idfs[folded] }

// Suggestions returns other queries that the reader may mean.
func (p *Plan) Suggestions() []string {
	if p.Offered == "" {
		return []string{}
	}
	return []string{p.Offered}
}

// Relaxed reports whether words were dropped.
func (p *Plan) Relaxed() bool { return p.Level == search.MatchMost || p.Level == search.MatchAny }

// Asked describes how q was understood, without the counts of the engine.
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

// Counted matches the documents that a reading counts, under all filters.
func (p *Plan) Counted(r Reading) Expr { return p.Filters.without(r.Docs, "") }

// Docs matches the documents that are counted.
func (p *Plan) Docs() Expr { return p.Filters.without(p.Found, "") }

// Listed matches the documents that can be hits: the counted ones and, sorted by
// relevance, also close ones. Sorted by date, close ones would come before good
// ones.
func (p *Plan) Listed(q *search.Query) Expr {
	if q.Counted || q.ByTime() {
		return p.Docs()
	}
	return p.Filters.without(p.Wide, "")
}

// Widened reports whether hits can be documents that are not counted.
func (p *Plan) Widened(q *search.Query) bool {
	return p.Wide != p.Found && !q.Counted && !q.ByTime()
}

// DocsBut matches the documents over which a facet counts: under all filters except
// its own.
func (p *Plan) DocsBut(facet string) Expr { return p.Filters.without(p.Found, facet) }

// Word is one typed word. Docs matches the units that contain it.
type Word struct {
	Text string
	Docs Expr
}

// Clause is one addend of a score.
type Clause struct {
	Name   string
	Weight float64 // with the term's idf
	// Terms are weighed together by [Saturation]: a unit that contains them all has
	// the frequency of the rarest of them, and the length of the title for terms of
	// titles, else that of the content. Without Terms the clause adds Weight
	// itself.
	Terms []Term
	Among Expr // only for these units; nil for all that contain the terms
}

// Plan understands q. It parses q.Text unless that is done, and sets q.Expr to the
// corrected expression that is run.
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

// Shares of the sum of the words' weights.
const (
	// most is the share that an article counted at MatchMost contains at least.
	most = 0.9
	// some is the share that a listed article contains at least. The answer to a
	// question, or the text below a headline, seldom contains all its words. Of 400
	// headlines asked of 150,000 articles without titles, 15 of 100 do not find
	// their article among the first hundred hits that contain all or most words,
	// but only 3 of 100 among those that contain some (29 November 2026).
	some = 0.2
)

// relax sets what is counted and what is listed. Counted are units that contain all
// words, each compound as neighbours. If those are less than Enough articles,
// counted are units that contain all syllables anywhere, then most of the words,
// then any, as far as each step adds articles. Filters do not change the level, so
// that the count beside a facet's value equals the total after choosing it, and a
// chart's count equals the total of its link. Listed are, at any level, all units
// that contain the share some.
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
	// weights are 1 and four times the idf: "của" is dropped before "dân vận".
	weights := make([]int, len(words))
	var known []Expr // leaves out words that no unit contains
	var knownWeights []int
	for i, n := range counts {
		weights[i] = 1 + int(4*IDF(c.Units, n))
		if n > 0 {
			known, knownWeights = append(known, words[i]), append(knownWeights, weights[i])
		}
	}
	if err := c.relaxCount(words, weights, inWords, inAll); err != nil {
		return err
	}
	switch {
	case p.Level == search.MatchAny: // already more than the units with the share some
		p.Wide = p.Found
	case len(known) > 1:
		p.Wide = c.containing(known, some, knownWeights)
	}
	if inAll > 0 && len(words) > 1 {
		p.Clauses = append(p.Clauses, Clause{Name: "all-words", Among: c.all, Weight: Ranking.AllWords})
	}
	return nil
}

// relaxCount relaxes the condition for counting if too few articles contain the
// compounds.
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

// containing matches units that contain the words: all for share 1, any for share
// 0, else words with at least that share of all weights. The required expressions
// must match too.
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
