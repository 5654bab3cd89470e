package web

import (
	"cmp"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/export"
)

// basketTextPath is the path of chosen documents and lessons as plain text.
const basketTextPath = basketPath + ".txt"

// basketView is a reader's selection of documents and lessons. The address has
// their IDs; the script keeps the selection in the browser and opens that address.
type basketView struct {
	Items   []basketItem
	Missing []string // ids that the index does not contain
	Text    string   // all of them as plain text
	TextAt  string   // the same as a file
	Hidden  []field  // the ids, for forms
	Formats []export.Format
	Columns []search.Column
	Most    int
}

// basketItem is one document or lesson.
type basketItem struct {
	ID, Title string
	Href      template.HTMLAttr
	Ordinal   int      // of a lesson, 0 for a document
	Lines     []string // of the lesson, or of the beginning of the document
	Citation  string
	Without   string // the selection without it
}

// basket shows the selection.
func (s *site) basket(c *gin.Context, r reader) (*page, error) {
	v := &basketView{Formats: export.Formats, Columns: slices.Concat(export.Columns, export.Asked), Most: api.MaxChosen}
	err := s.ask(c, r, func(a *asker) { v.Items, v.Missing, a.err = s.chosen(a, c.Request, r.Lang) })
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, item := range v.Items {
		ids = append(ids, item.ID)
		v.Hidden = append(v.Hidden, field{"id", item.ID})
	}
	for i := range v.Items {
		v.Items[i].Without = basketOf(slices.Delete(slices.Clone(ids), i, i+1)...)
	}
	v.Text = textOf(v.Items)
	v.TextAt = basketTextPath + strings.TrimPrefix(basketOf(ids...), basketPath)
	return &page{Name: "basket", Title: say(r.Lang, "basket"), Path: basketPath, View: v}, nil
}

// chosenBefore returns the IDs in the address of a page of hits: without script the
// form of each page passes them to the next. It returns at most one more than a
// selection can have, with which the page of the selection shows that there are too
// many.
func chosenBefore(given url.Values) []string {
	ids := given["id"]
	return ids[:min(len(ids), api.MaxChosen+1)]
}

// tick marks the hits that were chosen before, and makes the form send the others on.
func (v *searchView) tick() {
	v.Asked = pageFields(v.Q)
	v.Apart = slices.DeleteFunc(slices.Clone(v.Taken), func(id string) bool {
		at := slices.IndexFunc(v.Hits, func(h hitView) bool { return h.ID == id })
		if at >= 0 {
			v.Hits[at].Ticked = true
		}
		return at >= 0
	})
}

// basketText answers with the selection as plain text.
func (s *site) basketText(c *gin.Context, r reader) (*page, error) {
	var items []basketItem
	var missing []string
	err := s.ask(c, r, func(a *asker) { items, missing, a.err = s.chosen(a, c.Request, r.Lang) })
	if err != nil {
		return nil, err
	}
	text := textOf(items)
	for _, id := range missing {
		text += say(r.Lang, "basket.missing") + " " + export.Plain(clip(id, 200)) + "\n"
	}
	c.Data(http.StatusOK, "text/plain; charset=utf-8", []byte(text))
	return nil, nil
}

// chosen are the documents and lessons that an address names.
func (s *site) chosen(a *asker, req *http.Request, lang string) (items []basketItem, missing []string, err error) {
	hits, missing, err := api.ChosenHits(a.ctx, a, s.service.BaseURL(req), req.URL.Query()["id"])
	for i := range hits {
		items = append(items, basketItemOf(lang, &hits[i]))
	}
	for i := range missing {
		missing[i] = clip(missing[i], 200)
	}
	return items, missing, err
}

func basketItemOf(lang string, h *search.Hit) basketItem {
	item := basketItem{ID: h.ID, Title: cmp.Or(strings.TrimSpace(h.Title), say(lang, "untitled")), Href: hrefOf(articleOf(h.ID, "", "")), Citation: export.Citation(lang, export.CitedHit(*h))}
	text := ""
	for _, s := range h.Snippets {
		text = s.Text()
	}
	if l := h.Lesson; l != nil {
		item.Ordinal, item.Href, text = l.Ordinal, hrefOf(articleOf(l.Article.ID, "", l.Anchor)), l.Text
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			item.Lines = append(item.Lines, line)
		}
	}
	return item
}

// textOf returns the selection as plain text: each text followed by its source.
func textOf(items []basketItem) string {
	var b strings.Builder
	for _, item := range items {
		b.WriteString(strings.Join(item.Lines, "\n") + "\n(" + item.Citation + ")\n\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// basketOf is the address of a selection.
func basketOf(ids ...string) string { return address(basketPath, url.Values{"id": ids}) }
