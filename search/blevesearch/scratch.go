package blevesearch

import (
	"math"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// scratch is the reusable memory of one ranking over a leaf.
type scratch struct {
	scores []float32 // by document; all 0 between uses
	// listed are the documents that can be on the page: all of them if complete,
	// else those with a score.
	listed   []uint32
	complete bool
	// open has a bit for each document that may be scored; nil for all documents.
	open []uint64
	bits []uint64  // memory for open; all 0 between uses
	best []float32 // heap of threshold
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// borrowScratch returns a scratch for a leaf of size documents.
func borrowScratch(size uint32) *scratch {
	m := scratches.Get().(*scratch)
	if len(m.scores) < int(size) {
		m.scores = make([]float32, size)
		m.bits = make([]uint64, (size+63)/64)
	}
	return m
}

func (m *scratch) giveBack() {
	for _, doc := range m.listed {
		m.scores[doc] = 0
	}
	clear(m.open)
	scratches.Put(m)
}

// listShare is the divisor of all documents up to which matching documents are listed
// before they have a score.
const listShare = 8

// begin sets the documents that may be scored.
func (m *scratch) begin(docs *roaring.Bitmap, l *leaf) {
	m.listed, m.open, m.complete = m.listed[:0], nil, false
	n := docs.GetCardinality()
	if n == l.live.GetCardinality() {
		return
	}
	m.open = m.bits[:(l.size+63)/64]
	docs.WriteDenseTo(m.open)
	if m.complete = n <= uint64(l.size/listShare); m.complete {
		for some := range chunks(docs) {
			m.listed = append(m.listed, some...)
		}
	}
}

// add adds weight × row[length] to the score of each of docs that may be scored.
func (m *scratch) add(docs *roaring.Bitmap, weight float32, row *[256]float32, lengths []uint8) {
	for some := range chunks(docs) {
		if m.open != nil {
			some = m.mayScore(some)
		}
		if !m.complete {
			m.list(some)
		}
		scores := m.scores[:len(lengths)]
		for _, doc := range some {
			scores[doc] += float32(weight * row[lengths[doc]])
		}
	}
}

// mayScore returns those of docs that may be scored, in the memory of docs. Like list it
// has no branch for a document, because nothing foretells which way it would go.
func (m *scratch) mayScore(docs []uint32) []uint32 {
	n := uint64(0)
	for _, doc := range docs {
		docs[n] = doc
		n += m.open[doc/64] >> (doc % 64) & 1
	}
	return docs[:n]
}

// list adds those of docs to listed that have no score.
func (m *scratch) list(docs []uint32) {
	m.listed = slices.Grow(m.listed, len(docs))
	more := m.listed[len(m.listed):][:len(docs)]
	n := 0
	for _, doc := range docs {
		more[n] = doc
		if math.Float32bits(m.scores[doc]) == 0 {
			n++
		}
	}
	m.listed = m.listed[:len(m.listed)+n]
}

// addColumn is like add, for all listed documents, with the column of a term.
func (m *scratch) addColumn(column []uint8, weight float32, table *saturation, lengths []uint8) {
	scores := m.scores
	for _, doc := range m.listed {
		code := column[doc/2] >> (doc % 2 * 4) % classCodes
		scores[doc] += float32(weight * table[code][lengths[doc]])
	}
}

// keep drops listed documents whose score is below least (more than 0). Only the
// others may be scored from then on.
func (m *scratch) keep(least float32) {
	n := 0
	for _, doc := range m.listed {
		m.listed[n] = doc
		score, kept := m.scores[doc], 0
		if score >= least {
			kept = 1
		}
		n += kept
		m.scores[doc] = math.Float32frombits(math.Float32bits(score) & -uint32(kept))
	}
	m.listed, m.complete = m.listed[:n], true
	if m.open == nil {
		m.open = m.bits[:(len(m.scores)+63)/64]
	}
	clear(m.open)
	for _, doc := range m.listed {
		m.open[doc/64] |= 1 << (doc % 64)
	}
}

// threshold returns the k-th best score so far, 0 unless k scores are above least.
func (m *scratch) threshold(k int, least float32) float32 {
	heap, scores := m.best[:0], m.scores
	for _, doc := range m.listed {
		s := scores[doc]
		switch {
		case s <= least:
			continue
		case len(heap) < k:
			heap = append(heap, s)
			for i := len(heap) - 1; i > 0 && heap[i] < heap[(i-1)/2]; i = (i - 1) / 2 {
				heap[i], heap[(i-1)/2] = heap[(i-1)/2], heap[i]
			}
		default:
			replaceLeast(heap, s)
		}
		if len(heap) == k {
			least = heap[0]
		}
	}
	m.best = heap
	if len(heap) < k {
		return 0
	}
	return heap[0]
}

// replaceLeast replaces the first, least score of a heap.
func replaceLeast(heap []float32, s float32) {
	i := 0
	for {
		down := 2*i + 1
		if down+1 < len(heap) && heap[down+1] < heap[down] {
			down++
		}
		if down >= len(heap) || s <= heap[down] {
			break
		}
		heap[i] = heap[down]
		i = down
	}
	heap[i] = s
}
