package plan

import (
	"regexp"
	"strings"

	"nghiquyet/analyzers/vi"
)

// questionWords tell a question put in plain language, folded as it may be
// typed without marks: gì, nào (thế nào, khi nào), bao nhiêu, ở đâu, tại sao,
// có phải, có được, hay không, and at the end không, chưa, đâu, đúng hay sai.
var questionWords = regexp.MustCompile(`\b(gi|nao|bao (nhieu|lau)|o dau|(tai|vi|ra|lam) sao|co (phai|duoc)|hay khong)\b|\b(khong|chua|dau|hay sai)$`)

// sentence is the number of words from which a question is a sentence, not a
// few words that must be found.
const sentence = 6

// question tells whether the query is a question put in plain language. Its
// words are the asker's, of which the best answer lacks some: that ten other
// articles happen to hold them all is no reason to leave it out.
func (p *Plan) question(text string) bool {
	if len(p.Words) < sentence {
		return false
	}
	if strings.HasSuffix(strings.TrimSpace(text), "?") {
		return true
	}
	words := make([]string, len(p.Words))
	for i, w := range p.Words {
		words[i] = vi.Fold(w.Text)
	}
	return questionWords.MatchString(strings.Join(words, " "))
}
