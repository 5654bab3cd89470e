package blevesearch

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/citation"
	"nghiquyet/index/places"
	"nghiquyet/search"
)

// Bounds of one suggestion's cost.
const (
	maxCompletions = 800      // terms that complete the last word
	maxTitles      = 48       // titles read
	maxPhrases     = 3        // phrases of one kind
	maxWeighed     = 60       // completions weighed by the words before them
	maxRead        = 6        // texts read to see whether they hold a phrase
	readBytes      = 16 << 10 // of each
	suggestedRunes = 120
)

// Suggest completes what a reader is typing: numbers, provinces and topics by
// name, phrases of the indexed texts, titles and lessons that hold the words.
func (s *Searcher) Suggest(ctx context.Context, typed string, size int) ([]search.Suggestion, error) {
	if words, changed := vi.DecodeByFrequency(strings.Fields(typed), func(term string) int {
		n, err := s.frequency(index.FieldExact, term)
		if err != nil {
			return 0
		}
		return int(n)
	}); changed {
		typed = strings.Join(words, " ")
	}
	tokens := parts(vi.Tokens(typed))
	if len(tokens) == 0 || size <= 0 {
		return []search.Suggestion{}, nil
	}
	out := s.suggestNames(typed)
	for _, part := range []func(context.Context, string, []vi.Token) ([]search.Suggestion, error){s.suggestNumbers, s.suggestPhrases, s.suggestUnits} {
		more, err := part(ctx, typed, tokens)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	// Of two with the same words the one that opens an article is worth more.
	opens, seen := map[string]bool{}, map[string]bool{}
	for _, x := range out {
		if x.ID != "" {
			opens[vi.Slug(x.Text)] = true
		}
	}
	out = slices.DeleteFunc(out, func(x search.Suggestion) bool {
		key := vi.Slug(x.Text)
		again := seen[key] || opens[key] && x.ID == ""
		seen[key] = seen[key] || !again
		return again
	})
	return out[:min(size, len(out))], nil
}

// suggestNames completes the names of provinces and topics.
func (s *Searcher) suggestNames(typed string) []search.Suggestion {
	start := vi.Slug(typed)
	out := []search.Suggestion{}
	add := func(kind, label string) {
		if len(out) < 3 && strings.HasPrefix(vi.Slug(label), start) {
			out = append(out, search.Suggestion{Text: label, Type: kind})
		}
	}
	for _, p := range places.Current() {
		add("province", p.Name)
	}
	for _, label := range s.facets["topic"].labels {
		add("topic", label)
	}
	return out
}

// suggestNumbers completes a document number, of which the figures are typed at
// least.
func (s *Searcher) suggestNumbers(_ context.Context, typed string, _ []vi.Token) (out []search.Suggestion, err error) {
	prefix, match := "", func(string) bool { return false }
	if pattern, ok := citation.ParseQuery(typed); ok {
		prefix, match = pattern.Prefix(), pattern.Match
	} else if start := vi.Slug(typed); start != "" && '0' <= start[0] && start[0] <= '9' {
		// Numbers have at least two digits: 2-ct is the beginning of 02-CT/TW.
		if len(start) > 1 && (start[1] < '0' || start[1] > '9') {
			start = "0" + start
		}
		prefix = start[:min(2, len(start))]
		match = func(key string) bool { return strings.HasPrefix(vi.Slug(key), start) }
	} else {
		return nil, nil
	}
	type number struct {
		key string
		n   uint64
	}
	var found []number
	for _, l := range s.leaves {
		for _, field := range []string{"number", "cites"} {
			err := l.eachTermFrom(field, prefix, func(key string, docs *roaring.Bitmap) bool {
				if match(key) {
					found = append(found, number{key, docs.GetCardinality()})
				}
				return len(found) < maxCompletions
			})
			if err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(found, func(a, b number) int { return cmp.Compare(b.n, a.n) })
	for _, f := range found[:min(len(found), maxPhrases)] {
		id, err := s.byNumber(f.key)
		if err != nil {
			return nil, err
		}
		out = append(out, search.Suggestion{Text: f.key, Type: "number", ID: index.Maybe(id)})
	}
	return out, nil
}

// completion is a term that completes the last word typed.
type completion struct {
	term string
	docs set
	n    uint64
}

// completions returns the terms that begin with one of starts, most frequent
// first. Pairs keep their first syllable: a start holds the space.
func (s *Searcher) completions(field string, starts ...string) ([]completion, error) {
	byTerm := map[string]*completion{}
	for i, l := range s.leaves {
		for _, start := range starts {
			err := l.eachTermFrom(field, start, func(term string, docs *roaring.Bitmap) bool {
				term = strings.TrimRight(term, "\x01\x02\x03\x04\x05")
				c := byTerm[term]
				if c == nil {
					if len(byTerm) == maxCompletions {
						return false
					}
					c = &completion{term: term, docs: s.nothing()}
					byTerm[term] = c
				}
				c.docs[i] = roaring.Or(c.docs[i], docs)
				c.n += docs.GetCardinality()
				return true
			})
			if err != nil {
				return nil, err
			}
		}
	}
	out := make([]completion, 0, len(byTerm))
	for _, c := range byTerm {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b completion) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.term, b.term)) })
	return out, nil
}

// suggestPhrases continues the words typed as the indexed texts do, in their
// spelling: first with a word behind the last one, then with that one finished.
func (s *Searcher) suggestPhrases(_ context.Context, typed string, tokens []vi.Token) (out []search.Suggestion, err error) {
	words := folded(tokens)
	last := tokens[len(tokens)-1]
	add := func(found []completion, before []string) error {
		held, err := s.heldTogether(before)
		if err != nil {
			return err
		}
		// Those that the texts with the words before hold most, and more than
		// others do.
		found = found[:min(len(found), maxWeighed)]
		for i := range found {
			c := &found[i]
			c.docs = held.and(c.docs)
			n := uint64(c.docs.count())
			c.n = n * n * 1000 / max(c.n, 1)
		}
		slices.SortStableFunc(found, func(a, b completion) int { return cmp.Compare(b.n, a.n) })
		most, read := maxPhrases, 0
		for _, c := range found {
			next := c.term[strings.IndexByte(c.term, ' ')+1:]
			if most == 0 || c.n == 0 || read >= maxRead {
				break
			}
			if !vi.IsBareSyllable(next) {
				continue
			}
			phrase := append(slices.Clone(before), next)
			if len(phrase) > 2 {
				if holds, err := s.someHolds(c.docs, phrase, &read); err != nil {
					return err
				} else if !holds {
					continue
				}
			}
			if text, ok := spelledAs(s.spelling.Restore(phrase), tokens, typed); ok {
				out = append(out, search.Suggestion{Text: text, Type: "phrase"})
				most--
			}
		}
		return nil
	}
	if vi.IsBareSyllable(last.Folded) {
		found, err := s.completions(index.FieldBigram, last.Folded+" ")
		if err != nil {
			return nil, err
		}
		if err := add(found, words); err != nil {
			return nil, err
		}
	}
	if len(words) < 2 || strings.HasSuffix(typed, " ") {
		return out, nil
	}
	_, starts := vi.Prefixes(typed[last.Start:last.End])
	for i := range starts {
		starts[i] = words[len(words)-2] + " " + starts[i]
	}
	found, err := s.completions(index.FieldBigram, starts...)
	if err != nil {
		return nil, err
	}
	return out, add(found, words[:len(words)-1])
}

func folded(tokens []vi.Token) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Folded
	}
	return out
}

// spelledAs joins the restored words, those typed with marks as typed; ok is
// false where the last one typed does not begin what it is finished to.
func spelledAs(words []string, typed []vi.Token, text string) (phrase string, ok bool) {
	words = slices.Clone(words)
	for i, t := range typed {
		switch {
		case i >= len(words) || !isMarked(t):
		case i < len(typed)-1 || words[i] == t.Exact || vi.Fold(words[i]) == t.Folded:
			words[i] = t.Exact
		default:
			exact, _ := vi.Prefixes(text[t.Start:t.End])
			if !slices.ContainsFunc(exact, func(start string) bool { return strings.HasPrefix(words[i], start) }) {
				return "", false
			}
		}
	}
	return strings.Join(words, " "), true
}

// someHolds reports whether one of the first documents holds the folded words
// side by side, which its pairs alone do not tell.
func (s *Searcher) someHolds(docs set, words []string, read *int) (bool, error) {
	want := make([]vi.Token, len(words))
	for i, w := range words {
		want[i] = vi.Token{Exact: w, Folded: w}
	}
	for i, with := range docs {
		for it, n := with.Iterator(), 0; it.HasNext() && n < 2; n++ {
			*read++
			_, body, err := s.leaves[i].texts(it.Next())
			if err != nil {
				return false, err
			}
			if holds(vi.Tokens(body[:min(len(body), readBytes)]), want, false) {
				return true, nil
			}
		}
	}
	return false, nil
}

// heldTogether returns the documents that hold every pair of the words.
func (s *Searcher) heldTogether(words []string) (set, error) {
	docs := live(s.leaves)
	for i := range words[1:] {
		pair, err := s.term(index.FieldBigram, words[i]+" "+words[i+1])
		if err != nil {
			return nil, err
		}
		docs = docs.and(pair.docs())
	}
	return docs, nil
}

// suggestUnits finds titles and lessons that hold the words typed, the last
// one perhaps unfinished: those that begin with them first, then the newest.
func (s *Searcher) suggestUnits(ctx context.Context, typed string, tokens []vi.Token) ([]search.Suggestion, error) {
	docs := live(s.leaves)
	for i, t := range tokens {
		with := s.nothing()
		if i == len(tokens)-1 && !strings.HasSuffix(typed, " ") {
			_, starts := vi.Prefixes(typed[t.Start:t.End])
			found, err := s.completions(index.FieldTitle, starts...)
			if err != nil {
				return nil, err
			}
			for _, c := range found {
				with = with.or(c.docs)
			}
		} else {
			for j, l := range s.leaves {
				var err error
				if with[j], err = l.postings(index.FieldTitle, t.Folded); err != nil {
					return nil, err
				}
			}
		}
		docs = docs.and(with)
	}
	t := &top{size: maxTitles, order: byNewest}
	for i, l := range s.leaves {
		if err := t.addAll(ctx, l, docs[i]); err != nil {
			return nil, err
		}
	}
	type titled struct {
		search.Suggestion
		at int // where the words begin in the text
	}
	var units, lessons []titled
	ofArticle := map[string]bool{} // articles with a lesson among them
	start := strings.Join(folded(tokens), "-")
	for _, f := range t.sorted() {
		u := titled{}
		fields, err := f.leaf.stored(f.doc, index.FieldHead)
		if err != nil {
			return nil, err
		}
		if u.Suggestion, err = suggestion(fields[index.FieldHead]); err != nil {
			return nil, err
		}
		if u.at = strings.Index(vi.Slug(u.Text), start); u.at < 0 {
			u.at = suggestedRunes
		}
		id, _, isLesson := strings.Cut(string(u.ID), "#")
		switch {
		case !isLesson:
			units = append(units, u)
		case !ofArticle[id]:
			ofArticle[id] = true
			lessons = append(lessons, u)
		}
	}
	units = append(units, lessons...)
	slices.SortStableFunc(units, func(a, b titled) int { return cmp.Compare(min(a.at, 1), min(b.at, 1)) })
	out := make([]search.Suggestion, len(units))
	for i, u := range units {
		out[i] = u.Suggestion
	}
	return out, nil
}
