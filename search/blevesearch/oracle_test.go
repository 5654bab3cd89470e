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
// plainest form: what the engine does with bitmaps is held against it.
type oracle struct {
	docs           []*oracleDoc
	read           map[string][]vi.Token // texts of queries
	content, title float64               // average lengths
	restore        func([]string) []string
	compounds      units.Compounds
	// documents by term
	ofFolded, ofExact, ofBigram, ofTitle map[string]int
}

// oracleDoc is one unit.
type oracleDoc struct {
	*oracle
	unit                  index.Unit
	runs                  [][]vi.Token // title, heading, text: what stands side by side
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
		want := d.tokens(n.Text)
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
	case search.Not:
		return !d.matches(n.Node)
	case search.And:
		return !slices.ContainsFunc(n.Nodes, func(n search.Node) bool { return !d.matches(n) })
	case search.Or:
		return slices.ContainsFunc(n.Nodes, d.matches)
	}
	panic("no such node here")
}

func (o *oracle) idf(count int) float64 {
	n := float64(len(o.docs))
	return math.Log(1 + (n-float64(count)+0.5)/(float64(count)+0.5))
}

// match returns the documents under a filter that are counted, words let go where
// they leave less than a page of articles, whatever the filter; and those that
// are listed: whatever is counted, all that contain some of the words.
func (o *oracle) match(root search.Node, filter func(*oracleDoc) bool) (level string, docs, listed []*oracleDoc) {
	most := -1
	for _, l := range []string{search.MatchWords, search.MatchAll, search.MatchMost, search.MatchAny} {
		words, found := o.matchAt(root, l, func(*oracleDoc) bool { return true })
		articles := 0
		for _, d := range found {
			if d.unit.Lesson == nil {
				articles++
			}
		}
		if articles > most {
			level, most = l, articles
		}
		if words < 2 && l != search.MatchWords || articles >= 10 {
			break
		}
	}
	_, docs = o.matchAt(root, level, filter)
	if _, listed = o.matchAt(root, listedLevel, filter); level == search.MatchAny {
		listed = docs
	}
	return level, docs, listed
}

// matchAt returns the documents that hold all, most or any of the words, and
// how many words there are.
func (o *oracle) matchAt(root search.Node, level string, filter func(*oracleDoc) bool) (n int, docs []*oracleDoc) {
	var words, required []search.Node
	for _, n := range plan.TopLevel(root) {
		if _, ok := n.(search.Word); ok {
			words = append(words, n)
		} else {
			required = append(required, n)
		}
	}
	weights, sum, told := make([]int, len(words)), 0, 0
	for i, w := range words {
		count := 0
		for _, d := range o.docs {
			if d.matches(w) {
				count++
			}
		}
		weights[i] = 1 + int(4*o.idf(count))
		sum += weights[i]
		if count > 0 {
			told += weights[i]
		}
	}
	together := o.together(root)
	least := map[string]int{search.MatchWords: sum, search.MatchAll: sum, search.MatchMost: int(math.Ceil(most * float64(sum))), search.MatchAny: min(1, sum), listedLevel: int(math.Ceil(some * float64(told)))}[level]
	if len(words) < 2 || told == 0 {
		least = sum
	}
	for _, d := range o.docs {
		weight := 0
		for i, w := range words {
			if d.matches(w) {
				weight += weights[i]
			}
		}
		if level == search.MatchWords && slices.ContainsFunc(together, func(of []oracleSyllable) bool { return !d.contains(of) }) {
			continue
		}
		if weight >= least && d.matches(search.And{Nodes: required}) && filter(d) {
			docs = append(docs, d)
		}
	}
	return len(words), docs
}

// oracleSyllable is one of a compound; isBare says that it is surely written
// without marks.
type oracleSyllable struct {
	vi.Token
	isBare bool
}

// together are the compounds of the words of a query.
func (o *oracle) together(root search.Node) (out [][]oracleSyllable) {
	var run []vi.Token
	flush := func() {
		at := 0
		for _, word := range o.compounds.Cut(run) {
			var compound []oracleSyllable
			for i, t := range run[at : at+len(word.Spelled)] {
				x := oracleSyllable{t, word.Sure && t.Exact == t.Folded && word.Spelled[i] == t.Folded}
				if word.Sure && t.Exact == t.Folded {
					x.Exact = word.Spelled[i]
				}
				compound = append(compound, x)
			}
			at += len(compound)
			out = append(out, compound)
		}
		run = nil
	}
	for _, n := range plan.TopLevel(root) {
		if w, ok := n.(search.Word); ok {
			run = append(run, o.tokens(w.Text)...)
		} else {
			flush()
		}
	}
	flush()
	return out
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
		case !d.hasSyllable(t.Token) || t.isBare && d.exact[t.Exact] == 0 || i > 0 && d.bigram[tokens[i-1].Folded+" "+t.Folded] == 0:
			return false
		case sure && i > 0 && !d.spells(tokens[i-1].Token, t.Token):
			return false
		}
	}
	return true
}

// spells reports whether the document has two syllables side by side spelled so, or
// without marks where it is bare.
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

// terms collects what a query scores, each once.
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
	for _, n := range plan.TopLevel(root) {
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

// Shares of what the words of a query tell: most of them, and some.
const (
	most = 0.9
	some = 0.2
)

// listedLevel is the level of what is listed.
const listedLevel = "listed"
