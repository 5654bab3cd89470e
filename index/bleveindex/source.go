package bleveindex

import (
	"context"
	"fmt"
	"io"

	"github.com/blevesearch/vellum"

	"nghiquyet/index"
	"nghiquyet/index/learned"
	"nghiquyet/index/segment"
)

// source is one source of a new segment: a run, or a segment of the base index. Its
// documents are numbered from base on in the new segment. The methods must be
// called in this order.
type source interface {
	// size is how many documents it provides.
	size() int
	// copyDocuments writes the stored parts of the documents, and the signatures.
	copyDocuments(ctx context.Context, w *segment.Writer, signs io.Writer) error
	// copyVectors writes the vectors of the documents, if the index has any.
	copyVectors(to *learned.VectorsWriter) error
	// field begins the terms of a field, given by its index in segmentFields.
	field(i int) error
	// next reads the next term. more is false after the last.
	next() (more bool, err error)
	// term and postings are valid until the next call of next.
	term() []byte
	postings() []uint32
	close() error
}

// oldSegment is a segment of the base index without the documents that left.
type oldSegment struct {
	*baseSegment
	numbers []uint32 // number of each document in the new segment, gone for a document that left
	base    uint32   // number of the first
	live    int

	terms *vellum.FSTIterator
	pairs bool // the field is that of pairs
	began bool // terms points at a term that next has not returned yet
	text  []byte
	docs  []uint32
	many  []uint32
}

const gone = ^uint32(0)

func newOldSegment(s *baseSegment, base uint32) *oldSegment {
	o := &oldSegment{baseSegment: s, base: base, numbers: make([]uint32, s.Docs()), many: make([]uint32, 4096)}
	for doc := range o.numbers {
		if s.deleted.Contains(uint32(doc)) {
			o.numbers[doc] = gone
			continue
		}
		o.numbers[doc] = base + uint32(o.live)
		o.live++
	}
	return o
}

func (o *oldSegment) size() int          { return o.live }
func (o *oldSegment) term() []byte       { return o.text }
func (o *oldSegment) postings() []uint32 { return o.docs }
func (o *oldSegment) close() error       { return nil } // the base closes the segment

func (o *oldSegment) copyDocuments(ctx context.Context, w *segment.Writer, signs io.Writer) error {
	for doc, to := range o.numbers {
		if doc%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if to == gone {
			continue
		}
		stored, err := o.Stored(uint32(doc))
		if err != nil {
			return err
		}
		w.Document(stored)
	}
	return o.eachSign(func(doc uint32, record, _ []byte) error {
		if o.numbers[doc] == gone {
			return nil
		}
		_, err := signs.Write(record)
		return err
	})
}

func (o *oldSegment) copyVectors(to *learned.VectorsWriter) error {
	for doc, number := range o.numbers {
		if number == gone {
			continue
		}
		if err := to.Add(o.vectors.Of(uint32(doc))); err != nil {
			return err
		}
	}
	return nil
}

func (o *oldSegment) field(i int) error {
	o.terms, o.pairs = nil, segmentFields[i].Name == index.FieldBigram
	fst, err := o.Dictionary(segmentFields[i].Name)
	if err != nil || fst == nil {
		return err
	}
	o.terms, err = fst.Iterator(nil, nil)
	if err == vellum.ErrIteratorDone {
		o.terms, err = nil, nil
	}
	o.began = true
	return err
}

func (o *oldSegment) next() (more bool, err error) {
	for o.terms != nil {
		if !o.began {
			if err := o.terms.Next(); err != nil {
				o.terms = nil
				if err == vellum.ErrIteratorDone {
					err = nil
				}
				return false, err
			}
		}
		o.began = false
		term, value := o.terms.Current()
		o.docs = o.docs[:0]
		if doc, ok := segment.OneDoc(value); ok {
			if int(doc) >= len(o.numbers) {
				return false, fmt.Errorf("%w: term %q", segment.ErrDamaged, term)
			}
			o.add(doc)
		} else if err := o.addAll(term, value); err != nil {
			return false, err
		}
		o.text = append(o.text[:0], term...)
		if o.pairs && o.live > 0 {
			o.keepSpelled()
		}
		if len(o.docs) > 0 {
			return true, nil
		}
	}
	return false, nil
}

func (o *oldSegment) add(doc uint32) {
	if to := o.numbers[doc]; to != gone {
		o.docs = append(o.docs, to)
	}
}

func (o *oldSegment) addAll(term []byte, value uint64) error {
	docs, err := o.Postings(value)
	if err != nil {
		return err
	}
	for it := docs.ManyIterator(); ; {
		n := it.NextMany(o.many)
		if n == 0 {
			return nil
		}
		for _, doc := range o.many[:n] {
			if int(doc) >= len(o.numbers) {
				return fmt.Errorf("%w: term %q", segment.ErrDamaged, term)
			}
			o.add(doc)
		}
	}
}
