package blevesearch

import (
	"cmp"
	"math/bits"
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
		switch len(filled) {
		case 0:
			out[i] = empty
		case 1:
			out[i] = filled[0]
		case 2:
			out[i] = roaring.Or(filled[0], filled[1])
		default:
			out[i] = roaring.FastOr(filled...)
		}
	}
	return out
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

// sums are, by leaf, sums of weights of all documents as planes of bits: plane p has
// bit p of each sum, 64 documents a word.
type sums [][][]uint64

// sumsOf adds up, for each document, the weights of the sets that contain it. A set is
// added to 64 documents at a time by carrying from each bit of its weight.
func sumsOf(sets []set, weights []int, leaves []*leaf) sums {
	most := 0
	for _, w := range weights {
		most += w
	}
	out := make(sums, len(leaves))
	for leaf, l := range leaves {
		words := (int(l.size) + 63) / 64
		planes := make([][]uint64, bits.Len(uint(most)))
		for p := range planes {
			planes[p] = make([]uint64, words)
		}
		dense := make([]uint64, words)
		for i, s := range sets {
			clear(dense)
			s[leaf].WriteDenseTo(dense)
			for bit := range bits.Len(uint(weights[i])) {
				if weights[i]>>bit&1 == 0 {
					continue
				}
				for w, carry := range dense {
					for p := bit; carry != 0; p++ {
						planes[p][w], carry = planes[p][w]^carry, planes[p][w]&carry
					}
				}
			}
		}
		out[leaf] = planes
	}
	return out
}

// atLeast returns the documents with a sum of least or more, which is no more than the
// sum of all weights. It compares from the highest plane down.
func (s sums) atLeast(least int) set {
	out := make(set, len(s))
	for leaf, planes := range s {
		if len(planes) == 0 {
			out[leaf] = empty
			continue
		}
		dense := make([]uint64, len(planes[0]))
		for w := range dense {
			above, equal := uint64(0), ^uint64(0)
			for p := len(planes) - 1; p >= 0; p-- {
				if least>>p&1 == 1 {
					equal &= planes[p][w]
				} else {
					above |= equal & planes[p][w]
					equal &^= planes[p][w]
				}
			}
			dense[w] = above | equal
		}
		out[leaf] = roaring.FromDense(dense, false)
	}
	return out
}

func (s set) fill(docs *roaring.Bitmap) set {
	for i := range s {
		s[i] = docs
	}
	return s
}

func live(leaves []*leaf) set {
	out := make(set, len(leaves))
	for i, l := range leaves {
		out[i] = l.live
	}
	return out
}
