package web

import (
	"html/template"

	"github.com/gin-gonic/gin"

	"nghiquyet/search/api"
)

// docsPath is the page of the API for people; package api makes its content.
const docsPath = "/docs"

// docs shows the content of the page of the API, which it has in each language.
func (s *site) docs(content func(lang string) (template.HTML, error)) gin.HandlerFunc {
	return s.serve(func(c *gin.Context, r reader) (*page, error) {
		if s.unchanged(c, r, "docs") {
			return nil, api.ErrNotModified
		}
		view, err := content(r.Lang)
		return &page{Name: "docs", Title: say(r.Lang, "api"), Path: docsPath, View: view, Canonical: docsPath}, err
	})
}
