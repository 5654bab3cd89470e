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
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"

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
	// Found matches the units that are counted, Wide the units that are listed, which
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

	idfs     map[string]float64 // by folded syllable
	unmarked bool               // no word was typed with marks
	unsure   bool               // some word counts in every spelling
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
		a.Expr = p.Spelled
		if !p.unsure && !slices.ContainsFunc(search.TopLevel(q.Expr), isOfWords) {
			a.Spelled = p.Spelled.String()
		}
	}
	if p.Readings == nil && p.Together != nil { // numbers are marked, not their words
		a.Expr = p.Together
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

// Hash returns a hash of the query and the generation that is the same for all pages
// of the query.
func (p *Plan) Hash(q *search.Query, generation string) uint64 {
	same := *q
	same.Cursor, same.Page, same.Size, same.Facets, same.Explain = "", 0, 0, nil, false
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s\x00%t\x00%s", generation, p.Level, q.Counted, same.Values().Encode())
	return h.Sum64()
}

// DocsBut matches the documents over which a facet counts: under all filters except
// its own.
func (p *Plan) DocsBut(facet string) Expr { return p.Filters.without(p.Found, facet) }

// Word is one typed word. Docs matches the units that are listed for it, Counted those
// that count for it: they contain it in the spelling that was typed or restored.
type Word struct {
	Text          string
	Docs, Counted Expr
	folded        Expr // matches the word with any marks
	isName        bool // several words that spell one name, see [compiler.same]
	// long, if not nil, matches the units with the name of which this word and the next
	// are the long form, size words in all.
	long Expr
	size int
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

// PlanCount is [Planner.Plan] for counts: the plan has the documents that are counted,
// but offers no filters and ranks nothing.
func (p *Planner) PlanCount(ctx context.Context, ix Index, q *search.Query) (*Plan, error) {
	q.Counted, q.Size = true, 0
	return p.Plan(ctx, ix, q)
}

// understand compiles expr as the expression of q.
func (p *Planner) understand(ctx context.Context, ix Index, q *search.Query, expr search.Node) (*compiler, error) {
	c := &compiler{Planner: p, ix: ix, ctx: ctx, expr: expr, counts: map[Term]int{}, seen: map[string]bool{}}
	c.counting = q.Counted && q.Size == 0
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
	c.plan.Readings, c.plan.unmarked = c.readings(), !c.marked
	c.plan.Spelled, c.plan.Together = search.Join(c.asked.words), search.Join(c.asked.phrase)
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
	// but only 3 of 100 among hits that contain some (29 November 2026).
	some = 0.2
)

// fewer are the shares of the level any. The largest share that Enough articles reach is
// taken: a small share of frequent words is in nearly every article.
var fewer = []float64{0.8, 0.7, 0.6, 0.5, 0.4, 0.3, some}

// relax sets what is counted and what is listed. Counted are units that contain all
// words, each compound as neighbours. If those are less than Enough articles,
// counted are units that contain all syllables anywhere, then most of the words,
// then fewer, as far as each step adds articles. Filters do not change the level, so
// that the count beside a facet's value equals the total after choosing it, and a
// chart's count equals the total of its link. Listed are, at any level, all units
// that contain the share some.
func (c *compiler) relax() error {
	p := &c.plan
	words, counted := make([]Expr, len(p.Words)), make([]Expr, len(p.Words))
	for i, w := range p.Words {
		words[i], counted[i] = w.Docs, w.Counted
	}
	listed := texts(words, " ")
	if listed == texts(counted, " ") {
		counted = words // the engine finds the documents of each expression once
		for i := range p.Words {
			p.Words[i].Counted = words[i] // OpenSearch reports which of these a hit matches
		}
	}
	c.all = c.containing(words, 1, nil)
	p.Level, p.Found, p.Wide = search.MatchWords, c.all, c.all
	if listed != texts(c.asked.groups, " ") {
		p.Found = c.readBy(search.OpTogether)
	}
	if len(words) == 0 {
		return nil
	}
	counts, err := c.ix.Count(c.ctx, append([]Expr{and(p.Found, Articles), c.all}, words...)...)
	if err != nil {
		return err
	}
	inWords, inAll := counts[0], counts[1]
	weights, known := c.weigh(counts[2:])
	knownWords, knownWeights := at(words, known), at(weights, known)
	if len(known) > 1 {
		p.Wide = c.listing(atLeast(knownWords, some, knownWeights))
	}
	if len(words) == 1 {
		return nil
	}
	if inAll > 0 {
		p.Clauses = append(p.Clauses, Clause{Name: "all-words", Among: c.all, Weight: Ranking.AllWords})
	}
	if inWords < Enough {
		if err := c.relaxFew(inWords, words, counted, known, weights); err != nil {
			return err
		}
	}
	if p.Level == search.MatchAny {
		p.Wide = c.listing(or(words...))
	}
	isName := func(w Word) bool { return w.isName }
	if p.Level != search.MatchWords && slices.ContainsFunc(p.Words, isName) { // Docs of a name lack its syllables anywhere
		p.Wide = or(p.Wide, p.Found)
	}
	return nil
}

// weigh returns the weights of words by the number of units that contain each: 1 and four
// times the idf, so that "của" is dropped before "dân vận". known are the indexes of the
// words that some unit contains.
func (c *compiler) weigh(counts []int) (weights, known []int) {
	for i, n := range counts {
		weights = append(weights, 1+int(4*IDF(c.Units, n)))
		if n > 0 {
			known = append(known, i)
		}
	}
	return weights, known
}

// names returns the conditions of the words for counting, with the words of each long form
// as one condition, and the number of units of each; nil if there is no long form, or if
// no article contains the words of a query that is only one.
func (c *compiler) names(inWords int) (counted []Expr, counts []int, err error) {
	var docs []Expr
	for words := c.plan.Words; len(words) > 0; {
		w, size := words[0], 1
		if w.long != nil {
			w.Docs, size = w.long, w.size
			all := make([]Expr, size)
			for i := range all {
				all[i] = words[i].Counted
			}
			w.Counted = and(all...)
		}
		docs, counted = append(docs, w.Docs), append(counted, w.Counted)
		words = words[size:]
	}
	if len(docs) == len(c.plan.Words) || len(docs) == 1 && inWords == 0 {
		return nil, nil, nil
	}
	counts, err = c.ix.Count(c.ctx, docs...)
	return counted, counts, err
}

// at returns the elements of a list at the given indexes, which are in order: the list
// itself if they are all.
func at[T any](list []T, places []int) []T {
	if len(places) == len(list) {
		return list
	}
	out := make([]T, len(places))
	for i, place := range places {
		out[i] = list[place]
	}
	return out
}

// relaxFew relaxes the count of a query whose words fewer than Enough articles contain.
// counted are the words in the forms that count, known the numbers of the words that the
// index contains.
func (c *compiler) relaxFew(inWords int, words, counted []Expr, known, weights []int) error {
	all := c.all
	if &counted[0] != &words[0] {
		all = c.containing(counted, 1, nil)
	}
	names, counts, err := c.names(inWords)
	if err != nil || len(names) == 1 { // a name has its count, as if its abbreviation was typed
		return err
	}
	if names != nil {
		counted = names
		weights, known = c.weigh(counts)
	}
	return c.relaxCount(inWords, all, c.containing(counted, most, weights), at(counted, known), at(weights, known))
}

// relaxCount relaxes the condition for counting, which only last articles meet. It
// takes the strictest condition that Enough articles meet. If there is none, it takes
// the condition that the greatest number of articles meet, the strictest of several. The
// expressions all and most match units with all words and with most of them; known are
// the words that some unit contains, with their weights.
func (c *compiler) relaxCount(last int, all, most Expr, known []Expr, weights []int) error {
	last, err := c.relaxTo(last, level{search.MatchAll, all}, level{search.MatchMost, most})
	if err != nil || last >= Enough || len(known) == 0 {
		return err
	}
	var levels []level
	for _, share := range fewer {
		levels = append(levels, level{search.MatchAny, c.containing(known, share, weights)})
	}
	_, err = c.relaxTo(last, levels...)
	return err
}

// level is a condition for counting, with its name.
type level struct {
	name string
	docs Expr
}

// relaxTo goes through the levels in order. It counts by each level that more articles
// meet than the level before, until Enough articles meet one. It returns how many
// articles meet the last one taken.
func (c *compiler) relaxTo(last int, levels ...level) (int, error) {
	articles := make([]Expr, len(levels))
	for i, l := range levels {
		articles[i] = and(l.docs, Articles)
	}
	counts, err := c.ix.Count(c.ctx, articles...)
	if err != nil {
		return 0, err
	}
	for i, n := range counts {
		if last < Enough && n > last {
			c.plan.Level, c.plan.Found, last = levels[i].name, levels[i].docs, n
		}
	}
	return last, nil
}

// containing matches units that contain the words: all for share 1, else words with at
// least that share of all weights. The required expressions and the numbers of documents
// must match too.
func (c *compiler) containing(words []Expr, share float64, weights []int) Expr {
	found := and(words...)
	if share < 1 {
		found = atLeast(words, share, weights)
	}
	if found = and(slices.Concat([]Expr{found}, c.required, c.ofNumber)...); found == nil {
		return Everything{}
	}
	return found
}

// listing matches the units that are listed: of the units that found matches, those which the
// required expressions match too, and the numbers of documents. In a query that may be a
// title the numbers need not match, because a text about a decree need not contain the number
// that is in its title. Units that have or cite the number come first (see [Weights]).
func (c *compiler) listing(found Expr) Expr {
	list := append([]Expr{found}, c.required...)
	typed := 0 // words beside the numbers; a word of the plan that is a name has several
	for _, w := range c.plan.Words {
		typed += len(strings.Fields(w.Text))
	}
	if typed < leastTitle {
		list = append(list, c.ofNumber...)
	}
	return and(list...)
}

// atLeast matches units that contain words with at least that share of all weights.
func atLeast(words []Expr, share float64, weights []int) Expr {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	return &AtLeast{int(math.Ceil(share * float64(sum))), words, weights}
}
