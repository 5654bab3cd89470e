package vi

import "github.com/blevesearch/bleve/v2/analysis"

// FreqClasses is the number of frequency classes under which terms are indexed:
// class 0 for a term that a document contains once, higher classes for higher
// frequencies. The engines decide which frequency belongs to which class.
const FreqClasses = 6

// AppendTerm appends the indexed form of term in a frequency class: the term
// itself for class 0, else the term and the class as one control character.
func AppendTerm[Text string | []byte](dst []byte, term Text, class int) []byte {
	dst = append(dst, term...)
	if class > 0 {
		dst = append(dst, byte(class))
	}
	return dst
}

// classFilter replaces every token by the indexed forms of its term, as
// alternatives at one position: "nghi" → "nghi", "nghi\x01" … "nghi\x05". A query
// that looks for any of the tokens, as Bleve's match query with the operator OR
// does, finds the documents that contain the term, however often. It is for
// questions: a text indexed through it would contain every term in every class.
func classFilter(in analysis.TokenStream) analysis.TokenStream {
	out := make(analysis.TokenStream, 0, len(in)*FreqClasses)
	for _, t := range in {
		for class := range FreqClasses {
			one := *t
			one.Term = AppendTerm(make([]byte, 0, len(t.Term)+1), t.Term, class)
			out = append(out, &one)
		}
	}
	return out
}
