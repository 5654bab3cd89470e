package plan

import (
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search"
)

// side is a side of an OR: docs matches it, words and phrase are the side as it is
// counted, with the compounds as phrases in phrase.
type side struct {
	docs          Expr
	words, phrase search.Node
}

// side compiles a node beside other conditions. Neighbouring words in it count as plain
// words do: in the spelling that is typed or restored, compounds as neighbours.
func (c *compiler) side(n search.Node) (side, error) {
	switch n := n.(type) {
	case search.Or:
		return c.anySide(n.Nodes)
	case search.And:
		return c.allSides(n.Nodes)
	case search.Word:
		if !n.Prefix {
			return c.sideOfWords([]string{n.Text})
		}
	}
	docs, err := c.match(n)
	return side{docs, n, n}, err
}

// anySide compiles the sides of an OR.
func (c *compiler) anySide(nodes []search.Node) (side, error) {
	docs, words, phrase := make([]Expr, len(nodes)), make([]search.Node, len(nodes)), make([]search.Node, len(nodes))
	for i, n := range nodes {
		s, err := c.side(n)
		if err != nil {
			return side{}, err
		}
		docs[i], words[i], phrase[i] = s.docs, s.words, s.phrase
	}
	return side{or(docs...), search.Or{Nodes: words}, search.Or{Nodes: phrase}}, nil
}

// allSides compiles nodes that must all match, neighbouring words together.
func (c *compiler) allSides(nodes []search.Node) (side, error) {
	var docs []Expr
	var words, phrase []search.Node
	for len(nodes) > 0 {
		texts := plainWords(nodes)
		var s side
		var err error
		if len(texts) > 0 {
			s, err = c.sideOfWords(texts)
		} else {
			s, err = c.side(nodes[0])
		}
		if err != nil {
			return side{}, err
		}
		docs = append(docs, s.docs)
		words, phrase = append(words, search.TopLevel(s.words)...), append(phrase, search.TopLevel(s.phrase)...)
		nodes = nodes[max(1, len(texts)):]
	}
	return side{and(docs...), search.Join(words), search.Join(phrase)}, nil
}

// plainWords returns the words at the beginning of nodes.
func plainWords(nodes []search.Node) (texts []string) {
	for _, n := range nodes {
		w, ok := n.(search.Word)
		if !ok || w.Prefix {
			break
		}
		texts = append(texts, w.Text)
	}
	return texts
}

// sideOfWords compiles neighbouring words. If less than [Enough] articles contain their
// compounds as neighbours, it matches all syllables anywhere.
func (c *compiler) sideOfWords(texts []string) (side, error) {
	text := strings.Join(texts, " ")
	typed := search.Join(search.Words(text))
	if len(vi.Tokens(text)) == 0 {
		return side{nil, typed, typed}, nil
	}
	sub, err := c.operator(search.Field{Name: search.OpTogether, Value: text})
	if err != nil {
		return side{}, err
	}
	c.plan.unsure = c.plan.unsure || sub.plan.unsure
	out := side{sub.readBy(search.OpTogether), search.Join(sub.asked.words), search.Join(sub.asked.phrase)}
	if len(texts) == 1 {
		return out, nil
	}
	all := sub.readBy(search.OpSyllables)
	counts, err := c.ix.Count(c.ctx, and(out.docs, Articles), and(all, Articles))
	if err == nil && counts[0] < Enough && counts[1] > counts[0] {
		out.docs, out.phrase = all, out.words
	}
	return out, err
}
