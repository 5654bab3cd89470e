package plan

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
)

// leastLong is the least number of syllables of a long form that typed without marks is
// no other words: thông tin và truyền thông.
const leastLong = 3

// same makes only the spellings of one name match the words [from, to), so that
// TP.HCM, TPHCM and thành phố Hồ Chí Minh find the same documents. A short long form
// typed without marks counts only if its restored spelling is that name.
func (c *compiler) same(r *queryRun, from, to int, piece []vi.Token, m vi.Match) error {
	if m.Same == nil || from == to {
		return nil
	}
	typed, folded := vi.AppendExact(nil, piece), vi.AppendFolded(nil, piece)
	restored := c.Restore(folded)
	at := slices.IndexFunc(m.Same.Rows, func(row []string) bool {
		isLong := len(row) >= leastLong && slices.EqualFunc(row, folded, func(exact, folded string) bool { return vi.Fold(exact) == folded })
		return slices.Equal(row, typed) || slices.Equal(row, restored) || isLong
	})
	if at < 0 && !m.Abbreviation {
		return nil
	}
	found, err := c.spellings(m.Same)
	docs, pairs := or(found.counted...), or(found.listed...)
	listed := pairs
	switch {
	case err != nil || docs == nil:
		return err
	case len(found.rows) != 1 || found.others > 0:
	case c.isLoose(found.rows[0]): // its syllables anywhere are no long form: ban nội chính
	case !m.Abbreviation && slices.Equal(m.Same.Rows[at], found.rows[0]): // the index contains only the spelling typed
		r.spell(from-r.first, to-r.first, found.rows[0])
		r.long = append(r.long, alternative{from: from - r.first, to: to - r.first, docs: docs, isApart: len(m.Same.Apart) > 0, forms: found.forms})
		return nil
	default: // the index contains only the long form: what is listed for that
		listed = or(listed, c.apart(found.rows[0]))
	}
	same := alternative{from: from - r.first, to: to - r.first, docs: docs, listed: listed, all: pairs, folded: pairs, forms: found.forms}
	for _, row := range found.rows {
		tokens := Parts(vi.Tokens(strings.Join(row, " ")))
		same.all = or(same.all, and(each(tokens, exactly)...))
		same.folded = or(same.folded, and(each(tokens, func(t vi.Token) Expr { return Term{index.FieldFolded, t.Folded} })...))
	}
	if r.same = append(r.same, same); at >= 0 {
		r.spell(from-r.first, to-r.first, m.Same.Rows[at])
	}
	for i := from; i < to; i++ {
		c.plan.Words[i].Docs = listed
	}
	return nil
}

// spell gives the words [from, to) the spelling of a long form if each word is one term
// of it.
func (r *queryRun) spell(from, to int, row []string) {
	if to-from != len(row) {
		return
	}
	for i, exact := range row {
		if own := r.own[from+i]; len(own) == 1 && own[0].Folded == vi.Fold(exact) {
			r.own[from+i] = []vi.Token{own[0]}
			r.own[from+i][0].Exact = exact
		}
	}
}

// foundSpellings are the spellings of a name that the index contains.
type foundSpellings struct {
	// counted and listed match the units that contain a spelling each: all syllables of
	// a long form in a row, or its pairs.
	counted, listed []Expr
	rows            [][]string   // long forms
	others          int          // other spellings
	forms           [][]vi.Token // all of these
}

// spellings finds the spellings of a name in the index, the synonyms of each, and, of long
// forms whose compounds may be apart, these compounds.
func (c *compiler) spellings(s *vi.Spellings) (found foundSpellings, err error) {
	seen := map[string]bool{}
	take := func(exact []string, docs Expr, terms ...Term) (bool, error) {
		name := strings.Join(exact, " ")
		err := c.fetch(terms...)
		if seen[name] || slices.ContainsFunc(terms, func(t Term) bool { return c.counts[t] == 0 }) {
			return false, err
		}
		seen[name], found.listed = true, append(found.listed, docs)
		return true, err
	}
	for _, exact := range s.Terms {
		t := Term{index.FieldFolded, vi.Fold(exact)}
		if vi.IsBareSyllable(t.Text) {
			t = Term{index.FieldExact, exact}
		}
		taken, err := take([]string{exact}, t, t)
		if err != nil {
			return found, err
		}
		if taken {
			found.others++
			found.forms = append(found.forms, []vi.Token{{Exact: exact, Folded: vi.Fold(exact)}})
		}
	}
	found.counted = slices.Clone(found.listed)
	var synonyms []vi.Expansion
	isNoSynonym := func(e vi.Expansion) bool { return isOther(e) || s.IsOfOther(e.To) }
	for _, row := range s.Rows {
		tokens := vi.Tokens(strings.Join(row, " "))
		parts := Parts(tokens)
		pairs := neighbouring(parts)
		taken, err := take(row, pairs, wording(row)...)
		if err != nil {
			return found, err
		}
		if taken {
			inRow := pairs
			if len(s.Apart) == 0 {
				if inRow, err = c.inRowOf(parts, pairs, &c.readNames, maxReadMore); err != nil {
					return found, err
				}
			}
			found.rows, found.counted = append(found.rows, row), append(found.counted, inRow)
			found.forms = append(found.forms, parts)
		}
		for _, m := range c.Lexicon.Expand(tokens) {
			if m.Start == 0 && m.End == len(tokens) {
				synonyms = append(synonyms, slices.DeleteFunc(m.Expansions, isNoSynonym)...)
			}
		}
	}
	without := len(found.listed)
	for _, e := range synonyms {
		terms := wording(e.To)
		if _, err := take(e.To, allOf(terms), terms...); err != nil {
			return found, err
		}
	}
	for _, compounds := range s.Apart {
		var need []Expr
		for _, exact := range compounds {
			need = append(need, neighbouring(vi.Tokens(strings.Join(exact, " "))))
		}
		found.listed = append(found.listed, and(need...))
	}
	found.counted = append(found.counted, found.listed[without:]...)
	return found, nil
}

// apart matches units that contain the compounds of a long form, each as neighbours.
func (c *compiler) apart(row []string) Expr {
	tokens := Parts(vi.Tokens(strings.Join(row, " ")))
	var need []Expr
	for _, compound := range withProvinces(tokens, c.Compounds.Cut(tokens)) {
		size := len(compound.Spelled)
		need, tokens = append(need, neighbouring(tokens[:size])), tokens[size:]
	}
	return and(need...)
}

// isLoose reports whether no two syllables of a long form are one word.
func (c *compiler) isLoose(row []string) bool {
	tokens := Parts(vi.Tokens(strings.Join(row, " ")))
	isWord := func(w units.Compound) bool { return len(w.Spelled) > 1 }
	return !slices.ContainsFunc(withProvinces(tokens, c.Compounds.Cut(tokens)), isWord)
}

// sameAt returns the name that the first words of kept spell, or nil.
func (r *queryRun) sameAt(kept []int) *alternative { return spelledAt(r.same, kept) }

// nameAt returns that name, also if the index contains only its long form as typed, unless
// the compounds of that count apart.
func (r *queryRun) nameAt(kept []int) *alternative {
	if same := r.sameAt(kept); same != nil {
		return same
	}
	if long := spelledAt(r.long, kept); long != nil && !long.isApart {
		return long
	}
	return nil
}

func spelledAt(list []alternative, kept []int) *alternative {
	for i := range list {
		a := &list[i]
		if size := a.to - a.from; kept[0] == a.from && size <= len(kept) && kept[size-1] == a.to-1 {
			return a
		}
	}
	return nil
}

// merge makes one word of the plan's words that spell one name, so that its weight
// does not depend on the spelling typed. The words of a long form that the index
// contains in no other spelling stay apart, because each finds documents to list.
func (c *compiler) merge(r *queryRun, words []Word, kept []int) {
	loose := c.plan.Words[r.first:]
	merged := c.plan.Words[:r.first:r.first]
	for len(kept) > 0 {
		word, size := loose[0], 1
		word.Counted, word.folded = words[kept[0]].Counted, words[kept[0]].folded
		if same := r.sameAt(kept); same != nil {
			size = same.to - same.from
			texts := make([]string, size)
			for i, w := range loose[:size] {
				texts[i] = w.Text
			}
			word = Word{Text: strings.Join(texts, " "), Docs: same.listed, Counted: same.all, folded: same.folded, isName: true}
		} else if long := spelledAt(r.long, kept); long != nil {
			word.long, word.size = long.docs, long.to-long.from
		}
		merged = append(merged, word)
		loose, kept = loose[size:], kept[size:]
	}
	c.plan.Words = merged
}
