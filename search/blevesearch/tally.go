package blevesearch

import (
	"math"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/search"
)

// tallies count the values of all facets over documents. They contain only known values:
// most facets of most documents are unknown, and what is unknown is the rest.
//
// Measured on 150,000 documents (30 November 2026): counting 13 values of each document took a
// quarter of a short query with all facets. A document has 9 known values there, and 16
// bits for each keep those of the index in the processor's cache.
type tallies struct {
	values int // of the facets in firsts, each with unknown
	keys   int // of the keyed facets
	facets []*facet
	keyed  []*keyed
	narrow []tally[uint16] // by leaf, if all codes have 16 bits
	wide   []tally[uint32] // else
}

// tally has the values of the documents of a leaf: those of document d are
// codes[from[d]:from[d+1]]. A facet's first value of a document has the number that firsts
// give it, a further one has that number raised by the number of all values. The code of
// a key is the number of its value among all keyed facets, raised by twice the number of
// all values.
type tally[code uint16 | uint32] struct {
	from  []uint32
	codes []code
}

// loadTallies makes the tallies, and counts all documents.
func (s *Searcher) loadTallies() {
	t := &tallies{values: s.values, keys: s.keys}
	for _, field := range s.counted {
		t.facets = append(t.facets, s.facets[field])
	}
	for _, field := range search.KeyedFields() {
		t.keyed = append(t.keyed, s.keyed[field])
	}
	for _, l := range s.leaves {
		t.add(l)
	}
	s.tallies, s.every = t, t.count(live(s.leaves))
}

// add adds the tally of a leaf.
func (t *tallies) add(l *leaf) {
	if t.size() <= math.MaxUint16 {
		t.narrow = append(t.narrow, newTally[uint16](l, t))
	} else {
		t.wide = append(t.wide, newTally[uint32](l, t))
	}
}

// size returns the number of codes.
func (t *tallies) size() int { return 2*t.values + t.keys }

func newTally[code uint16 | uint32](l *leaf, t *tallies) tally[code] {
	out := tally[code]{from: make([]uint32, l.size+1)}
	for doc := range l.size {
		for i, first := range l.firsts {
			if v := first[doc]; v != t.facets[i].unknown() {
				out.codes = append(out.codes, code(v))
			}
		}
		for _, v := range l.further.of(doc) {
			out.codes = append(out.codes, code(int(v)+t.values))
		}
		for _, k := range t.keyed {
			for _, key := range l.keyed[k.row.Field].of(doc) {
				out.codes = append(out.codes, code(2*t.values+k.base+int(key)))
			}
		}
		out.from[doc+1] = uint32(len(out.codes))
	}
	return out
}

// count adds the codes of docs to counts.
func (t *tally[code]) count(docs *roaring.Bitmap, counts []int32) {
	for some := range chunks(docs) {
		for _, doc := range some {
			for _, v := range t.codes[t.from[doc]:t.from[doc+1]] {
				counts[v]++
			}
		}
	}
}

// tallied are the counts of some documents. They are lent.
type tallied struct {
	codes  []int32
	values []int   // numbered as in firsts
	keys   []int32 // of all keyed facets
}

var talliedPool = sync.Pool{New: func() any { return new(tallied) }}

func (t *tallied) giveBack() { talliedPool.Put(t) }

// count counts the values of docs. The caller may give the counts back.
func (t *tallies) count(docs set) *tallied {
	out := talliedPool.Get().(*tallied)
	if len(out.codes) != t.size() || len(out.values) != t.values {
		out.codes, out.values = make([]int32, t.size()), make([]int, t.values)
		out.keys = out.codes[2*t.values:]
	}
	clear(out.codes)
	for i := range t.narrow {
		t.narrow[i].count(docs[i], out.codes)
	}
	for i := range t.wide {
		t.wide[i].count(docs[i], out.codes)
	}
	for _, f := range t.facets {
		unknown := docs.count()
		for v := f.base; v < int(f.unknown()); v++ {
			unknown -= int(out.codes[v])
			out.values[v] = int(out.codes[v] + out.codes[t.values+v])
		}
		out.values[f.unknown()] = unknown
	}
	return out
}

// tally counts the values of docs. If docs are most of all documents, it counts the
// others and subtracts. The caller must give the counts back.
func (s *Searcher) tally(docs set) *tallied {
	if docs.count() <= s.docCount/2 {
		return s.tallies.count(docs)
	}
	t := s.tallies.count(live(s.leaves).andNot(docs))
	for v, n := range s.every.values {
		t.values[v] = n - t.values[v]
	}
	for key, n := range s.every.keys {
		t.keys[key] = n - t.keys[key]
	}
	return t
}
