package bleveindex

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

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
			h = append(h, &ordered{src, src.term(), i})
		}
	}
	slices.SortFunc(h, (*ordered).compare)
	var term []byte
	var docs []uint32
	for n := 0; len(h) > 0; n++ {
		if n%10_000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		term, docs = append(term[:0], h[0].text...), docs[:0]
		for len(h) > 0 && bytes.Equal(h[0].text, term) {
			first := h[0]
			docs = append(docs, first.postings()...)
			more, err := first.next()
			if err != nil {
				return err
			}
			if more {
				first.text = first.term()
			} else {
				h[0], h = h[len(h)-1], h[:len(h)-1]
			}
			h.sink()
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

func (o *ordered) compare(other *ordered) int {
	return cmp.Or(bytes.Compare(o.text, other.text), cmp.Compare(o.at, other.at))
}

// sourceHeap is a binary heap, at whose root is the least term, of equal terms that of
// the earliest source.
type sourceHeap []*ordered

// sink moves the root down to its place.
func (h sourceHeap) sink() {
	if len(h) == 0 {
		return
	}
	root, at := h[0], 0
	for {
		child := 2*at + 1
		if child >= len(h) {
			break
		}
		if child+1 < len(h) && h[child+1].compare(h[child]) < 0 {
			child++
		}
		if root.compare(h[child]) < 0 {
			break
		}
		h[at], at = h[child], child
	}
	h[at] = root
}
