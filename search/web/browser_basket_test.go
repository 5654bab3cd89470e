package web_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// caught records what the page puts on the clipboard.
const caught = `navigator.clipboard.write = async items => {
	window.plain = await (await items[0].getType('text/plain')).text();
	window.rich = await (await items[0].getType('text/html')).text();
}, 0`

// TestBrowserBasket: hits ticked on several pages are together in the selection; a
// lesson is copied with its source, formatted and as plain text.
func TestBrowserBasket(t *testing.T) {
	s := site(t)
	b := newTab(t, browse(t), s.URL)
	b.open("/?type=lesson&q=dan+van")
	b.run(chromedp.Click(chromedp.CSS(".hit > input")))
	b.until(`document.querySelector('[data-chosen]').textContent === ' (1)'`)
	b.open("/bai-viet/" + basketArticle)
	b.run(chromedp.Click(chromedp.CSS("#gio input")), chromedp.Click(chromedp.CSS(`.lessons input[value$="bai-hoc-2"]`)))
	b.until(`document.querySelector('[data-chosen]').textContent === ' (3)'`)

	eval[int](b, caught)
	b.run(chromedp.Click(chromedp.CSS(".lessons [data-take]")))
	b.until(`window.rich && document.querySelector('.lessons [data-take]').textContent === 'Đã sao chép'`)
	article, err := shared.Article(t.Context(), basketArticle)
	if err != nil {
		t.Fatal(err)
	}
	plain, rich := eval[string](b, `window.plain`), eval[string](b, `window.rich`)
	for _, want := range []string{article.Lessons[0].Text, article.Title, "ngày 12/11/2020", "bài học 1", s.URL + "/bai-viet/" + basketArticle + "#bai-hoc-1"} {
		if !strings.Contains(plain, want) || !strings.Contains(rich, want) {
			t.Errorf("no %q in %q, %q", want, plain, rich)
		}
	}
	if !strings.Contains(rich, "<p>") {
		t.Errorf("the rich text is %q", rich)
	}

	b.open("/gio")
	b.until(`document.querySelectorAll('.taken').length === 3`)
	b.follow("[data-drop]")
	b.until(`document.querySelectorAll('.taken').length === 2`)
	b.gives(`.actions a[href*="gio.txt"]`, "text/plain")
	b.open("/?type=lesson&q=dan+van")
	b.until(`!document.querySelector('.hit > input').checked && document.querySelector('[data-chosen]').textContent === ' (2)'`)
	b.open("/gio")
	b.until(`document.querySelectorAll('.taken').length === 2`)
	b.follow("[data-empty]")
	b.until(`!document.querySelector('[data-basket]') && localStorage.getItem('nq-gio') === '[]'`)
}

// TestBrowserFollow: a kept search shows new results since the last visit.
func TestBrowserFollow(t *testing.T) {
	s := site(t)
	b := newTab(t, browse(t), s.URL)
	b.open("/theo-doi?q=dan+van")
	b.run(chromedp.Click(chromedp.CSS("[data-keep]")))
	b.until(`!document.querySelector('[data-since]').hidden && document.querySelector('[data-keep]').textContent === 'Thôi lưu'`)
	if href := eval[string](b, `document.querySelector('[data-since] a').getAttribute('href')`); !strings.HasPrefix(href, "/?q=dan+van&added=20") {
		t.Errorf("what is new is at %s", href)
	}
	b.open("/theo-doi")
	b.until(`document.querySelector('[data-saved] a').textContent === 'dan van'`)
	b.open("/theo-doi?q=dan+van")
	b.run(chromedp.Click(chromedp.CSS("[data-keep]")))
	b.until(`document.querySelector('[data-since]').hidden`)
}
