package web

import (
	"github.com/gin-gonic/gin"
	"html/template"

	"nghiquyet/index/places"
	"nghiquyet/search"
	"nghiquyet/search/api"
)

// helpView is the help page, made from the table of operators.
type helpView struct {
	Rows    []helpRow
	Tasks   []task
	AsOf    string // day as of which the country is known
	MapCode string
}

// mapCode joins the counts of provinces to a file of boundaries, in Python.
const mapCode = `import geopandas, pandas
ban_do = geopandas.read_file("tinh-34.geojson")  # ma: 2 digits
so = pandas.read_csv("https://…/api/v1/stats?by=province&format=csv", dtype={"province_code": str})
ban_do = ban_do.merge(so, left_on="ma", right_on="province_code", how="left").fillna({"count": 0})
ban_do.plot(column="count", legend=True)`

// helpRow is one form of the query language.
type helpRow struct {
	Example, English, Meaning string
	Href                      template.HTMLAttr
}

// help shows how to ask.
func (s *site) help(c *gin.Context, r reader) (*page, error) {
	if s.unchanged(c, r, "") {
		return nil, api.ErrNotModified
	}
	var v helpView
	for _, f := range search.Forms() {
		v.Rows = append(v.Rows, helpRow{f.Example, "", f.Help.In(r.Lang), hrefOf(searchFor(asking(f.Example)))})
	}
	for _, o := range search.Operators() {
		v.Rows = append(v.Rows, helpRow{o.Example, o.English + ":", o.Help.In(r.Lang), hrefOf(searchFor(asking(o.Example)))})
	}
	v.Tasks, v.AsOf, v.MapCode = tasks(r.Lang), date(r.Lang, places.AsOf), mapCode
	return &page{Name: "help", Title: say(r.Lang, "help"), Path: helpPath, View: v}, nil
}
