package units

import "iter"

// table maps the keys of pairs to numbers: a hash table with open addressing, which
// takes half the time of a map. Every pair of every text is looked up in one. Its
// zero value is empty. The greatest key is not for use.
type table struct {
	keys   []uint64 // each plus one, 0 for a free place; a power of two of them
	values []uint32
	n      int
}

// leastTable is how many places a table begins with.
const leastTable = 1 << 10

// find returns the place of a key, or the free place where it belongs.
func (t *table) find(key uint64) int {
	mask := uint64(len(t.keys) - 1)
	at := key * 0x9E3779B97F4A7C15 // of the golden ratio (Knuth, multiplicative hashing)
	for at = (at ^ at>>32) & mask; t.keys[at] != 0 && t.keys[at] != key+1; at = (at + 1) & mask {
	}
	return int(at)
}

// value returns the number of a key, to be read or set until the next call, and
// whether the key is new. A new one has the number 0.
func (t *table) value(key uint64) (value *uint32, added bool) {
	if 4*t.n >= 3*len(t.keys) {
		t.grow()
	}
	at := t.find(key)
	if t.keys[at] == 0 {
		t.keys[at], t.values[at], added = key+1, 0, true
		t.n++
	}
	return &t.values[at], added
}

// get returns the number of a key; ok is false for a key that is not there.
func (t *table) get(key uint64) (value uint32, ok bool) {
	if t.n == 0 {
		return 0, false
	}
	at := t.find(key)
	return t.values[at], t.keys[at] != 0
}

func (t *table) grow() {
	old := *t
	size := max(leastTable, 2*len(old.keys))
	t.keys, t.values, t.n = make([]uint64, size), make([]uint32, size), 0
	for key, value := range old.all() {
		at := t.find(key)
		t.keys[at], t.values[at] = key+1, value
		t.n++
	}
}

// all yields the keys and their numbers in no order.
func (t *table) all() iter.Seq2[uint64, uint32] {
	return func(yield func(uint64, uint32) bool) {
		for i, key := range t.keys {
			if key != 0 && !yield(key-1, t.values[i]) {
				return
			}
		}
	}
}

// clear empties the table and keeps its memory.
func (t *table) clear() {
	clear(t.keys)
	t.n = 0
}
