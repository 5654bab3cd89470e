package blevesearch

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// set is documents of the index: one bitmap per leaf, which must not be changed.
type set []*roaring.Bitmap

func (s set) count() (n int) {
	for _, docs := range s {
		n += int(docs.GetCardinality())
	}
	return n
}

// syllables returns about how many syllables the documents have together.
func (s set) syllables(leaves []*leaf) (n int) {
	for i, l := range leaves {
		eachDoc(s[i], func(doc uint32) { n += l.syllables(doc) })
	}
	return n
}

// countWith returns the count of s.and(other).
func (s set) countWith(other set) (n int) {
	for i := range s {
		n += int(s[i].AndCardinality(other[i]))
	}
	return n
}

// common returns the documents that are in all sets, of which there must be at
// least one. It begins with the smallest, so that each step looks at few documents.
func common(sets []set) set {
	if len(sets) > 2 {
		type sized struct {
			set
			n int
		}
		order := make([]sized, len(sets))
		for i, s := range sets {
			order[i] = sized{s, s.count()}
		}
		slices.SortStableFunc(order, func(a, b sized) int { return cmp.Compare(a.n, b.n) })
		sets = make([]set, len(order))
		for i, s := range order {
			sets[i] = s.set
		}
	}
	out := sets[0]
	for _, s := range sets[1:] {
		out = out.and(s)
	}
	return out
}

// union returns the documents of any of the sets.
func union(sets []set, leaves []*leaf) set {
	out := make(set, len(leaves))
	filled := make([]*roaring.Bitmap, 0, len(sets))
	for i := range leaves {
		filled = filled[:0]
		for _, s := range sets {
			if !s[i].IsEmpty() {
				filled = append(filled, s[i])
			}
		}
		out[i] = joined(filled)
	}
	return out
}

// joined returns the documents of any of the bitmaps.
func joined(docs []*roaring.Bitmap) *roaring.Bitmap {
	switch len(docs) {
	case 0:
		return empty
	case 1:
		return docs[0]
	case 2:
		return roaring.Or(docs[0], docs[1])
	}
	return roaring.FastOr(docs...)
}

func (s set) join(other set, f func(a, b *roaring.Bitmap) *roaring.Bitmap) set {
	out := make(set, len(s))
	for i := range s {
		out[i] = f(s[i], other[i])
	}
	return out
}

// Most sets have no document in a small leaf; empty bitmaps are not copied.

func (s set) and(other set) set {
	return s.join(other, func(a, b *roaring.Bitmap) *roaring.Bitmap {
		if a.IsEmpty() || b.IsEmpty() {
			return empty
		}
		return roaring.And(a, b)
	})
}

func (s set) or(other set) set {
	return s.join(other, func(a, b *roaring.Bitmap) *roaring.Bitmap {
		switch {
		case a.IsEmpty():
			return b
		case b.IsEmpty():
			return a
		}
		return roaring.Or(a, b)
	})
}

func (s set) andNot(other set) set {
	return s.join(other, func(a, b *roaring.Bitmap) *roaring.Bitmap {
		switch {
		case a.IsEmpty():
			return empty
		case b.IsEmpty():
			return a
		}
		return roaring.AndNot(a, b)
	})
}

func live(leaves []*leaf) set {
	out := make(set, len(leaves))
	for i, l := range leaves {
		out[i] = l.live
	}
	return out
}
