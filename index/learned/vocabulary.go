package learned

import (
	"cmp"
	"math"
	"slices"
)

// Bounds of the features: folded syllables, and folded pairs of them.
const (
	maxSyllableRows = 24_000
	maxPairRows     = 96_000
	leastDocs       = 5       // documents that contain a feature
	maxCounts       = 1 << 23 // places for counts of pairs, 16 bytes each
	// frequent is the share of all features at which the weight of a feature has
	// fallen to 0.7, because frequent features mean little (Arora, Liang and Ma,
	// ICLR 2017).
	frequent = 1e-4
)

// vocabulary numbers the features in rows: syllables from 1, then pairs. Row 0 is
// none.
type vocabulary struct {
	syllables []uint32 // hashes, sorted
	pairs     []uint64 // [pairKey], sorted
	rows      table    // of pairs
	weight    []float32
	docs      []int32 // that contain the feature
}

// table maps keys other than 0 to rows: open addressing.
type table struct {
	keys []uint64
	rows []uint32
	mask uint64
}

func newTable(n int) table {
	size := 1
	for size < 2*n+2 {
		size *= 2
	}
	return table{make([]uint64, size), make([]uint32, size), uint64(size - 1)}
}

func (t *table) put(key uint64, row uint32) {
	i := mix(key) & t.mask
	for t.keys[i] != 0 {
		i = (i + 1) & t.mask
	}
	t.keys[i], t.rows[i] = key, row
}

// get returns the row of a key, 0 for none.
func (t *table) get(key uint64) uint32 {
	for i := mix(key) & t.mask; ; i = (i + 1) & t.mask {
		switch t.keys[i] {
		case key:
			return t.rows[i]
		case 0:
			return 0
		}
	}
}

// pairKey is the key of a pair by the rows of its syllables.
func pairKey(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

// counter counts documents by key: open addressing, 0 documents for a free place.
type counter struct {
	keys       []uint64
	docs, last []int32 // last is the document that counted last, from 1
	used       int
}

func newCounter(size int) *counter {
	return &counter{keys: make([]uint64, size), docs: make([]int32, size), last: make([]int32, size)}
}

func (c *counter) slot(key uint64) uint64 {
	mask := uint64(len(c.keys) - 1)
	i := mix(key) & mask
	for c.docs[i] != 0 && c.keys[i] != key {
		i = (i + 1) & mask
	}
	return i
}

// count counts a document, numbered from 1, for a key; repeated calls count it once.
func (c *counter) count(key uint64, doc int32) {
	i := c.slot(key)
	if c.docs[i] == 0 {
		if c.used++; c.used*3 > len(c.keys)*2 {
			c.grow()
			i = c.slot(key)
			c.used++
		}
		c.keys[i] = key
	}
	if c.last[i] != doc {
		c.docs[i]++
		c.last[i] = doc
	}
}

// grow makes room. Where it may not grow any more the keys of the fewest documents
// are forgotten.
func (c *counter) grow() {
	old, size, least := *c, 2*len(c.keys), int32(1)
	if size > maxCounts {
		size, least = len(c.keys), 2
	}
	for ; ; least++ {
		*c = *newCounter(size)
		for i, n := range old.docs {
			if n >= least {
				at := c.slot(old.keys[i])
				c.keys[at], c.docs[at], c.last[at] = old.keys[i], n, old.last[i]
				c.used++
			}
		}
		if c.used*2 <= size {
			return
		}
	}
}

// mostFrequent are the keys of the most documents, at most limit, sorted.
func (c *counter) mostFrequent(limit int) []uint64 {
	var places []int
	for i, n := range c.docs {
		if n >= leastDocs {
			places = append(places, i)
		}
	}
	slices.SortFunc(places, func(a, b int) int {
		return cmp.Or(cmp.Compare(c.docs[b], c.docs[a]), cmp.Compare(c.keys[a], c.keys[b]))
	})
	keys := make([]uint64, min(len(places), limit))
	for i := range keys {
		keys[i] = c.keys[places[i]]
	}
	slices.Sort(keys)
	return keys
}

// number chooses the features of a corpus and replaces the hashes of its syllables
// by rows, 0 for syllables without one and where a clause ends.
func number(c *Corpus) *vocabulary {
	count := newCounter(1 << 16)
	eachList(c, func(doc int32, list []uint32) {
		for _, h := range list {
			if h != 0 {
				count.count(uint64(h), doc)
			}
		}
	})
	v := &vocabulary{}
	rows := map[uint32]uint32{}
	for _, key := range count.mostFrequent(maxSyllableRows) {
		v.syllables = append(v.syllables, uint32(key))
		rows[uint32(key)] = uint32(len(v.syllables))
	}
	renumber := func(list []uint32) {
		for i, h := range list {
			list[i] = rows[h]
		}
	}
	eachList(c, func(_ int32, list []uint32) { renumber(list) })
	for i := range c.docs {
		for _, h := range c.docs[i].heads {
			renumber(h.title)
		}
	}
	v.numberPairs(c)
	v.weigh(c)
	return v
}

// eachList calls f for the title and for the text of each document. Numbers of
// documents begin with 1.
func eachList(c *Corpus, f func(doc int32, list []uint32)) {
	for i := range c.docs {
		f(int32(i+1), c.docs[i].title)
		f(int32(i+1), c.docs[i].text)
	}
}

func (v *vocabulary) numberPairs(c *Corpus) {
	count := newCounter(1 << 20)
	eachList(c, func(doc int32, list []uint32) {
		last := uint32(0)
		for _, row := range list {
			if last != 0 && row != 0 {
				count.count(pairKey(last, row), doc)
			}
			last = row
		}
	})
	v.pairs = count.mostFrequent(maxPairRows)
	v.rows = newTable(len(v.pairs))
	for i, key := range v.pairs {
		v.rows.put(key, uint32(1+len(v.syllables)+i))
	}
}

// size is how many rows there are, row 0 among them.
func (v *vocabulary) size() int { return 1 + len(v.syllables) + len(v.pairs) }

// weigh counts how frequent each feature is.
func (v *vocabulary) weigh(c *Corpus) {
	n := v.size()
	v.weight, v.docs = make([]float32, n), make([]int32, n)
	times, last := make([]int64, n), make([]int32, n)
	eachList(c, func(doc int32, list []uint32) {
		v.each(list, func(row int32) {
			times[row]++
			if last[row] != doc {
				last[row] = doc
				v.docs[row]++
			}
		})
	})
	for _, rows := range [][2]int{{1, 1 + len(v.syllables)}, {1 + len(v.syllables), n}} {
		all := int64(1)
		for _, n := range times[rows[0]:rows[1]] {
			all += n
		}
		for row := rows[0]; row < rows[1]; row++ {
			share := float64(times[row]) / float64(all)
			v.weight[row] = float32(math.Sqrt(frequent / (frequent + share)))
		}
	}
}

// each calls f for the syllables of a list of rows, and for their pairs.
func (v *vocabulary) each(list []uint32, f func(row int32)) { eachRow(list, &v.rows, f) }

// eachRow is [vocabulary.each] with the rows of pairs.
func eachRow(list []uint32, pairs *table, f func(row int32)) {
	last := uint32(0)
	for _, row := range list {
		if row != 0 {
			f(int32(row))
			if last != 0 {
				if pair := pairs.get(pairKey(last, row)); pair != 0 {
					f(int32(pair))
				}
			}
		}
		last = row
	}
}
