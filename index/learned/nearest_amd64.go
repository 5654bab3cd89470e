package learned

import "golang.org/x/sys/cpu"

// stepAVX2 is how many numbers nearestAVX2 multiplies at a time.
const stepAVX2 = 16

// nearestAVX2 is nearestInGo for n vectors, at least one, of dims numbers, a multiple of
// stepAVX2. It takes a twentieth of the time (BenchmarkNearness, 30 November 2026). The
// loops of gonum, which learning uses, are for floating point; no library that is kept
// well has one for int8.
//
//go:noescape
func nearestAVX2(query *int8, vectors *byte, dims, n int) int32

// nearest returns the greatest scalar product of a query and one of the vectors, which
// follow one another in the slice; at least 0.
func nearest(query []int8, vectors []byte) int32 {
	dims := len(query)
	if !cpu.X86.HasAVX2 || dims == 0 || dims%stepAVX2 > 0 || len(vectors) < dims {
		return nearestInGo(query, vectors)
	}
	return nearestAVX2(&query[0], &vectors[0], dims, len(vectors)/dims)
}
