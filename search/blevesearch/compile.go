package blevesearch

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// Bounds of one query's cost.
const (
	maxExpansions = 500  // terms of one prefix
	maxVerified   = 2000 // documents whose text is read for one phrase
)

// plan is a query compiled against the index: what matches, what scores.
type plan struct {
	// required must all hold; nil holds everything. Words may be let go.
	required []set
	words    []word
	clauses  []clause
	notes    []string
	also     []string           // other wordings of the words, to be marked as well
	idfs     map[string]float64 // by folded syllable
}

// idf is how much a folded syllable of the query tells.
func (p *plan) idf(folded string) float64 { return p.idfs[folded] }

// word is one typed word and the documents that hold it.
type word struct {
	text string
	docs set
}

// clause is one addend of a score.
type clause struct {
	name   string
	weight float64    // with the term's idf
	terms  []postings // by leaf
	title  bool       // length of the title instead of that of the content
	fixed  bool       // weight is added as it is
	bound  float32    // the most it can add
	left   float32    // the most that it and the clauses behind it can add
}

// compiler turns the nodes of one query into a plan.
type compiler struct {
	*Searcher
	ctx    context.Context
	plan   plan
	marked bool            // the reader types marks
	seen   map[string]bool // clauses there are
}

// compile reads the words of a query in their order: neighbours make bigrams.
func (s *Searcher) compile(ctx context.Context, root search.Node) (*plan, error) {
	c := &compiler{Searcher: s, ctx: ctx, seen: map[string]bool{}}
	c.plan.idfs = map[string]float64{}
	if root == nil {
		return &c.plan, nil
	}
	c.marked = marked(root)
	var run []string // words typed side by side
	flush := func() error {
		defer func() { run = run[:0] }()
		return c.run(run)
	}
	for _, n := range topLevel(root) {
		w, isWord := n.(search.Word)
		if isWord && !w.Prefix {
			run = append(run, w.Text)
			continue
		}
		if err := flush(); err != nil {
			return nil, err
		}
		docs, err := c.match(n)
		switch {
		case err != nil:
			return nil, err
		case docs == nil:
		case isWord:
			c.plan.words = append(c.plan.words, word{w.String(), docs})
		default:
			c.plan.required = append(c.plan.required, docs)
			if err := c.score([]search.Node{n}); err != nil {
				return nil, err
			}
		}
	}
	if err := flush(); err != nil {
		return nil, err
	}
	return &c.plan, nil
}

// topLevel returns the nodes that must all hold.
func topLevel(root search.Node) []search.Node {
	if and, ok := root.(search.And); ok {
		return and.Nodes
	}
	return []search.Node{root}
}

// marked reports whether any word of n is typed with diacritics.
func marked(n search.Node) bool {
	switch n := n.(type) {
	case search.Word:
		return vi.Fold(n.Text) != strings.ToLower(n.Text)
	case search.Phrase:
		return vi.Fold(n.Text) != strings.ToLower(n.Text)
	case search.And:
		return slices.ContainsFunc(n.Nodes, marked)
	case search.Or:
		return slices.ContainsFunc(n.Nodes, marked)
	}
	return false
}

// match returns the documents a node matches, nil for a node that asks for
// nothing.
func (c *compiler) match(n search.Node) (set, error) {
	if err := c.ctx.Err(); err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case search.Word:
		if n.Prefix {
			return c.prefix(n.Text)
		}
		return c.phrase(n.Text, false)
	case search.Phrase:
		return c.phrase(n.Text, true)
	case search.Not:
		docs, err := c.match(n.Node)
		if docs == nil || err != nil {
			return nil, err
		}
		return live(c.leaves).andNot(docs), nil
	case search.And:
		return c.each(n.Nodes, set.and)
	case search.Or:
		return c.each(n.Nodes, set.or)
	case search.Field:
		return c.field(n)
	}
	return nil, nil
}

func (c *compiler) each(nodes []search.Node, join func(a, b set) set) (out set, err error) {
	for _, n := range nodes {
		docs, err := c.match(n)
		if err != nil {
			return nil, err
		}
		switch {
		case docs == nil:
		case out == nil:
			out = docs
		default:
			out = join(out, docs)
		}
	}
	return out, nil
}

// phrase returns the documents that hold the syllables of text side by side,
// nil for a text without any. Where the text of a document need not be read to
// be sure, it is not; strict asks to read it.
func (c *compiler) phrase(text string, strict bool) (set, error) {
	return c.sideBySide(vi.Tokens(text), strict)
}

func (c *compiler) sideBySide(tokens []vi.Token, strict bool) (set, error) {
	parts := parts(tokens)
	if len(parts) == 0 {
		return nil, nil
	}
	var need []set
	verify := strict && len(parts) > 2
	for _, t := range parts {
		docs, err := c.syllable(t)
		if err != nil {
			return nil, err
		}
		need = append(need, docs)
		verify = verify || strict && len(parts) > 1 && isMarked(t)
	}
	for i, j := range vi.Bigrams(parts) {
		pair, err := c.docs(index.FieldBigram, parts[i].Folded+" "+parts[j].Folded)
		if err != nil {
			return nil, err
		}
		need = append(need, pair)
	}
	out := all(need)
	if verify {
		return c.verified(out, parts)
	}
	if whole := tokens[0]; whole.Kind == vi.Whole && whole.Start == parts[0].Start && whole.End == parts[len(parts)-1].End {
		docs, err := c.docs(index.FieldFolded, whole.Folded)
		if err != nil {
			return nil, err
		}
		out = out.or(docs)
	}
	return out, nil
}

// syllable returns the documents that hold one typed syllable: typed with
// marks that word, or its bare spelling in a text without marks; typed
// without, every word that folds to it.
func (c *compiler) syllable(t vi.Token) (set, error) {
	if !isMarked(t) {
		return c.docs(index.FieldFolded, t.Folded)
	}
	docs, err := c.docs(index.FieldExact, t.Exact)
	if err != nil {
		return nil, err
	}
	bare, err := c.docs(index.FieldExact, t.Folded)
	if err != nil {
		return nil, err
	}
	return docs.or(bare.and(c.bare)), nil
}

// prefix returns the documents that hold a term beginning as text does.
func (c *compiler) prefix(text string) (set, error) {
	parts := parts(vi.Tokens(text))
	if len(parts) == 0 {
		return nil, nil
	}
	last := parts[len(parts)-1]
	exact, folded := vi.Prefixes(text[last.Start:last.End])
	field, starts := index.FieldFolded, folded
	if isMarked(last) {
		field, starts = index.FieldExact, exact
	}
	out := make(set, len(c.leaves))
	for i, l := range c.leaves {
		var found []*roaring.Bitmap
		for _, start := range starts {
			err := l.eachTermFrom(field, start, func(_ string, docs *roaring.Bitmap) bool {
				found = append(found, docs)
				return len(found) < maxExpansions*units.FreqClasses
			})
			if err != nil {
				return nil, err
			}
		}
		if len(found) >= maxExpansions*units.FreqClasses {
			c.note("Chỉ tìm một phần các từ bắt đầu bằng “" + text + "”: có quá nhiều.")
		}
		out[i] = roaring.FastOr(found...)
	}
	for _, t := range parts[:len(parts)-1] {
		docs, err := c.syllable(t)
		if err != nil {
			return nil, err
		}
		out = out.and(docs)
	}
	return out, nil
}

func (c *compiler) note(text string) {
	if !slices.Contains(c.plan.notes, text) {
		c.plan.notes = append(c.plan.notes, text)
	}
}

// verify keeps the documents that really hold the tokens side by side. Beyond
// maxVerified it keeps the rest unread, and says so.
func (c *compiler) verify(docs set, want []vi.Token) (set, error) {
	out := make(set, len(docs))
	read := 0
	var tokens []vi.Token
	// Nearly all documents hold the phrase in its plain spelling: a look at the
	// bytes is thirty times faster than the analyzer.
	typed := " " + strings.Join(exact(want), " ") + " "
	first, n := utf8.DecodeRuneInString(typed[1:])
	capital := " " + string(unicode.ToUpper(first)) + typed[1+n:]
	if !slices.ContainsFunc(want, isMarked) {
		typed, capital = "\x00", "\x00" // typed without marks, it has many spellings
	}
	for i, candidates := range docs {
		out[i] = roaring.New()
		for it := candidates.Iterator(); it.HasNext(); {
			doc := it.Next()
			if read++; read > maxVerified {
				out[i].Add(doc)
				continue
			}
			if err := c.ctx.Err(); err != nil {
				return nil, err
			}
			head, body, err := c.leaves[i].texts(doc)
			if err != nil {
				return nil, err
			}
			texts := []string{body, head.Title}
			if head.Lesson != nil {
				texts = append(texts, head.Lesson.Heading)
			}
			if strings.Contains(body, typed) || strings.Contains(body, capital) {
				out[i].Add(doc)
				continue
			}
			bare := c.bare[i].Contains(doc)
			if slices.ContainsFunc(texts, func(text string) bool {
				tokens = vi.AppendTokens(tokens[:0], text)
				return holds(tokens, want, bare)
			}) {
				out[i].Add(doc)
			}
		}
	}
	return out, nil
}

// verified is verify, kept: what a phrase matches costs to find out.
func (c *compiler) verified(docs set, want []vi.Token) (set, error) {
	if docs.count() > maxVerified {
		c.note("Cụm từ quá phổ biến: một phần kết quả chưa được đối chiếu từng chữ.")
	}
	key := termKey{"phrase", strings.Join(exact(want), " ")}
	c.terms.mu.RLock()
	held := c.terms.phrases[key]
	c.terms.mu.RUnlock()
	if held != nil {
		return held, nil
	}
	out, err := c.verify(docs, want)
	if err != nil {
		return nil, err
	}
	c.terms.mu.Lock()
	defer c.terms.mu.Unlock()
	if c.terms.phrases == nil || len(c.terms.phrases) >= maxPhrasesHeld {
		c.terms.phrases = map[termKey]set{}
	}
	c.terms.phrases[key] = out
	return out, nil
}

// holds reports whether the tokens of want stand side by side in tokens, in one
// clause of a text that is bare of marks or not.
func holds(tokens, want []vi.Token, bare bool) bool {
	text := parts(tokens)
	for at := 0; at+len(want) <= len(text); at++ {
		same := true
		for i, w := range want {
			t := text[at+i]
			if t.Folded != w.Folded || isMarked(w) && t.Exact != w.Exact && !(bare && t.Exact == w.Folded) ||
				i > 0 && (t.Break || t.Pos != text[at+i-1].Pos+1) {
				same = false
				break
			}
		}
		if same {
			return true
		}
	}
	return false
}

// parts returns the tokens without the wholes.
func parts(tokens []vi.Token) []vi.Token {
	return slices.DeleteFunc(slices.Clone(tokens), func(t vi.Token) bool { return t.Kind == vi.Whole })
}

func isMarked(t vi.Token) bool { return t.Exact != t.Folded }

// docs returns the documents of a term.
func (c *compiler) docs(field, text string) (set, error) {
	t, err := c.term(field, text)
	if err != nil {
		return nil, err
	}
	return t.docs(), nil
}

// score adds the clauses of the words that nodes ask for, in their order.
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

// scoreRun adds the clauses of tokens that the reader typed side by side.
func (c *compiler) scoreRun(tokens []vi.Token) error {
	for _, t := range tokens {
		if err := c.add(index.FieldFolded, t.Folded, ranking.Folded); err != nil {
			return err
		}
		if err := c.add(index.FieldExact, t.Exact, ranking.Exact); err != nil {
			return err
		}
		if err := c.add(index.FieldTitle, t.Folded, ranking.Title); err != nil {
			return err
		}
		if isMarked(t) {
			if err := c.add(index.FieldTitle, t.Exact, ranking.ExactTitle); err != nil {
				return err
			}
		}
	}
	for i, j := range vi.Bigrams(tokens) {
		if err := c.add(index.FieldBigram, tokens[i].Folded+" "+tokens[j].Folded, ranking.Bigram); err != nil {
			return err
		}
	}
	return nil
}

// add adds a term's clause, once, unless it says nothing.
func (c *compiler) add(field, text string, weight float64) error {
	name := field + ":" + text
	if weight == 0 || c.seen[name] {
		return nil
	}
	c.seen[name] = true
	t, err := c.term(field, text)
	if err != nil {
		return err
	}
	idf := c.idf(t.count)
	if field == index.FieldFolded {
		c.plan.idfs[text] = idf
	}
	if t.count == 0 || field != index.FieldTitle && float64(t.count) > ranking.Common*float64(c.docCount) {
		return nil
	}
	c.plan.clauses = append(c.plan.clauses, clause{
		name: name, terms: t.postings, title: field == index.FieldTitle,
		weight: weight * idf,
	})
	return nil
}

// fixed is the clause that adds weight to the score of docs.
func fixed(name string, docs set, weight float64) clause {
	terms := make([]postings, len(docs))
	for i := range docs {
		terms[i][0] = docs[i]
	}
	return clause{name: name, terms: terms, weight: weight, fixed: true}
}

// idf is BM25's, of a term in count documents.
func (s *Searcher) idf(count uint64) float64 {
	return math.Log(1 + (float64(s.docCount)-float64(count)+0.5)/(float64(count)+0.5))
}
