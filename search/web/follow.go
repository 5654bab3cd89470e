package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/export"
)

// followView is a search to keep: its permanent address, its new results, and its
// results as files. The script keeps a list of searches in the browser.
type followView struct {
	Asked   bool   // a search is given
	Name    string // what it asks for
	Key     string // its address without parameters that only arrange the page
	Total   int
	Page    string // absolute if the address of the service is known
	Feed    string
	Recent  []choice // recent arrivals in the index
	Created string   // time of the generation; later arrivals are new
	Entry   string   // of a file of saved searches
	Hidden  []field
	Formats []export.Format
	Columns []search.Column
}

// follow shows how to keep a search.
func (s *site) follow(c *gin.Context, r reader) (*page, error) {
	given := c.Request.URL.Query()
	given.Del("lang")
	given.Del("theme")
	q, err := query(given)
	if err != nil {
		return nil, err
	}
	q = keyOf(canonical(q))
	q.Added, q.Sort, q.Copies = "", search.SortRelevance, true // grouped, as pages are by default
	v := &followView{Asked: q.Text != "" || filtered(q) || q.Type != search.TypeArticle, Formats: export.Formats, Columns: slices.Concat(export.Columns, export.Asked)}
	err = s.ask(c, r, func(a *asker) {
		v.Created = a.Info().Created
		one := q
		one.Size = 0
		res := a.results(one)
		v.Total, v.Name = res.Total, nameOf(r.Lang, q, res.Facets)
	})
	if err != nil {
		return nil, err
	}
	site, files := s.siteOf(c.Request), q
	files.Copies = false // feeds and files contain every copy by default
	v.Key = strings.TrimPrefix(searchFor(q), searchPath+"?")
	v.Page, v.Feed = cmp.Or(site, s.service.Base())+searchFor(q), site+address(api.FeedPath, files.Values())
	for _, recent := range addedChoices(r.Lang, q) {
		recent.Label = say(r.Lang, "follow.recent", recent.Label)
		v.Recent = append(v.Recent, recent)
	}
	v.Entry = "- name: " + quoted(v.Name) + "\n  query: " + quoted(v.Key) + "\n  email: [ten@example.vn]"
	v.Hidden = fields(files)
	return &page{Name: "follow", Title: say(r.Lang, "follow"), Path: followPath, View: v}, nil
}

// nameOf describes a search in words.
func nameOf(lang string, q search.Query, counts map[string][]search.Count) string {
	var parts []string
	if q.Text != "" {
		parts = append(parts, q.Text)
	}
	if q.Type != search.TypeArticle {
		parts = append(parts, say(lang, "type."+q.Type))
	}
	for _, c := range chips(lang, q, counts, searchFor) {
		parts = append(parts, c.Name+": "+c.Label)
	}
	return clip(export.Plain(oneLine(strings.Join(parts, "; "))), 120)
}

// quoted is a text as a value of YAML.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
