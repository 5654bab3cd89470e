package assistant

import (
	"cmp"
	"context"
	"slices"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/api"
)

// search answers with the passages that match best.
func (t *tools) search(ctx context.Context, args arguments) (Found, error) {
	q, err := toolSearch.query(args)
	if err != nil {
		return Found{}, err
	}
	q.Copies = true
	return t.find(ctx, q)
}

// lessons answers with lessons in full.
func (t *tools) lessons(ctx context.Context, args arguments) (Found, error) {
	q, err := toolLessons.query(args)
	if err != nil {
		return Found{}, err
	}
	q.Type = search.TypeLesson
	return t.find(ctx, q)
}

func (t *tools) find(ctx context.Context, q search.Query) (found Found, err error) {
	err = t.service.Ask(ctx, func(ctx context.Context, e search.Engine) error {
		res, err := e.Search(ctx, q)
		if err == nil {
			found = t.foundOf(&q, res)
		}
		return err
	})
	return found, err
}

// Cube is a cube of counts, cut to its largest cells.
type Cube struct {
	By         []string                     `json:"by"`
	Total      int                          `json:"total"`       // how many documents match, each counted once
	Generation string                       `json:"generation"`  // of the index that answered
	Labels     map[string]map[string]string `json:"labels"`      // by dimension: the name of each value
	Cells      []map[string]any             `json:"cells"`       // a value for each dimension, and count
	CellsTotal int                          `json:"cells_total"` // number of all cells; the answer has those with the highest counts
}

// stats answers with counts.
func (t *tools) stats(ctx context.Context, args arguments) (Cube, error) {
	q, _, wrong := search.StatsFromValues(args.values())
	if len(wrong) > 0 {
		return Cube{}, api.ParamErrors(wrong)
	}
	var cube *search.Cube
	err := t.service.Ask(ctx, func(ctx context.Context, e search.Engine) (err error) {
		cube, err = e.Stats(ctx, q)
		return err
	})
	if err != nil {
		return Cube{}, err
	}
	out := Cube{By: cube.By, Total: cube.Total, Generation: cube.Generation, Labels: map[string]map[string]string{},
		Cells: append([]map[string]any{}, largest(cube.Cells, maxCells)...), CellsTotal: len(cube.Cells)}
	for _, dimension := range cube.By { // only labels of values in the cells
		out.Labels[dimension] = map[string]string{}
		for _, cell := range out.Cells {
			value, _ := cell[dimension].(string)
			if label, ok := cube.Labels[dimension][value]; ok {
				out.Labels[dimension][value] = label
			}
		}
	}
	return out, nil
}

// Cited is one document that others cite.
type Cited struct {
	Number    string  `json:"number"`
	Articles  int     `json:"articles"`  // how many documents cite it
	ID        *string `json:"id"`        // of the cited document itself; null if the index does not contain it
	Permalink *string `json:"permalink"` // its address
	First     *string `json:"first"`     // date of the first document that cites it
	Last      *string `json:"last"`      // date of the last document that cites it
}

// Citing are the documents that cite one.
type Citing struct {
	Total    int       `json:"total"`
	Passages []Passage `json:"passages"`
	NextPage *int      `json:"next_page"` // number of the next page; null after the last
}

// Citations are the most cited documents, or the documents that cite one.
type Citations struct {
	Generation string  `json:"generation"`   // of the index that answered
	Cited      []Cited `json:"cited"`        // most cited first; only the document of the given number, if there is one
	By         *Citing `json:"by,omitempty"` // the documents that cite the one with the given number
}

func (t *tools) citedOf(c search.Cited) Cited {
	out := Cited{search.CitedLabel(c.Number), c.Articles, known(c.Article), nil, known(c.First), known(c.Last)}
	if out.ID != nil {
		address := api.Permalink(t.cfg.Base, *out.ID, "")
		out.Permalink = &address
	}
	return out
}

// citations answers with the most cited documents, or with the documents that cite one.
func (t *tools) citations(ctx context.Context, args arguments) (Citations, error) {
	q, err := toolCitations.query(args)
	if err != nil {
		return Citations{}, err
	}
	out := Citations{Cited: []Cited{}}
	err = t.service.Ask(ctx, func(ctx context.Context, e search.Engine) error {
		out.Generation = e.Info().Generation
		if number := args.text(paramNumber); number != "" {
			by, err := api.ReadCitation(ctx, e, number, q)
			if err != nil {
				return err
			}
			found := t.foundOf(&q, by.Results)
			out.Cited, out.By = append(out.Cited, t.citedOf(by.Cited)), &Citing{found.Total, found.Passages, found.NextPage}
			return nil
		}
		cited, err := e.Citations(ctx, q, q.Size)
		for _, c := range cited {
			out.Cited = append(out.Cited, t.citedOf(c))
		}
		return err
	})
	return out, err
}

// Citation is a mention of another document.
type Citation struct {
	Number string  `json:"number"`
	Text   string  `json:"text"` // as the document writes it
	ID     *string `json:"id"`   // of the cited document; null if the index does not contain it
}

// LessonName identifies one lesson of an article.
type LessonName struct {
	Ordinal   int    `json:"ordinal"`
	Heading   string `json:"heading"`
	Permalink string `json:"permalink"`
}

// Article is a document, or a part of a long one.
type Article struct {
	ID        string       `json:"id"`
	Title     string       `json:"title"`
	Permalink string       `json:"permalink"`
	Bytes     int          `json:"bytes"`       // length of the text in bytes
	Next      *int         `json:"next_offset"` // where the text continues; null at its end
	Passages  []Passage    `json:"passages"`    // the text from offset on, one passage for each section or lesson
	Lessons   []LessonName `json:"lessons"`     // the first 100
	Citations []Citation   `json:"citations"`   // the first 100
	Copies    []string     `json:"copies"`      // ids of reprints, at most 20
	Facts
}

// article answers with one document.
func (t *tools) article(ctx context.Context, args arguments) (Article, error) {
	var a api.Article
	err := t.service.Ask(ctx, func(ctx context.Context, e search.Engine) (err error) {
		a, err = api.ReadArticle(ctx, e, args.text("id"))
		return err
	})
	if err != nil {
		return Article{}, err
	}
	out := Article{ID: a.ID, Title: a.Title, Permalink: api.Permalink(t.cfg.Base, a.ID, ""), Bytes: len(a.Text),
		Lessons: []LessonName{}, Citations: []Citation{}, Copies: []string{}, Facts: factsOf(&a.Facts, a.URL, a.Evidence)}
	for _, l := range a.Lessons[:min(len(a.Lessons), maxLessons)] {
		out.Lessons = append(out.Lessons, LessonName{l.Ordinal, l.Heading, api.Permalink(t.cfg.Base, a.ID, l.Anchor)})
	}
	for _, c := range a.Citations[:min(len(a.Citations), maxCitations)] {
		out.Citations = append(out.Citations, Citation{search.CitedLabel(c.Key), c.Text, known(c.Article)})
	}
	for _, c := range a.Copies[:min(len(a.Copies), maxCopies)] {
		out.Copies = append(out.Copies, c.ID)
	}
	out.Passages, out.Next = t.passages(&a.Article, args.number(paramOffset))
	return out, nil
}

// place is the beginning of a section or lesson in a text.
type place struct {
	at      int // byte
	anchor  string
	heading string
	ordinal int // of a lesson, else 0
}

// placesOf returns the beginnings of the text, its sections and lessons.
func placesOf(a *index.Article) []place {
	list := []place{{}}
	for _, s := range a.Sections {
		list = append(list, place{s.Span.Start, s.Anchor, s.Heading, 0})
	}
	for _, l := range a.Lessons {
		list = append(list, place{l.Span.Start, l.Anchor, l.Heading, l.Ordinal})
	}
	slices.SortStableFunc(list, func(a, b place) int { return cmp.Compare(a.at, b.at) })
	return list
}

// passages cuts the text of an article from a byte on, up to the bounds, into its
// sections and lessons. next is where the text continues.
func (t *tools) passages(a *index.Article, from int) (list []Passage, next *int) {
	from = min(max(from, 0), len(a.Text))
	from = len(a.Text) - len(trimContinuation(a.Text[from:]))
	text, _ := cut(a.Text[from:], maxText)
	end := from + len(text)
	list = []Passage{}
	places := placesOf(a)
	for i, p := range places {
		stop := len(a.Text)
		if i+1 < len(places) {
			stop = places[i+1].at
		}
		start := max(p.at, from)
		if stop = min(stop, end); start >= stop {
			continue
		}
		if len(list) == maxPassages {
			end = start
			break
		}
		passage := Passage{ID: a.ID, Type: search.TypeArticle, Title: a.Title, Heading: p.heading, Ordinal: p.ordinal, Text: a.Text[start:stop],
			Permalink: api.Permalink(t.cfg.Base, a.ID, p.anchor), Facts: factsOf(&a.Facts, a.URL, a.Evidence)}
		if p.ordinal > 0 {
			passage.ID, passage.Type = a.ID+"#"+p.anchor, search.TypeLesson
		}
		list = append(list, passage)
	}
	if end < len(a.Text) {
		next = &end
	}
	return list, next
}

// trimContinuation removes UTF-8 continuation bytes from the beginning of a text
// that was cut inside a character.
func trimContinuation(s string) string {
	for s != "" && s[0]&0xC0 == 0x80 {
		s = s[1:]
	}
	return s
}
