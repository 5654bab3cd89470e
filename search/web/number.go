package web

import (
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
	// Replaces and By are the documents that it replaces, and that replace it.
	Replaces, By []relationView
}

// numberTerm is one document of a number.
type numberTerm struct {
	Term, Date string
	Bearing    []docView
}

// relationView is another document, with the place that states the relation.
type relationView struct{ Label, Href, In, At, Says string }

// numberOf reads the documents of a number, if a query is only a number.
func numberOf(lang string, a asker, q search.Query) (*numberView, error) {
	if q.Page > 1 || q.Cursor != "" || filtered(q) || q.Type == search.TypeLesson {
		return nil, nil
	}
	n, err := api.ReadNumber(a.ctx, a, q.Text)
	if n == nil || err != nil {
		return nil, err
	}
	v := &numberView{Label: n.Label, Cited: n.Cited, Again: len(n.Terms) > 1, Citing: searchFor(only(asking(""), search.FacetCites, q.Text)),
		Replaces: relations(n.Replaces), By: relations(n.ReplacedBy)}
	for _, t := range n.Terms {
		row := numberTerm{Term: t.Term, Bearing: docsOf(asking(""), t.Bearing)}
		if t.Date != "" {
			row.Date = date(lang, t.Date)
		}
		v.Terms = append(v.Terms, row)
	}
	return v, nil
}

func relations(list []api.Relation) (out []relationView) {
	for _, r := range list {
		out = append(out, relationView{Label: r.Label, Href: searchFor(asking(r.Label)), In: clip(export.Plain(r.In.Title), maxTitle),
			At: articleOf(r.In.ID, "", ""), Says: clip(r.Says, maxTitle)})
	}
	return out
}
