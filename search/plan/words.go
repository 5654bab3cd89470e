package plan

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/places"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// asked collects the compounds of a query's words while the query is compiled.
type asked struct {
	groups []Expr        // match each compound, or another wording of it
	words  []search.Node // words in the spelling that is counted
	phrase []search.Node // the same, compounds as phrases
	// together, sure and open are operands of the readings: the compounds; the
	// syllables with a certain spelling; the syllables that count in every
	// spelling.
	together   []search.Node
	sure, open []string
	whole      []search.Node // words that are no single syllable
	// rest are the nodes that are no plain words, and the words of numbers.
	rest     []search.Node
	prefixes []Expr
}

// other adds a node that is no plain word.
func (a *asked) other(n search.Node) {
	a.words, a.phrase, a.rest = append(a.words, n), append(a.phrase, n), append(a.rest, n)
}

// alternative matches another wording of the words [from, to) of a run.
type alternative struct {
	from, to int
	docs     Expr
}

// compounds groups the kept words of a run, given by their indexes, into compounds,
// whose syllables must be neighbours. words are all words of the run.
func (c *compiler) compounds(r *queryRun, words []Word, kept []int) error {
	next := 0 // word of the run
	number := func(until int) {
		for ; next < until; next++ {
			c.asked.other(search.Word{Text: words[next].Text})
		}
	}
	for len(kept) > 0 {
		number(kept[0])
		taken, before := 0, len(c.asked.groups)
		if same := r.sameAt(kept); same != nil {
			for taken < same.to-same.from {
				size, err := c.compound(r, words, kept[taken:same.to-same.from])
				if err != nil {
					return err
				}
				taken += size
			}
			c.asked.groups = append(c.asked.groups[:before:before], same.docs)
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
	return nil
}

// compound groups the words at the beginning of kept: a row of single syllables, or
// one other word. It returns how many words it took.
func (c *compiler) compound(r *queryRun, words []Word, kept []int) (taken int, err error) {
	run := r.plain(kept)
	if run == 0 {
		return 1, c.group(r, words, kept[:1], nil)
	}
	tokens := make([]vi.Token, run)
	for i, at := range kept[:run] {
		tokens[i] = r.own[at][0]
	}
	rest := kept
	for _, compound := range withProvinces(tokens, c.Compounds.Cut(tokens)) {
		size := len(compound.Spelled)
		spelled := compound.Spelled
		if !compound.Sure { // in every spelling
			spelled = nil
		}
		if err := c.group(r, words, rest[:size], append(make([]string, 0, size), spelled...)); err != nil {
			return 0, err
		}
		rest = rest[size:]
	}
	return run, nil
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
		if n > 0 && r.sameAt(kept[n:]) != nil {
			break
		}
		if n > 0 && slices.ContainsFunc(r.alternatives, func(a alternative) bool { return a.to > a.from+1 && (a.from == at || a.to == at) }) {
			break
		}
	}
	return n
}

// group adds one compound, of the words of a run at the given indexes. spelled has
// a spelling for each word; it is empty if every spelling counts, and nil for a
// word that is no single syllable.
func (c *compiler) group(r *queryRun, words []Word, places []int, spelled []string) error {
	first, end := places[0], places[len(places)-1]+1
	if spelled == nil {
		w := words[first]
		n := search.Word{Text: w.Text}
		c.asked.groups, c.asked.whole = append(c.asked.groups, w.Docs), append(c.asked.whole, search.Phrase{Text: w.Text})
		c.asked.words, c.asked.phrase = append(c.asked.words, n), append(c.asked.phrase, n)
		return nil
	}
	tokens := make([]vi.Token, len(places))
	texts := make([]string, len(places))
	for i, at := range places {
		tokens[i], texts[i] = r.own[at][0], words[at].Text
		switch {
		case Marked(tokens[i]):
			c.asked.sure = append(c.asked.sure, texts[i])
		case len(spelled) == 0:
			c.asked.open = append(c.asked.open, texts[i])
		default:
			if spelled[i] != tokens[i].Folded {
				tokens[i].Exact, texts[i] = spelled[i], spelled[i]
			}
			c.asked.sure = append(c.asked.sure, texts[i])
		}
		c.asked.words = append(c.asked.words, search.Word{Text: texts[i]})
	}
	text := strings.Join(texts, " ")
	if len(places) == 1 {
		c.asked.phrase = append(c.asked.phrase, search.Word{Text: text})
	} else {
		c.asked.phrase = append(c.asked.phrase, search.Phrase{Text: text})
	}
	if len(spelled) > 0 {
		c.asked.together = append(c.asked.together, search.Field{Name: search.OpTogether, Value: text})
	} else {
		c.asked.together = append(c.asked.together, search.Phrase{Text: text})
	}
	if len(places) == 1 && (len(spelled) == 0 || Marked(r.own[first][0])) {
		c.asked.groups = append(c.asked.groups, words[first].Docs)
		return nil
	}
	docs := withPairs(tokens)
	if len(spelled) > 0 {
		docs = neighbouring(tokens)
	}
	for _, a := range r.alternatives {
		if a.from <= first && end <= a.to {
			docs = or(docs, a.docs)
		}
	}
	c.asked.groups = append(c.asked.groups, docs)
	return nil
}

// neighbouring matches units that contain the syllables of a compound as neighbours in
// their spelling. For a compound of three syllables it checks the pairs.
func neighbouring(tokens []vi.Token) Expr {
	var need []Expr
	next := 0 // first token that is in no pair so far
	for i, j := range vi.Bigrams(tokens) {
		for ; next < i; next++ {
			need = append(need, exactly(tokens[next]))
		}
		need, next = append(need, &Spelled{tokens[i], tokens[j]}), j+1
	}
	for _, t := range tokens[next:] {
		need = append(need, exactly(t))
	}
	return and(need...)
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
func (c *compiler) readings() (*Readings, error) {
	a := &c.asked
	if len(a.together)+len(a.whole) == 0 {
		return nil, nil
	}
	of := func(name string, words []string) []search.Node {
		if len(words) == 0 {
			return nil
		}
		return []search.Node{search.Field{Name: name, Value: strings.Join(words, " ")}}
	}
	any := make([]string, 0, len(a.sure)+len(a.open))
	for _, word := range slices.Concat(a.sure, a.open) {
		any = append(any, vi.Fold(word))
	}
	var out Readings
	for _, x := range []struct {
		to    *Reading
		nodes []search.Node
	}{
		{&out.Phrase, slices.Clone(a.together)},
		{&out.All, slices.Concat(of(search.OpSyllables, a.sure), of(search.OpFolded, a.open))},
		{&out.Folded, of(search.OpFolded, any)},
	} {
		x.nodes = append(x.nodes, a.whole...)
		docs := append(slices.Clone(c.required), a.prefixes...)
		for _, n := range x.nodes {
			found, err := c.match(n)
			if err != nil {
				return nil, err
			}
			docs = append(docs, found)
		}
		*x.to = Reading{joined(append(x.nodes, a.rest...)).String(), and(docs...)}
	}
	return &out, nil
}

// syllables matches units that contain all syllables of a text; read makes the
// expression of each.
func syllables(text string, read func(vi.Token) Expr) Expr {
	var need []Expr
	for _, t := range Parts(vi.Tokens(text)) {
		need = append(need, read(t))
	}
	return and(need...)
}
