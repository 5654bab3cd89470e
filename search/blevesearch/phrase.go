package blevesearch

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
	"nghiquyet/search/snippet"
)

// phraseAmong returns those of docs that match a phrase. Of few, the texts of these
// alone are read, of many those of all that may match.
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

// reading is how the tokens of a phrase are read: of those without marks, typed in a
// question, every spelling is looked for; asSpelled they are spelled without.
type reading string

const (
	asTyped   reading = "phrase"
	asSpelled reading = "spelled"
)

// readPhrase says which documents were read for a phrase, and which of them
// contain it.
type readPhrase struct{ read, with set }

// keptPhrase returns what is known of a phrase.
func (s *Searcher) keptPhrase(key termKey) readPhrase {
	s.terms.mu.RLock()
	defer s.terms.mu.RUnlock()
	if kept, ok := s.terms.phrases[key]; ok {
		return kept
	}
	return readPhrase{s.nothing(), s.nothing()}
}

// verify keeps the documents that really contain the tokens side by side. Of
// more than it may read it reads the most recent and keeps the rest unread. A document is read once for a phrase, whatever queries ask for it: the
// answer depends on docs alone, not on what was read before.
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

// read returns the documents whose texts contain the tokens side by side.
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
			held, err := p.heldBy(e.leaves[i], doc, e.bare[i].Contains(doc))
			if err != nil {
				return nil, err
			}
			if held {
				out[i].Add(doc)
			}
		}
	}
	return out, nil
}

// newest returns the most recent of docs, at most n that have so many syllables
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
	end := uint32(0) // of the places of what is returned
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

// phraseReader looks for the tokens of a phrase in stored texts. Not safe for
// concurrent use.
//
// Tried on 150,000 documents (22 November 2026): of the first answer to a
// frequent phrase three fifths were the analysis of whole texts that held it
// after a bracket or before a comma, a sixth their decompression.
type phraseReader struct {
	want []vi.Token
	as   reading
	// plain are spellings in which nearly all documents contain the phrase: a
	// look at the bytes is thirty times faster than the analyzer. None where it
	// was typed without marks and has many.
	plain []string
	// matcher finds where the phrase may be in texts with marks; nil where it
	// does not tell.
	matcher *snippet.Matcher
	tokens  []vi.Token
}

func newPhraseReader(want []vi.Token, as reading) *phraseReader {
	p := &phraseReader{want: want, as: as}
	typed := strings.Join(vi.AppendExact(nil, want), " ")
	if as == asSpelled || slices.ContainsFunc(want, plan.Marked) {
		names := make([]string, len(want))
		for i, t := range want {
			names[i] = capital(t.Exact)
		}
		p.plain = []string{typed, capital(typed), strings.Join(names, " ")}
	}
	same := func(a, b vi.Token) bool { return a.Exact == b.Exact && a.Folded == b.Folded }
	if slices.EqualFunc(plan.Parts(vi.Tokens(typed)), want, same) {
		p.matcher = snippet.NewMatcher(search.Phrase{Text: typed}, nil)
	}
	return p
}

// capital returns a text with a capital letter first.
func capital(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[n:]
}

// heldBy reports whether a document contains the phrase; bare says that it is
// written without marks.
func (p *phraseReader) heldBy(l *leaf, doc uint32, bare bool) (bool, error) {
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
	for _, plain := range p.plain {
		for rest := text; ; {
			at := strings.Index(rest, plain)
			if at < 0 {
				break
			}
			end := at + len(plain)
			if (at == 0 || partsWords(rest[at-1])) && (end == len(rest) || partsWords(rest[end])) {
				return true
			}
			rest = rest[end:]
		}
	}
	if bare || p.matcher == nil {
		return p.holds(text, bare)
	}
	for {
		piece, last := text, 0
		if len(text) > pieceBytes {
			piece = text[:strings.LastIndexByte(text[:pieceBytes], ' ')+1]
			last = strings.LastIndexByte(piece[:max(len(piece)-overlapBytes, 0)], ' ') + 1
			if last == 0 { // no words
				return p.holds(text, bare)
			}
		}
		if slices.ContainsFunc(snippet.Highlight(piece, p.matcher), func(r search.Run) bool { return r.Match && p.holds(r.Text, bare) }) {
			return true
		}
		if last == 0 {
			return false
		}
		text = text[last:]
	}
}

// A text is looked through in pieces, of no more than snippet.Highlight takes at once,
// which overlap so that no phrase is cut.
const (
	pieceBytes   = 4000
	overlapBytes = 400
)

// partsWords reports the bytes that no word goes on with, whatever is behind
// them.
func partsWords(c byte) bool { return strings.IndexByte(" \n\t,;.:()\"!?/-", c) >= 0 }

// holds reports whether the tokens stand side by side in one clause of a text.
func (p *phraseReader) holds(text string, bare bool) bool {
	p.tokens = vi.AppendTokens(p.tokens[:0], text)
	return holds(p.tokens, p.want, p.as, bare)
}

// isWord reports whether a token of a text is the word asked for; bare says that
// the text is written without marks.
func isWord(t, want vi.Token, as reading, bare bool) bool {
	anyMarks := as == asTyped && !plan.Marked(want)
	return t.Folded == want.Folded && (anyMarks || t.Exact == want.Exact || bare && t.Exact == want.Folded)
}

// follows reports whether a token stands right after another in one clause.
func follows(t, before vi.Token) bool { return !t.Break && t.Pos == before.Pos+1 }

// holds reports whether the tokens of want stand side by side in tokens, in one
// clause of a text that is bare of marks or not.
func holds(tokens, want []vi.Token, as reading, bare bool) bool {
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
