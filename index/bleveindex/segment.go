package bleveindex

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"math/bits"
	"os"

	bleveapi "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/vellum"
)

// segmentFile writes one segment in the format of Bleve's zapx, version 17
// (github.com/blevesearch/zapx/v17, zap.md), piece after piece: documents, then
// fields, then the end. Numbers are big endian or unsigned varints. Of what the
// format can hold it writes postings without frequencies, norms and locations;
// Bleve's own merging and iterating over frequencies would need them.
//
// The zero value is not ready; not safe for concurrent use. The first error
// sticks and is what finish returns.
type segmentFile struct {
	file *os.File
	out  *bufio.Writer
	size uint64
	crc  uint32
	err  error
	buf  []byte

	docs   []uint64 // where the stored fields of each document are
	index  uint64   // where docs is written
	fields []segmentField
	fst    *vellum.Builder
	dict   bytes.Buffer
}

// segmentField is one field and where its dictionary is named.
type segmentField struct {
	name    string
	options bleveapi.FieldIndexingOptions
	address uint64
}

// The format's numbers.
const (
	zapVersion   = 17
	zapChunkMode = 1026
	zapInverted  = 0              // the section of inverted fields
	zapNoValues  = math.MaxUint64 // for doc values
	zapOneHit    = 1<<63 | 1<<31  // a term's only document, in the FST itself, with a norm of 1
	zapDocMask   = 1<<31 - 1
)

func createSegment(name string) (*segmentFile, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	s := &segmentFile{file: f, out: bufio.NewWriterSize(f, 1<<20)}
	s.fst, err = vellum.New(&s.dict, nil)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return s, nil
}

func (s *segmentFile) write(data []byte) {
	if s.err != nil {
		return
	}
	_, s.err = s.out.Write(data)
	s.crc = crc32.Update(s.crc, crc32.IEEETable, data)
	s.size += uint64(len(data))
}

// document writes a document as [appendStored] made it.
func (s *segmentFile) document(stored []byte) {
	s.docs = append(s.docs, s.size)
	s.write(stored)
}

// endDocuments comes behind the last document. No document is part of another.
func (s *segmentFile) endDocuments() {
	s.index = s.size
	s.buf = s.buf[:0]
	for _, at := range s.docs {
		s.buf = binary.BigEndian.AppendUint64(s.buf, at)
	}
	s.write(binary.AppendUvarint(s.buf, 0))
}

// term writes a term of the field that endField names next, with the documents
// that hold it, ascending and at least one. Terms come in order.
func (s *segmentFile) term(term []byte, docs []uint32) {
	if s.err != nil {
		return
	}
	value := uint64(zapOneHit) | uint64(docs[0])
	if len(docs) > 1 || docs[0] > zapDocMask {
		value = s.size
		postings := appendBitmap(append(s.buf[:0], make([]byte, 2+binary.MaxVarintLen64)...), docs)
		bitmap := postings[2+binary.MaxVarintLen64:]
		// No frequencies, no locations, then the bitmap and its size.
		head := binary.AppendUvarint(append(make([]byte, 0, 16), 0, 0), uint64(len(bitmap)))
		s.buf = postings
		s.write(head)
		s.write(bitmap)
	}
	if s.err == nil {
		if s.err = s.fst.Insert(term, value); s.err != nil {
			s.err = fmt.Errorf("term %q: %w", term, s.err)
		}
	}
}

// endField comes behind the last term of a field.
func (s *segmentFile) endField(name string, options bleveapi.FieldIndexingOptions) {
	if s.err != nil {
		return
	}
	if s.err = s.fst.Close(); s.err != nil {
		return
	}
	dict := s.size
	s.write(binary.AppendUvarint(nil, uint64(s.dict.Len())))
	s.write(s.dict.Bytes())
	s.fields = append(s.fields, segmentField{name, options, s.size})
	head := binary.AppendUvarint(nil, zapNoValues)
	head = binary.AppendUvarint(head, zapNoValues)
	s.write(binary.AppendUvarint(head, dict))
	s.dict.Reset()
	if s.err == nil {
		s.err = s.fst.Reset(&s.dict)
	}
}

// finish writes what finds all the rest, and closes the file.
func (s *segmentFile) finish() error {
	at := make([]uint64, len(s.fields))
	for i, f := range s.fields {
		at[i] = s.size
		b := binary.AppendUvarint(nil, uint64(len(f.name)))
		b = append(b, f.name...)
		b = binary.AppendUvarint(b, uint64(f.options))
		b = binary.AppendUvarint(b, 1) // section
		b = binary.BigEndian.AppendUint16(b, zapInverted)
		s.write(binary.BigEndian.AppendUint64(b, f.address))
	}
	sections := s.size
	b := binary.AppendUvarint(nil, uint64(len(at)))
	for _, x := range at {
		b = binary.BigEndian.AppendUint64(b, x)
	}
	b = binary.BigEndian.AppendUint32(b, 0) // no name of a file writer
	b = binary.BigEndian.AppendUint64(b, uint64(len(s.docs)))
	b = binary.BigEndian.AppendUint64(b, s.index)
	b = binary.BigEndian.AppendUint64(b, sections)
	b = binary.BigEndian.AppendUint32(b, zapChunkMode)
	b = binary.BigEndian.AppendUint32(b, zapVersion)
	s.write(b)
	s.write(binary.BigEndian.AppendUint32(nil, s.crc))
	return errors.Join(s.err, s.out.Flush(), s.file.Close())
}

// Roaring bitmaps as files hold them (RoaringFormatSpec): always with a mark of
// which containers are runs, which makes small bitmaps seven bytes smaller.
const (
	roaringCookie   = 12347
	roaringNoOffset = 4 // containers below which their places are not written
	arrayMost       = 4096
	containerBytes  = 8192
)

// appendBitmap appends docs, which ascend, as a bitmap.
func appendBitmap(dst []byte, docs []uint32) []byte {
	le := binary.LittleEndian
	// containers are the ends of the docs that share their high half.
	containers := make([]int, 0, 8)
	for i := 1; i <= len(docs); i++ {
		if i == len(docs) || docs[i]>>16 != docs[i-1]>>16 {
			containers = append(containers, i)
		}
	}
	n := len(containers)
	start := len(dst)
	dst = le.AppendUint32(dst, uint32(roaringCookie|(n-1)<<16))
	isRun := len(dst)
	dst = append(dst, make([]byte, (n+7)/8)...)
	begin := 0
	for _, end := range containers {
		dst = le.AppendUint16(dst, uint16(docs[begin]>>16))
		dst = le.AppendUint16(dst, uint16(end-begin-1))
		begin = end
	}
	places := len(dst)
	if n >= roaringNoOffset {
		dst = append(dst, make([]byte, 4*n)...)
	}
	begin = 0
	for i, end := range containers {
		if n >= roaringNoOffset {
			le.PutUint32(dst[places+4*i:], uint32(len(dst)-start))
		}
		var run bool
		if dst, run = appendContainer(dst, docs[begin:end]); run {
			dst[isRun+i/8] |= 1 << (i % 8)
		}
		begin = end
	}
	return dst
}

// appendContainer appends the low halves of docs the way that takes least.
func appendContainer(dst []byte, docs []uint32) (_ []byte, run bool) {
	le := binary.LittleEndian
	runs := 1
	for i := 1; i < len(docs); i++ {
		if docs[i] != docs[i-1]+1 {
			runs++
		}
	}
	switch {
	case 2+4*runs < min(2*len(docs), containerBytes):
		dst = le.AppendUint16(dst, uint16(runs))
		for i := 0; i < len(docs); {
			first := i
			for i++; i < len(docs) && docs[i] == docs[i-1]+1; i++ {
			}
			dst = le.AppendUint16(dst, uint16(docs[first]))
			dst = le.AppendUint16(dst, uint16(i-1-first))
		}
		return dst, true
	case len(docs) <= arrayMost:
		for _, doc := range docs {
			dst = le.AppendUint16(dst, uint16(doc))
		}
	default:
		at := len(dst)
		dst = append(dst, make([]byte, containerBytes)...)
		for _, doc := range docs {
			low := uint16(doc)
			dst[at+int(low>>3)] |= 1 << (low & 7)
		}
	}
	return dst, false
}

// appendStored appends a document's stored fields as segments hold them:
// the ID, then the values behind each other in Snappy's framing, which is given
// them as they are: they are compressed already.
func appendStored(dst []byte, id string, fields []int, values [][]byte) []byte {
	meta := binary.AppendUvarint(nil, uint64(len(id)))
	size := 0
	for i, v := range values {
		meta = binary.AppendUvarint(meta, uint64(fields[i]))
		meta = append(meta, 't')
		meta = binary.AppendUvarint(meta, uint64(size))
		meta = binary.AppendUvarint(meta, uint64(len(v)))
		meta = append(meta, 0) // no array
		size += len(v)
	}
	data := append([]byte(id), binary.AppendUvarint(nil, uint64(size))...)
	if size > 0 {
		data = appendLiteral(data, size)
	}
	for _, v := range values {
		data = append(data, v...)
	}
	dst = binary.AppendUvarint(dst, uint64(len(meta)))
	dst = binary.AppendUvarint(dst, uint64(len(data)))
	return append(append(dst, meta...), data...)
}

// appendLiteral appends Snappy's tag of size bytes that follow as they are.
func appendLiteral(dst []byte, size int) []byte {
	n := uint32(size - 1)
	if n < 60 {
		return append(dst, byte(n)<<2)
	}
	more := (bits.Len32(n) + 7) / 8
	dst = append(dst, byte(59+more)<<2)
	for range more {
		dst = append(dst, byte(n))
		n >>= 8
	}
	return dst
}
