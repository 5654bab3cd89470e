package blevesearch

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// keyed is a facet whose values are the keywords of its field. It has too many
// values for columns like those of other facets, which have one bitmap per value.
type keyed struct {
	row  *search.Facet
	keys []string // values, sorted
	base int      // of the first value, among those of all keyed facets
}

// keyedColumn has the values of the documents of a leaf. Those of document d are
// the keyed.keys at the indexes keys[from[d]:from[d+1]].
type keyedColumn struct {
	from []uint32
	keys []uint32
	docs *roaring.Bitmap // documents that have a value
}

// of returns the values of a document.
func (c *keyedColumn) of(doc uint32) []uint32 { return c.keys[c.from[doc]:c.from[doc+1]] }

// loadKeyed reads the field of every keyed facet from all leaves into their
// columns.
func (s *Searcher) loadKeyed() error {
	s.keyed, s.keys = map[string]*keyed{}, 0
	for _, row := range search.FacetTable() {
		if !row.Keyed {
			continue
		}
		k := &keyed{row: &row, base: s.keys}
		s.keyed[row.Field] = k
		if err := k.load(s.leaves); err != nil {
			return err
		}
		s.keys += len(k.keys)
	}
	return nil
}

func (k *keyed) load(leaves []*leaf) error {
	type value struct {
		key string
		end int // of its documents
	}
	values, docs := make([][]value, len(leaves)), make([][]uint32, len(leaves))
	for i, l := range leaves {
		err := l.eachTerm(k.row.Field, func(key string, with *roaring.Bitmap) error {
			if !with.IsEmpty() {
				eachDoc(with, func(doc uint32) { docs[i] = append(docs[i], doc) })
				values[i], k.keys = append(values[i], value{key, len(docs[i])}), append(k.keys, key)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if len(leaves) > 1 {
		slices.Sort(k.keys)
		k.keys = slices.Compact(k.keys)
	}
	for i, l := range leaves {
		c := &keyedColumn{make([]uint32, l.size+1), make([]uint32, len(docs[i])), roaring.BitmapOf(docs[i]...)}
		l.keyed[k.row.Field] = c
		for _, doc := range docs[i] {
			c.from[doc+1]++
		}
		for doc := range l.size {
			c.from[doc+1] += c.from[doc]
		}
		next, at, key := slices.Clone(c.from), 0, 0
		for _, v := range values[i] {
			for k.keys[key] != v.key { // both are in order
				key++
			}
			for ; at < v.end; at++ {
				c.keys[next[docs[i][at]]] = uint32(key)
				next[docs[i][at]]++
			}
		}
	}
	return nil
}

// of returns the part of counts of all keyed facets that is of k.
func (k *keyed) of(counts []int32) []int32 { return counts[k.base:][:len(k.keys)] }

// without counts the documents that have no value.
func (k *keyed) without(leaves []*leaf, docs set) (n int) {
	for i, l := range leaves {
		n += int(docs[i].GetCardinality() - docs[i].AndCardinality(l.keyed[k.row.Field].docs))
	}
	return n
}

// list returns the most frequent values, and every chosen value that is counted. counts
// are of k, none is the number of documents without a value.
func (k *keyed) list(counts []int32, none int, chosen []string) []search.Count {
	listed := plan.Highest(counts, k.row.Listed)
	for _, value := range chosen {
		if i, ok := slices.BinarySearch(k.keys, value); ok && counts[i] > 0 && !slices.Contains(listed, i) {
			listed = append(listed, i)
		}
	}
	out := make([]search.Count, 0, len(listed)+1)
	for _, i := range listed {
		out = append(out, search.Count{Value: k.keys[i], Label: k.row.LabelOf(k.keys[i], k.keys[i]), Count: int(counts[i])})
	}
	if none > 0 {
		out = append(out, search.Count{Value: search.Unknown, Label: k.row.UnknownLabel(), Count: none})
	}
	return out
}
