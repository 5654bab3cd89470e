package web

import (
	"html/template"
	"nghiquyet/index/docnumber"
	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/export"
)

// numberView is what the index knows of a typed number.
type numberView struct {
	Label  string
	Again  bool // there are several documents of the number
	Terms  []numberTerm
	Cited  int
	Citing string // the page of documents that cite it
	Held   int    // documents of the number that the index contains
	// Relations groups the other documents by what they do to this one, or it to them.
	Relations []relationGroup
}

// relationGroup is the documents of one kind of relation, under its name.
type relationGroup struct {
	Label string
	Rows  []relationView
}

// numberTerm is one document of a number.
type numberTerm struct {
	Term, Date string
	Bearing    []docView
}

// relationView is another document, with the place that states the relation.
type relationView struct {
	Label, In, At, Says string
	Href                template.HTMLAttr
}

// numberOf reads the documents of a number, if a query is only a number.
func numberOf(lang string, a *asker, q search.Query) *numberView {
	if q.Page > 1 || q.Cursor != "" || filtered(q) || q.Type == search.TypeLesson {
		return nil
	}
	n := answer(a, nil, func() (*api.Numbered, error) { return api.ReadNumber(a.ctx, a, q.Text) })
	if n == nil {
		return nil
	}
	v := &numberView{Label: n.Label, Cited: n.Cited, Again: len(n.Terms) > 1, Held: n.Held,
		Citing: searchFor(only(asking(""), search.FacetCites, q.Text)), Relations: relations(lang, n.Relations)}
	for _, t := range n.Terms {
		row := numberTerm{Term: t.Term, Bearing: docsOf(asking(""), t.Bearing)}
		if t.Date != "" {
			row.Date = date(lang, t.Date)
		}
		v.Terms = append(v.Terms, row)
	}
	return v
}

// relations groups relations by their verb, those done to the number first.
func relations(lang string, list []api.Relation) (out []relationGroup) {
	for _, passive := range []bool{true, false} {
		for _, what := range []string{docnumber.Expires, docnumber.Repeals, docnumber.Replaces, docnumber.Amends} {
			name := "numbered." + what
			if passive {
				name += ".by"
			}
			var rows []relationView
			for _, r := range list {
				if r.What != what || r.Passive != passive {
					continue
				}
				rows = append(rows, relationView{Label: r.Label, Href: hrefOf(searchFor(asking(r.Label))), In: clip(export.Plain(r.In.Title), maxTitle),
					At: articleOf(r.In.ID, "", ""), Says: clip(r.Says, maxTitle)})
			}
			if len(rows) > 0 {
				out = append(out, relationGroup{say(lang, name), rows})
			}
		}
	}
	return out
}
