package bench

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
)

// Queries are the queries of a measurement.
type Queries struct {
	Short    []string `json:"short"`    // 1–6 syllables, every second without marks
	Long     []string `json:"long"`     // headlines, every second without marks
	Pairs    []string `json:"pairs"`    // two syllables that are often neighbours
	Prefixes []string `json:"prefixes"` // words not typed to their end
	Typed    []string `json:"typed"`    // beginnings of titles
	IDs      []string `json:"ids"`      // of documents
}

// Sizes of a sample and of the queries made from it.
const (
	samplePages  = 4000
	sampleBytes  = 2000 // of each text, for its frequent pairs
	perKind      = 200  // questions
	shortMost    = 6    // syllables
	longLeast    = 7    // syllables
	frequentMost = 1000 // pairs
)

// Sample draws pages evenly from a corpus of unknown size, by a seed.
type Sample struct {
	rng   *rand.Rand
	seen  int
	pages []Page
}

// NewSample begins a sample.
func NewSample(seed uint64) *Sample { return &Sample{rng: rand.New(rand.NewPCG(seed, 1))} }

// Add offers a page.
func (s *Sample) Add(p Page) {
	s.seen++
	p.Text = cutWord(p.Text, sampleBytes)
	if len(s.pages) < samplePages {
		s.pages = append(s.pages, p)
	} else if i := s.rng.IntN(s.seen); i < samplePages {
		s.pages[i] = p
	}
}

// Queries makes queries from the sample: long ones are titles, short ones parts of
// titles and frequent pairs of syllables.
func (s *Sample) Queries() *Queries {
	q := &Queries{}
	pairs := s.frequent()
	for i, at := range s.rng.Perm(len(s.pages)) {
		p := s.pages[at]
		words := strings.Fields(plainWords(p.Title))
		if len(q.IDs) < perKind {
			q.IDs = append(q.IDs, p.ID)
		}
		if len(words) >= longLeast && len(q.Long) < perKind {
			q.Long = append(q.Long, everySecondBare(len(q.Long), strings.Join(words, " ")))
		}
		if n := 1 + i%shortMost; len(words) >= n && len(q.Short) < perKind {
			begin := s.rng.IntN(len(words) - n + 1)
			text := strings.Join(words[begin:begin+n], " ")
			if n == 2 && len(pairs) > 0 {
				text = pairs[s.rng.IntN(len(pairs))]
			}
			q.Short = append(q.Short, everySecondBare(len(q.Short), text))
		}
		if r := []rune(strings.Join(words, " ")); len(r) > 3 && len(q.Typed) < perKind {
			q.Typed = append(q.Typed, string(r[:min(len(r), 2+i%14)]))
		}
	}
	for range min(perKind, len(pairs)) {
		pair := pairs[s.rng.IntN(len(pairs))]
		q.Pairs = append(q.Pairs, pair)
		r := []rune(pair)
		q.Prefixes = append(q.Prefixes, strings.TrimSpace(string(r[:len(r)-1])))
	}
	for _, list := range []*[]string{&q.Pairs, &q.Prefixes, &q.Typed, &q.IDs} {
		if len(*list) == 0 {
			*list = q.Short
		}
	}
	return q
}

// frequent lists the pairs of neighbouring syllables found in most pages.
func (s *Sample) frequent() []string {
	docs := map[string]int{}
	for _, p := range s.pages {
		seen := map[string]bool{}
		tokens := vi.Tokens(p.Text)
		for i, j := range vi.Bigrams(tokens) {
			pair := tokens[i].Exact + " " + tokens[j].Exact
			if !seen[pair] && vi.IsSyllable(tokens[i].Exact) && vi.IsSyllable(tokens[j].Exact) {
				seen[pair] = true
				docs[pair]++
			}
		}
	}
	list := slices.Collect(maps.Keys(docs))
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(docs[b], docs[a]), strings.Compare(a, b))
	})
	return list[:min(len(list), frequentMost)]
}

// Read reads short and long queries from a JSON Lines file of objects with text (or
// query): up to six syllables are short.
func (q *Queries) Read(path string) error {
	var short, long []string
	for line, err := range lines(context.Background(), path) {
		if err != nil {
			return err
		}
		var one struct{ Text, Query string }
		if err := json.Unmarshal(line, &one); err != nil {
			return fmt.Errorf("read questions: %w", err)
		}
		text := cmp.Or(one.Text, one.Query)
		switch n := len(strings.Fields(text)); {
		case n == 0:
		case n <= shortMost:
			short = append(short, cutWord(text, maxQuery))
		default:
			long = append(long, cutWord(text, maxQuery))
		}
	}
	if len(short) > 0 {
		q.Short = short
	}
	if len(long) > 0 {
		q.Long = long
	}
	return nil
}

const maxQuery = 1500 // bytes

// plainWords removes from a text everything that is an operator of the query language.
func plainWords(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool {
		return r <= ' ' || strings.ContainsRune(`"()*:|[]{}<>,;“”.…?!–—#/\~^&+=`, r)
	})
	kept := words[:0]
	for _, w := range words {
		if w = strings.Trim(w, "-'_"); w != "" && w != "OR" && w != "AND" && w != "NOT" && w != "HOẶC" {
			kept = append(kept, w)
		}
	}
	return cutWord(strings.Join(kept, " "), maxQuery)
}

func everySecondBare(i int, s string) string {
	if i%2 == 1 {
		return vi.Fold(s)
	}
	return s
}

// cutWord is s cut to at most n bytes at a blank.
func cutWord(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:max(strings.LastIndexAny(s[:n], " \n"), 0)], "")
}
