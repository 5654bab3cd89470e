package units

import "slices"

// A segment says in which spelling its documents contain a pair of folded
// syllables. The field of pairs has, after the frequency classes of each pair,
// terms of these forms. The documents of such a term are not those that contain
// it, but:
//
//	pair 08 '+' spelling   the documents that contain the pair spelled so
//	pair 08 '-' spelling   the documents that contain the pair in another
//	                       spelling; only for the most frequent spelling
//	pair 08 '=' spelling   any one document: all that contain the pair spell it so
//	pair 08 '?'            the documents whose spelling the segment does not say
//
// A pair has either one term of the form '-' or one of '='. A pair in few documents
// ([LeastSpelled]) has none of these terms: the texts of its documents are read
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

// LeastSpelled returns the smallest number of documents that contain a pair for
// which a segment of docs documents says the spellings. Small segments say all:
// what they left out would be missing in every segment that they are merged into.
func LeastSpelled(docs int) int { return min(mostUnread, docs/unreadShare) }

// AppendSpelled appends the term of a form for a pair and a spelling of it.
func AppendSpelled(dst, pair []byte, form byte, spelling []byte) []byte {
	return append(append(append(dst, pair...), spelledMark, form), spelling...)
}

// SpelledPrefix is the common prefix of all terms that say the spellings of a pair.
func SpelledPrefix(pair string) string { return pair + string(rune(spelledMark)) }

// CutSpelled cuts a term of the field of pairs into its parts. form is 0 where the
// term is a frequency class of the pair.
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
