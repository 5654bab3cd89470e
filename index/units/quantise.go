package units

import (
	"math"

	"nghiquyet/analyzers/vi"
)

// FreqClasses is the number of frequency classes under which terms are indexed.
const FreqClasses = vi.FreqClasses

// FreqOfClass is the term frequency used for each class: the classes are 1, 2, 3–4,
// 5–8, 9–16, and 17 or more. BM25 saturates, so classes rank like exact
// frequencies, and a posting needs no frequency of its own: the postings of a class
// are a bitmap.
var FreqOfClass = [FreqClasses]float64{1, 2, 3.4, 6, 11, 22}

// FreqClass returns the class of a term frequency of 1 or more.
func FreqClass(freq int) int {
	switch {
	case freq <= 2:
		return freq - 1
	case freq <= 4:
		return 2
	case freq <= 8:
		return 3
	case freq <= 16:
		return 4
	}
	return 5
}

// Lengths are exact up to 16 syllables, then in steps of 4.4 %, up to half a
// million.
const (
	ExactLengths   = 16
	StepsPerDouble = 16
)

// LengthClass quantises a length in syllables.
func LengthClass(syllables int) uint8 {
	if syllables <= ExactLengths {
		return uint8(max(syllables, 0))
	}
	class := ExactLengths + math.Round(StepsPerDouble*math.Log2(float64(syllables)/ExactLengths))
	return uint8(min(class, math.MaxUint8))
}

// LengthOfClass returns the length in syllables used for a class.
func LengthOfClass(class uint8) float64 {
	if class <= ExactLengths {
		return float64(class)
	}
	return ExactLengths * math.Exp2(float64(class-ExactLengths)/StepsPerDouble)
}

// BM25's free parameters. Lucene's k1 of 1.2 brings 0.002 less on ALQAC's open
// questions, and 0.001 more on headlines as queries for the policy pages, from
// which sentences repeating the headline were removed (22 November 2026).
const (
	K1 = 1.0
	B  = 0.75
)

// Delta is the least contribution of a term that a content of any length contains:
// BM25+ (Lv and Zhai, CIKM 2011), with their value. With plain BM25 a long text that
// contains more of a question can rank below a short one that contains less. It
// raised nDCG@10 by 0.007 to 0.025 on each of the sets measured (22 November 2026). Titles have
// no delta, because they are all short.
const Delta = 1.0
