package api

import (
	"net/url"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"nghiquyet/search"
	"nghiquyet/search/export"
	"nghiquyet/search/locale"
)

// The params structs describe the parameters of the endpoints in the OpenAPI document; the
// table parameters has their texts. [search.FromValues] reads the parameters, here and for
// the pages. A test checks that names, bounds and choices of both agree.

// filterParams select documents.
type filterParams struct {
	// Q is the query, in the query language.
	Q string `query:"q" maxLength:"2000"`
	// Type is the kind of hits to find.
	Type string `query:"type" enum:"article,lesson,all" default:"article"`
	// FacetFilters stands for the filters of the facets.
	FacetFilters facetParams
	// From and To are days, inclusive.
	From string `query:"from" format:"date"`
	To   string `query:"to" format:"date"`
	// Added is the time since when documents must have entered the index.
	Added string `query:"added" pattern:"^\\s*(([1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6])d|(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+ -]([01][0-9]|2[0-3]):[0-5][0-9]))?)?\\s*$"`
	// Literal switches off the correction of words.
	Literal string `query:"literal" enum:"0,1,false,true" default:"0"`
}

// facetParams stands for the parameters of [search.FacetTable].
type facetParams struct{}

// facetFilters describes the filters of the facets, each followed by the parameter
// of its view if it has views.
func (d *describer) facetFilters(operation string) (docs []*huma.Param) {
	for _, f := range search.FacetTable() {
		if f.Filter {
			most, length := search.MaxFilter, search.MaxValueBytes
			value := &huma.Schema{Type: huma.TypeString, MaxLength: &length}
			if f.Shape != nil {
				value = &huma.Schema{Type: huma.TypeString, Pattern: `^\s*(` + f.Shape.Pattern + `|` + search.Unknown + `)?\s*$`}
			}
			explode := true
			docs = append(docs, &huma.Param{
				Name: f.Name, In: "query", Style: "form", Explode: &explode, // its items may be empty
				Description: f.Help.In(d.language) + textRepeatable.In(d.language),
				Schema:      &huma.Schema{Type: huma.TypeArray, MaxItems: &most, Items: value},
			})
		}
		if f.Views == nil {
			continue
		}
		for _, view := range d.params(operation, reflect.TypeFor[viewParams]()) {
			if view.Name == f.Views.Param {
				docs = append(docs, view)
			}
		}
	}
	return docs
}

// Texts about facets in the descriptions of parameters.
var (
	textRepeatable = locale.Text{"; lặp lại được; giá trị trống không tính", "; may be repeated; empty values do not count"}
	textListed     = locale.Text{"; %s chỉ liệt kê %d giá trị nhiều nhất, thêm các giá trị đang lọc",
		"; %s lists only the %d most frequent values and those of its filter"}
)

// viewParams choose the views of facets.
type viewParams struct {
	// ProvinceView chooses which provinces are filtered and counted: today's, or those
	// of the document's date.
	ProvinceView string `query:"province_view" enum:"now,then" default:"now"`
	// CommuneView chooses whether older documents count for today's communes.
	CommuneView string `query:"commune_view" enum:"then,now" default:"then"`
}

// facetChoices adds the names of facets to a parameter that takes them, and the
// number of values listed for facets that do not list all.
func (d *describer) facetChoices(p *huma.Param) {
	var names []string
	switch p.Name {
	case "facets":
		names = append(names, search.Facets...)
		for _, f := range search.FacetTable() {
			if f.Listed > 0 {
				p.Description += textListed.Format(d.language, f.Name, f.Listed)
			}
		}
	case "columns":
		names = export.ColumnNames()
	case "by":
		names = search.Dimensions
	}
	for _, name := range slices.Backward(names) {
		p.Schema.Items.Enum = append([]any{name}, p.Schema.Items.Enum...)
	}
}

// searchParams are the parameters of a search.
type searchParams struct {
	filterParams
	// Sort is the order of hits.
	Sort string `query:"sort" enum:"relevance,newest,oldest,added" default:"relevance"`
	// Size is the number of hits on a page.
	Size int `query:"size" minimum:"0" maximum:"100" default:"10"`
	// Page counts from 1; page × size is at most 10,000.
	Page int `query:"page" minimum:"1" maximum:"10000" default:"1"`
	// Cursor continues after the last hit of an answer.
	Cursor string `query:"cursor" maxLength:"1024"`
	// Facets are the facets to count.
	Facets []string `query:"facets,list" enum:"none"`
	// Group makes near-duplicates one hit.
	Group string `query:"group" enum:"none,copies" default:"none"`
	// Explain requests how each score was computed.
	Explain string `query:"explain" enum:"0,1,false,true" default:"0"`
}

// articleParams identify an article.
type articleParams struct {
	// ID is the ID of a hit, percent-encoded.
	ID string `path:"id" maxLength:"512"`
}

// relatedParams identify an article and the number of others to return.
type relatedParams struct {
	articleParams
	Size int `query:"size" minimum:"0" maximum:"100" default:"10"`
}

// suggestParams have what a reader has typed so far.
type suggestParams struct {
	Q    string `query:"q" maxLength:"2000"`
	Size int    `query:"size" minimum:"0" maximum:"100" default:"10"`
}

// statsParams request a cube of counts.
type statsParams struct {
	searchParams
	// By are the dimensions.
	By []string `query:"by,list" required:"true" minItems:"1" maxItems:"3"`
	// Format is the format of the answer.
	Format string `query:"format" enum:"json,csv" default:"json"`
}

// citationParams identify a cited document.
type citationParams struct {
	searchParams
	// Number is the document's number in any usual spelling.
	Number string `path:"number" maxLength:"200"`
}

// documentParams choose the language of a document of the API.
type documentParams struct {
	Lang string `query:"lang" enum:"vi,en"`
}

// exportParams request all documents of a search as a file.
type exportParams struct {
	searchParams
	// Format is the format of the file.
	Format string `query:"format" enum:"csv,jsonl,xlsx,docx" default:"csv"`
	// ID selects documents and lessons instead of those of a search.
	ID []string `query:"id" maxItems:"100"`
	// Columns are the columns of the file, in their order.
	Columns []string `query:"columns,list"`
}

// values reads the query string. Invalid percent-encoding, and invalid UTF-8 in a
// name, is an error, because net/url would silently drop it.
func values(c *gin.Context) (url.Values, error) {
	v, err := url.ParseQuery(c.Request.URL.RawQuery)
	if err != nil {
		return nil, ParamErrors{{
			Code:  search.CodeFormat,
			Wrong: locale.Text{"phần sau dấu ? không đúng mã hóa phần trăm", "the part after ? is not percent-encoded"},
			Right: locale.Text{"mã hóa phần trăm theo UTF-8, các tham số cách nhau bằng &", "percent-encoded UTF-8, parameters joined by &"},
		}}
	}
	return v, nil
}

// query reads the parameters of a search, and leaves those named in also to the caller.
func query(c *gin.Context, also ...string) (search.Query, url.Values, error) {
	v, err := values(c)
	if err != nil {
		return search.Query{}, nil, err
	}
	q, wrong := search.FromValues(v, also...)
	if len(wrong) > 0 {
		return q, v, ParamErrors(wrong)
	}
	return q, v, nil
}

// few reads the parameters of an endpoint that takes only the named ones of a
// search.
func few(c *gin.Context, names ...string) (search.Query, error) {
	q, v, err := query(c)
	if err != nil {
		return q, err
	}
	if wrong := search.UnknownParams(v, names...); wrong != nil {
		return q, ParamErrors(wrong)
	}
	return q, nil
}
