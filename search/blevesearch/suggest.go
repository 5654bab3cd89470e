package blevesearch

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/citation"
	"nghiquyet/index/places"
	"nghiquyet/index/units"
	"nghiquyet/search"
	"nghiquyet/search/plan"
)

// Bounds of one suggestion's cost.
const (
	maxCompletions = 2000 // terms that complete the last word
	maxTitles      = 24   // titles read
	maxLessons     = 8    // headings read
	maxNames       = 3    // names, and numbers, of one kind
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
	b := vi.NewBeginning(typed)
	if len(b.Words) == 0 || size <= 0 {
		return []search.Suggestion{}, nil
	}
	out := s.suggestNames(b)
	numbers, err := s.suggestNumbers(typed)
	if err != nil {
		return nil, err
	}
	out = append(out, numbers...)
	phrases, err := s.suggestPhrases(typed, b.Words, size)
	if err != nil {
		return nil, err
	}
	units, err := s.suggestUnits(ctx, b, len(phrases) > 0)
	if err != nil {
		return nil, err
	}
	// Half of the list is left to titles, where there are so many.
	n := min(len(phrases), max(size/2, size-len(out)-len(units)))
	out = append(append(out, phrases[:n]...), units...)
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

// suggestNames completes the names of provinces, of today and of then, and of
// topics.
func (s *Searcher) suggestNames(b *vi.Beginning) []search.Suggestion {
	out := []search.Suggestion{}
	add := func(kind, label string) {
		if len(out) < maxNames && b.Of(vi.AppendExact(nil, plan.Parts(vi.Tokens(label)))) {
			out = append(out, search.Suggestion{Text: label, Type: kind})
		}
	}
	for _, p := range places.Current() {
		add("province", p.Name)
	}
	for _, label := range s.facets["then"].labels {
		add("province", label)
	}
	for _, label := range s.facets["topic"].labels {
		add("topic", label)
	}
	return out
}

// suggestNumbers completes a document number, of which the figures are typed at
// least.
func (s *Searcher) suggestNumbers(typed string) (out []search.Suggestion, err error) {
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
	for _, f := range found[:min(len(found), maxNames)] {
		id, err := s.byNumber(f.key)
		if err != nil {
			return nil, err
		}
		out = append(out, search.Suggestion{Text: f.key, Type: "number", ID: index.Maybe(id)})
	}
	return out, nil
}

// suggestPhrases completes the words typed to frequent phrases; where no phrase
// begins with all of them, those behind the first ones, as far as one text
// holds all the pairs; or the meaning of an abbreviation among them.
func (s *Searcher) suggestPhrases(typed string, tokens []vi.Token, size int) (out []search.Suggestion, err error) {
	add := func(text string) { out = append(out, search.Suggestion{Text: text, Type: "phrase"}) }
	for _, phrase := range s.phrases.Complete(typed, size) {
		add(phrase)
	}
	if long, whole := s.longForm(typed, tokens); long != "" && len(out) < size/2 {
		if whole {
			add(long)
		}
		for _, phrase := range s.phrases.Complete(long, size/2) {
			add(phrase)
		}
	}
	// One word before the unfinished one tells too little of what it is.
	for from := 1; len(out) == 0 && len(tokens)-from > 2; from++ {
		for _, phrase := range s.phrases.Complete(typed[tokens[from].Start:], size) {
			before, held, err := s.spelledBefore(typed, tokens[:from], phrase)
			if err != nil {
				return nil, err
			}
			if held {
				add(before + phrase)
			}
		}
	}
	return out, nil
}

// longForm returns what is typed with its abbreviations written out, "" where
// it has none or a number; whole says that it ends with one.
func (s *Searcher) longForm(typed string, tokens []vi.Token) (long string, whole bool) {
	if slices.ContainsFunc(tokens, func(t vi.Token) bool { return t.Kind == vi.Number }) {
		return "", false
	}
	at := 0
	for _, m := range s.planner.Lexicon.Expand(tokens) {
		if m.Abbreviation {
			long += typed[at:tokens[m.Start].Start] + strings.Join(m.Expansions[0].To, " ")
			at, whole = tokens[m.End-1].End, m.End == len(tokens)
		}
	}
	if at == 0 {
		return "", false
	}
	long += typed[at:]
	if !whole {
		return long, false
	}
	words := plan.Parts(vi.Tokens(long))
	return strings.Join(s.spelled(long, words, folded(words)), " "), true
}

// spelledBefore returns the words typed before a phrase, with marks where they
// have none; held says that some text holds all of it, pair by pair.
func (s *Searcher) spelledBefore(typed string, tokens []vi.Token, phrase string) (before string, held bool, err error) {
	words := append(folded(tokens), folded(plan.Parts(vi.Tokens(phrase)))...)
	docs := live(s.leaves)
	for i := range words[1:] {
		pair, err := s.term(index.FieldBigram, words[i]+" "+words[i+1])
		if err != nil {
			return "", false, err
		}
		docs = docs.and(pair.docs())
	}
	for _, word := range s.spelled(typed, tokens, words) {
		before += word + " "
	}
	return before, docs.count() > 0, nil
}

// spelled returns the words of a text as they stand, those without marks as the
// indexed texts spell them; folded are the same words and what follows them.
func (s *Searcher) spelled(text string, words []vi.Token, folded []string) []string {
	restored := s.spelling.Restore(folded)
	out := make([]string, len(words))
	for i, t := range words {
		if out[i] = text[t.Start:t.End]; !plan.Marked(t) && restored[i] != t.Exact {
			out[i] = restored[i]
		}
	}
	return out
}

func folded(tokens []vi.Token) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Folded
	}
	return out
}

// titled returns the articles whose title holds the words typed, and which have
// them side by side in title or text, or wherever where there are none; and the
// lessons that have several side by side.
func (s *Searcher) titled(b *vi.Beginning) (articles, lessons set, err error) {
	titles, beside := s.typed, live(s.leaves)
	for i := range b.Words {
		t := &b.Words[i]
		exact, starts := []string{t.Exact}, []string{t.Folded}
		open := b.Open && i == len(b.Words)-1
		if open {
			exact, starts = b.Exact, b.Folded
		}
		title, pair := s.nothing(), live(s.leaves)
		for j, l := range s.leaves {
			if title[j], err = l.anyTerm(index.FieldTitle, starts, open); err != nil {
				return nil, nil, err
			}
			if plan.Marked(*t) {
				marked, err := l.anyTerm(index.FieldTitle, exact, open)
				if err != nil {
					return nil, nil, err
				}
				title[j] = roaring.Or(marked, roaring.And(title[j], l.bare))
			}
			if i == 0 {
				continue
			}
			pairs := make([]string, len(starts))
			for k, start := range starts {
				pairs[k] = b.Words[i-1].Folded + " " + start
			}
			// A frequency may follow the pair: what else begins so is few.
			if pair[j], err = l.anyTerm(index.FieldBigram, pairs, true); err != nil {
				return nil, nil, err
			}
		}
		titles, beside = titles.and(title), beside.and(pair)
	}
	if len(b.Words) > 1 {
		lessons = beside.andNot(s.typed)
	}
	if both := titles.and(beside); both.count() > 0 {
		titles = both
	}
	return titles, lessons, nil
}

// anyTerm returns the documents with one of the terms, or of those that begin
// so, as far as maxCompletions go.
func (l *leaf) anyTerm(field string, terms []string, begin bool) (*roaring.Bitmap, error) {
	var with []*roaring.Bitmap
	for _, term := range terms {
		if !begin {
			docs, err := l.postings(field, term)
			if err != nil {
				return nil, err
			}
			with = append(with, docs)
			continue
		}
		err := l.eachTermFrom(field, term, func(_ string, docs *roaring.Bitmap) bool {
			with = append(with, docs)
			return len(with) < maxCompletions
		})
		if err != nil {
			return nil, err
		}
	}
	return roaring.FastOr(with...), nil
}

// suggestUnits finds titles that hold the words typed, the last one perhaps
// unfinished: those that begin with them first, then those that hold them side
// by side, then the newest; others are left out where there is something
// better. Behind them stand lessons whose heading holds the words side by side.
func (s *Searcher) suggestUnits(ctx context.Context, b *vi.Beginning, better bool) ([]search.Suggestion, error) {
	articles, lessons, err := s.titled(b)
	if err != nil {
		return nil, err
	}
	start := "-" + strings.Join(folded(b.Words), "-")
	type titled struct {
		search.Suggestion
		order int
	}
	read := func(docs set, size int) (out []titled, err error) {
		t := &top{size: size, order: byNewest}
		for i := range docs {
			if err := t.addAll(ctx, s.leaves[i], docs[i]); err != nil {
				return nil, err
			}
		}
		for _, f := range t.sorted() {
			fields, err := f.leaf.stored(f.doc, index.FieldHead)
			if err != nil {
				return nil, err
			}
			h, err := units.DecodeHead(fields[index.FieldHead])
			if err != nil {
				return nil, err
			}
			u, heading := titled{search.Suggestion{Text: h.Title, Type: "title", ID: index.Maybe(h.ID)}, 2}, h.Title
			if h.Lesson != nil {
				heading = h.Lesson.Heading
				u.Type, u.ID = "lesson", index.Maybe(h.ID+"#"+h.Lesson.Anchor)
				u.Text = fmt.Sprintf("%s – %d. %s", h.Title, h.Lesson.Ordinal, heading)
			}
			if at := strings.Index("-"+vi.Slug(heading), start); at >= 0 {
				u.order = min(at, 1)
			}
			out = append(out, u)
		}
		slices.SortStableFunc(out, func(a, b titled) int { return cmp.Compare(a.order, b.order) })
		return out, nil
	}
	found, err := read(articles, maxTitles)
	if err != nil {
		return nil, err
	}
	better = better || len(found) > 0 && found[0].order < 2
	found = slices.DeleteFunc(found, func(u titled) bool { return u.order == 2 && better })
	more, err := read(lessons, maxLessons)
	if err != nil {
		return nil, err
	}
	ofArticle := map[string]bool{}
	for _, u := range more {
		if id, _, _ := strings.Cut(string(u.ID), "#"); u.order < 2 && !ofArticle[id] {
			ofArticle[id] = true
			found = append(found, u)
		}
	}
	out := make([]search.Suggestion, len(found))
	for i, u := range found {
		out[i] = u.Suggestion
	}
	return out, nil
}
