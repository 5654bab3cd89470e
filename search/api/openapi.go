package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"nghiquyet/search/locale"
)

// refs is where the document keeps its schemas.
const refs = "#/components/schemas/"

// describe makes the OpenAPI document and the page at /docs from the table of
// routes and the types that serve. Huma turns types into schemas.
func (s *Service) describe(ops []operation) (err error) {
	registry := huma.NewMapRegistry(refs, huma.DefaultSchemaNamer)
	doc := &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: "nghiquyet", Version: s.cfg.Version,
			Description: "Tìm kiếm toàn văn trong văn bản của các Đảng bộ, cấp ủy. Lỗi là tài liệu RFC 9457, bằng tiếng Việt hoặc tiếng Anh theo Accept-Language.",
		},
		Components: &huma.Components{Schemas: registry, SecuritySchemes: map[string]*huma.SecurityScheme{
			"admin": {Type: "http", Scheme: "bearer", Description: "Mã quản trị"},
			"read":  {Type: "http", Scheme: "bearer", Description: "Mã đọc, khi dịch vụ được cấu hình như vậy"},
		}},
	}
	problem := registry.Schema(reflect.TypeFor[Problem](), true, "")
	for i := range ops {
		doc.AddOperation(s.operationDoc(&ops[i], registry, problem))
	}
	bodies := map[string]bool{}
	for _, o := range ops {
		if o.body != nil {
			bodies[huma.DefaultSchemaNamer(reflect.TypeOf(o.body), "")] = true
		}
	}
	for name, schema := range registry.Map() {
		tidy(registry, registry.TypeFromRef(refs+name), schema, !bodies[name])
	}
	if s.document, err = json.Marshal(doc); err != nil {
		return fmt.Errorf("make OpenAPI document: %w", err)
	}
	if s.docs, err = docsOf(ops, doc); err != nil {
		return fmt.Errorf("make /docs: %w", err)
	}
	return nil
}

// operationDoc describes one operation.
func (s *Service) operationDoc(o *operation, registry huma.Registry, problem *huma.Schema) *huma.Operation {
	op := &huma.Operation{
		OperationID: o.id, Method: o.method, Path: o.path, Summary: o.title.In(locale.Vietnamese), Description: o.title.In(locale.English),
		Responses: map[string]*huma.Response{},
	}
	if o.params != nil {
		op.Parameters = paramDocs(registry, reflect.TypeOf(o.params))
	}
	if o.body != nil {
		op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{
			typeJSON: {Schema: registry.Schema(reflect.TypeOf(o.body), true, "")}}}
	}
	ok := &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{}}
	if o.answer != nil {
		ok.Content[typeJSON] = &huma.MediaType{Schema: registry.Schema(reflect.TypeOf(o.answer), true, "")}
	}
	for _, t := range o.types {
		t, _, _ = strings.Cut(t, ";")
		ok.Content[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	op.Responses[strconv.Itoa(max(o.status, http.StatusOK))] = ok
	// Any request can meet these.
	statuses := []int{
		http.StatusNotAcceptable, http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong,
		http.StatusRequestHeaderFieldsTooLarge, http.StatusTooManyRequests, http.StatusInternalServerError,
	}
	statuses = append(statuses, o.errors...)
	switch {
	case o.admin:
		op.Security = []map[string][]string{{"admin": {}}}
		statuses = append(statuses, http.StatusUnauthorized, http.StatusNotFound)
		if o.body != nil {
			statuses = append(statuses, http.StatusBadRequest, http.StatusConflict, http.StatusUnsupportedMediaType)
		}
	case s.read != nil && o.path != healthPath && o.path != readyPath:
		op.Security = []map[string][]string{{"read": {}}}
		statuses = append(statuses, http.StatusUnauthorized)
	}
	for _, status := range statuses {
		op.Responses[strconv.Itoa(status)] = &huma.Response{
			Description: http.StatusText(status), Content: map[string]*huma.MediaType{typeProblem: {Schema: problem}},
		}
	}
	return op
}

// paramDocs describes the fields of a params struct, embedded ones first.
func paramDocs(registry huma.Registry, t reflect.Type) (docs []*huma.Param) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Type == reflect.TypeFor[facetParams]() {
			docs = append(docs, facetDocs(registry)...)
			continue
		}
		if f.Anonymous {
			docs = append(docs, paramDocs(registry, f.Type)...)
			continue
		}
		p := &huma.Param{In: "query", Description: f.Tag.Get("doc"), Required: f.Tag.Get("required") == "true"}
		tag, ok := f.Tag.Lookup("query")
		if !ok {
			tag, p.In, p.Required = f.Tag.Get("path"), "path", true
		}
		p.AllowEmptyValue = !p.Required && f.Type.Kind() != reflect.Slice // forms send what was not filled in
		name, list, _ := strings.Cut(tag, ",")
		p.Name, p.Schema = name, huma.SchemaFromField(registry, f, "")
		p.Schema.Nullable, p.Schema.Description = false, ""
		if f.Type.Kind() == reflect.Slice {
			explode := list != "list" // a list with commas is one value
			p.Explode, p.Style = &explode, "form"
		}
		facetChoices(p)
		docs = append(docs, p)
	}
	return docs
}

// tidy says of a schema what Huma's defaults do not: arrays are never null, a
// pointer to a struct may be, and answers may grow further fields.
func tidy(registry huma.Registry, t reflect.Type, s *huma.Schema, answer bool) {
	if answer && s.AdditionalProperties == false {
		s.AdditionalProperties = nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			tidy(registry, f.Type, s, answer)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if p := s.Properties[name]; p != nil && f.Type.Kind() == reflect.Pointer && p.Ref != "" && !strings.Contains(options, "omitempty") {
			s.Properties[name] = &huma.Schema{AnyOf: []*huma.Schema{p, {Type: "null"}}}
		}
	}
	notNull(s)
}

// notNull takes the null out of every array of a schema.
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

// openAPI answers the OpenAPI document.
func (s *Service) openAPI(c *gin.Context) error {
	return s.fixed(c, typeJSON, s.document)
}
