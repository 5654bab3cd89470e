package plan

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

// Bounds of correction: words beyond are left as typed.
const (
	minCorrected = 3  // letters of a word that is corrected
	maxCorrected = 12 // letters
	// rareShare is how much rarer than its correction a word that the index
	// holds must be to pass for a typing error: large corpora hold them all.
	rareShare = 1.0 / 200
	// besideShare is how often the word meant must stand beside each neighbour
	// for every time that the one typed does, and minBeside how often at least.
	besideShare = 20
	minBeside   = 2
	// aloneWeight is what the frequency of a word counts for its fit beside that
	// of its pairs with the neighbours.
	aloneWeight = 0.3
)

// corrected returns the query to run instead of the one typed: keystrokes of
// Telex and VNI read as the letters they stand for, also in phrases, and words
// that the index does not know replaced by the word at one letter's distance
// that fits their neighbours. It returns root itself where there is nothing to
// correct.
func (c *compiler) corrected(root search.Node) (search.Node, bool, error) {
	nodes := slices.Clone(TopLevel(root))
	var at []int
	var texts []string
	for i, n := range nodes {
		if w, ok := n.(search.Word); ok && !w.Prefix {
			at, texts = append(at, i), append(texts, w.Text)
		}
	}
	if err := c.fetchWords(texts); err != nil {
		return nil, false, err
	}
	texts, changed, err := c.decoded(texts)
	if err != nil {
		return nil, false, err
	}
	texts = slices.Clone(texts)
	restored := c.spelled(texts)
	for i := range texts {
		word, err := c.corrects(texts, restored, i)
		if err != nil {
			return nil, false, err
		}
		if word != "" {
			texts[i], changed = word, true
		}
	}
	for i, text := range texts {
		nodes[at[i]] = search.Word{Text: text}
	}
	for i, n := range nodes {
		n, decoded, err := c.decodedPhrases(n)
		if err != nil {
			return nil, false, err
		}
		nodes[i], changed = n, changed || decoded
	}
	switch {
	case !changed:
		return root, false, nil
	case len(nodes) == 1:
		return nodes[0], true, nil
	}
	return search.And{Nodes: nodes}, true, nil
}

// fetchWords counts, in one question to the engine, what most words of a query
// are asked about.
func (c *compiler) fetchWords(texts []string) error {
	var terms []Term
	tokens := vi.Tokens(strings.Join(texts, " "))
	for _, list := range [][]weighed{scored(tokens), scored(c.restored(tokens))} {
		for _, w := range list {
			terms = append(terms, w.Term)
		}
	}
	return c.fetch(terms...)
}

// decoded reads keystrokes.
func (c *compiler) decoded(texts []string) (out []string, changed bool, err error) {
	out, changed = vi.Decode(texts, func(term string) int {
		n, e := c.count(Term{index.FieldExact, term})
		if e != nil {
			err = e
		}
		return n
	})
	return out, changed, err
}

// decodedPhrases reads the keystrokes of the phrases of a node, each by itself.
func (c *compiler) decodedPhrases(n search.Node) (search.Node, bool, error) {
	switch n := n.(type) {
	case search.Phrase:
		words, changed, err := c.decoded(strings.Fields(n.Text))
		if !changed || err != nil {
			return n, false, err
		}
		return search.Phrase{Text: strings.Join(words, " ")}, true, nil
	case search.Not:
		inner, changed, err := c.decodedPhrases(n.Node)
		return search.Not{Node: inner}, changed, err
	case search.And:
		nodes, changed, err := c.decodedEach(n.Nodes)
		return search.And{Nodes: nodes}, changed, err
	case search.Or:
		nodes, changed, err := c.decodedEach(n.Nodes)
		return search.Or{Nodes: nodes}, changed, err
	}
	return n, false, nil
}

func (c *compiler) decodedEach(nodes []search.Node) (out []search.Node, changed bool, err error) {
	out = make([]search.Node, len(nodes))
	for i, n := range nodes {
		var decoded bool
		if out[i], decoded, err = c.decodedPhrases(n); err != nil {
			return nil, false, err
		}
		changed = changed || decoded
	}
	return out, changed, nil
}

// spelled gives each word of one syllable the spelling that the texts of the
// index give it between its neighbours, "" for the others.
func (c *compiler) spelled(texts []string) []string {
	folded := make([]string, len(texts))
	for i, text := range texts {
		if tokens := vi.Tokens(text); len(tokens) == 1 {
			folded[i] = tokens[0].Folded
		}
	}
	return c.Restore(folded)
}

// marksOf returns the word that differs from a typed one by its marks only and
// is meant: far more frequent, by itself and beside the neighbours. Texts hold
// hiễm for hiểm as well, but a name such as Đằng stays.
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
		return "", nil // at an edge of a long query one neighbour tells too little
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

// beside returns the pairs that a folded syllable makes with the neighbours of
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

// corrects returns what word i of a query should be, "" for what it is.
func (c *compiler) corrects(texts, restored []string, i int) (string, error) {
	tokens := vi.Tokens(texts[i])
	if len(tokens) != 1 || tokens[0].Kind != vi.Syllable || c.Lexicon.HasAbbreviation(tokens[0].Exact) {
		return "", nil
	}
	typed := tokens[0]
	held, exact := Term{index.FieldFolded, typed.Folded}, Term{index.FieldExact, typed.Exact}
	if err := c.fetch(held, exact); err != nil {
		return "", err
	}
	if Marked(typed) {
		if word, err := c.marksOf(texts, i, typed, restored[i]); word != "" || err != nil {
			return word, err
		}
		if c.counts[exact] > 0 {
			return "", nil // a word that is one is never touched
		}
		if vi.IsSyllable(typed.Exact) {
			return c.nearest(texts, i, typed.Folded, true)
		}
	}
	// The syllable may be there, but not with these marks.
	instead := ""
	if Marked(typed) && c.counts[held] > 0 {
		instead = typed.Folded
	}
	if vi.IsBareSyllable(typed.Folded) {
		if c.counts[held] > 0 {
			return instead, nil
		}
		return c.nearest(texts, i, typed.Folded, true)
	}
	best, err := c.nearest(texts, i, typed.Folded, false)
	return cmp.Or(best, instead), err
}

// nearest returns the syllable at one letter's distance from word i that is far
// more frequent and fits its neighbours best, "" for none. Of a well-formed word
// only the neighbours tell that it is a slip: they must know the other one, and
// not it.
func (c *compiler) nearest(texts []string, i int, typed string, formed bool) (best string, err error) {
	if len(typed) < minCorrected || len(typed) > maxCorrected || !isASCII(typed) {
		return "", nil
	}
	asTyped := beside(texts, i, typed)
	if formed {
		if err := c.fetch(asTyped...); err != nil {
			return "", err
		}
		if len(asTyped) == 0 || slices.ContainsFunc(asTyped, func(pair Term) bool { return c.counts[pair] > 0 }) {
			return "", nil
		}
	}
	var candidates []string
	var terms []Term
	for _, candidate := range slices.Sorted(maps.Keys(neighbours(typed))) {
		if vi.IsBareSyllable(candidate) {
			candidates, terms = append(candidates, candidate), append(terms, Term{index.FieldFolded, candidate})
		}
	}
	if err := c.fetch(terms...); err != nil {
		return "", err
	}
	candidates = slices.DeleteFunc(candidates, func(candidate string) bool {
		n := c.counts[Term{index.FieldFolded, candidate}]
		return n == 0 || !formed && float64(c.counts[Term{index.FieldFolded, typed}]) > rareShare*float64(n)
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
		known := true
		for _, pair := range beside(texts, i, candidate) {
			fit += math.Log1p(float64(c.counts[pair]))
			known = known && c.counts[pair] >= minBeside
		}
		if fit > score && (known || !formed) {
			best, score = candidate, fit
		}
	}
	return best, nil
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7f }) < 0
}

// neighbours are the words one wrong, missing, doubled or swapped letter away
// from word.
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
