package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
			if kind, ok := keywords[word]; ok && !p.capitals {
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
		p.star(text)
		p.leaf(Phrase{text})
	}
}

// star notes a star where it has no meaning.
func (p *parser) star(text string) {
	if strings.Contains(text, "*") {
		p.note(Note{Code: NoteStar})
	}
}

// term reads a word or a field. rest is what follows it; a field's quoted
// value is taken from it.
func (p *parser) term(s, rest string) string {
	s = trimLeft(s)
	name, value, ok := strings.Cut(s, ":")
	op := operator(name)
	if !ok || op == nil {
		if ok && isFieldName(name) && !strings.HasPrefix(value, "//") && strings.ContainsFunc(value, inWord) {
			p.note(Note{NoteFieldUnknown, []string{name}})
		}
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
			p.note(Note{Code: NoteValue})
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
	p.star(value)
	f.Name = op.Name
	p.leaf(f)
	return rest
}

// isFieldName reports what looks like the name of an operator: small letters without
// marks.
func isFieldName(name string) bool {
	const longest = 20
	for _, r := range name {
		if (r < 'a' || r > 'z') && r != '_' {
			return false
		}
	}
	return len(name) > 1 && len(name) <= longest
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
