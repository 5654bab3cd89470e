package blevesearch

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"nghiquyet/index"
)

// term is one indexed term in all leaves. It is immutable but for what it
// works out once; safe for concurrent use.
type term struct {
	postings []postings // by leaf
	count    uint64     // documents
	account  *account   // counts what is worked out later

	once sync.Once
	set  set

	wanted      atomic.Bool // its columns, once before
	columnsOnce sync.Once
	columns     [][]uint8 // by leaf
}

// Codes of a column: nothing, or the class + 1. A power of two contains them.
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
			t.account.add(int64(len(column)))
		}
	})
	return t.columns[l.ord]
}

// docs returns the documents that contain the term.
func (t *term) docs() set {
	t.once.Do(func() {
		t.set = make(set, len(t.postings))
		for i := range t.postings {
			t.set[i] = t.postings[i].all()
			if !slices.Contains(t.postings[i][:], t.set[i]) { // joined of several
				t.account.add(bytesOf(t.set[i]))
			}
		}
	})
	return t.set
}

// bytes is what the term takes before its documents are joined or its columns
// made.
func (s *Searcher) bytesOfTerm(t *term) int64 {
	n := int64(keptBytes)
	for i, l := range s.leaves {
		n += leafBytes
		for _, docs := range t.postings[i] {
			switch {
			case docs == nil || docs == empty:
			case l.deleted != nil || docs.GetCardinality() == 1: // not as in the file
				n += bytesOf(docs)
			default:
				n += headBytes(docs)
			}
		}
	}
	return n
}

// Bounds of what is kept, beside its memory.
const (
	maxTerms = 50_000
	// maxPhrases are phrases and compounds of which texts were read. Of a compound
	// that is a few hundred documents, of a phrase maxVerified and more.
	maxPhrases = 4096
)

// terms keeps the terms and phrases that queries asked for: folded syllables
// are few and come back in every query. When the memory is full it starts anew,
// which costs less than to keep account of use. It is safe for concurrent use.
//
// Tried on 13,554 documents (22 November 2026): without it, looking terms up
// in the FSTs and joining their classes was two thirds of a count.
type terms struct {
	memory  *Memory
	mu      sync.RWMutex
	kept    map[termKey]*term
	phrases map[termKey]readPhrase
	account *account
}

type termKey struct{ field, text string }

// term returns a term by its text; one that no document contains is empty.
func (s *Searcher) term(field, text string) (*term, error) {
	key := termKey{field, text}
	if t := s.terms.get(key); t != nil {
		return t, nil
	}
	t := &term{postings: make([]postings, len(s.leaves))}
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
	return s.terms.add(key, t, s.bytesOfTerm(t)), nil
}

// get returns the term that is kept under a key, nil for none.
func (c *terms) get(key termKey) *term {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.kept[key]
}

// add keeps a term that takes so many bytes, and returns the one that is kept
// under the key.
func (c *terms) add(key termKey, t *term, bytes int64) *term {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.kept[key]; old != nil {
		return old
	}
	if len(c.kept) >= maxTerms || !c.room() {
		c.clear()
	}
	if c.room() { // another generation may have taken it
		key.text = strings.Clone(key.text) // of a question
		t.account = c.account
		c.kept[key] = t
		c.account.add(bytes + int64(len(key.text)))
	}
	return t
}

// addPhrase keeps what was read for a phrase, and returns it with what others have
// read meanwhile.
func (c *terms) addPhrase(key termKey, more readPhrase) readPhrase {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.room() {
		c.clear()
	}
	old, known := c.phrases[key]
	if known {
		more = readPhrase{old.read.or(more.read), old.with.or(more.with)}
		c.forget(key)
	}
	for other := range c.phrases {
		if len(c.phrases) < maxPhrases {
			break
		}
		c.forget(other)
	}
	if c.room() {
		c.phrases[key] = more
		c.account.add(phraseBytes(key, more))
	}
	return more
}

// forget drops a phrase.
func (c *terms) forget(key termKey) {
	c.account.add(-phraseBytes(key, c.phrases[key]))
	delete(c.phrases, key)
}

func phraseBytes(key termKey, p readPhrase) int64 {
	return keptBytes + int64(len(key.text)) + p.read.bytes() + p.with.bytes()
}

// room reports whether more may be kept.
func (c *terms) room() bool { return c.account != nil && !c.memory.full() }

// open makes the terms ready, within a bound of memory.
func (c *terms) open(memory *Memory) {
	c.memory, c.account = memory, &account{memory: memory}
	c.kept, c.phrases = map[termKey]*term{}, map[termKey]readPhrase{}
}

// clear starts anew.
func (c *terms) clear() {
	if c.account != nil {
		c.account.close()
		c.open(c.memory)
	}
}

// close forgets all, and keeps nothing more.
func (c *terms) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.account.close()
	c.account, c.kept, c.phrases = nil, nil, nil
}
