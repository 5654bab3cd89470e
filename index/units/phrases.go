package units

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
)

// phrasesFile lists the frequent phrases of the texts in the order of their
// folded spelling: that, the spelling, and in how many texts of the sample,
// between tabs.
const phrasesFile = "phrases.tsv"

// Bounds of what phrases are learned from, and of their list.
const (
	sampledTexts     = 8192
	sampledSyllables = 512 // of each
	maxPhraseWords   = 12  // syllables
	maxPhrases       = 50_000
)

// What makes a run of syllables a phrase, found on 13,554 policy pages by
// reading the lists (22 November 2026).
const (
	leastTexts = 3    // texts of the sample that contain it
	freeEnds   = 0.6  // most of it that goes on with one and the same syllable
	wholeEnds  = 0.4  // most of it whose end is bound to what stands beyond
	wordBond   = 4e-3 // of two syllables that are a word though one is of grammar
	leastBond  = 2e-5 // of a syllable at an end
)

// sampled is the beginning of a text: syllables as their ID plus one, 0 where
// a clause ends, with the flags below.
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

// sample keeps a text if it is among those whose IDs have the least hashes: the
// same ones in whatever order texts come.
func (s *speller) sample(id, text string, tokens []vi.Token) {
	t := sampled{hash: sampleHash(id), id: id}
	if s.leastOut != 0 && t.hash >= s.leastOut {
		return
	}
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
		word := uint32(s.id(tok.Exact) + 1)
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
	if s.texts = append(s.texts, t); len(s.texts) >= 2*sampledTexts {
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

// addSample adds the sample of a speller whose syllables have the IDs to.
func (s *speller) addSample(other *speller, to []int32) {
	for _, t := range other.texts {
		renumber(t.words, to)
		s.texts = append(s.texts, t)
	}
	s.cutSample()
}

// renumber gives the words of a sample the IDs to, 0 to those that have none.
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

// bond tells from 0 to 1 how much two syllables make one word: how likely each
// has the other beside it.
func (s *speller) bond(a, b uint32) float64 {
	a, b = a&wordMask-1, b&wordMask-1
	n := float64(s.pairs[a<<16|b])
	return n * n / float64(max(s.counts[a], 1)) / float64(max(s.counts[b], 1))
}

// run is a run of syllables that several texts of the sample contain.
type run struct {
	front, back int32 // the runs without its last and without its first syllable
	texts       int32
	at          int32 // one place of it
	places      int32
	// left and right are how many texts contain the most frequent run that goes on
	// to that side.
	left, right int32
	// cutLeft and cutRight are at how many places the syllable beyond an end is
	// bound to it more than the one within.
	cutLeft, cutRight int32
}

// writePhrases stores the phrases of the sample, of which copies count once.
func (s *speller) writePhrases(dir string, copies [][]string) error {
	skip := map[string]bool{}
	for _, ids := range copies {
		for _, id := range ids[1:] {
			skip[id] = true
		}
	}
	return os.WriteFile(filepath.Join(dir, phrasesFile), []byte(strings.Join(s.phrases(skip), "")), 0o644)
}

// phrases finds the phrases of the sample, longer runs from shorter ones that
// are frequent themselves (Agrawal, Srikant 1994). A phrase stands free: on
// neither side does it mostly go on with one and the same syllable, as "hội chủ
// nghĩa" does, nor is it cut within a word, as "ban hành nghị" is, nor does it
// begin or end with a word of grammar.
func (s *speller) phrases(skip map[string]bool) []string {
	s.cutSample()
	var words []uint32
	var text []int32 // that contains the word
	for i, t := range s.texts {
		if skip[t.id] {
			continue
		}
		words = append(append(words, t.words...), 0)
		for range len(t.words) + 1 {
			text = append(text, int32(i))
		}
	}
	class := make([]int32, len(words))   // of the run that begins here, -1 for none
	bonds := make([]float64, len(words)) // of a word and the next
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

// longer replaces the class of the run at each place by that of the run longer
// by one syllable, and returns those that are frequent.
func longer(class, text []int32) []run {
	key := func(i int) uint64 { return uint64(class[i])<<32 | uint64(class[i+1]) }
	var all []uint64 // each once a text
	for start := 0; start < len(class); {
		end, from := start, len(all)
		for ; end < len(class) && text[end] == text[start]; end++ {
			if class[end] >= 0 && class[end+1] >= 0 { // the last word of a text is none
				all = append(all, key(end))
			}
		}
		slices.Sort(all[from:])
		all = all[:from+len(slices.Compact(all[from:]))]
		start = end
	}
	slices.Sort(all)
	var runs []run
	byKey := map[uint64]int32{}
	for i := 0; i < len(all); {
		n := 1
		for i+n < len(all) && all[i+n] == all[i] {
			n++
		}
		if n >= leastTexts {
			byKey[all[i]] = int32(len(runs))
			runs = append(runs, run{front: int32(all[i] >> 32), back: int32(all[i] & math.MaxUint32), texts: int32(n)})
		}
		i += n
	}
	for i := range class {
		is := int32(-1)
		if class[i] >= 0 && class[i+1] >= 0 {
			if c, ok := byKey[key(i)]; ok {
				is, runs[c].at = c, int32(i)
			}
		}
		class[i] = is
	}
	return runs
}

// phrase is a frequent run of whole words.
type phrase struct {
	text  string
	texts int32
}

// appendPhrases appends those of the runs of a length that are phrases, in
// their most frequent spelling.
func (s *speller) appendPhrases(out []phrase, runs []run, class []int32, words []uint32, bonds []float64, length int) []phrase {
	capitals := make([][]int32, len(runs)) // of each word: places with a capital less those without
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

// begins says that a phrase may begin with the first of the words: it is no
// word of grammar, or one that makes a word with the next, as in theo dõi.
func (s *speller) begins(w []uint32, bonds []float64) bool {
	return !s.isGrammar(w[0]) || !s.isGrammar(w[1]) && bonds[0] >= wordBond && (len(w) == 2 || bonds[0] > bonds[1])
}

// ends says the same of the last word: thông qua is one.
func (s *speller) ends(w []uint32, bonds []float64) bool {
	return !s.isGrammar(w[len(w)-1]) || len(w) == 2 && !s.isGrammar(w[0]) && bonds[0] >= wordBond
}

func (s *speller) isGrammar(w uint32) bool { return vi.IsFunctionWord(s.names[w&wordMask-1]) }

// Phrases are the frequent phrases of the indexed texts. Its zero value has
// none. Safe for concurrent use.
type Phrases struct {
	list []listed // in the order of folded
}

type listed struct {
	folded string
	text   string // with marks, names with capitals
	texts  int    // of the sample that contain it
}

// OpenPhrases reads the phrases of the index in dir; an index without them has
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

// Complete returns at most size phrases that begin with what is typed, most
// frequent first. What is typed to the last mark is not given back.
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
