package segment

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/vellum"
	"github.com/golang/snappy"
)

// ErrDamaged reports a file that does not have the layout.
var ErrDamaged = errors.New("segment is damaged")

// Reader reads a segment from its bytes, which must not change while the reader or
// anything it returned is used. It is safe for concurrent use.
type Reader struct {
	data     []byte
	docs     int
	numbers  uint64 // address of the addresses of the documents
	fields   []string
	sections map[string]uint64 // address of the dictionary, by field
}

// Parse returns a reader of the bytes of a segment file.
func Parse(data []byte) (*Reader, error) {
	if len(data) < footerSize {
		return nil, fmt.Errorf("%w: %d bytes", ErrDamaged, len(data))
	}
	be := binary.BigEndian
	foot := data[len(data)-footerSize:]
	r := &Reader{data: data, docs: int(be.Uint64(foot[4:])), numbers: be.Uint64(foot[12:]), sections: map[string]uint64{}}
	if got := be.Uint32(foot[32:]); got != version {
		return nil, fmt.Errorf("%w: version %d instead of %d", ErrDamaged, got, version)
	}
	if r.docs < 0 || r.docs > docMask || r.numbers > uint64(len(data)) || uint64(len(data))-r.numbers < 8*uint64(r.docs) {
		return nil, fmt.Errorf("%w: %d documents", ErrDamaged, r.docs)
	}
	names := cursor{data: data, at: be.Uint64(foot[20:])}
	for range names.uint() {
		c := cursor{data: data, at: names.fixed()}
		name := string(c.bytes(c.uint()))
		r.fields = append(r.fields, name)
		c.uint() // options
		for range c.uint() {
			kind, at := c.bytes(2), c.fixed()
			if c.bad || be.Uint16(kind) != sectionTerms || at == 0 {
				continue
			}
			s := cursor{data: data, at: at}
			s.uint()
			s.uint()
			if r.sections[name] = s.uint(); s.bad {
				return nil, fmt.Errorf("%w: field %s", ErrDamaged, name)
			}
		}
		if c.bad || names.bad {
			return nil, fmt.Errorf("%w: field %s", ErrDamaged, name)
		}
	}
	return r, nil
}

// Docs returns how many documents the segment contains.
func (r *Reader) Docs() int { return r.docs }

// Fields returns the names of the fields in the order of their numbers.
func (r *Reader) Fields() []string { return r.fields }

// Dictionary returns the terms of a field: term → value, for [Reader.Postings].
// It is nil for a field without terms.
func (r *Reader) Dictionary(field string) (*vellum.FST, error) {
	at, ok := r.sections[field]
	if !ok || at == 0 {
		return nil, nil
	}
	c := cursor{data: r.data, at: at}
	text := c.bytes(c.uint())
	if c.bad {
		return nil, fmt.Errorf("%w: dictionary of %s", ErrDamaged, field)
	}
	if len(text) == 0 {
		return nil, nil
	}
	fst, err := vellum.Load(text)
	if err != nil {
		return nil, fmt.Errorf("%w: dictionary of %s: %w", ErrDamaged, field, err)
	}
	return fst, nil
}

// OneDoc returns the document of a term that only one document contains; ok is
// false for the values of other terms.
func OneDoc(value uint64) (doc uint32, ok bool) {
	return uint32(value & docMask), value&oneHit != 0
}

// Postings returns the documents that contain the term of a value. The bitmap
// shares the bytes of the segment and must not be changed.
func (r *Reader) Postings(value uint64) (*roaring.Bitmap, error) {
	if doc, ok := OneDoc(value); ok {
		return roaring.BitmapOf(doc), nil
	}
	c := cursor{data: r.data, at: value}
	c.uint() // frequencies
	c.uint() // locations
	text := c.bytes(c.uint())
	if c.bad {
		return nil, fmt.Errorf("%w: postings at %d", ErrDamaged, value)
	}
	docs := roaring.New()
	if _, err := docs.FromBuffer(text); err != nil {
		return nil, fmt.Errorf("%w: postings at %d: %w", ErrDamaged, value, err)
	}
	return docs, nil
}

// Stored returns a document in the form of [AppendStored].
func (r *Reader) Stored(doc uint32) ([]byte, error) {
	meta, data, start, err := r.parts(doc)
	if err != nil {
		return nil, err
	}
	end := start + uint64(len(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(len(meta))), uint64(len(data)))))
	return r.data[start : end+uint64(len(meta)+len(data))], nil
}

// parts returns the meta and data of a document, and their address.
func (r *Reader) parts(doc uint32) (meta, data []byte, start uint64, err error) {
	if uint64(doc) >= uint64(r.docs) {
		return nil, nil, 0, fmt.Errorf("%w: no document %d", ErrDamaged, doc)
	}
	start = binary.BigEndian.Uint64(r.data[r.numbers+8*uint64(doc):])
	c := cursor{data: r.data, at: start}
	metaSize, dataSize := c.uint(), c.uint()
	meta, data = c.bytes(metaSize), c.bytes(dataSize)
	if c.bad {
		return nil, nil, 0, fmt.Errorf("%w: document %d", ErrDamaged, doc)
	}
	return meta, data, start, nil
}

// Values returns the ID of a document and its stored values by field.
func (r *Reader) Values(doc uint32) (id string, values map[string][]byte, err error) {
	meta, data, _, err := r.parts(doc)
	if err != nil {
		return "", nil, err
	}
	c := cursor{data: meta}
	size := c.uint()
	if c.bad || size > uint64(len(data)) {
		return "", nil, fmt.Errorf("%w: ID of document %d", ErrDamaged, doc)
	}
	id = string(data[:size])
	text, err := snappy.Decode(nil, data[size:])
	if err != nil {
		return "", nil, fmt.Errorf("%w: document %d: %w", ErrDamaged, doc, err)
	}
	values = map[string][]byte{}
	for !c.bad && c.at < uint64(len(meta)) {
		field := c.uint()
		c.bytes(1) // type
		v := cursor{data: text, at: c.uint()}
		value := v.bytes(c.uint())
		for range c.uint() { // positions in arrays
			c.uint()
		}
		if v.bad || c.bad || field >= uint64(len(r.fields)) {
			return "", nil, fmt.Errorf("%w: document %d", ErrDamaged, doc)
		}
		values[r.fields[field]] = value
	}
	return id, values, nil
}

// cursor reads numbers and bytes of data from an address on. Reading past the end
// returns zeros and sets bad.
type cursor struct {
	data []byte
	at   uint64
	bad  bool
}

func (c *cursor) uint() uint64 {
	if c.bad || c.at >= uint64(len(c.data)) {
		c.bad = true
		return 0
	}
	v, n := binary.Uvarint(c.data[c.at:])
	if n <= 0 {
		c.bad = true
		return 0
	}
	c.at += uint64(n)
	return v
}

func (c *cursor) bytes(n uint64) []byte {
	if c.bad || c.at > uint64(len(c.data)) || n > uint64(len(c.data))-c.at {
		c.bad = true
		return nil
	}
	c.at += n
	return c.data[c.at-n : c.at : c.at]
}

func (c *cursor) fixed() uint64 {
	b := c.bytes(8)
	if c.bad {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}
