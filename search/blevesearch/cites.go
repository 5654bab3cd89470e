package blevesearch

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// citesColumn contains which documents the documents of a leaf cite: document d
// those of Searcher.cited numbered keys[from[d]:from[d+1]]. They are too many
// for the columns of the other facets, which keep a bitmap a value.
type citesColumn struct {
	from []uint32
	keys []uint32
	docs *roaring.Bitmap // that cite anything
}

// loadCites reads the field from all leaves into their columns.
func (s *Searcher) loadCites() error {
	type cited struct {
		key string
		end int // of its documents
	}
	terms, docs := make([][]cited, len(s.leaves)), make([][]uint32, len(s.leaves))
	for i, l := range s.leaves {
		err := l.eachTerm(search.FacetCites, func(key string, with *roaring.Bitmap) error {
			if !with.IsEmpty() {
				eachDoc(with, func(doc uint32) { docs[i] = append(docs[i], doc) })
				terms[i], s.cited = append(terms[i], cited{key, len(docs[i])}), append(s.cited, key)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if len(s.leaves) > 1 {
		slices.Sort(s.cited)
		s.cited = slices.Compact(s.cited)
	}
	s.everyCites = make([]uint32, len(s.cited))
	for i, l := range s.leaves {
		l.cites = citesColumn{make([]uint32, l.size+1), make([]uint32, len(docs[i])), roaring.BitmapOf(docs[i]...)}
		from := l.cites.from
		for _, doc := range docs[i] {
			from[doc+1]++
		}
		for doc := range l.size {
			from[doc+1] += from[doc]
		}
		next, at, key := slices.Clone(from), 0, 0
		for _, t := range terms[i] {
			for s.cited[key] != t.key { // both are in order
				key++
			}
			for ; at < t.end; at++ {
				l.cites.keys[next[docs[i][at]]] = uint32(key)
				next[docs[i][at]]++
			}
		}
		l.addCites(l.live, s.everyCites)
	}
	return nil
}

// citedBy counts, by the number of the cited document, how many of docs cite it,
// and how many cite none. Like [Searcher.countRows] it looks at the others where
// docs are most.
func (s *Searcher) citedBy(docs set) (counts []uint32, none int) {
	counts = make([]uint32, len(s.cited))
	few := docs.count() <= s.docCount/2
	for i, l := range s.leaves {
		none += int(docs[i].GetCardinality() - docs[i].AndCardinality(l.cites.docs))
		if few {
			l.addCites(docs[i], counts)
		} else {
			l.addCites(roaring.AndNot(l.live, docs[i]), counts)
		}
	}
	if !few {
		for i, n := range s.everyCites {
			counts[i] = n - counts[i]
		}
	}
	return counts, none
}

// addCites adds what docs cite to counts.
func (l *leaf) addCites(docs *roaring.Bitmap, counts []uint32) {
	buffer := make([]uint32, 4096)
	for it := roaring.And(docs, l.cites.docs).ManyIterator(); ; {
		n := it.NextMany(buffer)
		if n == 0 {
			return
		}
		for _, doc := range buffer[:n] {
			for _, key := range l.cites.keys[l.cites.from[doc]:l.cites.from[doc+1]] {
				counts[key]++
			}
		}
	}
}

// highest returns the places of the n highest counts, the highest first, without
// those of 0; of equal ones the first counts.
func highest(counts []uint32, n int) (top []int) {
	for i, c := range counts {
		if c == 0 || len(top) == n && (n == 0 || c <= counts[top[n-1]]) {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, c, func(j int, c uint32) int {
			if counts[j] >= c {
				return -1
			}
			return 1
		})
		if len(top) == n {
			top = top[:n-1]
		}
		top = slices.Insert(top, at, i)
	}
	return top
}

// countCites lists the documents that docs cite most, and those of the values
// chosen that docs cite at all.
func (s *Searcher) countCites(docs set, chosen []string) []search.Count {
	counts, none := s.citedBy(docs)
	listed := highest(counts, search.FacetOf(search.FacetCites).Listed)
	for _, value := range chosen {
		if i, ok := slices.BinarySearch(s.cited, value); ok && counts[i] > 0 && !slices.Contains(listed, i) {
			listed = append(listed, i)
		}
	}
	out := make([]search.Count, 0, len(listed)+1)
	for _, i := range listed {
		out = append(out, search.Count{Value: s.cited[i], Label: search.CitedLabel(s.cited[i]), Count: int(counts[i])})
	}
	if none > 0 {
		out = append(out, search.Count{Value: search.Unknown, Label: plan.UnknownLabel, Count: none})
	}
	return out
}

// citesNone returns the documents that cite nothing.
func (l *leaf) citesNone() *roaring.Bitmap { return roaring.AndNot(l.live, l.cites.docs) }

// Citations lists the documents that the matching articles cite, most cited
// first.
func (s *Searcher) Citations(ctx context.Context, q search.Query, size int) ([]search.Cited, error) {
	m, err := s.matched(ctx, &q)
	if err != nil {
		return nil, err
	}
	counts, _ := s.citedBy(m.docs.and(s.typed))
	out := []search.Cited{}
	for _, i := range highest(counts, size) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		id, err := s.byNumber(s.cited[i])
		if err != nil {
			return nil, err
		}
		with := make(set, len(s.leaves))
		for j, l := range s.leaves {
			if with[j], err = l.postings(search.FacetCites, s.cited[i]); err != nil {
				return nil, err
			}
		}
		first, last := s.days(with.and(m.docs))
		out = append(out, search.Cited{Number: s.cited[i], Articles: int(counts[i]), Article: index.Maybe(id), First: first, Last: last})
	}
	return out, nil
}
