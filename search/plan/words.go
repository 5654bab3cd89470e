package plan

import (
	"maps"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// asked collects the words of a query while it is compiled.
type asked struct {
	groups []Expr        // match each compound, or another wording of it
	words  []search.Node // words in the spelling that is counted
	phrase []search.Node // the same, compounds as phrases
	plain  bool          // the query has plain words
	// numbers are the document numbers among the words, as typed and as the index has
	// them. Hits mark these instead of the words.
	numbers []search.Node
}

// alternative matches another wording of the words [from, to) of a run. If the words
// spell one name, listed matches what is listed for it, all also the syllables of its
// long forms anywhere, and folded these with any marks.
type alternative struct {
	from, to    int
	docs        Expr
	listed      Expr
	all, folded Expr
	isDate      bool
	isApart     bool         // its compounds need not be neighbours
	forms       [][]vi.Token // spellings of the name
}

// compounds groups the kept words of a run, given by their indexes, into compounds,
// whose syllables must be neighbours. words are all words of the run.
func (c *compiler) compounds(r *queryRun, words []Word, kept []int) error {
	c.asked.plain = c.asked.plain || len(kept) > 0
	next, start := 0, len(c.asked.groups) // word of the run, first group of it
	number := func(until int) {
		for ; next < until; next++ {
			c.asked.words = append(c.asked.words, search.Word{Text: words[next].Text})
		}
	}
	for len(kept) > 0 {
		number(kept[0])
		taken, before, pieces, marks := 0, len(c.asked.groups), len(r.pieces), len(c.asked.phrase)
		if same := r.nameAt(kept); same != nil {
			for taken < same.to-same.from {
				size, err := c.compound(r, words, kept[taken:same.to-same.from])
				if err != nil {
					return err
				}
				taken += size
			}
			c.asked.groups, r.pieces = append(c.asked.groups[:before:before], same.docs), r.pieces[:pieces]
			if same.isDate { // its words alone are no match
				date := search.Phrase{Text: joinTexts(c.asked.phrase[marks:])}
				c.asked.phrase = append(c.asked.phrase[:marks:marks], date)
			} else {
				r.names = append(r.names, block{piece{from: same.from, to: same.to, group: before, phrase: noPhrase, sure: true}, same.forms})
			}
		} else {
			var err error
			if taken, err = c.compound(r, words, kept); err != nil {
				return err
			}
		}
		next = kept[taken-1] + 1
		kept = kept[taken:]
	}
	number(len(words))
	c.asked.phrase = append(c.asked.phrase, c.asked.numbers...)
	c.asked.numbers = nil
	return c.joinRows(r, words, start)
}

// compound groups the words at the beginning of kept: a row of single syllables, or
// one other word. It returns how many words it took.
func (c *compiler) compound(r *queryRun, words []Word, kept []int) (taken int, err error) {
	run := r.plain(kept)
	if run == 0 {
		return 1, c.single(r, words, kept[0])
	}
	tokens := make([]vi.Token, run)
	for i, at := range kept[:run] {
		tokens[i] = r.own[at][0]
	}
	rest := kept
	cut := withProvinces(tokens, c.Compounds.Cut(tokens))
	if before := kept[0] - 1; before >= 0 && len(r.own[before]) == 1 {
		c.Compounds.SettleAfter(r.own[before][0], &cut[0], tokens[0])
	}
	if err := c.settleRivals(tokens, cut); err != nil {
		return 0, err
	}
	if run < len(kept) && kept[run] == kept[run-1]+1 && r.startsNumber(kept[run]) {
		cut = beforeNumber(cut)
	}
	for _, compound := range cut {
		size := len(compound.Spelled)
		spelled := compound.Spelled
		if !compound.Sure { // in every spelling
			spelled, c.plan.unsure = nil, true
		}
		if err := c.group(r, words, rest[:size], spelled); err != nil {
			return 0, err
		}
		rest = rest[size:]
	}
	return run, nil
}

// beforeNumber parts a counter from the word before it, because it belongs to the number
// after it: quốc hội khóa XV is quốc hội and khóa XV.
func beforeNumber(cut []units.Compound) []units.Compound {
	last := len(cut) - 1
	word := cut[last]
	size := len(word.Spelled) - 1
	if size < 2 || !vi.IsCounter(word.Spelled[size]) {
		return cut
	}
	before, counter := word, word
	before.Spelled, counter.Spelled = word.Spelled[:size], word.Spelled[size:]
	return append(cut[:last:last], before, counter)
}

// settleRivals decides the spelling of compounds that the texts spell in several ways by
// the compound before or after: beside giai cấp, cong nhan is công nhân, though công
// nhận is more frequent.
func (c *compiler) settleRivals(tokens []vi.Token, cut []units.Compound) error {
	at := 0
	for i := range cut {
		word := &cut[i]
		rivals := c.Compounds.Rivals(tokens[at : at+len(word.Spelled)])
		at += len(word.Spelled)
		for _, other := range []int{i - 1, i + 1} {
			if rivals == nil || other < 0 || other == len(cut) || !cut[other].Sure {
				continue
			}
			exprs := make([]Expr, len(rivals))
			for j, rival := range rivals {
				row := slices.Concat(cut[other].Spelled, rival)
				if other > i {
					row = slices.Concat(rival, cut[other].Spelled)
				}
				exprs[j] = neighbouring(Parts(vi.Tokens(strings.Join(row, " "))))
			}
			counts, err := c.ix.Count(c.ctx, exprs...)
			if err != nil {
				return err
			}
			sum := 0
			for _, n := range counts {
				sum += n
			}
			for j, n := range counts {
				if units.SureAmong(n, sum) {
					word.Spelled, word.Sure, rivals = rivals[j], true, nil
					break
				}
			}
		}
	}
	return nil
}

// provinceSyllables is the largest number of syllables of a province's name: Bà Rịa
// - Vũng Tàu has four.
const provinceSyllables = 4

// withProvinces joins the compounds that make up the name of a province that the
// index has not learned as one word: in a small index gia lai is cut into "gia" and
// "lại".
func withProvinces(tokens []vi.Token, cut []units.Compound) (out []units.Compound) {
	for at := 0; len(cut) > 0; {
		spelled, compounds := provinceAt(tokens[at:], cut)
		if compounds == 0 {
			spelled, compounds = cut[0].Spelled, 1
			out = append(out, cut[0])
		} else {
			out = append(out, units.Compound{Spelled: spelled, Sure: true})
		}
		at += len(spelled)
		cut = cut[compounds:]
	}
	return out
}

// provinceAt returns the spelling of the province whose name the first compounds
// make up, and the number of these compounds; 0 if there is none, or the name is
// one compound already.
func provinceAt(tokens []vi.Token, cut []units.Compound) (spelled []string, compounds int) {
	size := 0
	for i, compound := range cut {
		if size += len(compound.Spelled); size > provinceSyllables {
			break
		}
		folded := vi.AppendFolded(nil, tokens[:size])
		name, ok := places.Resolve(strings.Join(folded, " "))
		if i == 0 || !ok || name == index.National || slices.ContainsFunc(tokens[:size], Marked) {
			continue
		}
		of := Parts(vi.Tokens(name))
		if slices.Equal(vi.AppendFolded(nil, of), folded) {
			spelled, compounds = vi.AppendExact(nil, of), i+1
		}
	}
	return spelled, compounds
}

// plain returns how many words at the beginning of kept are neighbouring single
// syllables, up to where another wording begins or ends.
func (r *queryRun) plain(kept []int) (n int) {
	for ; n < len(kept); n++ {
		at := kept[n]
		if own := r.own[at]; len(own) != 1 || own[0].Kind != vi.Syllable || at != kept[0]+n {
			break
		}
		ends := func(a alternative) bool { return a.to > a.from+1 && (a.from == at || a.to == at) }
		if n > 0 && (r.nameAt(kept[n:]) != nil || slices.ContainsFunc(r.alternatives, ends)) {
			break
		}
	}
	return n
}

// single adds the word of a run at a place that is no single syllable.
func (c *compiler) single(r *queryRun, words []Word, at int) error {
	docs, err := c.inFigures(r.own[at])
	if err != nil {
		return err
	}
	r.pieces = append(r.pieces, piece{from: at, to: at + 1, group: len(c.asked.groups), phrase: len(c.asked.phrase)})
	w := &words[at]
	w.Counted = r.orAlternatives(docs, at, at+1)
	w.folded = w.Counted
	n := search.Word{Text: w.Text}
	c.asked.groups = append(c.asked.groups, w.Counted)
	c.asked.words, c.asked.phrase = append(c.asked.words, n), append(c.asked.phrase, n)
	return nil
}

// group adds one compound, of the words of a run at the given indexes. spelled has
// a spelling for each word; it is empty if every spelling counts.
func (c *compiler) group(r *queryRun, words []Word, places []int, spelled []string) error {
	first, end := places[0], places[len(places)-1]+1
	p := piece{from: first, to: end, group: len(c.asked.groups), phrase: len(c.asked.phrase), sure: true, capital: true}
	tokens := make([]vi.Token, len(places))
	texts := make([]string, len(places))
	for i, at := range places {
		tokens[i], texts[i] = r.own[at][0], words[at].Text
		if Marked(tokens[i]) && !Marks(search.Word{Text: texts[i]}) { // spelled by a long form
			texts[i] = tokens[i].Exact
		}
		p.sure = p.sure && (len(spelled) > 0 || Marked(tokens[i]))
		p.capital = p.capital && isCapital(words[at].Text)
		read := syllable
		if len(spelled) > 0 && !Marked(tokens[i]) {
			read = exactly
			if spelled[i] != tokens[i].Folded {
				tokens[i].Exact, texts[i] = spelled[i], spelled[i]
			}
			r.own[at] = tokens[i : i+1] // what comes after is read beside it
		}
		words[at].Counted = r.orAlternatives(read(tokens[i]), at, at+1)
		words[at].folded = r.orAlternatives(Term{index.FieldFolded, tokens[i].Folded}, at, at+1)
		c.asked.words = append(c.asked.words, search.Word{Text: texts[i]})
	}
	r.pieces = append(r.pieces, p)
	text := strings.Join(texts, " ")
	if len(places) == 1 {
		c.asked.phrase = append(c.asked.phrase, search.Word{Text: text})
		c.asked.groups = append(c.asked.groups, words[first].Counted)
		return nil
	}
	c.asked.phrase = append(c.asked.phrase, search.Phrase{Text: text})
	docs := withPairs(tokens)
	if len(spelled) > 0 {
		docs = neighbouring(tokens)
	}
	docs, err := c.inRow(tokens, docs)
	c.asked.groups = append(c.asked.groups, r.orAlternatives(docs, first, end))
	return err
}

// maxCounted is the greatest number of digits of a number after a counter: four are a
// year (nhiệm kỳ 2025).
const maxCounted = 3

// orAlternatives matches docs and the other wordings of the words [from, to).
func (r *queryRun) orAlternatives(docs Expr, from, to int) Expr {
	for _, a := range r.alternatives {
		if a.from <= from && to <= a.to {
			docs = or(docs, a.docs)
		}
	}
	return docs
}

// neighbouring matches units that contain the pairs of the syllables of a compound in
// their spelling.
func neighbouring(tokens []vi.Token) Expr {
	var need []Expr
	next := 0 // first token that is in no pair so far
	for i, j := range vi.Bigrams(tokens) {
		for ; next < i; next++ {
			need = append(need, exactly(tokens[next]))
		}
		need, next = append(need, &Spelled{tokens[i], tokens[j]}), j+1
	}
	return and(append(need, each(tokens[next:], exactly)...)...)
}

// Reading is one way to read the words of a query. Query writes it with operators
// of the query language.
type Reading struct {
	Query string
	Docs  Expr
}

// Readings are the ways to read the words of a query, from strict to wide.
type Readings struct {
	Phrase Reading // the syllables of each compound are neighbours
	All    Reading // all syllables, typed with marks or restored
	Folded Reading // all syllables in any marks
}

// readings returns the readings of the plain words of a query, nil if it has none.
func (c *compiler) readings() *Readings {
	if !c.asked.plain {
		return nil
	}
	of := func(operator string) Reading { return Reading{readAs(c.expr, operator).String(), c.readBy(operator)} }
	return &Readings{of(search.OpTogether), of(search.OpSyllables), of(search.OpFolded)}
}

// readAs returns a query with its plain words as values of an operator, neighbours as
// one value.
func readAs(root search.Node, operator string) search.Node {
	var out []search.Node
	var run []string
	flush := func() {
		if len(run) > 0 {
			out, run = append(out, search.Field{Name: operator, Value: strings.Join(run, " ")}), nil
		}
	}
	for _, n := range search.TopLevel(root) {
		if w, ok := n.(search.Word); ok && !w.Prefix {
			run = append(run, w.Text)
			continue
		}
		flush()
		out = append(out, n)
	}
	flush()
	return search.Join(out)
}

// readBy matches units that contain the words as an operator reads them. The required
// expressions must match too.
func (c *compiler) readBy(operator string) Expr {
	if operator == search.OpTogether {
		return c.containing(c.asked.groups, 1, nil)
	}
	words := make([]Expr, len(c.plan.Words))
	for i, w := range c.plan.Words {
		if words[i] = w.Counted; operator == search.OpFolded {
			words[i] = w.folded
		}
	}
	return c.containing(words, 1, nil)
}

// operator compiles the words of an operator as a query, so that the operator finds what
// a query of these words counts at the level of that name.
func (c *compiler) operator(f search.Field) (*compiler, error) {
	sub := &compiler{
		Planner: c.Planner, ix: c.ix, ctx: c.ctx, counts: c.counts, seen: maps.Clone(c.seen), marked: Marks(f), later: c.later,
		counting: c.counting,
	}
	sub.plan.idfs = c.plan.idfs
	return sub, sub.run(strings.Fields(f.Value))
}

// takeOperator compiles an operator at the top level of the query: its words must
// match, and are ranked and marked like plain words.
func (c *compiler) takeOperator(f search.Field) error {
	sub, err := c.operator(f)
	if err != nil {
		return err
	}
	words, phrase := sub.asked.words, sub.asked.phrase
	switch f.Name {
	case search.OpSyllables:
		phrase = words
	case search.OpFolded:
		words = search.Words(vi.Fold(f.Value))
		phrase = words
	}
	c.asked.words, c.asked.phrase = append(c.asked.words, words...), append(c.asked.phrase, phrase...)
	c.required = append(c.required, sub.readBy(f.Name))
	c.plan.Clauses, c.plan.Also = append(c.plan.Clauses, sub.plan.Clauses...), append(c.plan.Also, sub.plan.Also...)
	c.numbered(sub.plan.Bears, sub.plan.Cites)
	c.seen, c.later = sub.seen, true
	return nil
}

// each returns the expression that read makes of each token.
func each(tokens []vi.Token, read func(vi.Token) Expr) []Expr {
	out := make([]Expr, len(tokens))
	for i, t := range tokens {
		out[i] = read(t)
	}
	return out
}
