package snippet

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search"
)

// Matcher finds the words of a query in stored text, by the same rules as the
// index. A syllable typed without marks matches every syllable that folds to it.
// One typed with marks matches that syllable (in any tone placement), and its bare
// spelling in a text without marks. Phrases and words of several syllables match
// neighbouring syllables; a document number also matches as one token. A Matcher is
// immutable and safe for concurrent use; nil matches nothing.
type Matcher struct {
	terms    []term
	first    map[string][]int // folded first syllable → terms
	prefixes []int            // terms whose first syllable is a prefix
	filter   [256]uint64      // first byte → set of lengths & 63 that may match
	weights  []int            // by feature: a word, or a pair of neighbouring words
	pairs    map[[2]int]int   // features of two words → the feature of their pair
	total    int              // sum of weights
	sieve    *sieve           // for the syllables; nil if one has other signs than letters and digits
	own      int              // features of the query; those after them are of other wordings
	beside   []bool           // by term: it is marked only beside a neighbour in the query; nil for no term
}

// term is one way to match a word of the query. Several terms may have the same
// feature: 35-CT/TW as one token, and its parts.
type term struct {
	syllables []syllable
	feature   int
}

type syllable struct {
	exact, folded string
	whole, prefix bool
}

// matches reports whether the token is the syllable; bare reports that the text is
// written without marks.
func (s *syllable) matches(t *vi.Token, bare bool) bool {
	if s.whole {
		return t.Kind == vi.Whole && t.Exact == s.exact
	}
	if t.Kind == vi.Whole {
		return false
	}
	marked := s.exact != s.folded
	if s.prefix {
		return strings.HasPrefix(t.Exact, s.exact) || (!marked || bare && t.Exact == t.Folded) && strings.HasPrefix(t.Folded, s.folded)
	}
	return t.Folded == s.folded && (!marked || t.Exact == s.exact || bare && t.Exact == t.Folded)
}

// Weights of features, as integers so that sums do not drift.
const (
	weightUnit = 1 << 10
	weightMax  = 1 << 20
)

// NewMatcher returns the matcher of a parsed query. weight returns the weight of a
// folded syllable, such as its idf; nil gives all the same weight. also are other
// wordings of parts of the query, such as the long form of an abbreviation.
// Excluded words match nothing. Of fields, only those whose values are words or
// numbers of the text match.
func NewMatcher(n search.Node, weight func(folded string) float64, also ...string) *Matcher {
	b := &matcherBuilder{
		m:      &Matcher{first: map[string][]int{}, pairs: map[[2]int]int{}},
		seen:   map[string]int{},
		weight: weight,
		last:   -1,
	}
	b.node(n)
	b.m.own = len(b.m.weights)
	for _, wording := range also {
		b.last = -1
		b.add(wording, false)
	}
	for _, w := range b.m.weights {
		b.m.total += w
	}
	b.m.sieve = newSieve(b.m.terms)
	return b.m
}

// MatcherOf returns the matcher that marks in any text the same words as an
// answer's snippets.
func MatcherOf(a *search.Asked) *Matcher { return NewMatcher(a.Expr, nil, a.Also...) }

// Loose says which single syllables of a query are marked only beside one of their
// neighbours in the query, because by themselves they are in many other words or figures:
// ve finds vệ in bảo vệ, 5 of chỉ thị 05 the day in 19/5/1890.
type Loose int

const (
	LooseNumbers Loose = iota // numbers of one or two digits
	LooseBare                 // and syllables without a certain spelling
	LooseAll                  // and all syllables
)

// Beside returns m with loose syllables. Abbreviations and other wordings are marked
// anywhere, and so are all words of a query that has only one word, or only loose ones by
// the first two rules. Passages are chosen as before.
func (m *Matcher) Beside(loose Loose) *Matcher {
	beside, own, others := make([]bool, len(m.terms)), 0, 0
	for i, t := range m.terms {
		if t.feature >= m.own {
			continue
		}
		own++
		if beside[i] = t.isLoose(loose); !beside[i] {
			others++
		}
	}
	if own < 2 || others == 0 && loose != LooseAll {
		return m
	}
	of := *m
	of.beside = beside
	return &of
}

// isLoose reports whether a term is one complete syllable of Vietnamese, or a short number,
// that is loose.
func (t *term) isLoose(loose Loose) bool {
	first := &t.syllables[0]
	switch {
	case len(t.syllables) > 1 || first.whole || first.prefix:
		return false
	case strings.Trim(first.folded, "0123456789") == "":
		return len(first.folded) <= 2
	case !vi.IsBareSyllable(first.folded):
		return false
	}
	return loose == LooseAll || loose == LooseBare && first.exact == first.folded
}

// Empty reports whether m matches nothing.
func (m *Matcher) Empty() bool { return m == nil || len(m.terms) == 0 }

type matcherBuilder struct {
	m      *Matcher
	seen   map[string]int // text of a word → its feature
	weight func(string) float64
	last   int // feature of the word before, -1 for none
}

func (b *matcherBuilder) node(n search.Node) {
	switch n := n.(type) {
	case search.Word:
		b.add(n.Text, n.Prefix)
	case search.Phrase:
		b.add(n.Text, false)
	case search.Field:
		switch n.Name {
		case "tieude", search.OpSyllables, search.OpFolded:
			for _, word := range strings.Fields(n.Value) {
				b.add(word, false)
			}
		case "so", search.OpTogether:
			b.add(n.Value, false)
		}
		b.last = -1
	case search.And:
		for _, c := range n.Nodes {
			b.node(c)
		}
	case search.Or:
		for _, c := range n.Nodes {
			b.last = -1
			b.node(c)
		}
		b.last = -1
	case search.Not:
		b.last = -1
	}
}

// add adds a word, of one syllable or several.
func (b *matcherBuilder) add(text string, prefix bool) {
	var parts, wholes []syllable
	sum := 0.0
	for _, t := range vi.Tokens(text) {
		if t.Folded == "" {
			continue
		}
		if t.Kind == vi.Whole {
			wholes = append(wholes, syllable{exact: t.Exact, folded: t.Folded, whole: true})
			continue
		}
		parts = append(parts, syllable{exact: t.Exact, folded: t.Folded})
		if b.weight == nil {
			sum++
		} else {
			sum += b.weight(t.Folded)
		}
	}
	if len(parts) == 0 {
		return
	}
	parts[len(parts)-1].prefix = prefix
	key := ""
	for _, s := range parts {
		key += s.exact + " "
	}
	if prefix {
		key += "*"
	}
	feature, ok := b.seen[key]
	if !ok {
		feature = b.feature(sum)
		b.seen[key] = feature
		b.term(term{parts, feature})
		// A phrase with a number in it must not match the number alone.
		if len(wholes) == 1 && !strings.Contains(text, " ") && !prefix {
			b.term(term{wholes, feature})
		}
	}
	if b.last >= 0 && b.last != feature {
		if pair := [2]int{b.last, feature}; b.m.pairs[pair] == 0 {
			b.m.pairs[pair] = b.feature(float64(b.m.weights[b.last]+b.m.weights[feature]) / 2 / weightUnit * pairWeight)
		}
	}
	b.last = feature
}

// pairWeight is the weight of two neighbouring words of the query, as a share of
// the mean of theirs: the same as that of bigrams in ranking.
const pairWeight = 0.75

func (b *matcherBuilder) feature(weight float64) int {
	b.m.weights = append(b.m.weights, int(min(max(weight*weightUnit, 1), weightMax)))
	return len(b.m.weights) - 1
}

func (b *matcherBuilder) term(t term) {
	m, id, head := b.m, len(b.m.terms), t.syllables[0]
	m.terms = append(m.terms, t)
	if head.prefix {
		m.prefixes = append(m.prefixes, id)
		m.filter[head.folded[0]] = ^uint64(0)
		return
	}
	m.first[head.folded] = append(m.first[head.folded], id)
	m.filter[head.folded[0]] |= 1 << (len(head.folded) & 63)
}

// runs cuts text into runs. s must have been reset for text.
func (m *Matcher) runs(s *scan, text string) []search.Run {
	var runs []search.Run
	marked, start, end := 0, 0, 0 // end of the bytes already in runs; the match being merged
	flush := func() {
		if start > marked {
			runs = append(runs, search.Run{Text: text[marked:start]})
		}
		if end > start {
			runs = append(runs, search.Run{Text: text[start:end], Match: true})
		}
		marked = end
	}
	for at := 0; at < len(text) && s.work <= s.most; {
		to := chunkEnd(text, at)
		s.found = s.found[:0]
		s.chunk(&s.found, text[at:to], at)
		at = to
		slices.SortStableFunc(s.found, func(a, b match) int { return a.start - b.start })
		for i, t := range s.found {
			if m.beside != nil && m.beside[t.term] && !s.hasNeighbour(text, i) {
				continue
			}
			if t.start <= end || joined(text[end:t.start]) && end > start {
				end = max(end, t.end)
				continue
			}
			flush()
			start, end = t.start, t.end
		}
	}
	flush()
	if marked < len(text) {
		runs = append(runs, search.Run{Text: text[marked:]})
	}
	return runs
}

// hasNeighbour reports whether the text has, beside the match found[i], the word that is
// beside it in the query.
func (s *scan) hasNeighbour(text string, i int) bool {
	t := s.found[i]
	if t.pair >= 0 { // the word before it
		return true
	}
	for _, next := range s.found[i+1:] {
		if next.start > t.end+maxReach {
			break
		}
		isPair := next.pair >= 0 && next.pair == s.m.pairs[[2]int{s.m.terms[t.term].feature, s.m.terms[next.term].feature}]
		if isPair && next.start >= t.end && joined(text[t.end:next.start]) {
			return true
		}
	}
	return false
}

// joined reports whether two matches with gap between them are marked as one run.
func joined(gap string) bool { return strings.Trim(gap, " -/") == "" }
