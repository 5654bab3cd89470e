package web_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"nghiquyet/search/api"
)

// linkedData reads the linked data of a page, which must have one piece.
func linkedData(t *testing.T, doc *goquery.Document) (about map[string]any) {
	t.Helper()
	scripts := doc.Find(`script[type="application/ld+json"]`)
	if scripts.Length() != 1 {
		t.Fatalf("%d pieces of linked data, want 1", scripts.Length())
	}
	if err := json.Unmarshal([]byte(scripts.Text()), &about); err != nil {
		t.Fatalf("linked data: %v\n%s", err, scripts.Text())
	}
	return about
}

// TestLinkedData: linked data describe an article, whatever its fields contain.
func TestLinkedData(t *testing.T) {
	s := site(t)
	for _, a := range odd() {
		path := "/bai-viet/" + url.PathEscape(a.ID)
		if a.ID == ".." {
			path = "/bai-viet/?id=.."
		}
		about := linkedData(t, page(t, s, path, 200))
		kind := "Article"
		if a.Number != "" {
			kind = "Legislation"
		}
		if about["@context"] != "https://schema.org" || about["@type"] != kind || !strings.HasPrefix(fmt.Sprint(about["url"]), s.URL+"/bai-viet/") {
			t.Errorf("%q is %v", a.ID, about)
		}
		if a.Number != "" && about["legislationIdentifier"] != string(a.Number) {
			t.Errorf("%q has the number %v, want %q", a.ID, about["legislationIdentifier"], a.Number)
		}
		if about["sameAs"] != nil && !strings.HasPrefix(fmt.Sprint(about["sameAs"]), "https://") {
			t.Errorf("%q leads to %v", a.ID, about["sameAs"])
		}
	}
	about := linkedData(t, page(t, s, "/bai-viet/quang-tri-2020-hai-lang-nghi-quyet-dai-hoi", 200))
	if about["datePublished"] != "2020-09-14" || about["spatialCoverage"].(map[string]any)["name"] != "Quảng Trị" || len(about["citation"].([]any)) == 0 {
		t.Errorf("the linked data of a sample: %v", about)
	}
	if n := page(t, s, "/", 200).Find(`script[type="application/ld+json"]`).Length(); n != 0 {
		t.Errorf("the search page has %d pieces of linked data", n)
	}
}

// TestSharedCaches: answers that are the same for all readers may be shared, for the
// configured time; others may not.
func TestSharedCaches(t *testing.T) {
	src := &source{}
	src.engine.Store(&shared)
	token := strings.Repeat("x", api.MinTokenBytes)
	for _, tt := range []struct {
		cfg        api.Config
		path, want string
	}{
		{api.Config{}, "/", "no-cache"},
		{api.Config{}, "/api/v1/search", "no-cache"},
		{api.Config{}, "/?lang=en", "private, no-cache"}, // sets a cookie
		{api.Config{SharedCache: 30 * time.Second}, "/", "public, max-age=0, s-maxage=30"},
		{api.Config{SharedCache: 30 * time.Second}, "/api/v1/stats?by=year", "public, max-age=0, s-maxage=30"},
		{api.Config{SharedCache: 30 * time.Second}, "/?lang=en", "private, no-cache"},
		{api.Config{SharedCache: 30 * time.Second}, "/khong-co", "no-store"},
		{api.Config{SharedCache: 30 * time.Second, ReadToken: api.Token{Value: token}}, "/api/v1/search", "private, no-cache"},
	} {
		tt.cfg.ClientRate = -1
		s := serveWith(t, src, tt.cfg)
		res := get(t, s, tt.path, "Authorization", "Bearer "+token)
		if got := res.Header.Get("Cache-Control"); got != tt.want {
			t.Errorf("%s, shared for %v: Cache-Control %q, want %q", tt.path, tt.cfg.SharedCache, got, tt.want)
		}
		if tag := res.Header.Get("ETag"); tag != "" {
			if again := get(t, s, tt.path, "Authorization", "Bearer "+token, "If-None-Match", tag); again.StatusCode != 304 || again.Header.Get("Cache-Control") != tt.want {
				t.Errorf("%s again: %d, Cache-Control %q", tt.path, again.StatusCode, again.Header.Get("Cache-Control"))
			}
		}
	}
}
