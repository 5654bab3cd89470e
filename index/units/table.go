package units

// table maps the keys of pairs to numbers: a hash table with open addressing, which
// takes half the time of a map. Every pair of every text is looked up in one. Its
// zero value is empty. The greatest key is not for use.
type table struct {
	places []placed // a power of two of them
	n      int      // keys
}

// placed is a key with its number and a count, side by side because they are read
// together.
type placed struct {
	key   uint64 // plus one; 0 for a free place
	value uint32
	count uint32
}

// leastTable is how many places a table begins with.
const leastTable = 1 << 10

// find returns the place of a key, or the free place where it belongs.
func (t *table) find(key uint64) *placed {
	mask := uint64(len(t.places) - 1)
	at := key * 0x9E3779B97F4A7C15 // of the golden ratio (Knuth, multiplicative hashing)
	for at = (at ^ at>>32) & mask; t.places[at].key != 0 && t.places[at].key != key+1; at = (at + 1) & mask {
	}
	return &t.places[at]
}

// place returns the place of a key, to be read or set until the next call, and
// whether the key is new. A new one has the number 0.
func (t *table) place(key uint64) (at *placed, added bool) {
	if 4*t.n >= 3*len(t.places) {
		t.grow()
	}
	at = t.find(key)
	if at.key == 0 {
		*at, added = placed{key: key + 1}, true
		t.n++
	}
	return at, added
}

// get returns the number of a key; ok is false for a key that is not there.
func (t *table) get(key uint64) (value uint32, ok bool) {
	if t.n == 0 {
		return 0, false
	}
	at := t.find(key)
	return at.value, at.key != 0
}

func (t *table) grow() {
	old := t.places
	t.places = make([]placed, max(leastTable, 2*len(old)))
	for _, p := range old {
		if p.key != 0 {
			*t.find(p.key - 1) = p
		}
	}
}

// clear empties the table and keeps its memory.
func (t *table) clear() {
	clear(t.places)
	t.n = 0
}
