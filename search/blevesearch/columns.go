package blevesearch

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index/units"
	"nghiquyet/search/plan"
)

// facet is a facet of the index, with the number of its first value in firsts.
type facet struct {
	*plan.Facet
	base int
}

// firsts are the first values of the documents of a leaf: for each field, in the order of
// Searcher.counted, one value per document. Values are numbered across all fields: those
// of a field follow those of the field before, and the last number of each field is for
// documents without a value.
//
// Measured on 150,000 documents (1 December 2026): statistics of 80,000 documents by two
// facets read two of thirteen fields, and take 0.7 of the time that they took when the
// values of a document were side by side. Values had 16 bits once, which is too few for
// the topics that some sites supply.
type firsts [][]uint32

// unknown is the value of documents without one, in firsts.
func (f *facet) unknown() uint32 { return uint32(f.base + len(f.Labels)) }

// column has, for one facet, the documents of a leaf by value.
type column struct {
	docs []*roaring.Bitmap // empty if the leaf has none
	has  *roaring.Bitmap   // documents with any value
}

// further are the values after the first, of documents with several values.
type further struct {
	docs   *roaring.Bitmap
	from   []uint32 // of a document d: values[from[d]:from[d+1]]
	values []uint32 // as in firsts
}

func (f *further) of(doc uint32) []uint32 { return f.values[f.from[doc]:f.from[doc+1]] }

// loadFacet reads the facet's field from all leaves into their columns.
func loadFacet(field string, leaves []*leaf) (*facet, error) {
	counts := map[string]int{}              // documents in all leaves, by term
	found := map[string][]*roaring.Bitmap{} // documents by slug and leaf
	for i, l := range leaves {
		err := l.eachTerm(field, func(term string, docs *roaring.Bitmap) error {
			if docs.IsEmpty() {
				return nil
			}
			counts[term] += int(docs.GetCardinality())
			slug := units.Slug(field, term)
			if found[slug] == nil {
				found[slug] = slices.Repeat([]*roaring.Bitmap{empty}, len(leaves))
			}
			if at := &found[slug][i]; *at == empty {
				*at = docs
			} else {
				*at = roaring.Or(*at, docs)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	f := &facet{Facet: plan.NewFacet(field, counts)}
	for i, l := range leaves {
		docs := make([]*roaring.Bitmap, len(f.Slugs))
		for v, slug := range f.Slugs {
			docs[v] = found[slug][i]
		}
		l.columns[field] = &column{docs, roaring.FastOr(docs...)}
	}
	return f, nil
}

// loadFirsts makes firsts of the columns of all leaves.
func (s *Searcher) loadFirsts() {
	values := 0
	for _, field := range s.counted {
		s.facets[field].base = values
		values += len(s.facets[field].Labels) + 1
	}
	for _, l := range s.leaves {
		l.loadFirsts(s.counted, s.facets)
	}
	s.values = values
}

func (l *leaf) loadFirsts(counted []string, facets map[string]*facet) {
	l.firsts = make(firsts, len(counted))
	var more []uint64 // document and value
	for i, field := range counted {
		f := facets[field]
		unknown := f.unknown()
		first := slices.Repeat([]uint32{unknown}, int(l.size))
		l.firsts[i] = first
		for v, with := range l.columns[field].docs {
			value := uint32(f.base + v)
			eachDoc(with, func(doc uint32) {
				if first[doc] == unknown {
					first[doc] = value
				} else {
					more = append(more, uint64(doc)<<32|uint64(value))
				}
			})
		}
	}
	slices.Sort(more)
	l.further = further{roaring.New(), make([]uint32, l.size+1), make([]uint32, len(more))}
	for i, m := range more {
		doc := uint32(m >> 32)
		l.further.docs.Add(doc)
		l.further.from[doc+1]++
		l.further.values[i] = uint32(m)
	}
	for doc := range l.size {
		l.further.from[doc+1] += l.further.from[doc]
	}
}

// fewValues is the largest number of values of a facet that is counted by its
// bitmaps if it is counted alone: the type, which nearly every query counts.
const fewValues = 4

// counts returns the counts of docs by value; the last one is that of documents without
// a value. t has them already, or is nil.
func (f *facet) counts(t *tallied, leaves []*leaf, docs set) []int {
	if t != nil {
		return t.values[f.base : f.base+len(f.Labels)+1]
	}
	counts := make([]int, len(f.Labels)+1)
	for i, l := range leaves {
		c := l.columns[f.Field]
		for v, with := range c.docs {
			counts[v] += int(docs[i].AndCardinality(with))
		}
		counts[len(f.Labels)] += int(docs[i].GetCardinality() - docs[i].AndCardinality(c.has))
	}
	return counts
}
