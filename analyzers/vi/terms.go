package vi

// AppendExact appends the exact term of every token, also of Wholes.
func AppendExact(dst []string, toks []Token) []string {
	for i := range toks {
		dst = append(dst, toks[i].Exact)
	}
	return dst
}

// AppendFolded appends the folded term of every token, also of Wholes.
func AppendFolded(dst []string, toks []Token) []string {
	for i := range toks {
		dst = append(dst, toks[i].Folded)
	}
	return dst
}

// Bigrams yields the indexes of every two neighbouring tokens of one clause,
// leaving out Wholes. The term of a bigram is their folded terms joined by a space;
// callers join them in memory of their own.
func Bigrams(toks []Token) func(yield func(a, b int) bool) {
	return func(yield func(a, b int) bool) {
		last := -1
		for i := range toks {
			if toks[i].Kind == Whole {
				continue
			}
			if last >= 0 && !toks[i].Break && toks[i].Pos == toks[last].Pos+1 && !yield(last, i) {
				return
			}
			last = i
		}
	}
}
