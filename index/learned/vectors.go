package learned

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/blevesearch/mmap-go"
)

// VectorsDir is the folder inside an index with the vectors of its segments, in
// files named like the segments.
const VectorsDir = "vectors"

// ErrVectors is for a file of vectors that does not have the layout.
var ErrVectors = errors.New("vectors are damaged")

const vectorsMagic = "nqvec 1\n"

// vectorsFoot is the size of the end of a file of vectors.
const vectorsFoot = 4 + 4 + len(vectorsMagic)

var (
	leUint32 = binary.LittleEndian.Uint32
	leUint64 = binary.LittleEndian.Uint64
)

// VectorsWriter writes the vectors of documents, in their order, as a file:
//
//	the vectors of all documents, one byte a number
//	for each document, and once more: uint32 number of its first vector
//	uint32 numbers of a vector; uint32 documents; the line "nqvec 1\n"
type VectorsWriter struct {
	w      *bufio.Writer
	dims   int
	firsts []byte
	next   uint32
}

// NewVectorsWriter returns a writer of vectors with dims numbers each.
func NewVectorsWriter(w io.Writer, dims int) *VectorsWriter {
	return &VectorsWriter{w: bufio.NewWriterSize(w, 1<<20), dims: dims}
}

// Add adds the vectors of the next document, in the form of [Embedder.AppendVectors].
func (v *VectorsWriter) Add(vectors []byte) error {
	if len(vectors)%v.dims != 0 {
		return fmt.Errorf("%w: %d bytes", ErrVectors, len(vectors))
	}
	v.firsts = binary.LittleEndian.AppendUint32(v.firsts, v.next)
	v.next += uint32(len(vectors) / v.dims)
	_, err := v.w.Write(vectors)
	return err
}

// Close writes the end of the file. It does not close the file.
func (v *VectorsWriter) Close() error {
	documents := len(v.firsts) / 4
	end := binary.LittleEndian.AppendUint32(v.firsts, v.next)
	end = binary.LittleEndian.AppendUint32(end, uint32(v.dims))
	end = binary.LittleEndian.AppendUint32(end, uint32(documents))
	v.w.Write(append(end, vectorsMagic...))
	return v.w.Flush() // the first error of all
}

// Vectors are the vectors of the documents of a segment, by number from 0. Safe for
// concurrent use.
type Vectors struct {
	data, firsts []byte
	dims, docs   int
	mapped       mmap.MMap
}

// OpenVectors maps the vectors of docs documents in the file name; nil if there is no
// such file. The caller must close it.
func OpenVectors(name string, docs int) (*Vectors, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	mapped, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("open vectors %s: %w", filepath.Base(name), err)
	}
	v, err := parseVectors(mapped)
	if err == nil && v.docs != docs {
		err = fmt.Errorf("%w: %d documents instead of %d", ErrVectors, v.docs, docs)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open vectors %s: %w", filepath.Base(name), err), mapped.Unmap())
	}
	v.mapped = mapped
	return v, nil
}

// Close unmaps the file. On nil vectors it does nothing.
func (v *Vectors) Close() error {
	if v == nil || v.mapped == nil {
		return nil
	}
	return v.mapped.Unmap()
}

// parseVectors reads vectors from the bytes of their file, which must stay as they
// are.
func parseVectors(data []byte) (*Vectors, error) {
	if len(data) < vectorsFoot+4 || string(data[len(data)-len(vectorsMagic):]) != vectorsMagic {
		return nil, ErrVectors
	}
	foot := data[len(data)-vectorsFoot:]
	v := &Vectors{dims: int(leUint32(foot)), docs: int(leUint32(foot[4:]))}
	rest := data[:len(data)-vectorsFoot]
	if v.dims < 1 || v.dims > maxDims || 4*(v.docs+1) > len(rest) {
		return nil, ErrVectors
	}
	at := len(rest) - 4*(v.docs+1)
	v.data, v.firsts = rest[:at], rest[at:]
	if int(leUint32(v.firsts[4*v.docs:]))*v.dims != len(v.data) {
		return nil, ErrVectors
	}
	return v, nil
}

// Dims is how many numbers a vector has.
func (v *Vectors) Dims() int { return v.dims }

// Of returns the vectors of a document, one after another; none for a document
// without vectors, in a damaged file, and of nil vectors.
func (v *Vectors) Of(doc uint32) []byte {
	if v == nil {
		return nil
	}
	from, to := int(leUint32(v.firsts[4*doc:]))*v.dims, int(leUint32(v.firsts[4*doc+4:]))*v.dims
	if from > to || to > len(v.data) {
		return nil
	}
	return v.data[from:to]
}

// Nearness is the cosine of the angle between a query and the nearest window of a
// text, at least 0. vectors are the windows' vectors, one after another.
func Nearness(query []int8, vectors []byte) float64 {
	return float64(nearest(query, vectors)) / (unit * unit)
}

// nearestInGo is nearest for every kind of processor.
func nearestInGo(query []int8, vectors []byte) (best int32) {
	for len(query) > 0 && len(vectors) >= len(query) {
		best = max(best, dot(query, vectors))
		vectors = vectors[len(query):]
	}
	return best
}

// dot is the scalar product of a query and the vector at the beginning of a list.
func dot(a []int8, b []byte) int32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 int32
	for len(a) >= 4 && len(b) >= 4 {
		x, y := (*[4]int8)(a), (*[4]byte)(b)
		s0 += int32(x[0]) * int32(int8(y[0]))
		s1 += int32(x[1]) * int32(int8(y[1]))
		s2 += int32(x[2]) * int32(int8(y[2]))
		s3 += int32(x[3]) * int32(int8(y[3]))
		a, b = a[4:], b[4:]
	}
	for i, x := range a {
		s0 += int32(x) * int32(int8(b[i]))
	}
	return s0 + s1 + s2 + s3
}
