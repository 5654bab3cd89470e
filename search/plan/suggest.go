package plan

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/index/docnumber"
	"nghiquyet/index/places"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// Bounds of one suggestion's cost.
const (
	maxCompletions = 2000 // numbers with the typed beginning
	maxTitles      = 24   // titles read
	maxLessons     = 8    // headings read
	maxNames       = 3    // names of one kind, and numbers
)

// SuggestIndex is what suggestions need of an engine.
type SuggestIndex interface {
	Index
	// Newest returns the n newest units that an expression matches.
	Newest(ctx context.Context, x Expr, n int) ([]*units.Head, error)
	// ByNumber returns the IDs of the articles whose own numbers are given, by number.
	ByNumber(ctx context.Context, numbers []string) (map[string]string, error)
}

// Suggest completes what a reader is typing: numbers, names of provinces and
// topics, phrases of the indexed texts, and titles and lessons that contain the
// words.
func (p *Planner) Suggest(ctx context.Context, ix SuggestIndex, typed string, size int) ([]search.Suggestion, error) {
	c := &compiler{Planner: p, ix: ix, ctx: ctx, counts: map[Term]int{}}
	words, changed, err := c.decoded(strings.Fields(typed))
	if err != nil {
		return nil, err
	}
	if changed {
		typed = strings.Join(words, " ")
	}
	b := vi.NewBeginning(typed)
	if len(b.Words) == 0 || size <= 0 {
		return []search.Suggestion{}, nil
	}
	out := p.suggestNames(b)
	numbers, err := suggestNumbers(ctx, ix, typed)
	if err != nil {
		return nil, err
	}
	out = append(out, numbers...)
	phrases, err := c.suggestPhrases(typed, b.Words, size)
	if err != nil {
		return nil, err
	}
	units, err := suggestUnits(ctx, ix, b, len(phrases) > 0)
	if err != nil {
		return nil, err
	}
	// Titles get half of the list if there are so many.
	n := min(len(phrases), max(size/2, size-len(out)-len(units)))
	out = append(append(out, phrases[:n]...), units...)
	// Of two suggestions with the same words, the one with an article is better.
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

// suggestNames completes names of provinces, today's and former ones, and of
// topics.
func (p *Planner) suggestNames(b *vi.Beginning) []search.Suggestion {
	out := []search.Suggestion{}
	add := func(kind, label string) {
		if len(out) < maxNames && b.Of(vi.AppendExact(nil, Parts(vi.Tokens(label)))) {
			out = append(out, search.Suggestion{Text: label, Type: kind})
		}
	}
	for _, p := range places.Current() {
		add("province", p.Name)
	}
	for _, label := range p.Facets["then"].Labels {
		add("province", label)
	}
	for _, label := range p.Facets[search.FacetTopic].Labels {
		add("topic", label)
	}
	return out
}

// suggestNumbers completes a document number of which at least the digits are
// typed.
func suggestNumbers(ctx context.Context, ix SuggestIndex, typed string) (out []search.Suggestion, err error) {
	var prefix string
	var match func(key string) bool
	if pattern, ok := docnumber.ParseQuery(typed); ok {
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
	var found []Key
	for _, field := range []string{"number", search.FacetCites} {
		keys, err := ix.Keys(ctx, field, prefix, maxCompletions, match)
		if err != nil {
			return nil, err
		}
		found = append(found, keys...)
	}
	slices.SortStableFunc(found, func(a, b Key) int { return cmp.Compare(b.Count, a.Count) })
	found = found[:min(len(found), maxNames)]
	numbers := make([]string, len(found))
	for i, f := range found {
		numbers[i] = f.Value
	}
	ids, err := ix.ByNumber(ctx, numbers)
	if err != nil {
		return nil, err
	}
	for _, number := range numbers {
		printed, _, _ := strings.Cut(number, "@") // without the place and term at the end of a key
		s := search.Suggestion{Text: printed, Type: "number", ID: index.Maybe(ids[number])}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out, nil
}

// suggestPhrases completes the typed words to frequent phrases. If no phrase begins
// with all words, it completes the last ones and puts the others before, if one
// text contains all the bigrams. It also gives the meaning of an abbreviation among
// the words.
func (c *compiler) suggestPhrases(typed string, tokens []vi.Token, size int) ([]search.Suggestion, error) {
	list := slices.Clone(c.Phrases.Complete(typed, size))
	if long, atEnd := c.longForm(typed, tokens); long != "" && len(list) < size/2 {
		if atEnd {
			list = append(list, long)
		}
		list = append(list, c.Phrases.Complete(long, size/2)...)
	}
	// With only one word before the unfinished one, there would be too many phrases.
	for from := 1; len(list) == 0 && len(tokens)-from > 2; from++ {
		var err error
		if list, err = c.continued(typed, tokens[:from], c.Phrases.Complete(typed[tokens[from].Start:], size)); err != nil {
			return nil, err
		}
	}
	var out []search.Suggestion
	for _, phrase := range list {
		out = append(out, search.Suggestion{Text: phrase, Type: "phrase"})
	}
	return out, nil
}

// longForm returns the typed text with its abbreviations written out, "" if it has
// none or has a number. atEnd reports that the text ends in an abbreviation.
func (c *compiler) longForm(typed string, tokens []vi.Token) (long string, atEnd bool) {
	if slices.ContainsFunc(tokens, func(t vi.Token) bool { return t.Kind == vi.Number }) {
		return "", false
	}
	at := 0
	for _, m := range c.Lexicon.Expand(tokens) {
		if m.Abbreviation {
			long += typed[at:tokens[m.Start].Start] + strings.Join(m.Expansions[0].To, " ")
			at, atEnd = tokens[m.End-1].End, m.End == len(tokens)
		}
	}
	if at == 0 {
		return "", false
	}
	long += typed[at:]
	if !atEnd {
		return long, false
	}
	words := Parts(vi.Tokens(long))
	return strings.Join(c.wordsSpelled(long, words, vi.AppendFolded(nil, words)), " "), true
}

// wordsSpelled returns the words of a text, those without marks in the spelling of
// the indexed texts. folded are the same words and the words after them.
func (c *compiler) wordsSpelled(text string, words []vi.Token, folded []string) []string {
	restored := c.Restore(folded)
	out := make([]string, len(words))
	for i, t := range words {
		if out[i] = text[t.Start:t.End]; !Marked(t) && restored[i] != t.Exact {
			out[i] = restored[i]
		}
	}
	return out
}

// continued puts the typed words, spelled with marks where they have none, before each
// of the phrases. It leaves out results whose pairs of syllables no text contains together.
func (c *compiler) continued(typed string, tokens []vi.Token, phrases []string) (out []string, err error) {
	if len(phrases) == 0 {
		return nil, nil
	}
	words, conditions := make([][]string, len(phrases)), make([]Expr, len(phrases))
	for i, phrase := range phrases {
		words[i] = vi.AppendFolded(vi.AppendFolded(nil, tokens), Parts(vi.Tokens(phrase)))
		var pairs []Expr
		for j := range words[i][1:] {
			pairs = append(pairs, pair(words[i][j], words[i][j+1]))
		}
		conditions[i] = and(pairs...)
	}
	counts, err := c.ix.Count(c.ctx, conditions...)
	if err != nil {
		return nil, err
	}
	for i, phrase := range phrases {
		if counts[i] == 0 {
			continue
		}
		before := ""
		for _, word := range c.wordsSpelled(typed, tokens, words[i]) {
			before += word + " "
		}
		out = append(out, before+phrase)
	}
	return out, nil
}

// titled returns expressions for the articles whose title contains the typed words,
// for those of them that contain the words as neighbours in title or text, and for
// lessons that do, if there are several words.
func titled(b *vi.Beginning) (articles, beside, inLessons Expr) {
	titles, pairs := []Expr{Articles}, []Expr{}
	for i, t := range b.Words {
		open := b.Open && i == len(b.Words)-1
		var marked, with Expr = Term{index.FieldTitle, t.Exact}, Term{index.FieldTitle, t.Folded}
		if open {
			marked, with = &Starts{index.FieldTitle, b.Exact, t.Exact}, &Starts{index.FieldTitle, b.Folded, t.Exact}
		}
		if Marked(t) {
			with = or(marked, and(with, bare))
		}
		titles = append(titles, with)
		switch {
		case i == 0:
		case open:
			starts := make([]string, len(b.Folded))
			for k, start := range b.Folded {
				starts[k] = b.Words[i-1].Folded + " " + start
			}
			pairs = append(pairs, &Starts{index.FieldBigram, starts, t.Exact})
		default:
			pairs = append(pairs, pair(b.Words[i-1].Folded, t.Folded))
		}
	}
	if articles = and(titles...); len(pairs) > 0 {
		beside, inLessons = and(append(titles, pairs...)...), and(append(pairs, lessons)...)
	}
	return articles, beside, inLessons
}

// suggested is a unit to suggest. Its order is 0 if it begins with the typed words,
// 1 if it contains them as neighbours, 2 if it contains them.
type suggested struct {
	search.Suggestion
	order int
}

// suggestUnits finds titles that contain the typed words, the last of which may be
// unfinished: first titles that begin with the words, then titles that contain them
// as neighbours, then titles that contain them apart, each newest first. Titles that
// contain them apart are left out if there are better ones or if better, which is for
// suggestions of other kinds, is true. Lessons whose heading contains the words as
// neighbours come at the end.
func suggestUnits(ctx context.Context, ix SuggestIndex, b *vi.Beginning, better bool) ([]search.Suggestion, error) {
	articles, beside, lessons := titled(b)
	start := "-" + strings.Join(vi.AppendFolded(nil, b.Words), "-")
	read := func(docs Expr, n int) (out []suggested, err error) {
		if docs == nil {
			return nil, nil
		}
		heads, err := ix.Newest(ctx, docs, n)
		for _, h := range heads {
			u, heading := suggested{search.Suggestion{Text: h.Title, Type: "title", ID: index.Maybe(h.ID)}, 2}, h.Title
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
		slices.SortStableFunc(out, func(a, b suggested) int { return cmp.Compare(a.order, b.order) })
		return out, err
	}
	found, err := read(beside, maxTitles)
	if err == nil && len(found) == 0 {
		found, err = read(articles, maxTitles)
	}
	if err != nil {
		return nil, err
	}
	better = better || len(found) > 0 && found[0].order < 2
	found = slices.DeleteFunc(found, func(u suggested) bool { return u.order == 2 && better })
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
