package blevesearch

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/index"
	"nghiquyet/index/segment"
)

// loadOrder numbers the documents, the most recent first and those of one day
// by their IDs, through the whole index.
func (s *Searcher) loadOrder() error {
	type named struct {
		id  string // where there are several leaves to merge
		doc uint32
		l   *leaf
	}
	all := make([]named, 0, s.docCount)
	for _, l := range s.leaves {
		err := l.eachID(func(id []byte, doc uint32) {
			n := named{doc: doc, l: l}
			if len(s.leaves) > 1 {
				n.id = string(id)
			}
			all = append(all, n)
		})
		if err != nil {
			return err
		}
	}
	if len(s.leaves) > 1 { // each is in order
		slices.SortStableFunc(all, func(a, b named) int { return cmp.Compare(a.id, b.id) })
	}
	// Days are few: sorted by counting.
	least, most := int32(0), int32(0)
	for _, l := range s.leaves {
		for _, day := range l.day {
			if day != noDay {
				least, most = min(least, day), max(most, day)
			}
		}
	}
	bucket := func(day int32) int32 {
		if day == noDay {
			return most - least + 1
		}
		return most - day
	}
	next := make([]uint32, most-least+3)
	for _, n := range all {
		next[bucket(n.l.day[n.doc])+1]++
	}
	for i := range next[1:] {
		next[i+1] += next[i]
	}
	byPlace := make([]named, len(all))
	for _, n := range all {
		at := &next[bucket(n.l.day[n.doc])]
		byPlace[*at] = n
		*at++
	}
	for _, l := range s.leaves {
		l.place, l.newest = make([]uint32, l.size), make([]uint32, 0, l.size)
	}
	for place, n := range byPlace {
		n.l.place[n.doc] = uint32(place)
		n.l.newest = append(n.l.newest, n.doc)
	}
	return nil
}

// loadNights numbers the nights in which documents entered the index, the last
// first. What does not say is as old as can be, and so are all nights before the
// last 65,534.
func (s *Searcher) loadNights() error {
	const oldest = math.MaxUint16
	seen := map[string]bool{}
	for _, l := range s.leaves {
		if err := l.eachTerm(index.FieldAdded, func(night string, _ *roaring.Bitmap) error { seen[night] = true; return nil }); err != nil {
			return err
		}
	}
	number := make(map[string]uint16, len(seen))
	for i, night := range slices.Backward(slices.Sorted(maps.Keys(seen))) {
		number[night] = uint16(min(len(seen)-1-i, oldest))
	}
	for _, l := range s.leaves {
		l.night = make([]uint16, l.size)
		for i := range l.night {
			l.night[i] = oldest
		}
		err := l.eachTerm(index.FieldAdded, func(night string, docs *roaring.Bitmap) error {
			eachDoc(docs, func(doc uint32) { l.night[doc] = number[night] })
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// eachID calls f for every live document in the order of the IDs. id is valid
// during the call.
func (l *leaf) eachID(f func(id []byte, doc uint32)) error {
	if l.file == nil {
		return l.eachTerm("_id", func(id string, docs *roaring.Bitmap) error {
			if !docs.IsEmpty() {
				f([]byte(id), docs.Minimum())
			}
			return nil
		})
	}
	return l.eachRaw("_id", nil, nil, func(id []byte, value uint64) (bool, error) {
		doc, ok := segment.OneDoc(value)
		if !ok { // as Bleve's own writer has it
			docs, err := l.rawPostings(value)
			if err != nil || docs.IsEmpty() {
				return err == nil, err
			}
			doc = docs.Minimum()
		}
		if l.deleted == nil || !l.deleted.Contains(doc) {
			f(id, doc)
		}
		return true, nil
	})
}

// walkCost is how much longer it takes to look a document of the order up in a
// bitmap than to look at the next of the bitmap.
const walkCost = 16

// addNewest offers the documents, unscored, in an order that begins with the
// most recent: all of them, or where they are many the first that t takes.
func (t *top) addNewest(ctx context.Context, l *leaf, docs *roaring.Bitmap) error {
	n := docs.GetCardinality()
	if n == 0 || t.size == 0 || uint64(t.size)*uint64(len(l.newest))/n*walkCost > n {
		return t.addAll(ctx, l, docs)
	}
	first := 0
	if t.after != nil { // the order is that of the whole index
		first, _ = slices.BinarySearchFunc(l.newest, t.after.place()+1, func(doc, place uint32) int { return cmp.Compare(l.place[doc], place) })
	}
	taken := 0
	for i, doc := range l.newest[first:] {
		if i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if docs.Contains(doc) {
			t.add(found{leaf: l, doc: doc})
			if taken++; taken == t.size {
				break
			}
		}
	}
	return nil
}
