package web_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestFollow: a search has one address, however it was arranged, and links to its new
// results and its files.
func TestFollow(t *testing.T) {
	s := site(t)
	from := page(t, s, "/?q=d%C3%A2n+v%E1%BA%ADn&province=Gia+Lai&size=5&sort=newest&group=copies", 200)
	href := from.Find(`.after a[href^="/theo-doi"]`).AttrOr("href", "")
	doc := page(t, s, href, 200)
	if got, want := attr(doc, "[data-follow]", "data-follow"), "province=gia-lai&q=d%C3%A2n+v%E1%BA%ADn"; got != want {
		t.Errorf("the search is kept as %s, want %s", got, want)
	}
	if got := texts(doc, "#dia-chi"); got[0] != s.URL+"/?province=gia-lai&q=d%C3%A2n+v%E1%BA%ADn" {
		t.Errorf("address %q", got)
	}
	if got := attr(doc, "[data-follow]", "data-name"); got != "dân vận; Tỉnh, thành phố: Gia Lai" {
		t.Errorf("name %q", got)
	}
	for _, want := range []string{"added=7d", "added=30d", "/feed.atom?province=gia-lai"} {
		if doc.Find(`.panel a[href*="`+want+`"]`).Length() != 1 {
			t.Errorf("no link to %s", want)
		}
	}
	doc.Find(".panel .list a").Each(func(_ int, a *goquery.Selection) {
		if res := get(t, s, strings.TrimPrefix(a.AttrOr("href", ""), s.URL)); res.StatusCode != 200 {
			t.Errorf("%s = %d", a.AttrOr("href", ""), res.StatusCode)
		}
	})
	if got := doc.Find("pre").Text(); !strings.Contains(got, "query: 'province=gia-lai&q=") {
		t.Errorf("entry %q", got)
	}
	names := doc.Find("form.take input").Map(func(_ int, e *goquery.Selection) string { return e.AttrOr("name", "") })
	if !slices.Contains(names, "q") || !slices.Contains(names, "columns") || !slices.Contains(names, "format") {
		t.Errorf("the form of the download has %q", names)
	}
	if doc := page(t, s, "/theo-doi", 200); doc.Find("[data-follow]").Length() != 0 {
		t.Error("a page without a search keeps one")
	}
}
