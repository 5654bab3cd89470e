package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// basePath matches a base path: segments of characters that proxies do not rewrite.
var basePath = regexp.MustCompile(`^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$`)

// ErrBase is for a malformed base path or public URL, and for a base path that
// looks like a path of the service.
var ErrBase = errors.New("base path")

// settleBase sets BasePath and PublicURL from one another, both without a slash at
// the end.
func (c *Config) settleBase() error {
	c.BasePath, c.PublicURL = strings.TrimRight(c.BasePath, "/"), strings.TrimRight(c.PublicURL, "/")
	if c.PublicURL != "" {
		u, err := url.Parse(c.PublicURL)
		if err != nil || u.Host == "" {
			return fmt.Errorf("%w: public URL %q: want an address such as https://timkiem.example.vn", ErrBase, c.PublicURL)
		}
		switch path := u.EscapedPath(); {
		case path == "":
			c.PublicURL += c.BasePath
		case c.BasePath == "":
			c.BasePath = path
		case c.BasePath != path:
			return fmt.Errorf("%w %q: the public URL %q has another", ErrBase, c.BasePath, c.PublicURL)
		}
	}
	if c.BasePath != "" && !basePath.MatchString(c.BasePath) {
		return fmt.Errorf("%w %q: want a path such as /tra-cuu", ErrBase, c.BasePath)
	}
	return nil
}

// Base returns the path at the beginning of every link: "" at the root of a host,
// else such as /tra-cuu.
func (s *Service) Base() string { return s.cfg.BasePath }

// Site returns the address at the beginning of every page's address: with scheme
// and host if PublicURL is configured, else only the base path.
func (s *Service) Site() string {
	if s.cfg.PublicURL != "" {
		return s.cfg.PublicURL
	}
	return s.cfg.BasePath
}

// CheckBase rejects a base path that begins like a route: where a proxy removes the
// base path, the route would be taken for it. It must be called when
// all pages are mounted.
func (s *Service) CheckBase() error {
	first := func(path string) string {
		segment, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		return segment
	}
	for _, route := range s.router.Routes() {
		if base := first(s.cfg.BasePath); base != "" && base == first(route.Path) {
			return fmt.Errorf("%w %q: the service itself has paths under /%s", ErrBase, s.cfg.BasePath, base)
		}
	}
	return nil
}

// inside returns a request without the base path, if its proxy has left it there.
func (s *Service) inside(r *http.Request) *http.Request {
	path, ok := strings.CutPrefix(r.URL.Path, s.cfg.BasePath)
	if s.cfg.BasePath == "" || !ok || path != "" && path[0] != '/' {
		return r
	}
	in, u := *r, *r.URL
	in.URL = &u
	u.RawPath = strings.TrimPrefix(u.RawPath, s.cfg.BasePath)
	if u.Path = path; path == "" {
		u.Path = "/"
	}
	return &in
}

// UnderBase puts the base path before the paths in a page, in the attributes in
// which our templates have addresses. Texts cannot contain such an attribute,
// because their quotation marks are escaped.
func (s *Service) UnderBase(page []byte) []byte {
	if s.cfg.BasePath == "" {
		return page
	}
	return []byte(s.links.Replace(string(page)))
}

// newLinks returns the replacer for UnderBase.
func newLinks(base string) *strings.Replacer {
	var pairs []string
	for _, attribute := range []string{"href", "src", "action", "formaction"} {
		pairs = append(pairs, ` `+attribute+`="/`, ` `+attribute+`="`+base+`/`)
	}
	return strings.NewReplacer(pairs...)
}
