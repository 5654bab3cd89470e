package blevesearch

import (
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
)

// corrected returns the query to run instead of the one typed: keystrokes of
// Telex and VNI read as the letters they stand for, and words that the index
// does not know replaced by the word at one letter's distance that fits their
// neighbours. It returns root itself where there is nothing to correct.
func (s *Searcher) corrected(root search.Node) (search.Node, bool, error) {
	nodes := slices.Clone(topLevel(root))
	var at []int
	var texts []string
	for i, n := range nodes {
		if w, ok := n.(search.Word); ok && !w.Prefix {
			at, texts = append(at, i), append(texts, w.Text)
		}
	}
	if len(texts) == 0 {
		return root, false, nil
	}
	var failed error
	texts, changed := vi.DecodeByFrequency(texts, func(term string) int {
		n, err := s.frequency(index.FieldExact, term)
		if err != nil {
			failed = err
		}
		return int(n)
	})
	if failed != nil {
		return nil, false, failed
	}
	texts = slices.Clone(texts)
	restored := s.spelled(texts)
	for i := range texts {
		word, err := s.corrects(texts, restored, i)
		if err != nil {
			return nil, false, err
		}
		if word != "" {
			texts[i], changed = word, true
		}
	}
	if !changed {
		return root, false, nil
	}
	for i, text := range texts {
		nodes[at[i]] = search.Word{Text: text}
	}
	if len(nodes) == 1 {
		return nodes[0], true, nil
	}
	return search.And{Nodes: nodes}, true, nil
}

// frequency is the number of documents that hold a term.
func (s *Searcher) frequency(field, text string) (uint64, error) {
	t, err := s.term(field, text)
	if err != nil {
		return 0, err
	}
	return t.count, nil
}

// spelled gives each word of one syllable the spelling that the texts of the
// index give it between its neighbours, "" for the others.
func (s *Searcher) spelled(texts []string) []string {
	folded := make([]string, len(texts))
	for i, text := range texts {
		if tokens := vi.Tokens(text); len(tokens) == 1 {
			folded[i] = tokens[0].Folded
		}
	}
	return s.spelling.Restore(folded)
}

// marksOf returns the word that differs from a typed one by its marks only and
// is meant: far more frequent, by itself and beside the neighbours. Texts hold
// hiễm for hiểm as well, but a name such as Đằng stays.
func (s *Searcher) marksOf(texts []string, i int, typed vi.Token, restored string) (string, error) {
	if restored == typed.Exact || vi.Fold(restored) != typed.Folded {
		return "", nil
	}
	written, err := s.term(index.FieldExact, typed.Exact)
	if err != nil {
		return "", err
	}
	meant, err := s.term(index.FieldExact, restored)
	if err != nil || float64(written.count) > rareShare*float64(meant.count) {
		return "", err
	}
	pairs := s.pairs(texts, i, typed.Folded)
	if len(pairs) < min(2, len(texts)-1) {
		return "", nil // at an edge of a long query one neighbour tells too little
	}
	for _, pair := range pairs {
		t, err := s.term(index.FieldBigram, pair)
		if err != nil {
			return "", err
		}
		beside := t.docs().and(written.docs()).count()
		if instead := t.docs().and(meant.docs()).count(); instead < 2 || instead < 20*beside {
			return "", nil
		}
	}
	if len(pairs) == 0 {
		return "", nil
	}
	return restored, nil
}

// pairs returns the pairs that a folded syllable makes with the neighbours of
// word i.
func (s *Searcher) pairs(texts []string, i int, folded string) (out []string) {
	if i > 0 {
		if before := parts(vi.Tokens(texts[i-1])); len(before) > 0 {
			out = append(out, before[len(before)-1].Folded+" "+folded)
		}
	}
	if i+1 < len(texts) {
		if after := parts(vi.Tokens(texts[i+1])); len(after) > 0 {
			out = append(out, folded+" "+after[0].Folded)
		}
	}
	return out
}

// corrects returns what word i of a query should be, "" for what it is.
func (s *Searcher) corrects(texts, restored []string, i int) (string, error) {
	tokens := vi.Tokens(texts[i])
	if len(tokens) != 1 || tokens[0].Kind != vi.Syllable || s.lexicon.HasAbbreviation(tokens[0].Exact) {
		return "", nil
	}
	typed := tokens[0]
	n, err := s.frequency(index.FieldFolded, typed.Folded)
	if err != nil {
		return "", err
	}
	if isMarked(typed) {
		if word, err := s.marksOf(texts, i, typed, restored[i]); word != "" || err != nil {
			return word, err
		}
		exact, err := s.frequency(index.FieldExact, typed.Exact)
		if err != nil || exact > 0 || vi.IsSyllable(typed.Exact) {
			return "", err // a word that is one is never touched
		}
		if n > 0 { // the syllable is there, but not with these marks
			return typed.Folded, nil
		}
	}
	if vi.IsBareSyllable(typed.Folded) {
		return "", nil
	}
	if len(typed.Folded) < minCorrected || len(typed.Folded) > maxCorrected || !isASCII(typed.Folded) {
		return "", nil
	}
	best, score := "", 0.0
	for candidate := range neighbours(typed.Folded) {
		if !vi.IsBareSyllable(candidate) {
			continue
		}
		count, err := s.frequency(index.FieldFolded, candidate)
		if err != nil {
			return "", err
		}
		if count == 0 || float64(n) > rareShare*float64(count) {
			continue
		}
		fit, err := s.fit(texts, i, candidate)
		if err != nil {
			return "", err
		}
		if fit += 0.3 * math.Log1p(float64(count)); fit > score || fit == score && candidate < best {
			best, score = candidate, fit
		}
	}
	return best, nil
}

// fit tells how well a folded syllable stands between the neighbours of word i.
func (s *Searcher) fit(texts []string, i int, candidate string) (fit float64, err error) {
	for _, pair := range s.pairs(texts, i, candidate) {
		n, err := s.frequency(index.FieldBigram, pair)
		if err != nil {
			return 0, err
		}
		fit += math.Log1p(float64(n))
	}
	return fit, nil
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7f }) < 0
}

// neighbours yields every word that one wrong, missing, doubled or swapped
// letter away from word, each once.
func neighbours(word string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		seen := map[string]bool{word: true}
		try := func(candidate string) bool {
			if seen[candidate] {
				return true
			}
			seen[candidate] = true
			return yield(candidate)
		}
		for i := range len(word) + 1 {
			if i < len(word) && !try(word[:i]+word[i+1:]) {
				return
			}
			if i+1 < len(word) && !try(word[:i]+word[i+1:i+2]+word[i:i+1]+word[i+2:]) {
				return
			}
			for c := 'a'; c <= 'z'; c++ {
				if !try(word[:i]+string(c)+word[i:]) || i < len(word) && !try(word[:i]+string(c)+word[i+1:]) {
					return
				}
			}
		}
	}
}
