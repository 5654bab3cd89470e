package search

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Bounds of a parsed query: what is beyond them is left out, and noted.
const (
	MaxClauses = 128 // words, phrases and fields; real questions go to 90 words
	MaxNesting = 16  // depth of parentheses
)

// maxInput bounds the bytes that Parse reads. It is larger than MaxTextBytes
// because the canonical form of a query is longer than what was typed.
const maxInput = 8 * MaxTextBytes

// Parse reads the query language: words, "exact phrase", -without and NOT,
// A OR B and A HOẶC B in upper case, ( ), prefix*, and the operators of
// [Operators]. Words that stand side by side bind tighter than OR. OR, AND and NOT
// are operators only where some other word has a small letter: a question typed
// in capitals as a whole is words. It answers any string: what does not parse is
// read as words. nil asks for everything.
//
// In the tree no And stands directly in an And, no Or in an Or, no Not in a
// Not. Parse(n.String()) equals n.
func Parse(q string) Node {
	n, _ := ParseNotes(q)
	return n
}

// ParseNotes is [Parse] that also tells what it left out or read otherwise
// than typed, each kind of note once.
func ParseNotes(q string) (Node, []Note) {
	p := &parser{}
	if len(q) > maxInput {
		p.note(noteClauses)
		q = q[:maxInput]
	}
	s := norm.NFC.String(strings.Map(plain, strings.ToValidUTF8(q, " ")))
	if strings.Count(s, `"`)%2 == 1 {
		p.note(Note{Code: NoteQuote})
		i := strings.LastIndexByte(s, '"')
		s = s[:i] + " " + s[i+1:]
	}
	typed := p.notes
	n := p.parse(s)
	if p.operators && !hasSmall(n) {
		p = &parser{capitals: true, notes: append(typed[:len(typed):len(typed)], Note{Code: NoteCapitals})}
		n = p.parse(s)
	}
	if n == nil && p.notes == nil && strings.TrimSpace(s) != "" {
		p.note(Note{Code: NoteNothing})
	}
	return n, p.notes
}

func (p *parser) parse(s string) Node {
	p.budget = MaxTextBytes
	p.lex(s)
	p.pair()
	p.keywords()
	return p.or()
}

// hasSmall reports whether a node has an operator of the language or a word with a
// small letter, OR, AND and NOT aside.
func hasSmall(n Node) bool {
	switch n := n.(type) {
	case Word:
		_, isKeyword := keywords[strings.ToUpper(n.Text)]
		return !isKeyword && strings.ToUpper(n.Text) != n.Text
	case Phrase:
		return strings.ToUpper(n.Text) != n.Text
	case Field:
		return true
	case Not:
		return hasSmall(n.Node)
	case And:
		return slices.ContainsFunc(n.Nodes, hasSmall)
	case Or:
		return slices.ContainsFunc(n.Nodes, hasSmall)
	}
	return false
}

// Words reads a text as plain words, without operators.
func Words(text string) []Node {
	p := &parser{}
	for word := range strings.FieldsSeq(strings.NewReplacer("*", " ", "\"", " ").Replace(text)) {
		p.words(word)
	}
	nodes := make([]Node, len(p.tokens))
	for i, t := range p.tokens {
		nodes[i] = t.node
	}
	return nodes
}

type tokenKind uint8

const (
	tokenLeaf tokenKind = iota
	tokenOpen
	tokenClose
	tokenNot
	tokenOr
	tokenAnd
)

type token struct {
	kind tokenKind
	node Node   // of a leaf
	text string // of a keyword; a minus has none
}

var keywords = map[string]tokenKind{"OR": tokenOr, "HOẶC": tokenOr, "HOAC": tokenOr, "AND": tokenAnd, "NOT": tokenNot}

type parser struct {
	tokens []token
	leaves int
	budget int // bytes of leaves left
	notes  []Note
	// capitals says that OR, AND and NOT are words, operators that there are some
	// that are not.
	capitals, operators bool
}

func (p *parser) note(n Note) { p.notes = AddNote(p.notes, n) }

// pair drops the parentheses that have no pair, and what stands deeper than
// MaxNesting.
func (p *parser) pair() {
	paired := make([]bool, len(p.tokens))
	var open []int
	for i, t := range p.tokens {
		switch {
		case t.kind == tokenOpen:
			open = append(open, i)
		case t.kind == tokenClose && len(open) > 0:
			paired[i], paired[open[len(open)-1]] = true, true
			open = open[:len(open)-1]
		}
	}
	kept, depth := p.tokens[:0], 0
	for i, t := range p.tokens {
		isParen := t.kind == tokenOpen || t.kind == tokenClose
		if isParen && !paired[i] {
			p.note(Note{Code: NoteParenthesis})
			continue
		}
		if t.kind == tokenOpen {
			depth++
		}
		if depth <= MaxNesting {
			kept = append(kept, t)
		} else if !isParen {
			p.note(noteNesting)
		}
		if t.kind == tokenClose {
			depth--
		}
	}
	p.tokens = kept
}

// keywords makes words of the keywords that lack a side, and drops a minus
// before nothing.
func (p *parser) keywords() {
	kept := p.tokens[:0]
	for i, t := range p.tokens {
		next := tokenClose
		if i+1 < len(p.tokens) {
			next = p.tokens[i+1].kind
		}
		before := len(kept) > 0 && (kept[len(kept)-1].kind == tokenLeaf || kept[len(kept)-1].kind == tokenClose)
		after := next == tokenLeaf || next == tokenOpen || next == tokenNot
		switch t.kind {
		case tokenOr, tokenAnd:
			if p.operators = p.operators || before && after; !before || !after {
				p.note(Note{Code: NoteKeyword})
				t = token{kind: tokenLeaf, node: Word{Text: strings.ToLower(t.text)}}
			}
		case tokenNot:
			if !after && t.text == "" {
				continue
			}
			if !after {
				p.note(Note{Code: NoteKeyword})
				t = token{kind: tokenLeaf, node: Word{Text: strings.ToLower(t.text)}}
			}
			p.operators = p.operators || t.kind == tokenNot && t.text != ""
		}
		kept = append(kept, t)
	}
	p.tokens = kept
}

// peek returns the kind of the next token; the end looks like a parenthesis
// that closes.
func (p *parser) peek() tokenKind {
	if len(p.tokens) == 0 {
		return tokenClose
	}
	return p.tokens[0].kind
}

func (p *parser) next() token {
	t := p.tokens[0]
	p.tokens = p.tokens[1:]
	return t
}

func (p *parser) or() Node {
	var nodes []Node
	for {
		switch n := p.and().(type) {
		case nil:
		case Or:
			nodes = append(nodes, n.Nodes...)
		default:
			nodes = append(nodes, n)
		}
		if p.peek() != tokenOr {
			break
		}
		p.next()
	}
	switch len(nodes) {
	case 0:
		return nil
	case 1:
		return nodes[0]
	}
	return Or{nodes}
}

func (p *parser) and() Node {
	var nodes []Node
	for p.peek() != tokenClose && p.peek() != tokenOr {
		if p.peek() == tokenAnd {
			p.next()
			continue
		}
		switch n := p.unary().(type) {
		case nil:
		case And:
			nodes = append(nodes, n.Nodes...)
		default:
			nodes = append(nodes, n)
		}
	}
	switch len(nodes) {
	case 0:
		return nil
	case 1:
		return nodes[0]
	}
	return And{nodes}
}

func (p *parser) unary() Node {
	negative := false
	for p.peek() == tokenNot {
		p.next()
		negative = !negative
	}
	n := p.operand()
	if !negative || n == nil {
		return n
	}
	if not, ok := n.(Not); ok {
		return not.Node
	}
	return Not{n}
}

func (p *parser) operand() Node {
	switch p.peek() {
	case tokenOpen:
		p.next()
		n := p.or()
		p.next() // its pair: pair left only whole ones
		return n
	case tokenLeaf:
		return p.count(p.next().node)
	}
	return nil
}

// count leaves out the leaves beyond MaxClauses and MaxTextBytes.
func (p *parser) count(n Node) Node {
	size := 0
	switch n := n.(type) {
	case Word:
		size = len(n.Text)
	case Phrase:
		size = len(n.Text)
	case Field:
		size = len(n.Value) + len(n.From) + len(n.To)
	}
	if p.leaves == MaxClauses || size > p.budget {
		p.note(noteClauses)
		return nil
	}
	p.leaves++
	p.budget -= size
	return n
}
