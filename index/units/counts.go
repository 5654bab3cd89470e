package units

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"

	"nghiquyet/analyzers/vi"
)

// CountsFile contains the counts from which the spelling was made, so that the next
// index can add and subtract texts. Numbers are uvarints:
//
//	the line "nghiquyet counts 1"
//	1 where the counts are exact, 0 where there were too many to keep
//	number of syllables; for each, in order: size, text, count
//	number of pairs; for each, in order: the difference of its key to that of the
//	pair before, count. A key is the number of the first syllable, times 65,536,
//	plus that of the second
const CountsFile = "spelling.counts"

const countsMagic = "nghiquyet counts 1\n"

// ErrInexact is for an index whose counts cannot be continued.
var ErrInexact = errors.New("counts of the spelling are not exact")

// order numbers the syllables in the order of their text and drops syllables that no
// text contains any more.
func (s *speller) order() {
	kept := make([]int32, 0, len(s.names))
	for i, n := range s.counts {
		if n > 0 {
			kept = append(kept, int32(i))
		}
	}
	slices.SortFunc(kept, func(a, b int32) int { return cmp.Compare(s.names[a], s.names[b]) })
	to := make([]int32, len(s.names))
	for i := range to {
		to[i] = -1
	}
	names, counts := make([]string, len(kept)), make([]int, len(kept))
	clear(s.ids)
	for i, old := range kept {
		to[old], names[i], counts[i] = int32(i), s.names[old], s.counts[old]
		s.ids[names[i]] = int32(i)
	}
	var pairs pairCounts
	pairs.resize(len(s.pairs.slots))
	for key, n := range s.pairs.all() {
		if a, b := to[key>>16], to[key&0xffff]; n > 0 && a >= 0 && b >= 0 {
			pairs.add(uint32(a)<<16|uint32(b), n)
		}
	}
	s.names, s.counts, s.pairs = names, counts, pairs
	for _, t := range s.texts {
		renumber(t.words, to)
	}
}

// WriteCounts writes the counts into the folder dir, from which [Resume] continues.
// It must be called after Write.
func (l *Learned) WriteCounts(dir string) error { return l.spelling.writeCounts(dir) }

// writeCounts stores the counts of an ordered speller.
func (s *speller) writeCounts(dir string) error {
	data := []byte(countsMagic)
	exact := uint64(1)
	if s.inexact {
		exact = 0
	}
	data = binary.AppendUvarint(data, exact)
	data = binary.AppendUvarint(data, uint64(len(s.names)))
	for i, name := range s.names {
		data = append(binary.AppendUvarint(data, uint64(len(name))), name...)
		data = binary.AppendUvarint(data, uint64(s.counts[i]))
	}
	keys := make([]uint64, 0, s.pairs.n) // each with its count
	for key, count := range s.pairs.all() {
		keys = append(keys, uint64(key)<<32|uint64(count))
	}
	slices.Sort(keys)
	data = binary.AppendUvarint(data, uint64(len(keys)))
	last := uint64(0)
	for _, key := range keys {
		data = binary.AppendUvarint(data, key>>32-last)
		data = binary.AppendUvarint(data, key&math.MaxUint32)
		last = key >> 32
	}
	return os.WriteFile(filepath.Join(dir, CountsFile), data, 0o644)
}

// Resume reads the counts of the index in dir, to be changed into those of another
// index. Signatures and the sample of texts are not part of them: see
// [Learned.Survey]. It returns [ErrInexact] for an index that is too large.
func Resume(dir string) (l *Learned, err error) {
	f, err := os.Open(filepath.Join(dir, CountsFile))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	r := countReader{in: bufio.NewReaderSize(f, 1<<20), most: uint64(st.Size())}
	if string(r.bytes(uint64(len(countsMagic)))) != countsMagic {
		return nil, fmt.Errorf("read %s: not of this version", CountsFile)
	}
	s := newSpeller()
	if r.uint() != 1 {
		return nil, ErrInexact
	}
	count := r.length()
	if count > math.MaxUint16 {
		return nil, fmt.Errorf("read %s: %d syllables", CountsFile, count)
	}
	for range count {
		name := string(r.bytes(r.uint()))
		s.ids[name] = int32(len(s.names))
		s.names, s.counts = append(s.names, name), append(s.counts, int(r.uint()))
	}
	n := r.length()
	last := uint64(0)
	for range n {
		last += r.uint()
		s.pairs.add(uint32(last), uint32(r.uint()))
		if last>>16 >= uint64(len(s.names)) || last&0xffff >= uint64(len(s.names)) {
			return nil, fmt.Errorf("read %s: pair of a syllable that is not there", CountsFile)
		}
	}
	if r.err != nil {
		return nil, fmt.Errorf("read %s: %w", CountsFile, r.err)
	}
	return &Learned{spelling: s}, nil
}

// countReader reads numbers and texts; after an error it returns zero values.
type countReader struct {
	in   *bufio.Reader
	most uint64 // bytes of the file
	err  error
}

func (r *countReader) uint() uint64 {
	if r.err != nil {
		return 0
	}
	var n uint64
	n, r.err = binary.ReadUvarint(r.in)
	return n
}

// length reads the length of a list, whose elements take at least two bytes each.
func (r *countReader) length() uint64 {
	n := r.uint()
	if n > r.most/2 {
		r.err = cmp.Or(r.err, errPacked)
		return 0
	}
	return n
}

func (r *countReader) bytes(n uint64) []byte {
	if r.err != nil || n > r.most {
		r.err = cmp.Or(r.err, errPacked)
		return nil
	}
	b := make([]byte, n)
	for i := range b {
		if b[i], r.err = r.in.ReadByte(); r.err != nil {
			return nil
		}
	}
	return b
}

// Unlearn subtracts the text of an article that leaves the index.
func (l *Learned) Unlearn(text string) {
	if isBare(text) {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.spelling.countText(vi.Tokens(text), -1)
}

// Kept is the part of an article that [Learned.Survey] needs.
type Kept struct {
	ID   string
	Bare bool   // [Document.Bare]
	Sign []byte // [Document.Sign]
}

// Survey replaces the signatures and the sample of texts for phrases by those of
// all articles of an index. text returns the text of one of them.
func (l *Learned) Survey(articles []Kept, text func(i int) (string, error)) error {
	l.signed = nil
	for _, a := range articles {
		if s, ok := readSign(a.ID, a.Sign); ok {
			l.signed = append(l.signed, s)
		}
	}
	s := l.spelling
	s.texts, s.leastOut = nil, 0
	var tokens []vi.Token
	for _, i := range Sampled(articles) {
		body, err := text(i)
		if err != nil {
			return err
		}
		tokens = vi.AppendTokens(tokens[:0], body)
		s.sample(articles[i].ID, body, tokens, s.idsOf(tokens))
	}
	return nil
}

// Sampled returns the indexes of the articles whose texts [Learned.Survey] reads,
// in its order. They depend only on the IDs.
func Sampled(articles []Kept) []int {
	type hashed struct {
		hash uint64
		i    int
	}
	var order []hashed
	for i, a := range articles {
		if !a.Bare {
			order = append(order, hashed{sampleHash(a.ID), i})
		}
	}
	slices.SortFunc(order, func(a, b hashed) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(articles[a.i].ID, articles[b.i].ID))
	})
	sampled := make([]int, min(len(order), sampledTexts))
	for n := range sampled {
		sampled[n] = order[n].i
	}
	return sampled
}
