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

// loadOrder numbers the documents of the index: the most recent first, those of one
// day by ID, and those whose date is unknown or doubtful last.
func (s *Searcher) loadOrder() error {
	type named struct {
		id  string // set only if there are several leaves to merge
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
	// There are few different days, so a counting sort is used.
	least, most := int32(0), int32(0)
	for _, l := range s.leaves {
		for _, day := range l.listed {
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
		next[bucket(n.l.listed[n.doc])+1]++
	}
	for i := range next[1:] {
		next[i+1] += next[i]
	}
	byPlace := make([]named, len(all))
	for _, n := range all {
		at := &next[bucket(n.l.listed[n.doc])]
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

// loadNights numbers the nights in which documents entered the index, the last one
// first. Documents without a night get the highest number, and so do all nights
// before the last 65,534.
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
		l.night = slices.Repeat([]uint16{oldest}, int(l.size))
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

// eachID calls f for every live document in the order of IDs. id is valid only
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
		if !ok { // a segment written by Bleve itself
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

// walkCost is how many times longer it takes to check a document of the order in a
// bitmap than to take the next document of the bitmap.
const walkCost = 16

// addNewest adds documents to t in an order that begins with the most recent,
// without scores. It adds all, or, if there are many, only the first ones that t
// can keep.
func (t *top) addNewest(ctx context.Context, l *leaf, docs *roaring.Bitmap) error {
	n := docs.GetCardinality()
	if n == 0 || t.size == 0 || uint64(t.size)*uint64(len(l.newest))/n*walkCost > n {
		return t.addAll(ctx, l, docs)
	}
	first := 0
	if t.after != nil { // positions are those in the index, not in the leaf
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
