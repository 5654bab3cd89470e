package vi

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed data/abbreviations.txt
var abbreviationsFile string

//go:embed data/synonyms.txt
var synonymsFile string

// Expansion is another wording of a piece of a query, as exact terms.
type Expansion struct {
	From, To []string
	// Weight is the value of a match of To compared with one of From, from 0 to 1.
	Weight float64
}

// Match is a piece of a query that has other wordings: the tokens [Start, End) of
// the tokens given to [Lexicon.Expand]. The indexes count Whole tokens too.
type Match struct {
	Start, End   int
	Abbreviation bool // the piece itself is an abbreviation
	Expansions   []Expansion
	// Same contains all spellings of the piece if it has one meaning: a query for
	// one spelling finds them all. Else it is nil.
	Same *Spellings
}

// synonymWeight is the weight of synonyms; spellings have 1.
const synonymWeight = 0.6

// Lexicon contains abbreviations and synonyms, and finds either side from the
// other. It is immutable and safe for concurrent use; the zero value contains
// nothing.
type Lexicon struct {
	forms map[string][]*form // by folded first term, longest first
	words map[string]bool    // one-word abbreviations, exact and folded
	same  []*Spellings
}

// form is one wording with its meanings.
type form struct {
	exact, folded []string
	abbreviation  bool
	meanings      []meaning
	same          *Spellings
}

// meaning is one meaning of a form, in several wordings.
type meaning struct {
	to       [][]string
	weight   float64
	number   bool     // a number beside the form shows that this meaning is meant
	contexts []string // folded, blank before and after
}

// DefaultLexicon is the lexicon of the lists in data/.
var DefaultLexicon = sync.OnceValue(func() *Lexicon {
	l, err := LoadLexicon(abbreviationsFile, synonymsFile)
	if err != nil {
		panic("embedded lexicon: " + err.Error()) // TestDefaultLexicon makes sure that this cannot happen
	}
	return l
})

// LoadLexicon reads a list of abbreviations and one of synonyms in the formats
// that the heads of data/abbreviations.txt and data/synonyms.txt describe.
func LoadLexicon(abbreviations, synonyms string) (*Lexicon, error) {
	l := &Lexicon{forms: map[string][]*form{}, words: map[string]bool{}}
	if err := eachLine(abbreviations, l.abbreviation); err != nil {
		return nil, fmt.Errorf("abbreviations: %w", err)
	}
	if err := eachLine(synonyms, l.synonyms); err != nil {
		return nil, fmt.Errorf("synonyms: %w", err)
	}
	l.spell()
	for _, forms := range l.forms {
		slices.SortStableFunc(forms, func(a, b *form) int { return len(b.exact) - len(a.exact) })
	}
	return l, nil
}

// eachLine calls do for the lines of a list that are neither blank nor a comment.
func eachLine(list string, do func(line string) error) error {
	n := 0
	for line := range strings.Lines(list) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if err := do(line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}

// abbreviation adds a line: A, B = meaning / wording // other ? context, # | meaning.
func (l *Lexicon) abbreviation(line string) error {
	left, right, ok := strings.Cut(line, "=")
	if !ok {
		return fmt.Errorf("%q has no =", line)
	}
	right, oneWay := strings.CutPrefix(right, ">")
	short, err := wordings(left, ",")
	if err != nil {
		return err
	}
	short = withJoined(short, left)
	type group struct {
		long [][]string // wordings of each other
		meaning
	}
	var meanings []meaning
	var groups []group
	for _, m := range strings.Split(right, "|") {
		wording, contexts, _ := strings.Cut(m, "?")
		def := meaning{weight: 1}
		for _, c := range strings.Split(contexts, ",") {
			if c = strings.TrimSpace(c); c == "#" {
				def.number = true
			} else if terms := AppendFolded(nil, parts(Tokens(c))); len(terms) > 0 {
				def.contexts = append(def.contexts, " "+strings.Join(terms, " ")+" ")
			}
		}
		first := len(groups)
		for _, alternative := range strings.Split(wording, "//") {
			long, err := wordings(alternative, "/")
			if err != nil {
				return err
			}
			def.to = append(def.to, long...)
			groups = append(groups, group{long: long})
		}
		for i := range groups[first:] {
			groups[first+i].meaning = def
		}
		meanings = append(meanings, def)
	}
	for _, s := range short {
		f := l.form(s, true)
		f.meanings = append(f.meanings, meanings...)
		if len(s) == 1 {
			l.words[s[0]], l.words[Fold(s[0])] = true, true
		}
	}
	for _, g := range groups {
		for _, long := range g.long {
			f := l.form(long, false)
			if !oneWay && (g.number || len(g.contexts) == 0) {
				f.meanings = append(f.meanings, meaning{to: short, weight: 1, number: g.number})
			}
			f.meanings = append(f.meanings, meaning{to: g.long, weight: 1})
		}
	}
	if len(meanings) > 1 || oneWay || meanings[0].number || len(meanings[0].contexts) > 0 {
		return nil
	}
	if len(groups) > 1 {
		names := make([][][]string, len(groups))
		for i, g := range groups {
			names[i] = g.long
		}
		l.addNames(short, names)
		return nil
	}
	apart, err := compounds(right)
	if err != nil {
		return err
	}
	l.addSpellings(short, groups[0].long, apart)
	return nil
}

// compounds parses the wordings of a list that are marked as several compounds.
func compounds(list string) (out [][][]string, err error) {
	for _, wording := range strings.Split(list, "/") {
		if !strings.Contains(wording, "&") {
			continue
		}
		words, err := wordings(wording, "&")
		if err != nil {
			return nil, err
		}
		out = append(out, words)
	}
	return out, nil
}

// synonyms adds a line: a = b = c, a ~ b or a ~> b.
func (l *Lexicon) synonyms(line string) error {
	op, weight := "=", 1.0
	for _, o := range []string{"~>", "~"} {
		if strings.Contains(line, o) {
			op, weight = o, synonymWeight
			break
		}
	}
	all, err := wordings(line, op)
	if err != nil {
		return err
	}
	if len(all) < 2 {
		return fmt.Errorf("%q has no =, ~ or ~>", line)
	}
	from := all
	if op == "~>" {
		from = all[:1]
	}
	for _, terms := range from {
		f := l.form(terms, false)
		f.meanings = append(f.meanings, meaning{to: all, weight: weight})
	}
	return nil
}

// wordings cuts a list into the exact terms of each member.
func wordings(list, sep string) (out [][]string, err error) {
	for _, w := range strings.Split(list, sep) {
		terms := AppendExact(nil, parts(Tokens(w)))
		if len(terms) == 0 || len(terms) > maxFormTerms {
			return nil, fmt.Errorf("%q in %q has no words or more than %d", strings.TrimSpace(w), list, maxFormTerms)
		}
		if !slices.ContainsFunc(out, func(o []string) bool { return slices.Equal(o, terms) }) {
			out = append(out, terms)
		}
	}
	return out, nil
}

// maxFormTerms bounds the terms of a wording.
const maxFormTerms = 16

func parts(toks []Token) []Token {
	return slices.DeleteFunc(toks, func(t Token) bool { return t.Kind == Whole })
}

// form returns the form of these exact terms, and adds it if it is new.
func (l *Lexicon) form(exact []string, abbreviation bool) *form {
	folded := make([]string, len(exact))
	for i, w := range exact {
		folded[i] = Fold(w)
	}
	for _, f := range l.forms[folded[0]] {
		if f.abbreviation == abbreviation && slices.Equal(f.exact, exact) {
			return f
		}
	}
	f := &form{exact: exact, folded: folded, abbreviation: abbreviation}
	l.forms[folded[0]] = append(l.forms[folded[0]], f)
	return f
}

// HasAbbreviation reports whether word, in exact form, is an abbreviation or an
// abbreviation without its marks.
func (l *Lexicon) HasAbbreviation(word string) bool { return l.words[word] }

// Expand finds the pieces of a query that the lexicon contains, from left to right
// and the longest first, with their other wordings. A word typed without marks
// matches every word that folds to it, one with marks only itself. asked.choose
// decides which meanings of an abbreviation are meant.
func (l *Lexicon) Expand(toks []Token) []Match {
	q := newAsked(toks)
	var out []Match
	for i := 0; i < len(q.parts); {
		forms := slices.Clone(l.forms[q.parts[i].Folded])
		forms = slices.DeleteFunc(forms, func(f *form) bool { return !f.matches(q.parts[i:]) })
		same, n := l.inPieces(q.parts[i:])
		if n > 0 && (len(forms) == 0 || len(forms[0].exact) <= n) {
			out = append(out, Match{Start: q.at[i], End: q.at[i+n-1] + 1, Abbreviation: true, Expansions: same.but(q.parts[i : i+n]), Same: same})
			i += n
			continue
		}
		n = 1
		for len(forms) > 0 {
			size := len(forms[0].exact) // the longest
			same := slices.IndexFunc(forms, func(f *form) bool { return len(f.exact) < size })
			if same < 0 {
				same = len(forms)
			}
			if ex, abbreviation := q.choose(forms[:same], i, size); len(ex) > 0 {
				n = size
				out = append(out, Match{Start: q.at[i], End: q.at[i+n-1] + 1, Abbreviation: abbreviation, Expansions: ex, Same: sameOf(forms[:same], q.parts[i:])})
				break
			}
			forms = forms[same:]
		}
		i += n
	}
	return out
}

// matches reports whether the tokens begin with the form.
func (f *form) matches(toks []Token) bool {
	if len(toks) < len(f.exact) {
		return false
	}
	for k, exact := range f.exact {
		t := &toks[k]
		if t.Exact != exact && (t.Exact != t.Folded || t.Folded != f.folded[k]) {
			return false
		}
	}
	return true
}

// asked is a query prepared for the lexicon.
type asked struct {
	parts  []Token
	at     []int // index of each part among the tokens
	folded string
	shouts bool // typed all in capitals, which then do not mark abbreviations
}

func newAsked(toks []Token) *asked {
	q := &asked{folded: " ", shouts: true}
	syllables := 0
	for i, t := range toks {
		if t.Kind == Whole {
			continue
		}
		q.parts = append(q.parts, t)
		q.at = append(q.at, i)
		q.folded += t.Folded + " "
		if t.Kind == Syllable {
			q.shouts = q.shouts && t.Caps
			if IsBareSyllable(t.Folded) {
				syllables++
			}
		}
	}
	q.shouts = q.shouts && syllables > 0 && len(q.parts) > 1
	return q
}

// choose returns the expansions of forms, which all match the n parts from i on. A
// long wording always has its other wordings, with two exceptions: where it
// abbreviates only beside a number (chỉ thị 35), the number must be there; a
// synonym must be typed with marks or have three syllables. An abbreviation has
//
//   - the meanings for which the query has a context word or a number beside it;
//   - if there are none and it is typed in capitals in a query that is not all
//     capitals: all meanings, with the weight shared among them;
//   - in small letters, if it is no syllable: its only meaning, unless that needs a
//     context.
//
// Without a context, forms with the same marks go before others: TU is not TƯ.
func (q *asked) choose(forms []*form, i, n int) (out []Expansion, abbreviation bool) {
	caps, syllable, bare := !q.shouts, true, true
	for _, t := range q.parts[i : i+n] {
		caps = caps && (t.Caps || t.Kind == Number)
		syllable = syllable && (IsSyllable(t.Exact) || t.Exact == t.Folded && IsBareSyllable(t.Folded))
		bare = bare && t.Exact == t.Folded
	}
	meanings, spoken, spelt := 0, false, spelled(forms, q.parts[i:])
	for _, f := range forms {
		if f.abbreviation {
			if !spelt || f.spelt(q.parts[i:]) {
				meanings += len(f.meanings)
			}
			spoken = spoken || slices.ContainsFunc(f.meanings, func(m meaning) bool { return q.speaksFor(m, i, n) })
		}
	}
	seen := map[string]bool{}
	for _, f := range forms {
		for _, m := range f.meanings {
			weight := m.weight
			switch {
			case !f.abbreviation:
				if m.number && !q.speaksFor(m, i, n) || weight < 1 && bare && n < 3 {
					continue
				}
			case !caps && syllable:
				continue
			case spoken:
				if !q.speaksFor(m, i, n) {
					continue
				}
			case spelt && !f.spelt(q.parts[i:]):
				continue
			case caps:
				weight /= float64(len(f.meanings))
			case meanings > 1 || m.number || len(m.contexts) > 0:
				continue
			}
			for _, to := range m.to {
				key := strings.Join(to, " ")
				if bare { // of the spellings that fold alike one is enough
					key = Fold(key)
				}
				if !slices.Equal(to, f.exact) && !seen[key] {
					seen[key] = true
					out = append(out, Expansion{From: f.exact, To: to, Weight: weight})
					abbreviation = abbreviation || f.abbreviation
				}
			}
		}
	}
	return out, abbreviation
}

// spelled reports whether the tokens have the marks of an abbreviation among forms.
func spelled(forms []*form, toks []Token) bool {
	return slices.ContainsFunc(forms, func(f *form) bool { return f.abbreviation && f.spelt(toks) })
}

// spelt reports whether the tokens have the marks of the form.
func (f *form) spelt(toks []Token) bool {
	return slices.EqualFunc(f.exact, toks[:len(f.exact)], func(exact string, t Token) bool { return t.Exact == exact })
}

// speaksFor reports whether the query contains a context of m, or a number beside the
// parts [i, i+n) if m takes one.
func (q *asked) speaksFor(m meaning, i, n int) bool {
	isNumber := func(k int) bool { return k >= 0 && k < len(q.parts) && q.parts[k].Kind == Number }
	if m.number && (isNumber(i-1) || isNumber(i+n)) {
		return true
	}
	return slices.ContainsFunc(m.contexts, func(c string) bool { return strings.Contains(q.folded, c) })
}
