package blevesearch

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// denseCells is the largest number of cells of a cube that is counted in an array.
const denseCells = 1 << 20

// Stats counts the matches of a query by one to three facets.
func (s *Searcher) Stats(ctx context.Context, q search.StatsQuery) (*search.Cube, error) {
	m, err := s.matched(ctx, &q.Query, s.planner.PlanCount)
	if err != nil {
		return nil, err
	}
	c := s.cells(&q)
	for i, l := range s.leaves {
		docs := m.docs[i]
		if q.Copies {
			docs = roaring.AndNot(docs, s.copied[i])
			c.addCopies(s, l, roaring.And(m.docs[i], s.copied[i]))
		}
		if err := c.add(ctx, l, docs); err != nil {
			return nil, err
		}
	}
	cube, err := c.cube(q.By)
	if err != nil {
		return nil, err
	}
	cube.Total, cube.Generation = m.docs.count(), s.cfg.Generation
	if q.Copies {
		groups := s.groups(m.docs)
		cube.Groups = &groups
	}
	return cube, nil
}

// axis is a facet of a cube.
type axis struct {
	*plan.Facet        // the values of the axis
	at          int    // of the facet in firsts
	base, end   int    // its values in firsts: [base, end)
	steps       []int  // value of the axis by value of firsts minus base; nil if they are the same
	keyed       string // field of a keyed facet, which firsts do not have; else empty
}

// size returns the number of values of the axis, plus one for unknown.
func (a *axis) size() int { return len(a.Slugs) + 1 }

// value returns the value of the axis for a value of firsts.
func (a *axis) value(v uint32) int {
	at := int(v) - a.base
	if a.steps != nil {
		return a.steps[at]
	}
	return at
}

// cells are the counts of a cube while documents are added. A cell's number has the
// values of the axes as digits, in the mixed base of their sizes.
type cells struct {
	axes   []axis
	firsts bool  // firsts contain all axes
	dense  []int // counts by cell number; nil if the cube has too many cells
	sparse map[int]int
	copies map[copyIn]bool // groups of near-duplicates already counted in a cell
}

// copyIn identifies a group of near-duplicates, by its first document, and a cell.
type copyIn struct {
	first unit
	cell  int
}

func (s *Searcher) cells(q *search.StatsQuery) *cells {
	c := &cells{firsts: true, sparse: map[int]int{}, copies: map[copyIn]bool{}}
	total := 1
	for _, name := range q.By {
		row := search.FacetOf(name)
		var a axis
		if k := s.keyed[row.Field]; row.Keyed {
			a = axis{Facet: &plan.Facet{Field: row.Field, Slugs: k.keys}, keyed: row.Field}
			c.firsts = false
		} else {
			f := s.facets[plan.FacetField(name, &q.Query)]
			a = axis{at: slices.Index(s.counted, f.Field), base: f.base, end: f.base + len(f.Slugs) + 1}
			a.Facet, a.steps = s.planner.Facets[f.Field].Folded(row)
		}
		c.axes = append(c.axes, a)
		total *= a.size()
	}
	if total <= denseCells {
		c.dense = make([]int, total)
	}
	return c
}

func (c *cells) count(cell int) {
	if c.dense != nil {
		c.dense[cell]++
	} else {
		c.sparse[cell]++
	}
}

// add counts documents of a leaf.
func (c *cells) add(ctx context.Context, l *leaf, docs *roaring.Bitmap) error {
	single, several := roaring.New(), docs // single: documents with one value in each axis
	if c.firsts {
		single, several = roaring.AndNot(docs, l.further.docs), roaring.And(docs, l.further.docs)
	}
	for some := range chunks(single) {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, doc := range some {
			cell := 0
			for i := range c.axes {
				a := &c.axes[i]
				cell = cell*a.size() + a.value(l.firsts[a.at][doc])
			}
			c.count(cell)
		}
	}
	for some := range chunks(several) {
		if len(c.sparse) > search.MaxCells {
			break
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, doc := range some {
			l.eachCell(c.axes, doc, 0, c.count)
		}
	}
	return nil
}

// addCopies counts documents of a leaf that have near-duplicates: each group once
// per cell.
func (c *cells) addCopies(s *Searcher, l *leaf, docs *roaring.Bitmap) {
	eachDoc(docs, func(doc uint32) {
		first := s.copies[unit{l, doc}][0]
		l.eachCell(c.axes, doc, 0, func(cell int) {
			if in := (copyIn{first, cell}); !c.copies[in] {
				c.copies[in] = true
				c.count(cell)
			}
		})
	})
}

// cube returns the counts as an answer.
func (c *cells) cube(by []string) (*search.Cube, error) {
	for cell, n := range c.dense {
		if n > 0 {
			c.sparse[cell] = n
		}
	}
	if len(c.sparse) > search.MaxCells {
		return nil, search.TooManyCells(by)
	}
	axes := make([]*plan.Facet, len(c.axes))
	for i := range c.axes {
		axes[i] = c.axes[i].Facet
	}
	return plan.Cube(by, axes, c.sparse), nil
}

// eachCell calls f with the number of every cell to which a document belongs: one
// for each combination of its values.
func (l *leaf) eachCell(axes []axis, doc uint32, cell int, f func(int)) {
	if len(axes) == 0 {
		f(cell)
		return
	}
	a := &axes[0]
	next := func(value int) { l.eachCell(axes[1:], doc, cell*a.size()+value, f) }
	if a.keyed != "" {
		values := l.keyed[a.keyed].of(doc)
		for _, v := range values {
			next(int(v))
		}
		if len(values) == 0 {
			next(a.size() - 1)
		}
		return
	}
	next(a.value(l.firsts[a.at][doc]))
	for _, v := range l.further.of(doc) {
		if a.base <= int(v) && int(v) < a.end {
			next(a.value(v))
		}
	}
}

// days returns the first and the last known day of docs.
func (s *Searcher) days(docs set) (first, last index.Maybe) {
	low, high := int32(noDay), int32(noDay)
	for i, l := range s.leaves {
		docs[i].Iterate(func(doc uint32) bool {
			if day := l.day[doc]; day != noDay {
				if low == noDay || day < low {
					low = day
				}
				high = max(high, day)
			}
			return true
		})
	}
	return dayText(low), dayText(high)
}
