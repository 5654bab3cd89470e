package web_test

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"nghiquyet/search"
	"nghiquyet/search/api"
)

// shut reports whether robots.txt excludes an address (RFC 9309, without $).
func shut(robots, address string) bool {
	for line := range strings.Lines(robots) {
		rule, ok := strings.CutPrefix(strings.TrimSpace(line), "Disallow: ")
		if !ok {
			continue
		}
		start, rest, wild := strings.Cut(rule, "*")
		if after, begins := strings.CutPrefix(address, start); begins && (!wild || strings.Contains(after, rest)) {
			return true
		}
	}
	return false
}

// TestCrawlersAreLedToArticles: filters and downloads are shut and marked, articles
// are not.
func TestCrawlersAreLedToArticles(t *testing.T) {
	s := site(t)
	res := get(t, s, "/robots.txt", "Accept", "text/plain")
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 200 || !strings.Contains(string(text), "Sitemap: "+s.URL+"/sitemap.xml") {
		t.Fatalf("robots.txt: %d, %q, %v", res.StatusCode, text, err)
	}
	robots := string(text)
	for address, want := range map[string]bool{
		"/": false, "/bai-viet/bang": false, "/bang-dieu-khien": false, "/tro-giup": false, "/sitemap.xml": false,
		"/?year=2020": true, "/bang-dieu-khien?year=2020": true, "/so-sanh?province=gia-lai": true, "/feed.atom": true, "/feed.atom?q=a": true,
		"/api/v1/export?format=csv": true, "/api/v1/search": true, "/bai-viet/bang?q=mot": true, "/bang-dieu-khien/vien-dan.csv": true,
	} {
		if shut(robots, address) != want {
			t.Errorf("robots.txt shuts %s: %v, want %v", address, !want, want)
		}
	}
	marked := 0
	for _, path := range []string{"/", "/?q=dan&year=2020&size=1", "/bai-viet/gia-lai-2020-phuong-thuc-lanh-dao", "/bang-dieu-khien", "/so-sanh?province=gia-lai", "/moi-nhat"} {
		doc := page(t, s, path, 200)
		if wants := strings.Contains(path, "?"); (attr(doc, "meta[name=robots]", "content") == "noindex") != wants {
			t.Errorf("%s has noindex: %v, want %v", path, !wants, wants)
		}
		doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			u, err := url.Parse(a.AttrOr("href", ""))
			rel := a.AttrOr("rel", "")
			if err != nil || u.Host != "" || u.Path == "" || rel == "prev" || rel == "next" || strings.HasPrefix(u.Path, "/bai-viet/") {
				return
			}
			if u.Query().Has("lang") || u.Query().Has("theme") {
				return // the same page in other clothes
			}
			want := shut(robots, u.RequestURI())
			if want {
				marked++
			}
			if strings.Contains(rel, "nofollow") != want {
				t.Errorf("%s: the link to %s has the rel %q", path, u, rel)
			}
		})
	}
	if marked < 100 {
		t.Errorf("%d links are marked", marked)
	}
	if got := attr(page(t, s, "/bai-viet/bang?q=mot", 200), "link[rel=canonical]", "href"); got != s.URL+"/bai-viet/bang" {
		t.Errorf("canonical address %q", got)
	}
	if doc := page(t, s, "/khong-co", 404); attr(doc, "meta[name=robots]", "content") != "noindex" || doc.Find("link[rel=canonical]").Length() > 0 {
		t.Error("an error is a page of its own")
	}
}

// TestSitemap: every article of a small index is there, and opens.
func TestSitemap(t *testing.T) {
	s := site(t)
	var sitemap struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.NewDecoder(get(t, s, "/sitemap.xml", "Accept", "*/*").Body).Decode(&sitemap); err != nil {
		t.Fatal(err)
	}
	all, err := shared.Search(t.Context(), search.Query{})
	if err != nil || len(sitemap.URLs) != all.Total {
		t.Errorf("%d addresses of %d articles, %v", len(sitemap.URLs), all.Total, err)
	}
	for _, u := range sitemap.URLs {
		path, ok := strings.CutPrefix(u.Loc, s.URL)
		if res := get(t, s, path); !ok || res.StatusCode != 200 {
			t.Errorf("%s: %d", u.Loc, res.StatusCode)
		}
	}
	// Anybody could have written another host.
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/sitemap.xml", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "khac.example.vn"
	res, err := s.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != 404 {
		t.Errorf("for another host: %d", res.StatusCode)
	}
}

// TestOpenSearchDescription: browsers are led to it, and it to the search.
func TestOpenSearchDescription(t *testing.T) {
	s := site(t)
	path := attr(page(t, s, "/", 200), "link[rel=search]", "href")
	var description struct {
		ShortName string
		URL       []struct {
			Type     string `xml:"type,attr"`
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	res := get(t, s, path, "Accept", "*/*")
	if err := xml.NewDecoder(res.Body).Decode(&description); err != nil {
		t.Fatal(err)
	}
	if n := len([]rune(description.ShortName)); n == 0 || n > 16 { // as the format says
		t.Errorf("the short name is %q", description.ShortName)
	}
	found := strings.Replace(strings.TrimPrefix(description.URL[0].Template, s.URL), "{searchTerms}", "b%C3%A8o+l%E1%BB%A5c+b%C3%ACnh", 1)
	if doc := page(t, s, found, 200); description.URL[0].Type != "text/html" || doc.Find(".hits li").Length() == 0 {
		t.Errorf("%s finds nothing", description.URL[0].Template)
	}
}

// atNight is an engine whose index was made when the next day had begun in Vietnam.
type atNight struct{ search.Engine }

func (e atNight) Info() search.Info {
	info := e.Engine.Info()
	info.Created = "2026-11-29T18:30:00Z"
	return info
}

func TestDayOfTheIndexIsVietnams(t *testing.T) {
	s := httptest.NewServer(bounded(t, atNight{shared}, api.Config{ClientRate: -1}))
	defer s.Close()
	if got := page(t, s, "/", 200).Find(".figures time").Text(); got != "30/11/2026" {
		t.Errorf("the index is said to be of %q", got)
	}
}
