package units

import "slices"

// A segment says in which spelling its documents contain a pair of folded
// syllables. The field of pairs has, after the frequency classes of each pair,
// terms of these forms, of which the documents say more than that they contain
// the term:
//
//	pair 08 '+' spelling   the documents that contain the pair spelled so
//	pair 08 '-' spelling   those that contain it, but not spelled so: of the
//	                       spelling that most of them have
//	pair 08 '=' spelling   one document, whichever: all that contain it spell it so
//	pair 08 '?'            those of which the segment does not say it
//
// A pair has either one term of the form '-' or one of '='. It has none of all
// where few documents contain it ([LeastSpelled]): the texts of these are read
// instead. Over 13,554 pages of 177 MB all exact pairs as terms of their own took
// 0.34 times the text, these take 0.115; with 64 as the bound below 0.065, but a first
// question for a rare pair read four times as many texts (29 November 2026).
const (
	SpelledWith    = '+'
	SpelledWithout = '-'
	SpelledAll     = '='
	SpelledUnread  = '?'

	spelledMark = 0x08 // after the classes, before all that syllables contain
)

// mostUnread and unreadShare bound [LeastSpelled].
const (
	mostUnread  = 16
	unreadShare = 200
)

// LeastSpelled is in how many documents of a segment of docs documents a pair is at
// least of which the segment says the spellings. Small segments say all: what they
// left out would be left out of every segment that they are merged into.
func LeastSpelled(docs int) int { return min(mostUnread, docs/unreadShare) }

// AppendSpelled appends the term of a form for a pair and a spelling of it.
func AppendSpelled(dst, pair []byte, form byte, spelling []byte) []byte {
	return append(append(append(dst, pair...), spelledMark, form), spelling...)
}

// SpelledPrefix is what all terms that say the spellings of a pair begin with.
func SpelledPrefix(pair string) string { return pair + string(rune(spelledMark)) }

// CutSpelled cuts a term of the field of pairs. A frequency class has no form: 0.
func CutSpelled(term []byte) (pair []byte, form byte, spelling []byte) {
	at := slices.IndexFunc(term, func(b byte) bool { return b < ' ' })
	if at < 0 {
		return term, 0, nil
	}
	if term[at] != spelledMark || at+1 == len(term) {
		return term[:at], 0, nil
	}
	return term[:at], term[at+1], term[at+2:]
}
