package blevesearch

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// set is documents of the whole index: one bitmap a leaf, not to be changed.
type set []*roaring.Bitmap

func (s set) count() (n int) {
	for _, docs := range s {
		n += int(docs.GetCardinality())
	}
	return n
}

// syllables is about how many syllables the texts of the documents have.
func (s set) syllables(leaves []*leaf) (n int) {
	for i, l := range leaves {
		eachDoc(s[i], func(doc uint32) { n += l.syllables(doc) })
	}
	return n
}

// countWith is the count of s.and(other).
func (s set) countWith(other set) (n int) {
	for i := range s {
		n += int(s[i].AndCardinality(other[i]))
	}
	return n
}

// common returns the documents of all sets, of which there is at least one. It
// begins with the smallest: each step then looks at few.
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

func (s set) join(other set, f func(a, b *roaring.Bitmap) *roaring.Bitmap) set {
	out := make(set, len(s))
	for i := range s {
		out[i] = f(s[i], other[i])
	}
	return out
}

// Small leaves contain nothing of most sets: what is empty is not copied.

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

// atLeast returns the documents whose sets weigh at least least together.
func atLeast(least int, sets []set, weights []int, leaves []*leaf) set {
	out := make(set, len(leaves))
	one := make([]*roaring.Bitmap, len(sets))
	for i, l := range leaves {
		for j, s := range sets {
			one[j] = s[i]
		}
		out[i] = atLeastOf(least, one, weights, l.size)
	}
	return out
}

// atLeastOf weighs 64 documents at a time: plane p contains bit p of the weight
// of the sets that each document is in, so that adding a set is a ripple of
// carries from each bit of its weight.
func atLeastOf(least int, sets []*roaring.Bitmap, weights []int, size uint32) *roaring.Bitmap {
	words, sum := (int(size)+63)/64, 0
	for _, w := range weights {
		sum += w
	}
	planes := make([][]uint64, bits.Len(uint(max(sum, least))))
	for p := range planes {
		planes[p] = make([]uint64, words)
	}
	dense := make([]uint64, words)
	for i, s := range sets {
		clear(dense)
		s.WriteDenseTo(dense)
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
	// Compare with least from the highest plane down.
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
	return roaring.FromDense(dense, false)
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
