package plan

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
)

// Bounds of correction. Words that exceed them stay as typed.
const (
	minCorrected = 3  // letters of a word that may be corrected
	maxCorrected = 20 // letters
	// maxSlips is how many unknown words of a query are compared with the words of
	// the index. Each needs the counts of some fifty words per letter.
	maxSlips = 16
	// known is the smallest number of units that contain a known word. A known word
	// is never replaced; another may be offered.
	known = 2
	// rareShare is the largest ratio of the counts of a known word and another one
	// that is offered for it: large collections contain every slip.
	rareShare = 1.0 / 200
	// besideShare is how many times as often as the typed word the meant word must
	// be beside each neighbour, and minBeside how often at least.
	besideShare = 20
	minBeside   = 2
	// aloneWeight is the weight of a word's own frequency against the frequency of
	// its pairs with the neighbours.
	aloneWeight = 0.3
	// swapWorth is added to the fit of a word whose two letters were swapped: a word has
	// few such neighbours, and some fifty for each letter otherwise.
	swapWorth = 2
)

// slipped is the correction of a word: "" for none. If sure, it replaces the typed
// word; else it is only offered.
type slipped struct {
	word string
	sure bool
}

// slip returns the correction of word i of a query.
//
//   - It keeps a word that two units or more contain, an abbreviation of the lists,
//     a word in capitals (KPI) or with a capital inside (IoT) unless all of the
//     query is so or two of its letters are swapped, and a word that is not only
//     letters. It may offer another spelling.
//   - It keeps a word that one unit contains, or that is well formed, unless its
//     neighbours occur with another word and never with it.
//   - It replaces any other word by the word of the index at one letter's distance
//     that fits best.
func (c *compiler) slip(texts, restored []string, i int, shouts bool) (slipped, error) {
	tokens := vi.Tokens(texts[i])
	if len(tokens) != 1 || tokens[0].Kind != vi.Syllable || c.Lexicon.HasAbbreviation(tokens[0].Exact) {
		return slipped{}, nil
	}
	typed := tokens[0]
	folded, exact := Term{index.FieldFolded, typed.Folded}, Term{index.FieldExact, typed.Exact}
	if err := c.fetch(folded, exact); err != nil {
		return slipped{}, err
	}
	there := c.counts[folded]
	if Marked(typed) {
		there = c.counts[exact]
		if word, err := c.marksOf(texts, i, typed, restored[i]); word != "" || err != nil {
			return slipped{word, there < known}, err
		}
	}
	kept := !shouts && acronym(texts[i])
	if kept {
		if word, err := c.abbreviation(texts[i], typed, there); word != "" || err != nil {
			return slipped{word, false}, err
		}
	}
	sure := func(word string) bool { return !kept || mayBeSwapped(texts[i]) && isSwap(typed.Folded, word) }
	switch {
	case there >= known && (kept || vi.IsBareSyllable(typed.Folded)):
		return slipped{}, nil
	case there >= known:
		word, err := c.nearest(texts, i, typed.Folded, there, false)
		return slipped{word, false}, err
	case there > 0, Marked(typed) && vi.IsSyllable(typed.Exact):
		word, err := c.nearest(texts, i, typed.Folded, there, true)
		return slipped{word, sure(word)}, err
	case Marked(typed) && c.counts[folded] > 0 && vi.IsBareSyllable(typed.Folded):
		return slipped{typed.Folded, sure(typed.Folded)}, nil // the index has the syllable, but not with these marks
	case vi.IsBareSyllable(typed.Folded):
		word, err := c.nearest(texts, i, typed.Folded, there, true)
		return slipped{word, sure(word)}, err
	}
	word, err := c.nearest(texts, i, typed.Folded, c.counts[folded], false)
	if word == "" && Marked(typed) && c.counts[folded] > 0 {
		word = typed.Folded
	}
	return slipped{word, sure(word)}, err
}

// acronym reports whether a word has a capital after its first letter. Two capitals before
// two or more small letters are no acronym: the key for capitals was released late (NGhị).
func acronym(word string) bool {
	shape := capitals(word)
	return strings.Contains(shape[min(1, len(shape)):], "A") && !(len(shape) > 3 && shape == "AA"+strings.Repeat("a", len(shape)-2))
}

// mayBeSwapped reports whether only the second letter of a word is a capital: two of its
// letters may be swapped (hCính, đNảg).
func mayBeSwapped(word string) bool {
	shape := capitals(word)
	return len(shape) > 2 && shape == "aA"+strings.Repeat("a", len(shape)-2)
}

// abbreviation returns the listed abbreviation of which a word in capitals has two
// neighbouring letters swapped, if far more units contain it than there: UBND for UBDN.
func (c *compiler) abbreviation(text string, typed vi.Token, there int) (string, error) {
	if len(typed.Exact) < minCorrected || len(typed.Exact) > maxCorrected || strings.ToUpper(text) != text {
		return "", nil
	}
	letters := []rune(typed.Exact)
	for i := 1; i < len(letters); i++ {
		swapped := slices.Clone(letters)
		swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
		meant := string(swapped)
		if meant == typed.Exact || !c.Lexicon.HasAbbreviation(meant) {
			continue
		}
		n, err := c.count(Term{index.FieldExact, meant})
		if err != nil || n > 0 && float64(there) <= rareShare*float64(n) {
			return strings.ToUpper(meant), err
		}
	}
	return "", nil
}

// capitals returns A for each capital of a word and a for each other letter.
func capitals(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return 'A'
		}
		return 'a'
	}, word)
}

// marksOf returns the word with other marks that is meant, or "". It must be far
// more frequent than the typed word, by itself and beside the neighbours. Texts
// contain hiễm for hiểm too, but a name such as Đằng must stay.
func (c *compiler) marksOf(texts []string, i int, typed vi.Token, restored string) (string, error) {
	if restored == typed.Exact || vi.Fold(restored) != typed.Folded {
		return "", nil
	}
	written, meant := Term{index.FieldExact, typed.Exact}, Term{index.FieldExact, restored}
	if err := c.fetch(written, meant); err != nil || float64(c.counts[written]) > rareShare*float64(c.counts[meant]) {
		return "", err
	}
	pairs := beside(texts, i, typed.Folded)
	if len(pairs) == 0 || len(pairs) < min(2, len(texts)-1) {
		return "", nil // the first and last word of a long query have one neighbour: too little evidence
	}
	var both []Expr
	for _, pair := range pairs {
		both = append(both, &And{[]Expr{pair, written}}, &And{[]Expr{pair, meant}})
	}
	counts, err := c.ix.Count(c.ctx, both...)
	if err != nil {
		return "", err
	}
	for n := 0; n < len(counts); n += 2 {
		if asTyped, instead := counts[n], counts[n+1]; instead < minBeside || instead < besideShare*asTyped {
			return "", nil
		}
	}
	return restored, nil
}

// beside returns the bigrams that a folded syllable makes with the neighbours of
// word i.
func beside(texts []string, i int, folded string) (out []Term) {
	if i > 0 {
		if before := Parts(vi.Tokens(texts[i-1])); len(before) > 0 {
			out = append(out, pair(before[len(before)-1].Folded, folded))
		}
	}
	if i+1 < len(texts) {
		if after := Parts(vi.Tokens(texts[i+1])); len(after) > 0 {
			out = append(out, pair(folded, after[0].Folded))
		}
	}
	return out
}

// nearest returns the word of the index at one letter's distance from word i that
// fits the neighbours best and is far more frequent, or "". there is the number of
// units that contain the typed word. If that may be right, the neighbours must
// occur with the other word, and never with the typed one.
func (c *compiler) nearest(texts []string, i int, typed string, there int, mayBeRight bool) (best string, err error) {
	if len(typed) < minCorrected || len(typed) > maxCorrected || !isASCII(typed) {
		return "", nil
	}
	asTyped := beside(texts, i, typed)
	if mayBeRight {
		if err := c.fetch(asTyped...); err != nil {
			return "", err
		}
		if len(asTyped) == 0 || slices.ContainsFunc(asTyped, func(pair Term) bool { return c.counts[pair] > 0 }) {
			return "", nil
		}
	}
	if c.slips++; c.slips > maxSlips {
		return "", nil
	}
	candidates := slices.Sorted(maps.Keys(neighbours(typed)))
	terms := make([]Term, len(candidates))
	for i, candidate := range candidates {
		terms[i] = Term{index.FieldFolded, candidate}
	}
	if err := c.fetch(terms...); err != nil {
		return "", err
	}
	candidates = slices.DeleteFunc(candidates, func(candidate string) bool {
		n := c.counts[Term{index.FieldFolded, candidate}]
		return n == 0 || !mayBeRight && float64(there) > rareShare*float64(n)
	})
	var pairs []Term
	for _, candidate := range candidates {
		pairs = append(pairs, beside(texts, i, candidate)...)
	}
	if err := c.fetch(pairs...); err != nil {
		return "", err
	}
	score := 0.0
	for _, candidate := range candidates {
		fit := aloneWeight * math.Log1p(float64(c.counts[Term{index.FieldFolded, candidate}]))
		if isSwap(typed, candidate) {
			fit += swapWorth
		}
		sure := true
		for _, pair := range beside(texts, i, candidate) {
			fit += math.Log1p(float64(c.counts[pair]))
			sure = sure && c.counts[pair] >= minBeside
		}
		if fit > score && (sure || !mayBeRight) {
			best, score = candidate, fit
		}
	}
	return best, nil
}

// isSwap reports whether two neighbouring letters of one word are swapped in the other.
func isSwap(a, b string) bool {
	for i := 0; i+1 < len(a) && len(a) == len(b); i++ {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// placeNames corrects one letter of a word that, with its neighbours, then is the
// name of a province: gia lia becomes Gia Lai, though lia is a word. It keeps words
// whose bigrams the index contains.
func (c *compiler) placeNames(line *correction) error {
	folded := make([]string, len(line.run))
	for i, text := range line.run {
		if tokens := vi.Tokens(text); len(tokens) == 1 && !Marked(tokens[0]) {
			folded[i] = tokens[0].Folded
		}
	}
	for _, name := range places.Names() {
		words := strings.Fields(vi.Fold(name))
		for from := 0; len(words) > 1 && from+len(words) <= len(folded); from++ {
			window := folded[from : from+len(words)]
			at := oneOff(window, words)
			if at < 0 || isPlace(strings.Join(window, " ")) {
				continue
			}
			asTyped, meant := beside(folded, from+at, folded[from+at]), pairTerms(words)
			if err := c.fetch(append(slices.Clone(meant), asTyped...)...); err != nil {
				return err
			}
			unknown := !slices.ContainsFunc(asTyped, func(pair Term) bool { return c.counts[pair] >= known })
			if unknown && !slices.ContainsFunc(meant, func(pair Term) bool { return c.counts[pair] < minBeside }) {
				folded[from+at], line.run[from+at], line.offered[from+at] = words[at], words[at], words[at]
				line.changed = true
			}
		}
	}
	return nil
}

// oneOff returns the index of the only word that differs, if it differs by one
// letter, else -1.
func oneOff(typed, words []string) int {
	at := -1
	for i, word := range words {
		if typed[i] != word {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	if at < 0 || len(typed[at]) < minCorrected || len(typed[at]) > maxCorrected || !neighbours(words[at])[typed[at]] {
		return -1
	}
	return at
}

// isPlace reports whether name is a province or district.
func isPlace(name string) bool {
	_, province := places.Resolve(name)
	_, district := places.ResolveDistrict(name)
	return province || district
}

// allOf matches units that contain all terms.
func allOf(terms []Term) Expr {
	nodes := make([]Expr, len(terms))
	for i, t := range terms {
		nodes[i] = t
	}
	return and(nodes...)
}

// pairTerms returns the bigrams of neighbouring folded words.
func pairTerms(folded []string) (out []Term) {
	for i := 1; i < len(folded); i++ {
		out = append(out, pair(folded[i-1], folded[i]))
	}
	return out
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7f }) < 0
}

// neighbours returns the words at one letter's distance: one letter replaced,
// missing, added, or swapped with the next.
func neighbours(word string) map[string]bool {
	out := map[string]bool{}
	for i := range len(word) + 1 {
		if i < len(word) {
			out[word[:i]+word[i+1:]] = true
		}
		if i+1 < len(word) {
			out[word[:i]+word[i+1:i+2]+word[i:i+1]+word[i+2:]] = true
		}
		for c := 'a'; c <= 'z'; c++ {
			out[word[:i]+string(c)+word[i:]] = true
			if i < len(word) {
				out[word[:i]+string(c)+word[i+1:]] = true
			}
		}
	}
	delete(out, word)
	return out
}
