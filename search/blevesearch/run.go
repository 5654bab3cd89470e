package blevesearch

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/citation"
)

// maxNumberWords is how many words a typed document number has at most:
// "nghị quyết trung ương 4 khóa xii".
const maxNumberWords = 7

// run matches and scores words that were typed side by side. They are read as
// one text: only there is XII behind khóa a number, and "ngày 20 tháng 9 năm
// 2021" a date.
func (c *compiler) run(texts []string) error {
	if len(texts) == 0 {
		return nil
	}
	joined := strings.Join(texts, " ")
	tokens := vi.Tokens(joined)
	r := &queryRun{tokens: tokens, first: len(c.plan.words)}
	start := 0
	for _, text := range texts {
		end := start + len(text)
		own := slices.DeleteFunc(slices.Clone(tokens), func(t vi.Token) bool { return t.Start < start || t.End > end })
		docs, err := c.sideBySide(own, false)
		if err != nil {
			return err
		}
		if docs != nil {
			c.plan.words = append(c.plan.words, word{text, docs})
			r.starts, r.ends = append(r.starts, own[0].Start), append(r.ends, own[len(own)-1].End)
		}
		start = end + 1
	}
	if err := c.scoreRun(c.restored(tokens)); err != nil {
		return err
	}
	for _, step := range []func(*queryRun) error{c.wholes, c.expansions, c.numbers} {
		if err := step(r); err != nil {
			return err
		}
	}
	return nil
}

// restored gives the words of a query typed without marks the spelling they
// most likely have: for the score, not for what matches.
func (c *compiler) restored(tokens []vi.Token) []vi.Token {
	if c.marked {
		return tokens
	}
	out := slices.Clone(tokens)
	var at []int
	var folded []string
	for i, t := range out {
		if t.Kind != vi.Whole {
			at, folded = append(at, i), append(folded, t.Folded)
		}
	}
	for i, exact := range c.spelling.Restore(folded) {
		out[at[i]].Exact = exact
	}
	return out
}

// queryRun is a run of words with its tokens.
type queryRun struct {
	tokens []vi.Token
	first  int // of its words in the plan
	// starts and ends are the bytes of the run between which its words stand.
	starts, ends []int
}

// words returns the words of the plan that the bytes [start, end) are made of,
// none where they cut a word: half of 35-CT/TW does not stand for it.
func (r *queryRun) words(start, end int) (from, to int) {
	from, begins := slices.BinarySearch(r.starts, start)
	to, ends := slices.BinarySearch(r.ends, end)
	if !begins || !ends {
		return 0, 0
	}
	return r.first + from, r.first + to + 1
}

// also lets docs hold the words that the bytes [start, end) are made of.
func (c *compiler) also(r *queryRun, start, end int, docs set) {
	from, to := r.words(start, end)
	for i := from; i < to; i++ {
		c.plan.words[i].docs = c.plan.words[i].docs.or(docs)
	}
}

// wholes lets a document that holds a date or number of several words in
// another spelling hold these words.
func (c *compiler) wholes(r *queryRun) error {
	for _, t := range r.tokens {
		if from, to := r.words(t.Start, t.End); t.Kind == vi.Whole && to > from+1 {
			docs, err := c.docs(index.FieldFolded, t.Folded)
			if err != nil {
				return err
			}
			c.also(r, t.Start, t.End, docs)
		}
	}
	return nil
}

// expansions lets a document that holds an abbreviation, its long form or a
// synonym hold the words typed, and scores it nearly as if it did.
func (c *compiler) expansions(r *queryRun) error {
	for _, m := range c.lexicon.Expand(r.tokens) {
		piece := parts(r.tokens[m.Start:m.End])
		typed, err := c.sideBySide(piece, false)
		if err != nil || typed == nil {
			return err
		}
		start, end := piece[0].Start, piece[len(piece)-1].End
		weight := ranking.Expansion
		if m.Abbreviation {
			weight = ranking.Abbreviation
		}
		for _, e := range m.Expansions {
			other, err := c.wording(e.To)
			if err != nil {
				return err
			}
			docs := make(set, len(c.leaves))
			terms := make([]postings, len(c.leaves))
			for i := range other {
				docs[i] = other[i].all()
				terms[i] = other[i].without(typed[i])
			}
			c.also(r, start, end, docs)
			if wording := strings.Join(e.To, " "); docs.count() > 0 && !slices.Contains(c.plan.also, wording) {
				c.plan.also = append(c.plan.also, wording)
			}
			worth, err := c.worth(piece)
			if err != nil {
				return err
			}
			c.plan.clauses = append(c.plan.clauses, clause{
				name: strings.Join(e.To, " ") + " = " + strings.Join(exact(piece), " "), terms: terms,
				weight: worth * e.Weight * weight,
			})
		}
	}
	return nil
}

func exact(tokens []vi.Token) []string { return vi.AppendExact(nil, tokens) }

// wording returns the postings of exact terms side by side, as one term.
func (c *compiler) wording(terms []string) ([]postings, error) {
	if len(terms) == 1 {
		t, err := c.term(index.FieldExact, terms[0])
		if err != nil {
			return nil, err
		}
		return t.postings, nil
	}
	out := make([]postings, len(c.leaves))
	for i := range terms[1:] {
		pair, err := c.term(index.FieldBigram, vi.Fold(terms[i])+" "+vi.Fold(terms[i+1]))
		if err != nil {
			return nil, err
		}
		for j := range out {
			if i == 0 {
				out[j] = pair.postings[j]
			} else {
				out[j] = intersect(out[j], pair.postings[j])
			}
		}
	}
	return out, nil
}

// worth is the weight that the clauses of tokens have together.
func (c *compiler) worth(tokens []vi.Token) (sum float64, err error) {
	add := func(field, text string, weight float64) {
		t, e := c.term(field, text)
		if e != nil {
			err = e
			return
		}
		if t.count > 0 && float64(t.count) <= ranking.Common*float64(c.docCount) {
			sum += weight * c.idf(t.count)
		}
	}
	for _, t := range tokens {
		add(index.FieldFolded, t.Folded, ranking.Folded)
		add(index.FieldExact, t.Exact, ranking.Exact)
	}
	for i, j := range vi.Bigrams(tokens) {
		add(index.FieldBigram, tokens[i].Folded+" "+tokens[j].Folded, ranking.Bigram)
	}
	if sum == 0 { // the index does not hold the words typed at all
		sum = (ranking.Folded + ranking.Exact) * c.idf(1)
	}
	return sum, err
}

// numbers finds document numbers among the words, the longest first: the
// document that bears one comes first, then those that cite it. The words of a
// number that some document holds are not let go.
func (c *compiler) numbers(r *queryRun) error {
	words := c.plan.words[r.first:]
	var kept []word
	for from := 0; from < len(words); {
		size, err := c.numberAt(words[from:], from == 0 && r.first == 0)
		if err != nil {
			return err
		}
		if size == 0 {
			kept = append(kept, words[from])
			size = 1
		}
		from += size
	}
	c.plan.words = append(c.plan.words[:r.first:r.first], kept...)
	return nil
}

// numberAt requires and scores the number that words begin with, if any, and
// returns how many words it has. alone says that nothing was typed before.
func (c *compiler) numberAt(words []word, alone bool) (size int, err error) {
	for size = min(maxNumberWords, len(words)); size > 0; size-- {
		texts, docs := make([]string, size), make([]set, size)
		for i, w := range words[:size] {
			texts[i], docs[i] = w.text, w.docs
		}
		text := strings.Join(texts, " ")
		if !strings.ContainsAny(text, "0123456789") {
			return 0, nil
		}
		pattern, _ := citation.ParseQuery(text)
		citing, bearing, err := c.number(text)
		if err != nil {
			return 0, err
		}
		if citing == nil || citing.count()+bearing.count() == 0 {
			continue
		}
		// "quy định 37" among other words may count anything: it decides only
		// where it is all that was typed, or says whose number it is.
		if pattern.Num != "" && pattern.Body == "" && pattern.Year == "" && !(alone && size == len(words)) {
			c.plan.clauses = append(c.plan.clauses, fixed("dẫn "+text, citing.or(bearing), ranking.Mention))
			return 0, nil
		}
		c.plan.clauses = append(c.plan.clauses, fixed("số "+text, bearing, ranking.Number))
		c.plan.clauses = append(c.plan.clauses, fixed("dẫn "+text, citing, ranking.Cites))
		c.plan.required = append(c.plan.required, all(docs).or(citing).or(bearing))
		return size, nil
	}
	return 0, nil
}
