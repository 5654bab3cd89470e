package api

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"nghiquyet/search"
	"nghiquyet/search/locale"
)

const testToken = "a-token-of-more-than-24-bytes"

// document loads and validates the OpenAPI document that s serves.
func document(t *testing.T, s *Service) *openapi3.T {
	t.Helper()
	w := get(t, s, "/openapi.json")
	doc, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestDocumentIsValid(t *testing.T) {
	s, _ := service(t, Config{Version: "1.2"})
	doc := document(t, s)
	if len(doc.Servers) != 1 || doc.Servers[0].URL != "/" {
		t.Errorf("servers %v", doc.Servers)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || doc.Info.Version != "1.2" {
		t.Errorf("document is OpenAPI %s of version %s", doc.OpenAPI, doc.Info.Version)
	}
	if b := get(t, s, "/openapi.json").Body.String(); strings.Contains(b, "$schema") {
		t.Error("document mentions $schema")
	}
	for _, o := range s.operations() {
		if doc.Paths.Find(o.path) == nil || doc.Paths.Find(o.path).GetOperation(o.method) == nil {
			t.Errorf("document lacks %s %s", o.method, o.path)
		}
	}
}

// TestAnswersConform calls every operation, with valid and invalid requests, and
// checks each answer against the document.
func TestAnswersConform(t *testing.T) {
	s, _ := service(t, Config{Admin: &fakeAdmin{}, AdminToken: Token{Value: testToken}, QueryTimeout: 20 * time.Millisecond})
	doc := document(t, s)
	empty, err := New(Config{Log: slog.New(slog.DiscardHandler)}, &fakeSource{})
	if err != nil {
		t.Fatal(err)
	}
	bearer := []string{"Authorization", "Bearer " + testToken}
	for _, test := range []struct {
		method, path, target, body string
		headers                    []string
	}{
		{path: "/api/v1/search", target: "?q=a&explain=1&size=100"},
		{path: "/api/v1/search", target: "?size=0&facets=none"},
		{path: "/api/v1/search", target: "?size=-1&from=2020-13-01&type=x"},
		{path: "/api/v1/search", target: "?province=Atlantis"},
		{path: "/api/v1/search", target: "?cursor=x"},
		{path: "/api/v1/search", target: "?q=" + url.QueryEscape(wordSlow)},
		{path: "/api/v1/search", target: "?q=" + url.QueryEscape(wordPanic)},
		{path: "/api/v1/search", target: "?q=%zz"},
		{path: "/api/v1/search", headers: []string{"Accept", "image/png"}},
		{path: articlePath, target: "/api/v1/articles/a1"},
		{path: articlePath, target: "/api/v1/articles/none"},
		{path: relatedPath, target: "/api/v1/articles/a1/related?size=3"},
		{path: relatedPath, target: "/api/v1/articles/a1/related?size=300"},
		{path: "/api/v1/suggest", target: "?q=a"},
		{path: "/api/v1/stats", target: "?by=province,year"},
		{path: "/api/v1/stats"},
		{path: "/api/v1/citations"},
		{path: "/api/v1/citations/{number}", target: "/api/v1/citations/35-CT/TW"},
		{path: "/api/v1/citations/{number}", target: "/api/v1/citations/1-XX"},
		{path: "/api/v1/export", target: "?format=pdf"},
		{path: "/feed.atom", target: "?page=0"},
		{path: "/openapi.json"}, {path: healthPath}, {path: readyPath},
		{path: adminPrefix + "/generations", headers: bearer},
		{path: adminPrefix + "/generations"},
		{path: adminPrefix + "/reindex", headers: bearer},
		{method: "POST", path: adminPrefix + "/reindex", headers: bearer},
		{method: "POST", path: adminPrefix + "/reindex", headers: bearer}, // busy
		{method: "POST", path: adminPrefix + "/rollback", headers: bearer, body: `{}`},
		{method: "POST", path: adminPrefix + "/rollback", headers: append([]string{"Content-Type", typeJSON}, bearer...), body: `{"generation":"g1"}`},
		{method: "POST", path: adminPrefix + "/rollback", headers: append([]string{"Content-Type", typeJSON}, bearer...), body: `{"generation":"g7"}`},
		{method: "POST", path: adminPrefix + "/rollback", headers: append([]string{"Content-Type", typeJSON}, bearer...), body: `[`},
	} {
		method, target := test.method, test.target
		if method == "" {
			method = http.MethodGet
		}
		if !strings.HasPrefix(target, "/") {
			target = test.path + target
		}
		for _, s := range []*Service{s, empty} {
			r := httptest.NewRequest(method, target, nil)
			w := ask(t, s, method, target, test.body, test.headers...)
			item := doc.Paths.Find(test.path)
			input := &openapi3filter.ResponseValidationInput{
				RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r,
					Route: &routers.Route{Spec: doc, Path: test.path, PathItem: item, Method: method, Operation: item.GetOperation(method)}},
				Status: w.Code, Header: w.Header(), Body: io.NopCloser(bytes.NewReader(w.Body.Bytes())),
				Options: &openapi3filter.Options{IncludeResponseStatus: true},
			}
			if err := openapi3filter.ValidateResponse(t.Context(), input); err != nil {
				t.Errorf("%s %s = %d: %v", method, target, w.Code, err)
			}
		}
	}
}

// TestParamsAgree compares every parameter in the document with search.FromValues.
func TestParamsAgree(t *testing.T) {
	s, _ := service(t, Config{})
	doc := document(t, s)
	_, errs := search.FromValues(url.Values{"?": {"1"}})
	_, list, _ := strings.Cut(errs[0].Right.In(locale.English), ": ")
	known := strings.Split(list, ", ")
	slices.Sort(known)

	for path, extra := range map[string][]string{
		"/api/v1/search": nil, "/api/v1/citations": nil, "/api/v1/citations/{number}": nil, "/feed.atom": nil,
		"/api/v1/export": {"format", "columns", "id"}, "/api/v1/stats": {"by", "format"},
	} {
		var names []string
		for _, p := range doc.Paths.Find(path).Get.Parameters {
			if p.Value.In == "query" && !slices.Contains(extra, p.Value.Name) {
				names = append(names, p.Value.Name)
			}
		}
		if slices.Sort(names); !slices.Equal(names, known) {
			t.Errorf("%s documents %q, search.FromValues reads %q", path, names, known)
		}
	}

	for _, p := range doc.Paths.Find("/api/v1/search").Get.Parameters {
		checkParam(t, p.Value)
	}
}

// TestRefusalsAreInWords: rules that no schema can express are in the descriptions,
// and are true.
func TestRefusalsAreInWords(t *testing.T) {
	s, _ := service(t, Config{})
	doc := document(t, s)
	for _, test := range []struct{ path, query, param, words string }{
		{"/api/v1/search", "page=2&cursor=10", "page", "cursor bị từ chối"},
		{"/api/v1/search", "page=2&cursor=10", "cursor", "page bị từ chối"},
		{"/api/v1/search", "q=" + strings.Repeat("ế", search.MaxTextBytes/3+1), "q", "2.000 byte"},
		{"/api/v1/suggest", "q=" + strings.Repeat("ế", search.MaxTextBytes/3+1), "q", "2.000 byte"},
		{"/api/v1/stats", "by=", "by", "trống"},
		{"/api/v1/stats", "by=year,,kind", "by", "trống"},
	} {
		if w := get(t, s, test.path+"?"+test.query); w.Code != 400 {
			t.Errorf("%s?%.40s = %d, want 400", test.path, test.query, w.Code)
		}
		p := doc.Paths.Find(test.path).Get.Parameters.GetByInAndName("query", test.param)
		if p == nil || !strings.Contains(p.Description, test.words) {
			t.Errorf("%s: the description of %s does not say %q", test.path, test.param, test.words)
		}
	}
	off := doc.Paths.Find(adminPrefix + "/reindex").Post.Responses.Value("404")
	if w := ask(t, s, http.MethodPost, adminPrefix+"/reindex", ""); w.Code != 404 || off == nil || !strings.Contains(*off.Value.Description, "tắt") {
		t.Errorf("admin API that is off: %d, described as %v", w.Code, off)
	}
}

// TestEmptyParameters: an optional parameter may be empty, which changes nothing,
// and the document allows it; a required one is refused.
func TestEmptyParameters(t *testing.T) {
	s, _ := service(t, Config{ClientRate: -1})
	doc := document(t, s)
	for path, item := range doc.Paths.Map() {
		if item.Get == nil {
			continue
		}
		target := strings.NewReplacer("{id}", "a1", "{number}", "35-CT%2FTW").Replace(path) + "?"
		if path == "/api/v1/stats" {
			target += "by=year&"
		}
		want := get(t, s, target)
		for _, ref := range item.Get.Parameters {
			p := ref.Value
			if p.In != "query" {
				continue
			}
			facet := search.FacetOf(p.Name)
			filter := facet != nil && facet.Filter // a list, whose items may be empty
			if want := !p.Required && !filter; p.AllowEmptyValue != want {
				t.Errorf("%s of %s: may be empty %v, want %v", p.Name, path, p.AllowEmptyValue, want)
			}
			if p.Required {
				if w := get(t, s, path+"?"+p.Name+"="); w.Code != 400 {
					t.Errorf("%s?%s= is %d, want 400", path, p.Name, w.Code)
				}
				continue
			}
			w := get(t, s, target+p.Name+"=")
			same := path == "/feed.atom" || p.Name == "id" || // a feed bears its address, id chooses documents
				took.ReplaceAllString(w.Body.String(), "") == took.ReplaceAllString(want.Body.String(), "")
			if w.Code != want.Code || !same {
				t.Errorf("%s%s= is %d %.300s, want %d %.300s", target, p.Name, w.Code, w.Body, want.Code, want.Body)
			}
		}
	}
}

// took is the field of an answer that differs between two of one question.
var took = regexp.MustCompile(`"took_ms":[0-9.e-]+`)

var anyYear = regexp.MustCompile(`\d{4}`)

// checkParam tries the bounds of one documented parameter.
func checkParam(t *testing.T, p *openapi3.Parameter) {
	t.Helper()
	fails := func(values ...string) bool {
		_, errs := search.FromValues(url.Values{p.Name: values})
		return len(errs) > 0
	}
	accept := func(values ...string) {
		t.Helper()
		if fails(values...) {
			t.Errorf("%s=%.40q is documented and refused", p.Name, values)
		}
	}
	refuse := func(values ...string) {
		t.Helper()
		if !fails(values...) {
			t.Errorf("%s=%.40q is not documented and accepted", p.Name, values)
		}
	}
	schema, many := p.Schema.Value, false
	if schema.Type.Is("array") {
		many = p.Explode == nil || *p.Explode
		if schema.MaxItems != nil {
			var values []string
			for i := range int(*schema.MaxItems) + 1 {
				value := strconv.Itoa(1950 + i)
				if f := search.FacetOf(p.Name); f != nil && f.Shape != nil { // its example in other years
					value = anyYear.ReplaceAllStringFunc(f.Shape.Example, func(s string) string {
						year, _ := strconv.Atoi(s)
						return strconv.Itoa(year - 70 + i)
					})
				}
				values = append(values, value)
			}
			accept(values[1:]...)
			refuse(values...)
		}
		schema = schema.Items.Value
	}
	accept("")
	for _, v := range schema.Enum {
		accept(v.(string))
	}
	if len(schema.Enum) > 0 {
		refuse("no such choice")
	}
	if schema.Min != nil {
		accept(strconv.Itoa(int(*schema.Min)))
		refuse(strconv.Itoa(int(*schema.Min) - 1))
		refuse("x")
		refuse(strconv.Itoa(int(*schema.Max) + 1))
		refuse("99999999999999999999")
	}
	if schema.MaxLength != nil {
		accept(strings.Repeat("a", int(*schema.MaxLength)))
		refuse(strings.Repeat("a", int(*schema.MaxLength)+1))
	}
	switch {
	case schema.Format == "date":
		accept("2020-02-29")
		refuse("2021-02-29")
		refuse("05/10/2020")
	case p.Name == "added":
		for _, right := range []string{"1d", "366d", "2020-02-29", "2020-02-29T01:02:03Z", "2020-02-29T01:02:03.5+07:00"} {
			if accept(right); !regexp.MustCompile(schema.Pattern).MatchString(right) {
				t.Errorf("added=%s is not documented", right)
			}
		}
		for _, wrong := range []string{"0d", "367d", "7", "2021-02-29", "2020-02-29T01:02", "1899-01-01"} {
			refuse(wrong)
		}
	case schema.Pattern != "":
		example := search.FacetOf(p.Name).Shape.Example
		accept(example)
		refuse(anyYear.ReplaceAllString(example, "1899"))
		refuse(example + "0")
	}
	if !many && len(schema.Enum) > 0 && p.Name != "facets" {
		refuse(schema.Enum[0].(string), schema.Enum[0].(string))
	}
	if schema.Default != nil {
		value := strings.TrimSuffix(strings.Trim(stringOf(schema.Default), `"`), ".0")
		q, _ := search.FromValues(url.Values{p.Name: {value}})
		if got := q.Values().Encode(); got != "" {
			t.Errorf("default %s of %s is not that of search.FromValues: %s", value, p.Name, got)
		}
	}
}

func stringOf(v any) string {
	if f, ok := v.(float64); ok {
		return strconv.Itoa(int(f))
	}
	return v.(string)
}

// TestFacetsInDocument: the document offers every facet to count and every
// dimension of cubes.
func TestFacetsInDocument(t *testing.T) {
	s, _ := service(t, Config{})
	doc := document(t, s)
	for _, c := range []struct {
		path, name string
		want       []string
	}{
		{"/api/v1/search", "facets", append(slices.Clone(search.Facets), "none")},
		{"/api/v1/stats", "by", search.Dimensions},
	} {
		var got []string
		for _, v := range doc.Paths.Find(c.path).Get.Parameters.GetByInAndName("query", c.name).Schema.Value.Items.Value.Enum {
			got = append(got, v.(string))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s of %s offers %q, want %q", c.name, c.path, got, c.want)
		}
	}
}

// describedSchema is a schema of the document in JSON, because validators drop
// descriptions beside a $ref.
type describedSchema struct {
	Description string
	Properties  map[string]*describedSchema
	Items       *describedSchema
}

func (d *describedSchema) properties() map[string]*describedSchema {
	if d == nil {
		return nil
	}
	return d.Properties
}

// TestEverythingIsDescribed fails for a field, parameter, tag, operation or answer
// without a description in either language, and for a row of the tables that
// describes nothing.
func TestEverythingIsDescribed(t *testing.T) {
	s, _ := service(t, Config{})
	texts := map[string]locale.Text{}
	usedFields, usedParameters := map[string]bool{"cell.count": true, "cell.dimension": true}, map[string]bool{}
	for i, language := range locale.All {
		var doc struct {
			Info struct{ Description string }
			Tags []struct{ Name, Description string }
			// by path and method
			Paths map[string]map[string]struct {
				OperationID string
				Summary     string
				Tags        []string
				Parameters  []struct{ Name, Description string }
				Responses   map[string]struct{ Description string }
			}
			Components struct{ Schemas map[string]*describedSchema }
		}
		if err := json.Unmarshal(get(t, s, "/openapi.json?lang="+language).Body.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		note := func(what, text string) {
			if text == "" {
				t.Errorf("%s has no words in %s", what, language)
			}
			all := texts[what]
			all[i] = text
			texts[what] = all
		}
		note("info", doc.Info.Description)
		known := map[string]bool{}
		for _, tag := range doc.Tags {
			note("tag "+tag.Name, tag.Description)
			known[tag.Name] = true
		}
		for path, item := range doc.Paths {
			for method, op := range item {
				name := method + " " + path
				note(name, op.Summary)
				if len(op.Tags) != 1 || !known[op.Tags[0]] {
					t.Errorf("%s has the tags %q", name, op.Tags)
				}
				for _, p := range op.Parameters {
					note("parameter "+name+" "+p.Name+" (texts/parameters.txt)", p.Description)
					usedParameters[keyOf(parameters, op.OperationID+" "+p.Name, p.Name)] = true
				}
				for status, r := range op.Responses {
					note(name+" "+status, r.Description)
				}
			}
		}
		walk := func(schema string, d *describedSchema) {
			for name, p := range d.Properties {
				note("field "+schema+"."+name+" (texts/fields.txt)", p.Description)
				usedFields[keyOf(fields, schema+"."+name, name)] = true
				for name, inner := range p.Items.properties() {
					note("field of a cell "+name, inner.Description)
				}
			}
		}
		for name, d := range doc.Components.Schemas {
			walk(name, d)
		}
	}
	for what, all := range texts {
		if slices.Contains(all[1:], all[0]) {
			t.Errorf("%s is the same in two languages: %q", what, all[0])
		}
	}
	for row := range fields {
		if !usedFields[row] {
			t.Errorf("fields describes %q, which no schema has", row)
		}
	}
	for row := range parameters {
		if !usedParameters[row] {
			t.Errorf("parameters describes %q, which no operation has", row)
		}
	}
	slugs := map[string]bool{}
	for _, k := range append([]kind{badParams}, kinds...) {
		slugs[k.slug], slugs[k.slug+" detail"] = true, true
	}
	for row := range problemTexts {
		if !slugs[row] {
			t.Errorf("texts/problems.txt has %q, which is no problem", row)
		}
	}
	if len(problemTexts) != len(slugs) {
		t.Errorf("%d texts of problems, want %d", len(problemTexts), len(slugs))
	}
}

// keyOf is the key of the row that describes a name.
func keyOf(table map[string]locale.Row, special, general string) string {
	if _, ok := table[special]; ok {
		return special
	}
	return general
}

// TestLanguageOfDocuments: lang has priority over Accept-Language.
func TestLanguageOfDocuments(t *testing.T) {
	s, _ := service(t, Config{PublicURL: "https://tra-cuu.example.vn"})
	for _, tt := range []struct{ target, accept, want, text string }{
		{"/openapi.json", "", "vi", "Tìm kiếm toàn văn"},
		{"/openapi.json", "en", "en", "Full-text search"},
		{"/openapi.json?lang=vi", "en", "vi", "Tìm kiếm toàn văn"},
		{"/openapi.json?lang=en", "vi", "en", `"url":"https://tra-cuu.example.vn"`},
		{"/docs", "", "vi", "Các loại lỗi"},
		{"/docs?lang=en", "", "en", "Kinds of problems"},
	} {
		w := get(t, s, tt.target, "Accept-Language", tt.accept)
		if got := w.Header().Get("Content-Language"); w.Code != 200 || got != tt.want || !strings.Contains(w.Body.String(), tt.text) {
			t.Errorf("%s for %q: %d in %s, want %s with %q", tt.target, tt.accept, w.Code, got, tt.want, tt.text)
		}
	}
	if p := decode[Problem](t, get(t, s, "/docs?lang=fr"), 400); len(p.Errors) != 1 || p.Errors[0].Parameter != "lang" {
		t.Errorf("lang=fr: %+v", p)
	}
}
