package blevesearch

import (
	"cmp"
	"slices"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search/plan"
)

// oracleGroup is what must match together where words are counted: a compound, or a row of
// neighbouring compounds.
type oracleGroup struct {
	compounds [][]oracleSyllable
	// inRow reports that the syllables must follow each other, not only in pairs.
	inRow bool
}

// isSure reports whether the spelling of a compound is certain.
func isSure(compound []oracleSyllable) bool {
	return !slices.ContainsFunc(compound, func(t oracleSyllable) bool { return !t.isBare && !plan.Marked(t.Token) })
}

// rows groups the compounds of neighbouring words.
func (o *oracle) rows(compounds [][]oracleSyllable) []oracleGroup {
	var groups []oracleGroup
	for _, compound := range compounds {
		groups = append(groups, o.group(compound))
	}
	type span struct {
		at           int // of its first compound; it has two
		least, share float64
	}
	var spans []span
	for i := 1; i < len(compounds); i++ {
		a, b := compounds[i-1], compounds[i]
		isBody := len(a) == 2 && isSure(a) && (a[1].Exact == "ủy" || a[0].Exact == "đảng" && a[1].Exact == "bộ")
		isLoose := !isGrammar(a) && !isGrammar(b) && (len(a) == 1 || len(b) == 1)
		row := oracleGroup{compounds: compounds[i-1 : i+1]}
		together := o.count(func(d *oracleDoc) bool { return d.has(row) })
		apart := o.count(func(d *oracleDoc) bool { return d.has(groups[i-1]) && d.has(groups[i]) })
		share := float64(together) / float64(max(apart, 1))
		switch {
		case together < plan.Enough:
		case isBody && isLevel(b):
			spans = append(spans, span{i - 1, 0, share})
		case isLoose && share >= 0.05:
			spans = append(spans, span{i - 1, 0.05, share})
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.least, b.least), cmp.Compare(b.share, a.share)) })
	var joined []span
	for _, s := range spans {
		if len(joined) < 4 && !slices.ContainsFunc(joined, func(j span) bool { return max(s.at-j.at, j.at-s.at) < 2 }) {
			joined = append(joined, s)
		}
	}
	rows, firsts := slices.Clone(groups), map[int]bool{}
	for _, s := range joined {
		firsts[s.at] = true
		rows[s.at] = o.group(compounds[s.at : s.at+2]...)
	}
	var out []oracleGroup
	for i := range rows {
		if !firsts[i-1] {
			out = append(out, rows[i])
		}
	}
	isCounted := func(d *oracleDoc) bool {
		return d.unit.Lesson == nil && !slices.ContainsFunc(out, func(g oracleGroup) bool { return !d.has(g) })
	}
	if o.count(isCounted) < plan.Enough {
		return groups
	}
	return out
}

// maxRead is the number of documents that a query may read for its rows.
const maxRead = 1000

// group makes a group of compounds, in a row if it may read the documents with their pairs.
func (o *oracle) group(compounds ...[]oracleSyllable) oracleGroup {
	g := oracleGroup{compounds: compounds}
	if len(slices.Concat(compounds...)) > 2 {
		n := o.count(func(d *oracleDoc) bool { return d.has(g) })
		if g.inRow = n > 0 && o.reads+n <= maxRead; g.inRow {
			o.reads += n
		}
	}
	return g
}

// count returns how many documents pass.
func (o *oracle) count(pass func(*oracleDoc) bool) (n int) {
	for _, d := range o.docs {
		if pass(d) {
			n++
		}
	}
	return n
}

// has reports whether a document has the compounds of a group, and each of them beside
// the next.
func (d *oracleDoc) has(g oracleGroup) bool {
	for i, compound := range g.compounds {
		if !d.contains(compound) {
			return false
		}
		if i > 0 && !d.adjoin(g.compounds[i-1], compound) {
			return false
		}
	}
	var row []vi.Token
	for _, t := range slices.Concat(g.compounds...) {
		row = append(row, t.Token)
	}
	return !g.inRow || d.follows(row)
}

// adjoin reports whether a document has the last syllable of a compound beside the first
// of the next.
func (d *oracleDoc) adjoin(a, b []oracleSyllable) bool {
	last, first := a[len(a)-1].Token, b[0].Token
	if isSure(a) && isSure(b) {
		return d.spells(last, first)
	}
	return d.bigram[last.Folded+" "+first.Folded] > 0
}

// isGrammar reports whether a compound is a function word.
func isGrammar(compound []oracleSyllable) bool {
	t := compound[0]
	return len(compound) == 1 && (vi.IsFunctionWord(t.Exact) || !isSure(compound) && vi.MayBeFunctionWord(t.Folded))
}

// isLevel reports whether a compound is a word for a part of the country.
func isLevel(compound []oracleSyllable) bool {
	level := map[string]string{"tinh": "tỉnh", "huyen": "huyện", "xa": "xã"}[compound[0].Folded]
	return len(compound) == 1 && level != "" && (!isSure(compound) || compound[0].Exact == level)
}
