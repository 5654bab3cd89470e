package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// Themes of the pages; "" is the theme of the reader's system.
const (
	themeLight = "light"
	themeDark  = "dark"
)

// Cookies that remember a choice.
const (
	langCookie  = "nq_lang"
	themeCookie = "nq_theme"
	cookieAge   = 365 * 24 * 60 * 60 // seconds
)

// reader has the settings of the reader who made a request.
type reader struct {
	Lang  string // vi or en
	Theme string // light, dark or ""
	here  *url.URL
}

// asker is the engine of the generation that a page is made from, with the
// context of the request. After the first error err it asks no more and returns empty
// answers; [site.ask] then returns the error, and the page is not shown.
type asker struct {
	ctx context.Context
	search.Engine
	err error
}

func (a *asker) results(q search.Query) *search.Results {
	return answer(a, &search.Results{}, func() (*search.Results, error) { return a.Search(a.ctx, q) })
}

func (a *asker) cube(q search.Query, by ...string) *search.Cube {
	return answer(a, &search.Cube{}, func() (*search.Cube, error) { return a.Stats(a.ctx, search.StatsQuery{Query: q, By: by}) })
}

func (a *asker) citations(q search.Query, n int) []search.Cited {
	return answer(a, nil, func() ([]search.Cited, error) { return a.Citations(a.ctx, q, n) })
}

// answer returns an answer, after an error the empty one.
func answer[T any](a *asker, empty T, ask func() (T, error)) T {
	if a.err == nil {
		var found T
		if found, a.err = ask(); a.err == nil {
			return found
		}
	}
	return empty
}

// readerOf takes language and theme from the address (lang=, theme=), which sets
// the cookies, else from the cookies, else from the browser.
func (s *site) readerOf(w http.ResponseWriter, req *http.Request) reader {
	v := req.URL.Query()
	choose := func(param, cookie string, choices ...string) string {
		if choice := v.Get(param); slices.Contains(choices, choice) {
			http.SetCookie(w, &http.Cookie{
				Name: cookie, Value: choice, Path: cmp.Or(s.service.Base(), "/"), MaxAge: cookieAge,
				SameSite: http.SameSiteLaxMode, Secure: req.TLS != nil, HttpOnly: true,
			})
			return choice
		}
		if kept, err := req.Cookie(cookie); err == nil && slices.Contains(choices, kept.Value) {
			return kept.Value
		}
		return ""
	}
	// Whatever the browser prefers: office computers here run English Windows more
	// often than not.
	lang := cmp.Or(choose("lang", langCookie, locale.All...), locale.Vietnamese)
	theme := choose("theme", themeCookie, themeLight, themeDark, "auto")
	return reader{Lang: lang, Theme: strings.TrimPrefix(theme, "auto"), here: req.URL}
}

// Here is the address of this page.
func (r reader) Here() string { return r.here.RequestURI() }

// With returns the address of this page with one parameter set.
func (r reader) With(name, value string) string {
	v := r.here.Query()
	v.Del("lang")
	v.Del("theme")
	v.Set(name, value)
	return r.here.EscapedPath() + "?" + v.Encode()
}

// unchanged sets the validator of a page and reports whether the reader has that
// page already. It depends on cookies too, which Vary states.
func (s *site) unchanged(c *gin.Context, r reader, generation string) bool {
	varies(c.Writer.Header())
	return s.service.Unchanged(c, generation, s.assets.version, s.service.BaseURL(c.Request), r.Lang, r.Theme)
}
