package blevesearch

import (
	"context"
	"fmt"
	"slices"

	"nghiquyet/index"
	"nghiquyet/index/units"
	"nghiquyet/search"
)

// snippetsPerHit bounds the passages shown of one article.
const snippetsPerHit = 2

// texts returns what a hit of the document shows, and its text.
func (l *leaf) texts(doc uint32) (*units.Head, string, error) {
	fields, err := l.stored(doc, index.FieldHead, index.FieldBody)
	if err != nil {
		return nil, "", err
	}
	head, err := units.DecodeHead(fields[index.FieldHead])
	if err != nil {
		return nil, "", err
	}
	body, err := units.DecodeBody(fields[index.FieldBody])
	return head, body, err
}

// hits reads the documents of a page from the store.
func (s *Searcher) hits(ctx context.Context, q *search.Query, m *matching, page []found) ([]search.Hit, error) {
	var also []search.Node
	for _, wording := range m.plan.Also {
		also = append(also, search.Phrase{Text: wording})
	}
	matcher := search.NewMatcher(q.Expr, m.plan.IDF, also...)
	out := make([]search.Hit, 0, len(page))
	for _, f := range page {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		h, err := f.hit(matcher)
		if err != nil {
			return nil, fmt.Errorf("hit %d of segment %d: %w", f.doc, f.leaf.ord, err)
		}
		if q.Copies {
			if h.Copies, err = s.copiesOf(f, m.docs); err != nil {
				return nil, err
			}
		}
		if q.Explain {
			h.Explain = s.explain(f, m.clauses)
		}
		out = append(out, h)
	}
	return out, nil
}

// hit gives the document as an answer shows it.
func (f found) hit(matcher *search.Matcher) (search.Hit, error) {
	head, body, err := f.leaf.texts(f.doc)
	if err != nil {
		return search.Hit{}, err
	}
	a := &head.Article
	h := search.Hit{
		ID: a.ID, Type: search.TypeArticle, Title: a.Title, URL: a.URL, Source: a.Source, Score: float64(f.score),
		Date: a.Date, Author: a.Author, Province: a.Province, Provinces: a.Provinces, District: a.District,
		Topics: a.Topics, Kind: a.Kind, Number: a.Number, Evidence: a.Evidence, Snippets: []search.Snippet{},
	}
	if h.Topics == nil {
		h.Topics = []string{}
	}
	if h.Provinces == nil {
		h.Provinces = []index.Place{}
	}
	if l := head.Lesson; l != nil {
		h.ID, h.Type = a.ID+"#"+l.Anchor, search.TypeLesson
		h.Lesson = &search.LessonHit{
			Ordinal: l.Ordinal, Heading: l.Heading, Anchor: l.Anchor,
			Article: search.Doc{ID: a.ID, Title: a.Title, Date: a.Date},
		}
	}
	if runs := search.Highlight(a.Title, matcher); hasMatch(runs) {
		h.Snippets = append(h.Snippets, search.Snippet{Field: "title", Runs: runs})
	}
	for _, p := range passages(body, matcher) {
		snippet := search.Snippet{Field: "text", Runs: p.Runs}
		if head.Lesson != nil {
			snippet.Anchor = head.Lesson.Anchor
		} else {
			snippet.Anchor = anchor(head.Marks, p)
		}
		h.Snippets = append(h.Snippets, snippet)
	}
	return h, nil
}

// scanFirst bounds the text that is looked at for snippets as long as it holds
// a word of the query at all, in bytes.
const scanFirst = 32 << 10

// passages cuts the snippets of a text. Most of the time of a query goes into
// them; documents of a hundred pages have good ones early.
func passages(body string, matcher *search.Matcher) []search.Passage {
	options := search.SnippetOptions{Snippets: snippetsPerHit, Scan: scanFirst}
	out := search.Cut(body, matcher, options)
	if len(body) > scanFirst && !matcher.Empty() && !slices.ContainsFunc(out, func(p search.Passage) bool { return hasMatch(p.Runs) }) {
		options.Scan = 0
		out = search.Cut(body, matcher, options)
	}
	return out
}

// anchor returns the anchor of the smallest part that holds the first match of
// a passage, "" for none.
func anchor(marks []units.Mark, p search.Passage) (name string) {
	at := p.Start
	for _, r := range p.Runs {
		if r.Match {
			break
		}
		at += len(r.Text)
	}
	if at >= p.End {
		at = p.Start
	}
	size := -1
	for _, m := range marks {
		if n := m.End - m.Start; m.Start <= at && at < m.End && (size < 0 || n <= size) {
			name, size = m.Anchor, n
		}
	}
	return name
}

func hasMatch(runs []search.Run) bool {
	for _, r := range runs {
		if r.Match {
			return true
		}
	}
	return false
}

// explain gives the addends of a score, greatest first.
func (s *Searcher) explain(f found, clauses []clause) []search.ScoreDetail {
	var out []search.ScoreDetail
	for i := range clauses {
		c := &clauses[i]
		for class, docs := range c.terms[f.leaf.ord] {
			if docs != nil && docs.Contains(f.doc) {
				out = append(out, search.ScoreDetail{Clause: c.name, Score: c.weight * float64(s.row(c, class)[f.leaf.lengths(c)[f.doc]])})
			}
		}
	}
	return out
}
