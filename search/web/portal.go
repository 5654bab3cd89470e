package web

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/locale"
)

// What crawlers and browsers look for.
const (
	robotsPath     = "/robots.txt"
	sitemapPath    = "/sitemap.xml"
	openSearchPath = "/opensearch.xml"
)

// maxSitemap is how many articles a sitemap has: the last that entered.
const maxSitemap = 1000

// siteOf returns the absolute address of the service, "" if it is unknown.
func (s *site) siteOf(r *http.Request) string {
	if base := s.service.BaseURL(r); strings.Contains(base, "://") {
		return base
	}
	return ""
}

// robots excludes addresses through which a crawler would fetch the same documents
// again and again: filters, downloads, feeds and the API.
func (s *site) robots(c *gin.Context) {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, path := range []string{"/api/", api.FeedPath, citedCSVPath, searchPath + "?", dashboardPath + "?", comparePath + "?", "/*?"} {
		fmt.Fprintf(&b, "Disallow: %s%s\n", s.service.Base(), path)
	}
	if base := s.siteOf(c.Request); base != "" {
		fmt.Fprintf(&b, "Sitemap: %s%s\n", base, sitemapPath)
	}
	c.Header("Cache-Control", "public, max-age=3600")
	c.Data(http.StatusOK, "text/plain; charset=utf-8", []byte(b.String()))
}

// sitemap names the articles that entered the index last.
func (s *site) sitemap(c *gin.Context) {
	type location struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod,omitempty"`
	}
	var out struct {
		XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []location `xml:"url"`
	}
	base := s.siteOf(c.Request)
	if base == "" {
		s.service.Fail(c, api.ErrNoRoute) // a sitemap has absolute addresses
		return
	}
	q := search.Query{Counted: true, Sort: search.SortAdded, Size: search.MaxSize, Facets: []string{}}
	err := s.ask(c, s.readerOf(c.Writer, c.Request), func(a *asker) {
		for len(out.URLs) < maxSitemap {
			res := a.results(q)
			for _, h := range res.Hits {
				out.URLs = append(out.URLs, location{base + articleOf(h.ID, "", ""), string(h.Updated)})
			}
			if q.Cursor = string(res.NextCursor); q.Cursor == "" {
				break
			}
		}
	})
	if err != nil {
		s.service.Fail(c, err)
		return
	}
	s.xml(c, "application/xml; charset=utf-8", &out)
}

// openSearch describes the search to browsers, which can offer it as a search
// engine (OpenSearch 1.1).
func (s *site) openSearch(c *gin.Context) {
	base := s.siteOf(c.Request)
	if base == "" {
		s.service.Fail(c, api.ErrNoRoute)
		return
	}
	type address struct {
		Type     string `xml:"type,attr"`
		Rel      string `xml:"rel,attr,omitempty"`
		Template string `xml:"template,attr"`
	}
	lang := locale.Vietnamese
	c.Header("Cache-Control", "public, max-age=3600")
	s.xml(c, "application/opensearchdescription+xml; charset=utf-8", &struct {
		XMLName     xml.Name  `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
		ShortName   string    `xml:"ShortName"`
		Description string    `xml:"Description"`
		Language    string    `xml:"Language"`
		Input       string    `xml:"InputEncoding"`
		Image       string    `xml:"Image"`
		URLs        []address `xml:"Url"`
	}{
		ShortName: say(lang, "brand"), Description: say(lang, "brand.long"), Language: lang, Input: "UTF-8", Image: base + iconPath,
		URLs: []address{
			{"text/html", "", base + searchPath + "?q={searchTerms}"},
			{"application/atom+xml", "", base + api.FeedPath + "?q={searchTerms}"},
			{"application/opensearchdescription+xml", "self", base + openSearchPath},
		},
	})
}

func (s *site) xml(c *gin.Context, media string, v any) {
	b := bytes.NewBufferString(xml.Header)
	if err := xml.NewEncoder(b).Encode(v); err != nil {
		s.service.Fail(c, fmt.Errorf("encode %s: %w", c.Request.URL.Path, err))
		return
	}
	c.Data(http.StatusOK, media, b.Bytes())
}

// unfollowed are the beginnings of addresses of filters and downloads, of which each
// leads a crawler to more of the same.
var unfollowed = []string{
	searchPath + "?", dashboardPath + "?", citedCSVPath, basketPath + "?", followPath + "?", basketTextPath, comparePath + "?", "/api/",
}

// unfollow marks links to filters, downloads and feeds for crawlers. The links of pages
// have a rel of their own.
func unfollow(page string) []byte {
	const href = ` href="`
	out := make([]byte, 0, len(page)+len(page)/8)
	for {
		before, after, found := strings.Cut(page, href+"/")
		out = append(out, before...)
		if !found {
			return out
		}
		to := page[len(before)+len(href):]
		related := strings.HasSuffix(before, `rel="prev"`) || strings.HasSuffix(before, `rel="next"`)
		feed := strings.HasSuffix(before, "<a") && strings.HasPrefix(to, api.FeedPath)
		if feed || !related && slices.ContainsFunc(unfollowed, func(path string) bool { return strings.HasPrefix(to, path) }) {
			out = append(out, ` rel="nofollow"`...)
		}
		out = append(append(out, href...), '/')
		page = after
	}
}
