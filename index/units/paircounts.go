package units

import "iter"

// pairCounts counts pairs of syllables: a hash table with open addressing, in which a
// pair and its count lie side by side, because every pair of every text is counted. The
// zero value is empty. The greatest key is not for use.
type pairCounts struct {
	slots []pairCount // a power of two of them
	n     int         // pairs
}

type pairCount struct {
	key   uint32 // plus one; 0 for a free slot
	count uint32
}

// at returns the slot of a pair, or the free slot where it belongs.
func (p *pairCounts) at(key uint32) *pairCount {
	mask := uint32(len(p.slots) - 1)
	i := key * 0x9E3779B1 // of the golden ratio (Knuth, multiplicative hashing)
	for i = (i ^ i>>15) & mask; p.slots[i].key != 0 && p.slots[i].key != key+1; i = (i + 1) & mask {
	}
	return &p.slots[i]
}

// add adds to the count of a pair.
func (p *pairCounts) add(key, by uint32) {
	if 4*p.n >= 3*len(p.slots) {
		p.resize(2 * len(p.slots))
	}
	s := p.at(key)
	if s.key == 0 {
		s.key = key + 1
		p.n++
	}
	s.count += by
}

// of returns the count of a pair.
func (p *pairCounts) of(key uint32) uint32 {
	if p.n == 0 {
		return 0
	}
	return p.at(key).count
}

// all yields the pairs and their counts in no order.
func (p *pairCounts) all() iter.Seq2[uint32, uint32] {
	return func(yield func(uint32, uint32) bool) {
		for _, s := range p.slots {
			if s.key != 0 && !yield(s.key-1, s.count) {
				return
			}
		}
	}
}

// resize makes room for at least size slots.
func (p *pairCounts) resize(size int) {
	old := *p
	p.slots, p.n = make([]pairCount, max(leastTable, size)), 0
	for key, count := range old.all() {
		*p.at(key) = pairCount{key + 1, count}
		p.n++
	}
}

// dropBelow drops the pairs that are counted less often.
func (p *pairCounts) dropBelow(least uint32) {
	old := *p
	p.slots, p.n = make([]pairCount, len(old.slots)), 0
	for key, count := range old.all() {
		if count >= least {
			*p.at(key) = pairCount{key + 1, count}
			p.n++
		}
	}
}
