package plan

import (
	"math"

	"nghiquyet/index/units"
)

// Saturation is the tf part of a term in BM25+, without its idf: freq
// occurrences in a text of length syllables, where texts have average ones.
// Delta is [units.Delta] for content, 0 for titles.
func Saturation(freq, length, average, delta float64) float64 {
	return delta + freq*(units.K1+1)/(freq+units.K1*(1-units.B+units.B*length/average))
}

// IDF is BM25's, of a term in count of units documents.
func IDF(units, count int) float64 {
	return math.Log(1 + (float64(units)-float64(count)+0.5)/(float64(count)+0.5))
}

// Weights is what each kind of clause adds to a score: one set for all data
// and both engines.
type Weights struct {
	Folded float64 // folded syllables of title and text
	Exact  float64 // the same with marks, typed or restored
	Bigram float64 // pairs of neighbouring folded syllables
	Title  float64 // folded syllables of the title alone
	// ExactTitle is for those with marks, typed or restored.
	ExactTitle float64
	// Abbreviation is what the long form counts beside an abbreviation typed,
	// Expansion what any other wording counts beside the words typed.
	Abbreviation, Expansion float64
	// Number is added for the document that bears a typed number, Cites for
	// one that cites it: above any sum of words.
	Number, Cites float64
	// Mention is added where a number among other words lacks its body: it
	// may be a count.
	Mention float64
	// AllWords is added, where words were let go, for the few documents that
	// contain them all.
	AllWords float64
	// Common is the share of documents above which a syllable is matched but
	// not scored.
	Common float64
	// Odds is what the learned odds of a term count beside its idf, Nearness what a
	// passage about the same counts beside one that has all words.
	Odds, Nearness float64
}

// Ranking is the one set of weights. Measured with and without marks on ALQAC's
// open questions, XQuAD, sections of legal question pages, and headlines and
// keywords of them as questions for their page, 22 November 2026. Titles at 0.5
// bring 0.015 for keywords of a title and lose 0.007 on the legal sections.
var Ranking = Weights{
	Folded: 0.3, Exact: 0.7, Bigram: 0.75, Title: 0.4, ExactTitle: 0.4, Abbreviation: 0.9, Expansion: 0.25,
	Number: 1000, Cites: 500, Mention: 5, AllWords: 3, Common: 0.5, Odds: 0.6, Nearness: 0.3,
}
