package blevesearch

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// denseCells is the largest cube that is counted in an array, in cells.
const denseCells = 1 << 20

// Stats counts what a query matches by one to three facets.
func (s *Searcher) Stats(ctx context.Context, q search.StatsQuery) (*search.Cube, error) {
	m, err := s.matched(ctx, &q.Query)
	if err != nil {
		return nil, err
	}
	axes := make([]*facet, len(q.By))
	cells := 1
	for i, name := range q.By {
		axes[i] = s.facets[plan.FacetField(name, &q.Query)]
		cells *= len(axes[i].slugs) + 1
	}
	var dense []int
	sparse := map[int]int{}
	if cells <= denseCells {
		dense = make([]int, cells)
	}
	count := func(cell int) {
		if dense != nil {
			dense[cell]++
		} else {
			sparse[cell]++
		}
	}
	at := make([]axis, len(axes))
	for i, f := range axes {
		at[i] = axis{slices.Index(s.counted, f.field), f.base, len(f.slugs) + 1}
	}
	for i, l := range s.leaves {
		buffer := make([]uint32, 4096)
		for it := roaring.AndNot(m.docs[i], l.further.docs).ManyIterator(); ; {
			n := it.NextMany(buffer)
			if n == 0 {
				break
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			for _, doc := range buffer[:n] {
				cell, values := 0, l.rows.of(doc)
				for _, a := range at {
					cell = cell*a.size + int(values[a.row]) - a.base
				}
				count(cell)
			}
		}
		for it := roaring.And(m.docs[i], l.further.docs).Iterator(); it.HasNext(); {
			l.eachCell(at, it.Next(), 0, count)
		}
	}
	for cell, n := range dense {
		if n > 0 {
			sparse[cell] = n
		}
	}
	named := make([]*plan.Facet, len(axes))
	for i, a := range axes {
		named[i] = s.planner.Facets[a.field]
	}
	cube := plan.Cube(q.By, named, sparse)
	cube.Total, cube.Generation = m.docs.count(), s.cfg.Generation
	return cube, nil
}

// axis is a facet of a cube: where rows contain it, its first value and how many
// it has.
type axis struct{ row, base, size int }

// eachCell calls f with the number of every cell that a document belongs to:
// one for each combination of its values.
func (l *leaf) eachCell(axes []axis, doc uint32, cell int, f func(int)) {
	if len(axes) == 0 {
		f(cell)
		return
	}
	a := axes[0]
	next := func(value uint32) { l.eachCell(axes[1:], doc, cell*a.size+int(value)-a.base, f) }
	next(l.rows.of(doc)[a.row])
	for _, v := range l.further.of(doc) {
		if a.base <= int(v) && int(v) < a.base+a.size {
			next(v)
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
