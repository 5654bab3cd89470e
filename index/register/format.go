package register

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/klauspost/compress/zstd"
)

// The file is one zstd frame. Inside, numbers are varints, a string is its length
// and its bytes, a time is its milliseconds since 1970 (0 for the zero time), a
// hash is 16 bytes, a list is its length and its elements:
//
//	"nghiquyet documents 3\n"
//	At
//	sources: Key, Root, Mounts
//	nights:  Generation, At, Added, Changed, Removed, Kept
//	gone:    document, Path, Left
//	files:   Path, Read, Short (0 or 1), documents
//	document: ID, Title, Line, Part, Content, Key, Indexed, Entered, Updated
//
// Documents that left come before those in the index, because a server decodes only
// these.
const (
	magic = "nghiquyet documents 3\n"
	// magic2 is for files whose documents have no Part.
	magic2 = "nghiquyet documents 2\n"
	// magic1 is for files whose sources also have no Mounts.
	magic1 = "nghiquyet documents 1\n"
)

const (
	// maxBytes bounds the decompressed file.
	maxBytes = 4 << 30
	// maxList bounds the length of a list.
	maxList = 1 << 28
)

// ErrFormat is for a file that is no register, or is damaged.
var ErrFormat = errors.New("not a register of documents")

// Encode returns the register as a file, sorted and within its bounds.
func (r *Register) Encode() ([]byte, error) {
	r.bound()
	e := &encoder{b: []byte(magic)}
	e.time(r.At)
	e.uint(len(r.Sources))
	for _, s := range r.Sources {
		e.string(s.Key)
		e.string(s.Root)
		e.uint(len(s.Mounts))
		for _, m := range s.Mounts {
			e.string(m)
		}
	}
	e.uint(len(r.Nights))
	for _, n := range r.Nights {
		e.string(n.Generation)
		e.time(n.At)
		for _, count := range []int{n.Added, n.Changed, n.Removed, n.Kept} {
			e.uint(count)
		}
	}
	e.uint(len(r.Gone))
	for i := range r.Gone {
		e.doc(&r.Gone[i].Doc)
		e.string(r.Gone[i].Path)
		e.time(r.Gone[i].Left)
	}
	e.uint(len(r.Files))
	for i := range r.Files {
		f := &r.Files[i]
		e.string(f.Path)
		e.time(f.Read)
		short := 0
		if f.Short {
			short = 1
		}
		e.uint(short)
		e.uint(len(f.Docs))
		for j := range f.Docs {
			e.doc(&f.Docs[j])
		}
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	return z.EncodeAll(e.b, nil), nil
}

// Decode reads a register that Encode wrote.
func Decode(data []byte) (*Register, error) { return decode(data, true) }

// DecodeHistory reads the register without its files: sources, nights and documents
// that left.
func DecodeHistory(data []byte) (*Register, error) { return decode(data, false) }

func decode(data []byte, files bool) (*Register, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBytes))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	plain, err := z.DecodeAll(data, nil)
	if err != nil {
		return nil, fmt.Errorf("read register: %w: %w", ErrFormat, err)
	}
	version := slices.IndexFunc([]string{magic1, magic2, magic}, func(m string) bool { return bytes.HasPrefix(plain, []byte(m)) }) + 1
	if version == 0 {
		return nil, fmt.Errorf("read register: %w", ErrFormat)
	}
	d := &decoder{rest: plain[len(magic):], parts: version > 2}
	r := &Register{At: d.time()}
	r.Sources = list(d, func() Source {
		s := Source{Key: d.string(), Root: d.string()}
		if version > 1 {
			s.Mounts = list(d, d.string)
		}
		return s
	})
	r.Nights = list(d, func() Night {
		return Night{d.string(), d.time(), d.uint(), d.uint(), d.uint(), d.uint()}
	})
	r.Gone = list(d, func() Gone { return Gone{d.doc(), d.string(), d.time()} })
	if files {
		r.Files = list(d, func() File {
			return File{d.string(), d.time(), d.uint() == 1, list(d, d.doc)}
		})
	}
	if d.bad || files && len(d.rest) > 0 {
		return nil, fmt.Errorf("read register: %w", ErrFormat)
	}
	return r, nil
}

type encoder struct{ b []byte }

func (e *encoder) uint(n int)      { e.b = binary.AppendUvarint(e.b, uint64(n)) }
func (e *encoder) string(s string) { e.uint(len(s)); e.b = append(e.b, s...) }

func (e *encoder) time(t time.Time) {
	ms := int64(0)
	if !t.IsZero() {
		ms = t.UnixMilli()
	}
	e.b = binary.AppendVarint(e.b, ms)
}

func (e *encoder) doc(d *Doc) {
	e.string(d.ID)
	e.string(d.Title)
	e.uint(d.Line)
	e.string(d.Part)
	e.b = append(e.b, d.Content[:]...)
	e.b = append(e.b, d.Key[:]...)
	e.time(d.Indexed)
	e.time(d.Entered)
	e.time(d.Updated)
}

// decoder returns zero values after the first error.
type decoder struct {
	rest  []byte
	bad   bool
	parts bool // documents have a Part
}

func (d *decoder) fail() { d.rest, d.bad = nil, true }

func (d *decoder) uint() int {
	n, size := binary.Uvarint(d.rest)
	if size <= 0 || n > maxBytes {
		d.fail()
		return 0
	}
	d.rest = d.rest[size:]
	return int(n)
}

func (d *decoder) string() string {
	n := d.uint()
	if n > len(d.rest) {
		d.fail()
		return ""
	}
	s := string(d.rest[:n])
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) time() time.Time {
	ms, size := binary.Varint(d.rest)
	if size <= 0 {
		d.fail()
		return time.Time{}
	}
	d.rest = d.rest[size:]
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func (d *decoder) hash() (h Hash) {
	if len(d.rest) < len(h) {
		d.fail()
		return Hash{}
	}
	copy(h[:], d.rest)
	d.rest = d.rest[len(h):]
	return h
}

func (d *decoder) doc() Doc {
	out := Doc{ID: d.string(), Title: d.string(), Line: d.uint()}
	if d.parts {
		out.Part = d.string()
	}
	out.Content, out.Key = d.hash(), d.hash()
	out.Indexed, out.Entered, out.Updated = d.time(), d.time(), d.time()
	return out
}

// list reads a list, whose elements take at least a byte each.
func list[T any](d *decoder, each func() T) []T {
	n := d.uint()
	if n > len(d.rest) || n > maxList {
		d.fail()
		return nil
	}
	var all []T
	for i := 0; i < n && !d.bad; i++ {
		all = append(all, each())
	}
	return all
}
