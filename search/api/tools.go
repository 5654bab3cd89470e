package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"nghiquyet/search/locale"
)

// InputSchema states the types of the named parameters of an operation, as the
// properties of one object. It fails for a name that the operation does not have.
func (s *Service) InputSchema(id string, names ...string) (*huma.Schema, error) {
	object := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}, AdditionalProperties: false}
	d := describer{s, locale.Vietnamese, huma.NewMapRegistry(refs, huma.DefaultSchemaNamer)}
	ops := s.operations()
	i := slices.IndexFunc(ops, func(o operation) bool { return o.id == id })
	if i < 0 {
		return nil, fmt.Errorf("no operation %q", id)
	}
	for _, p := range d.params(id, reflect.TypeOf(ops[i].params)) {
		if !slices.Contains(names, p.Name) {
			continue
		}
		object.Properties[p.Name] = p.Schema
		if p.Required {
			object.Required = append(object.Required, p.Name)
		}
	}
	if len(object.Properties) != len(names) {
		return nil, fmt.Errorf("operation %q has not all of the parameters %v", id, names)
	}
	return object, nil
}

// ErrorText describes an error for a program that gets no problem document: its
// kind, what to do, each wrong parameter.
func ErrorText(ctx context.Context, err error, language string) string {
	r := (&http.Request{URL: &url.URL{}}).WithContext(ctx)
	p := ProblemOf(r, err, language)
	lines := []string{p.Title + ". " + p.Detail}
	for _, e := range p.Errors {
		lines = append(lines, fmt.Sprintf("%s=%q: %s; %s", e.Parameter, e.Value, e.Wrong, e.Right))
	}
	return strings.Join(lines, "\n")
}

// Permalink returns the address of the page of an article below base, at an anchor;
// an empty anchor is its beginning.
func Permalink(base, id, anchor string) string {
	if anchor == "" {
		return base + articleAddress(id)
	}
	return base + articleAddress(id) + "#" + url.PathEscape(anchor)
}

// MountLocal adds a handler for POST requests of programs. It rejects requests that
// pages of other sites send through a browser, and requests whose Host is neither
// this machine nor the host of PublicURL, because another name may resolve to this
// machine (DNS rebinding).
func (s *Service) MountLocal(path string, h http.Handler) {
	sites := http.NewCrossOriginProtection()
	s.router.POST(path, func(c *gin.Context) {
		if !s.ownName(c.Request) || sites.Check(c.Request) != nil {
			s.Fail(c, errForeign)
			return
		}
		c.Header("Cache-Control", "no-store")
		h.ServeHTTP(c.Writer, c.Request)
	})
}

// ownName reports whether the Host of a request is this machine or the host of
// PublicURL.
func (s *Service) ownName(r *http.Request) bool {
	public, err := url.Parse(s.cfg.PublicURL)
	return ownHost(r) || err == nil && public.Host != "" && strings.EqualFold(public.Host, r.Host)
}
