package assistant

import (
	"strings"
	"unicode/utf8"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/api"
)

// Bounds of answers, because an assistant reads all of them.
const (
	maxPassage   = 4 << 10  // bytes of one passage of a search, or of one lesson
	maxText      = 24 << 10 // bytes of an article in one answer
	maxPassages  = 40       // of an article in one answer
	maxLessons   = 100      // named of one article
	maxCells     = 500      // of a cube
	maxCitations = 100      // of an article
	maxCopies    = 20       // named of one article
)

// Evidence says where a fact came from, and how certain it is.
type Evidence struct {
	From  string `json:"from"`            // where the value was found, such as masthead, dateline, body, url or supplied; none if the document does not say
	Sure  string `json:"sure,omitempty"`  // high, medium or low
	Doubt string `json:"doubt,omitempty"` // why a date can hardly be right: future, or the number of an act of a later year that the document cites
}

// Facts are the known facts of a document; null is unknown.
type Facts struct {
	Date         *string             `json:"date"`   // YYYY-MM-DD, YYYY-MM or YYYY
	Number       *string             `json:"number"` // number of the document, such as 35-CT/TW
	Kind         *string             `json:"kind"`
	Issuer       *string             `json:"issuer"`        // body that issued the document
	ProvinceThen *string             `json:"province_then"` // province on the date of the document
	ProvinceNow  *string             `json:"province_now"`  // province of today
	District     *string             `json:"district"`
	URL          *string             `json:"url"`      // where the document was published
	Evidence     map[string]Evidence `json:"evidence"` // by fact: where it came from and how sure it is
}

// Passage is a piece of the stored text that can be quoted by its address.
type Passage struct {
	ID          string `json:"id"`                     // of the document or lesson, for the tool article
	Type        string `json:"type"`                   // article or lesson
	Title       string `json:"title"`                  // of the document
	Heading     string `json:"heading,omitempty"`      // of the lesson or section
	Ordinal     int    `json:"ordinal,omitempty"`      // number of the lesson in its document, from 1
	Text        string `json:"text"`                   // as stored; pieces are joined by an ellipsis
	Cut         bool   `json:"cut,omitempty"`          // the text continues; the tool article has all of it
	Permalink   string `json:"permalink"`              // address of this passage for people
	Match       string `json:"match,omitempty"`        // close: comes close and is not counted
	NumberMatch string `json:"number_match,omitempty"` // bears or cites the number in the query
	Copies      int    `json:"copies,omitempty"`       // number of reprints shown as this one
	Facts
}

// Found are the passages that match a query.
type Found struct {
	Generation string                 `json:"generation"`       // of the index that answered
	Total      int                    `json:"total"`            // how many documents or lessons match
	Groups     *int                   `json:"groups,omitempty"` // total with reprints counted as one
	Match      string                 `json:"match"`            // how much of the query a document had to contain to be counted: words, all, most or any
	Corrected  *string                `json:"corrected"`        // the query that was run instead of the one given
	Notes      []string               `json:"notes"`            // what was left out or understood otherwise than typed
	Filters    []search.OfferedFilter `json:"filters"`          // places, years, kinds and numbers that the words name, as filters that could be chosen
	Passages   []Passage              `json:"passages"`
	NextPage   *int                   `json:"next_page"` // number of the next page; null after the last
}

// known returns a pointer to the value, nil if it is unknown.
func known(m index.Maybe) *string {
	if m == "" {
		return nil
	}
	s := string(m)
	return &s
}

// factsOf are the facts of a document.
func factsOf(f *index.Facts, address index.Maybe, evidence map[string]index.Evidence) Facts {
	out := Facts{
		Date: known(f.Date), Number: known(f.Number), Kind: known(f.Kind), Issuer: known(f.Issuer), ProvinceThen: known(f.Province.Then),
		ProvinceNow: known(f.Province.Now), District: known(f.District), URL: known(address), Evidence: map[string]Evidence{},
	}
	for _, name := range []string{"date", "number", "kind", "issuer", "province", "district"} {
		if e, ok := evidence[name]; ok {
			out.Evidence[name] = Evidence{e.From, e.Sure, e.Doubt}
		}
	}
	return out
}

// cut shortens a text to at most n bytes, between characters, and reports whether
// it did.
func cut(text string, n int) (string, bool) {
	if len(text) <= n {
		return text, false
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n], true
}

// shown joins the pieces of text of a hit, with an ellipsis where text is left out,
// and returns the anchor of the first.
func shown(snippets []search.Snippet) (text, anchor string) {
	var b strings.Builder
	end := -1 // of the piece before
	for _, s := range snippets {
		if s.Field != "text" {
			continue
		}
		piece := s.Text()
		switch {
		case end < 0:
			anchor = s.Anchor
		case end != s.Start:
			b.WriteString(" … ")
		}
		b.WriteString(piece)
		end = s.Start + len(piece)
	}
	return b.String(), anchor
}

// passageOf is a hit as a passage.
func (t *tools) passageOf(h *search.Hit) Passage {
	p := Passage{ID: h.ID, Type: h.Type, Title: h.Title, Match: h.Match, NumberMatch: string(h.NumberMatch), Copies: len(h.Copies),
		Facts: factsOf(&h.Facts, h.URL, h.Evidence), Permalink: api.Permalink(t.cfg.Base, h.ID, "")}
	text, anchor := shown(h.Snippets)
	p.Text, p.Cut = cut(text, maxPassage)
	if l := h.Lesson; l != nil {
		p.Title, p.Heading, p.Ordinal = l.Article.Title, l.Heading, l.Ordinal
		p.Permalink = api.Permalink(t.cfg.Base, l.Article.ID, l.Anchor)
		if l.Text != "" {
			p.Text, p.Cut = cut(l.Text, maxPassage)
		}
		return p
	}
	p.Cut = true
	p.Permalink = api.Permalink(t.cfg.Base, h.ID, anchor)
	return p
}

// foundOf is an answer of the engine as passages.
func (t *tools) foundOf(q *search.Query, res *search.Results) Found {
	asked := res.Query.Worded(t.cfg.Language)
	f := Found{Generation: res.Generation, Total: res.Total, Groups: res.Groups, Match: res.Query.Match, Corrected: known(res.Query.Corrected),
		Notes: append([]string{}, asked.NoteTexts...), Filters: append([]search.OfferedFilter{}, asked.Filters...), Passages: []Passage{}}
	for i := range res.Hits {
		f.Passages = append(f.Passages, t.passageOf(&res.Hits[i]))
	}
	if page := max(q.Page, 1); page*q.Size < res.Query.Ranked && (page+1)*q.Size <= search.MaxDepth {
		page++
		f.NextPage = &page
	}
	return f
}
