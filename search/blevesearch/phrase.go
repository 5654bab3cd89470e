package blevesearch

import (
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
	"nghiquyet/search/snippet"
)

// phraseAmong returns the documents of docs that match a phrase. If docs are few,
// it reads only their texts; else it reads those of all candidates for the phrase,
// which are cached.
func (e *evaluation) phraseAmong(x *plan.Phrase, docs set) (set, error) {
	if docs.count() <= maxVerified {
		return e.verify(docs, x.Tokens, asTyped)
	}
	found, err := e.set(x)
	if err != nil {
		return nil, err
	}
	return docs.and(found), nil
}

// readsTexts reports whether texts may be read for an expression: a phrase, or one of several
// that are phrases.
func readsTexts(x plan.Expr) bool {
	switch x := x.(type) {
	case *plan.Phrase:
		return true
	case *plan.Or:
		return slices.ContainsFunc(x.Nodes, readsTexts)
	}
	return false
}

// unread returns the documents that may match an expression, without reading texts for it.
func (e *evaluation) unread(x plan.Expr) (set, error) {
	if _, kept := e.sets[x]; kept || !readsTexts(x) {
		return e.set(x)
	}
	if phrase, ok := x.(*plan.Phrase); ok {
		return e.set(phrase.Among)
	}
	var sets []set
	for _, n := range x.(*plan.Or).Nodes {
		docs, err := e.unread(n)
		if err != nil {
			return nil, err
		}
		sets = append(sets, docs)
	}
	return union(sets, e.leaves), nil
}

// readAmong returns the documents of docs that match an expression for which texts are read:
// of an Or, only texts of documents that its other nodes do not match.
func (e *evaluation) readAmong(x plan.Expr, docs set) (set, error) {
	if phrase, ok := x.(*plan.Phrase); ok {
		among, err := e.set(phrase.Among)
		if err != nil {
			return nil, err
		}
		return e.phraseAmong(phrase, docs.and(among))
	}
	var late []plan.Expr
	rest := docs
	for _, n := range x.(*plan.Or).Nodes {
		if readsTexts(n) {
			late = append(late, n)
			continue
		}
		found, err := e.set(n)
		if err != nil {
			return nil, err
		}
		rest = rest.andNot(found)
	}
	for _, n := range late {
		found, err := e.readAmong(n, rest)
		if err != nil {
			return nil, err
		}
		rest = rest.andNot(found)
	}
	return docs.andNot(rest), nil
}

// phrase returns the documents that match a phrase.
func (e *evaluation) phrase(x *plan.Phrase) (set, error) {
	docs, err := e.set(x.Among)
	if err != nil {
		return nil, err
	}
	if docs.count() > maxVerified || docs.syllables(e.leaves) > maxVerifiedText {
		e.note(search.NotePhraseUnchecked)
	}
	return e.verify(docs, x.Tokens, asTyped)
}

// reading is how tokens of a phrase without marks are compared: asTyped matches any
// spelling, asSpelled only the spelling without marks.
type reading string

const (
	asTyped   reading = "phrase"
	asSpelled reading = "spelled"
)

// readPhrase has the documents that were read for a phrase, and those of them that
// contain it.
type readPhrase struct{ read, with set }

// keptPhrase returns what is cached of a phrase.
func (s *Searcher) keptPhrase(key termKey) readPhrase {
	s.terms.mu.RLock()
	defer s.terms.mu.RUnlock()
	if kept, ok := s.terms.phrases[key]; ok {
		return kept
	}
	return readPhrase{s.nothing(), s.nothing()}
}

// verify returns the documents of docs that contain the tokens as neighbours. If docs are
// too many or too long, it reads the most recent ones and returns the others unread. A
// document is read once for a phrase, whatever queries contain it: the result depends only
// on docs, not on what was read before.
func (e *evaluation) verify(docs set, want []vi.Token, as reading) (set, error) {
	checked := docs
	if docs.count() > maxVerified || docs.syllables(e.leaves) > maxVerifiedText {
		checked = e.newest(docs, maxVerified, maxVerifiedText)
	}
	key := termKey{string(as), strings.Join(vi.AppendExact(nil, want), " ")}
	known := e.keptPhrase(key)
	if unread := checked.andNot(known.read); unread.count() > 0 {
		with, err := e.read(unread, want, as)
		if err != nil {
			return nil, err
		}
		known = e.terms.addPhrase(key, readPhrase{known.read.or(unread), known.with.or(with)})
	}
	return docs.andNot(checked).or(checked.and(known.with)), nil
}

// read returns the documents whose texts contain the tokens as neighbours.
func (e *evaluation) read(docs set, want []vi.Token, as reading) (set, error) {
	out := make(set, len(docs))
	p := newPhraseReader(want, as)
	for i, unread := range docs {
		out[i] = roaring.New()
		for it := unread.Iterator(); it.HasNext(); {
			if err := e.ctx.Err(); err != nil {
				return nil, err
			}
			doc := it.Next()
			contained, err := p.containedIn(e.leaves[i], doc, e.bare[i].Contains(doc))
			if err != nil {
				return nil, err
			}
			if contained {
				out[i].Add(doc)
			}
		}
	}
	return out, nil
}

// newest returns the most recent of docs: at most n, with at most so many syllables
// together.
func (s *Searcher) newest(docs set, n, syllables int) set {
	type text struct {
		place     uint32
		syllables int
	}
	texts := make([]text, 0, docs.count())
	for i, l := range s.leaves {
		eachDoc(docs[i], func(doc uint32) { texts = append(texts, text{l.place[doc], l.syllables(doc)}) })
	}
	slices.SortFunc(texts, func(a, b text) int { return cmp.Compare(a.place, b.place) })
	end := uint32(0) // position after the last returned document
	for _, t := range texts[:min(n, len(texts))] {
		if syllables -= t.syllables; syllables < 0 {
			break
		}
		end = t.place + 1
	}
	out := make(set, len(docs))
	for i, l := range s.leaves {
		out[i] = roaring.New()
		eachDoc(docs[i], func(doc uint32) {
			if l.place[doc] < end {
				out[i].Add(doc)
			}
		})
	}
	return out
}

// phraseReader looks for the tokens of a phrase in stored texts. It is not safe for
// concurrent use.
//
// Measured on 150,000 documents (22 November 2026): the first answer to a frequent
// phrase spent three fifths of its time analysing texts that contain the phrase
// only after a bracket or before a comma, a sixth decompressing them.
type phraseReader struct {
	want []vi.Token
	as   reading
	// plain finds the phrase as nearly all documents contain it. Comparing bytes is
	// thirty times faster than the analyzer. It is nil for a phrase typed without
	// marks, which has many spellings.
	plain *plainPhrase
	// anchor finds the places of most texts with marks where the phrase may be; nil if it
	// cannot.
	anchor *anchor
	// matcher finds the places of a text with marks where the phrase may be; nil if
	// it cannot.
	matcher *snippet.Matcher
	tokens  []vi.Token
}

func newPhraseReader(want []vi.Token, as reading) *phraseReader {
	p := &phraseReader{want: want, as: as, anchor: newAnchor(want)}
	typed := strings.Join(vi.AppendExact(nil, want), " ")
	if as == asSpelled || slices.ContainsFunc(want, plan.Marked) {
		p.plain = newPlainPhrase(vi.AppendExact(nil, want))
	}
	same := func(a, b vi.Token) bool { return a.Exact == b.Exact && a.Folded == b.Folded }
	if slices.EqualFunc(plan.Parts(vi.Tokens(typed)), want, same) {
		p.matcher = snippet.NewMatcher(search.Phrase{Text: typed}, nil)
	}
	return p
}

// containedIn reports whether a document contains the phrase; bare reports that the
// document is written without marks.
func (p *phraseReader) containedIn(l *leaf, doc uint32, bare bool) (bool, error) {
	fields, err := l.stored(doc, index.FieldBody)
	if err != nil {
		return false, err
	}
	body, err := units.DecodeBody(fields[index.FieldBody])
	if err != nil || p.in(body, bare) {
		return err == nil, err
	}
	head, err := l.head(doc)
	if err != nil {
		return false, err
	}
	return p.in(head.Title, bare) || head.Lesson != nil && p.in(head.Lesson.Heading, bare), nil
}

// in reports whether a text contains the phrase.
func (p *phraseReader) in(text string, bare bool) bool {
	if p.plain.in(text) {
		return true
	}
	if !bare && p.anchor.reads(text) {
		return p.anchor.any(text, func(place string) bool { return p.contains(place, false) })
	}
	if bare || p.matcher == nil {
		return p.contains(text, bare)
	}
	for {
		piece, last := text, 0
		if len(text) > pieceBytes {
			piece = text[:strings.LastIndexByte(text[:pieceBytes], ' ')+1]
			last = strings.LastIndexByte(piece[:max(len(piece)-overlapBytes, 0)], ' ') + 1
			if last == 0 { // no words
				return p.contains(text, bare)
			}
		}
		if slices.ContainsFunc(snippet.Highlight(piece, p.matcher), func(r search.Run) bool { return r.Match && p.contains(r.Text, bare) }) {
			return true
		}
		if last == 0 {
			return false
		}
		text = text[last:]
	}
}

// A text is searched in pieces that snippet.Highlight takes at once. They overlap, so
// that no phrase is cut.
const (
	pieceBytes   = 4000
	overlapBytes = 400
)

// contains reports whether a text contains the tokens as neighbours in one clause.
func (p *phraseReader) contains(text string, bare bool) bool {
	p.tokens = vi.AppendTokens(p.tokens[:0], text)
	return contains(p.tokens, p.want, p.as, bare)
}

// isWord reports whether the token t of a text matches the token want; bare reports
// that the text is written without marks.
func isWord(t, want vi.Token, as reading, bare bool) bool {
	anyMarks := as == asTyped && !plan.Marked(want)
	return t.Folded == want.Folded && (anyMarks || t.Exact == want.Exact || bare && t.Exact == want.Folded)
}

// follows reports whether t is the next token after before, in the same clause.
func follows(t, before vi.Token) bool { return !t.Break && t.Pos == before.Pos+1 }

// contains reports whether tokens contain the tokens of want as neighbours in one
// clause; bare reports that the text is written without marks.
func contains(tokens, want []vi.Token, as reading, bare bool) bool {
	text := plan.Parts(tokens)
	for at := 0; at+len(want) <= len(text); at++ {
		same := true
		for i, w := range want {
			if !isWord(text[at+i], w, as, bare) || i > 0 && !follows(text[at+i], text[at+i-1]) {
				same = false
				break
			}
		}
		if same {
			return true
		}
	}
	return false
}
