package web_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/search/api"
	"nghiquyet/search/web"
)

// behind serves the samples behind a proxy that has them under /tra-cuu, and
// another page at all other paths.
func behind(t *testing.T, strips bool) *httptest.Server {
	t.Helper()
	var inside *httptest.Server
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/tra-cuu" && !strings.HasPrefix(r.URL.Path, "/tra-cuu/") {
			http.Error(w, "the portal's own", http.StatusTeapot)
			return
		}
		target, _ := url.Parse(inside.URL)
		(&httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(target)
			if strips {
				p.Out.URL.Path = "/" + strings.TrimLeft(strings.TrimPrefix(p.In.URL.Path, "/tra-cuu"), "/")
				p.Out.URL.RawPath = strings.TrimPrefix(p.In.URL.RawPath, "/tra-cuu")
			}
		}}).ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	src := &source{}
	src.engine.Store(&shared)
	cfg := api.Config{BasePath: "/tra-cuu", ClientRate: -1}
	if strips {
		cfg = api.Config{PublicURL: proxy.URL + "/tra-cuu/", ClientRate: -1}
	}
	inside = serveWith(t, src, cfg)
	return proxy
}

var crawled = []string{
	"/", "/?q=nghi+quyet&group=copies", "/?type=lesson&province=gia-lai", "/?q=qwxz", "/bai-viet/gia-lai-2020-phuong-thuc-lanh-dao?q=dan",
	"/bang-dieu-khien", "/so-sanh?province=gia-lai&province=lam-dong", "/moi-nhat", "/tro-giup", "/docs", "/theo-doi?q=dan+van", "/gio?id=gia-lai-2020-phuong-thuc-lanh-dao%23bai-hoc-1", "/khong-co", "/bang-dieu-khien?embed=1",
}

// TestUnderABasePath: behind a proxy that removes the base path, and behind one
// that does not, every address in a page exists.
func TestUnderABasePath(t *testing.T) {
	shareddata.OneGoroutine(t)
	for _, strips := range []bool{true, false} {
		t.Run(fmt.Sprintf("strips=%v", strips), func(t *testing.T) {
			proxy := behind(t, strips)
			links := map[string]string{} // address to the page that names it
			for _, path := range crawled {
				res := get(t, proxy, "/tra-cuu"+path)
				if want := map[bool]int{true: 404, false: 200}[path == "/khong-co"]; res.StatusCode != want {
					t.Fatalf("%s = %d, want %d", path, res.StatusCode, want)
				}
				doc := parse(t, res.Body)
				for _, attribute := range []string{"href", "src", "action", "formaction"} {
					doc.Find("[" + attribute + "]").Each(func(_ int, e *goquery.Selection) {
						address, _ := e.Attr(attribute)
						u, err := res.Request.URL.Parse(address)
						if err != nil {
							t.Errorf("%s: %s: %v", path, address, err)
							return
						}
						if u.Host != res.Request.URL.Host {
							return
						}
						u.Fragment = ""
						links[kindOfLink(u)] = path + "\x00" + u.RequestURI()
					})
				}
			}
			if len(links) < 40 {
				t.Errorf("%d kinds of links", len(links))
			}
			for _, kind := range slices.Sorted(maps.Keys(links)) {
				from, to, _ := strings.Cut(links[kind], "\x00")
				if strings.HasSuffix(to, "/khong-co") || strings.Contains(to, "/khong-co?") { // the page of the error names itself
					continue
				}
				res := get(t, proxy, to)
				if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != 200 {
					t.Errorf("%s names %s: %d, %v", from, to, res.StatusCode, err)
				}
			}
		})
	}
}

// kindOfLink returns a link without the values of its parameters, but with them if all
// links are wanted.
func kindOfLink(u *url.URL) string {
	if shareddata.EveryNth(2) > 1 {
		return u.Path + "?" + strings.Join(slices.Sorted(maps.Keys(u.Query())), "&")
	}
	return u.RequestURI()
}

// TestAddressesUnderABasePath: redirects, feeds, cookies and documents name it too.
func TestAddressesUnderABasePath(t *testing.T) {
	shareddata.OneGoroutine(t)
	for _, strips := range []bool{true, false} {
		proxy := behind(t, strips)
		res := get(t, proxy, "/tra-cuu/bai-viet/bang%23bai-hoc-2?q=mot")
		if got := res.Request.URL.RequestURI(); res.StatusCode != 200 || got != "/tra-cuu/bai-viet/bang?q=mot" {
			t.Errorf("a lesson leads to %s, %d", got, res.StatusCode)
		}
		if path := get(t, proxy, "/tra-cuu/?lang=en").Cookies()[0].Path; path != "/tra-cuu" {
			t.Errorf("the cookie is for %q", path)
		}
		var document struct{ Servers []struct{ URL string } }
		if err := json.NewDecoder(get(t, proxy, "/tra-cuu/openapi.json").Body).Decode(&document); err != nil {
			t.Fatal(err)
		}
		if u, err := res.Request.URL.Parse(document.Servers[0].URL); err != nil || strings.TrimRight(u.Path, "/") != "/tra-cuu" {
			t.Errorf("the server of the API is %s", document.Servers[0].URL)
		}
		var problem api.Problem
		if err := json.NewDecoder(get(t, proxy, "/tra-cuu/none", "Accept", "application/json").Body).Decode(&problem); err != nil || !strings.HasPrefix(problem.Type, "/tra-cuu/docs#") {
			t.Errorf("a problem is of type %s, %v", problem.Type, err)
		}
		var feed struct {
			Links []struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
			Entries []struct {
				Link struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		if err := xml.NewDecoder(get(t, proxy, "/tra-cuu/feed.atom?q=dan").Body).Decode(&feed); err != nil || len(feed.Entries) == 0 {
			t.Fatalf("%d entries, %v", len(feed.Entries), err)
		}
		var addresses []string
		for _, e := range feed.Entries {
			addresses = append(addresses, e.Link.Href)
		}
		for _, l := range feed.Links {
			addresses = append(addresses, l.Href)
		}
		for _, address := range addresses {
			u, err := url.Parse(address)
			if err != nil || !strings.HasPrefix(u.Path, "/tra-cuu/") {
				t.Errorf("the feed names %s, %v", address, err)
				continue
			}
			if res := get(t, proxy, u.RequestURI()); res.StatusCode != 200 {
				t.Errorf("the feed names %s: %d", address, res.StatusCode)
			}
		}
		about := linkedData(t, page(t, proxy, "/tra-cuu/bai-viet/bang", 200))
		if u, err := url.Parse(fmt.Sprint(about["url"])); err != nil || u.Path != "/tra-cuu/bai-viet/bang" {
			t.Errorf("the linked data of an article names %v", about["url"])
		}
	}
}

func TestBasePathsThatAreNone(t *testing.T) {
	for _, cfg := range []api.Config{
		{BasePath: "tra-cuu"}, {BasePath: "/tra cuu"}, {BasePath: "/../x"}, {BasePath: "//x"}, {BasePath: "/a\"b"},
		{BasePath: "/a", PublicURL: "https://portal.example.vn/b"}, {PublicURL: "portal.example.vn"},
	} {
		if _, err := api.New(cfg, &source{}); err == nil {
			t.Errorf("%q, %q: no error", cfg.BasePath, cfg.PublicURL)
		}
	}
	for _, path := range []string{"/api", "/docs/x", "/bai-viet"} {
		s, err := api.New(api.Config{BasePath: path}, &source{})
		if err != nil {
			t.Fatal(err)
		}
		if err := web.Mount(s, slog.Default()); err == nil {
			t.Errorf("%q, which begins like a page: no error", path)
		}
	}
}
