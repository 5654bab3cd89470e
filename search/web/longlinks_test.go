package web_test

import (
	"io"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"nghiquyet/analyzers/shareddata"
)

// TestLongQuestionsMakeNoLongPages: links that a page has for each hit do not repeat
// the complete text of a very long question.
func TestLongQuestionsMakeNoLongPages(t *testing.T) {
	shareddata.OneGoroutine(t)
	s := site(t)
	var words []string
	for i := range 150 {
		words = append(words, "dân vận", "đảng bộ")
		if i == 50 {
			break
		}
	}
	long := strings.Join(words, " OR ")
	if len(long) > 1990 {
		long = strings.ToValidUTF8(long[:1990], "")
	}
	for _, path := range []string{"/?size=100&q=", "/bang-dieu-khien?q=", "/?size=100&embed=1&q="} {
		size := func(q string) (int, *goquery.Document) {
			t.Helper()
			res := get(t, s, path+url.QueryEscape(q))
			b, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != 200 {
				t.Fatalf("GET %s = %d, %v", path, res.StatusCode, err)
			}
			doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(b)))
			if err != nil {
				t.Fatal(err)
			}
			return len(b), doc
		}
		short, plain := size("dân vận OR đảng bộ")
		much, cut := size(long)
		// 60 times the question, and its start in the links of each hit.
		if extra, most := much-short, 60*len(url.QueryEscape(long))+8*cut.Find(".hit").Length()*400; extra > most {
			t.Errorf("%s: a question of %d bytes makes the page %d bytes longer, want at most %d", path, len(long), extra, most)
		}
		if a, b := plain.Find("a").Length(), cut.Find("a").Length(); b < a/2 {
			t.Errorf("%s: %d links for a long question, %d for a short one, want the same facts", path, b, a)
		}
		if plain.Find("a:not([href])").Length() != 0 {
			t.Errorf("%s: a short question loses links", path)
		}
		if !strings.Contains(cut.Find(".note").Text(), "Câu tìm dài") || strings.Contains(plain.Find(".note").Text(), "Câu tìm dài") {
			t.Errorf("%s: the page does not say what it leaves out", path)
		}
		if value, _ := cut.Find("input[name=q]").Attr("value"); value != long {
			t.Errorf("%s: the box has %d bytes of the question, want all %d", path, len(value), len(long))
		}
	}
	doc := page(t, s, "/?q="+url.QueryEscape(long), 200)
	href, _ := doc.Find(".hit h3 a").First().Attr("href")
	if u, err := url.Parse(href); err != nil || !strings.HasPrefix(long, u.Query().Get("q")) || u.Query().Get("q") == "" || len(u.Query().Get("q")) > 300 {
		t.Errorf("the link to an article carries %q, want the start of the question", href)
	}
}
