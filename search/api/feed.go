package api

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// atomFeed and the types below are an Atom feed (RFC 4287).
type atomFeed struct {
	XMLName xml.Name     `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string       `xml:"xml:lang,attr"`
	ID      string       `xml:"id"`
	Title   string       `xml:"title"`
	Updated string       `xml:"updated"`
	Author  atomAuthor   `xml:"author"`
	Links   []atomLink   `xml:"link"`
	Entries []*atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Author     *atomAuthor    `xml:"author,omitempty"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
}

// articlePage is the path of an article's page, before its identifier.
const articlePage = "/bai-viet/"

// feed answers any search as an Atom feed, newest first unless sort says
// otherwise.
func (s *Service) feed(c *gin.Context) error {
	q, v, err := query(c)
	if err != nil {
		return err
	}
	if v.Get("sort") == "" {
		q.Sort = search.SortNewest
	}
	q.Facets, q.Counted = nil, true
	var results *search.Results
	var info search.Info
	err = s.askCached(c, func(ctx context.Context, e search.Engine) (err error) {
		info = e.Info()
		results, err = e.Search(ctx, q)
		return err
	})
	if err != nil {
		return err
	}
	b := bytes.NewBufferString(xml.Header)
	if err := xml.NewEncoder(b).Encode(s.feedOf(c.Request, q, v, results, info)); err != nil {
		return fmt.Errorf("encode feed: %w", err)
	}
	return s.bytes(c, typeAtom, b.Bytes())
}

func (s *Service) feedOf(r *http.Request, q search.Query, v url.Values, results *search.Results, info search.Info) atomFeed {
	base, encoded := s.baseURL(r), v.Encode()
	self, page := base+"/feed.atom", base+"/"
	if encoded != "" {
		self, page = self+"?"+encoded, page+"?"+encoded
	}
	f := atomFeed{
		Lang: locale.Vietnamese, ID: tagURI("feed", encoded), Title: "Nghị quyết", Updated: info.Created, Author: atomAuthor{"nghiquyet"},
		Links: []atomLink{{"self", "application/atom+xml", self}, {"alternate", "text/html", page}},
	}
	if q.Text != "" {
		f.Title += ": " + q.Text
	}
	if _, err := time.Parse(time.RFC3339, f.Updated); err != nil {
		f.Updated = time.Unix(0, 0).UTC().Format(time.RFC3339)
	}
	for i := range results.Hits {
		f.Entries = append(f.Entries, entryOf(base, f.Updated, &results.Hits[i]))
	}
	return f
}

// entryOf makes an entry of a hit. One without a date counts as of the day the
// index was built.
func entryOf(base, updated string, h *search.Hit) *atomEntry {
	link := base + articlePage
	if h.Lesson != nil {
		link += url.PathEscape(h.Lesson.Article.ID) + "#" + url.PathEscape(h.Lesson.Anchor)
	} else {
		link += url.PathEscape(h.ID)
	}
	e := &atomEntry{ID: tagURI(h.Type, h.ID), Title: h.Title, Updated: updated, Links: []atomLink{{"alternate", "text/html", link}}}
	if day, _, err := index.ParseDate(string(h.Date)); err == nil {
		e.Updated = day.Format("2006-01-02") + "T00:00:00+07:00" // Vietnam has no summer time
	}
	if h.Author != "" {
		e.Author = &atomAuthor{string(h.Author)}
	}
	for _, t := range h.Topics {
		e.Categories = append(e.Categories, atomCategory{t})
	}
	for _, snippet := range h.Snippets {
		if snippet.Field != "text" {
			continue
		}
		for _, run := range snippet.Runs {
			e.Summary += run.Text
		}
		break
	}
	return e
}

// tagURI is a name that stays the same wherever the service is reached (RFC
// 4151).
func tagURI(what, id string) string {
	return "tag:nghiquyet,2026:" + what + "/" + url.PathEscape(id)
}

// baseURL is where the reader reaches the service, without a slash at the end.
func (s *Service) baseURL(r *http.Request) string {
	if s.cfg.PublicURL != "" {
		return strings.TrimRight(s.cfg.PublicURL, "/")
	}
	scheme := "http"
	if _, forwarded := s.proxies.client(r); r.TLS != nil || forwarded && r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return (&url.URL{Scheme: scheme, Host: r.Host}).String()
}
