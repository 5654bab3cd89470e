package api

import (
	"container/list"
	"sync"

	"nghiquyet/index"
	"nghiquyet/search"
)

// cache keeps the most recently used answers of one generation, within a bound of
// bytes. Readers share the answers and must not change them. The nil cache keeps
// nothing. It is safe for concurrent use.
type cache struct {
	maxBytes int

	mu         sync.Mutex
	generation string
	byKey      map[string]*list.Element
	order      list.List // of *cached, used last first
	bytes      int
}

type cached struct {
	key    string
	answer any
	bytes  int
}

// newCache returns a cache with a bound; nil if the bound is negative.
func newCache(maxBytes int) *cache {
	if maxBytes < 0 {
		return nil
	}
	return &cache{maxBytes: maxBytes, byKey: map[string]*list.Element{}}
}

// get returns the answer for a key of a generation, or nil.
func (c *cache) get(generation, key string) any {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok || c.generation != generation {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).answer
}

// put stores an answer of about so many bytes, unless it takes more than a
// sixteenth of the bound. An answer of another generation than before empties the
// cache.
func (c *cache) put(generation, key string, answer any, bytes int) {
	bytes += len(key) + entryBytes
	if c == nil || bytes > c.maxBytes/16 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.generation != generation {
		c.generation, c.bytes = generation, 0
		c.order.Init()
		clear(c.byKey)
	}
	if _, ok := c.byKey[key]; ok { // two requests asked the same at the same time
		return
	}
	c.byKey[key] = c.order.PushFront(&cached{key, answer, bytes})
	c.bytes += bytes
	for c.bytes > c.maxBytes {
		last := c.order.Remove(c.order.Back()).(*cached)
		delete(c.byKey, last.key)
		c.bytes -= last.bytes
	}
}

// size returns the number of answers and their bytes.
func (c *cache) size() (entries, bytes int) {
	if c == nil {
		return 0, 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.byKey), c.bytes
}

// Memory of an answer in addition to its text, roughly, in bytes.
const (
	entryBytes = 300
	hitBytes   = 600
	pieceBytes = 48  // a string, a number, an element of a map
	mapBytes   = 336 // a map of up to eight elements
	nodesBytes = 12  // the nodes of a query, per byte of its canonical form
)

// weigh estimates the memory of an answer, in bytes.
func weigh(answer any) int {
	switch a := answer.(type) {
	case *search.Results:
		n := len(a.Query.Text) + (1+nodesBytes)*len(a.Query.Parsed) + len(a.Query.Also)*pieceBytes + weighHits(a.Hits)
		for _, counts := range a.Facets {
			for _, c := range counts {
				n += 2*pieceBytes + len(c.Label) + len(c.Value)
			}
		}
		return n
	case []search.Hit:
		return weighHits(a)
	case *search.Cube:
		n := entryBytes + len(a.Cells)*(mapBytes+(len(a.By)+1)*pieceBytes)
		for _, names := range []map[string]map[string]string{a.Labels, a.Codes} {
			for _, of := range names {
				n += mapBytes + len(of)*2*pieceBytes
			}
		}
		return n
	case []search.Cited:
		return entryBytes + len(a)*3*pieceBytes
	}
	return 0
}

func weighHits(hits []search.Hit) int {
	n := 0
	for i := range hits {
		h := &hits[i]
		n += hitBytes + len(h.ID) + len(h.Title) + len(h.URL) + len(h.Source) + len(h.Author) + len(h.Topics)*pieceBytes +
			len(h.Provinces)*2*pieceBytes + len(h.Copies)*3*pieceBytes + len(h.Explain)*pieceBytes + weighEvidence(h.Evidence)
		if h.Lesson != nil {
			n += entryBytes + len(h.Lesson.Text)
		}
		for _, s := range h.Snippets {
			n += 2 * pieceBytes
			for _, r := range s.Runs {
				n += pieceBytes + len(r.Text)
			}
		}
	}
	return n
}

func weighEvidence(evidence map[string]index.Evidence) int {
	n := 0
	for _, e := range evidence {
		n += 4*pieceBytes + len(e.Text)
	}
	return n
}
