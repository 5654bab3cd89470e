package vi

import (
	"slices"
	"strings"
)

// Spellings are all ways to write one name: Terms are abbreviations in one piece,
// Rows wordings of several terms. All terms are exact ones.
type Spellings struct {
	Terms []string
	Rows  [][]string
	// Apart are the wordings as rows of compounds. A text matches a row even if
	// the compounds are not neighbours.
	Apart [][][]string
	// among, if not nil, are the spellings of all names that the abbreviations in Terms
	// stand for, of which this is one.
	among *Spellings
}

// maxNested bounds the wordings that are added for a long form by putting an
// abbreviation into it.
const maxNested = 4

// and is the word for "&", in exact form.
const and = "và"

// withJoined appends to short the abbreviations of list as others join their pieces: in
// one piece (ktxh for KT-XH), and with the word for "&" (gd và đt for GD&ĐT).
func withJoined(short [][]string, list string) [][]string {
	take := func(terms []string) {
		if !slices.ContainsFunc(short, func(s []string) bool { return slices.Equal(s, terms) }) {
			short = append(short, terms)
		}
	}
	for _, text := range strings.Split(list, ",") {
		text = strings.TrimSpace(text)
		for _, t := range Tokens(text) {
			if t.Acronym && t.End-t.Start == len(text) {
				take([]string{t.Exact})
			}
		}
		take(AppendExact(nil, parts(Tokens(strings.ReplaceAll(text, "&", " "+and+" ")))))
	}
	return short
}

// addSpellings records that the abbreviations short and the wordings long and apart
// mean the same.
func (l *Lexicon) addSpellings(short, long [][]string, apart [][][]string) {
	same := &Spellings{}
	for _, terms := range long {
		if known := l.form(terms, false).same; known != nil {
			same = known
		}
	}
	for _, terms := range slices.Concat(short, long) {
		if same.add(terms) {
			l.form(terms, slices.ContainsFunc(short, func(s []string) bool { return slices.Equal(s, terms) })).same = same
		}
	}
	same.Apart = append(same.Apart, apart...)
	if !slices.Contains(l.same, same) {
		l.same = append(l.same, same)
	}
}

// leastName is the least number of syllables of a name that shares its abbreviation with
// other names.
const leastName = 3

// addNames records that the abbreviations short stand for any of several names, each in
// its wordings: VPTU is văn phòng tỉnh ủy or văn phòng thành ủy. A query for the
// abbreviation finds both, a query for a name that name and the abbreviation. Names of two
// syllables (tỉnh ủy for TU) are left to their compounds.
func (l *Lexicon) addNames(short [][]string, names [][][]string) {
	isShort := func(terms []string) bool { return len(terms) < leastName }
	if slices.ContainsFunc(names, func(long [][]string) bool { return slices.ContainsFunc(long, isShort) }) {
		return
	}
	all := &Spellings{}
	for _, long := range names {
		one := &Spellings{among: all}
		for _, terms := range slices.Concat(short, long) {
			one.add(terms)
			all.add(terms)
		}
		for _, terms := range long {
			if f := l.form(terms, false); f.same == nil {
				f.same = one
			}
		}
		l.same = append(l.same, one)
	}
	for _, terms := range short {
		l.form(terms, true).same = all
	}
	l.same = append(l.same, all)
}

// IsOfOther reports whether a wording is of another name with the same abbreviation: ban
// thường vụ thành ủy, if s is ban thường vụ tỉnh ủy.
func (s *Spellings) IsOfOther(terms []string) bool {
	isWording := func(row []string) bool { return slices.Equal(row, terms) }
	return s.among != nil && slices.ContainsFunc(s.among.Rows, isWording) && !slices.ContainsFunc(s.Rows, isWording)
}

func (s *Spellings) add(terms []string) bool {
	if len(terms) == 1 {
		if slices.Contains(s.Terms, terms[0]) {
			return false
		}
		s.Terms = append(s.Terms, terms[0])
		return true
	}
	if slices.ContainsFunc(s.Rows, func(row []string) bool { return slices.Equal(row, terms) }) {
		return false
	}
	s.Rows = append(s.Rows, terms)
	return true
}

// spell removes spellings with several meanings, and adds long forms that contain
// an abbreviation: ban tổ chức tw is ban tổ chức trung ương.
func (l *Lexicon) spell() {
	abbreviated := map[*Spellings]bool{}
	for _, forms := range l.forms {
		for _, f := range forms {
			if f.same != nil && f.abbreviation && len(f.meanings) > 1 {
				f.same.drop(f.exact)
				f.same = nil
			}
			if f.same != nil && f.abbreviation {
				abbreviated[f.same] = true
			}
		}
	}
	for _, s := range l.same {
		abbreviated[s] = abbreviated[s] || abbreviated[s.among]
	}
	l.same = slices.DeleteFunc(l.same, func(s *Spellings) bool { return !abbreviated[s] })
	short := map[string]string{} // long form → its first abbreviation
	for _, s := range l.same {
		if len(s.Terms) == 0 { // CMT8 is two terms
			continue
		}
		for _, row := range s.Rows {
			short[strings.Join(row, " ")] = s.Terms[0]
		}
	}
	for _, s := range l.same {
		added := 0
		for _, row := range slices.Clone(s.Rows) {
			for from := range row {
				for to := from + 2; to <= len(row) && added < maxNested; to++ {
					term, ok := short[strings.Join(row[from:to], " ")]
					if !ok || to-from == len(row) {
						continue
					}
					nested := slices.Concat(row[:from], []string{term}, row[to:])
					if s.add(nested) {
						f := l.form(nested, false)
						if f.meanings = append(f.meanings, meaning{to: [][]string{row}, weight: 1}); f.same == nil {
							f.same = s
						}
						added++
					}
				}
			}
		}
	}
	for _, forms := range l.forms {
		for _, f := range forms {
			if f.same != nil && !abbreviated[f.same] {
				f.same = nil
			}
		}
	}
}

// drop removes a spelling.
func (s *Spellings) drop(terms []string) {
	same := func(row []string) bool { return slices.Equal(row, terms) }
	s.Rows = slices.DeleteFunc(s.Rows, same)
	s.Terms = slices.DeleteFunc(s.Terms, func(t string) bool { return same([]string{t}) })
}

// sameOf returns the spellings that all forms share, or nil. Forms with the marks of the
// tokens go before others.
func sameOf(forms []*form, toks []Token) *Spellings {
	if spelled(forms, toks) {
		forms = slices.DeleteFunc(slices.Clone(forms), func(f *form) bool { return !f.spelt(toks) })
	}
	same := forms[0].same
	if slices.ContainsFunc(forms, func(f *form) bool { return f.same != same }) {
		return nil
	}
	return same
}

// inPieces reads the first tokens as one abbreviation with a single meaning,
// written in n pieces: tp hcm and kt-xh, in capitals or not. n is 0 where they are
// none.
func (l *Lexicon) inPieces(toks []Token) (same *Spellings, n int) {
	var b strings.Builder
	proper := false
	for i, t := range toks[:min(len(toks), maxPieces)] {
		if t.Kind != Syllable || len(t.Exact) > maxSpelledPiece {
			break
		}
		b.WriteString(strings.ReplaceAll(t.Exact, ".", "")) // h.u is HU in pieces too
		proper = proper || !IsBareSyllable(t.Folded)
		if i == 0 || !proper {
			continue
		}
		glued := b.String()
		for _, f := range l.forms[Fold(glued)] {
			if len(f.exact) == 1 && f.same != nil && (f.exact[0] == glued || withoutBar.Replace(f.exact[0]) == glued) {
				same, n = f.same, i+1
			}
		}
	}
	return same, n
}

// withoutBar writes an abbreviation as a reader does who types no marks: D for Đ,
// but not U for Ư (NQTƯ and NQTU differ).
var withoutBar = strings.NewReplacer("đ", "d")

// but returns all spellings other than the typed tokens, as their expansions.
func (s *Spellings) but(toks []Token) (out []Expansion) {
	typed := AppendExact(nil, toks)
	for _, row := range s.Rows {
		if !slices.Equal(row, typed) {
			out = append(out, Expansion{From: typed, To: row, Weight: 1})
		}
	}
	for _, term := range s.Terms {
		if term != strings.Join(typed, "") {
			out = append(out, Expansion{From: typed, To: []string{term}, Weight: 1})
		}
	}
	return out
}

// maxSpelledPiece bounds a piece of an abbreviation typed in pieces, in bytes.
const maxSpelledPiece = 3 * maxPiece
