package vi

import "strings"

// StageToken is one term after a stage.
type StageToken struct {
	Term       string
	Start, End int // half-open span of bytes in the source
	Pos        int // of the first syllable, from 0
	Kind       TokenKind
}

// Stage is one step of the analysis with the tokens after it.
type Stage struct {
	Name   string
	Tokens []StageToken
}

// Names of the stages, in their order.
const (
	StageTokens     = "tokens"     // pieces of the source
	StageExact      = "exact"      // Normalize
	StageFolded     = "folded"     // Fold
	StageBigrams    = "bigrams"    // pairs of folded parts
	StageExpansions = "expansions" // of queries only: the lexicon's other wordings
)

// Stages analyzes text and returns the terms after every stage.
func Stages(text string) []Stage {
	toks := Tokens(text)
	stage := func(name string, term func(Token) string) Stage {
		s := Stage{Name: name, Tokens: make([]StageToken, len(toks))}
		for i, t := range toks {
			s.Tokens[i] = StageToken{Term: term(t), Start: t.Start, End: t.End, Pos: t.Pos, Kind: t.Kind}
		}
		return s
	}
	bigrams := Stage{Name: StageBigrams}
	for a, b := range Bigrams(toks) {
		bigrams.Tokens = append(bigrams.Tokens, StageToken{Term: toks[a].Folded + " " + toks[b].Folded,
			Start: toks[a].Start, End: toks[b].End, Pos: toks[a].Pos})
	}
	expansions := Stage{Name: StageExpansions}
	for _, m := range DefaultLexicon().Expand(toks) {
		for _, e := range m.Expansions {
			expansions.Tokens = append(expansions.Tokens, StageToken{Term: strings.Join(e.To, " "),
				Start: toks[m.Start].Start, End: toks[m.End-1].End, Pos: toks[m.Start].Pos})
		}
	}
	return []Stage{
		stage(StageTokens, func(t Token) string { return text[t.Start:t.End] }),
		stage(StageExact, func(t Token) string { return t.Exact }),
		stage(StageFolded, func(t Token) string { return t.Folded }),
		bigrams, expansions,
	}
}
