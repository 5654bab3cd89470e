package blevesearch

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"nghiquyet/index"
)

// term is one indexed term in all leaves. Apart from results that it computes once,
// it is immutable. It is safe for concurrent use.
type term struct {
	postings []postings // by leaf
	count    uint64     // documents
	account  *account   // counts what is computed later

	once sync.Once
	set  set

	wanted      atomic.Bool // its columns, once before
	columnsOnce sync.Once
	columns     [][]uint8 // by leaf
}

// classCodes is the number of codes in a column: 0 for none, or the class + 1. It is a
// power of two.
const classCodes = 8

// columnShare is the divisor of all documents above which a term is frequent enough to
// have columns.
const columnShare = 16

// column returns the code of every document of a leaf, two in a byte, the lower
// half first. It is nil if the term is rare or wanted for the first time, because
// making it takes as long as reading the postings twice.
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

// bytesOfTerm returns the bytes of the term before its documents are joined or its
// columns made.
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

// Bounds of the cache, apart from its memory.
const (
	maxTerms = 50_000
	// maxPhrases bounds the phrases and compounds whose texts were read. A compound
	// has a few hundred documents, a phrase maxVerified and more.
	maxPhrases = 4096
)

// terms caches the terms and phrases of queries: folded syllables are few and come
// again in every query. When the memory is full it is emptied, which costs less
// than recording uses. It is safe for concurrent use.
//
// Measured on 13,554 documents (22 November 2026): without it, looking up terms in
// the FSTs and joining their classes took two thirds of the time of a count.
type terms struct {
	memory  *Memory
	mu      sync.RWMutex
	kept    map[termKey]*term
	phrases map[termKey]readPhrase
	account *account
}

type termKey struct{ field, text string }

// term returns the term of a text; it is empty if no document contains it.
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

// get returns the cached term of a key, nil if there is none.
func (c *terms) get(key termKey) *term {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.kept[key]
}

// add caches a term of so many bytes, and returns the cached term of the key.
func (c *terms) add(key termKey, t *term, bytes int64) *term {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.kept[key]; old != nil {
		return old
	}
	if len(c.kept) >= maxTerms || !c.room() {
		c.clear()
	}
	if c.room() { // another generation may have used the memory
		key.text = strings.Clone(key.text) // of a question
		t.account = c.account
		c.kept[key] = t
		c.account.add(bytes + int64(len(key.text)))
	}
	return t
}

// addPhrase caches what was read for a phrase, and returns it together with what
// others have read meanwhile.
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

// room reports whether more may be cached.
func (c *terms) room() bool { return c.account != nil && !c.memory.full() }

// open prepares the cache, within a bound of memory.
func (c *terms) open(memory *Memory) {
	c.memory, c.account = memory, &account{memory: memory}
	c.kept, c.phrases = map[termKey]*term{}, map[termKey]readPhrase{}
}

// clear empties the cache.
func (c *terms) clear() {
	if c.account != nil {
		c.account.close()
		c.open(c.memory)
	}
}

// close empties the cache, and caches nothing more.
func (c *terms) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.account.close()
	c.account, c.kept, c.phrases = nil, nil, nil
}
