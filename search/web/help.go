package web

import (
	"github.com/gin-gonic/gin"

	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/locale"
)

// helpView is the help page, made from the table of operators.
type helpView struct {
	Rows  []helpRow
	Tasks []task
}

// helpRow is one form of the query language.
type helpRow struct{ Example, English, Meaning, Href string }

// help shows how to ask.
func (s *site) help(c *gin.Context, r reader) (*page, error) {
	if s.unchanged(c, r, "") {
		return nil, api.ErrNotModified
	}
	var v helpView
	for _, f := range search.Forms() {
		v.Rows = append(v.Rows, helpRow{f.Example, "", locale.Text{f.HelpVI, f.HelpEN}.In(r.Lang), searchFor(asking(f.Example))})
	}
	for _, o := range search.Operators() {
		v.Rows = append(v.Rows, helpRow{o.Example, o.English + ":", locale.Text{o.HelpVI, o.HelpEN}.In(r.Lang), searchFor(asking(o.Example))})
	}
	v.Tasks = tasks(r.Lang)
	return &page{Name: "help", Title: say(r.Lang, "help"), Path: helpPath, View: v}, nil
}
