package blevesearch

import (
	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search/plan"
)

// spelledPair returns the documents that contain a pair in its spelling. They are
// cached like the documents of a term, because many queries have the same
// compounds.
func (e *evaluation) spelledPair(x *plan.Spelled) (set, error) {
	key := termKey{string(asSpelled), x.A.Exact + " " + x.B.Exact}
	if t := e.terms.get(key); t != nil {
		return t.docs(), nil
	}
	docs, err := e.findSpelled(x)
	if err != nil {
		return nil, err
	}
	t := &term{postings: make([]postings, len(docs)), count: uint64(docs.count())}
	for i := range docs {
		t.postings[i][0] = docs[i]
	}
	return e.terms.add(key, t, keptBytes+int64(len(docs))*leafBytes+docs.bytes()).docs(), nil
}

// findSpelled finds the documents that contain a pair in its spelling. It reads the
// texts of documents for which the index does not have the spelling, which are few in
// each leaf.
func (e *evaluation) findSpelled(x *plan.Spelled) (set, error) {
	bare := [2][]string{{x.A.Exact}, {x.B.Exact}} // forms of each syllable in a text without marks
	for i, t := range []vi.Token{x.A, x.B} {
		if plan.Marked(t) {
			bare[i] = append(bare[i], t.Folded)
		}
	}
	var inBare []string
	for _, a := range bare[0] {
		for _, b := range bare[1] {
			inBare = append(inBare, a+" "+b)
		}
	}
	pair := x.A.Folded + " " + x.B.Folded
	term, err := e.term(index.FieldBigram, pair)
	if err != nil {
		return nil, err
	}
	all := term.docs()
	out, unread := make(set, len(e.leaves)), make(set, len(e.leaves))
	for i, l := range e.leaves {
		s, err := l.spellings(pair, all[i])
		if err != nil {
			return nil, err
		}
		out[i], unread[i] = s.with(inBare[0]), s.unread
		for _, spelling := range inBare[1:] {
			if e.bare[i].IsEmpty() {
				break
			}
			out[i] = roaring.Or(out[i], roaring.And(s.with(spelling), e.bare[i]))
		}
	}
	for _, t := range []vi.Token{x.A, x.B} { // a document without one of the syllables need not be read
		if unread.count() == 0 {
			return out, nil
		}
		syllable, err := e.term(index.FieldExact, t.Exact)
		if err != nil {
			return nil, err
		}
		unread = unread.and(syllable.docs().or(e.bare))
	}
	read, err := e.verify(unread, []vi.Token{x.A, x.B}, asSpelled)
	if err != nil {
		return nil, err
	}
	return out.or(read), nil
}

// spellings are the spellings in which the documents of a leaf contain a pair.
type spellings struct {
	known  *roaring.Bitmap // documents whose spelling the index has
	unread *roaring.Bitmap // other documents that contain the pair
	said   []saidSpelling
}

type saidSpelling struct {
	form     byte
	spelling string
	docs     *roaring.Bitmap
}

// spellings reads the spellings of a pair from the index; all are the documents of the
// leaf that contain the pair.
func (l *leaf) spellings(pair string, all *roaring.Bitmap) (spellings, error) {
	s := spellings{known: all, unread: empty}
	if all.IsEmpty() {
		return s, nil
	}
	err := l.eachTermFrom(index.FieldBigram, units.SpelledPrefix(pair), func(term string, docs *roaring.Bitmap) bool {
		_, form, spelling := units.CutSpelled([]byte(term))
		if form == units.SpelledUnread {
			s.unread = docs
		} else {
			s.said = append(s.said, saidSpelling{form, string(spelling), docs})
		}
		return true
	})
	switch {
	case err != nil:
		return s, err
	case len(s.said) == 0:
		s.known, s.unread = empty, all
	case !s.unread.IsEmpty():
		s.known = roaring.AndNot(all, s.unread)
	}
	return s, nil
}

// with returns the known documents that contain the pair in a spelling.
func (s *spellings) with(spelling string) *roaring.Bitmap {
	for _, of := range s.said {
		if of.spelling != spelling {
			continue
		}
		switch of.form {
		case units.SpelledWithout:
			return roaring.AndNot(s.known, of.docs)
		case units.SpelledAll:
			return s.known
		default:
			return of.docs
		}
	}
	return empty
}
