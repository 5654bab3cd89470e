package api

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"nghiquyet/search"
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

// TestAnswersConform asks every operation, well and badly, and holds each answer
// to the document.
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

// TestParamsAgree walks the parameters in the document and holds search.FromValues
// to what the document says of each.
func TestParamsAgree(t *testing.T) {
	s, _ := service(t, Config{})
	doc := document(t, s)
	_, errs := search.FromValues(url.Values{"?": {"1"}})
	_, list, _ := strings.Cut(errs[0].RightEN, ": ")
	known := strings.Split(list, ", ")
	slices.Sort(known)

	for path, extra := range map[string][]string{
		"/api/v1/search": nil, "/api/v1/citations": nil, "/api/v1/citations/{number}": nil, "/feed.atom": nil,
		"/api/v1/export": {"format"}, "/api/v1/stats": {"by", "format"},
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
				values = append(values, strconv.Itoa(1950+i))
				if p.Name == "month" {
					values[i] += "-02"
				}
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
	case strings.Contains(schema.Pattern, "{2}-"):
		accept("2020-10")
		refuse("2020-13")
	case schema.Pattern != "":
		accept("2020")
		refuse("1899")
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
