package api

import (
	"context"
	"errors"
	"slices"
	"strings"

	"nghiquyet/index"
	"nghiquyet/search"
)

// MaxChosen bounds the documents and lessons of one selection.
const MaxChosen = 100

// chosenPassage is how many bytes of a document's text are its passage in a selection.
const chosenPassage = 500

// ChosenHits returns the documents and lessons with these IDs as hits, in this order and
// each once. A lesson has its full text, a document the beginning of its text. Permalinks
// begin with base. missing are the IDs that the index does not contain.
func ChosenHits(ctx context.Context, e search.Engine, base string, ids []string) (hits []search.Hit, missing []string, err error) {
	if len(ids) > MaxChosen {
		return nil, nil, ParamErrors{*search.TooMany("id", ids[MaxChosen], len(ids), MaxChosen)}
	}
	var last *index.Article // the last article read: its lessons often follow one another
	seen := map[string]bool{}
	for _, id := range ids {
		if id = strings.TrimSpace(id); id == "" || seen[id] {
			continue
		}
		seen[id] = true
		of, anchor, isLesson := search.CutLessonID(id)
		if !isLesson || last == nil || last.ID != of {
			last, err = findArticle(ctx, e, id)
		}
		if errors.Is(err, search.ErrNotFound) {
			last, err = nil, nil
			missing = append(missing, id)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		hit, ok := chosenHit(last, id, anchor)
		if !ok {
			missing = append(missing, id)
			continue
		}
		hit.Permalink = PermalinkOf(base, &hit)
		hits = append(hits, hit)
	}
	return hits, missing, nil
}

// chosenHit makes a hit of an article, or of its lesson at an anchor if id is not
// the article's.
func chosenHit(a *index.Article, id, anchor string) (search.Hit, bool) {
	h := search.Hit{ID: id, Type: search.TypeArticle, Title: a.Title, URL: a.URL, Source: a.Source, Facts: a.Facts, Evidence: a.Evidence}
	if id == a.ID {
		h.Snippets = []search.Snippet{{Field: "text", Runs: []search.Run{{Text: beginning(a.Text)}}}}
		return h, true
	}
	i := slices.IndexFunc(a.Lessons, func(l index.Lesson) bool { return l.Anchor == anchor })
	if i < 0 {
		return h, false
	}
	l := a.Lessons[i]
	h.Type = search.TypeLesson
	h.Lesson = &search.LessonHit{Ordinal: l.Ordinal, Heading: l.Heading, Anchor: l.Anchor, Text: l.Text,
		Article: search.Doc{ID: a.ID, Title: a.Title, Date: a.Date}}
	return h, true
}

// beginning returns the first words of a text.
func beginning(text string) string {
	if len(text) <= chosenPassage {
		return text
	}
	text = strings.ToValidUTF8(text[:chosenPassage], "")
	if space := strings.LastIndexAny(text, " \n"); space > 0 {
		text = text[:space]
	}
	return text + "…"
}

// chosenResults makes search results of the IDs of an export. An ID that the index
// does not contain is an error, because a file must not silently lack a source.
func chosenResults(ctx context.Context, e search.Engine, ids []string) (*search.Results, error) {
	hits, missing, err := ChosenHits(ctx, e, "", ids)
	if err != nil {
		return nil, err
	}
	var wrong ParamErrors
	for _, id := range missing[:min(len(missing), maxWrong)] {
		wrong = append(wrong, *search.UnknownValue("id", id, nil))
	}
	if wrong != nil {
		return nil, wrong
	}
	return &search.Results{Total: len(hits), Hits: hits, Generation: e.Info().Generation}, nil
}

// maxWrong bounds the errors of one answer.
const maxWrong = 10
