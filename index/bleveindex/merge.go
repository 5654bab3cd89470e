package bleveindex

import (
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"errors"
	"io"

	bleveapi "github.com/blevesearch/bleve_index_api"

	"nghiquyet/index"
	"nghiquyet/index/segment"
)

// mergeRuns writes runs, one behind the other, as one segment.
func mergeRuns(ctx context.Context, name string, runs []*run) (err error) {
	docs := 0
	for _, one := range runs {
		docs += len(one.sizes)
	}
	s, err := segment.Create(name, docs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	readers := make([]*runReader, 0, len(runs))
	defer func() {
		for _, r := range readers {
			err = errors.Join(err, r.file.Close())
		}
	}()
	base := 0
	for _, one := range runs {
		r, err := one.open(uint32(base))
		if err != nil {
			return err
		}
		readers = append(readers, r)
		base += len(one.sizes)
		if err := r.copyStored(ctx, s); err != nil {
			return err
		}
	}
	s.EndDocuments()
	for i, f := range segmentFields {
		if err := mergeField(ctx, s, readers, i); err != nil {
			return err
		}
		s.EndField(f.Name, fieldOptions(f))
	}
	return nil
}

func fieldOptions(f index.Field) bleveapi.FieldIndexingOptions {
	switch {
	case f.Name == "_id":
		return bleveapi.IndexField | bleveapi.StoreField
	case f.Kind == index.Stored:
		return bleveapi.StoreField
	}
	return bleveapi.IndexField | bleveapi.SkipFreqNorm
}

func (r *runReader) copyStored(ctx context.Context, s *segment.Writer) error {
	var buf []byte
	for _, size := range r.sizes {
		buf = append(buf[:0], make([]byte, size)...)
		if _, err := io.ReadFull(r.in, buf); err != nil {
			return r.damaged(err)
		}
		s.Document(buf)
	}
	return ctx.Err()
}

// mergeField writes the terms of one field.
func mergeField(ctx context.Context, s *segment.Writer, readers []*runReader, field int) error {
	h := make(readerHeap, 0, len(readers))
	for _, r := range readers {
		if r.term, r.left = r.term[:0], r.terms[field]; r.left > 0 {
			if err := r.next(); err != nil {
				return err
			}
			h = append(h, r)
		}
	}
	heap.Init(&h)
	var term []byte
	var docs []uint32
	for n := 0; len(h) > 0; n++ {
		if n%10_000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		term, docs = append(term[:0], h[0].term...), docs[:0]
		for len(h) > 0 && bytes.Equal(h[0].term, term) {
			r := h[0]
			docs = append(docs, r.docs...)
			if r.left == 0 {
				heap.Pop(&h)
				continue
			}
			if err := r.next(); err != nil {
				return err
			}
			heap.Fix(&h, 0)
		}
		s.Term(term, docs)
	}
	return nil
}

// readerHeap has the least term of the earliest run on top.
type readerHeap []*runReader

func (h readerHeap) Len() int { return len(h) }
func (h readerHeap) Less(i, j int) bool {
	return cmp.Or(bytes.Compare(h[i].term, h[j].term), cmp.Compare(h[i].base, h[j].base)) < 0
}
func (h readerHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *readerHeap) Push(x any)   { *h = append(*h, x.(*runReader)) }
func (h *readerHeap) Pop() any {
	last := len(*h) - 1
	r := (*h)[last]
	*h = (*h)[:last]
	return r
}
