package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"nghiquyet/index"
	"nghiquyet/index/register"
	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// atomFeed and the types below are an Atom feed (RFC 4287).
type atomFeed struct {
	XMLName xml.Name     `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string       `xml:"xml:lang,attr"`
	ID      string       `xml:"id"`
	Title   string       `xml:"title"`
	About   string       `xml:"subtitle,omitempty"`
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
	Published  string         `xml:"published,omitempty"`
	Updated    string         `xml:"updated"`
	Author     *atomAuthor    `xml:"author,omitempty"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
}

// FeedPath is the path of a search as a feed.
const FeedPath = "/feed.atom"

// articlePage is the path of an article's page, before its identifier.
const articlePage = "/bai-viet/"

// feed answers any search as an Atom feed: latest entered into the index first,
// unless sort is given.
func (s *Service) feed(c *gin.Context) error {
	q, v, err := query(c)
	if err != nil {
		return err
	}
	if v.Get("sort") == "" {
		q.Sort = search.SortAdded
	}
	q.Facets, q.Counted = nil, true
	var info search.Info
	results, err := askCached(s, c, func(ctx context.Context, e search.Engine) (*search.Results, error) {
		info = e.Info()
		return arrived(ctx, e, q)
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

const (
	// feedDays is how many days of arrivals before the last one a feed contains, so
	// that a reader who fetches it now and then misses none.
	feedDays = 7
	// maxFeed is about how many entries one page of a feed has. The others are on the
	// next pages, which the feed links.
	maxFeed = 10_000
)

// arrived answers the query of a feed. In the order of arrival a night is complete:
// the requested hits are followed by those of the days before the first of them.
func arrived(ctx context.Context, e search.Engine, q search.Query) (*search.Results, error) {
	results, err := e.Search(ctx, q)
	if err != nil || q.Sort != search.SortAdded || len(results.Hits) == 0 || q.Page > 1 {
		return results, err
	}
	newest, err := time.Parse(time.RFC3339, string(results.Hits[0].Indexed))
	if err != nil {
		return results, nil
	}
	oldest := register.Stamp(newest.AddDate(0, 0, -feedDays))
	whole := *results
	whole.Hits = slices.Clone(results.Hits)
	for next := results.NextCursor; next != "" && len(whole.Hits) < maxFeed && string(whole.Hits[len(whole.Hits)-1].Indexed) > oldest; {
		q.Cursor, q.Page, q.Size = string(next), 0, search.MaxSize
		more, err := e.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, h := range more.Hits {
			if string(h.Indexed) > oldest {
				whole.Hits = append(whole.Hits, h)
			}
		}
		if next = more.NextCursor; len(more.Hits) == 0 || string(more.Hits[len(more.Hits)-1].Indexed) <= oldest {
			next = ""
		}
		whole.NextCursor = next
	}
	return &whole, nil
}

func (s *Service) feedOf(r *http.Request, q search.Query, v url.Values, results *search.Results, info search.Info) atomFeed {
	base, encoded := s.BaseURL(r), v.Encode()
	self, page := base+"/feed.atom", base+"/"
	if encoded != "" {
		self, page = self+"?"+encoded, page+"?"+encoded
	}
	f := atomFeed{
		Lang: locale.Vietnamese, ID: tagURI("feed", encoded), Title: "Nghị quyết", Updated: info.Created, Author: atomAuthor{"nghiquyet"},
		Links: []atomLink{{"self", "application/atom+xml", self}, {"alternate", "text/html", page}},
	}
	if results.NextCursor != "" && q.Page <= 1 { // RFC 5005
		next := maps.Clone(v)
		next.Del("page")
		next.Set("cursor", string(results.NextCursor))
		f.Links = append(f.Links, atomLink{"next", "application/atom+xml", base + FeedPath + "?" + next.Encode()})
		f.About = fmt.Sprintf("%d trong %d văn bản; phần tiếp theo ở liên kết rel=\"next\"", len(results.Hits), results.Total)
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
	if len(f.Entries) > 0 {
		f.Updated = slices.MaxFunc(f.Entries, func(a, b *atomEntry) int { return cmp.Compare(a.Updated, b.Updated) }).Updated
	}
	return f
}

// entryOf makes an entry of a hit. It is published on the day of the document, unless that
// is doubtful, because readers of feeds sort by it. It is updated when its content last
// changed in the index; if that is unknown, when the index was built.
func entryOf(base, updated string, h *search.Hit) *atomEntry {
	e := &atomEntry{ID: tagURI(h.Type, h.ID), Title: h.Title, Updated: updated, Links: []atomLink{{"alternate", "text/html", PermalinkOf(base, h)}}, Summary: h.Passage()}
	if day, _, err := index.ParseDate(string(h.Date)); err == nil && h.Evidence["date"].Doubt == "" {
		e.Published = day.Format("2006-01-02") + "T00:00:00+07:00" // Vietnam has no summer time
	}
	if h.Updated != "" {
		e.Updated = string(h.Updated)
	}
	if h.Author != "" {
		e.Author = &atomAuthor{string(h.Author)}
	}
	for _, t := range h.Topics {
		e.Categories = append(e.Categories, atomCategory{t})
	}
	return e
}

// PermalinkOf returns the address of the page of a hit.
func PermalinkOf(base string, h *search.Hit) string {
	if h.Lesson != nil {
		return Permalink(base, h.Lesson.Article.ID, h.Lesson.Anchor)
	}
	return Permalink(base, h.ID, "")
}

// articleAddress returns the path of the page of an article.
func articleAddress(id string) string {
	if id == "." || id == ".." { // which browsers resolve
		return articlePage + "?id=" + id
	}
	return articlePage + url.PathEscape(id)
}

// tagURI returns an identifier that does not depend on the service's address (RFC
// 4151).
func tagURI(what, id string) string {
	return "tag:nghiquyet,2026:" + what + "/" + url.PathEscape(id)
}

// BaseURL returns the address at which the reader reaches the service, without a
// slash at the end: the configured one, or that of the request if it names this
// machine by its address. Any other Host can be forged; links are then relative to
// the feed.
func (s *Service) BaseURL(r *http.Request) string {
	if s.cfg.PublicURL != "" {
		return s.cfg.PublicURL
	}
	if !ownHost(r) {
		return s.cfg.BasePath
	}
	scheme := "http"
	if _, forwarded := s.proxies.client(r); r.TLS != nil || forwarded && r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return (&url.URL{Scheme: scheme, Host: r.Host}).String() + s.cfg.BasePath
}

// ownHost reports whether a request names this machine by its address, or as
// localhost.
func ownHost(r *http.Request) bool {
	host := (&url.URL{Host: r.Host}).Hostname()
	if host == "localhost" {
		return true
	}
	given, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	own, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return given.IsLoopback() || ok && given.Unmap() == own.AddrPort().Addr().Unmap()
}
