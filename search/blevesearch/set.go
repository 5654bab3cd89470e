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

// sums are, by leaf, sums of weights of all documents in bits: 64 documents have planes
// words, word p with bit p of each sum.
type sums struct {
	planes int
	leaves [][]uint64
}

// sumsOf adds up, for each document, the weights of the sets that contain it.
func sumsOf(sets []set, weights []int, leaves []*leaf) sums {
	most := 0
	for _, w := range weights {
		most += w
	}
	out := sums{bits.Len(uint(most)), make([][]uint64, len(leaves))}
	for leaf, l := range leaves {
		dense := make([]uint64, (int(l.size)+63)/64)
		all := make([]uint64, len(dense)*out.planes)
		for i, s := range sets {
			clear(dense)
			s[leaf].WriteDenseTo(dense)
			for w, docs := range dense {
				if docs != 0 {
					addWeight(all[w*out.planes:][:out.planes], docs, uint(weights[i]))
				}
			}
		}
		out.leaves[leaf] = all
	}
	return out
}

// addWeight adds a weight to the sums of docs, of 64 documents: bit by bit, with the
// carry of each.
func addWeight(sums []uint64, docs uint64, weight uint) {
	carry := uint64(0)
	for p, sum := range sums {
		add := docs & -uint64(weight&1)
		sums[p] = sum ^ add ^ carry
		carry = sum&add | carry&(sum^add)
		if weight >>= 1; weight == 0 && carry == 0 {
			return
		}
	}
}

// atLeast returns the documents with a sum of least or more, which is no more than the
// sum of all weights. It compares from the highest bit down.
func (s sums) atLeast(least int) set {
	out := make(set, len(s.leaves))
	for leaf, all := range s.leaves {
		if len(all) == 0 {
			out[leaf] = empty
			continue
		}
		dense := make([]uint64, len(all)/s.planes)
		for w := range dense {
			above, equal := uint64(0), ^uint64(0)
			sums := all[w*s.planes:][:s.planes]
			for p := len(sums) - 1; p >= 0; p-- {
				if least>>p&1 == 1 {
					equal &= sums[p]
				} else {
					above |= equal & sums[p]
					equal &^= sums[p]
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
