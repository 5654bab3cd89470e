package api

import (
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"nghiquyet/search"
)

// The params structs describe the parameters of the endpoints in the OpenAPI
// document. [search.FromValues] reads them, here and for the pages; a test holds
// the two to the same names, bounds and choices.

// filterParams select documents.
type filterParams struct {
	// Q is the query, in the query language.
	Q string `query:"q" maxLength:"2000" doc:"Câu tìm; để trống là tất cả. Từ, \"cụm từ\", -loại trừ, A HOẶC B, tiền tố*, tinh:, chude:, nam:2020..2022, so:35-CT/TW, loai:, tacgia:, tieude:"`
	// Type is what to find.
	Type string `query:"type" enum:"article,lesson,all" default:"article" doc:"Văn bản, bài học kinh nghiệm, hoặc cả hai"`
	// The filters of the facets are described by their table.
	facetParams
	// From and To are days, inclusive.
	From string `query:"from" format:"date" doc:"Từ ngày, NNNN-TT-NN"`
	To   string `query:"to" format:"date" doc:"Đến hết ngày, NNNN-TT-NN"`
	// Literal asks for the words as typed.
	Literal string `query:"literal" enum:"0,1,false,true" default:"0" doc:"1: tìm đúng như đã gõ, không sửa lỗi gõ"`
}

// facetParams stands for the parameters of [search.FacetTable].
type facetParams struct{}

// facetDocs describes the filters of the facets, each followed by the choice of
// its view where it has views.
func facetDocs(registry huma.Registry) (docs []*huma.Param) {
	for _, f := range search.FacetTable() {
		if f.Filter {
			most, length := search.MaxFilter, search.MaxValueBytes
			value := &huma.Schema{Type: huma.TypeString, MaxLength: &length}
			if f.Shape != nil {
				value = &huma.Schema{Type: huma.TypeString, Pattern: `^\s*(` + f.Shape.Pattern + `|` + search.Unknown + `)?\s*$`}
			}
			explode := true
			docs = append(docs, &huma.Param{
				Name: f.Name, In: "query", Style: "form", Explode: &explode, Description: f.Help + "; lặp lại được",
				Schema: &huma.Schema{Type: huma.TypeArray, MaxItems: &most, Items: value},
			})
		}
		if f.Then != "" {
			docs = append(docs, paramDocs(registry, reflect.TypeFor[viewParams]())...)
		}
	}
	return docs
}

// viewParams choose between the views of a facet.
type viewParams struct {
	// ProvinceView says which provinces are meant and counted.
	ProvinceView string `query:"province_view" enum:"now,then" default:"now" doc:"Tỉnh hiện nay (34, từ 01/7/2025) hay tỉnh vào ngày của văn bản"`
}

// facetChoices adds to the parameters that name facets those there are, and says
// how many values an answer lists where it does not list all.
func facetChoices(p *huma.Param) {
	var names []string
	switch p.Name {
	case "facets":
		names = append(names, search.Facets...)
		for _, f := range search.FacetTable() {
			if f.Listed > 0 {
				p.Description += fmt.Sprintf("; %s chỉ liệt kê %d giá trị nhiều nhất, thêm các giá trị đang lọc", f.Name, f.Listed)
			}
		}
	case "by":
		names = search.Dimensions
	}
	for i := len(names) - 1; i >= 0; i-- {
		p.Schema.Items.Enum = append([]any{names[i]}, p.Schema.Items.Enum...)
	}
}

// searchParams are the parameters of a search.
type searchParams struct {
	filterParams
	// Sort is the order of hits.
	Sort string `query:"sort" enum:"relevance,newest,oldest" default:"relevance" doc:"Thứ tự"`
	// Size is the number of hits on a page.
	Size int `query:"size" minimum:"0" maximum:"100" default:"10" doc:"Số kết quả mỗi trang"`
	// Page counts from 1; page × size is at most 10,000.
	Page int `query:"page" minimum:"1" maximum:"10000" default:"1" doc:"Trang, từ 1; page × size nhiều nhất 10.000, sâu hơn thì dùng cursor"`
	// Cursor goes on after an answer.
	Cursor string `query:"cursor" maxLength:"1024" doc:"next_cursor của câu trả lời trước, thay cho page"`
	// Facets are those to count.
	Facets []string `query:"facets,list" enum:"none" doc:"Các nhóm đếm, cách nhau bằng dấu phẩy; mặc định tất cả; none là không đếm"`
	// Group folds near-duplicates into one hit.
	Group string `query:"group" enum:"none,copies" default:"none" doc:"copies: gộp các bản gần như trùng nhau"`
	// Explain tells how each score came about.
	Explain string `query:"explain" enum:"0,1,false,true" default:"0" doc:"1: giải thích điểm số"`
}

// articleParams name an article.
type articleParams struct {
	// ID is as hits give it, percent-encoded.
	ID string `path:"id" maxLength:"512" doc:"Định danh văn bản, mã hóa phần trăm (kể cả dấu /)"`
}

// relatedParams name an article and how many others to show.
type relatedParams struct {
	articleParams
	Size int `query:"size" minimum:"0" maximum:"100" default:"10" doc:"Số kết quả"`
}

// suggestParams are what a reader has typed so far.
type suggestParams struct {
	Q    string `query:"q" maxLength:"2000" doc:"Phần đã gõ"`
	Size int    `query:"size" minimum:"0" maximum:"100" default:"10" doc:"Số gợi ý"`
}

// statsParams ask for a cube of counts.
type statsParams struct {
	searchParams
	// By are the dimensions.
	By []string `query:"by,list" required:"true" minItems:"1" maxItems:"3" doc:"Một đến ba chiều, cách nhau bằng dấu phẩy"`
	// Format is of the answer.
	Format string `query:"format" enum:"json,csv" default:"json" doc:"Dạng trả lời"`
}

// citationParams name a cited document.
type citationParams struct {
	searchParams
	// Number is in any usual spelling.
	Number string `path:"number" maxLength:"200" doc:"Số, ký hiệu văn bản được viện dẫn, như 35-CT/TW"`
}

// exportParams ask for all documents of a search as a file.
type exportParams struct {
	searchParams
	// Format is of the file.
	Format string `query:"format" enum:"csv,jsonl,xlsx" default:"csv" doc:"Dạng tệp"`
}

// values reads the query string. What is not percent-encoding, or no UTF-8 in a
// name, is an error: net/url would leave it out without a word.
func values(c *gin.Context) (url.Values, error) {
	v, err := url.ParseQuery(c.Request.URL.RawQuery)
	if err != nil {
		return nil, ParamErrors{{
			Code:    search.CodeFormat,
			WrongVI: "phần sau dấu ? không đúng mã hóa phần trăm", RightVI: "mã hóa phần trăm theo UTF-8, các tham số cách nhau bằng &",
			WrongEN: "the part after ? is not percent-encoded", RightEN: "percent-encoded UTF-8, parameters joined by &",
		}}
	}
	return v, nil
}

// query reads the parameters of a search, and leaves those named also.
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
	var wrong ParamErrors
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if !slices.Contains(names, name) {
			wrong = append(wrong, *search.UnknownParam(name, v.Get(name), names))
		}
	}
	if wrong != nil {
		return q, wrong
	}
	return q, nil
}
