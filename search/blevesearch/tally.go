package blevesearch

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"
)

// tallies count the values of all facets over documents, numbered as in rows. They
// contain only known values: most facets of most documents are unknown, and what is
// unknown is the rest.
//
// Measured on 150,000 documents (30 November 2026): counting rows of 13 facets took a
// quarter of a short query with all facets. A document has 7 known values there, and 16
// bits for each keep those of the index in the processor's cache.
type tallies struct {
	values int // of all facets, each with unknown
	facets []*facet
	narrow []tally[uint16] // by leaf, if all values have 16 bits
	wide   []tally[uint32] // else
}

// tally has the values of the documents of a leaf: those of document d are
// codes[from[d]:from[d+1]]. The code of a value after the first of its facet is raised by
// the number of all values.
type tally[code uint16 | uint32] struct {
	from  []uint32
	codes []code
}

func newTallies(leaves []*leaf, counted []string, facets map[string]*facet, values int) *tallies {
	t := &tallies{values: values}
	for _, field := range counted {
		t.facets = append(t.facets, facets[field])
	}
	for _, l := range leaves {
		if 2*values <= math.MaxUint16 {
			t.narrow = append(t.narrow, newTally[uint16](l, t))
		} else {
			t.wide = append(t.wide, newTally[uint32](l, t))
		}
	}
	return t
}

func newTally[code uint16 | uint32](l *leaf, t *tallies) tally[code] {
	out := tally[code]{from: make([]uint32, l.size+1)}
	for doc := range l.size {
		for i, v := range l.rows.of(doc) {
			if v != t.facets[i].unknown() {
				out.codes = append(out.codes, code(v))
			}
		}
		for _, v := range l.further.of(doc) {
			out.codes = append(out.codes, code(v)+code(t.values))
		}
		out.from[doc+1] = uint32(len(out.codes))
	}
	return out
}

// add adds the codes of docs to counts.
func (t *tally[code]) add(docs *roaring.Bitmap, counts []int32) {
	buffer := make([]uint32, 4096)
	for it := docs.ManyIterator(); ; {
		n := it.NextMany(buffer)
		if n == 0 {
			return
		}
		for _, doc := range buffer[:n] {
			for _, v := range t.codes[t.from[doc]:t.from[doc+1]] {
				counts[v]++
			}
		}
	}
}

// count counts the values of docs, indexed as in rows.
func (t *tallies) count(docs set) []int {
	counts := make([]int32, 2*t.values)
	for i := range t.narrow {
		t.narrow[i].add(docs[i], counts)
	}
	for i := range t.wide {
		t.wide[i].add(docs[i], counts)
	}
	out := make([]int, t.values)
	for _, f := range t.facets {
		unknown := docs.count()
		for v := f.base; v < int(f.unknown()); v++ {
			unknown -= int(counts[v])
			out[v] = int(counts[v] + counts[t.values+v])
		}
		out[f.unknown()] = unknown
	}
	return out
}

// countRows counts the values of docs, indexed as in rows. If docs are most of all
// documents, it counts the others and subtracts.
func (s *Searcher) countRows(docs set) []int {
	if docs.count() <= s.docCount/2 {
		return s.tallies.count(docs)
	}
	counts := s.tallies.count(live(s.leaves).andNot(docs))
	for v, n := range s.every {
		counts[v] = n - counts[v]
	}
	return counts
}
