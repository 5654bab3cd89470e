package plan

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/docnumber"
)

// inWords matches units that contain the words of a number, joined in text. A number with its
// body must stand as one token: its parts are in many documents, such as 2025/QH15 in the
// numbers of all laws of a year. After a kind of document, as in "chỉ thị 35", "chỉ thị số 35" or "CT 35", the number must be beside the
// kind, in any of its spellings, perhaps with số (number) between them: 35 elsewhere is a
// count of something.
func inWords(pattern docnumber.Pattern, words []Word, text string) Expr {
	if whole := wholeNumber(pattern, text); whole != nil {
		return whole
	}
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

// wholeNumber matches units that contain a number with its body as one token, as typed in
// text or as its key is; nil if the body was not typed.
func wholeNumber(pattern docnumber.Pattern, text string) Expr {
	if pattern.Num == "" || pattern.Body == "" || pattern.IsShort() {
		return nil
	}
	var any []Expr
	for _, spelling := range []string{pattern.String(), text} {
		tokens := vi.Tokens(spelling)
		whole := wholeOf(tokens, Parts(tokens))
		if whole == nil {
			continue
		}
		if t := (Term{index.FieldFolded, whole.Folded}); !slices.Contains(any, Expr(t)) {
			any = append(any, t)
		}
	}
	return or(any...)
}
