package plan

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/docnumber"
)

// inWords matches units that contain the words of a number, joined in text. After a kind of
// document, as in "chỉ thị 35", "chỉ thị số 35" or "CT 35", the number must be beside the
// kind, in any of its spellings, perhaps with số (number) between them: 35 elsewhere is a
// count of something.
func inWords(pattern docnumber.Pattern, words []Word, text string) Expr {
	isSo := func(folded string) bool { return folded == "so" }
	row := slices.DeleteFunc(Parts(vi.Tokens(text)), func(t vi.Token) bool { return isSo(t.Folded) })
	last := len(row) - 1
	if last < 1 || row[last].Kind != vi.Number || row[last-1].Kind == vi.Number {
		var need []Expr
		for _, w := range words {
			need = append(need, w.Docs)
		}
		return and(need...)
	}
	kind, number := row[:last], row[last]
	var any []Expr
	for _, wording := range pattern.Wordings(strings.Join(vi.AppendFolded(nil, kind), " ")) {
		tokens := Parts(vi.Tokens(wording))
		any = append(any, and(neighbouring(tokens), numberBeside(tokens, number)))
	}
	if any != nil {
		return or(any...)
	}
	need := []Expr{numberBeside(kind, number)}
	for _, w := range words[:len(words)-1] {
		if !isSo(vi.Fold(w.Text)) {
			need = append(need, w.Docs)
		}
	}
	return and(need...)
}

// numberBeside matches units that contain the number after the last word of a kind.
func numberBeside(kind []vi.Token, number vi.Token) Expr {
	word, so := kind[len(kind)-1], vi.Tokens("số")[0]
	return or(together(inRow(word, number)), together(inRow(word, so, number)))
}
