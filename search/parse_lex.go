package search

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// openDash matches dashes before a word. A reader excludes a word by the hyphen of the
// keyboard; these dashes are pasted, as those of a title: An Phú –Điểm sáng.
var openDash = regexp.MustCompile(`(^|[\s(])[–‒]+`)

// plain maps a typed character to one that the parser knows: full-width forms to
// ASCII, all quotation marks to one, all hyphens to one, controls and long dashes
// to a space, invisible characters to nothing.
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

// lex splits s into tokens. Its quotation marks are paired.
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

// cutWord splits s after its first word.
func cutWord(s string) (word, rest string) {
	end := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '(' || r == ')' || r == '"'
	})
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

// extend looks for the longest known name that value and the words of rest make,
// and returns that and the words after it; else value and rest. So tinh:gia lai
// needs no quotation marks.
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

// inWord reports whether a word can begin with r.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// trimLeft removes the punctuation before a word, trimRight the punctuation after it.
func trimLeft(s string) string {
	return strings.TrimLeftFunc(s, func(r rune) bool { return !inWord(r) })
}

func trimRight(s string) string {
	return strings.TrimRightFunc(s, func(r rune) bool { return !inWord(r) && !unicode.IsMark(r) })
}

// clean removes the punctuation around a value, and makes all spaces single.
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

// star adds a note if text contains a star, which has no meaning there.
func (p *parser) star(text string) {
	if strings.Contains(text, "*") {
		p.note(Note{Code: NoteStar})
	}
}

// term reads a word or a field from s. rest is the text after s; a quoted or longer
// value of a field is taken from it. term returns the text that is left.
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

// isFieldName reports whether name looks like the name of an operator: small letters
// without marks.
func isFieldName(name string) bool {
	const longest = 20
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") == "" && len(name) > 1 && len(name) <= longest
}

// words reads one word, or several joined by colons. The colons of 10:30 and of a
// URL do not separate words.
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
