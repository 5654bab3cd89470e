package search

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Bounds of a parsed query. Parse leaves out what exceeds them, with a note.
const (
	MaxClauses = 128 // words, phrases and fields; the longest questions of readers had 90 words
	MaxNesting = 16  // depth of parentheses
)

// maxInput bounds the bytes that Parse reads. It is larger than MaxTextBytes
// because the canonical form of a query is longer than the typed one.
const maxInput = 8 * MaxTextBytes

// Parse reads the query language: words, "exact phrase", -without and NOT, A OR B
// and A HOẶC B in upper case, ( ), prefix*, and the operators of [Operators]. Words
// without an operator between them bind tighter than OR. OR, AND and NOT are
// operators only where some other word has a small letter: a question typed all in
// capitals is words. Parse accepts any string: what it cannot parse is read as
// words. A nil node matches everything.
//
// No And has an And as a child, no Or an Or, no Not a Not. Parse(n.String()) equals
// n.
func Parse(q string) Node {
	n, _ := ParseNotes(q)
	return n
}

// ParseNotes is [Parse] that also returns notes of what it left out or understood
// otherwise than typed, each kind of note once.
func ParseNotes(q string) (Node, []Note) {
	p := &parser{}
	if len(q) > maxInput {
		p.note(noteClauses)
		q = q[:maxInput]
	}
	s := norm.NFC.String(strings.Map(plain, openDash.ReplaceAllString(strings.ToValidUTF8(q, " "), "$1 ")))
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

// hasSmall reports whether a node contains an operator of the table or a word with
// a small letter. The words OR, AND and NOT do not count.
func hasSmall(n Node) bool {
	switch n := n.(type) {
	case Word:
		_, isKeyword := keywords[strings.ToUpper(n.Text)]
		return !isKeyword && strings.ToUpper(n.Text) != n.Text
	case Phrase:
		return strings.ToUpper(n.Text) != n.Text
	case Field:
		return true
	}
	return slices.ContainsFunc(Children(n), hasSmall)
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
	text string // of a keyword; empty for a minus
}

var keywords = map[string]tokenKind{"OR": tokenOr, "HOẶC": tokenOr, "HOAC": tokenOr, "AND": tokenAnd, "NOT": tokenNot}

type parser struct {
	tokens []token
	leaves int
	budget int // bytes of leaves left
	notes  []Note
	// capitals makes OR, AND and NOT plain words. operators reports that the query
	// has OR, AND or NOT as operators.
	capitals, operators bool
}

func (p *parser) note(n Note) { p.notes = AddNote(p.notes, n) }

// pair removes parentheses without a partner, and tokens deeper than MaxNesting.
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

// keywords turns OR, AND and NOT that lack an operand into words, and removes a
// minus that nothing follows.
func (p *parser) keywords() {
	kept := p.tokens[:0]
	for i, t := range p.tokens {
		next := tokenClose
		if i+1 < len(p.tokens) {
			next = p.tokens[i+1].kind
		}
		before := len(kept) > 0 && (kept[len(kept)-1].kind == tokenLeaf || kept[len(kept)-1].kind == tokenClose)
		after := next == tokenLeaf || next == tokenOpen || next == tokenNot
		isKeyword := t.kind == tokenOr || t.kind == tokenAnd || t.kind == tokenNot
		switch {
		case !isKeyword:
		case after && (before || t.kind == tokenNot):
			p.operators = p.operators || t.text != ""
		case t.text == "":
			continue
		default:
			p.note(Note{Code: NoteKeyword})
			t = token{kind: tokenLeaf, node: Word{Text: strings.ToLower(t.text)}}
		}
		kept = append(kept, t)
	}
	p.tokens = kept
}

// peek returns the kind of the next token, tokenClose at the end.
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
	if len(nodes) < 2 {
		return Join(nodes)
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
		nodes = append(nodes, TopLevel(p.unary())...)
	}
	return Join(nodes)
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
		p.next() // the closing parenthesis: pair has removed all others
		return n
	case tokenLeaf:
		return p.count(p.next().node)
	}
	return nil
}

// count returns n, or nil if the query has more than MaxClauses leaves or MaxTextBytes
// bytes with it.
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
