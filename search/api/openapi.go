package api

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// refs is where the document keeps its schemas.
const refs = "#/components/schemas/"

// Tags of operations.
const (
	tagSearch  = "search"
	tagCounts  = "counts"
	tagFiles   = "files"
	tagDocs    = "docs"
	tagService = "service"
	tagAdmin   = "admin"
)

// tags lists the tags in the order of the document.
var tags = []struct {
	name string
	text locale.Text
}{
	{tagSearch, locale.Text{"Tìm và đọc văn bản, bài học kinh nghiệm", "Search and read articles and lessons"}},
	{tagCounts, locale.Text{"Số liệu thống kê và viện dẫn", "Counts and citations"}},
	{tagFiles, locale.Text{"Tải kết quả và theo dõi bằng Atom", "Downloads and Atom feeds"}},
	{tagDocs, locale.Text{"Tài liệu của API", "Documents of the API"}},
	{tagService, locale.Text{"Tình trạng dịch vụ", "State of the service"}},
	{tagAdmin, locale.Text{"Quản trị, cần mã quản trị", "Administration, with the admin token"}},
}

// Texts of the document that are in no table.
var (
	textAbout = locale.Text{"Tìm kiếm toàn văn trong văn bản của các Đảng bộ, cấp ủy. Tham số để trống (facets=) là không có tham số ấy; tham số bắt buộc thì không được trống. Lỗi là tài liệu RFC 9457, bằng tiếng Việt hoặc tiếng Anh theo Accept-Language; trình duyệt (Accept: text/html) nhận một trang.",
		"Full-text search in documents of Vietnamese Party committees. An empty parameter (facets=) is the same as no parameter; a required one must not be empty. Errors are RFC 9457 documents, in Vietnamese or English by Accept-Language; browsers (Accept: text/html) get a page."}
	textServer     = locale.Text{"Dịch vụ này", "This service"}
	textAdminToken = locale.Text{"Mã quản trị", "Admin token"}
	textAdminOff   = locale.Text{"API quản trị đang tắt: dịch vụ không có mã quản trị", "The admin API is off: the service has no admin token"}
	textReadToken  = locale.Text{"Mã đọc, khi dịch vụ được cấu hình như vậy", "Read token, where the service is configured so"}
	textAnswer     = locale.Text{"Câu trả lời", "The answer"}
	textAccepted   = locale.Text{"Đã nhận, đang chạy", "Accepted, under way"}
)

// describer makes the OpenAPI document in one language from the table of routes,
// the types of answers and the tables of descriptions. Huma turns types into
// schemas.
type describer struct {
	*Service
	language string
	registry huma.Registry
}

// description describes the API in one language.
type description struct {
	document []byte // OpenAPI
	content  []byte // of the page at /docs
	docs     []byte // that page, complete
}

// describe makes the description in a language.
func (s *Service) describe(ops []operation, language string) (out description, err error) {
	d := describer{s, language, huma.NewMapRegistry(refs, huma.DefaultSchemaNamer)}
	doc := d.document(ops)
	if out.document, err = json.Marshal(doc); err != nil {
		return out, fmt.Errorf("make OpenAPI document: %w", err)
	}
	if out.content, out.docs, err = docsOf(ops, doc, language); err != nil {
		return out, fmt.Errorf("make /docs: %w", err)
	}
	out.docs = s.UnderBase(out.docs)
	return out, nil
}

func (d *describer) document(ops []operation) *huma.OpenAPI {
	server := cmp.Or(d.cfg.PublicURL, d.cfg.BasePath+"/")
	doc := &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info:    &huma.Info{Title: "nghiquyet", Version: d.cfg.Version, Description: textAbout.In(d.language)},
		Servers: []*huma.Server{{URL: server, Description: textServer.In(d.language)}},
		Components: &huma.Components{Schemas: d.registry, SecuritySchemes: map[string]*huma.SecurityScheme{
			"admin": {Type: "http", Scheme: "bearer", Description: textAdminToken.In(d.language)},
			"read":  {Type: "http", Scheme: "bearer", Description: textReadToken.In(d.language)},
		}},
	}
	for _, tag := range tags {
		doc.Tags = append(doc.Tags, &huma.Tag{Name: tag.name, Description: tag.text.In(d.language)})
	}
	problem := d.schema(Problem{})
	bodies := map[string]bool{}
	for i := range ops {
		doc.AddOperation(d.operation(&ops[i], problem))
		if ops[i].body != nil {
			bodies[huma.DefaultSchemaNamer(reflect.TypeOf(ops[i].body), "")] = true
		}
	}
	for name, schema := range d.registry.Map() {
		tidy(d.registry.TypeFromRef(refs+name), schema, !bodies[name])
		d.fields(name, schema)
	}
	return doc
}

func (d *describer) schema(v any) *huma.Schema {
	return d.registry.Schema(reflect.TypeOf(v), true, "")
}

// operation describes one operation.
func (d *describer) operation(o *operation, problem *huma.Schema) *huma.Operation {
	op := &huma.Operation{
		OperationID: o.id, Method: o.method, Path: o.path, Summary: o.title.In(d.language), Tags: []string{o.tag},
		Responses: map[string]*huma.Response{},
	}
	if o.params != nil {
		op.Parameters = d.params(o.id, reflect.TypeOf(o.params))
	}
	if o.body != nil {
		op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{typeJSON: {Schema: d.schema(o.body)}}}
	}
	ok := &huma.Response{Description: textAnswer.In(d.language), Content: map[string]*huma.MediaType{}}
	if o.status == http.StatusAccepted {
		ok.Description = textAccepted.In(d.language)
	}
	if o.answer != nil {
		ok.Content[typeJSON] = &huma.MediaType{Schema: d.schema(o.answer)}
	}
	for _, t := range o.types {
		t, _, _ = strings.Cut(t, ";")
		ok.Content[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	op.Responses[strconv.Itoa(max(o.status, http.StatusOK))] = ok
	if scheme := d.token(o); scheme != "" {
		op.Security = []map[string][]string{{scheme: {}}}
	}
	page, _, _ := strings.Cut(typeHTML, ";")
	for _, status := range d.statuses(o) {
		text := d.problems(status)
		if o.admin && status == http.StatusNotFound {
			text = textAdminOff.In(d.language)
		}
		op.Responses[strconv.Itoa(status)] = &huma.Response{Description: text, Content: map[string]*huma.MediaType{
			typeProblem: {Schema: problem},
			page:        {Schema: &huma.Schema{Type: huma.TypeString}},
		}}
	}
	return op
}

// token returns the name of the security scheme of an operation, "" for none.
func (d *describer) token(o *operation) string {
	switch {
	case o.admin:
		return "admin"
	case d.read != nil && !slices.Contains(d.open, o.path):
		return "read"
	}
	return ""
}

// statuses returns the statuses of problems that an operation can answer.
func (d *describer) statuses(o *operation) []int {
	statuses := []int{ // any request can meet these
		http.StatusNotAcceptable, http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong,
		http.StatusRequestHeaderFieldsTooLarge, http.StatusTooManyRequests, http.StatusInternalServerError,
	}
	statuses = append(statuses, o.errors...)
	if d.token(o) != "" {
		statuses = append(statuses, http.StatusUnauthorized)
	}
	if o.admin {
		statuses = append(statuses, http.StatusNotFound)
	}
	if o.admin && o.body != nil {
		statuses = append(statuses, http.StatusBadRequest, http.StatusConflict, http.StatusUnsupportedMediaType)
	}
	return statuses
}

// problems returns the kinds of problems with a status.
func (d *describer) problems(status int) string {
	var titles []string
	for _, k := range append([]kind{badParams}, kinds...) {
		if k.status == status {
			titles = append(titles, k.title(d.language))
		}
	}
	return strings.Join(titles, "; ")
}

// params describes the fields of a params struct, those of embedded structs first.
func (d *describer) params(operation string, t reflect.Type) (docs []*huma.Param) {
	for f := range t.Fields() {
		if f.Type == reflect.TypeFor[facetParams]() {
			docs = append(docs, d.facetFilters(operation)...)
			continue
		}
		if f.Anonymous {
			docs = append(docs, d.params(operation, f.Type)...)
			continue
		}
		p := &huma.Param{In: "query", Required: f.Tag.Get("required") == "true"}
		tag, ok := f.Tag.Lookup("query")
		if !ok {
			tag, p.In, p.Required = f.Tag.Get("path"), "path", true
		}
		p.AllowEmptyValue = !p.Required // forms send empty fields too
		name, list, _ := strings.Cut(tag, ",")
		p.Name, p.Schema = name, huma.SchemaFromField(d.registry, f, "")
		p.Schema.Nullable, p.Schema.Description = false, ""
		if f.Type.Kind() == reflect.Slice {
			explode := list != "list" // the values are one parameter, separated by commas
			p.Explode, p.Style = &explode, "form"
		}
		row := rowOf(parameters, operation+" "+name, name)
		p.Description, p.Example = row.In(d.language), exampleOf(row)
		if strings.Contains(p.Description, "%s") {
			p.Description = row.Format(d.language, operatorExamples(d.language))
		}
		d.facetChoices(p)
		docs = append(docs, p)
	}
	return docs
}

// fields describes the fields of a schema.
func (d *describer) fields(name string, s *huma.Schema) {
	if name == huma.DefaultSchemaNamer(reflect.TypeFor[search.Cube](), "") {
		s.Properties["cells"].Items = d.cell()
	}
	for property, p := range s.Properties {
		d.describeField(p, rowOf(fields, name+"."+property, property))
	}
}

func (d *describer) describeField(s *huma.Schema, row locale.Row) {
	s.Description = row.In(d.language)
	if example := exampleOf(row); example != nil {
		s.Examples = []any{example}
	}
}

// cell is the schema of a cell of a cube: a count, and a value for each dimension that
// was requested.
func (d *describer) cell() *huma.Schema {
	least := 0.0
	count := &huma.Schema{Type: huma.TypeInteger, Minimum: &least}
	d.describeField(count, fields["cell.count"])
	cell := &huma.Schema{Type: huma.TypeObject, Required: []string{"count"}, Properties: map[string]*huma.Schema{"count": count}}
	for _, dimension := range search.Dimensions {
		value := &huma.Schema{Type: huma.TypeString}
		d.describeField(value, fields["cell.dimension"])
		cell.Properties[dimension] = value
	}
	return cell
}

// tidy corrects Huma's defaults in a schema: arrays are never null, a pointer to a
// struct may be, and answers may get further fields.
func tidy(t reflect.Type, s *huma.Schema, answer bool) {
	if answer && s.AdditionalProperties == false {
		s.AdditionalProperties = nil
	}
	for f := range t.Fields() {
		if f.Anonymous {
			tidy(f.Type, s, answer)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if p := s.Properties[name]; p != nil && f.Type.Kind() == reflect.Pointer && p.Ref != "" && !strings.Contains(options, "omitempty") {
			s.Properties[name] = &huma.Schema{AnyOf: []*huma.Schema{p, {Type: "null"}}}
		}
	}
	notNull(s)
}

// notNull removes null from every array of a schema.
func notNull(s *huma.Schema) {
	if s == nil {
		return
	}
	if s.Type == huma.TypeArray {
		s.Nullable = false
	}
	notNull(s.Items)
	for _, p := range s.Properties {
		notNull(p)
	}
	if values, ok := s.AdditionalProperties.(*huma.Schema); ok {
		notNull(values)
	}
}

// openAPI answers with the OpenAPI document.
func (s *Service) openAPI(c *gin.Context) error {
	return s.inLanguage(c, typeJSON, func(d *description) []byte { return d.document })
}

// inLanguage answers with a part of the description in the language of the parameter
// lang, else of Accept-Language.
func (s *Service) inLanguage(c *gin.Context, contentType string, part func(*description) []byte) error {
	language := worded(c)
	if given := c.Query("lang"); given != "" {
		if !slices.Contains(locale.All, given) {
			return ParamErrors{*search.WrongChoice("lang", given, locale.All)}
		}
		language = given
		c.Header("Content-Language", language)
	}
	d, err := s.described[language]()
	if err != nil {
		return err
	}
	return s.fixed(c, contentType, part(&d))
}
