package web

import (
	"context"
	"hash/fnv"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
)

// Languages of the pages.
const (
	vietnamese = "vi"
	english    = "en"
)

// Themes of the pages; "" is that of the reader's system.
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

// reader is how a page is to look for who asked.
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

// readerOf takes language and theme from the address (lang=, theme=), where
// given remembers them, else from the cookies, else from the browser.
func readerOf(c *gin.Context) reader {
	v := values(c)
	choose := func(param, cookie string, choices ...string) string {
		for _, choice := range choices {
			if v.Get(param) == choice {
				http.SetCookie(c.Writer, &http.Cookie{
					Name: cookie, Value: choice, Path: "/", MaxAge: cookieAge,
					SameSite: http.SameSiteLaxMode, Secure: c.Request.TLS != nil, HttpOnly: true,
				})
				return choice
			}
		}
		if kept, err := c.Request.Cookie(cookie); err == nil {
			for _, choice := range choices {
				if kept.Value == choice {
					return choice
				}
			}
		}
		return ""
	}
	r := reader{Lang: choose("lang", langCookie, vietnamese, english), here: c.Request.URL}
	r.Theme = choose("theme", themeCookie, themeLight, themeDark, "auto")
	if r.Theme == "auto" {
		r.Theme = ""
	}
	if r.Lang == "" {
		// Whatever the browser prefers: office computers here run English
		// Windows more often than not.
		r.Lang = vietnamese
	}
	return r
}

// Here is the address of this page.
func (r reader) Here() string { return r.here.RequestURI() }

// With is the address of this page with one parameter set.
func (r reader) With(name, value string) string {
	v, _ := url.ParseQuery(r.here.RawQuery)
	v.Del("lang")
	v.Del("theme")
	v.Set(name, value)
	return r.here.EscapedPath() + "?" + v.Encode()
}

// unchanged sets the validator of a page, and answers 304 and returns true
// where the reader has that very page. The browser keeps the page and asks each
// time: a new generation is seen at once.
func (s *site) unchanged(c *gin.Context, r reader, generation string) bool {
	h := fnv.New64a()
	for _, part := range []string{generation, s.cfg.Version, s.assets.version, r.Lang, r.Theme} {
		h.Write([]byte(part + "\x00"))
	}
	tag := `"` + strconv.FormatUint(h.Sum64(), 36) + `"`
	c.Header("ETag", "W/"+tag)
	c.Header("Cache-Control", "private, no-cache")
	for given := range strings.SplitSeq(strings.Join(c.Request.Header.Values("If-None-Match"), ","), ",") {
		if strings.TrimPrefix(strings.TrimSpace(given), "W/") == tag {
			c.Status(http.StatusNotModified)
			c.Writer.WriteHeaderNow()
			return true
		}
	}
	return false
}
