package blevesearch

import (
	"sync"
	"sync/atomic"

	"nghiquyet/index"
)

// term is one indexed term in all leaves. It is immutable but for what it
// works out once; safe for concurrent use.
type term struct {
	postings []postings // by leaf
	count    uint64     // documents

	once sync.Once
	set  set

	wanted      atomic.Bool // its columns, once before
	columnsOnce sync.Once
	columns     [][]uint8 // by leaf
}

// Codes of a column: nothing, or the class + 1. A power of two holds them.
const classCodes = 8

// columnShare of all documents make a term so frequent that it has columns.
const columnShare = 16

// column returns the code of every document of a leaf, two in a byte, the lower
// half first; nil for a term that is rare or wanted for the first time. To make
// it costs what two readings of the postings do.
func (s *Searcher) column(t *term, l *leaf) []uint8 {
	if t.count < uint64(s.docCount/columnShare) || !t.wanted.Swap(true) {
		return nil
	}
	t.columnsOnce.Do(func() {
		t.columns = make([][]uint8, len(s.leaves))
		for i, l := range s.leaves {
			column := make([]uint8, (l.size+1)/2)
			for class, docs := range t.postings[i] {
				if docs != nil {
					eachDoc(docs, func(doc uint32) { column[doc/2] |= uint8(class+1) << (doc % 2 * 4) })
				}
			}
			t.columns[i] = column
			s.terms.bytes.Add(int64(len(column)))
		}
	})
	return t.columns[l.ord]
}

// docs returns the documents that hold the term.
func (t *term) docs() set {
	t.once.Do(func() {
		t.set = make(set, len(t.postings))
		for i := range t.postings {
			t.set[i] = t.postings[i].all()
		}
	})
	return t.set
}

// bytes is about what the term takes without columns, in an index of so many
// documents.
func (t *term) bytes(docs int) int64 {
	const itself = 1 << 10
	return itself + min(2*int64(t.count), int64(docs/8))
}

// Bounds of the terms kept in memory.
const (
	maxTerms      = 50_000
	maxTermsBytes = 512 << 20
	// maxPhrasesHeld phrases of at most maxVerified documents read, and more
	// that were not.
	maxPhrasesHeld = 256
)

// terms keeps the terms that queries asked for: folded syllables are few and
// come back in every query. When it is full it starts anew, which costs less
// than to keep account of use. The zero value is ready; safe for concurrent
// use.
//
// Tried on 13,554 documents (22 November 2026): without it, looking terms up
// in the FSTs and joining their classes was two thirds of a count.
type terms struct {
	mu    sync.RWMutex
	held  map[termKey]*term
	bytes atomic.Int64
	// phrases are those whose documents were read.
	phrases map[termKey]set
}

type termKey struct{ field, text string }

// term returns a term by its text; one that no document holds is empty.
func (s *Searcher) term(field, text string) (*term, error) {
	key := termKey{field, text}
	s.terms.mu.RLock()
	t := s.terms.held[key]
	s.terms.mu.RUnlock()
	if t != nil {
		return t, nil
	}
	t = &term{postings: make([]postings, len(s.leaves))}
	for i, l := range s.leaves {
		var err error
		if field == index.FieldTitle {
			t.postings[i][0], err = l.postings(field, text)
		} else {
			t.postings[i], err = l.frequencies(field, text)
		}
		if err != nil {
			return nil, err
		}
		t.count += t.postings[i].count()
	}
	s.terms.add(key, t, s.docCount)
	return t, nil
}

func (c *terms) add(key termKey, t *term, docs int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil || len(c.held) >= maxTerms || c.bytes.Load() > maxTermsBytes {
		c.held = map[termKey]*term{}
		c.bytes.Store(0)
	}
	c.held[key] = t
	c.bytes.Add(t.bytes(docs))
}
