package api

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"nghiquyet/search/locale"
)

//go:embed docs.html docs.css
var docsFiles embed.FS

// docsParam is one parameter as /docs shows it.
type docsParam struct {
	*huma.Param
	Type    string
	Choices []any
}

// docsOperation is one operation as /docs shows it.
type docsOperation struct {
	*huma.Operation
	Params   []docsParam
	Statuses []string
	Media    []string
}

// docsOf makes the page at /docs from the OpenAPI document in a language, in the order
// of the table of routes, followed by the table of problems. content is the page's
// content, alone a complete page.
func docsOf(ops []operation, doc *huma.OpenAPI, language string) (content, alone []byte, err error) {
	page := struct {
		Lang       string
		Doc        *huma.OpenAPI
		Operations []docsOperation
		Problems   []docsProblem
	}{Lang: language, Doc: doc}
	for _, o := range ops {
		item := doc.Paths[o.path]
		op := item.Get
		if o.method != "GET" {
			op = item.Post
		}
		d := docsOperation{Operation: op, Media: o.media()}
		for _, p := range op.Parameters {
			d.Params = append(d.Params, docsParam{p, typeOf(p.Schema), choices(p.Schema)})
		}
		d.Statuses = slices.Sorted(maps.Keys(op.Responses))
		page.Operations = append(page.Operations, d)
	}
	for _, k := range append([]kind{badParams}, kinds...) {
		if k.status != statusClientGone {
			page.Problems = append(page.Problems, docsProblem{k.slug, k.status, k.title(language), k.detail(language)})
		}
	}
	t, err := template.New("docs.html").Funcs(template.FuncMap{
		"languages": func() []locale.Language { return locale.Languages[:] },
		"t": func(texts ...string) (string, error) {
			if len(texts) != len(locale.All) {
				return "", fmt.Errorf("docs.html: the text %q is not in all languages", texts)
			}
			return locale.Text(texts).In(language), nil
		},
	}).ParseFS(docsFiles, "docs.html")
	if err != nil {
		return nil, nil, err
	}
	var c, a bytes.Buffer
	err = errors.Join(t.ExecuteTemplate(&c, "content", page), t.ExecuteTemplate(&a, "standalone", page))
	return c.Bytes(), a.Bytes(), err
}

// ShowDocs makes /docs show its content through the handler that frame returns, so
// that it looks like the other pages. content returns the content in a language. It
// must be called before the service serves.
func (s *Service) ShowDocs(frame func(content func(language string) (template.HTML, error)) gin.HandlerFunc) {
	s.framed = frame(func(language string) (template.HTML, error) {
		d, err := s.described[language]()
		return template.HTML(d.content), err // of our template
	})
}

// docsProblem is one row of the table of problems.
type docsProblem struct {
	Slug          string
	Status        int
	Title, Advice string
}

func typeOf(s *huma.Schema) string {
	if s.Type == huma.TypeArray {
		return typeOf(s.Items) + "[]"
	}
	if s.Format == "date" {
		return s.Format
	}
	return s.Type
}

func choices(s *huma.Schema) []any {
	if s.Type == huma.TypeArray {
		return choices(s.Items)
	}
	return s.Enum
}

// docsPage answers with the page, which loads nothing from other hosts.
func (s *Service) docsPage(c *gin.Context) error {
	if given := c.Query("lang"); s.framed != nil && (given == "" || slices.Contains(locale.All, given)) {
		s.framed(c)
		return nil
	}
	return s.inLanguage(c, typeHTML, func(d *description) []byte { return d.docs })
}

// docsStyle answers with the style sheet of that page.
func (s *Service) docsStyle(c *gin.Context) error {
	b, err := docsFiles.ReadFile("docs.css")
	if err != nil {
		return err
	}
	return s.fixed(c, typeCSS, b)
}
