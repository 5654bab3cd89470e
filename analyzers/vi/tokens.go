package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// TokenKind is the kind of a token.
type TokenKind uint8

const (
	Syllable TokenKind = iota // a run of letters
	Number                    // a run of digits, or a Roman numeral read as one
	Whole                     // several of the following tokens taken as one, or another form of the next token
)

// String names the kind.
func (k TokenKind) String() string {
	return [...]string{"syllable", "number", "whole"}[min(k, Whole)]
}

// Token is one term of a text in its two forms. The text between tokens belongs to
// no token. The zero value is no token.
type Token struct {
	Start, End int // half-open span of bytes in the source
	// Pos counts syllables and numbers from 0. A Whole has the Pos of its first
	// part, which is the next token.
	Pos    int
	Exact  string // as Normalize returns it; a number without leading zeros
	Folded string // Exact without marks
	Kind   TokenKind
	// Break reports that a sentence or clause ends before this token: at . ; : ? !
	// … or a bracket outside numbers and abbreviations, or at a line end, unless
	// the next line begins with a small letter.
	Break bool
	// Caps reports that the token was written in capitals: UBND, TƯ.
	Caps bool
	// Acronym reports that a Whole is an acronym written in pieces: KT-XH, TP.HCM.
	Acronym bool
	// Word is a number that a [Tokenizer] gives to the word, from 1; 0 for a token without
	// one. Tokens with the same number have the same Exact and Folded; a word may have
	// several numbers.
	Word uint32
}

// MaxTokenRunes bounds the runes of a token, marks not counted. A longer run of letters or
// digits becomes no token, but takes one position: the tokens before and after it are no
// neighbours.
const MaxTokenRunes = 64

// Tokens cuts a text into tokens. See [AppendTokens].
func Tokens(text string) []Token {
	return AppendTokens(make([]Token, 0, len(text)/6+4), text)
}

// AppendTokens appends the tokens of text to dst, in one pass.
//
// A run of letters is a syllable, a run of digits a number; every other character
// separates tokens, and so does the change from digits to letters (35CT is 35, ct).
// Marks, soft hyphens and zero-width characters inside a word do not separate. In
// Chinese and Japanese every character is a token. A Whole comes before its parts
// ([wholeAt] lists the kinds). A Roman numeral is a number; where only
// [scanner.romanHere] recognises it by its context, the letters as typed come
// before it as a Whole. Any string is accepted, also invalid UTF-8.
//
// AppendTokens is safe for concurrent use; tokens share their strings.
func AppendTokens(dst []Token, text string) []Token {
	s := borrow()
	dst = s.append(dst, text)
	giveBack(s)
	return dst
}

// Tokenizer cuts texts as [AppendTokens] does, with a larger cache of words of its own,
// and numbers the words. The zero value is ready for use. It is not safe for concurrent
// use.
type Tokenizer struct{ s scanner }

// Append appends the tokens of text to dst.
func (t *Tokenizer) Append(dst []Token, text string) []Token {
	if t.s.sets == nil {
		t.s.wordCache = newWordCache(numberedSets)
		t.s.numbers = true
	}
	return t.s.append(dst, text)
}

// Renumber begins again to number the words, at 1.
func (t *Tokenizer) Renumber() { t.s.renumber() }

func (s *scanner) append(dst []Token, text string) []Token {
	s.text, s.toks, s.base = text, dst, len(dst)
	s.run()
	dst = s.toks
	s.text, s.toks = "", nil
	return dst
}

// scanner is the state of one pass, with a cache of the words met before.
type scanner struct {
	text     string
	toks     []Token
	base     int // tokens of the caller before this pass
	pos      int
	brk      bool
	wholeEnd int // end of the last Whole; the next begins there or later
	pieces   []piece
	wordCache
}

// Classes of bytes.
const (
	other = iota
	lower
	upper
	digit
	multi // byte of a character beyond ASCII
	stop  // ends a clause
	point // ends a clause unless inside a word or number
	line  // ends a clause unless the next line begins with a small letter
)

var classes = func() (t [256]uint8) {
	for c := range t {
		switch {
		case 'a' <= c && c <= 'z':
			t[c] = lower
		case 'A' <= c && c <= 'Z':
			t[c] = upper
		case '0' <= c && c <= '9':
			t[c] = digit
		case c >= utf8.RuneSelf:
			t[c] = multi
		case strings.IndexByte("\f\v;?!()[]{}<>", byte(c)) >= 0:
			t[c] = stop
		case c == '.' || c == ':':
			t[c] = point
		case c == '\n':
			t[c] = line
		}
	}
	return t
}()

func (s *scanner) run() {
	s.pos, s.brk, s.wholeEnd = 0, false, 0
	text := s.text
	for i := 0; i < len(text); {
		switch classes[text[i]] {
		case lower, upper:
			i = s.word(i)
		case digit:
			i = s.number(i)
		case stop:
			s.brk = true
			i++
		case point:
			if i == 0 || i+1 == len(text) || !wordByte(text[i-1]) || !wordByte(text[i+1]) {
				s.brk = s.brk || s.endsClause(i)
			}
			i++
		case line:
			i++
			s.brk = s.brk || !goesOn(text[i:])
		case multi:
			r, n := DecodeRune(text, i)
			switch {
			case isIdeograph(r):
				i = s.ideograph(i, i+n)
			case isLetter(r):
				i = s.word(i)
			default:
				s.brk = s.brk || r == '…' || r == 0x2028 || r == 0x2029
				i += n
			}
		default:
			i++
		}
	}
}

// goesOn reports that rest, the next line, begins with a small letter: it continues
// the sentence of the line before.
func goesOn(rest string) bool {
	rest = strings.TrimLeft(rest[:min(len(rest), 64)], " \t\u00a0")
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLower(r)
}

func wordByte(c byte) bool {
	k := classes[c]
	return k == lower || k == upper || k == digit || k == multi
}

// isIdeograph reports whether a letter is of a script without spaces between words.
func isIdeograph(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// wordEnd returns the end of the run of letters that begins at i.
func wordEnd(text string, i int) (end int) {
	for i < len(text) {
		c := text[i]
		switch classes[c] {
		case lower, upper:
			i++
			continue
		case multi:
			r, n := DecodeRune(text, i)
			if !isLetter(r) && !isJoiner(r) || isIdeograph(r) {
				return i
			}
			i += n
			continue
		}
		break
	}
	return i
}

// word emits the run of letters at i and returns its end.
func (s *scanner) word(i int) int {
	end := wordEnd(s.text, i)
	if end-i > MaxTokenRunes && tooLong(s.text[i:end]) {
		s.pos++
		return end
	}
	e := s.lookup(s.text[i:end])
	if i >= s.wholeEnd && end < len(s.text) {
		if c := s.text[end]; classes[c] == digit || c == '\'' || c == multiQuote {
			s.whole(i, end)
		}
	}
	if i >= s.wholeEnd && end < len(s.text) && (e.caps || joins(s.text[end])) {
		if done := s.acronym(i); done > 0 {
			return done
		}
		e = s.lookup(s.text[i:end])
	}
	t := Token{Start: i, End: end, Exact: e.exact, Folded: e.folded, Caps: e.caps, Word: s.numberOf(e)}
	if e.arabic != "" && (e.sureRoman || s.romanHere(i, end)) {
		if !e.sureRoman { // a query for the letters without the context matches as well
			t.Kind, t.Pos, t.Break = Whole, s.pos, s.brk
			s.toks = append(s.toks, t)
		}
		t.Kind, t.Exact, t.Folded, t.Word = Number, e.arabic, e.arabic, 0
	}
	if e.lookalike != "" && i >= s.wholeEnd && s.abbreviatesHere(end) {
		t.Kind, t.Pos, t.Break = Whole, s.pos, s.brk
		s.toks = append(s.toks, t)
		t.Kind, t.Exact, t.Folded, t.Word = Syllable, e.lookalike, Fold(e.lookalike), 0
	}
	s.add(t)
	return end
}

// joins reports whether c can join two pieces of an acronym, apart from a blank.
func joins(c byte) bool { return c == '.' || c == '-' || c == '&' }

// abbreviatesHere reports whether a word in capitals that ends at end, and is among the
// [lookalikes], is an abbreviation, as TƯ in UBKT TƯ and nghị quyết TƯ 4. Beside a
// syllable in capitals it may be a syllable itself (ĐẦU TƯ, TƯ TƯỞNG).
func (s *scanner) abbreviatesHere(end int) bool {
	if len(s.toks) > s.base && !s.brk {
		if prev := s.toks[len(s.toks)-1]; prev.Caps && IsBareSyllable(prev.Folded) {
			return false
		}
	}
	next := strings.TrimLeft(s.text[end:min(len(s.text), end+maxTokenBytes)], " \t\n\u00a0")
	stop := wordEnd(next, 0)
	return stop == 0 || strings.ToUpper(next[:stop]) != next[:stop] || !IsBareSyllable(Fold(next[:stop]))
}

// multiQuote is the first byte of ’ (U+2019) in UTF-8.
const multiQuote = 0xE2

// number emits the run of digits at i and returns its end.
func (s *scanner) number(i int) int {
	end := i
	for end < len(s.text) && classes[s.text[end]] == digit {
		end++
	}
	if end-i > MaxTokenRunes {
		s.pos++
		return end
	}
	if i >= s.wholeEnd && end < len(s.text) {
		s.whole(i, end)
		if s.wholeEnd > end && s.grouped(i) {
			last := &s.toks[len(s.toks)-1]
			last.Kind = Number // its groups of digits are no numbers of their own: 35.000 is not 35
			s.pos++
			s.brk = false
			return last.End
		}
	}
	e := s.lookup(s.text[i:end])
	s.add(Token{Start: i, End: end, Exact: e.exact, Folded: e.folded, Kind: Number, Word: s.numberOf(e)})
	return end
}

// grouped reports whether the last token is a number that begins at i and was
// written in groups of three digits.
func (s *scanner) grouped(i int) bool {
	last := &s.toks[len(s.toks)-1]
	return last.Kind == Whole && last.Start == i && strings.Trim(last.Exact, "0123456789") == ""
}

// ideograph emits the character text[i:end] with the marks after it.
func (s *scanner) ideograph(i, end int) int {
	for end < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[end:])
		if !isJoiner(r) {
			break
		}
		end += n
	}
	if end-i > maxTokenBytes {
		return end
	}
	e := s.lookup(s.text[i:end])
	s.add(Token{Start: i, End: end, Exact: e.exact, Folded: e.folded})
	return end
}

// maxTokenBytes bounds the bytes of a token with its marks.
const maxTokenBytes = 16 * MaxTokenRunes

// tooLong reports whether s has more than MaxTokenRunes letters.
func tooLong(s string) bool {
	n := 0
	for _, r := range s {
		if !isJoiner(r) {
			n++
		}
	}
	return n > MaxTokenRunes || len(s) > maxTokenBytes
}

// add appends a syllable or number at the next position.
func (s *scanner) add(t Token) {
	if t.Exact == "" {
		return
	}
	t.Pos, t.Break = s.pos, s.brk
	s.pos++
	s.brk = false
	s.toks = append(s.toks, t)
}

// whole appends the Whole that begins at i, if there is one. Its parts follow.
func (s *scanner) whole(i, end int) {
	prev := ""
	if len(s.toks) > s.base {
		prev = s.toks[len(s.toks)-1].Folded
	}
	stop, term := wholeAt(s.text, i, end, prev)
	if stop == 0 {
		return
	}
	s.wholeEnd = stop
	s.toks = append(s.toks, Token{Start: i, End: stop, Pos: s.pos, Exact: term, Folded: Fold(term), Kind: Whole, Break: s.brk})
}
