package plan

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/docnumber"
	"nghiquyet/search"
)

// inWords matches units that contain the words of a number, joined in text. A number with
// its body must stand as one token: its parts are in many documents, such as 2025/QH15 in the
// numbers of all laws of a year. After a kind of document, as in "chỉ thị 35", "chỉ thị số
// 35" or "CT 35", the number must be beside the kind, in any of its spellings, perhaps with
// số (number) between them: 35 elsewhere is a count of something. All syllables of the kind
// must be in that row: a text with nghị định 132 and with quyết định elsewhere does not
// contain quyết định 132.
func (c *compiler) inWords(pattern docnumber.Pattern, words []Word, text string) (Expr, error) {
	if whole := wholeNumber(pattern, text); whole != nil {
		return whole, nil
	}
	isSo := func(folded string) bool { return folded == "so" }
	row := slices.DeleteFunc(Parts(vi.Tokens(text)), func(t vi.Token) bool { return isSo(t.Folded) })
	last := len(row) - 1
	if last < 1 || row[last].Kind != vi.Number || row[last-1].Kind == vi.Number {
		var need []Expr
		for _, w := range words {
			need = append(need, w.Docs)
		}
		return and(need...), nil
	}
	kind, number := row[:last], row[last]
	var any []Expr
	for _, wording := range pattern.Wordings(strings.Join(vi.AppendFolded(nil, kind), " ")) {
		tokens := Parts(vi.Tokens(wording))
		for _, beside := range numberBeside(tokens, number) {
			docs, err := c.inRow(inRow(slices.Concat(tokens[:len(tokens)-1], beside)...), and(neighbouring(tokens), together(beside)))
			if err != nil {
				return nil, err
			}
			any = append(any, docs)
		}
	}
	if any != nil {
		return or(any...), nil
	}
	for _, beside := range numberBeside(kind, number) {
		any = append(any, together(beside))
	}
	need := []Expr{or(any...)}
	for _, w := range words[:len(words)-1] {
		if !isSo(vi.Fold(w.Text)) {
			need = append(need, w.Docs)
		}
	}
	return and(need...), nil
}

// numberBeside returns the rows of the last word of a kind and a number, or a year.
func numberBeside(kind []vi.Token, number vi.Token) [][]vi.Token {
	between := "số"
	if isYear(number) {
		between = "năm"
	}
	word := kind[len(kind)-1]
	return [][]vi.Token{inRow(word, number), inRow(word, vi.Tokens(between)[0], number)}
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

// joinDocument makes one group of the number and the kind of document before it, as in công
// văn 18 and chỉ thị số 18, or of a year and the kind that it names, as in Hiến pháp năm
// 2013, and reports whether there is one. The number may also count what comes after it:
// hướng dẫn 5 bước.
func (e *expression) joinDocument(words []Word) (bool, error) {
	r, asked := e.r, &e.c.asked
	number := &r.pieces[e.begin]
	parts := []*piece{number}
	between, isYear := "so", e.isYear(e.begin)
	if isYear {
		between = "nam"
	}
	if e.begin > e.least && e.touches(e.begin) && e.folded(e.begin-1) == between {
		parts = append(parts, &r.pieces[e.begin-1])
	}
	kind := r.endingAt(parts[len(parts)-1].from)
	if kind == nil || kind.joined {
		return false, nil
	}
	named := append(slices.Clone(words[kind.from:kind.to]), words[number.from])
	text := ""
	for _, w := range named {
		text += " " + w.Text
	}
	pattern, ok := docnumber.ParseQuery(text)
	if ok = ok && (pattern.Kind == "" || !isYear); !ok { // a year names laws alone: luật 2024
		return false, nil
	}
	if counts, err := e.counts(); counts || err != nil {
		return false, err
	}
	docs, err := e.c.inWords(pattern, named, text)
	if err != nil {
		return false, err
	}
	node := search.Node(search.Word{Text: words[number.from].Text})
	if kind.phrase != noPhrase { // a name has its own marks
		node = search.Phrase{Text: joinTexts([]search.Node{asked.phrase[kind.phrase], node})}
	}
	for _, p := range append(parts, kind) {
		p.joined, asked.groups[p.group] = true, nil
		if p.phrase != noPhrase {
			asked.phrase[p.phrase] = nil
		}
	}
	asked.groups[number.group], asked.phrase[number.phrase] = docs, node
	return true, nil
}

// endingAt returns the piece or the name that ends before a word, nil for none.
func (r *queryRun) endingAt(word int) *piece {
	for i := range r.pieces {
		if p := &r.pieces[i]; p.to == word && p.from < word {
			return p
		}
	}
	for i := range r.names {
		if p := &r.names[i].piece; p.to == word {
			return p
		}
	}
	return nil
}
