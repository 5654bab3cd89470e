package blevesearch

import (
	"cmp"
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index/units"
)

// facet is a field with few values, numbered for the index as a unit, with their
// names.
type facet struct {
	field  string
	slugs  []string // by value, sorted
	labels []string // by value
	bySlug map[string]uint32
	base   int // of its values in rows
}

// rows are the values of the documents of a leaf: for each document one value per
// field, in the order of Searcher.counted. Values are numbered across all fields:
// those of a field follow those of the field before, and the last number of each
// field is for documents without a value.
//
// Measured on 150,000 documents (22 November 2026) against one column per facet
// (benchstat, CPU, n=6): headlines with all facets −10 %, the cube of all documents
// −16 %; and, with counting the other documents where most match, and without
// citations, the empty query −93 %. Values had 16 bits then, which is too few for
// the topics that some sites supply.
type rows struct {
	width  int // values of a document
	values []uint32
}

// of returns the values of a document.
func (r rows) of(doc uint32) []uint32 {
	at := int(doc) * r.width
	return r.values[at : at+r.width]
}

// unknown is the value of documents without one, in rows.
func (f *facet) unknown() uint32 { return uint32(f.base + len(f.labels)) }

// column has, for one facet, the documents of a leaf by value.
type column struct {
	docs []*roaring.Bitmap // empty if the leaf has none
	has  *roaring.Bitmap   // documents with any value
}

// further are the values after the first, of documents with several values.
type further struct {
	docs   *roaring.Bitmap
	from   []uint32 // of a document d: values[from[d]:from[d+1]]
	values []uint32 // as in rows
}

func (f *further) of(doc uint32) []uint32 { return f.values[f.from[doc]:f.from[doc+1]] }

// loadFacet reads the facet's field from all leaves into their columns. Labels with
// one slug are one value, whose label is the most frequent of them.
func loadFacet(field string, leaves []*leaf) (*facet, error) {
	type value struct {
		terms map[string]uint64 // number of documents in all leaves, by term
		docs  []*roaring.Bitmap // by leaf
	}
	found := map[string]*value{}
	for i, l := range leaves {
		err := l.eachTerm(field, func(term string, docs *roaring.Bitmap) error {
			n := docs.GetCardinality()
			if n == 0 {
				return nil
			}
			slug := units.Slug(field, term)
			v := found[slug]
			if v == nil {
				v = &value{terms: map[string]uint64{}, docs: make([]*roaring.Bitmap, len(leaves))}
				found[slug] = v
			}
			v.terms[term] += n
			if v.docs[i] == nil {
				v.docs[i] = docs
			} else {
				v.docs[i] = roaring.Or(v.docs[i], docs)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	f := &facet{field: field, slugs: slices.Sorted(maps.Keys(found)), bySlug: make(map[string]uint32, len(found))}
	for v, slug := range f.slugs {
		f.labels = append(f.labels, units.Label(field, mostFrequent(found[slug].terms)))
		f.bySlug[slug] = uint32(v)
	}
	for i, l := range leaves {
		docs := make([]*roaring.Bitmap, len(f.slugs))
		for v, slug := range f.slugs {
			docs[v] = cmp.Or(found[slug].docs[i], empty)
		}
		l.columns[field] = &column{docs, roaring.FastOr(docs...)}
	}
	return f, nil
}

// mostFrequent returns the term with the highest count, of equal counts the least term.
func mostFrequent(terms map[string]uint64) (best string) {
	for term, n := range terms {
		if most := terms[best]; n > most || n == most && term < best {
			best = term
		}
	}
	return best
}

// loadRows makes rows and tallies of the columns of all leaves, and counts all
// documents.
func (s *Searcher) loadRows() {
	values := 0
	for _, field := range s.counted {
		s.facets[field].base = values
		values += len(s.facets[field].labels) + 1
	}
	for _, l := range s.leaves {
		l.loadRows(s.counted, s.facets)
	}
	s.tallies = newTallies(s.leaves, s.counted, s.facets, values)
	s.every = s.tallies.count(live(s.leaves))
}

func (l *leaf) loadRows(counted []string, facets map[string]*facet) {
	width := len(counted)
	l.rows = rows{width, make([]uint32, int(l.size)*width)}
	var more []uint64 // document and value
	for i, field := range counted {
		f := facets[field]
		unknown := f.unknown()
		for at := i; at < len(l.rows.values); at += width {
			l.rows.values[at] = unknown
		}
		for v, with := range l.columns[field].docs {
			value := uint32(f.base + v)
			eachDoc(with, func(doc uint32) {
				if at := &l.rows.values[int(doc)*width+i]; *at == unknown {
					*at = value
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

// of returns the counts of a facet; the last count is that of documents without a
// value.
func (f *facet) of(counts []int) []int { return counts[f.base : f.base+len(f.labels)+1] }

// fewValues is the largest number of values of a facet that is counted by its
// bitmaps: the type, which nearly every query counts.
const fewValues = 4

// count returns the same as of(countRows(docs)), for a facet of few values.
func (f *facet) count(leaves []*leaf, docs set) []int {
	counts := make([]int, len(f.labels)+1)
	for i, l := range leaves {
		c := l.columns[f.field]
		for v, with := range c.docs {
			counts[v] += int(docs[i].AndCardinality(with))
		}
		counts[len(f.labels)] += int(docs[i].GetCardinality() - docs[i].AndCardinality(c.has))
	}
	return counts
}
