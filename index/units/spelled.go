package units

import "slices"

// A segment stores the spelling in which its documents contain a pair of folded
// syllables. The field of pairs has, after the frequency classes of each pair, terms
// of these forms, each with its documents:
//
//	pair 08 '+' spelling   the documents that contain the pair spelled so
//	pair 08 '-' spelling   the documents that contain the pair in another
//	                       spelling; only for the most frequent spelling
//	pair 08 '=' spelling   any one document: all that contain the pair spell it so
//	pair 08 '?'            the documents whose spelling the segment does not store
//
// A pair has either one term of the form '-' or one of '='. A pair in few documents
// ([LeastSpelled]) has none of these terms: the texts of its documents are read
// instead. Over 13,554 pages of 177 MB all exact pairs as terms of their own took 0.34
// times the text, these take 0.115; with 64 as the bound below 0.065, but a first
// question for a rare pair read four times as many texts (29 November 2026).
const (
	SpelledWith    = '+'
	SpelledWithout = '-'
	SpelledAll     = '='
	SpelledUnread  = '?'

	spelledMark = 0x08 // after the classes, before all bytes that syllables contain
)

// mostUnread and unreadShare bound [LeastSpelled].
const (
	mostUnread  = 16
	unreadShare = 200
)

// LeastSpelled returns the smallest number of documents with a pair for which a
// segment of docs documents stores the spellings. Small segments store all, because
// what they lack would be missing in every segment into which they are merged.
func LeastSpelled(docs int) int { return min(mostUnread, docs/unreadShare) }

// AppendSpelled appends the term of this form for a pair and a spelling of it.
func AppendSpelled(dst, pair []byte, form byte, spelling []byte) []byte {
	return append(append(append(dst, pair...), spelledMark, form), spelling...)
}

// SpelledPrefix returns the common prefix of all terms with spellings of a pair.
func SpelledPrefix(pair string) string { return pair + string(rune(spelledMark)) }

// CutSpelled splits a term of the field of pairs. form is 0 for a term of a
// frequency class.
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
