package blevesearch

import (
	"math/bits"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// sums are, by leaf, sums of weights of all documents in bits: plane p of a leaf has bit
// p of each sum.
type sums struct{ leaves [][]plane }

// plane has a bit for each document of a leaf.
type plane []uint64

// planes lends memory for planes of one leaf at a time.
type planes struct {
	words  int // of a plane
	lent   int // planes of memory
	memory []plane
}

var planePool = sync.Pool{New: func() any { return new(planes) }}

// begin takes all planes back and prepares for a leaf of size documents.
func (p *planes) begin(size uint32) {
	p.words, p.lent = (int(size)+63)/64, 0
}

// borrow returns a plane that may contain any bits, valid until begin.
func (p *planes) borrow() plane {
	if p.lent == len(p.memory) {
		p.memory = append(p.memory, nil)
	}
	one := &p.memory[p.lent]
	if cap(*one) < p.words {
		*one = make(plane, p.words)
	}
	p.lent++
	return (*one)[:p.words]
}

// sumsOf adds up, for each document, the weights of the sets that contain it.
func sumsOf(sets []set, weights []int, leaves []*leaf) sums {
	most := 0
	for _, w := range weights {
		most += w
	}
	scratch := planePool.Get().(*planes)
	defer planePool.Put(scratch)
	out := sums{make([][]plane, len(leaves))}
	for i, l := range leaves {
		scratch.begin(l.size)
		of := make([]plane, len(sets))
		for j, s := range sets {
			of[j] = scratch.borrow()
			clear(of[j])
			s[i].WriteDenseTo(of[j])
		}
		out.leaves[i] = addUp(of, weights, bits.Len(uint(most)), scratch)
	}
	return out
}

// addUp returns the sums, of so many bits, of a leaf. For each of their planes it adds the
// sets whose weight has that bit and the carries of the plane before, two at a time: they
// and the sum so far make a sum and one carry.
func addUp(of []plane, weights []int, size int, scratch *planes) []plane {
	words := scratch.words
	memory := make(plane, words*size)
	out := make([]plane, size)
	var terms []plane
	for p := range out {
		out[p], memory = memory[:words:words], memory[words:]
		for i, w := range weights {
			if w>>p&1 == 1 {
				terms = append(terms, of[i])
			}
		}
		if len(terms) == 0 {
			continue
		}
		copy(out[p], terms[0])
		terms = terms[1:]
		var carries []plane
		for len(terms) > 0 {
			carry := scratch.borrow()
			if len(terms) == 1 {
				addOne(out[p], terms[0], carry)
				terms = nil
			} else {
				addTwo(out[p], terms[0], terms[1], carry)
				terms = terms[2:]
			}
			carries = append(carries, carry)
		}
		terms = carries
	}
	return out
}

// addOne adds a to sum, and sets carry.
func addOne(sum, a, carry plane) {
	a, carry = a[:len(sum)], carry[:len(sum)]
	for i, s := range sum {
		carry[i] = s & a[i]
		sum[i] = s ^ a[i]
	}
}

// addTwo adds a and b to sum, and sets carry.
func addTwo(sum, a, b, carry plane) {
	a, b, carry = a[:len(sum)], b[:len(sum)], carry[:len(sum)]
	for i, s := range sum {
		either := a[i] ^ b[i]
		carry[i] = a[i]&b[i] | s&either
		sum[i] = s ^ either
	}
}

// atLeast returns the documents with a sum of least or more, which is no more than the
// sum of all weights.
func (s sums) atLeast(least int) set {
	scratch := planePool.Get().(*planes)
	defer planePool.Put(scratch)
	out := make(set, len(s.leaves))
	for i := range s.leaves {
		if above := s.above(i, least, scratch); len(above) > 0 {
			out[i] = roaring.FromDense(above, true)
		} else {
			out[i] = empty
		}
	}
	return out
}

// above returns the documents of a leaf with a sum of least or more. It compares from the
// highest bit down.
func (s sums) above(leaf, least int, scratch *planes) plane {
	sums := s.leaves[leaf]
	scratch.begin(uint32(64 * len(sums[0])))
	above, equal := scratch.borrow(), scratch.borrow()
	clear(above)
	for i := range equal {
		equal[i] = ^uint64(0)
	}
	for p := len(sums) - 1; p >= 0; p-- {
		sum := sums[p][:len(equal)]
		if least>>p&1 == 1 {
			for i, s := range sum {
				equal[i] &= s
			}
			continue
		}
		above := above[:len(sum)]
		equal := equal[:len(sum)]
		for i, s := range sum {
			above[i] |= equal[i] & s
			equal[i] &^= s
		}
	}
	for i, e := range equal {
		above[i] |= e
	}
	return above
}
