package plan

import (
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// A numbered expression is a number with the compounds that it belongs to: lần thứ XIII,
// quý II năm 2024, giai đoạn 2021-2025, 6 tháng đầu năm, 500 triệu đồng, khoản 2 Điều 5.
// It counts where all of it stands together, because its words and numbers alone are in
// many documents.

// piece is one group of the words of a run: words [from, to), with its index in asked.groups
// and in asked.phrase.
type piece struct {
	from, to, group, phrase int

	sure    bool // its spelling is certain
	capital bool // typed with a capital at the beginning of each word
	joined  bool // part of a numbered expression
}

// joinRows makes one group of the pieces of each numbered expression of a run, and of other
// rows of its groups, which begin at start.
func (c *compiler) joinRows(r *queryRun, words []Word, start int) error {
	if err := c.joinNumbers(r, words); err != nil {
		return err
	}
	if err := c.joinNeighbours(r, start); err != nil {
		return err
	}
	c.asked.groups = slices.DeleteFunc(c.asked.groups, func(x Expr) bool { return x == nil })
	c.asked.phrase = slices.DeleteFunc(c.asked.phrase, func(n search.Node) bool { return n == nil })
	return nil
}

// joinNumbers makes one group of the pieces of each numbered expression of a run. Groups that
// it leaves nil are no more.
func (c *compiler) joinNumbers(r *queryRun, words []Word) error {
	after := 0 // first piece after the last expression
	for at := range r.pieces {
		if at < after || !r.isNumber(at) {
			continue
		}
		e := expression{c, r, after, at, at + 1, maxRead}
		joined, err := e.joinDocument(words)
		if err == nil && !joined {
			err = e.extend(words)
		}
		if err != nil {
			return err
		}
		if after = e.end; e.end-e.begin > 1 {
			if err := e.join(); err != nil {
				return err
			}
		}
	}
	return nil
}

// isNumber reports whether a piece is one word that begins with a number.
func (r *queryRun) isNumber(at int) bool {
	p := r.pieces[at]
	return p.to-p.from == 1 && r.startsNumber(p.from)
}

// startsNumber reports whether a word begins with a number.
func (r *queryRun) startsNumber(word int) bool { return Parts(r.own[word])[0].Kind == vi.Number }

// parts returns the tokens of a piece.
func (r *queryRun) parts(at int) []vi.Token {
	p := r.pieces[at]
	return Parts(slices.Concat(r.own[p.from:p.to]...))
}

// expression is a numbered expression of the pieces [begin, end), found from its first
// number on; no piece before least belongs to it.
type expression struct {
	c                 *compiler
	r                 *queryRun
	least, begin, end int
	most              int // units that may be read for it
}

// extend adds the pieces that belong to the number.
func (e *expression) extend(words []Word) error {
	if e.isYear(e.begin) && e.touches(e.end) && e.isYear(e.end) { // 2020 - 2025
		e.end++
	}
	before, err := e.isAfter(words)
	if err != nil {
		return err
	}
	if e.isDay() {
		if before && e.folded(e.begin-1) == "ngay" {
			e.begin--
		}
		e.end, e.most = e.end+2, maxReadMore
		return nil
	}
	switch {
	case before:
		e.begin--
		e.addLegal()
		e.addYear()
		return nil
	case e.isYear(e.begin):
		return nil
	}
	counts, err := e.counts()
	if counts {
		e.end++
		for e.touches(e.end) && e.ofHalfYear(e.end-1) && e.ofHalfYear(e.end) {
			e.end++
		}
		if e.folded(e.end-1) == "nam" || strings.HasSuffix(e.folded(e.end-1), " nam") {
			if e.touches(e.end) && e.isYear(e.end) {
				e.end++
			}
		} else if e.ofHalfYear(e.end - 1) {
			e.addYear()
		}
	}
	return err
}

// touches reports whether a piece exists and comes directly after the one before it.
func (e *expression) touches(at int) bool {
	return at > 0 && at < len(e.r.pieces) && e.r.pieces[at-1].to == e.r.pieces[at].from
}

// folded returns the tokens of a piece without marks, joined by spaces.
func (e *expression) folded(at int) string {
	return strings.Join(vi.AppendFolded(nil, e.r.parts(at)), " ")
}

// isYear reports whether a piece is a year, or several.
func (e *expression) isYear(at int) bool {
	notYear := func(t vi.Token) bool { return !isYear(t) }
	return !slices.ContainsFunc(e.r.parts(at), notYear)
}

func isYear(t vi.Token) bool {
	const digits = len("2006") // 1.000 is no year
	return t.Kind == vi.Number && t.End-t.Start == digits && len(t.Exact) == digits && t.Exact < "2200"
}

// inDates are words before the number of a day, a month or a year.
var inDates = map[string]string{"ngay": "ngày", "thang": "tháng", "nam": "năm"}

// isAfter reports whether the number names one of a row that the word before it says: a
// counter (khóa XII), a word of dates (năm 2025), a word before a period of years (nhiệm
// kỳ 2020-2025), or a word that often stands before that number (chương trình 135).
func (e *expression) isAfter(words []Word) (bool, error) {
	if e.begin == e.least || !e.touches(e.begin) {
		return false, nil
	}
	number, row := e.r.parts(e.begin)[0], e.r.parts(e.begin-1)
	before := row[len(row)-1]
	if before.Kind != vi.Syllable {
		return false, nil
	}
	years := e.isYear(e.begin)
	period := years && (e.end-e.begin > 1 || len(e.r.parts(e.begin)) > 1)
	counter := vi.IsCounter(before.Exact) && (period || len(number.Exact) <= maxCounted)
	dated := inDates[before.Folded] == before.Exact || inDates[before.Folded] != "" && !Marked(before)
	if dated = dated && (years || len(number.Exact) <= 2); !dated && !counter {
		if years && !period || vi.MayBeFunctionWord(before.Exact) {
			return false, nil
		}
		return e.isOften(row, number)
	}
	if !Marked(before) && len(row) == 1 {
		return true, e.settle(words, before, number)
	}
	return true, nil
}

// oftenShare is the share of the units with a number in which a word must stand before it
// that is taken for its head: chương trình 135, công nghiệp 4.0.
const oftenShare = 0.1

// isOften reports whether a number often stands after the compound row: in enough units, or
// in many of those with the number.
func (e *expression) isOften(row []vi.Token, number vi.Token) (bool, error) {
	with := together(inRow(append(slices.Clone(row), number)...))
	all := Term{index.FieldFolded, number.Folded}
	if whole := wholeOf(e.r.own[e.r.pieces[e.begin].from], e.r.parts(e.begin)); whole != nil {
		all.Text = whole.Folded
	}
	counts, err := e.c.ix.Count(e.c.ctx, with, all)
	if err != nil {
		return false, err
	}
	n, least := counts[0], oftenShare*float64(counts[1])
	return n > 0 && (n >= Enough || float64(n) >= least), nil
}

// settle decides the spelling of a counter that was typed without marks. A Roman numeral
// is seldom after another word: muc iii is mục III, not mức 3.
func (e *expression) settle(words []Word, before, number vi.Token) error {
	spellings := vi.Counters(before.Folded)
	if dated := inDates[before.Folded]; dated != "" {
		spellings = []string{dated}
	}
	exprs := []Expr{pair(before.Folded, number.Folded)}
	for _, exact := range spellings {
		exprs = append(exprs, &Spelled{vi.Token{Exact: exact, Folded: before.Folded}, number})
	}
	counts, err := e.c.ix.Count(e.c.ctx, exprs...)
	if err != nil {
		return err
	}
	roman := !strings.ContainsAny(words[e.r.pieces[e.begin].from].Text, "0123456789")
	for i, exact := range spellings {
		if n := counts[i+1]; n > 0 && (roman && len(spellings) == 1 || units.SureAmong(n, counts[0])) {
			p := e.r.pieces[e.begin-1]
			e.r.own[p.from] = []vi.Token{before}
			e.r.own[p.from][0].Exact = exact
			e.c.asked.phrase[p.phrase] = search.Word{Text: exact}
			return nil
		}
	}
	return nil
}

// legal are the parts of a law, without marks.
var legal = map[string]bool{"diem": true, "khoan": true, "dieu": true, "muc": true, "chuong": true, "phan": true, "tiet": true}

// addLegal adds the larger parts of a law: Điều 5 to khoản 2.
func (e *expression) addLegal() {
	for legal[e.folded(e.begin)] && e.isLegal(e.end) {
		e.end += 2
	}
}

// isLegal reports whether a piece and the next one are a part of a law with its number.
func (e *expression) isLegal(at int) bool {
	return e.touches(at) && e.touches(at+1) && legal[e.folded(at)] && e.r.isNumber(at+1)
}

// isDay reports whether the number is the day of a month, without its year: 30 of 30 tháng
// 4. A day with its year is one date, and counts as such.
func (e *expression) isDay() bool {
	month := e.end + 1
	if !e.touches(e.end) || e.folded(e.end) != "thang" || !e.touches(month) || !e.r.isNumber(month) {
		return false
	}
	hasYear := e.touches(month+1) && (e.isYear(month+1) || e.folded(month+1) == "nam" && e.touches(month+2) && e.isYear(month+2))
	return !hasYear && len(e.folded(e.begin)) <= 2 && len(e.folded(month)) <= 2
}

// addYear adds năm (year) and a year: năm 2024 to quý II.
func (e *expression) addYear() {
	if e.touches(e.end) && e.touches(e.end+1) && e.folded(e.end) == "nam" && e.isYear(e.end+1) {
		e.end += 2
	}
}

// ofHalfYear reports whether a piece has only words of a part of a year: 6 tháng đầu năm.
func (e *expression) ofHalfYear(at int) bool {
	for _, t := range e.r.parts(at) {
		switch t.Folded {
		case "thang", "dau", "cuoi", "nam":
		default:
			return false
		}
	}
	return true
}

// counts reports whether the number counts the compound after it, as in 500 triệu đồng.
func (e *expression) counts() (bool, error) {
	if !e.touches(e.end) || e.r.isNumber(e.end) || e.r.named(e.begin) {
		return false, nil
	}
	after := e.r.parts(e.end)[0]
	if after.Kind != vi.Syllable || isGrammar(after) {
		return false, nil
	}
	row := e.r.parts(e.begin)
	counts, err := e.c.ix.Count(e.c.ctx, together(inRow(row[len(row)-1], after)))
	return err == nil && counts[0] > 0, err
}

// isGrammar reports whether a word after a number is a function word that nothing counts:
// neither a word of dates (5 năm) nor a counter (2 khoản).
func isGrammar(t vi.Token) bool {
	return vi.MayBeFunctionWord(t.Exact) && inDates[t.Folded] == "" && !vi.IsCounter(t.Exact)
}

// named reports whether the number of a piece is one of a document, as in chỉ thị 35.
func (r *queryRun) named(at int) bool {
	return slices.ContainsFunc(r.numbered, func(span [2]int) bool {
		return span[0] <= r.pieces[at].from && r.pieces[at].from < span[1]
	})
}

// maxRead is the number of units with all pairs of rows of words above which their texts
// are not read, for all rows of a query together. Over 13,554 pages, reading a text that
// contains the row takes 0.1 ms of CPU, another text 0.2 ms, once (1 December 2026).
const maxRead = 1000

// maxReadMore is the same for the long forms of abbreviations and for days. It is the bound
// of a typed phrase: ủy ban hành chính (UBHC) has its pairs in 1,296 of these pages and
// stands in 85, 27 tháng 7 in 1,535 and 234.
const maxReadMore = 2000

// inRow matches the units of pairs, which contain the pairs of the tokens, that contain
// the tokens as neighbours: all of them if they are many.
func (c *compiler) inRow(tokens []vi.Token, pairs Expr) (Expr, error) {
	return c.inRowOf(tokens, pairs, &c.read, maxRead)
}

// inRowOf is inRow where read units were read so far, and most may be.
func (c *compiler) inRowOf(tokens []vi.Token, pairs Expr, read *int, most int) (Expr, error) {
	if len(tokens) < 3 {
		return pairs, nil
	}
	counts, err := c.ix.Count(c.ctx, pairs)
	if err != nil || counts[0] == 0 || *read+counts[0] > most {
		return pairs, err
	}
	*read += counts[0]
	return &Phrase{tokens, pairs}, nil
}

// inFigures matches units that contain a word that is no single syllable. A day in figures
// that is not its own term (2/9/1945-2/9/2025) is looked for in the texts that contain the
// pairs of its numbers, if these are not many.
func (c *compiler) inFigures(tokens []vi.Token) (Expr, error) {
	parts := Parts(tokens)
	whole := wholeOf(tokens, parts)
	if len(parts) < 3 || whole == nil {
		return SideBySide(tokens), nil
	}
	if _, isDay, err := index.ParseDate(whole.Exact); err != nil || !isDay {
		return SideBySide(tokens), nil
	}
	day := Term{index.FieldFolded, whole.Folded}
	others := and(withPairs(parts), &Not{day})
	counts, err := c.ix.Count(c.ctx, others)
	switch {
	case err != nil || counts[0] > maxRead:
		return SideBySide(tokens), err
	case counts[0] == 0:
		return day, nil
	}
	return or(day, &Phrase{parts, others}), nil
}

// together matches units that contain the pairs of tokens: those typed with marks, in their
// spelling.
func together(tokens []vi.Token) Expr {
	var need []Expr
	for i, j := range vi.Bigrams(tokens) {
		if a, b := tokens[i], tokens[j]; Marked(a) || Marked(b) {
			need = append(need, &Spelled{a, b})
		} else {
			need = append(need, pair(a.Folded, b.Folded))
		}
	}
	return and(need...)
}

// join makes one group of the pieces.
func (e *expression) join() error {
	r, asked := e.r, &e.c.asked
	var tokens []vi.Token
	var nodes []search.Node
	for at := e.begin; at < e.end; at++ {
		r.pieces[at].joined = true
		p := r.pieces[at]
		tokens = append(tokens, r.parts(at)...)
		nodes = append(nodes, asked.phrase[p.phrase])
		asked.groups[p.group], asked.phrase[p.phrase] = nil, nil
	}
	tokens = inRow(tokens...)
	first, last := r.pieces[e.begin], r.pieces[e.end-1]
	docs, err := e.c.inRowOf(tokens, together(tokens), &e.c.read, e.most)
	if err != nil {
		return err
	}
	if other := otherQuarter(tokens); tokens[0].Folded == "quy" && other != nil {
		also, err := e.c.inRow(other, together(other))
		if err != nil {
			return err
		}
		docs = or(docs, also)
	}
	asked.groups[first.group] = r.orAlternatives(docs, first.from, last.to)
	asked.phrase[first.phrase] = search.Phrase{Text: joinTexts(nodes)}
	return nil
}

// inRow returns tokens as neighbours in one clause, whatever stood between them.
func inRow(tokens ...vi.Token) []vi.Token {
	for i := range tokens {
		tokens[i].Pos, tokens[i].Break = i, false
	}
	return tokens
}

// joinTexts returns the texts of words and phrases, joined by spaces.
func joinTexts(nodes []search.Node) string {
	texts := make([]string, len(nodes))
	for i, n := range nodes {
		if p, ok := n.(search.Phrase); ok {
			texts[i] = p.Text
		} else {
			texts[i] = n.(search.Word).Text
		}
	}
	return strings.Join(texts, " ")
}

// otherQuarter returns the tokens of a quarter of a year in its other form: quý II năm 2024
// for quý II/2024.
func otherQuarter(tokens []vi.Token) []vi.Token {
	isWord := func(t vi.Token) bool { return t.Folded == "nam" }
	if at := slices.IndexFunc(tokens, isWord); at >= 0 {
		return inRow(slices.Delete(slices.Clone(tokens), at, at+1)...)
	}
	if last := len(tokens) - 1; last > 1 && isYear(tokens[last]) {
		return inRow(slices.Insert(slices.Clone(tokens), last, vi.Token{Exact: "năm", Folded: "nam"})...)
	}
	return nil
}
