package assistant

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/locale"
)

// tool is one row of the table of tools: an operation of the API, with the
// parameters that the tool takes.
type tool struct {
	name        string
	operation   string
	parameters  []string
	title, text locale.Text
	// sizes are the default and the largest size, 0 if the tool has no size.
	sizes [2]int
	// bounds changes the limits of the operation to those of the tool.
	bounds func(in *huma.Schema)
}

// filters are the parameters that select documents.
func filters(more ...string) []string {
	names := []string{"q", "from", "to", search.ParamView}
	for _, f := range search.FacetTable() {
		if f.Filter {
			names = append(names, f.Name)
		}
	}
	return append(names, more...)
}

// Names of parameters that the tools read themselves.
const (
	paramOffset = "offset"
	paramNumber = "number"
)

// The tools.
var (
	toolSearch = tool{
		name: "search", operation: "search", parameters: filters("type", "sort", "size", "page", "literal"), sizes: [2]int{search.DefaultSize, 20},
		title: locale.Text{"Tìm văn bản và bài học", "Search documents and lessons"},
		text: locale.Text{"Những đoạn khớp nhất của văn bản và bài học kinh nghiệm, bản đăng lại gộp làm một. total là số văn bản khớp; đoạn có match=close chỉ gần đúng và không được đếm.",
			"The passages of documents and lessons learned that match best, reprints as one. total is how many documents match; a passage with match=close only comes close and is not counted."},
	}
	toolArticle = tool{
		name: "article", operation: "article", parameters: []string{"id"},
		title: locale.Text{"Đọc một văn bản", "Read one document"},
		text: locale.Text{"Thông tin, căn cứ, các đoạn có địa chỉ, bài học và viện dẫn của một văn bản. Văn bản dài có nhiều phần: hỏi tiếp với offset = next_offset.",
			"Metadata, evidence, passages with their addresses, the list of lessons and the citations of one document. A long text comes in parts: go on with offset = next_offset."},
		bounds: func(in *huma.Schema) { in.Properties[paramOffset] = &huma.Schema{Type: huma.TypeInteger} },
	}
	toolLessons = tool{
		name: "lessons", operation: "search", parameters: filters("sort", "size", "page", "literal"), sizes: [2]int{search.DefaultSize, 20},
		title: locale.Text{"Tìm bài học kinh nghiệm", "Search lessons learned"},
		text: locale.Text{"Bài học kinh nghiệm, nguyên văn từng bài, với thứ tự, tiêu đề văn bản và địa chỉ.",
			"Lessons learned, each in full, with its ordinal, the title of its document and its address."},
	}
	toolStats = tool{
		name: "stats", operation: "stats", parameters: filters("by"),
		title: locale.Text{"Đếm văn bản", "Count documents"},
		text: locale.Text{"Đếm văn bản theo một đến ba chiều, ví dụ by=[province, year]. Tối đa 500 ô lớn nhất; cells_total là số ô có cả thảy.",
			"Count documents by one to three dimensions, such as by=[province, year]. At most the 500 largest cells; cells_total is how many there are."},
	}
	toolCitations = tool{
		name: "citations", operation: "citation", parameters: filters(paramNumber, "size", "page"), sizes: [2]int{search.DefaultSize, 20},
		title: locale.Text{"Viện dẫn", "Citations"},
		text: locale.Text{"Có number: những văn bản viện dẫn văn bản mang số ấy. Không có: những văn bản được viện dẫn nhiều nhất trong các văn bản khớp với bộ lọc.",
			"With number: the documents that cite the one of that number. Without: the documents most cited by those that match the filters."},
		bounds: func(in *huma.Schema) { in.Required = nil },
	}
)

// bound puts the tool's own bounds into the schema of its arguments.
func (d *tool) bound(in *huma.Schema) {
	if size := in.Properties["size"]; size != nil {
		least, most := 1.0, float64(d.sizes[1])
		size.Minimum, size.Maximum, size.Default = &least, &most, d.sizes[0]
	}
	if d.bounds != nil {
		d.bounds(in)
	}
}

// arguments are the arguments of a call, as the schema of its tool allows them.
type arguments map[string]any

// values writes arguments as the parameters of an address.
func (a arguments) values() url.Values {
	v := url.Values{}
	for name, given := range a {
		list, ok := given.([]any)
		if !ok {
			list = []any{given}
		}
		for _, one := range list {
			if number, ok := one.(float64); ok {
				one = strconv.FormatFloat(number, 'f', -1, 64)
			}
			v.Add(name, fmt.Sprint(one))
		}
	}
	return v
}

// query reads arguments as the query of a tool.
func (d *tool) query(a arguments) (search.Query, error) {
	v := a.values()
	if d.sizes[0] > 0 && !v.Has("size") {
		v.Set("size", strconv.Itoa(d.sizes[0]))
	}
	q, wrong := search.FromValues(v, paramNumber)
	if len(wrong) > 0 {
		return q, api.ParamErrors(wrong)
	}
	q.Facets = []string{} // stats counts
	return q, nil
}

// text returns the argument of a name, "" if it is absent.
func (a arguments) text(name string) string {
	s, _ := a[name].(string)
	return s
}

// number returns the argument of a name, 0 if it is absent.
func (a arguments) number(name string) int {
	n, _ := a[name].(float64)
	return int(min(n, 1<<30))
}

// largest returns the n cells with the highest counts, in their order.
func largest(cells []map[string]any, n int) []map[string]any {
	if len(cells) <= n {
		return cells
	}
	count := func(c map[string]any) int { i, _ := c["count"].(int); return i }
	order := make([]int, len(cells))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return count(cells[b]) - count(cells[a]) })
	order = order[:n]
	slices.Sort(order)
	kept := make([]map[string]any, n)
	for i, at := range order {
		kept[i] = cells[at]
	}
	return kept
}
