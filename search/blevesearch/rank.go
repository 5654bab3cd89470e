package blevesearch

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// found is one ranked document.
type found struct {
	leaf  *leaf
	doc   uint32
	score float32
	near  float32 // the part of score that was added for nearness
}

// place is the position that breaks ties: the more recent first, then by ID.
func (f found) place() uint32 { return f.leaf.place[f.doc] }

// order compares two documents in the order of an answer.
type order func(a, b found) int

func byScore(a, b found) int {
	return cmp.Or(cmp.Compare(b.score, a.score), byNewest(a, b))
}

func byNewest(a, b found) int { return cmp.Compare(a.place(), b.place()) }

// byOldest lists unknown and doubtful days last, and documents of one day by ID.
func byOldest(a, b found) int {
	x, y := a.leaf.listed[a.doc], b.leaf.listed[b.doc]
	switch {
	case x == y:
		return byNewest(a, b)
	case x == noDay:
		return 1
	case y == noDay:
		return -1
	}
	return cmp.Compare(x, y)
}

// byAdded lists documents by the night in which they entered the index, the last
// one first, those of one night by day.
func byAdded(a, b found) int {
	return cmp.Or(cmp.Compare(a.leaf.night[a.doc], b.leaf.night[b.doc]), byNewest(a, b))
}

// orderOf returns the order of a query's parameter sort.
func orderOf(sort string) order {
	switch sort {
	case search.SortNewest:
		return byNewest
	case search.SortOldest:
		return byOldest
	case search.SortAdded:
		return byAdded
	}
	return byScore
}

// top keeps the first size documents of an order. The last of them is at the root
// of its heap.
type top struct {
	size  int
	order order
	after *found // only documents after this one in the order; nil for all
	heap  []found
}

func (t *top) add(f found) {
	if t.after != nil && t.order(f, *t.after) <= 0 {
		return
	}
	if len(t.heap) < t.size {
		t.heap = append(t.heap, f)
		for i := len(t.heap) - 1; i > 0; {
			up := (i - 1) / 2
			if t.order(t.heap[i], t.heap[up]) <= 0 {
				break
			}
			t.heap[i], t.heap[up] = t.heap[up], t.heap[i]
			i = up
		}
		return
	}
	if t.size == 0 || t.order(f, t.heap[0]) >= 0 {
		return
	}
	t.heap[0] = f
	for i := 0; ; {
		worst := i
		for _, down := range [...]int{2*i + 1, 2*i + 2} {
			if down < len(t.heap) && t.order(t.heap[down], t.heap[worst]) > 0 {
				worst = down
			}
		}
		if worst == i {
			return
		}
		t.heap[i], t.heap[worst] = t.heap[worst], t.heap[i]
		i = worst
	}
}

// worst returns the score that a document must reach to be kept, 0 as long as there is
// room.
func (t *top) worst() float32 {
	if len(t.heap) < t.size || t.size == 0 {
		return 0
	}
	return t.heap[0].score
}

func (t *top) sorted() []found {
	slices.SortFunc(t.heap, t.order)
	return t.heap
}

// saturation[class+1][length] is [plan.Saturation] of a term in a frequency class,
// without idf. [0] is for documents without the term, and is 0.
type saturation [classCodes][256]float32

func newSaturation(average, delta float64) *saturation {
	var s saturation
	for class, tf := range units.FreqOfClass {
		for length := range s[class+1] {
			s[class+1][length] = float32(plan.Saturation(tf, units.LengthOfClass(uint8(length)), average, delta))
		}
	}
	return &s
}

// rank adds the best of docs to t. It applies one clause after another, in the order
// that inOrder gave them. As soon as the remaining clauses cannot raise a document
// without a score above the worst one kept, it looks only at documents that can
// still reach that. The result equals that of scoring every document.
//
// Measured on 150,000 documents (22 November 2026): intersecting the postings of
// every class with the remaining documents took a third of a short query, with an
// allocation each. So postings are read as they are, with a bit per document that
// may be scored. For frequent terms no postings are read: the class of each
// remaining document is looked up in the term's column.
func (s *Searcher) rank(ctx context.Context, l *leaf, docs *roaring.Bitmap, clauses []clause, t *top, prune bool) error {
	if docs.IsEmpty() || t.size == 0 {
		return nil
	}
	m := borrowScratch(l.size)
	defer m.giveBack()
	m.begin(docs, l)
	prune = prune && t.after == nil
	pruned, read := false, 0 // postings since candidates were looked for
	for i := range clauses {
		c := &clauses[i]
		if err := ctx.Err(); err != nil {
			return err
		}
		postings := int(c.terms[l.ord].count())
		// Looking for candidates reads the scores of all listed documents: about as much
		// work as reading so many postings. It finds none as long as no document can have
		// a score above what the remaining clauses can add.
		if read += postings; prune && read > len(m.listed) && c.left < max(clauses[0].left-c.left, t.worst()) {
			if threshold := max(t.worst(), m.threshold(t.size, c.left)); threshold > c.left {
				m.keep(threshold - c.left)
				pruned = true
			}
			read = postings
		}
		s.score(m, l, c, postings)
	}
	s.collect(docs, l, m, t, pruned)
	return nil
}

// lookUp is how many postings can be read in the time of looking up one document in
// a bitmap.
const lookUp = 16

// score adds a clause to the scores, in the fastest way. postings is how many documents
// of the leaf contain the clause.
func (s *Searcher) score(m *scratch, l *leaf, c *clause, postings int) {
	weight, lengths, p := float32(c.weight), l.lengths(c), &c.terms[l.ord]
	if m.complete && len(m.listed) < postings {
		if c.whole != nil {
			if column := s.column(c.whole, l); column != nil {
				m.addColumn(column, weight, s.table(c), lengths)
				return
			}
		}
		if len(m.listed)*lookUp*len(p) < postings {
			for _, doc := range m.listed {
				if class := p.classOf(doc); class >= 0 {
					m.scores[doc] += float32(weight * s.row(c, class)[lengths[doc]])
				}
			}
			return
		}
	}
	for class, docs := range p {
		if docs != nil && !docs.IsEmpty() {
			m.add(docs, weight, s.row(c, class), lengths)
		}
	}
}

// table returns the scores of a clause by frequency class + 1, without its weight.
func (s *Searcher) table(c *clause) *saturation {
	if c.title {
		return s.title
	}
	return s.content
}

// row returns what a clause adds in a frequency class, by length class, without its
// weight.
func (s *Searcher) row(c *clause, class int) *[256]float32 {
	if c.fixed {
		return &ones
	}
	return &s.table(c)[class+1]
}

// lengths returns the length classes that a clause uses: of titles or of contents.
func (l *leaf) lengths(c *clause) []uint8 {
	if c.title {
		return l.titleLength
	}
	return l.length
}

// ones is the row of clauses that add their weight as it is.
var ones = func() (row [256]float32) {
	for i := range row {
		row[i] = 1
	}
	return row
}()

// classOf returns the class of a document, -1 if it is in none.
func (p *postings) classOf(doc uint32) int {
	for class, docs := range p {
		if docs != nil && docs.Contains(doc) {
			return class
		}
	}
	return -1
}

// beginCost is the cost of beginning to read a clause, in postings.
const beginCost = 64

// inOrder sorts clauses by the most that they can add for each posting to read: terms of
// titles come before frequent words of texts. That order is the same in every leaf and
// for every way of ranking, so that sums are equal to the bit. It also sets left: what a
// clause and those after it can add together.
func (s *Searcher) inOrder(clauses []clause) {
	for i := range clauses {
		c := &clauses[i]
		c.bound, c.cost = s.bound(c), beginCost
		for _, p := range c.terms {
			c.cost += float32(p.count())
		}
	}
	slices.SortStableFunc(clauses, func(a, b clause) int { return cmp.Compare(b.bound/b.cost, a.bound/a.cost) })
	var left float32
	for i, c := range slices.Backward(clauses) {
		left += c.bound
		clauses[i].left = left * boundSlack
	}
}

// boundSlack allows for rounding, because sums of bounds have another order than sums
// of scores.
const boundSlack = 1 + 1e-4

// bound returns the most that a clause can add: in its highest class, for the
// shortest document.
func (s *Searcher) bound(c *clause) float32 {
	for class := units.FreqClasses - 1; class >= 0; class-- {
		for _, p := range c.terms {
			if p[class] != nil && !p[class].IsEmpty() {
				return float32(c.weight) * s.row(c, class)[0]
			}
		}
	}
	return 0
}

// collect adds the scored documents to t, and, if they are too few, the matching
// documents without a score.
func (s *Searcher) collect(docs *roaring.Bitmap, l *leaf, m *scratch, t *top, pruned bool) {
	for _, doc := range m.listed {
		if score := m.scores[doc]; len(t.heap) < t.size || score >= t.heap[0].score {
			t.add(found{leaf: l, doc: doc, score: score})
		}
	}
	if pruned || m.complete || t.after == nil && len(m.listed) >= t.size {
		return
	}
	for it := docs.Iterator(); it.HasNext(); {
		if doc := it.Next(); m.scores[doc] == 0 {
			t.add(found{leaf: l, doc: doc})
		}
	}
}
