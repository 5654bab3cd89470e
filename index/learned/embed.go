package learned

import (
	"math"

	"nghiquyet/analyzers/vi"
)

// Windows of a text, each with a vector of its own.
const (
	windowSyllables = 150
	maxWindows      = 256 // of a longer text each is larger
)

// Embedder makes the vectors of texts. It is immutable and safe for concurrent use.
// It takes four times as much memory as the model's file.
type Embedder struct {
	dims      int
	syllables table // rows by hash
	pairs     table // rows by pair of rows
	rows      []float32
}

// NewEmbedder returns the embedder of a model, which may be closed afterwards; nil for
// a nil model.
func NewEmbedder(m *Model) *Embedder {
	if m == nil {
		return nil
	}
	syllables, pairs := len(m.syllables)/4, len(m.pairs)/8
	e := &Embedder{dims: m.dims, syllables: newTable(syllables), pairs: newTable(pairs), rows: make([]float32, (1+syllables+pairs)*m.dims)}
	for i := range syllables {
		e.syllables.put(uint64(leUint32(m.syllables[4*i:])), uint32(i+1))
	}
	for i := range pairs {
		e.pairs.put(leUint64(m.pairs[8*i:]), uint32(syllables+i+1))
	}
	for row := 1; row <= syllables+pairs; row++ {
		m.add(e.rows[row*m.dims:(row+1)*m.dims], uint32(row))
	}
	return e
}

// AppendVectors appends the vectors of a text, given as tokens in parts: one vector
// for each window of its syllables, one byte for each dimension. A text without
// known syllables has none.
func (e *Embedder) AppendVectors(dst []byte, parts [][]vi.Token) []byte {
	var list []uint32
	for _, tokens := range parts {
		list, _ = syllables(append(list, 0), tokens, math.MaxInt)
	}
	for i, h := range list {
		if h != 0 {
			list[i] = e.syllables.get(uint64(h))
		}
	}
	n := min((len(list)+windowSyllables-1)/windowSyllables, maxWindows)
	sum := make([]float32, e.dims)
	for i := range n {
		clear(sum)
		e.add(sum, list[len(list)*i/n:len(list)*(i+1)/n])
		at := len(dst)
		dst = append(dst, make([]byte, e.dims)...)
		if !appendUnit(dst[at:at], sum) {
			dst = dst[:at]
		}
	}
	return dst
}

// add adds the vectors of syllables by rows, and of their pairs.
func (e *Embedder) add(sum []float32, list []uint32) {
	eachRow(list, &e.pairs, func(row int32) {
		kernels.Saxpy(e.dims, 1, e.rows[int(row)*e.dims:], 1, sum, 1)
	})
}

// unit is the length of a stored vector.
const unit = 127

// appendUnit appends a sum as a vector of length [unit], rounded to int8. It
// returns false for a sum of length 0.
func appendUnit(dst []byte, sum []float32) bool {
	square := 0.0
	for _, x := range sum {
		square += float64(x) * float64(x)
	}
	if square == 0 {
		return false
	}
	scale := unit / math.Sqrt(square)
	for _, x := range sum {
		dst = append(dst, byte(int8(math.RoundToEven(float64(x)*scale))))
	}
	return true
}

func signed(b []byte) []int8 {
	out := make([]int8, len(b))
	for i, x := range b {
		out[i] = int8(x)
	}
	return out
}
