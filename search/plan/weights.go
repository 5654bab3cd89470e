package plan

import (
	"math"

	"nghiquyet/index/units"
)

// Saturation is the tf part of a term in BM25+, without its idf: freq occurrences
// in a text of length syllables, where the average length is average. delta is
// [units.Delta] for content, 0 for titles.
func Saturation(freq, length, average, delta float64) float64 {
	return delta + freq*(units.K1+1)/(freq+units.K1*(1-units.B+units.B*length/average))
}

// IDF is the idf of BM25 of a term that count of units documents contain.
func IDF(units, count int) float64 {
	return math.Log(1 + (float64(units)-float64(count)+0.5)/(float64(count)+0.5))
}

// Weights are what each kind of clause adds to a score: one set for all data and
// both engines.
type Weights struct {
	Folded float64 // folded syllables of title and text
	Exact  float64 // the same with marks, typed or restored
	Bigram float64 // pairs of neighbouring folded syllables
	Title  float64 // folded syllables of the title alone
	// ExactTitle is the weight of title syllables with marks, typed or restored.
	ExactTitle float64
	// Abbreviation is the factor for the long form of a typed abbreviation,
	// Expansion for any other wording of typed words.
	Abbreviation, Expansion float64
	// Number is added for the document whose own number is typed, Cites for one
	// that cites it. Both are more than any sum of words.
	Number, Cites float64
	// Mention is added instead of them for a number among other words without its
	// issuer: it may be a count.
	Mention float64
	// AllWords is added for documents that contain all words.
	AllWords float64
	// Common is the share of documents above which a syllable is matched but not
	// scored.
	Common float64
	// Odds is the factor of the learned odds of a term beside its idf. Nearness is
	// the score of a passage that is about the same, as a share of the score of one
	// that contains all words.
	Odds, Nearness float64
}

// Ranking is the set of weights in use. Measured with and without marks on ALQAC's
// open questions, XQuAD, sections of legal question pages, and the headlines and
// keywords of those pages as queries for the page, 22 November 2026. A Title of 0.5
// gains 0.015 for keywords of a title and loses 0.007 on the legal sections.
var Ranking = Weights{
	Folded: 0.3, Exact: 0.7, Bigram: 0.75, Title: 0.4, ExactTitle: 0.4, Abbreviation: 0.9, Expansion: 0.25,
	Number: 1000, Cites: 500, Mention: 5, AllWords: 3, Common: 0.5, Odds: 0.6, Nearness: 0.3,
}
