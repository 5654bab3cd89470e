package vi

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// wordCache has the results for the words met before: a few thousand spellings make up
// nearly all of a Vietnamese text.
type wordCache struct {
	sets    [][2]entry // of two ways, a power of two of them
	old     []uint8    // the way of each set to replace next
	long    entry      // of the last word that has no key
	numbers bool       // words are numbered
	words   uint32     // numbered
}

// Sets of the caches. In 16 MB of news, a scanner did not find 5 % of the words in its
// cache, a Tokenizer 2 % (1 December 2026).
const (
	cacheSets    = 1 << 12
	numberedSets = 1 << 14
)

func newWordCache(sets int) wordCache {
	return wordCache{sets: make([][2]entry, sets), old: make([]uint8, sets)}
}

// scanners are the idle scanners. A sync.Pool would lose their caches at every
// garbage collection.
var scanners = make(chan *scanner, 16)

func borrow() *scanner {
	select {
	case s := <-scanners:
		return s
	default:
		return &scanner{wordCache: newWordCache(cacheSets)}
	}
}

func giveBack(s *scanner) {
	select {
	case scanners <- s:
	default:
	}
}

// entry is the cached result for one spelling. It takes one line of the processor's cache.
type entry struct {
	key           wordKey
	exact, folded string
	*rare
	number uint32 // of the word; 0 for none yet
	caps   bool
}

// rare are the other readings of a word.
type rare struct {
	arabic    string // of a Roman numeral
	sureRoman bool   // it is a numeral without further context
	lookalike string // its term as an abbreviation, if it is in capitals and among the lookalikes
}

// noRare are the other readings of most words.
var noRare rare

// wordKey has the bytes of a word, and zeros after them. It finds nearly all words of
// a text in the cache without reading another copy of the word.
type wordKey [2]uint64

// keyBytes are the most bytes of a word with a key. A Vietnamese syllable has at most 15, with
// combining marks.
const keyBytes = 16

func keyOf(word string) (k wordKey) {
	var b [keyBytes]byte
	copy(b[:], word)
	return wordKey{binary.LittleEndian.Uint64(b[:]), binary.LittleEndian.Uint64(b[8:])}
}

func (k wordKey) hash() uint64 {
	return (k[0] ^ bits.RotateLeft64(k[1], 21)) * 0x9E3779B97F4A7C15 >> 32 // of the golden ratio (Knuth, multiplicative hashing)
}

// numberOf returns the number of a word.
func (c *wordCache) numberOf(e *entry) uint32 {
	if e.number == 0 && c.numbers && e != &c.long {
		c.words++
		e.number = c.words
	}
	return e.number
}

// renumber begins again to number the words.
func (c *wordCache) renumber() {
	c.words = 0
	for i := range c.sets {
		for way := range c.sets[i] {
			c.sets[i][way].number = 0
		}
	}
}

// lookup returns the entry of a word from the cache, or makes it. It is valid until the
// next call.
func (c *wordCache) lookup(word string) *entry {
	if len(word) > keyBytes {
		c.long = newEntry(word)
		return &c.long
	}
	key := keyOf(word)
	set := key.hash() & uint64(len(c.sets)-1)
	ways := &c.sets[set]
	for i := range ways {
		if ways[i].key == key {
			c.old[set] = uint8(1 - i)
			return &ways[i]
		}
	}
	old := &c.old[set]
	e := &ways[*old]
	*old = 1 - *old
	*e = newEntry(word)
	e.key = key
	return e
}

func isLowerASCII(r rune) bool { return 'a' <= r && r <= 'z' }

func newEntry(word string) entry {
	word = strings.Clone(word) // a copy, not to keep the text in memory
	e := entry{rare: &noRare}
	if classes[word[0]] == digit {
		e.exact = trimZeros(word)
		e.folded = e.exact
		return e
	}
	e.exact = normalizeWord(word)
	e.folded = Fold(e.exact)
	e.caps = !strings.ContainsFunc(word, isLowerASCII) && strings.ToUpper(word) == word && strings.ToLower(word) != word
	var r rare
	r.arabic, r.sureRoman = roman(word)
	if e.caps {
		r.lookalike = lookalikes()[e.exact]
	}
	if r != noRare {
		e.rare = &r
	}
	return e
}
