package learned

import (
	"cmp"
	"hash/fnv"
	"slices"
	"sync"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

// Bounds of a corpus.
const (
	// sampleSyllables bounds the syllables of all texts together. Of a larger corpus
	// the documents with the least hashes are used. Up to twice as many are kept
	// while documents are added, 4 bytes each, so that the sample does not depend on
	// the order of the documents.
	sampleSyllables = 32 << 20
	// docSyllables bounds the syllables of one text, titleSyllables those of a title or
	// heading.
	docSyllables   = 8192
	titleSyllables = 48
	// leastTitle and leastText are the fewest syllables of a title or heading, and of a
	// text, from which something is learned.
	leastTitle = 3
	leastText  = 40
	// maxHeads bounds the sections of a document.
	maxHeads = 64
)

// Corpus is a sample of documents as numbers. Its zero value is empty. Add is safe
// for concurrent use; the others are not.
type Corpus struct {
	mu        sync.Mutex
	docs      []sampled
	syllables int
	leastOut  uint64 // the least hash that was left out, 0 for none
	limit     int    // sampleSyllables when 0
}

// sampled is one document: folded syllables as hashes, later as rows; 0 where a
// clause ends.
type sampled struct {
	hash  uint64
	title []uint32
	text  []uint32
	heads []headed
}

// headed is a section: its heading, and its text as a half-open span of syllables
// in the document's text.
type headed struct {
	title      []uint32
	start, end int32
}

// Add adds a document if it is in the sample.
func (c *Corpus) Add(a *index.Article) {
	h := fnv.New64a()
	h.Write([]byte(a.ID))
	d := sampled{hash: mix(h.Sum64())}
	if !c.takes(d.hash) {
		return
	}
	d.title, _ = syllables(nil, vi.Tokens(a.Title), titleSyllables)
	tokens := vi.Tokens(a.Text)
	var at []int32
	d.text, at = syllables(nil, tokens, docSyllables)
	if len(d.text) < leastText {
		return
	}
	for _, s := range a.Sections[:min(len(a.Sections), maxHeads)] {
		d.heads = appendHeaded(d.heads, s, tokens, at)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.docs = append(c.docs, d)
	if c.syllables += d.size(); c.syllables > 2*c.most() {
		c.trim(c.most() * 3 / 2)
	}
}

func (c *Corpus) most() int { return cmp.Or(c.limit, sampleSyllables) }

func (d *sampled) size() int { return len(d.title) + len(d.text) }

// Titled is how many documents of the sample have a title and a text.
func (c *Corpus) Titled() (n int) {
	for i := range c.docs {
		if len(c.docs[i].title) >= leastTitle {
			n++
		}
	}
	return n
}

func (c *Corpus) takes(hash uint64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.leastOut == 0 || hash < c.leastOut
}

// finish sorts the documents independently of the order in which they came, and
// reduces them to the sample.
func (c *Corpus) finish() { c.trim(c.most()) }

// trim sorts the documents and drops those with the greatest hashes until the
// others have no more than limit syllables together.
func (c *Corpus) trim(limit int) {
	slices.SortFunc(c.docs, func(a, b sampled) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), slices.Compare(a.title, b.title), slices.Compare(a.text, b.text))
	})
	kept, sum := 0, 0
	for kept < len(c.docs) && sum+c.docs[kept].size() <= limit {
		sum += c.docs[kept].size()
		kept++
	}
	if kept < len(c.docs) {
		c.leastOut = c.docs[kept].hash
		clear(c.docs[kept:])
	}
	c.docs, c.syllables = c.docs[:kept], sum
}

// syllables appends the hashes of the syllables and numbers of tokens, with 0
// before each that begins a clause, at most limit of them. at has for each token
// its index in the list.
func syllables(dst []uint32, tokens []vi.Token, limit int) (out []uint32, at []int32) {
	at = make([]int32, 0, len(tokens))
	last := -1
	for i := range tokens {
		t := &tokens[i]
		at = append(at, int32(len(dst)))
		if t.Kind == vi.Whole || len(dst) >= limit {
			continue
		}
		if last >= 0 && (t.Break || t.Pos != tokens[last].Pos+1) {
			dst = append(dst, 0)
		}
		dst = append(dst, hashSyllable(t.Folded))
		last = i
	}
	return dst, at
}

// appendHeaded appends a section if something can be learned from it. at has the
// indexes of the text's tokens.
func appendHeaded(dst []headed, s index.Section, tokens []vi.Token, at []int32) []headed {
	title, _ := syllables(nil, vi.Tokens(s.Heading), titleSyllables)
	place := func(b int) int32 {
		i, _ := slices.BinarySearchFunc(tokens, b, func(t vi.Token, b int) int { return cmp.Compare(t.Start, b) })
		if i == len(at) {
			return docSyllables
		}
		return at[i]
	}
	start, end := place(s.Span.Start), place(s.Span.End)
	if len(title) < leastTitle || start >= docSyllables || end-start < leastText {
		return dst
	}
	return append(dst, headed{title, start, end})
}

// hashSyllable returns the number of a folded syllable, never 0: FNV-1a. With
// 24,000 syllables, in one of 15 corpora two have the same number and count as one.
func hashSyllable(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return max(h, 1)
}

// mix spreads the bits of a number (the finaliser of splitmix64: Steele, Lea and
// Flood, OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
