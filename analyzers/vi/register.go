package vi

import (
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

// Names of the analyzers, tokenizer and filters in Bleve's registry. Indexes on
// disk contain them: do not change them.
const (
	// TokenizerName is the tokenizer that cuts text as [Tokens] does; its terms are the
	// exact ones.
	TokenizerName = "vi"
	// ExactName, FoldedName and BigramName each name a token filter, and the
	// analyzer made of the tokenizer and that filter.
	ExactName  = "vi_exact"
	FoldedName = "vi_folded"
	BigramName = "vi_bigram"
	// ExactClassesName and the others name the analyzers above for queries of an
	// index with frequency classes: see [classFilter].
	ExactClassesName  = ExactName + classesSuffix
	FoldedClassesName = FoldedName + classesSuffix
	BigramClassesName = BigramName + classesSuffix
	// ClassesName is the token filter of those analyzers.
	ClassesName   = "vi_classes"
	classesSuffix = "_classes"
)

// Types of Bleve tokens, by which the tokenizer passes Kind and Break to the bigram
// filter. Bleve's own types are smaller numbers.
const (
	typeBase  analysis.TokenType = 1 << 8
	typeBreak analysis.TokenType = 1 << 4
)

// init is the one registration with Bleve.
func init() {
	check := func(err error) {
		if err != nil {
			panic("register analysis vi: " + err.Error())
		}
	}
	check(registry.RegisterTokenizer(TokenizerName, func(map[string]interface{}, *registry.Cache) (analysis.Tokenizer, error) {
		return tokenizer{}, nil
	}))
	for name, filter := range filters {
		check(registry.RegisterTokenFilter(name, func(map[string]interface{}, *registry.Cache) (analysis.TokenFilter, error) {
			return filter, nil
		}))
		for _, name := range []string{name, name + classesSuffix} {
			check(registry.RegisterAnalyzer(name, func(map[string]interface{}, *registry.Cache) (analysis.Analyzer, error) {
				return Analyzer(name)
			}))
		}
	}
	check(registry.RegisterTokenFilter(ClassesName, func(map[string]interface{}, *registry.Cache) (analysis.TokenFilter, error) {
		return filter(classFilter), nil
	}))
}

// Analyzer returns the analyzer registered under name, without a Bleve cache.
func Analyzer(name string) (analysis.Analyzer, error) {
	plain, classes := strings.CutSuffix(name, classesSuffix)
	of, ok := filters[plain]
	if !ok {
		return nil, fmt.Errorf("no Vietnamese analyzer named %q", name)
	}
	a := &analysis.DefaultAnalyzer{Tokenizer: tokenizer{}, TokenFilters: []analysis.TokenFilter{of}}
	if classes {
		a.TokenFilters = append(a.TokenFilters, filter(classFilter))
	}
	return a, nil
}

type tokenizer struct{}

// Tokenize returns Bleve's tokens of text: byte offsets in the unchanged text,
// positions from 1.
func (tokenizer) Tokenize(text []byte) analysis.TokenStream {
	toks := Tokens(string(text))
	stream := make(analysis.TokenStream, len(toks))
	store := make([]analysis.Token, len(toks))
	for i, t := range toks {
		store[i] = analysis.Token{Term: []byte(t.Exact), Start: t.Start, End: t.End, Position: t.Pos + 1,
			Type: typeBase | analysis.TokenType(t.Kind)}
		if t.Break {
			store[i].Type |= typeBreak
		}
		stream[i] = &store[i]
	}
	return stream
}

type filter func(analysis.TokenStream) analysis.TokenStream

func (f filter) Filter(in analysis.TokenStream) analysis.TokenStream { return f(in) }

// filters are the filters that make an analyzer, by name.
var filters = map[string]filter{ExactName: exactFilter, FoldedName: foldedFilter, BigramName: bigramFilter}

// exactFilter normalises each term. It changes nothing after this package's tokenizer.
func exactFilter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		if t.Type&typeBase == 0 {
			t.Term = []byte(Normalize(string(t.Term)))
		}
	}
	return in
}

func foldedFilter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range exactFilter(in) {
		t.Term = []byte(Fold(string(t.Term)))
	}
	return in
}

// bigramFilter joins the folded terms of neighbours as [Bigrams] finds them. A
// bigram spans both, at the position of the first.
func bigramFilter(in analysis.TokenStream) analysis.TokenStream {
	var out analysis.TokenStream
	var last *analysis.Token
	for _, t := range foldedFilter(in) {
		if t.Type&^typeBreak == typeBase|analysis.TokenType(Whole) {
			continue
		}
		if last != nil && t.Type&typeBreak == 0 && t.Position == last.Position+1 {
			term := append(append(append(make([]byte, 0, len(last.Term)+1+len(t.Term)), last.Term...), ' '), t.Term...)
			out = append(out, &analysis.Token{Term: term, Start: last.Start, End: t.End, Position: last.Position, Type: analysis.Shingle})
		}
		last = t
	}
	return out
}
