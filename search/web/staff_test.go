package web_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// TestOfferedFilters: names in the query are offered as filters for its other words,
// with the number that the filtered page shows.
func TestOfferedFilters(t *testing.T) {
	s := site(t)
	doc := page(t, s, "/?q=dan+van+gia+lai", 200)
	offer := doc.Find(".offers a").First()
	if text := offer.Find(".n").Remove().End().Text(); strings.TrimSpace(text) != "Lọc theo tỉnh Gia Lai" {
		t.Fatalf("offered %q", text)
	}
	count := strings.TrimSpace(page(t, s, "/?q=dan+van+gia+lai", 200).Find(".offers a .n").First().Text())
	href := offer.AttrOr("href", "")
	if u, err := url.Parse(href); err != nil || u.Query().Get("q") != "dan van" || u.Query().Get("province") != "gia-lai" {
		t.Errorf("the offer leads to %s", href)
	}
	if got := texts(page(t, s, href, 200), "#n")[0]; !strings.HasPrefix(got, count+" kết quả") {
		t.Errorf("%s has %q, want %s", href, got, count)
	}
}

// TestCalmNotices: no message is shown twice, and nothing that is listed is called
// missing.
func TestCalmNotices(t *testing.T) {
	s := site(t)
	for _, tt := range []struct {
		path string
		want bool // the reading is shown
	}{
		{"/?q=d%C3%A2n+v%E1%BA%ADn", false}, {"/?q=++dan++van+", false}, {"/?q=dan+van+t%E1%BB%89nh:gialai", true}, {"/?q=dan+van+(kheo", true},
	} {
		parsed := strings.Join(texts(page(t, s, tt.path, 200), "p.parsed"), "|")
		if strings.Contains(parsed, "Hiểu là") != tt.want {
			t.Errorf("%s: %q, want the reading: %v", tt.path, parsed, tt.want)
		}
	}
	doc := page(t, s, "/?q=dan+van&year=1999", 200)
	if hits, head := doc.Find(".hit").Length(), texts(doc, "#n")[0]; hits > 0 && strings.HasPrefix(head, "0 ") {
		t.Errorf("%d hits below %q", hits, head)
	}
}

// TestLessonTitles: the title of a lesson is its content.
func TestLessonTitles(t *testing.T) {
	doc := page(t, site(t), "/?type=lesson&q=d%C3%A2n", 200)
	seen := map[string]bool{}
	for _, title := range texts(doc, ".hit h3") {
		_, says, ok := strings.Cut(title, ": ")
		if !strings.HasPrefix(title, "Bài học ") || !ok || len(says) < 15 || seen[title] {
			t.Errorf("a lesson is called %q", title)
		}
		seen[title] = true
	}
	if len(seen) < 5 {
		t.Errorf("%d lessons", len(seen))
	}
}

// TestCopiesAreGrouped: reprints are one hit unless the reader chooses otherwise,
// and links keep the choice.
func TestCopiesAreGrouped(t *testing.T) {
	s := site(t)
	const q = "/?size=100&q=b%C3%A8o+l%E1%BB%A5c+b%C3%ACnh+k%E1%BB%B3+qu%E1%BA%B7c"
	grouped, each := page(t, s, q, 200), page(t, s, q+"&group=none", 200)
	if got := texts(grouped, ".copies summary"); len(got) != 1 || got[0] != "và 1 bản đăng lại" {
		t.Errorf("copies: %q", got)
	}
	if a, b := grouped.Find(".hit").Length(), each.Find(".hit").Length(); a != b-1 || each.Find(".copies").Length() != 0 {
		t.Errorf("%d hits grouped, %d each", a, b)
	}
	for _, tt := range []struct {
		selector, group string
	}{{".facet .values a", "none"}, {".switch a", "none"}} {
		u, err := url.Parse(each.Find(tt.selector).First().AttrOr("href", ""))
		if err != nil || u.Query().Get("group") != tt.group {
			t.Errorf("%s leads to %v", tt.selector, u)
		}
	}
	if href := grouped.Find(".after li a").First().AttrOr("href", ""); strings.Contains(href, "group=") {
		t.Errorf("a file is asked as %s", href)
	}
}

// TestNumberedHits: a hit says whether it has or cites the number in the query.
func TestNumberedHits(t *testing.T) {
	doc := page(t, site(t), "/?q=35-CT/TW", 200)
	if got := texts(doc, ".hit .matched"); len(got) != doc.Find(".hit").Length() || got[0] != "viện dẫn số này" {
		t.Errorf("hits: %q", got)
	}
}

// TestFirstPageIsSmall: the first page loads over a poor connection.
func TestFirstPageIsSmall(t *testing.T) {
	html, err := page(t, site(t), "/", 200).Html()
	if err != nil || len(html) > 60<<10 {
		t.Errorf("the first page has %s bytes, %v", strconv.Itoa(len(html)), err)
	}
}

// TestDocsAreAPage: the page of the API looks and speaks as the others do.
func TestDocsAreAPage(t *testing.T) {
	s := site(t)
	for lang, want := range map[string]string{"vi": "Tham số", "en": "Parameter"} {
		doc := page(t, s, "/docs?lang="+lang, 200)
		if doc.Find("header .brand").Length() != 1 || doc.Find("#search table").Length() != 1 || !strings.Contains(doc.Find("#search th").First().Text(), want) {
			t.Errorf("/docs in %s: no header, or no table headed %s", lang, want)
		}
	}
	page(t, s, "/docs?lang=xx", 400)
}

// TestNumberBox: a query that is only a number shows its documents by term, and the
// documents that cite it.
func TestNumberBox(t *testing.T) {
	s := site(t)
	box := page(t, s, "/?q=35+ct+tw", 200).Find(".numbered")
	text := strings.Join(strings.Fields(box.Text()), " ")
	for _, want := range []string{"35-CT/TW", "nhiệm kỳ 2016-2021: ngày 30/05/2019", "kho chưa có văn bản này", "văn bản viện dẫn số này"} {
		if !strings.Contains(text, want) {
			t.Errorf("the box of 35 ct tw is %q, want %q", text, want)
		}
	}
	page(t, s, box.Find("p a").AttrOr("href", ""), 200)
	for _, path := range []string{"/?q=35+ct+tw+dai+hoi", "/?q=35+ct+tw&year=2020", "/?q=dan+van", "/?q=99-CT/TW", "/"} {
		if page(t, s, path, 200).Find(".numbered").Length() != 0 {
			t.Errorf("%s has a box of a number", path)
		}
	}
}

// TestTermOfCitations: a citation says which of the documents with its number it means.
func TestTermOfCitations(t *testing.T) {
	doc := page(t, site(t), "/bai-viet/quang-tri-2020-hai-lang-nghi-quyet-dai-hoi", 200)
	if got := strings.Join(texts(doc, "#a-cites ~ ul li"), "|"); !strings.Contains(got, "35-CT/TW") || !strings.Contains(got, "(nhiệm kỳ 2016-2021)") {
		t.Errorf("citations: %q", got)
	}
}
