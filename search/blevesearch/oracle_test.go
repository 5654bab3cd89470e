package blevesearch

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// oracle answers queries from the texts themselves, by the formulas in their
// simplest form. The engine's results are compared with it.
type oracle struct {
	docs           []*oracleDoc
	read           map[string][]vi.Token // texts of queries
	content, title float64               // average lengths
	restore        func([]string) []string
	compounds      units.Compounds
	reads          int // documents read for the rows of a query
	// documents by term
	ofFolded, ofExact, ofBigram, ofTitle map[string]int
}

// oracleDoc is one unit.
type oracleDoc struct {
	*oracle
	unit                  index.Unit
	runs                  [][]vi.Token // title, heading, text: tokens that may be neighbours
	exact, folded, bigram map[string]int
	inTitle               map[string]bool
	length, titleLength   float64
	bare                  bool
}

func newOracle(articles []*index.Article, s *Searcher) *oracle {
	o := &oracle{restore: s.spelling.Restore, compounds: s.planner.Compounds, read: map[string][]vi.Token{}, ofFolded: map[string]int{}, ofExact: map[string]int{}, ofBigram: map[string]int{}, ofTitle: map[string]int{}}
	for _, a := range articles {
		for _, u := range a.Units() {
			d := &oracleDoc{oracle: o, unit: u, exact: map[string]int{}, folded: map[string]int{}, bigram: map[string]int{}, inTitle: map[string]bool{}}
			texts := []string{a.Title, u.Text()}
			if u.Lesson != nil {
				texts = append(texts, u.Lesson.Heading)
			}
			length, titleLength := 0, 0
			for i, text := range texts {
				run := vi.Tokens(text)
				d.runs = append(d.runs, run)
				for j, t := range run {
					d.exact[t.Exact]++
					d.folded[t.Folded]++
					if j > 0 && !t.Break {
						d.bigram[run[j-1].Folded+" "+t.Folded]++
					}
					if i == 0 {
						d.inTitle[t.Folded], d.inTitle[t.Exact] = true, true
					}
				}
				length += len(run)
				if i != 1 {
					titleLength += len(run)
				}
			}
			d.length = units.LengthOfClass(units.LengthClass(length))
			d.titleLength = units.LengthOfClass(units.LengthClass(titleLength))
			o.content += d.length
			o.title += d.titleLength
			ascii := len(strings.Join(strings.FieldsFunc(u.Text(), func(r rune) bool { return r < 'a' || r > 'z' }), ""))
			others := 0
			for _, r := range u.Text() {
				if r > 0x7f {
					others++
				}
			}
			d.bare = ascii+others >= 20 && float64(others) < 0.02*float64(ascii+others)
			o.docs = append(o.docs, d)
			for _, x := range []struct{ of, in map[string]int }{{o.ofExact, d.exact}, {o.ofFolded, d.folded}, {o.ofBigram, d.bigram}} {
				for term := range x.in {
					x.of[term]++
				}
			}
			for term := range d.inTitle {
				o.ofTitle[term]++
			}
		}
	}
	o.content /= float64(len(o.docs))
	o.title /= float64(len(o.docs))
	return o
}

// tokens is vi.Tokens, each text read once.
func (o *oracle) tokens(text string) []vi.Token {
	if _, ok := o.read[text]; !ok {
		o.read[text] = vi.Tokens(text)
	}
	return o.read[text]
}

func (d *oracleDoc) hasSyllable(t vi.Token) bool {
	if t.Exact == t.Folded {
		return d.folded[t.Folded] > 0
	}
	return d.exact[t.Exact] > 0 || d.bare && d.exact[t.Folded] > 0
}

// matches is the law of matching.
func (d *oracleDoc) matches(n search.Node) bool {
	switch n := n.(type) {
	case search.Word:
		return d.hasSyllable(d.tokens(n.Text)[0])
	case search.Phrase:
		return d.follows(d.tokens(n.Text))
	case search.Not:
		return !d.matches(n.Node)
	case search.And:
		return !slices.ContainsFunc(n.Nodes, func(n search.Node) bool { return !d.matches(n) })
	case search.Or: // its words match as they are counted
		return slices.ContainsFunc(n.Nodes, func(n search.Node) bool {
			if _, ok := n.(search.Word); ok {
				return d.has(d.together(n)[0])
			}
			return d.matches(n)
		})
	}
	panic("no such node here")
}

// follows reports whether the tokens follow each other in a text.
func (d *oracleDoc) follows(want []vi.Token) bool {
	for _, run := range d.runs {
		for at := 0; at+len(want) <= len(run); at++ {
			ok := true
			for i, w := range want {
				t := run[at+i]
				ok = ok && (i == 0 || !t.Break) && t.Folded == w.Folded &&
					(w.Exact == w.Folded || t.Exact == w.Exact || d.bare && t.Exact == w.Folded)
			}
			if ok {
				return true
			}
		}
	}
	return false
}

func (o *oracle) idf(count int) float64 {
	n := float64(len(o.docs))
	return math.Log(1 + (n-float64(count)+0.5)/(float64(count)+0.5))
}

// oracleLevel is a level with the share of the words' weight that it asks for: of the
// known words only where it is any.
type oracleLevel struct {
	name  string
	share float64
}

// oracleLevels are from strict to wide.
var oracleLevels = []oracleLevel{
	{search.MatchWords, 1}, {search.MatchAll, 1}, {search.MatchMost, most},
	{search.MatchAny, 0.8}, {search.MatchAny, 0.7}, {search.MatchAny, 0.6}, {search.MatchAny, 0.5},
	{search.MatchAny, 0.4}, {search.MatchAny, 0.3}, {search.MatchAny, some},
}

// match returns the documents under a filter that are counted, words let go where
// they leave less than a page of articles, whatever the filter; and those that
// are listed: whatever is counted, all that contain some of the words.
func (o *oracle) match(root search.Node, filter func(*oracleDoc) bool) (level oracleLevel, docs, listed []*oracleDoc) {
	all := func(*oracleDoc) bool { return true }
	most, best := -1, oracleLevels[0]
	for _, l := range oracleLevels {
		words, found := o.matchAt(root, l, all)
		articles := 0
		for _, d := range found {
			if d.unit.Lesson == nil {
				articles++
			}
		}
		if articles > most {
			best, most = l, articles
		}
		if words < 2 || articles >= 10 {
			break
		}
	}
	_, docs = o.matchAt(root, best, filter)
	return best, docs, o.listed(root, best.name, docs, filter)
}

// matchAt returns the documents that a level counts, and how many words there are.
func (o *oracle) matchAt(root search.Node, level oracleLevel, filter func(*oracleDoc) bool) (n int, docs []*oracleDoc) {
	typed, required := wordsOf(root)
	together := o.together(root)
	var words []oracleSyllable
	for _, g := range together {
		words = append(words, slices.Concat(g.compounds...)...)
	}
	weights, sum := o.weights(typed), 0
	for _, w := range weights {
		if level.name != search.MatchAny || w.known {
			sum += w.weight
		}
	}
	for _, d := range o.docs {
		weight := 0
		for i, w := range words {
			if d.hasCounted(w) {
				weight += weights[i].weight
			}
		}
		if level.name == search.MatchWords && slices.ContainsFunc(together, func(g oracleGroup) bool { return !d.has(g) }) {
			continue
		}
		if least := int(math.Ceil(level.share * float64(sum))); weight >= max(least, min(1, len(words))) && d.matches(search.And{Nodes: required}) && filter(d) {
			docs = append(docs, d)
		}
	}
	return len(words), docs
}

// listed are the documents that are listed, with the counted ones among them.
func (o *oracle) listed(root search.Node, level string, counted []*oracleDoc, filter func(*oracleDoc) bool) (docs []*oracleDoc) {
	words, required := wordsOf(root)
	weights := o.weights(words)
	told, known := 0, 0
	for _, w := range weights {
		if w.known {
			told, known = told+w.weight, known+1
		}
	}
	for _, d := range o.docs {
		weight, all := 0, true
		for i, w := range words {
			if d.matches(w) {
				weight += weights[i].weight
			} else {
				all = false
			}
		}
		isListed := all
		switch {
		case level == search.MatchAny:
			isListed = weight > 0
		case known > 1:
			isListed = weight >= int(math.Ceil(some*float64(told)))
		}
		if isListed && d.matches(search.And{Nodes: required}) && filter(d) || slices.Contains(counted, d) {
			docs = append(docs, d)
		}
	}
	return docs
}

// wordsOf parts the words of a query from what must match beside them.
func wordsOf(root search.Node) (words, required []search.Node) {
	for _, n := range search.TopLevel(root) {
		if _, ok := n.(search.Word); ok {
			words = append(words, n)
		} else {
			required = append(required, n)
		}
	}
	return words, required
}

// oracleWeight is the weight of a word, known where some document contains it.
type oracleWeight struct {
	weight int
	known  bool
}

func (o *oracle) weights(words []search.Node) []oracleWeight {
	out := make([]oracleWeight, len(words))
	for i, w := range words {
		count := 0
		for _, d := range o.docs {
			if d.matches(w) {
				count++
			}
		}
		out[i] = oracleWeight{1 + int(4*o.idf(count)), count > 0}
	}
	return out
}

// oracleSyllable is one syllable of a compound; isBare reports that its certain
// spelling has no marks.
type oracleSyllable struct {
	vi.Token
	isBare bool
}

// together are the groups of the words of a query.
func (o *oracle) together(root search.Node) (out []oracleGroup) {
	o.reads = 0
	var run []vi.Token
	flush := func() {
		var compounds [][]oracleSyllable
		at := 0
		cut := o.compounds.Cut(run)
		o.settle(run, cut)
		for _, word := range cut {
			var compound []oracleSyllable
			for i, t := range run[at : at+len(word.Spelled)] {
				x := oracleSyllable{t, word.Sure && t.Exact == t.Folded && word.Spelled[i] == t.Folded}
				if word.Sure && t.Exact == t.Folded {
					x.Exact = word.Spelled[i]
				}
				compound = append(compound, x)
			}
			at += len(compound)
			compounds = append(compounds, compound)
		}
		out, run = append(out, o.rows(compounds)...), nil
	}
	for _, n := range search.TopLevel(root) {
		if w, ok := n.(search.Word); ok {
			run = append(run, o.tokens(w.Text)...)
		} else {
			flush()
		}
	}
	flush()
	return out
}

// hasCounted reports whether the document has a syllable as it is counted.
func (d *oracleDoc) hasCounted(t oracleSyllable) bool {
	return d.hasSyllable(t.Token) && (!t.isBare || d.exact[t.Exact] > 0)
}

// contains reports whether the document has the syllables, and each two of them side
// by side: of a compound whose spelling is sure in this spelling.
func (d *oracleDoc) contains(tokens []oracleSyllable) bool {
	sure := true
	for _, t := range tokens {
		sure = sure && (t.isBare || plan.Marked(t.Token))
	}
	for i, t := range tokens {
		switch {
		case !d.hasCounted(t) || i > 0 && d.bigram[tokens[i-1].Folded+" "+t.Folded] == 0:
			return false
		case sure && i > 0 && !d.spells(tokens[i-1].Token, t.Token):
			return false
		}
	}
	return true
}

// spells reports whether the document has two syllables as neighbours in this
// spelling, or without marks if it is bare.
func (d *oracleDoc) spells(a, b vi.Token) bool {
	same := func(t, want vi.Token) bool { return t.Exact == want.Exact || d.bare && t.Exact == want.Folded }
	for _, run := range d.runs {
		for i := 1; i < len(run); i++ {
			if !run[i].Break && same(run[i-1], a) && same(run[i], b) {
				return true
			}
		}
	}
	return false
}

// terms collects the scoring terms of a query, each once.
type oracleTerms struct {
	folded, exact, title, titleExact, bigram map[string]bool
}

func (o *oracle) terms(root search.Node) oracleTerms {
	all := oracleTerms{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	add := func(tokens []vi.Token) {
		for i, t := range tokens {
			all.folded[t.Folded], all.exact[t.Exact], all.title[t.Folded] = true, true, true
			if t.Exact != t.Folded {
				all.titleExact[t.Exact] = true
			}
			if i > 0 {
				all.bigram[tokens[i-1].Folded+" "+t.Folded] = true
			}
		}
	}
	var words []string
	flush := func() {
		tokens := vi.Tokens(strings.Join(words, " "))
		words = nil
		if !plan.Marks(root) {
			var folded []string
			for _, t := range tokens {
				folded = append(folded, t.Folded)
			}
			for i, exact := range o.restore(folded) {
				tokens[i].Exact = exact
			}
		}
		add(tokens)
	}
	var score func(n search.Node)
	score = func(n search.Node) {
		switch n := n.(type) {
		case search.Word:
			add(vi.Tokens(n.Text))
		case search.Phrase:
			add(vi.Tokens(n.Text))
		case search.Or:
			for _, side := range n.Nodes {
				score(side)
			}
		}
	}
	for _, n := range search.TopLevel(root) {
		if w, ok := n.(search.Word); ok {
			words = append(words, w.Text)
			continue
		}
		flush()
		score(n)
	}
	flush()
	return all
}

// score is the sum of BM25 over the terms.
func (o *oracle) score(d *oracleDoc, q oracleTerms) (sum float64) {
	bm25 := func(weight float64, count, freq int, length, average, delta float64) {
		if freq > 0 {
			tf := units.FreqOfClass[units.FreqClass(freq)]
			sum += weight * o.idf(count) * (delta + tf*(units.K1+1)/(tf+units.K1*(1-units.B+units.B*length/average)))
		}
	}
	for _, x := range []struct {
		terms  map[string]bool
		weight float64
		counts map[string]int
		in     map[string]int
	}{
		{q.folded, plan.Ranking.Folded, o.ofFolded, d.folded}, {q.exact, plan.Ranking.Exact, o.ofExact, d.exact}, {q.bigram, plan.Ranking.Bigram, o.ofBigram, d.bigram},
	} {
		for term := range x.terms {
			if float64(x.counts[term]) <= plan.Ranking.Common*float64(len(o.docs)) {
				bm25(x.weight, x.counts[term], x.in[term], d.length, o.content, units.Delta)
			}
		}
	}
	for term := range q.title {
		if d.inTitle[term] {
			bm25(plan.Ranking.Title, o.ofTitle[term], 1, d.titleLength, o.title, 0)
		}
	}
	for term := range q.titleExact {
		if d.inTitle[term] {
			bm25(plan.Ranking.ExactTitle, o.ofTitle[term], 1, d.titleLength, o.title, 0)
		}
	}
	return sum
}

// ranked orders documents as an answer lists them.
func (o *oracle) ranked(docs []*oracleDoc, score func(*oracleDoc) float64) []*oracleDoc {
	scores := map[*oracleDoc]float64{}
	for _, d := range docs {
		scores[d] = score(d)
	}
	return slices.SortedFunc(slices.Values(docs), func(a, b *oracleDoc) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(b.unit.Article.Date, a.unit.Article.Date), cmp.Compare(a.unit.ID(), b.unit.ID()))
	})
}

// Shares of the sum of the words' weights: most of them, and some.
const (
	most = 0.9
	some = 0.2
)
