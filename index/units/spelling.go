package units

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/vellum"

	"nghiquyet/analyzers/vi"
)

// Files of the spelling, in the index folder beside Bleve's own.
const (
	variantsFile = "spelling.tsv"
	pairsFile    = "spelling.fst"
)

// Bounds of learning.
const (
	learnedPerText = 1000    // syllables of one text
	maxPairs       = 2 << 20 // pairs that one worker counts at a time
	minPair        = 2       // occurrences of a pair that is stored
	maxVariants    = 16      // spellings of one folded syllable
	pairsPerKey    = 4       // spellings of one folded pair
)

// speller learns from the indexed texts the spelling of words typed without marks:
// it counts syllables with marks, and their pairs. Not safe for concurrent use.
type speller struct {
	ids    map[string]int32 // of a syllable; -1 for a word that is no syllable
	names  []string
	counts []int
	pairs  pairCounts // two IDs → count
	// inexact reports that counts were dropped to save memory.
	inexact bool

	texts    []sampled
	leastOut uint64 // least hash known to be outside the sample, 0 for none
}

func newSpeller() *speller {
	return &speller{ids: map[string]int32{}}
}

func (s *speller) id(exact string) int32 {
	id, ok := s.ids[exact]
	if !ok {
		id = -1
		if vi.IsSyllable(exact) {
			if len(s.names) < math.MaxUint16 {
				id = int32(len(s.names))
				s.names, s.counts = append(s.names, exact), append(s.counts, 0)
			} else {
				s.inexact = true
			}
		}
		if len(s.ids) < 1<<20 {
			s.ids[exact] = id
		}
	}
	return id
}

// count adds to the counts of the syllables of a text. idOf returns the ID of the token
// at an index.
func (s *speller) count(tokens []vi.Token, idOf func(at int) int32, by int) {
	for i := range tokens {
		if teaches(&tokens[i]) {
			if id := idOf(i); id >= 0 {
				s.counts[id] += by
			}
		}
	}
}

// countPair adds to the count of a pair of neighbours, given by their IDs.
func (s *speller) countPair(a, b int32, by uint32) {
	if a >= 0 && b >= 0 {
		s.pairs.add(uint32(a)<<16|uint32(b), by)
	}
}

// bound drops the rarest pairs if there are too many.
func (s *speller) bound() {
	if s.pairs.n > maxPairs {
		s.inexact = true
		s.pairs.dropBelow(minPair)
	}
}

// countText adds the syllables and the pairs of a text by times, which may be below 0.
func (s *speller) countText(tokens []vi.Token, by int) {
	id := s.idsOf(tokens)
	s.count(tokens, id, by)
	for i, j := range vi.Bigrams(tokens) {
		if teaches(&tokens[j]) {
			s.countPair(id(i), id(j), uint32(by))
		}
	}
	s.bound()
}

// teaches reports whether a token of a text is counted for the spelling.
func teaches(t *vi.Token) bool { return t.Pos < learnedPerText && t.Kind != vi.Whole }

// idsOf returns a function that looks up the ID of a token.
func (s *speller) idsOf(tokens []vi.Token) func(at int) int32 {
	return func(at int) int32 { return s.id(tokens[at].Exact) }
}

// add adds the counts of another speller.
func (s *speller) add(other *speller) {
	to := make([]int32, len(other.names))
	for i, name := range other.names {
		if to[i] = s.id(name); to[i] >= 0 {
			s.counts[to[i]] += other.counts[i]
		}
	}
	for pair, count := range other.pairs.all() {
		s.countPair(to[pair>>16], to[pair&0xffff], count)
	}
	s.inexact = s.inexact || other.inexact
	s.addSample(other, to)
}

// write writes the spelling: the spellings of each folded syllable, most frequent
// first, and the most frequent spellings of each folded pair, as ranks among those
// with the logarithms of their counts.
func (s *speller) write(dir string) error {
	folded := make([]string, len(s.names))
	variants := map[string][]int32{}
	for i, name := range s.names {
		folded[i] = vi.Fold(name)
		variants[folded[i]] = append(variants[folded[i]], int32(i))
	}
	rank, place := make([]uint64, len(s.names)), make([]uint64, len(s.names))
	var text strings.Builder
	for at, bare := range slices.Sorted(maps.Keys(variants)) {
		list := variants[bare]
		slices.SortFunc(list, func(a, b int32) int {
			return cmp.Or(cmp.Compare(s.counts[b], s.counts[a]), cmp.Compare(s.names[a], s.names[b]))
		})
		text.WriteString(bare)
		for i, id := range list {
			rank[id], place[id] = uint64(i), uint64(at)
			if i < maxVariants {
				fmt.Fprintf(&text, "\t%s\t%d", s.names[id], s.counts[id])
			}
		}
		text.WriteByte('\n')
	}
	if err := os.WriteFile(filepath.Join(dir, variantsFile), []byte(text.String()), 0o644); err != nil {
		return err
	}
	// All bytes of syllables sort after a space, so pairs of numbers are in the
	// order of the pairs' texts.
	type spelled struct {
		places uint64
		count  uint32
		a, b   uint16
	}
	var all []spelled
	for pair, count := range s.pairs.all() {
		a, b := pair>>16, pair&0xffff
		if count >= minPair && rank[a] < maxVariants && rank[b] < maxVariants {
			all = append(all, spelled{place[a]<<32 | place[b], count, uint16(a), uint16(b)})
		}
	}
	ranks := func(p spelled) uint64 { return rank[p.a]<<4 | rank[p.b] }
	slices.SortFunc(all, func(x, y spelled) int {
		return cmp.Or(cmp.Compare(x.places, y.places), cmp.Compare(y.count, x.count), cmp.Compare(ranks(x), ranks(y)))
	})
	return writeFST(filepath.Join(dir, pairsFile), func(insert func(key string, value uint64) error) error {
		for i := 0; i < len(all); {
			first, n := all[i], 0
			var value uint64
			for ; i < len(all) && all[i].places == first.places; i++ {
				if n < pairsPerKey {
					value |= (ranks(all[i])<<8 | uint64(min(255, math.Round(8*math.Log2(float64(all[i].count)))))) << (16 * n)
					n++
				}
			}
			if err := insert(folded[first.a]+" "+folded[first.b], value); err != nil {
				return err
			}
		}
		return nil
	})
}

func writeFST(name string, fill func(insert func(key string, value uint64) error) error) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	fst, err := vellum.New(w, nil)
	if err != nil {
		return err
	}
	if err := fill(func(key string, value uint64) error { return fst.Insert([]byte(key), value) }); err != nil {
		return err
	}
	return errors.Join(fst.Close(), w.Flush())
}

// Spelling restores the marks of words typed without them, as the indexed texts are
// spelled. The zero value restores nothing. Safe for concurrent use.
type Spelling struct {
	variants map[string][]variant // by folded syllable
	total    float64              // occurrences of all
	pairs    *vellum.FST
}

type variant struct {
	exact string
	count float64 // occurrences in the texts, plus a half
	prior float64 // logarithm of its share
}

// OpenSpelling opens the spelling of the index in dir. An index without a spelling
// has the zero value.
func OpenSpelling(dir string) (*Spelling, error) {
	data, err := os.ReadFile(filepath.Join(dir, variantsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return &Spelling{}, nil
	}
	if err != nil {
		return nil, err
	}
	s := &Spelling{variants: map[string][]variant{}}
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		sum := 0.0
		var list []variant
		for i := 1; i+1 < len(fields) && len(list) < maxVariants; i += 2 {
			count, err := strconv.Atoi(fields[i+1])
			if err != nil {
				return nil, fmt.Errorf("spelling of %s: %w", fields[0], err)
			}
			list = append(list, variant{exact: fields[i], count: float64(count) + 0.5})
			sum += float64(count) + 0.5
		}
		for i := range list {
			list[i].prior = math.Log(list[i].count / sum)
		}
		s.variants[fields[0]] = list
		s.total += sum
	}
	s.pairs, err = vellum.Open(filepath.Join(dir, pairsFile))
	return s, err
}

// Close releases the mapped file.
func (s *Spelling) Close() error {
	if s.pairs == nil {
		return nil
	}
	return s.pairs.Close()
}

// backoff is the weight, in occurrences, of the syllables alone against a pair.
const backoff = 2

// Restore returns the most likely spelling of neighbouring folded syllables: the
// path of spellings whose pairs are most frequent (Viterbi). A syllable that the
// texts do not contain stays as it is.
func (s *Spelling) Restore(folded []string) []string {
	out := slices.Clone(folded)
	if s.pairs == nil || len(folded) == 0 {
		return out
	}
	reader, err := s.pairs.Reader()
	if err != nil {
		return out
	}
	type state struct {
		score float64
		from  int
	}
	options := make([][]variant, len(folded))
	states := make([][]state, len(folded))
	for i, f := range folded {
		if options[i] = s.variants[f]; len(options[i]) == 0 {
			options[i] = []variant{{exact: f}}
		}
		states[i] = make([]state, len(options[i]))
		if i == 0 {
			for v := range options[0] {
				states[0][v].score = options[0][v].prior
			}
			continue
		}
		value, _, err := reader.Get([]byte(folded[i-1] + " " + f))
		if err != nil {
			return out
		}
		var counts [maxVariants][maxVariants]float64
		var rows [maxVariants]float64
		for ; value != 0; value >>= 16 {
			count := math.Exp2(float64(value&0xff) / 8)
			a, b := value>>12&0xf, value>>8&0xf
			counts[a][b] += count
			rows[a] += count
		}
		for v := range options[i] {
			best := state{score: math.Inf(-1)}
			for u := range options[i-1] {
				p := (counts[u][v] + backoff*math.Exp(options[i][v].prior)) / (rows[u] + backoff)
				// The pair is evidence for the spelling of its left syllable too.
				if score := states[i-1][u].score + math.Log(p) + math.Log1p(rows[u])/2; score > best.score {
					best = state{score, u}
				}
			}
			states[i][v] = best
		}
	}
	best := 0
	last := states[len(states)-1]
	for v := range last {
		if last[v].score > last[best].score {
			best = v
		}
	}
	for i := len(folded) - 1; i >= 0; i-- {
		out[i] = options[i][best].exact
		best = states[i][best].from
	}
	return out
}
