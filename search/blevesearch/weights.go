package blevesearch

// BM25's free parameters, as Lucene sets them; other values lost on one judged
// set or another (November 2026).
const (
	k1 = 1.2
	b  = 0.75
)

// weights is what each kind of clause adds to a score: one set for all data.
type weights struct {
	Folded float64 // folded syllables of title and text
	Exact  float64 // the same with marks, where the reader types marks
	Bigram float64 // pairs of neighbouring folded syllables
	Title  float64 // folded syllables of the title alone
	// Number is added for the document that bears a typed number, Cites for
	// one that cites it: above any sum of words.
	Number, Cites float64
	// Common is the share of documents above which a syllable is matched but
	// not scored.
	Common float64
}

// plainWeights score a query typed without marks, markedWeights one with.
// Measured on ALQAC's open questions, 22 November 2026.
var (
	plainWeights  = weights{Folded: 1, Bigram: 0.75, Title: 0.3, Number: 1000, Cites: 500, Common: 0.5}
	markedWeights = weights{Folded: 0.3, Exact: 0.7, Bigram: 0.75, Title: 0.3, Number: 1000, Cites: 500, Common: 0.5}
)
