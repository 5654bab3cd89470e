package plan

import (
	"context"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

// compiler turns one query into a plan.
type compiler struct {
	*Planner
	ix        Index
	ctx       context.Context
	expr      search.Node // that is compiled, corrected
	plan      Plan
	required  []Expr          // must match in addition to the words
	ofNumber  []Expr          // must match too: for each document number, units that contain it
	asked     asked           // the words as compounds
	all       Expr            // matches units that contain all words
	marked    bool            // some word is typed with marks
	loose     bool            // the query is words only, without operators
	counts    map[Term]int    // by term: the number of units, as counted so far
	seen      map[string]bool // names of the clauses added
	typed     []string        // numbers of documents among the words, as typed
	slips     int             // words compared so far with the words of the index
	read      int             // units whose texts are read for rows of words
	readNames int             // the same for the long forms of abbreviations
	strict    bool            // an operator says how its words match: none is dropped
	later     bool            // other words of the query were compiled before
	counting  bool            // only what is counted is asked, not its order: words are not scored
}

func (c *compiler) note(code string, args ...string) {
	c.plan.Notes = search.AddNote(c.plan.Notes, search.Note{Code: code, Args: args})
}

// fetch counts the terms that were not counted yet, in one request to the engine.
func (c *compiler) fetch(terms ...Term) error {
	var exprs []Expr
	for _, t := range terms {
		if _, ok := c.counts[t]; !ok {
			c.counts[t] = 0
			exprs = append(exprs, t)
		}
	}
	if len(exprs) == 0 {
		return nil
	}
	counts, err := c.ix.Count(c.ctx, exprs...)
	if err != nil {
		return err
	}
	for i, n := range counts {
		c.counts[exprs[i].(Term)] = n
	}
	return nil
}

// count returns the number of units that contain a term.
func (c *compiler) count(t Term) (int, error) {
	err := c.fetch(t)
	return c.counts[t], err
}

// compile compiles the top-level nodes in their order. It compiles neighbouring words
// together, as a run.
func (c *compiler) compile(root search.Node) error {
	if root == nil {
		return nil
	}
	c.marked, c.loose = Marks(root), isLoose(root)
	c.strict = slices.ContainsFunc(search.TopLevel(root), isOfWords)
	var run []string // words typed side by side
	flush := func() error {
		defer func() { run = run[:0] }()
		return c.run(run)
	}
	for _, n := range search.TopLevel(root) {
		w, isWord := n.(search.Word)
		if isWord && !w.Prefix {
			run = append(run, w.Text)
			continue
		}
		if err := flush(); err != nil {
			return err
		}
		if err := c.node(n); err != nil {
			return err
		}
	}
	return flush()
}

// node compiles a node that is no plain word.
func (c *compiler) node(n search.Node) error {
	if f, ok := n.(search.Field); ok && f.OfWords() {
		return c.takeOperator(f)
	}
	counted, err := c.side(n)
	docs := counted.docs
	if docs == nil || err != nil {
		return err
	}
	c.asked.words, c.asked.phrase = append(c.asked.words, counted.words), append(c.asked.phrase, counted.phrase)
	if w, ok := n.(search.Word); ok {
		c.later = true
		if !c.strict {
			c.plan.Words = append(c.plan.Words, Word{Text: w.String(), Docs: docs, Counted: docs, folded: docs})
			c.asked.groups = append(c.asked.groups, docs)
			return nil
		}
	}
	c.required = append(c.required, docs)
	return c.score([]search.Node{n})
}

func isOfWords(n search.Node) bool {
	f, ok := n.(search.Field)
	return ok && f.OfWords()
}

// Marks reports whether a word of n is typed with diacritics.
func Marks(n search.Node) bool {
	switch n := n.(type) {
	case search.Word:
		return vi.Fold(n.Text) != strings.ToLower(n.Text)
	case search.Phrase:
		return vi.Fold(n.Text) != strings.ToLower(n.Text)
	case search.Field:
		return n.OfWords() && vi.Fold(n.Value) != strings.ToLower(n.Value)
	case search.And, search.Or:
		return slices.ContainsFunc(search.Children(n), Marks)
	}
	return false
}

// match returns the expression for a node; nil if the node has no words.
func (c *compiler) match(n search.Node) (Expr, error) {
	switch n := n.(type) {
	case search.Word:
		if n.Prefix {
			return starts(n.Text), nil
		}
		return SideBySide(vi.Tokens(n.Text)), nil
	case search.Phrase:
		return phrase(vi.Tokens(n.Text)), nil
	case search.Not:
		docs, err := c.match(n.Node)
		if docs == nil || err != nil {
			return nil, err
		}
		return &Not{docs}, nil
	case search.And:
		return c.each(n.Nodes, and)
	case search.Or:
		s, err := c.anySide(n.Nodes)
		return s.docs, err
	case search.Field:
		return c.field(n)
	}
	return nil, nil
}

func (c *compiler) each(nodes []search.Node, join func(...Expr) Expr) (Expr, error) {
	out := make([]Expr, len(nodes))
	for i, n := range nodes {
		var err error
		if out[i], err = c.match(n); err != nil {
			return nil, err
		}
	}
	return join(out...), nil
}

// SideBySide matches units that contain the tokens and the bigrams of neighbours,
// which nearly always means that the tokens are neighbours. It also matches units
// that contain all tokens as one token in another form.
func SideBySide(tokens []vi.Token) Expr {
	parts := Parts(tokens)
	pairs := withPairs(parts)
	whole := wholeOf(tokens, parts)
	switch {
	case pairs != nil && whole != nil && whole.Acronym: // matches units that write the acronym in pieces too
		return syllable(*whole)
	case pairs != nil && whole != nil:
		return or(pairs, Term{index.FieldFolded, whole.Folded})
	}
	return pairs
}

// phrase matches units that contain the tokens as neighbours. Where the bigrams are
// proof enough, the text need not be read.
func phrase(tokens []vi.Token) Expr {
	parts := Parts(tokens)
	if len(parts) > 2 || len(parts) == 2 && slices.ContainsFunc(parts, Marked) {
		return &Phrase{parts, withPairs(parts)}
	}
	return SideBySide(tokens)
}

// withPairs matches units that contain the tokens and the bigrams of neighbours.
func withPairs(parts []vi.Token) Expr {
	return and(append(each(parts, syllable), pairs(parts)...)...)
}

// pairs returns the bigrams of neighbouring tokens.
func pairs(tokens []vi.Token) (out []Expr) {
	for i, j := range vi.Bigrams(tokens) {
		out = append(out, pair(tokens[i].Folded, tokens[j].Folded))
	}
	return out
}

func pair(a, b string) Term { return Term{index.FieldBigram, a + " " + b} }

// wholeOf returns the Whole that covers all tokens (a number, a date, an acronym),
// nil if there is none.
func wholeOf(tokens, parts []vi.Token) *vi.Token {
	if len(parts) < 2 {
		return nil
	}
	i := slices.IndexFunc(tokens, func(t vi.Token) bool {
		return t.Kind == vi.Whole && t.Start == parts[0].Start && t.End == parts[len(parts)-1].End
	})
	if i < 0 {
		return nil
	}
	return &tokens[i]
}

// syllable matches units that contain one typed syllable. Typed with marks, it
// matches itself, or its bare spelling in a text without marks; typed without
// marks, it matches every word that folds to it.
func syllable(t vi.Token) Expr {
	if !Marked(t) {
		return Term{index.FieldFolded, t.Folded}
	}
	return or(Term{index.FieldExact, t.Exact}, and(Term{index.FieldExact, t.Folded}, bare))
}

// exactly is like syllable for a token whose spelling is certain: without marks it
// matches only itself.
func exactly(t vi.Token) Expr {
	if Marked(t) {
		return syllable(t)
	}
	return Term{index.FieldExact, t.Exact}
}

// starts matches units that contain a term with the beginning text.
func starts(text string) Expr {
	parts := Parts(vi.Tokens(text))
	if len(parts) == 0 {
		return nil
	}
	last := len(parts) - 1
	exact, folded := vi.Prefixes(text[parts[last].Start:parts[last].End])
	with := &Starts{index.FieldFolded, folded, text}
	if Marked(parts[last]) {
		with.Field, with.Starts = index.FieldExact, exact
	}
	return and(append([]Expr{with}, each(parts[:last], syllable)...)...)
}

// Parts returns the tokens that are no Wholes.
func Parts(tokens []vi.Token) []vi.Token {
	return slices.DeleteFunc(slices.Clone(tokens), func(t vi.Token) bool { return t.Kind == vi.Whole })
}

// Marked reports whether a token is typed with marks.
func Marked(t vi.Token) bool { return t.Exact != t.Folded }

// score adds scoring clauses for the words of nodes, in their order.
func (c *compiler) score(nodes []search.Node) error {
	var run []vi.Token
	flush := func() error {
		defer func() { run = run[:0] }()
		return c.scoreRun(run)
	}
	for _, n := range nodes {
		switch n := n.(type) {
		case search.Word:
			if !n.Prefix {
				run = append(run, vi.Tokens(n.Text)...)
				continue
			}
		case search.Phrase:
			run = append(run, vi.Tokens(n.Text)...)
			continue
		case search.Field:
			if n.OfWords() {
				run = append(run, vi.Tokens(n.Value)...)
				continue
			}
		case search.And:
			if err := c.score(n.Nodes); err != nil {
				return err
			}
		case search.Or:
			for _, side := range n.Nodes {
				if err := c.score([]search.Node{side}); err != nil {
					return err
				}
			}
		}
		if err := flush(); err != nil {
			return err
		}
	}
	return flush()
}

// weighed is a term with its weight, which the idf multiplies.
type weighed struct {
	Term
	weight float64
}

// scored lists the terms by which neighbouring tokens are ranked.
func scored(tokens []vi.Token) (out []weighed) {
	for _, t := range tokens {
		out = append(out,
			weighed{Term{index.FieldFolded, t.Folded}, Ranking.Folded},
			weighed{Term{index.FieldExact, t.Exact}, Ranking.Exact},
			weighed{Term{index.FieldTitle, t.Folded}, Ranking.Title})
		if Marked(t) {
			out = append(out, weighed{Term{index.FieldTitle, t.Exact}, Ranking.ExactTitle})
		}
	}
	for i, j := range vi.Bigrams(tokens) {
		out = append(out, weighed{pair(tokens[i].Folded, tokens[j].Folded), Ranking.Bigram})
	}
	return out
}

// scoreRun adds the scoring clauses of tokens that were typed as neighbours: one
// for each term, except terms that are too common.
func (c *compiler) scoreRun(tokens []vi.Token) error {
	list := scored(tokens)
	terms := make([]Term, len(list))
	for i, w := range list {
		terms[i] = w.Term
	}
	if err := c.fetch(terms...); err != nil {
		return err
	}
	for _, w := range list {
		name, n := w.Field+":"+w.Text, c.counts[w.Term]
		if w.weight == 0 || c.seen[name] {
			continue
		}
		c.seen[name] = true
		idf := IDF(c.Units, n)
		if w.Field == index.FieldFolded {
			c.plan.idfs[w.Text] = idf
		}
		if c.loose {
			idf = c.taught(w.Text, idf)
		}
		if n > 0 && (w.Field == index.FieldTitle || !c.common(n)) {
			c.plan.Clauses = append(c.plan.Clauses, Clause{Name: name, Terms: []Term{w.Term}, Weight: w.weight * idf})
		}
	}
	return nil
}

// common reports whether a term with this number of units is too frequent to be scored.
func (c *compiler) common(count int) bool { return float64(count) > Ranking.Common*float64(c.Units) }
