package plan

import (
	"cmp"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

// freed returns the query without its quotation marks or minus signs if nothing
// matches the typed query and something matches without them. It also removes the
// minus signs if no article contains all words and the text is a title. A pasted
// headline may contain a quotation that no text has, or " -Điểm sáng" after its
// dash. A note says so to the reader. If the query stays unchanged, freed returns c: so
// does a query with an operator that says how its words match.
func (c *compiler) freed(q *search.Query) (*compiler, error) {
	quoted, excluded := phrasesIn(c.expr), exclusionsIn(c.expr)
	if len(quoted)+len(excluded) == 0 || c.strict {
		return c, nil
	}
	if other, err := c.titled(q, excluded); other != nil || err != nil {
		return other, err
	}
	counts, err := c.ix.Count(c.ctx, and(c.all, Articles), c.plan.Found)
	if err != nil || counts[0] > 0 {
		return c, err
	}
	found := counts[1] > 0
	for _, try := range []struct {
		minus, quotes bool
		possible      bool
	}{
		{minus: true, possible: len(excluded) > 0},
		{quotes: true, possible: len(quoted) > 0 && !found},
		{minus: true, quotes: true, possible: len(excluded) > 0 && len(quoted) > 0 && !found},
	} {
		if !try.possible {
			continue
		}
		other, err := c.understand(c.ctx, c.ix, q, free(c.expr, try.minus, try.quotes))
		if err != nil {
			return nil, err
		}
		better := other.plan.Found
		if found {
			better = inTitle(other.expr)
		}
		if counts, err := c.ix.Count(c.ctx, better); err != nil {
			return nil, err
		} else if counts[0] == 0 {
			continue
		}
		if try.minus {
			other.note(search.NoteMinusIgnored, strings.Join(excluded, "”, “"))
		}
		if try.quotes {
			other.note(search.NoteQuotesIgnored, strings.Join(quoted, "”, “"))
		}
		return other, nil
	}
	return c, nil
}

// leastTitle is the smallest number of words of a query that may be a title.
const leastTitle = 5

// titled returns the query without its minus signs if it is the title of a document:
// the title must contain all words, and the document all bigrams, also across a
// minus. Else it returns nil.
func (c *compiler) titled(q *search.Query, excluded []string) (*compiler, error) {
	nodes := search.TopLevel(c.expr)
	if len(excluded) == 0 || len(nodes) < leastTitle {
		return nil, nil
	}
	if _, last := excludedText(nodes[len(nodes)-1]); last {
		return nil, nil // a reader who excludes a word types it last
	}
	whole := free(c.expr, true, false)
	var tokens []vi.Token
	for _, n := range search.TopLevel(whole) {
		w, ok := n.(search.Word)
		if !ok {
			return nil, nil
		}
		tokens = append(tokens, Parts(vi.Tokens(w.Text))...)
	}
	counts, err := c.ix.Count(c.ctx, and(inTitle(whole), allOf(pairTerms(vi.AppendFolded(nil, tokens)))))
	if err != nil || counts[0] == 0 {
		return nil, err
	}
	other, err := c.understand(c.ctx, c.ix, q, whole)
	if err != nil {
		return nil, err
	}
	other.note(search.NoteTitleTyped, strings.Join(excluded, "”, “"))
	return other, nil
}

// inTitle matches units whose title contains all words of a query.
func inTitle(root search.Node) Expr {
	var terms []Expr
	for _, n := range search.TopLevel(root) {
		w, ok := n.(search.Word)
		if !ok {
			return Nothing{}
		}
		terms = append(terms, each(Parts(vi.Tokens(w.Text)), titleTerm)...)
	}
	return cmp.Or(and(terms...), Expr(Nothing{}))
}

func titleTerm(t vi.Token) Expr { return Term{index.FieldTitle, t.Folded} }

// phrasesIn returns the texts of the phrases in a query.
func phrasesIn(n search.Node) (out []string) {
	switch n := n.(type) {
	case search.Phrase:
		return []string{n.Text}
	case search.And, search.Or:
		for _, child := range search.Children(n) {
			out = append(out, phrasesIn(child)...)
		}
	}
	return out
}

// exclusionsIn returns the top-level words and phrases that a query excludes.
func exclusionsIn(root search.Node) (out []string) {
	for _, n := range search.TopLevel(root) {
		if text, ok := excludedText(n); ok {
			out = append(out, text)
		}
	}
	return out
}

func excludedText(n search.Node) (string, bool) {
	not, ok := n.(search.Not)
	if !ok {
		return "", false
	}
	switch n := not.Node.(type) {
	case search.Word:
		return n.String(), true
	case search.Phrase:
		return n.Text, true
	case search.And: // in brackets
		return n.String(), true
	}
	return "", false
}

// free returns a query with its excluded words as plain words (minus), its phrases
// as words (quotes), or both.
func free(root search.Node, minus, quotes bool) search.Node {
	var out []search.Node
	for _, n := range search.TopLevel(root) {
		if _, excluded := excludedText(n); excluded && minus {
			n = n.(search.Not).Node
		}
		if quotes {
			n = unquoted(n)
		}
		out = append(out, search.TopLevel(n)...)
	}
	return search.Join(out)
}

// unquoted returns a node with its phrases as words, except excluded ones.
func unquoted(n search.Node) search.Node {
	switch n := n.(type) {
	case search.Phrase:
		return search.Join(search.Words(n.Text))
	case search.And:
		var out []search.Node
		for _, child := range n.Nodes {
			out = append(out, search.TopLevel(unquoted(child))...)
		}
		return search.Join(out)
	case search.Or:
		out := slices.Clone(n.Nodes)
		for i := range out {
			out[i] = unquoted(out[i])
		}
		return search.Or{Nodes: out}
	}
	return n
}
