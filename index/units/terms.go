package units

import (
	"iter"
	"slices"
	"strings"
)

// Terms are the terms of one field, numbered from 0 in the order in which they were
// met, and the frequency of each in the current document. Numbers are valid until
// [Terms.Forget]. Not safe for concurrent use.
type Terms struct {
	names   []string
	numbers map[string]uint32

	freq    []int32  // by number: frequency in the current document
	current []uint32 // terms of the current document, in the order of their first occurrence

	// Terms that are pairs have the numbers of their parts instead of names.
	parts *Terms
	pairs table
	keys  []uint64 // by number: two numbers of parts
	sums  []uint64 // by number: [hash] of the text, if signed
	// signed pairs are those of the signatures of texts.
	signed bool
}

// NewTerms returns Terms without a term.
func NewTerms() *Terms { return &Terms{numbers: map[string]uint32{}} }

// newPairs returns Terms of two parts joined by a space.
func newPairs(parts *Terms, signed bool) *Terms { return &Terms{parts: parts, signed: signed} }

// number returns the number of a term.
func (t *Terms) number(term string) uint32 {
	n, ok := t.numbers[term]
	if !ok {
		n = uint32(len(t.freq))
		term = strings.Clone(term) // a copy, not to keep the text in memory
		t.numbers[term] = n
		t.names, t.freq = append(t.names, term), append(t.freq, 0)
	}
	return n
}

// pair returns the pair of two parts, whose value is its number.
func (t *Terms) pair(a, b uint32) *placed {
	key := uint64(a)<<32 | uint64(b)
	at, added := t.pairs.place(key)
	if added {
		at.value = uint32(len(t.freq))
		t.keys, t.freq = append(t.keys, key), append(t.freq, 0)
		if t.signed {
			t.sums = append(t.sums, hash(t.parts.names[a], t.parts.names[b]))
		}
	}
	return at
}

func (t *Terms) add(n uint32) { t.addMany(n, 1) }

// addMany counts occurrences of a term in the current document.
func (t *Terms) addMany(n uint32, occurrences int32) {
	if t.freq[n] == 0 {
		t.current = append(t.current, n)
	}
	t.freq[n] += occurrences
}

// Add counts an occurrence of a term in the current document.
func (t *Terms) Add(term string) { t.add(t.number(term)) }

// Next begins the next document.
func (t *Terms) Next() {
	for _, n := range t.current {
		t.freq[n] = 0
	}
	t.current = t.current[:0]
}

// Forget drops all numbers, which bounds their memory.
func (t *Terms) Forget() {
	t.Next()
	clear(t.numbers)
	clear(t.names)
	t.pairs.clear()
	t.names, t.freq, t.keys, t.sums = t.names[:0], t.freq[:0], t.keys[:0], t.sums[:0]
}

// Len returns how many terms have a number.
func (t *Terms) Len() int { return len(t.freq) }

// Current returns the numbers of the terms in the current document.
func (t *Terms) Current() []uint32 { return t.current }

// Freq returns the frequency of a term in the current document.
func (t *Terms) Freq(number uint32) int { return int(t.freq[number]) }

// Append appends the text of a term.
func (t *Terms) Append(dst []byte, number uint32) []byte {
	if t.parts == nil {
		return append(dst, t.names[number]...)
	}
	key := t.keys[number]
	dst = append(append(dst, t.parts.names[key>>32]...), ' ')
	return append(dst, t.parts.names[uint32(key)]...)
}

// All yields the terms of the current document with their frequencies.
func (t *Terms) All() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for _, n := range t.current {
			if !yield(string(t.Append(nil, n)), t.Freq(n)) {
				return
			}
		}
	}
}

// Sorted returns all numbers in the order of their texts. All bytes of parts sort
// after a space, so pairs are in the order of their parts.
func (t *Terms) Sorted() []uint32 {
	out := make([]uint32, t.Len())
	for i := range out {
		out[i] = uint32(i)
	}
	if t.parts == nil {
		slices.SortFunc(out, func(a, b uint32) int { return strings.Compare(t.names[a], t.names[b]) })
		return out
	}
	rank := make([]uint64, t.parts.Len())
	for i, n := range t.parts.Sorted() {
		rank[n] = uint64(i)
	}
	// By the second part, then by the first; the second sort leaves equal ones in order.
	list := make([]uint64, t.Len())
	for n, key := range t.keys {
		list[n] = rank[uint32(key)]<<32 | uint64(n)
	}
	list = sortFrom(list, 32)
	for i, ranked := range list {
		n := uint32(ranked)
		list[i] = rank[t.keys[n]>>32]<<32 | uint64(n)
	}
	for i, ranked := range sortFrom(list, 32) {
		out[i] = uint32(ranked)
	}
	return out
}
