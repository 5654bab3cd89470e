package vi

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/dotted.txt
var dottedFile string

// dotted are the abbreviations after which a point does not end the clause, in exact
// form.
var dotted = func() map[string]bool {
	out := map[string]bool{}
	for line := range dataLines(dottedFile) {
		out[normalizeWord(line)] = true
	}
	return out
}()

// Bounds of an acronym that is written in pieces, as KT-XH is.
const (
	maxPieces      = 8  // pieces, where all are single letters
	maxOtherPieces = 4  // pieces elsewhere
	maxPiece       = 8  // letters of a piece in capitals
	maxSmallPiece  = 4  // letters of a piece in small letters
	maxAcronym     = 16 // letters of all pieces together
)

// central is the exact term of every spelling of TW and TƯ, short for trung ương.
const central = "tw"

// lookalikes are the abbreviations of the list that are syllables as well, in exact
// form, with the term that they have where the capitals mark them as abbreviations: HU,
// short for huyện ủy, is h.u, and TƯ is tw.
var lookalikes = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range dataLines(abbreviationsFile) {
		list, _, _ := strings.Cut(line, "=")
		for _, text := range strings.Split(list, ",") {
			if exact := normalizeWord(strings.TrimSpace(text)); IsSyllable(exact) {
				out[exact] = strings.Join(strings.Split(exact, ""), ".")
			}
		}
	}
	out["tư"] = central
	return out
})

// piece is one piece of an acronym.
type piece struct {
	start, end int // bytes
	exact      string
	letters    int
	caps       bool
	syllable   bool // can also be a syllable
	roman      bool // can also be a Roman numeral
}

// pieceAt reads the run of letters at i as a piece of an acronym. A piece has no
// tone mark and at most eight letters, at most four if they are not capitals. A run
// that is a syllable is a piece only if it has one letter, or two capitals.
func (s *scanner) pieceAt(i int) (p piece, ok bool) {
	end := wordEnd(s.text, i)
	if end == i || end-i > 3*maxPiece {
		return p, false
	}
	e := s.lookup(s.text[i:end])
	p = piece{start: i, end: end, exact: e.exact, letters: utf8.RuneCountInString(e.exact), caps: e.caps, roman: e.arabic != ""}
	if p.exact == "" || e.sureRoman || p.letters > maxPiece || !p.caps && p.letters > maxSmallPiece {
		return p, false
	}
	for _, r := range p.exact {
		if glyphOf(r).tone != ngang {
			return p, false
		}
	}
	p.syllable = p.letters > 1 && IsBareSyllable(e.folded)
	if p.syllable && !(p.caps && p.letters == 2) {
		return p, false
	}
	return p, true
}

// joint returns where the next piece begins, 0 where none can follow. Pieces are
// joined by a point, a hyphen or an ampersand; after capitals also by a blank, or
// by a point and a blank where the point is that of an abbreviation (TP. HCM).
func (s *scanner) joint(before piece) (next int, blank bool) {
	rest := s.text[before.end:min(len(s.text), before.end+3)]
	switch {
	case len(rest) < 2:
		return 0, false
	case rest[0] == '.' && rest[1] == ' ' && before.caps && dotted[before.exact]:
		return before.end + 2, true
	case rest[0] == '.' || rest[0] == '-' || rest[0] == '&':
		return before.end + 1, false
	case rest[0] == ' ' && before.caps:
		return before.end + 1, true
	}
	return 0, false
}

// piecesAt reads the pieces of the acronym that begins at i: at least two, or none.
// single reports that they become one token without parts: all are single letters,
// with points between them.
func (s *scanner) piecesAt(i int) (pieces []piece, single bool) {
	p, ok := s.pieceAt(i)
	if !ok {
		return nil, false
	}
	if next, _ := s.joint(p); next == 0 {
		return nil, false
	}
	pieces, single = append(s.pieces[:0], p), p.letters == 1
	letters := p.letters
	for len(pieces) < maxPieces {
		last := pieces[len(pieces)-1]
		next, blank := s.joint(last)
		if next == 0 {
			break
		}
		p, ok := s.pieceAt(next)
		letters += p.letters
		if !ok || letters > maxAcronym || !fits(last, p, s.text[last.end], blank) {
			break
		}
		single = single && p.letters == 1 && s.text[last.end] == '.' && !blank
		pieces = append(pieces, p)
	}
	s.pieces = pieces
	if len(pieces) < 2 {
		return nil, false
	}
	end := pieces[len(pieces)-1].end
	single = single && (end == len(s.text) || classes[s.text[end]] != digit && s.text[end] != '@')
	return pieces, single && !IsBareSyllable(Fold(glued(pieces)))
}

// fits reports whether two neighbouring pieces can be of one acronym. With a blank
// between them, b is in capitals and both have two letters or more and are no Roman
// numerals. With a point, one of them is in capitals or both are single letters:
// a.vn is an address.
func fits(a, b piece, sign byte, blank bool) bool {
	switch {
	case blank:
		return b.caps && a.letters > 1 && b.letters > 1 && !a.roman && !b.roman
	case sign == '.':
		return a.caps || b.caps || a.letters == 1 && b.letters == 1
	}
	return true
}

// acronym emits the acronym in pieces that begins at i, joined as others write it. Single letters
// with points (T.Ư, T.W, U.B.N.D) become one token, unless together they spell a syllable (C.O).
// For other pieces (KT-XH, TP.HCM, UBKT TW) it emits a Whole for each of the first two to four
// pieces together, and leaves the pieces to the caller. It returns the end of what needs no more
// reading, 0 for nothing.
func (s *scanner) acronym(i int) (end int) {
	pieces, single := s.piecesAt(i)
	if single {
		last := pieces[len(pieces)-1]
		s.add(Token{Start: i, End: last.end, Exact: glued(pieces), Folded: Fold(glued(pieces)), Caps: pieces[0].caps})
		return last.end
	}
	for n := 2; n <= min(len(pieces), maxOtherPieces); n++ {
		row := pieces[:n]
		if !proper(row) || row[n-1].end < len(s.text) && s.text[row[n-1].end] == '@' {
			continue
		}
		term := glued(row)
		s.toks = append(s.toks, Token{
			Start: i, End: row[n-1].end, Pos: s.pos, Exact: term, Folded: Fold(term), Kind: Whole, Break: s.brk, Caps: row[0].caps, Acronym: true,
		})
	}
	return 0
}

// proper reports whether a row of pieces can be an acronym: all are single capital
// letters, or one piece is no syllable. AN BA is none.
func proper(row []piece) bool {
	isOther := func(p piece) bool { return p.letters != 1 || !p.caps }
	return !slices.ContainsFunc(row, isOther) ||
		slices.ContainsFunc(row, func(p piece) bool { return !p.syllable && p.letters > 1 })
}

// glued returns the term of the pieces joined.
func glued(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.exact)
	}
	if term, ok := lookalikes()[b.String()]; ok {
		return term
	}
	return b.String()
}

// endsClause reports whether the sign at i ends a clause. The point of an
// abbreviation does not: TP. Hồ Chí Minh.
func (s *scanner) endsClause(i int) bool {
	if len(s.toks) == s.base || s.text[i] != '.' {
		return true
	}
	last := &s.toks[len(s.toks)-1]
	if last.End != i || !dotted[last.Exact] || classes[s.text[last.Start]] == lower {
		return true
	}
	next := strings.TrimLeft(s.text[i+1:min(len(s.text), i+1+maxTokenBytes)], " \u00a0")
	r, _ := utf8.DecodeRuneInString(next)
	return !isLetter(r) || strings.ToUpper(string(r)) != string(r)
}
