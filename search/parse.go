package search

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of a parsed query: what is beyond them is left out, and noted.
const (
	MaxClauses = 64 // words, phrases and fields
	MaxNesting = 16 // depth of parentheses
)

// maxInput bounds the bytes that Parse reads. It is larger than MaxTextBytes
// because the canonical form of a query is longer than what was typed.
const maxInput = 4 * MaxTextBytes

// Note says what was left out of a query or read otherwise than typed.
type Note struct {
	Code   string // stable name
	VI, EN string
}

// String returns the note in Vietnamese.
func (n Note) String() string { return n.VI }

var (
	noteQuote   = Note{"quote", `Dấu " thừa được bỏ qua: phần sau nó được tìm như các từ rời.`, `A quotation mark without its pair was ignored: what follows was searched as words.`}
	noteParen   = Note{"parenthesis", "Dấu ngoặc không có cặp được bỏ qua.", "Parentheses without their pair were ignored."}
	noteKeyword = Note{"keyword", "OR, HOẶC, AND, NOT thiếu một vế được tìm như từ thường.", "OR, HOẶC, AND or NOT that lack a side were searched as words."}
	noteValue   = Note{"value", "Năm hoặc ngày không đọc được, được tìm như từ thường (mẫu: nam:2020..2022, ngay:2020-10-05).", "A year or date that could not be read was searched as words (write year:2020..2022, date:2020-10-05)."}
	noteClauses = Note{"clauses", fmt.Sprintf("Câu hỏi quá dài: chỉ %d từ đầu, nhiều nhất %d byte, được tìm.", MaxClauses, MaxTextBytes),
		fmt.Sprintf("The query is too long: its first %d words, at most %d bytes, were searched.", MaxClauses, MaxTextBytes)}
	noteNesting = Note{"nesting", fmt.Sprintf("Phần trong quá %d tầng ngoặc được bỏ qua.", MaxNesting),
		fmt.Sprintf("What stood deeper than %d parentheses was left out.", MaxNesting)}
)

// Parse reads the query language: words, "exact phrase", -without and NOT,
// A OR B and A HOẶC B in upper case, ( ), prefix*, and the operators of
// [Operators]. Words that stand side by side bind tighter than OR. It answers
// any string: what does not parse is read as words. nil asks for everything.
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
	p := &parser{budget: MaxTextBytes}
	if len(q) > maxInput {
		p.note(noteClauses)
		q = q[:maxInput]
	}
	s := norm.NFC.String(strings.Map(plain, strings.ToValidUTF8(q, " ")))
	if strings.Count(s, `"`)%2 == 1 {
		p.note(noteQuote)
		i := strings.LastIndexByte(s, '"')
		s = s[:i] + " " + s[i+1:]
	}
	p.lex(s)
	p.pair()
	p.keywords()
	return p.or(), p.notes
}

// plain gives the character that a typed one stands for: ASCII for full-width
// forms, one quotation mark and one hyphen for all, a space for controls and
// long dashes, nothing for invisible ones.
func plain(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E { // full-width ASCII
		r -= 0xFEE0
	}
	switch r {
	case '“', '”', '„', '‟', '«', '»', '″', '〝', '〞':
		return '"'
	case '‐', '‑', '‒', '–', '−', '﹣':
		return '-'
	case '—', '―':
		return ' '
	}
	switch {
	case unicode.IsControl(r):
		return ' '
	case unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
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
}

func (p *parser) note(n Note) {
	for _, have := range p.notes {
		if have.Code == n.Code {
			return
		}
	}
	p.notes = append(p.notes, n)
}

// lex splits s, whose quotation marks are paired, into tokens.
func (p *parser) lex(s string) {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case unicode.IsSpace(r):
			s = s[size:]
		case r == '(':
			p.tokens = append(p.tokens, token{kind: tokenOpen})
			s = s[size:]
		case r == ')':
			p.tokens = append(p.tokens, token{kind: tokenClose})
			s = s[size:]
		case r == '"':
			text, rest, _ := strings.Cut(s[size:], `"`)
			p.phrase(text)
			s = rest
		case r == '-':
			s = s[size:]
			if next, _ := utf8.DecodeRuneInString(s); s != "" && !unicode.IsSpace(next) {
				p.tokens = append(p.tokens, token{kind: tokenNot})
			}
		default:
			word, rest := cutWord(s)
			if kind, ok := keywords[word]; ok {
				p.tokens = append(p.tokens, token{kind: kind, text: word})
			} else {
				rest = p.term(word, rest)
			}
			s = rest
		}
	}
}

// cutWord cuts s after its first word.
func cutWord(s string) (word, rest string) {
	end := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '(' || r == ')' || r == '"'
	})
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

// extend adds to the value the words of rest that make it the longest known
// name, if any do: tinh:gia lai needs no quotation marks.
func (o *Operator) extend(value, rest string) (string, string) {
	const maxWords = 6
	long, after := value, rest
	if o.known(clean(value)) || trimRight(value) != value {
		return value, rest
	}
	for range maxWords {
		var word string
		word, rest = cutWord(strings.TrimLeftFunc(rest, unicode.IsSpace))
		if _, ok := keywords[word]; ok || word == "" || len(word) > 1 && word[0] == '-' || strings.Contains(word, ":") {
			break
		}
		value += " " + word
		if o.known(clean(value)) {
			long, after = value, rest
		}
		if trimRight(word) != word && word != "-" {
			break
		}
	}
	return long, after
}

// inWord reports the characters a word begins with.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// trimLeft and trimRight drop the punctuation around a word.
func trimLeft(s string) string {
	return strings.TrimLeftFunc(s, func(r rune) bool { return !inWord(r) })
}

func trimRight(s string) string {
	return strings.TrimRightFunc(s, func(r rune) bool { return !inWord(r) && !unicode.IsMark(r) })
}

// clean gives a value one form: single spaces, no punctuation around it.
func clean(s string) string {
	return trimRight(trimLeft(strings.Join(strings.Fields(s), " ")))
}

func (p *parser) leaf(n Node) { p.tokens = append(p.tokens, token{kind: tokenLeaf, node: n}) }

func (p *parser) phrase(text string) {
	if text = strings.Join(strings.Fields(text), " "); strings.ContainsFunc(text, inWord) {
		p.leaf(Phrase{text})
	}
}

// term reads a word or a field. rest is what follows it; a field's quoted
// value is taken from it.
func (p *parser) term(s, rest string) string {
	s = trimLeft(s)
	name, value, ok := strings.Cut(s, ":")
	op := operator(name)
	if !ok || op == nil {
		p.words(s)
		return rest
	}
	quoted := value == "" && strings.HasPrefix(rest, `"`)
	if quoted {
		value, rest, _ = strings.Cut(rest[1:], `"`)
	}
	if op.known != nil && !quoted {
		value, rest = op.extend(value, rest)
	}
	f := Field{Value: clean(value)}
	if op.read != nil && f.Value != "" {
		var ok bool
		if f, ok = op.read(value); !ok {
			p.note(noteValue)
			p.word(name)
			if quoted {
				p.phrase(value)
			} else {
				p.words(value)
			}
			return rest
		}
	}
	if f == (Field{}) {
		p.word(name)
		return rest
	}
	f.Name = op.Name
	p.leaf(f)
	return rest
}

// words reads one word, or several joined by colons, except those of 10:30 and
// of a URL.
func (p *parser) words(s string) {
	if !strings.Contains(trimRight(s), "://") {
		for i := 1; i+1 < len(s); i++ {
			if s[i] == ':' && !(isDigit(s[i-1]) && isDigit(s[i+1])) {
				p.word(s[:i])
				s, i = s[i+1:], 0
			}
		}
	}
	p.word(s)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func (p *parser) word(s string) {
	s = trimLeft(s)
	text := trimRight(s)
	if text == "" {
		return
	}
	if _, ok := keywords[text]; ok {
		text = strings.ToLower(text)
	}
	p.leaf(Word{Text: text, Prefix: strings.HasPrefix(s[len(text):], "*")})
}

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
			p.note(noteParen)
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
			if !before || !after {
				p.note(noteKeyword)
				t = token{kind: tokenLeaf, node: Word{Text: strings.ToLower(t.text)}}
			}
		case tokenNot:
			if !after && t.text == "" {
				continue
			}
			if !after {
				p.note(noteKeyword)
				t = token{kind: tokenLeaf, node: Word{Text: strings.ToLower(t.text)}}
			}
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

// String returns the word, with a star when a prefix.
func (w Word) String() string {
	if w.Prefix {
		return w.Text + "*"
	}
	return w.Text
}

// String returns the phrase between quotation marks.
func (p Phrase) String() string { return `"` + p.Text + `"` }

// String returns the node after a minus.
func (n Not) String() string {
	switch n.Node.(type) {
	case And, Or, Not:
		return "-(" + n.Node.String() + ")"
	}
	return "-" + n.Node.String()
}

// String joins the nodes by spaces.
func (a And) String() string {
	parts := make([]string, len(a.Nodes))
	for i, n := range a.Nodes {
		if parts[i] = n.String(); isOr(n) {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	return strings.Join(parts, " ")
}

func isOr(n Node) bool {
	_, ok := n.(Or)
	return ok
}

// String joins the nodes by OR.
func (o Or) String() string {
	parts := make([]string, len(o.Nodes))
	for i, n := range o.Nodes {
		parts[i] = n.String()
	}
	return strings.Join(parts, " OR ")
}

// String returns name:value or name:from..to, quoted where it has to be.
func (f Field) String() string {
	value := f.Value
	if f.From != "" || f.To != "" {
		value = f.From + ".." + f.To
	}
	op := operatorNames[f.Name]
	unknown := op != nil && op.known != nil && !op.known(value) // what follows would be taken for its rest
	if unknown || strings.ContainsFunc(value, func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' }) {
		value = `"` + value + `"`
	}
	return f.Name + ":" + value
}
