package plan

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search"
)

// Neighbouring groups of a query count in a row if readers mean them so: the parts of a name
// that the index has learned (Việt Nam Cộng hòa), a body with its level and place (UBND tỉnh,
// Thành ủy Hà Nội), and a syllable that is in no compound, beside what it often stands beside
// (TP Huế). By itself such a syllable is in most documents.

// block is a group of words that may count in a row with its neighbours.
type block struct {
	piece
	forms [][]vi.Token // its spellings; if they are not sure, every spelling counts
}

// span is a row of blocks [from, to). It must contain the least share of the units that
// contain all of them.
type span struct {
	from, to int
	least    float64
	rows     []row
	docs     Expr // the pairs of any of the rows
	share    float64
}

// row is one spelling of a span.
type row struct {
	tokens []vi.Token
	pairs  Expr
}

// noPhrase is the phrase of a name, which has marks of its own.
const noPhrase = -1

// maxRows bounds the spellings of a span, and maxSpans the spans of a run: OpenSearch bounds
// the clauses of a query.
const maxRows, maxSpans = 6, 4

// joinNeighbours makes one group of each row among the groups of a run, which begin at start.
// If less than [Enough] articles contain the joined groups, it leaves them apart.
func (c *compiler) joinNeighbours(r *queryRun, start int) error {
	blocks := r.blocks()
	spans := slices.Concat(c.namesAmong(blocks), bodiesAmong(blocks), looseAmong(blocks))
	if len(spans) == 0 {
		return nil
	}
	if few, err := c.isFew(start); few || err != nil {
		return err
	}
	spans, err := c.often(blocks, spans)
	if err != nil || len(spans) == 0 {
		return err
	}
	groups, phrase := slices.Clone(c.asked.groups), slices.Clone(c.asked.phrase)
	for _, s := range spans {
		if err := c.joinSpan(r, blocks[s.from:s.to], s); err != nil {
			return err
		}
	}
	few, err := c.isFew(start)
	if few {
		c.asked.groups, c.asked.phrase = groups, phrase
	}
	return err
}

// isFew reports whether less than [Enough] articles match the groups from start on.
func (c *compiler) isFew(start int) (bool, error) {
	counts, err := c.ix.Count(c.ctx, and(append(slices.Clone(c.asked.groups[start:]), Articles)...))
	return err == nil && counts[0] < Enough, err
}

// blocks returns the pieces and names of a run that may count in a row, in their order.
func (r *queryRun) blocks() []block {
	out := slices.DeleteFunc(slices.Clone(r.names), func(b block) bool { return b.joined })
	for at, p := range r.pieces {
		tokens := r.parts(at)
		b := block{p, [][]vi.Token{tokens}}
		isOther := func(t vi.Token) bool { return t.Kind != vi.Syllable }
		isAny := b.isBody() || b.isPlace() // another wording of it (TU, Gialai) is seldom in such a row
		isIn := func(a alternative) bool {
			return a.from < p.to && p.from < a.to && !(isAny && a.from == p.from && a.to == p.to)
		}
		if !p.joined && !r.named(at) && !slices.ContainsFunc(tokens, isOther) && !slices.ContainsFunc(r.alternatives, isIn) {
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b block) int { return cmp.Compare(a.from, b.from) })
	return out
}

// maxNameBlocks bounds the blocks of a name.
const maxNameBlocks = 6

// namesAmong returns the rows of blocks that are names in the list of frequent phrases, the
// longest first.
func (c *compiler) namesAmong(blocks []block) (out []span) {
	for size := min(maxNameBlocks, len(blocks)); size > 1; size-- {
		for from := 0; from+size <= len(blocks); from++ {
			var exact []string
			for _, b := range blocks[from : from+size] {
				if len(b.forms) != 1 || !b.sure || len(exact) > 0 && b.from != blocks[from].from+len(exact) {
					break
				}
				exact = vi.AppendExact(exact, b.forms[0])
			}
			last := blocks[from+size-1]
			if len(exact) == last.to-blocks[from].from && c.Phrases.IsName(strings.Join(exact, " ")) {
				out = append(out, span{from: from, to: from + size})
			}
		}
	}
	return out
}

// levels are the words for parts of the country that have bodies of their own, by their
// folded form.
var levels = map[string]string{
	"tinh": "tỉnh", "thanh pho": "thành phố", "huyen": "huyện", "quan": "quận", "thi xa": "thị xã",
	"xa": "xã", "phuong": "phường", "thi tran": "thị trấn", "dac khu": "đặc khu", "trung uong": "trung ương",
}

// bodiesAmong returns the rows of a body, or a level, and its place: UBND tỉnh, Đảng ủy xã,
// Tỉnh ủy Gia Lai, thành phố Đà Nẵng, UBND thành phố Đà Nẵng.
func bodiesAmong(blocks []block) (out []span) {
	touch := func(i int) bool { return i < len(blocks) && blocks[i-1].to == blocks[i].from }
	for i, b := range blocks {
		isLevel, isBody := b.isLevel(), b.isBody()
		if !touch(i+1) || !isLevel && !isBody {
			continue
		}
		next := blocks[i+1]
		if next.isPlace() || isBody && next.isLevel() {
			out = append(out, span{from: i, to: i + 2})
		}
		if isBody && next.isLevel() && touch(i+2) && blocks[i+2].isPlace() {
			out = append(out, span{from: i, to: i + 3})
		}
	}
	return out
}

// isLevel reports whether a block is one of levels.
func (b *block) isLevel() bool {
	return slices.ContainsFunc(b.forms, func(form []vi.Token) bool {
		level, ok := levels[strings.Join(vi.AppendFolded(nil, form), " ")]
		return ok && (!b.sure || strings.Join(vi.AppendExact(nil, form), " ") == level)
	})
}

// isBody reports whether a block is a body that each level may have: an abbreviation or its
// long form (UBND), or a committee or organisation of the Party.
func (b *block) isBody() bool {
	if b.phrase == noPhrase {
		return !b.isLevel()
	}
	form := vi.AppendExact(nil, b.forms[0])
	return len(form) == 2 && (form[1] == "ủy" || form[0] == "đảng" && form[1] == "bộ")
}

// isPlace reports whether a block is the name of a province or district.
func (b *block) isPlace() bool {
	return len(b.forms) == 1 && b.sure && isPlace(strings.Join(vi.AppendFolded(nil, b.forms[0]), " "))
}

// looseShare is the share of the units with a syllable and its neighbour in which both must
// be side by side: khu chung cư has 0.07.
const looseShare = 0.05

// looseAmong returns the pairs of neighbouring blocks of which one is a single syllable.
// Two syllables that were typed with capitals, unlike others, are a name, however seldom it is.
func looseAmong(blocks []block) (out []span) {
	capitals := !slices.ContainsFunc(blocks, func(b block) bool { return !b.capital })
	for i := 1; i < len(blocks); i++ {
		a, b := blocks[i-1], blocks[i]
		if a.to != b.from || a.isGrammar() || b.isGrammar() || !a.isLoose() && !b.isLoose() {
			continue
		}
		s := span{from: i - 1, to: i + 1, least: looseShare}
		if a.isLoose() && b.isLoose() && a.capital && b.capital && !capitals {
			s.least = 0
		}
		out = append(out, s)
	}
	return out
}

// isLoose reports whether a block is one syllable.
func (b *block) isLoose() bool { return len(b.forms) == 1 && len(b.forms[0]) == 1 }

// isGrammar reports whether a block is a function word.
func (b *block) isGrammar() bool {
	return b.isLoose() && (vi.IsFunctionWord(b.forms[0][0].Exact) || !b.sure && vi.MayBeFunctionWord(b.forms[0][0].Folded))
}

// often returns the spans that enough units contain, each block in one of them: names
// first, then those with the largest shares.
func (c *compiler) often(blocks []block, spans []span) ([]span, error) {
	var exprs []Expr
	for i := range spans {
		s := &spans[i]
		s.rows = rowsOf(blocks[s.from:s.to])
		var any, apart []Expr
		for _, one := range s.rows {
			any = append(any, one.pairs)
		}
		for _, b := range blocks[s.from:s.to] {
			apart = append(apart, c.asked.groups[b.group])
		}
		s.docs = or(any...)
		exprs = append(exprs, s.docs, and(apart...))
	}
	counts, err := c.ix.Count(c.ctx, exprs...)
	if err != nil {
		return nil, err
	}
	for i := range spans {
		if n, apart := counts[2*i], counts[2*i+1]; n >= Enough {
			spans[i].share = float64(n) / float64(max(apart, 1))
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(b.to-b.from, a.to-a.from), cmp.Compare(a.least, b.least), cmp.Compare(b.share, a.share))
	})
	var out []span
	for _, s := range spans {
		overlaps := func(o span) bool { return s.from < o.to && o.from < s.to }
		isOften := s.share > 0 && s.share >= s.least
		if isOften && len(out) < maxSpans && !slices.ContainsFunc(out, overlaps) {
			out = append(out, s)
		}
	}
	return out, nil
}

// rowsOf returns the spellings of neighbouring blocks as one row, at most maxRows.
func rowsOf(blocks []block) []row {
	rows := []row{{}}
	for i, b := range blocks {
		var longer []row
		for _, before := range rows {
			for _, form := range b.forms {
				need := []Expr{before.pairs, b.pairs(form)}
				if i > 0 {
					need = append(need, adjoining(before.tokens[len(before.tokens)-1], blocks[i-1].sure, form[0], b.sure))
				}
				longer = append(longer, row{inRow(slices.Concat(before.tokens, form)...), and(need...)})
			}
		}
		rows = longer[:min(maxRows, len(longer))]
	}
	return rows
}

// adjoining matches units that contain two tokens as neighbours, in their spelling if both
// are sure. Else a token that is sure may be in its spelling elsewhere.
func adjoining(a vi.Token, sureA bool, b vi.Token, sureB bool) Expr {
	switch {
	case sureA && sureB:
		return &Spelled{a, b}
	case sureA:
		return and(exactly(a), pair(a.Folded, b.Folded))
	case sureB:
		return and(exactly(b), pair(a.Folded, b.Folded))
	}
	return pair(a.Folded, b.Folded)
}

// pairs matches units that contain the pairs of a form.
func (b *block) pairs(form []vi.Token) Expr {
	switch {
	case len(form) == 1:
		return nil
	case b.sure:
		return neighbouring(form)
	}
	return withPairs(form)
}

// joinSpan makes one group of blocks.
func (c *compiler) joinSpan(r *queryRun, blocks []block, s span) error {
	var any []Expr
	for _, one := range s.rows {
		docs, err := c.inRow(one.tokens, one.pairs)
		if err != nil {
			return err
		}
		any = append(any, docs)
	}
	first, last := blocks[0], blocks[len(blocks)-1]
	var nodes []search.Node
	for _, b := range blocks {
		c.asked.groups[b.group] = nil
		if b.phrase != noPhrase {
			nodes = append(nodes, c.asked.phrase[b.phrase])
		}
	}
	c.asked.groups[first.group] = r.orAlternatives(or(any...), first.from, last.to)
	if len(nodes) == len(blocks) { // a name has its own marks
		for _, b := range blocks {
			c.asked.phrase[b.phrase] = nil
		}
		c.asked.phrase[first.phrase] = search.Phrase{Text: joinTexts(nodes)}
	}
	return nil
}

// isCapital reports whether a word begins with a capital letter and goes on with small ones.
func isCapital(word string) bool {
	for i, r := range word {
		if unicode.IsUpper(r) != (i == 0) {
			return false
		}
	}
	return true
}
