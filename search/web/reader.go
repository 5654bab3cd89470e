package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"

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
// context of the request.
type asker struct {
	ctx context.Context
	search.Engine
}

// readerOf takes language and theme from the address (lang=, theme=), which sets
// the cookies, else from the cookies, else from the browser.
func (s *site) readerOf(w http.ResponseWriter, req *http.Request) reader {
	v := values(req)
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
	r := reader{Lang: choose("lang", langCookie, locale.All...), here: req.URL}
	r.Theme = choose("theme", themeCookie, themeLight, themeDark, "auto")
	if r.Theme == "auto" {
		r.Theme = ""
	}
	if r.Lang == "" {
		// Whatever the browser prefers: office computers here run English
		// Windows more often than not.
		r.Lang = locale.Vietnamese
	}
	return r
}

// Here is the address of this page.
func (r reader) Here() string { return r.here.RequestURI() }

// With returns the address of this page with one parameter set.
func (r reader) With(name, value string) string {
	v, _ := url.ParseQuery(r.here.RawQuery)
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
