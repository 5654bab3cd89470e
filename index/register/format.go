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
//	"nghiquyet documents 4\n"
//	At
//	sources: Key, Root, Mounts
//	nights:  Generation, At, Added, Changed, Removed, Kept
//	gone:    document, Path, Left
//	files:   Path, Read, Short (0 or 1), documents
//	document: ID, Title, Date, Province, Line, Part, Content, Key, Indexed, Entered, Updated
//
// Documents that left come before those in the index, because a server decodes only
// these.
const (
	magic = "nghiquyet documents 4\n"
	// magic3 is for files whose documents have no Date and Province.
	magic3 = "nghiquyet documents 3\n"
	// magic2 is for files whose documents also have no Part.
	magic2 = "nghiquyet documents 2\n"
	// magic1 is for files whose sources also have no Mounts.
	magic1 = "nghiquyet documents 1\n"
)

// magics are the first lines of all formats, by version from 1.
var magics = []string{magic1, magic2, magic3, magic}

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
	c := &codec{version: len(magics), data: []byte(magic)}
	c.register(r, true)
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	return z.EncodeAll(c.data, nil), nil
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
	c := &codec{reading: true, version: 1 + slices.IndexFunc(magics, func(m string) bool { return bytes.HasPrefix(plain, []byte(m)) })}
	if c.version == 0 {
		return nil, fmt.Errorf("read register: %w", ErrFormat)
	}
	c.data = plain[len(magic):]
	r := &Register{}
	c.register(r, files)
	if c.bad || files && len(c.data) > 0 {
		return nil, fmt.Errorf("read register: %w", ErrFormat)
	}
	return r, nil
}

// codec writes values one after another, or reads them: the same methods define the
// layout for both. After an error it reads zero values.
type codec struct {
	reading bool
	version int    // of the format
	data    []byte // written so far, or still to be read
	bad     bool
}

func (c *codec) register(r *Register, files bool) {
	c.time(&r.At)
	list(c, &r.Sources, func(s *Source) {
		c.string(&s.Key)
		c.string(&s.Root)
		if c.version > 1 {
			list(c, &s.Mounts, c.string)
		}
	})
	list(c, &r.Nights, func(n *Night) {
		c.string(&n.Generation)
		c.time(&n.At)
		for _, count := range []*int{&n.Added, &n.Changed, &n.Removed, &n.Kept} {
			c.uint(count)
		}
	})
	list(c, &r.Gone, func(g *Gone) {
		c.doc(&g.Doc)
		c.string(&g.Path)
		c.time(&g.Left)
	})
	if !files {
		return
	}
	list(c, &r.Files, func(f *File) {
		c.string(&f.Path)
		c.time(&f.Read)
		short := 0
		if f.Short {
			short = 1
		}
		c.uint(&short)
		f.Short = short == 1
		list(c, &f.Docs, c.doc)
	})
}

func (c *codec) doc(d *Doc) {
	c.string(&d.ID)
	c.string(&d.Title)
	if c.version > 3 {
		c.string(&d.Date)
		c.string(&d.Province)
	}
	c.uint(&d.Line)
	if c.version > 2 {
		c.string(&d.Part)
	}
	c.bytes(d.Content[:])
	c.bytes(d.Key[:])
	c.time(&d.Indexed)
	c.time(&d.Entered)
	c.time(&d.Updated)
}

func (c *codec) fail() { c.data, c.bad = nil, true }

func (c *codec) uint(n *int) {
	if !c.reading {
		c.data = binary.AppendUvarint(c.data, uint64(*n))
		return
	}
	v, size := binary.Uvarint(c.data)
	if size <= 0 || v > maxBytes {
		c.fail()
		v, size = 0, 0
	}
	*n, c.data = int(v), c.data[size:]
}

func (c *codec) string(s *string) {
	n := len(*s)
	c.uint(&n)
	if !c.reading {
		c.data = append(c.data, *s...)
		return
	}
	if n > len(c.data) {
		c.fail()
		n = 0
	}
	*s, c.data = string(c.data[:n]), c.data[n:]
}

func (c *codec) time(t *time.Time) {
	if !c.reading {
		ms := int64(0)
		if !t.IsZero() {
			ms = t.UnixMilli()
		}
		c.data = binary.AppendVarint(c.data, ms)
		return
	}
	ms, size := binary.Varint(c.data)
	if size <= 0 {
		c.fail()
		ms, size = 0, 0
	}
	if c.data = c.data[size:]; ms != 0 {
		*t = time.UnixMilli(ms).UTC()
	}
}

// bytes writes the bytes of a value of fixed size, or reads them.
func (c *codec) bytes(b []byte) {
	if !c.reading {
		c.data = append(c.data, b...)
		return
	}
	if len(c.data) < len(b) {
		c.fail()
	}
	c.data = c.data[copy(b, c.data):]
}

// list writes or reads a list, whose elements take at least a byte each.
func list[T any](c *codec, all *[]T, each func(*T)) {
	n := len(*all)
	c.uint(&n)
	if c.reading && (n > len(c.data) || n > maxList) {
		c.fail()
		return
	}
	for i := 0; i < n && !c.bad; i++ {
		if c.reading {
			*all = append(*all, *new(T))
		}
		each(&(*all)[i])
	}
}
