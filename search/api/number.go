package api

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/docnumber"
	"nghiquyet/search"
)

// Bounds of what is read for a number.
const (
	maxBearing   = 10        // articles with the number as their own
	maxCiting    = 12        // newest articles that cite it, and half as many of the oldest
	maxScanned   = 256 << 10 // bytes of one text
	maxRelations = 8         // of each kind, in each direction
)

// Numbered is what the index knows of a document number.
type Numbered struct {
	Label string
	// Terms are the documents with that number, the last one first: a central body
	// uses its numbers again in each term of the Central Committee.
	Terms []NumberTerm
	// Cited is how many articles cite a document of the number.
	Cited int
	// Held is how many documents with the number the index contains.
	Held int
	// Relations are what texts say that it does to other documents, and other documents
	// to it.
	Relations []Relation
}

// NumberTerm is one document with the number.
type NumberTerm struct {
	Term string // "2016-2021", or a year; "" if unknown
	Date string // as articles state it; "" if none does
	// Bearing are the articles whose own number it is.
	Bearing []search.Doc
}

// Relation is another document, with the article and the sentence that state the
// relation. Key is "" if the sentence names no other document.
type Relation struct {
	What       string // docnumber.Replaces, Repeals, Amends or Expires
	Passive    bool   // the other document is the acting one
	Key, Label string
	In         search.Doc
	Says       string
}

// numberReader collects what articles state about a number.
type numberReader struct {
	ctx     context.Context
	e       search.Engine
	pattern docnumber.Pattern
	out     Numbered
	read    map[string]bool
	err     error // the first; after it nothing more is read
}

// ReadNumber returns what the index knows of a document number with an issuing
// body. It returns nil if text is anything else, or if no article has or cites the
// number.
func ReadNumber(ctx context.Context, e search.Engine, text string) (*Numbered, error) {
	pattern, ok := docnumber.ParseQuery(strings.TrimSpace(text))
	if !ok || pattern.Num == "" || pattern.Body == "" {
		return nil, nil
	}
	r := &numberReader{ctx: ctx, e: e, pattern: pattern, read: map[string]bool{}}
	r.out.Label = search.CitedLabel(pattern.String())
	bearing := r.hits(`so:"`+pattern.String()+`"`, search.SortNewest, maxBearing, false)
	for i := range bearing.Hits {
		r.bears(&bearing.Hits[i])
	}
	for _, look := range []struct {
		sort string
		size int
	}{{search.SortNewest, maxCiting}, {search.SortOldest, maxCiting / 2}} {
		citing := r.hits("", look.sort, look.size, true)
		r.out.Cited = citing.Total
		for i := range citing.Hits {
			r.cites(citing.Hits[i].ID)
		}
	}
	if r.err != nil || len(r.out.Terms) == 0 && r.out.Cited == 0 {
		return nil, r.err
	}
	for _, t := range r.out.Terms {
		if len(t.Bearing) > 0 {
			r.out.Held++
		}
	}
	slices.SortStableFunc(r.out.Terms, func(a, b NumberTerm) int { return cmp.Compare(b.Term, a.Term) })
	return &r.out, nil
}

// hits returns articles found by a query, or articles that cite the number.
func (r *numberReader) hits(text, sort string, size int, citing bool) (found *search.Results) {
	if r.err != nil {
		return &search.Results{}
	}
	q := search.Defaults()
	q.Text, q.Sort, q.Size, q.Facets, q.Counted = text, sort, size, []string{}, true
	if citing {
		q.Choose(search.FacetCites, r.pattern.String())
	}
	if found, r.err = r.e.Search(r.ctx, q); r.err != nil {
		return &search.Results{}
	}
	return found
}

// article returns an article, an empty one after an error.
func (r *numberReader) article(id string) (a *index.Article) {
	if r.err == nil {
		a, r.err = r.e.Article(r.ctx, id)
	}
	return cmp.Or(a, &index.Article{})
}

// term returns the row of a term, adding it if necessary.
func (r *numberReader) term(term string) *NumberTerm {
	for i := range r.out.Terms {
		if r.out.Terms[i].Term == term {
			return &r.out.Terms[i]
		}
	}
	r.out.Terms = append(r.out.Terms, NumberTerm{Term: term})
	return &r.out.Terms[len(r.out.Terms)-1]
}

// TermOf returns the term of a numbered document: for central documents the term of
// the Central Committee on their date, else the term that the document states; "" for
// others.
func TermOf(f *index.Facts) string {
	switch {
	case f.Number == "":
		return ""
	case docnumber.Central(string(f.Number)):
		return docnumber.CentralTerm(string(f.Date))
	}
	return string(f.Term)
}

// bears reads an article whose own number it is.
func (r *numberReader) bears(h *search.Hit) {
	term := "" // a number that contains its year belongs to one document
	if r.pattern.Year == "" {
		term = cmp.Or(TermOf(&h.Facts), string(h.Date)[:min(len(h.Date), len("2006"))])
	}
	row := r.term(term)
	row.Bearing = append(row.Bearing, search.Doc{ID: h.ID, Title: h.Title, Date: h.Date})
	row.Date = cmp.Or(row.Date, string(h.Date))
	r.read[h.ID] = true
	r.relate(r.article(h.ID), true)
}

// cites reads an article that cites the number.
func (r *numberReader) cites(id string) {
	if r.read[id] {
		return
	}
	r.read[id] = true
	a := r.article(id)
	for i := range a.Citations {
		c := &a.Citations[i]
		if c.Term == "" || !r.pattern.Match(c.Key) {
			continue
		}
		row := r.term(c.Term)
		if !c.Likely {
			row.Date = cmp.Or(row.Date, docnumber.StatedDate(c.Text))
		}
	}
	r.relate(a, false)
}

// relate collects the sentences of a text that say what documents do to others.
func (r *numberReader) relate(a *index.Article, bears bool) {
	text := a.Text[:min(len(a.Text), maxScanned)]
	place := docnumber.Place{Date: string(a.Date)}
	in := search.Doc{ID: a.ID, Title: a.Title, Date: a.Date}
	for _, s := range docnumber.Changes(text, place) {
		itself := len(s.New) == 0
		if itself && bears || slices.ContainsFunc(s.New, r.pattern.Match) {
			for _, key := range s.Old {
				r.add(Relation{What: s.What, Key: key, In: in, Says: s.Text})
			}
		}
		if !slices.ContainsFunc(s.Old, r.pattern.Match) {
			continue
		}
		switch {
		case s.What == docnumber.Expires:
			r.add(Relation{What: s.What, Passive: true, In: in, Says: s.Text})
		case !itself:
			for _, key := range s.New {
				r.add(Relation{What: s.What, Passive: true, Key: key, In: in, Says: s.Text})
			}
		case a.Number != "" && !bears:
			r.add(Relation{What: s.What, Passive: true, Key: string(a.Number), In: in, Says: s.Text})
		}
	}
}

// add adds a relation unless the list has it; an article that expires others is not one
// of what it does itself.
func (r *numberReader) add(x Relation) {
	if x.What == docnumber.Expires && !x.Passive {
		return
	}
	of := 0
	for _, known := range r.out.Relations {
		if known.What == x.What && known.Passive == x.Passive {
			if of++; known.Key == x.Key || of == maxRelations {
				return
			}
		}
	}
	if x.Key != "" {
		x.Label = search.CitedLabel(x.Key)
	}
	r.out.Relations = append(r.out.Relations, x)
}
