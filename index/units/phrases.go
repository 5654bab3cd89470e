package units

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
)

// phrasesFile lists the frequent phrases of the texts, sorted by their folded
// spelling. A line has the folded spelling, the spelling, and the number of texts
// of the sample, separated by tabs.
const phrasesFile = "phrases.tsv"

// Bounds of the sample for phrases, and of their list.
const (
	sampledTexts     = 8192
	sampledSyllables = 512 // of each
	maxPhraseWords   = 12  // syllables
	maxPhrases       = 50_000
)

// Conditions for a run of syllables to be a phrase, chosen on 13,554 policy pages
// by reading the lists (22 November 2026).
const (
	leastTexts = 3    // texts of the sample that contain it
	freeEnds   = 0.6  // largest share of its texts that continue it with the same syllable
	wholeEnds  = 0.4  // largest share of its places where an end is bound to the syllable outside
	wordBond   = 4e-3 // least bond of two syllables that are a word though one is a function word
	leastBond  = 2e-5 // least bond of a syllable at an end
)

// sampled is the beginning of a text: each syllable's ID plus one, with the flags
// below; 0 where a clause ends.
type sampled struct {
	hash  uint64
	id    string
	words []uint32
}

const (
	wordMask    = 1<<16 - 1
	wordCapital = 1 << 16 // begins with a capital letter
	wordTells   = 1 << 17 // and could have begun otherwise
)

// sample keeps a text if its ID has one of the least hashes of all: the same texts
// in whatever order they come. idOf is as in learn.
func (s *speller) sample(id, text string, tokens []vi.Token, idOf func(at int) int32) {
	t := sampled{hash: sampleHash(id), id: id}
	if s.leastOut != 0 && t.hash >= s.leastOut {
		return
	}
	t.words = make([]uint32, 0, min(len(tokens)+len(tokens)/8, sampledSyllables+1))
	for i := range tokens {
		tok := &tokens[i]
		if tok.Kind == vi.Whole {
			continue
		}
		if len(t.words) >= sampledSyllables {
			break
		}
		if tok.Break {
			t.words = append(t.words, 0)
		}
		word := uint32(idOf(i) + 1)
		if first, _ := utf8.DecodeRuneInString(text[tok.Start:]); word != 0 && !tok.Caps {
			if unicode.IsUpper(first) {
				word |= wordCapital
			}
			if n := len(t.words); n > 0 && t.words[n-1] != 0 {
				word |= wordTells
			}
		}
		t.words = append(t.words, word)
	}
	if s.texts = append(s.texts, t); len(s.texts) >= sampledTexts+sampledTexts/4 {
		s.cutSample()
	}
}

func sampleHash(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}

func (s *speller) cutSample() {
	slices.SortFunc(s.texts, func(a, b sampled) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.id, b.id)) })
	if len(s.texts) > sampledTexts {
		s.leastOut = s.texts[sampledTexts].hash
		clear(s.texts[sampledTexts:])
		s.texts = s.texts[:sampledTexts]
	}
}

// addSample adds the sample of another speller. to maps its IDs of syllables.
func (s *speller) addSample(other *speller, to []int32) {
	for _, t := range other.texts {
		renumber(t.words, to)
		s.texts = append(s.texts, t)
	}
	s.cutSample()
}

// renumber maps the IDs in a sample by to, to 0 where that has none.
func renumber(words []uint32, to []int32) {
	for i, w := range words {
		switch id := w & wordMask; {
		case id == 0:
		case to[id-1] < 0:
			words[i] = 0
		default:
			words[i] = w&^wordMask | uint32(to[id-1]+1)
		}
	}
}

// bond returns from 0 to 1 how strongly two syllables are one word: the product of
// the probabilities that each has the other beside it.
func (s *speller) bond(a, b uint32) float64 {
	a, b = a&wordMask-1, b&wordMask-1
	n := float64(s.pairs.of(a<<16 | b))
	return n * n / float64(max(s.counts[a], 1)) / float64(max(s.counts[b], 1))
}

// run is a run of syllables that several texts of the sample contain.
type run struct {
	front, back int32 // the runs without the last and without the first syllable
	texts       int32
	at          int32 // one place where it occurs
	places      int32
	// left and right are the numbers of texts with the most frequent run that is
	// one syllable longer on that side.
	left, right int32
	// cutLeft and cutRight are the numbers of places where the syllable outside an
	// end is bound more strongly to the end than the next syllable inside is.
	cutLeft, cutRight int32
}

// writePhrases writes the phrases of the sample. Near-duplicates count once.
func (s *speller) writePhrases(dir string, copies [][]string) error {
	skip := map[string]bool{}
	for _, ids := range copies {
		for _, id := range ids[1:] {
			skip[id] = true
		}
	}
	return os.WriteFile(filepath.Join(dir, phrasesFile), []byte(strings.Join(s.phrases(skip), "")), 0o644)
}

// phrases finds the phrases of the sample, making longer runs from frequent shorter
// ones (Agrawal, Srikant 1994). A phrase is complete: it is not mostly continued by
// one same syllable on either side, as "hội chủ nghĩa" is, does not cut a word, as
// "ban hành nghị" does, and does not begin or end with a function word.
func (s *speller) phrases(skip map[string]bool) []string {
	s.cutSample()
	size := 0
	for _, t := range s.texts {
		size += len(t.words) + 1
	}
	words := make([]uint32, 0, size)
	text := make([]int32, 0, size) // that contains the word
	for i, t := range s.texts {
		if skip[t.id] {
			continue
		}
		words = append(append(words, t.words...), 0)
		for range len(t.words) + 1 {
			text = append(text, int32(i))
		}
	}
	class := make([]int32, len(words))   // class of the run that begins here, -1 for none
	bonds := make([]float64, len(words)) // bond of each word with the next
	for i, w := range words {
		if class[i] = int32(w&wordMask) - 1; w != 0 && words[i+1] != 0 { // the last is 0
			bonds[i] = s.bond(w, words[i+1])
		}
	}
	var found []phrase
	var runs []run
	for length := 1; length <= maxPhraseWords && (length == 1 || len(runs) > 0); length++ {
		before := slices.Clone(class)
		next := longer(class, text)
		if length > 1 {
			for i := range next {
				r := &next[i]
				front, back := &runs[r.front], &runs[r.back]
				front.right, back.left = max(front.right, r.texts), max(back.left, r.texts)
			}
			for i, c := range before {
				if c >= 0 {
					r := &runs[c]
					r.places++
					if end := i + length - 1; bonds[end] > bonds[end-1] {
						r.cutRight++
					}
					if i > 0 && bonds[i-1] > bonds[i] {
						r.cutLeft++
					}
				}
			}
			found = s.appendPhrases(found, runs, before, words, bonds, length)
		}
		runs = next
	}
	slices.SortFunc(found, func(a, b phrase) int { return cmp.Or(cmp.Compare(b.texts, a.texts), cmp.Compare(a.text, b.text)) })
	found = found[:min(len(found), maxPhrases)]
	lines := make([]string, len(found))
	for i, p := range found {
		lines[i] = fmt.Sprintf("%s\t%s\t%d\n", vi.Fold(strings.ToLower(p.text)), p.text, p.texts)
	}
	slices.Sort(lines)
	return lines
}

// Bits of the places in longer: the classes of a run and of the next one, and the text.
const (
	textBits  = 14 // more than sampledTexts
	classBits = 22 // more than all places of the sample
)

// longer replaces the class of the run at each place by that of the run with one
// more syllable, and returns the frequent ones of these.
func longer(class, text []int32) []run {
	key := func(i int) uint64 { return uint64(class[i])<<classBits | uint64(class[i+1]) }
	goesOn := func(i int) bool { return class[i] >= 0 && class[i+1] >= 0 } // the last word of a text has no next
	size := 0
	for i := range class {
		if goesOn(i) {
			size++
		}
	}
	all := make([]uint64, 0, size)
	for i := range class {
		if goesOn(i) {
			all = append(all, key(i)<<textBits|uint64(text[i]))
		}
	}
	all = sortFrom(all, textBits) // texts ascend already
	var runs []run
	var byKey table
	for i := 0; i < len(all); {
		key, n, last := all[i]>>textBits, 0, uint64(1<<textBits)
		for ; i < len(all) && all[i]>>textBits == key; i++ {
			if at := all[i] & (1<<textBits - 1); at != last { // once a text
				last = at
				n++
			}
		}
		if n >= leastTexts {
			at, _ := byKey.place(key)
			at.value = uint32(len(runs))
			runs = append(runs, run{front: int32(key >> classBits), back: int32(key & (1<<classBits - 1)), texts: int32(n)})
		}
	}
	for i := range class {
		is := int32(-1)
		if goesOn(i) {
			if c, ok := byKey.get(key(i)); ok {
				is, runs[c].at = int32(c), int32(i)
			}
		}
		class[i] = is
	}
	return runs
}

// sortFrom sorts by the bits from a position on, and leaves equal ones in their order.
// It sorts by eleven bits at a time, the least significant first (radix sort), and
// returns one of two slices that it uses by turns.
func sortFrom(list []uint64, from int) []uint64 {
	const digit = 11
	most := uint64(0)
	for _, x := range list {
		most |= x
	}
	other := make([]uint64, len(list))
	for ; most>>from > 0; from += digit {
		var starts [1 << digit]int
		for _, x := range list {
			starts[x>>from&(1<<digit-1)]++
		}
		at := 0
		for i, n := range starts {
			starts[i], at = at, at+n
		}
		for _, x := range list {
			to := &starts[x>>from&(1<<digit-1)]
			other[*to] = x
			*to++
		}
		list, other = other, list
	}
	return list
}

// phrase is a frequent run that does not cut words.
type phrase struct {
	text  string
	texts int32
}

// appendPhrases appends the runs of this length that are phrases, in their most
// frequent spelling.
func (s *speller) appendPhrases(out []phrase, runs []run, class []int32, words []uint32, bonds []float64, length int) []phrase {
	capitals := make([][]int32, len(runs)) // by run and word: places with a capital minus places without
	for i, r := range runs {
		w, b := words[r.at:int(r.at)+length], bonds[r.at:int(r.at)+length-1]
		free := float64(max(r.left, r.right)) <= freeEnds*float64(r.texts)
		whole := float64(max(r.cutLeft, r.cutRight)) <= wholeEnds*float64(r.places)
		if free && whole && min(b[0], b[length-2]) >= leastBond && s.begins(w, b) && s.ends(w, b) {
			capitals[i] = make([]int32, length)
		}
	}
	for i, c := range class {
		if c < 0 || capitals[c] == nil {
			continue
		}
		for k, w := range words[i : i+length] {
			switch {
			case w&wordTells == 0:
			case w&wordCapital != 0:
				capitals[c][k]++
			default:
				capitals[c][k]--
			}
		}
	}
	for i, r := range runs {
		if capitals[i] == nil {
			continue
		}
		spelled := make([]string, length)
		for k, w := range words[r.at : int(r.at)+length] {
			spelled[k] = s.names[w&wordMask-1]
			if first, size := utf8.DecodeRuneInString(spelled[k]); capitals[i][k] > 0 {
				spelled[k] = string(unicode.ToUpper(first)) + spelled[k][size:]
			}
		}
		out = append(out, phrase{strings.Join(spelled, " "), r.texts})
	}
	return out
}

// begins reports whether a phrase may begin with the first word: it is no function
// word, or makes a word with the next, as in theo dõi.
func (s *speller) begins(w []uint32, bonds []float64) bool {
	return !s.isGrammar(w[0]) || !s.isGrammar(w[1]) && bonds[0] >= wordBond && (len(w) == 2 || bonds[0] > bonds[1])
}

// ends reports the same for the last word, as in thông qua.
func (s *speller) ends(w []uint32, bonds []float64) bool {
	return !s.isGrammar(w[len(w)-1]) || len(w) == 2 && !s.isGrammar(w[0]) && bonds[0] >= wordBond
}

func (s *speller) isGrammar(w uint32) bool { return vi.IsFunctionWord(s.names[w&wordMask-1]) }

// Phrases are the frequent phrases of the indexed texts. The zero value has none.
// Safe for concurrent use.
type Phrases struct {
	list []listed // in the order of folded
}

type listed struct {
	folded string
	text   string // with marks; names with capitals
	texts  int    // number of texts of the sample that contain it
}

// OpenPhrases reads the phrases of the index in dir. An index without phrases has
// the zero value.
func OpenPhrases(dir string) (*Phrases, error) {
	p := &Phrases{}
	data, err := os.ReadFile(filepath.Join(dir, phrasesFile))
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		folded, rest, _ := strings.Cut(line, "\t")
		text, texts, _ := strings.Cut(rest, "\t")
		n, err := strconv.Atoi(strings.TrimSpace(texts))
		if err != nil {
			return nil, fmt.Errorf("phrase %q: %w", folded, err)
		}
		p.list = append(p.list, listed{folded, text, n})
	}
	return p, nil
}

// Complete returns at most size phrases that begin with typed, most frequent first.
// It leaves out the phrase that equals typed with all its marks.
func (p *Phrases) Complete(typed string, size int) []string {
	b, whole := vi.NewBeginning(typed), vi.Normalize(typed)
	if len(b.Words) == 0 || size <= 0 {
		return nil
	}
	before, starts := "", []string{""}
	if b.Open {
		starts = b.Folded
	}
	for _, t := range b.Done() {
		before += t.Folded + " "
	}
	var best []listed
	for _, start := range starts {
		from, _ := slices.BinarySearchFunc(p.list, before+start, func(l listed, s string) int { return cmp.Compare(l.folded, s) })
		for _, l := range p.list[from:] {
			if !strings.HasPrefix(l.folded, before+start) {
				break
			}
			if len(best) == size && l.texts <= best[size-1].texts {
				continue
			}
			if lower := strings.ToLower(l.text); lower == whole || !b.Of(strings.Fields(lower)) {
				continue
			}
			at, _ := slices.BinarySearchFunc(best, l, func(a, b listed) int {
				return cmp.Or(cmp.Compare(b.texts, a.texts), cmp.Compare(a.folded, b.folded), cmp.Compare(a.text, b.text))
			})
			if best = slices.Insert(best, at, l); len(best) > size {
				best = best[:size]
			}
		}
	}
	out := make([]string, len(best))
	for i, l := range best {
		out[i] = l.text
	}
	return out
}
