package bleveindex

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/learned"
	"nghiquyet/index/segment"
	"nghiquyet/index/units"
)

// batch collects documents until they are written as a run.
type batch struct {
	maker  *units.Maker
	fields []batchField // as segmentFields
	// spelled are pairs in their spelling, which become terms of the field of pairs.
	spelled slotted
	stored  []byte
	sizes   []int // bytes of the stored part of each document
	signs   []byte
	embed   *learned.Embedder // nil for an index without vectors
	// vectors has the vectors of each document, after their size as a uvarint.
	vectors []byte
	bytes   int // of text
}

// batchField are the terms of one field.
type batchField struct {
	terms *units.Terms // nil for a field that is only stored
	// values returns the terms of a document, for a field whose terms the maker does
	// not count.
	values func(*units.Document) []string
	// slots are numbers term × FreqClasses + class.
	slotted
}

// slotted is a list of numbers, document by document; ends has the end of each
// document.
type slotted struct{ slots, ends []uint32 }

func (s *slotted) endDocument() { s.ends = append(s.ends, uint32(len(s.slots))) }

func (s *slotted) empty() { s.slots, s.ends = s.slots[:0], s.ends[:0] }

// lists are the documents of each number: those of n are docs[from[n]:from[n+1]].
type lists struct{ from, docs []uint32 }

func (l *lists) of(n int) []uint32 { return l.docs[l.from[n]:l.from[n+1]] }

// lists sorts by counting. All numbers must be below n.
func (s *slotted) lists(n int) lists {
	from := make([]uint32, n+2)
	for _, slot := range s.slots {
		from[slot+2]++
	}
	for i := 2; i < len(from); i++ {
		from[i] += from[i-1]
	}
	docs := make([]uint32, len(s.slots))
	at := uint32(0)
	for doc, end := range s.ends {
		for ; at < end; at++ {
			slot := s.slots[at] + 1
			docs[from[slot]] = uint32(doc)
			from[slot]++
		}
	}
	return lists{from, docs}
}

// segmentFields are the fields in the order of a segment: the ID, then those of the
// schema by name.
var segmentFields = append([]index.Field{{Name: "_id", Kind: index.Keyword, Values: func(u index.Unit) []string { return []string{u.ID()} }}},
	slices.SortedFunc(slices.Values(index.Schema), func(a, b index.Field) int { return strings.Compare(a.Name, b.Name) })...)

func newBatch(maker *units.Maker, embed *learned.Embedder) *batch {
	b := &batch{maker: maker, embed: embed, fields: make([]batchField, len(segmentFields))}
	d := maker.Terms()
	for i, f := range segmentFields {
		own := func(values func(*units.Document) []string) batchField {
			return batchField{terms: units.NewTerms(), values: values}
		}
		class := func(length func(*units.Document) int) batchField {
			return own(func(d *units.Document) []string { return []string{strconv.Itoa(int(units.LengthClass(length(d))))} })
		}
		switch f.Name {
		case index.FieldExact:
			b.fields[i].terms = d.Exact
		case index.FieldFolded:
			b.fields[i].terms = d.Folded
		case index.FieldBigram:
			b.fields[i].terms = d.Bigram
		case index.FieldTitle:
			b.fields[i].terms = d.Title
		case index.FieldLength:
			b.fields[i] = class(func(d *units.Document) int { return d.Length })
		case index.FieldTitleL:
			b.fields[i] = class(func(d *units.Document) int { return d.TitleLength })
		case index.FieldBare:
			b.fields[i] = own(func(d *units.Document) []string {
				if d.Bare {
					return []string{"1"}
				}
				return nil
			})
		default:
			if f.Values != nil {
				b.fields[i] = own(func(d *units.Document) []string { return f.Values(d.Unit) })
			}
		}
	}
	return b
}

// add adds the document that the maker has made.
func (b *batch) add(d *units.Document) {
	before := len(b.stored)
	var fields []int
	var values [][]byte
	for i := range b.fields {
		f := &b.fields[i]
		switch name := segmentFields[i].Name; {
		case name == index.FieldHead:
			fields, values = append(fields, i), append(values, d.Head)
		case name == index.FieldBody:
			fields, values = append(fields, i), append(values, d.Body)
		case name == index.FieldRest && d.Rest != nil:
			fields, values = append(fields, i), append(values, d.Rest)
		case f.terms != nil:
			f.add(d, name)
		}
	}
	b.spelled.slots = append(b.spelled.slots, d.Spelled.Current()...)
	b.spelled.endDocument()
	b.stored = segment.AppendStored(b.stored, d.ID, fields, values)
	b.sizes = append(b.sizes, len(b.stored)-before)
	b.signs = append(binary.AppendUvarint(b.signs, uint64(len(d.Sign))), d.Sign...)
	if b.embed != nil {
		vectors := b.embed.AppendVectors(nil, d.Parts)
		b.vectors = append(binary.AppendUvarint(b.vectors, uint64(len(vectors))), vectors...)
	}
	b.bytes += len(d.Unit.Text())
}

func (f *batchField) add(d *units.Document, name string) {
	if f.values != nil {
		f.terms.Next()
		for _, v := range f.values(d) {
			if v != "" {
				f.terms.Add(v)
			}
		}
	}
	for _, n := range f.terms.Current() {
		class := 0
		if name == index.FieldExact || name == index.FieldFolded || name == index.FieldBigram {
			class = units.FreqClass(f.terms.Freq(n))
		}
		f.slots = append(f.slots, n*units.FreqClasses+uint32(class))
	}
	f.endDocument()
}

// run is a batch on disk: the stored parts of all documents, then all signatures, then all
// vectors, then the terms of each field in order, each with the documents that contain it,
// numbered from 0.
type run struct {
	name  string
	sizes []int // bytes of the stored part of each document
	signs int   // bytes of all signatures
	// vectors is the size of all vectors with their sizes, in bytes.
	vectors int
	terms   []int // how many each field has
}

// flush writes a batch as the next run and empties it.
func (w *Writer) flush(b *batch) (err error) {
	if len(b.sizes) == 0 {
		return nil
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("write batch: %w", err)
		}
	}()
	w.mu.Lock()
	w.named++
	name := filepath.Join(w.dir, runsDir, fmt.Sprintf("%06d", w.named))
	w.mu.Unlock()
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := bufio.NewWriterSize(f, 1<<20)
	out.Write(b.stored)
	out.Write(b.signs)
	out.Write(b.vectors)
	r := &run{name: name, sizes: slices.Clone(b.sizes), signs: len(b.signs), vectors: len(b.vectors), terms: make([]int, len(b.fields))}
	for i := range b.fields {
		f := &b.fields[i]
		if f.terms == nil {
			continue
		}
		to := termWriter{out: out}
		if segmentFields[i].Name == index.FieldBigram {
			f.flush(&to, newSpellings(&b.spelled, b.maker.Terms()).write)
		} else {
			f.flush(&to, nil)
		}
		r.terms[i] = to.terms
	}
	if err := out.Flush(); err != nil { // the first error of all
		return err
	}
	b.spelled.empty()
	b.maker.Forget()
	b.stored, b.sizes, b.signs, b.vectors, b.bytes = b.stored[:0], b.sizes[:0], b.signs[:0], b.vectors[:0], 0
	w.mu.Lock()
	defer w.mu.Unlock()
	w.runs = append(w.runs, r)
	return nil
}

// termWriter writes terms in their order. It writes the number of bytes that a term
// shares with the one before, the rest of the term, and its documents as
// differences.
type termWriter struct {
	out       *bufio.Writer
	terms     int // written
	last, buf []byte
}

func (w *termWriter) write(term []byte, docs []uint32) {
	same := 0
	for same < min(len(term), len(w.last)) && term[same] == w.last[same] {
		same++
	}
	buf := binary.AppendUvarint(w.buf[:0], uint64(same))
	buf = binary.AppendUvarint(buf, uint64(len(term)-same))
	buf = append(buf, term[same:]...)
	buf = binary.AppendUvarint(buf, uint64(len(docs)))
	before := uint32(0)
	for _, doc := range docs {
		buf = binary.AppendUvarint(buf, uint64(doc-before))
		before = doc
	}
	w.out.Write(buf)
	w.last, w.buf = append(w.last[:0], term...), buf
	w.terms++
}

// flush writes the terms in all their classes. more is called after each term, with one
// of its documents, and may write further terms.
func (f *batchField) flush(w *termWriter, more func(w *termWriter, number uint32, term []byte, doc uint32)) {
	docs := f.lists(f.terms.Len() * units.FreqClasses)
	var text, term []byte
	for _, n := range f.terms.Sorted() {
		text = f.terms.Append(text[:0], n)
		doc := uint32(0)
		for class := range units.FreqClasses {
			if held := docs.of(int(n)*units.FreqClasses + class); len(held) > 0 {
				term = vi.AppendTerm(term[:0], text, class)
				w.write(term, held)
				doc = held[0]
			}
		}
		if more != nil {
			more(w, n, text, doc)
		}
	}
	if f.values != nil {
		f.terms.Forget()
	}
	f.empty()
}

// runReader reads a run from its start to its end.
type runReader struct {
	*run
	file *os.File
	in   *bufio.Reader
	base uint32 // number of its first document in the new segment
	left int    // terms of the field that are still to be read
	text []byte
	docs []uint32
}

func (r *run) open(base uint32) (*runReader, error) {
	f, err := os.Open(r.name)
	if err != nil {
		return nil, err
	}
	return &runReader{run: r, file: f, in: bufio.NewReaderSize(f, 256<<10), base: base}, nil
}

func (r *runReader) size() int          { return len(r.sizes) }
func (r *runReader) term() []byte       { return r.text }
func (r *runReader) postings() []uint32 { return r.docs }
func (r *runReader) close() error       { return r.file.Close() }

func (r *runReader) copyDocuments(ctx context.Context, w *segment.Writer, signs io.Writer) error {
	var buf []byte
	for _, size := range r.sizes {
		buf = append(buf[:0], make([]byte, size)...)
		if _, err := io.ReadFull(r.in, buf); err != nil {
			return r.damaged(err)
		}
		w.Document(buf)
	}
	if _, err := io.CopyN(signs, r.in, int64(r.signs)); err != nil {
		return r.damaged(err)
	}
	return ctx.Err()
}

func (r *runReader) copyVectors(to *learned.VectorsWriter) error {
	var buf []byte
	for range r.sizes {
		size, err := binary.ReadUvarint(r.in)
		if err != nil || size > uint64(r.vectors) {
			return r.damaged(cmp.Or(err, learned.ErrVectors))
		}
		buf = append(buf[:0], make([]byte, size)...)
		if _, err := io.ReadFull(r.in, buf); err != nil {
			return r.damaged(err)
		}
		if err := to.Add(buf); err != nil {
			return r.damaged(err)
		}
	}
	return nil
}

func (r *runReader) field(i int) error {
	r.text, r.left = r.text[:0], r.terms[i]
	return nil
}

func (r *runReader) next() (more bool, err error) {
	if r.left == 0 {
		return false, nil
	}
	r.left--
	return true, r.read()
}

// read reads a term and its documents.
func (r *runReader) read() error {
	same, err := binary.ReadUvarint(r.in)
	if err != nil {
		return r.damaged(err)
	}
	rest, err := binary.ReadUvarint(r.in)
	if err != nil {
		return r.damaged(err)
	}
	r.text = append(r.text[:same], make([]byte, rest)...)
	if _, err := io.ReadFull(r.in, r.text[same:]); err != nil {
		return r.damaged(err)
	}
	n, err := binary.ReadUvarint(r.in)
	if err != nil {
		return r.damaged(err)
	}
	r.docs = r.docs[:0]
	doc := r.base
	for range n {
		d, err := binary.ReadUvarint(r.in)
		if err != nil {
			return r.damaged(err)
		}
		doc += uint32(d)
		r.docs = append(r.docs, doc)
	}
	return nil
}

func (r *runReader) damaged(err error) error {
	return fmt.Errorf("read back %s: %w", filepath.Base(r.name), err)
}
