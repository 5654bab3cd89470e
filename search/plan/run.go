package plan

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/docnumber"
	"nghiquyet/search"
)

// maxNumberWords is the largest number of words of a typed document number: "nghị
// quyết trung ương 4 khóa xii".
const maxNumberWords = 7

// run matches and scores neighbouring words. It reads them as one text, because
// only there XII after khóa is a number, and "ngày 20 tháng 9 năm 2021" a date.
func (c *compiler) run(texts []string) error {
	if len(texts) == 0 {
		return nil
	}
	texts, err := c.separated(texts)
	if err != nil {
		return err
	}
	joined := strings.Join(texts, " ")
	tokens := vi.Tokens(joined)
	r := &queryRun{tokens: tokens, first: len(c.plan.Words)}
	start := 0
	for _, text := range texts {
		end := start + len(text)
		var own []vi.Token
		for _, t := range tokens {
			if t.Start >= start && t.End <= end {
				own = append(own, t)
			}
		}
		if docs := SideBySide(own); docs != nil {
			c.plan.Words = append(c.plan.Words, Word{Text: text, Docs: docs})
			r.starts, r.ends = append(r.starts, own[0].Start), append(r.ends, own[len(own)-1].End)
			r.own = append(r.own, own)
		}
		start = end + 1
	}
	if !c.counting {
		if err := c.scoreRun(c.restored(tokens)); err != nil {
			return err
		}
	}
	if err := c.wholes(r); err != nil {
		return err
	}
	if err := c.expansions(r); err != nil {
		return err
	}
	words := slices.Clone(c.plan.Words[r.first:])
	kept, err := c.numbers(r)
	if err != nil {
		return err
	}
	if err := c.compounds(r, words, kept); err != nil {
		return err
	}
	c.addAlso(r, kept)
	c.merge(r, words, kept)
	c.later = true
	return nil
}

// separated parts abbreviations that are joined by a sign and are no abbreviation
// together: those of names, such as HĐND/UBND, and others with a hyphen if few units
// contain them so joined. CT/TW is a part of document numbers.
func (c *compiler) separated(texts []string) (out []string, err error) {
	for _, text := range texts {
		pieces := strings.FieldsFunc(text, isJoint)
		if !c.isJoined(text, pieces) {
			out = append(out, text)
			continue
		}
		parted := !slices.ContainsFunc(pieces, func(piece string) bool { return !c.isOfName(piece) })
		if !parted && !strings.Contains(text, "/") {
			if parted, err = c.isSeldom(text); err != nil {
				return nil, err
			}
		}
		if parted {
			out = append(out, pieces...)
		} else {
			out = append(out, text)
		}
	}
	return out, nil
}

// isJoint reports whether a sign can join abbreviations.
func isJoint(r rune) bool { return r == '-' || r == '/' }

// isJoined reports whether a text is several abbreviations, its pieces, joined by signs, and
// not one abbreviation itself.
func (c *compiler) isJoined(text string, pieces []string) bool {
	isOther := func(piece string) bool { return !c.Lexicon.HasAbbreviation(vi.Fold(piece)) }
	if len(pieces) < 2 || slices.ContainsFunc(pieces, isOther) {
		return false
	}
	tokens := vi.Tokens(text)
	isAll := func(m vi.Match) bool { return m.End-m.Start == len(tokens) }
	return !slices.ContainsFunc(c.Lexicon.Expand(tokens), isAll)
}

// isOfName reports whether an abbreviation stands for one name of three syllables or more.
func (c *compiler) isOfName(text string) bool {
	isLong := func(row []string) bool { return len(row) >= leastLong }
	isName := func(m vi.Match) bool { return m.Same != nil && slices.ContainsFunc(m.Same.Rows, isLong) }
	return slices.ContainsFunc(c.Lexicon.Expand(vi.Tokens(text)), isName)
}

// isSeldom reports whether few units contain a text.
func (c *compiler) isSeldom(text string) (bool, error) {
	docs := SideBySide(vi.Tokens(text))
	if docs == nil {
		return false, nil
	}
	counts, err := c.ix.Count(c.ctx, docs)
	return err == nil && counts[0] < Enough, err
}

// restored returns tokens typed without marks in their most likely spelling. It is
// used for the score, not for what matches.
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
	for i, exact := range c.Restore(folded) {
		out[at[i]].Exact = exact
	}
	return out
}

// queryRun is a run of neighbouring words with its tokens.
type queryRun struct {
	tokens []vi.Token
	first  int // index in the plan of its first word
	// starts and ends are the bytes of the text at which words start and end.
	starts, ends []int
	own          [][]vi.Token // of each word
	alternatives []alternative
	same         []alternative // words that are one name: only this matches them
	long         []alternative // words that are a name in the only spelling that the index contains
	also         []otherWording
	pieces       []piece  // groups of the words, without names
	names        []block  // names among the words
	numbered     [][2]int // words [from, to) that may be a number of a document
}

// otherWording is another wording of the words [from, to) of a run.
type otherWording struct {
	from, to int
	text     string
}

// words returns the range of the plan's words that are the bytes [start, end), 0, 0
// if these cut a word: half of 35-CT/TW does not mean the number.
func (r *queryRun) words(start, end int) (from, to int) {
	return rangeOf(r.starts, r.ends, r.first, start, end)
}

// rangeOf returns the half-open range of the words that are the bytes [start, end), 0, 0
// if these cut a word. The words begin at starts and end at ends; the first of them has
// the number first.
func rangeOf(starts, ends []int, first, start, end int) (from, to int) {
	from, begins := slices.BinarySearch(starts, start)
	to, ended := slices.BinarySearch(ends, end)
	if !begins || !ended {
		return 0, 0
	}
	return first + from, first + to + 1
}

// addAlso adds the other wordings of the kept words to those of the plan: TW in 35-CT/TW
// is not trung ương elsewhere in a text.
func (c *compiler) addAlso(r *queryRun, kept []int) {
	for _, a := range r.also {
		isIn := func(place int) bool { return a.from <= place && place < a.to }
		if slices.ContainsFunc(kept, isIn) && !slices.Contains(c.plan.Also, a.text) {
			c.plan.Also = append(c.plan.Also, a.text)
		}
	}
}

// isOther reports whether a wording means only nearly the same. It matches and
// scores, but not where the words are counted as compounds.
func isOther(e vi.Expansion) bool { return e.Weight < 1 }

// also makes docs match the words from and before to, in addition.
func (c *compiler) also(from, to int, docs Expr) {
	for i := from; i < to; i++ {
		c.plan.Words[i].Docs = or(c.plan.Words[i].Docs, docs)
	}
}

// wholes makes a document that contains a date or number in another spelling match
// the words that spell it, and the word ngày (day) before a date. A date of the index that
// is typed in several words is one name of a day or month: only the date counts, because
// its numbers are in many documents.
func (c *compiler) wholes(r *queryRun) error {
	for _, t := range r.tokens {
		if t.Kind != vi.Whole {
			continue
		}
		from, to := r.words(t.Start, t.End)
		day, isDay, err := index.ParseDate(t.Exact)
		isDate := err == nil && len(t.Exact) > len("2006")
		if before := c.wordBefore(r, from); isDate && (isDay && before == "ngay" || !isDay && before == "thang") {
			from--
		}
		if to <= from+1 {
			continue
		}
		docs := Expr(Term{index.FieldFolded, t.Folded})
		c.also(from, to, docs)
		one := alternative{from: from - r.first, to: to - r.first, docs: docs}
		r.alternatives = append(r.alternatives, one)
		if !isDate {
			continue
		}
		n, err := c.count(Term{index.FieldFolded, t.Folded})
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		figures := day.Format("1/2006")
		one.docs = monthOf(t)
		if isDay { // as if it was typed in figures
			figures = day.Format("2/1/2006")
			if one.docs, err = c.inFigures(vi.Tokens(figures)); err != nil {
				return err
			}
		}
		one.listed, one.all, one.folded, one.isDate = one.docs, one.docs, one.docs, true
		r.also = append(r.also, otherWording{from - r.first, to - r.first, figures})
		r.same = append(r.same, one)
		for i := from; i < to; i++ {
			c.plan.Words[i].Docs = one.docs
		}
	}
	return nil
}

// wordBefore returns the word of a run before the plan's word i, folded, "" for none.
func (c *compiler) wordBefore(r *queryRun, i int) string {
	if i <= r.first {
		return ""
	}
	return vi.Fold(c.plan.Words[i-1].Text)
}

// monthOf matches units that contain a month of a year (2021-09) after the word tháng: as
// its own term, or in words as part of a day, which has another term.
func monthOf(t vi.Token) Expr {
	year, month, _ := strings.Cut(t.Folded, "-")
	month = strings.TrimPrefix(month, "0")
	days := &Starts{index.FieldFolded, []string{t.Folded + "-"}, t.Exact}
	inDay := and(pair(month, "nam"), pair("nam", year), days)
	return and(pair("thang", month), or(Term{index.FieldFolded, t.Folded}, inDay))
}

// expansions makes a document that contains an abbreviation, its long form or a
// synonym match the typed words, and score nearly as if it contained them.
func (c *compiler) expansions(r *queryRun) error {
	for _, m := range c.Lexicon.Expand(r.tokens) {
		piece := Parts(r.tokens[m.Start:m.End])
		typed := SideBySide(piece)
		if typed == nil {
			continue
		}
		from, to := r.words(piece[0].Start, piece[len(piece)-1].End)
		weight := Ranking.Expansion
		if m.Abbreviation {
			weight = Ranking.Abbreviation
		}
		if err := c.same(r, from, to, piece, m); err != nil {
			return err
		}
		worth, err := c.worth(piece)
		if err != nil {
			return err
		}
		for _, e := range m.Expansions {
			terms, other := wording(e.To), strings.Join(e.To, " ")
			if err := c.fetch(terms...); err != nil {
				return err
			}
			if slices.ContainsFunc(terms, func(t Term) bool { return c.counts[t] == 0 }) {
				continue
			}
			docs := allOf(terms)
			if len(terms) > 1 { // each term is in the index; are all in one unit?
				if counts, err := c.ix.Count(c.ctx, docs); err != nil {
					return err
				} else if counts[0] == 0 {
					continue
				}
			}
			c.also(from, to, docs)
			if m.Abbreviation || !isOther(e) {
				r.alternatives = append(r.alternatives, alternative{from: from - r.first, to: to - r.first, docs: docs})
			}
			r.also = append(r.also, otherWording{from - r.first, to - r.first, other})
			c.plan.Clauses = append(c.plan.Clauses, Clause{
				Name:  other + " = " + strings.Join(vi.AppendExact(nil, piece), " "),
				Terms: terms, Among: &Not{typed}, Weight: worth * e.Weight * weight,
			})
		}
	}
	return nil
}

// wording returns the terms that a document with this wording contains.
func wording(terms []string) []Term {
	if len(terms) == 1 {
		return []Term{{index.FieldExact, terms[0]}}
	}
	out := make([]Term, len(terms)-1)
	for i := range out {
		out[i] = pair(vi.Fold(terms[i]), vi.Fold(terms[i+1]))
	}
	return out
}

// worth returns the sum of the weights of the tokens' clauses, without those of titles.
func (c *compiler) worth(tokens []vi.Token) (sum float64, err error) {
	for _, w := range scored(tokens) {
		if w.Field == index.FieldTitle {
			continue
		}
		n, err := c.count(w.Term)
		if err != nil {
			return 0, err
		}
		if n > 0 && !c.common(n) {
			sum += w.weight * IDF(c.Units, n)
		}
	}
	if sum == 0 { // the index contains none of the typed words
		sum = (Ranking.Folded + Ranking.Exact) * IDF(c.Units, 1)
	}
	return sum, nil
}

// numbers finds document numbers among the words, the longest first. A document
// whose own number it is comes first, then the documents that cite it. Relaxing may not
// drop the words of a number that some document has. It returns the indexes in the
// run of all other words.
func (c *compiler) numbers(r *queryRun) (kept []int, err error) {
	words := c.plan.Words[r.first:]
	loose := c.plan.Words[:r.first:r.first]
	for from := 0; from < len(words); {
		size, err := c.numberAt(r, words[from:], from == 0 && !c.later)
		if err != nil {
			return nil, err
		}
		if size == 0 {
			loose, kept = append(loose, words[from]), append(kept, from)
			size = 1
		}
		from += size
	}
	c.plan.Words = loose
	return kept, nil
}

// numberAt requires and scores the number at the beginning of words, and returns
// how many words it has, 0 if there is none. alone reports that no word comes
// before.
func (c *compiler) numberAt(r *queryRun, words []Word, alone bool) (size int, err error) {
	from := len(c.plan.Words[r.first:]) - len(words)
	words = words[:min(maxNumberWords, len(words))]
	if !slices.ContainsFunc(words, func(w Word) bool { return strings.ContainsAny(w.Text, "0123456789") }) {
		return 0, nil
	}
	for size = len(words); size > 0; size-- {
		texts := make([]string, size)
		for i, w := range words[:size] {
			texts[i] = w.Text
		}
		text := strings.Join(texts, " ")
		pattern, ok := docnumber.ParseQuery(text)
		if !ok {
			continue
		}
		citing, bearing, err := c.number(pattern)
		if err != nil {
			return 0, err
		}
		either := or(citing, bearing)
		if either == nil {
			continue
		}
		c.numbered(bearing, citing)
		c.typed = append(c.typed, text)
		c.asked.numbers = append(c.asked.numbers, search.Phrase{Text: text})
		for _, key := range keysOf(bearing, citing) {
			key, _, _ = strings.Cut(key, "@") // without the place of a local number
			c.asked.numbers = append(c.asked.numbers, search.Phrase{Text: search.CitedLabel(key)})
		}
		// "quy định 37" among other words may be a count of anything. It is
		// required only if nothing else was typed, or if it names the issuer or
		// year.
		if pattern.IsShort() && !(alone && size == len(words)) {
			c.fixed("cites:"+text, either, Ranking.Mention)
			r.numbered = append(r.numbered, [2]int{from, from + size})
			return 0, nil
		}
		c.fixed("number:"+text, bearing, Ranking.Number)
		c.fixed("cites:"+text, citing, Ranking.Cites)
		inWords, err := c.inWords(pattern, words[:size], text)
		c.ofNumber = append(c.ofNumber, or(inWords, either))
		return size, err
	}
	return 0, nil
}

// maxMarkedKeys bounds the numbers that are marked for a number typed in part.
const maxMarkedKeys = 20

// keysOf returns the numbers that expressions match.
func keysOf(list ...Expr) (keys []string) {
	for _, x := range list {
		if x, ok := x.(*Keys); ok {
			for _, key := range x.Values {
				if len(keys) < maxMarkedKeys && !slices.Contains(keys, key) {
					keys = append(keys, key)
				}
			}
		}
	}
	return keys
}

// numbered adds the documents that have a number, and the documents that cite it, to
// the plan.
func (c *compiler) numbered(bearing, citing Expr) {
	c.plan.Bears, c.plan.Cites = or(c.plan.Bears, bearing), or(c.plan.Cites, citing)
}

// fixed adds a clause that adds weight to the score of docs.
func (c *compiler) fixed(name string, docs Expr, weight float64) {
	if docs != nil {
		c.plan.Clauses = append(c.plan.Clauses, Clause{Name: name, Among: docs, Weight: weight})
	}
}
