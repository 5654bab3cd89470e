package bleveindex

import (
	"bufio"
	"bytes"
	"container/heap"
	"context"
	"errors"
	"os"
	"path/filepath"

	bleveapi "github.com/blevesearch/bleve_index_api"

	"nghiquyet/index"
	"nghiquyet/index/learned"
	"nghiquyet/index/segment"
)

// writeSegment writes the documents of sources, one source after another, as the
// segment of this number of the index in dir, with vectors if there is a model.
func writeSegment(ctx context.Context, dir string, number uint64, sources []source, model *learned.Model) (err error) {
	docs := 0
	for _, src := range sources {
		docs += src.size()
	}
	w, err := segment.Create(filepath.Join(dir, storeDir, segmentName(number)+zapExt), docs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	f, err := os.OpenFile(filepath.Join(dir, signsDir, segmentName(number)), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	signs := bufio.NewWriter(f)
	for _, src := range sources {
		if err := src.copyDocuments(ctx, w, signs); err != nil {
			return err
		}
	}
	w.EndDocuments()
	if err := signs.Flush(); err != nil {
		return err
	}
	if model != nil {
		if err := writeVectors(filepath.Join(dir, vectorsDir, segmentName(number)), sources, model.Dims()); err != nil {
			return err
		}
	}
	for i, f := range segmentFields {
		if err := writeTerms(ctx, w, sources, i); err != nil {
			return err
		}
		w.EndField(f.Name, fieldOptions(f))
	}
	return nil
}

// writeVectors writes the vectors of the documents of sources to the file name. It
// must be called after their documents are copied.
func writeVectors(name string, sources []source, dims int) (err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := learned.NewVectorsWriter(f, dims)
	for _, src := range sources {
		if err := src.copyVectors(w); err != nil {
			return err
		}
	}
	return w.Close()
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

// writeTerms writes the terms of one field.
func writeTerms(ctx context.Context, w *segment.Writer, sources []source, field int) error {
	if segmentFields[field].Name != index.FieldBigram {
		return mergeTerms(ctx, sources, field, w.Term)
	}
	pairs := newPairWriter(w.Term, sources)
	err := mergeTerms(ctx, sources, field, pairs.term)
	pairs.end()
	return err
}

// mergeTerms calls write with the terms of one field in their order, each with the
// documents of all sources that contain it.
func mergeTerms(ctx context.Context, sources []source, field int, write func(term []byte, docs []uint32)) error {
	h := make(sourceHeap, 0, len(sources))
	for i, src := range sources {
		if err := src.field(field); err != nil {
			return err
		}
		more, err := src.next()
		if err != nil {
			return err
		}
		if more {
			h = append(h, ordered{src, src.term(), i})
		}
	}
	heap.Init(&h)
	var term []byte
	var docs []uint32
	for n := 0; len(h) > 0; n++ {
		if n%10_000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		term, docs = append(term[:0], h[0].text...), docs[:0]
		for len(h) > 0 && bytes.Equal(h[0].text, term) {
			docs = append(docs, h[0].postings()...)
			more, err := h[0].next()
			if err != nil {
				return err
			}
			if more {
				h[0].text = h[0].term()
				heap.Fix(&h, 0)
			} else {
				heap.Pop(&h)
			}
		}
		write(term, docs)
	}
	return nil
}

// ordered is a source with its current term and its index among the sources.
type ordered struct {
	source
	text []byte
	at   int
}

// sourceHeap has at its root the least term, of equal terms that of the earliest
// source.
type sourceHeap []ordered

func (h sourceHeap) Len() int { return len(h) }
func (h sourceHeap) Less(i, j int) bool {
	order := bytes.Compare(h[i].text, h[j].text)
	return order < 0 || order == 0 && h[i].at < h[j].at
}
func (h sourceHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *sourceHeap) Push(x any)   { *h = append(*h, x.(ordered)) }
func (h *sourceHeap) Pop() any {
	last := len(*h) - 1
	r := (*h)[last]
	*h = (*h)[:last]
	return r
}
