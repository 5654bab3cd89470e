package blevesearch

import (
	"bytes"
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segmentapi "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/learned"
	"nghiquyet/index/segment"
	"nghiquyet/index/units"
)

// leaf is one segment of the index with its columns in memory. Documents are
// numbered from 0 in each leaf. It is safe for concurrent use. The bitmaps that it
// returns are shared or are in the mapped file, and must not be changed.
type leaf struct {
	ord     int
	seg     segmentapi.Segment
	file    *segment.Reader // of the mapped file, nil for a segment in memory
	deleted *roaring.Bitmap // nil for none
	size    uint32          // documents, deleted ones included
	live    *roaring.Bitmap

	// dicts has a pool of dictionaries per field: a dictionary is not safe for
	// concurrent use, and opening one takes longer than a look-up.
	dicts map[string]*sync.Pool

	length      []uint8          // content length class by document
	titleLength []uint8          // title length class by document
	day         []int32          // days since 1970-01-01 UTC, noDay when unknown; the first one of a month or year
	listed      []int32          // the same, noDay also if the date is doubtful: lists by date use it
	vague       map[uint32]int32 // the last day of a month or year, for documents dated no more precisely
	night       []uint16         // number of the night in which the document entered the index, 0 for the last
	place       []uint32         // position of the document in the index, the most recent first
	newest      []uint32         // live documents in that order
	article     *roaring.Bitmap
	bare        *roaring.Bitmap // written without diacritics
	columns     map[string]*column
	firsts      firsts
	further     further
	vectors     *learned.Vectors // nil if the index has no model
	keyed       map[string]*keyedColumn
}

// noDay is the day of documents without a date, before all others.
const noDay = math.MinInt32

func openLeaf(ord int, s *scorch.SegmentSnapshot) (*leaf, error) {
	l := &leaf{
		ord: ord, seg: s.Segment(), deleted: s.Deleted(), size: uint32(s.FullSize()),
		live: s.DocNumbersLive(), dicts: map[string]*sync.Pool{}, columns: map[string]*column{}, keyed: map[string]*keyedColumn{},
	}
	if mapped, ok := l.seg.(interface{ Data() []byte }); ok {
		var err error
		if l.file, err = segment.Parse(mapped.Data()); err != nil {
			return nil, err
		}
	}
	for _, name := range append(index.Indexed(), "_id") {
		l.dicts[name] = &sync.Pool{New: func() any {
			d, err := l.seg.Dictionary(name)
			if err != nil {
				return err
			}
			return d
		}}
	}
	var err error
	if l.length, err = l.classes(index.FieldLength); err != nil {
		return nil, err
	}
	if l.titleLength, err = l.classes(index.FieldTitleL); err != nil {
		return nil, err
	}
	if l.article, err = l.postings("type", "article"); err != nil {
		return nil, err
	}
	if l.bare, err = l.postings(index.FieldBare, "1"); err != nil {
		return nil, err
	}
	return l, l.readDays()
}

// readDays reads the first and last day of each document, and which of them are listed
// by day.
func (l *leaf) readDays() error {
	l.day, l.vague = slices.Repeat([]int32{noDay}, int(l.size)), map[uint32]int32{}
	err := l.eachTerm("day", func(term string, docs *roaring.Bitmap) error {
		day, whole, err := index.ParseDate(term)
		if err != nil {
			return err
		}
		n := dayNumber(day)
		eachDoc(docs, func(doc uint32) { l.day[doc] = n })
		if whole {
			return nil
		}
		last, err := index.LastDay(term)
		if err != nil {
			return err
		}
		n = dayNumber(last)
		eachDoc(docs, func(doc uint32) { l.vague[doc] = n })
		return nil
	})
	if err != nil {
		return err
	}
	doubtful, err := l.postings(index.FieldDoubtful, "1")
	if err != nil {
		return err
	}
	l.listed = l.day
	if !doubtful.IsEmpty() {
		l.listed = slices.Clone(l.day)
		eachDoc(doubtful, func(doc uint32) { l.listed[doc] = noDay })
	}
	return nil
}

// classes reads a field that has one number below 256 per document.
func (l *leaf) classes(name string) ([]uint8, error) {
	out := make([]uint8, l.size)
	err := l.eachTerm(name, func(term string, docs *roaring.Bitmap) error {
		class, err := strconv.ParseUint(term, 10, 8)
		if err != nil {
			return err
		}
		eachDoc(docs, func(doc uint32) { out[doc] = uint8(class) })
		return nil
	})
	return out, err
}

// syllables returns about how many syllables the text of a document has.
func (l *leaf) syllables(doc uint32) int { return syllablesOfClass[l.length[doc]] }

var syllablesOfClass = func() (out [256]int) {
	for class := range out {
		out[class] = int(units.LengthOfClass(uint8(class)))
	}
	return out
}()

// eachDoc calls f for every document. It is several times as fast as an iterator of
// roaring.
func eachDoc(docs *roaring.Bitmap, f func(doc uint32)) {
	for some := range chunks(docs) {
		for _, doc := range some {
			f(doc)
		}
	}
}

var chunkPool = sync.Pool{New: func() any { return new([4096]uint32) }}

// chunks yields the documents of a bitmap in order, some thousands at a time. The memory
// of a chunk may be changed until the next one comes.
func chunks(docs *roaring.Bitmap) iter.Seq[[]uint32] {
	return func(yield func([]uint32) bool) {
		buffer := chunkPool.Get().(*[4096]uint32)
		defer chunkPool.Put(buffer)
		it := docs.ManyIterator()
		for n := it.NextMany(buffer[:]); n > 0; n = it.NextMany(buffer[:]) {
			if !yield(buffer[:n]) {
				return
			}
		}
	}
}

// dict calls f with a dictionary of a field from the pool.
func (l *leaf) dict(name string, f func(segmentapi.TermDictionary) error) error {
	pool, ok := l.dicts[name]
	if !ok {
		return fmt.Errorf("no field %s", name)
	}
	switch d := pool.Get().(type) {
	case segmentapi.TermDictionary:
		defer pool.Put(d)
		return f(d)
	case error:
		return fmt.Errorf("dictionary %s: %w", name, d)
	}
	return nil
}

var empty = roaring.New()

// postings returns the live documents that contain the term; an empty bitmap if there
// are none.
func (l *leaf) postings(field, term string) (docs *roaring.Bitmap, err error) {
	err = l.dict(field, func(d segmentapi.TermDictionary) error {
		docs, err = l.bitmap(d, []byte(term))
		return err
	})
	return docs, err
}

func (l *leaf) bitmap(d segmentapi.TermDictionary, term []byte) (*roaring.Bitmap, error) {
	list, err := d.PostingsList(term, nil, nil)
	if err != nil {
		return nil, err
	}
	it, ok := list.Iterator(false, false, false, nil).(segmentapi.OptimizablePostingsIterator)
	if !ok {
		return empty, nil
	}
	if doc, ok := it.DocNum1Hit(); ok {
		return l.without(roaring.BitmapOf(uint32(doc))), nil
	}
	if docs := it.ActualBitmap(); docs != nil {
		return l.without(docs), nil
	}
	return empty, nil
}

// without returns docs without the deleted documents. Most terms are rare and have
// no deleted document: their postings are used as they are in the file.
func (l *leaf) without(docs *roaring.Bitmap) *roaring.Bitmap {
	if l.deleted == nil || !docs.Intersects(l.deleted) {
		return docs
	}
	return roaring.AndNot(docs, l.deleted)
}

// frequencies returns the documents of a term with frequency classes, one bitmap per
// class.
func (l *leaf) frequencies(field, term string) (out postings, err error) {
	err = l.dict(field, func(d segmentapi.TermDictionary) error {
		key := make([]byte, 0, len(term)+1)
		for class := range out {
			if out[class], err = l.bitmap(d, vi.AppendTerm(key, term, class)); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// eachTerm calls f for every term of a field in order.
func (l *leaf) eachTerm(field string, f func(term string, docs *roaring.Bitmap) error) (err error) {
	walk := l.eachTermFrom(field, "", func(term string, docs *roaring.Bitmap) bool {
		if err = f(term, docs); err != nil {
			err = fmt.Errorf("term %q of %s: %w", term, field, err)
		}
		return err == nil
	})
	return cmp.Or(err, walk)
}

// eachTermFrom calls f for every term of a field that begins with start, in
// order, until f returns false.
func (l *leaf) eachTermFrom(field, start string, f func(term string, docs *roaring.Bitmap) bool) error {
	// No term contains 0xff, which is not valid UTF-8.
	end := append([]byte(start), 0xff)
	if l.file != nil {
		return l.eachRaw(field, []byte(start), end, func(term []byte, value uint64) (bool, error) {
			docs, err := l.rawPostings(value)
			return err == nil && f(string(term), docs), err
		})
	}
	return l.dict(field, func(d segmentapi.TermDictionary) error {
		it := d.AutomatonIterator(nil, []byte(start), end)
		for {
			entry, err := it.Next()
			if err != nil || entry == nil {
				return err
			}
			docs, err := l.bitmap(d, []byte(entry.Term))
			if err != nil || !f(entry.Term, docs) {
				return err
			}
		}
	})
}

// eachRaw calls f with every term of a field in [start, end) and its value in the
// file's dictionary, until f returns false.
//
// Measured on 150,000 documents (22 November 2026): opening takes 57 % less
// (benchstat, CPU, n=6) than with Bleve's own iterator, which reads every postings
// list to count it, and needs another look-up for the documents.
func (l *leaf) eachRaw(field string, start, end []byte, f func(term []byte, value uint64) (bool, error)) error {
	fst, err := l.file.Dictionary(field)
	if err != nil || fst == nil {
		return err
	}
	it, err := fst.Iterator(start, end)
	for ; err == nil; err = it.Next() {
		term, value := it.Current()
		if more, err := f(term, value); err != nil || !more {
			return err
		}
	}
	if err == vellum.ErrIteratorDone {
		err = nil
	}
	return err
}

// rawPostings returns the live documents of a value of a dictionary.
func (l *leaf) rawPostings(value uint64) (*roaring.Bitmap, error) {
	docs, err := l.file.Postings(value)
	if err != nil {
		return nil, err
	}
	return l.without(docs), nil
}

// stored returns copies of the stored fields of a document named by want.
func (l *leaf) stored(doc uint32, want ...string) (map[string][]byte, error) {
	out := make(map[string][]byte, len(want))
	return out, l.readStored(doc, func(field string, value []byte) error {
		if slices.Contains(want, field) {
			out[field] = bytes.Clone(value)
		}
		return nil
	})
}

// readStored calls read with each stored field of a document. The value is valid
// until read returns.
func (l *leaf) readStored(doc uint32, read func(field string, value []byte) error) error {
	var failed error
	err := l.seg.VisitStoredFields(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		failed = read(field, value)
		return failed == nil
	})
	if err != nil {
		return fmt.Errorf("stored fields: %w", err)
	}
	return failed
}

// postings are the documents of a term by frequency class. The bitmaps are disjoint.
type postings [units.FreqClasses]*roaring.Bitmap

// all returns the documents of every class.
func (p *postings) all() *roaring.Bitmap {
	filled := make([]*roaring.Bitmap, 0, len(p)) // on the stack
	for _, docs := range p {
		if docs != nil && !docs.IsEmpty() {
			filled = append(filled, docs)
		}
	}
	return joined(filled)
}

func (p *postings) count() (n uint64) {
	for _, docs := range p {
		if docs != nil {
			n += docs.GetCardinality()
		}
	}
	return n
}

// among returns the postings reduced to docs.
func (p postings) among(docs *roaring.Bitmap) (out postings) {
	for class, with := range p {
		if with != nil {
			out[class] = roaring.And(with, docs)
		}
	}
	return out
}

// intersect returns the documents of both, each with the lower of its two classes:
// it computes for every class the documents of at least that class, then separates
// the classes again.
func intersect(a, b postings) (out postings) {
	atLeastA, atLeastB, above := empty, empty, empty
	for class := len(out) - 1; class >= 0; class-- {
		atLeastA, atLeastB = roaring.Or(atLeastA, a[class]), roaring.Or(atLeastB, b[class])
		both := roaring.And(atLeastA, atLeastB)
		out[class] = roaring.AndNot(both, above)
		above = both
	}
	return out
}
