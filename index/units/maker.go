// Package units turns articles and their lessons into what engines store: terms
// with frequencies, lengths, keywords, and the stored head, rest and body from
// which answers are made. From all units together it learns the spelling of words
// without marks, frequent phrases, and near-duplicate articles.
//
// It takes [index.Unit]s and makes [Document]s for an engine's writer (bleveindex,
// opensearchindex); at the end [Learned.Write] writes the learned files. It does
// not depend on an engine.
package units

import (
	"errors"
	"sync"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

// bareShare is the share of non-ASCII letters below which a text counts as written
// without diacritics. A text with marks has a quarter to a third.
const bareShare = 0.02

// Document is one unit prepared for an engine. Its terms are in lower case and NFC.
type Document struct {
	ID   string
	Unit index.Unit
	// Exact, Folded and Bigram are the terms of title, heading and text; a bigram
	// is two folded syllables joined by a space.
	Exact, Folded, Bigram *Terms
	// Spelled are the bigrams in the spelling of the text. FoldedPair maps the number
	// of each to the number of its folded bigram in Bigram.
	Spelled    *Terms
	FoldedPair []uint32
	// Title are the syllables of the title, folded and exact.
	Title *Terms
	// Length and TitleLength are counts of syllables; a lesson's heading counts as
	// title.
	Length, TitleLength int
	// Bare reports that the text is written without diacritics.
	Bare             bool
	Head, Rest, Body []byte // Rest is nil for a lesson
	// Parts are the tokens of title, heading and text.
	Parts [][]vi.Token
	// Sign is the signature for finding near-duplicates ([Learned.Survey]); nil for
	// a lesson and for a text that is too short.
	Sign []byte
}

// Maker makes documents. Each goroutine needs its own.
type Maker struct {
	doc    Document
	cutter *vi.Tokenizer
	tokens [3][]vi.Token // of title, heading and text
	// What a number becomes, 0 if that was not looked up yet:
	exactOf  []uint32    // a word an exact term, plus one
	titleOf  [2][]uint32 // a folded and an exact term a term of titles, plus one
	spoken   []int32     // an exact term an ID in the spelling, plus notSpoken
	foldedOf []uint32    // maps all exact terms to folded ones
	// places and exacts are the folded and the exact terms of the current tokens.
	places, exacts []uint32
	teaches        bool // the text at hand teaches the spelling

	learned Learned
}

// exact returns the number of a token's exact term.
func (m *Maker) exact(t *vi.Token) uint32 {
	if t.Word == 0 {
		return m.doc.Exact.number(t.Exact)
	}
	known := numberIn(&m.exactOf, t.Word)
	if *known == 0 {
		*known = m.doc.Exact.number(t.Exact) + 1
	}
	return *known - 1
}

// numberIn returns the element i of a list that grows as needed.
func numberIn[Number int32 | uint32](list *[]Number, i uint32) *Number {
	for int(i) >= len(*list) {
		*list = append(*list, 0)
	}
	return &(*list)[i]
}

// NewMaker returns a Maker that has learned nothing yet.
func NewMaker() *Maker {
	exact, folded := NewTerms(), NewTerms()
	return &Maker{
		cutter:  new(vi.Tokenizer),
		doc:     Document{Exact: exact, Folded: folded, Bigram: newPairs(folded, true), Spelled: newPairs(exact, false), Title: NewTerms()},
		learned: Learned{spelling: newSpeller()},
	}
}

// Forget drops the numbers of all terms, which bounds their memory.
func (m *Maker) Forget() {
	m.teach()
	for _, t := range m.doc.terms() {
		t.Forget()
	}
	m.cutter.Renumber()
	m.titleOf = [2][]uint32{m.titleOf[0][:0], m.titleOf[1][:0]}
	m.exactOf, m.foldedOf, m.doc.FoldedPair, m.spoken = m.exactOf[:0], m.foldedOf[:0], m.doc.FoldedPair[:0], m.spoken[:0]
}

// teach adds to the spelling how often the texts that teach it contain each pair since
// the last call.
func (m *Maker) teach() {
	places := m.doc.Spelled.pairs.places
	for i := range places {
		if at := &places[i]; at.count > 0 {
			key := at.key - 1
			m.learned.spelling.countPair(m.speak(uint32(key>>32)), m.speak(uint32(key)), at.count)
			at.count = 0
		}
	}
	m.learned.spelling.bound()
}

// Terms returns the document that Make fills. Its terms keep their numbers until
// Forget.
func (m *Maker) Terms() *Document { return &m.doc }

func (d *Document) terms() []*Terms { return []*Terms{d.Bigram, d.Spelled, d.Exact, d.Folded, d.Title} }

// Make makes the document of a unit. It is valid until the next call.
func (m *Maker) Make(u index.Unit) *Document {
	d := &m.doc
	for _, t := range d.terms() {
		t.Next()
	}
	d.Head, d.Rest, d.Body = encode(u)
	text := u.Text()
	d.ID, d.Unit, d.Parts = u.ID(), u, d.Parts[:0]
	d.TitleLength = m.count(u.Article.Title)
	for form, of := range []*Terms{d.Folded, d.Exact} {
		for _, n := range of.current {
			known := numberIn(&m.titleOf[form], n)
			if *known == 0 {
				*known = d.Title.number(of.names[n]) + 1
			}
			d.Title.add(*known - 1)
		}
	}
	if u.Lesson != nil {
		d.TitleLength += m.count(u.Lesson.Heading)
	}
	d.Bare = isBare(text)
	m.teaches = u.Lesson == nil && !d.Bare
	d.Length = d.TitleLength + m.count(text)
	m.teaches = false
	for _, n := range d.Spelled.current {
		d.Bigram.addMany(d.FoldedPair[n], d.Spelled.freq[n])
	}
	d.Sign = nil
	if u.Lesson == nil {
		d.Sign = appendSign(nil, d)
	}
	m.learned.learn(d, func(at int) int32 { return m.speak(m.exacts[at]) })
	return d
}

// notSpoken is added to the IDs of the spelling, of which the least is -1.
const notSpoken = 2

// speak returns the ID in the spelling of an exact term.
func (m *Maker) speak(term uint32) int32 {
	known := numberIn(&m.spoken, term)
	if *known == 0 {
		*known = m.learned.spelling.id(m.doc.Exact.names[term]) + notSpoken
	}
	return *known - notSpoken
}

// count adds the tokens of a text to the frequencies and returns the number of
// syllables.
func (m *Maker) count(text string) (syllables int) {
	d, n := &m.doc, len(m.doc.Parts)
	tokens := m.cutter.Append(m.tokens[n][:0], text)
	m.tokens[n], d.Parts = tokens, append(d.Parts, tokens)
	m.places, m.exacts = m.places[:0], m.exacts[:0]
	for i := range tokens {
		t := &tokens[i]
		exact := m.exact(t)
		d.Exact.add(exact)
		if int(exact) == len(m.foldedOf) {
			m.foldedOf = append(m.foldedOf, d.Folded.number(t.Folded))
		}
		folded := m.foldedOf[exact]
		d.Folded.add(folded)
		m.places, m.exacts = append(m.places, folded), append(m.exacts, exact)
		if t.Kind != vi.Whole {
			syllables++
		}
	}
	for i, j := range vi.Bigrams(tokens) {
		spelled := d.Spelled.pair(m.exacts[i], m.exacts[j])
		if int(spelled.value) == len(d.FoldedPair) {
			d.FoldedPair = append(d.FoldedPair, d.Bigram.pair(m.places[i], m.places[j]).value)
		}
		if m.teaches && teaches(&tokens[j]) {
			spelled.count++
		}
		d.Spelled.add(spelled.value)
	}
	return syllables
}

// Learned is what all units of an index teach together. Its zero value has learned
// nothing. Add is safe for concurrent use; the other methods are not.
type Learned struct {
	mu       sync.Mutex
	spelling *speller
	signed   []signed

	// Articles and Lessons count the units, Length and TitleLength are the sums of
	// their quantised lengths ([LengthOfClass]).
	Articles, Lessons   int
	Length, TitleLength float64
}

func (l *Learned) learn(d *Document, id func(at int) int32) {
	l.Length += LengthOfClass(LengthClass(d.Length))
	l.TitleLength += LengthOfClass(LengthClass(d.TitleLength))
	if d.Unit.Lesson != nil {
		l.Lessons++
		return
	}
	l.Articles++
	if !d.Bare {
		l.spelling.count(d.Parts[len(d.Parts)-1], id, 1)
		l.spelling.sample(d.ID, d.Unit.Text(), d.Parts[len(d.Parts)-1], id)
	}
	if s, ok := readSign(d.ID, d.Sign); ok {
		l.signed = append(l.signed, s)
	}
}

// Add adds what a maker has learned. The maker must not be used again.
func (l *Learned) Add(m *Maker) {
	m.teach()
	l.mu.Lock()
	defer l.mu.Unlock()
	of := &m.learned
	if l.spelling == nil {
		l.spelling = of.spelling
	} else {
		l.spelling.add(of.spelling)
	}
	l.signed = append(l.signed, of.signed...)
	l.Articles, l.Lessons = l.Articles+of.Articles, l.Lessons+of.Lessons
	l.Length, l.TitleLength = l.Length+of.Length, l.TitleLength+of.TitleLength
}

// Write writes what was learned as files into the folder dir: the spelling
// ([OpenSpelling]), the frequent phrases ([OpenPhrases]), and the near-duplicates
// ([ReadCopies]), which it returns too.
func (l *Learned) Write(dir string) (groups [][]string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.spelling == nil {
		l.spelling = newSpeller()
	}
	groups = copies(l.signed)
	l.spelling.order()
	return groups, errors.Join(l.spelling.write(dir), l.spelling.writePhrases(dir, groups), writeCopies(dir, groups))
}

// isBare reports whether a text of some length is written without marks.
func isBare(text string) bool {
	letters, marked := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 0xC0: // first byte of a character beyond ASCII
			marked++
			letters++
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			letters++
		}
	}
	return letters >= 20 && float64(marked) < bareShare*float64(letters)
}
