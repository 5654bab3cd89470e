package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// On a telephone the filters are a drawer: its handle is on the first screen, it
// opens over the page without script, and a filter in it leads back to the results.
func TestBrowserDrawer(t *testing.T) {
	s := site(t)
	b := newTab(t, browse(t), s.URL)
	b.size(360, 740)
	b.scripted = false
	command(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.open("/?q=dan")
	if top := eval[float64](b, `document.querySelector('.jump').getBoundingClientRect().bottom`); top > 740 {
		t.Errorf("the filters are %v pixels down", top)
	}
	if eval[bool](b, `document.querySelector('#bo-loc').checkVisibility()`) {
		t.Error("the drawer is open unasked")
	}
	b.run(chromedp.Click(chromedp.CSS(".jump")), chromedp.WaitVisible(chromedp.CSS("#bo-loc .shut a")))
	if top := eval[float64](b, `document.querySelector('#bo-loc').getBoundingClientRect().top`); top != 0 {
		t.Errorf("the drawer begins at %v", top)
	}
	b.run(chromedp.Click(chromedp.CSS("#bo-loc .shut a")), chromedp.WaitNotVisible(chromedp.CSS("#bo-loc")))
	b.run(chromedp.Click(chromedp.CSS(".jump")), chromedp.WaitVisible(chromedp.CSS("#bo-loc .values a")))
	b.follow("#bo-loc .values a")
	if eval[int](b, `document.querySelectorAll('.chips a:not(.clear)').length`) != 1 || eval[bool](b, `document.querySelector('#bo-loc').checkVisibility()`) {
		t.Error("a filter of the drawer does not lead to the results")
	}
	b.scripted = true
	command(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false})
	b.open("/?q=dan#bo-loc")
	b.run(chromedp.KeyEvent(kb.Escape), chromedp.WaitNotVisible(chromedp.CSS("#bo-loc")))
}

// While an answer is slow, a word appears that moves nothing; a suggested province
// becomes a filter.
func TestBrowserWaits(t *testing.T) {
	s := site(t)
	target, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("q") == "cham" {
			select {
			case <-time.After(2 * time.Second):
			case <-r.Context().Done():
			}
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(slow.Close)
	chrome := browse(t)
	b := newTab(t, chrome, slow.URL)
	b.open("/")
	// The page itself records what it shows, because a tab that is leaving answers no
	// scripts.
	eval[int](b, `(() => { const busy = document.querySelector('[data-busy]'), top = () => document.querySelector('h1').getBoundingClientRect().top, before = top();
		new MutationObserver(() => { if (!busy.hidden) sessionStorage.setItem('shown', busy.textContent + (top() - before)); }).observe(busy, {attributes: true}); return 0; })()`)
	b.ask("cham")
	if shown := eval[string](b, `sessionStorage.getItem('shown') ?? ''`); shown != "Đang tìm…0" {
		t.Errorf("shown while waiting, with what it moved by: %q", shown)
	}
	if !eval[bool](b, `document.querySelector('[data-busy]').hidden`) {
		t.Error("the answer is there, and still waited for")
	}

	b = newTab(t, chrome, s.URL)
	b.open("/")
	b.run(chromedp.SendKeys(chromedp.CSS("#q"), "gia la"))
	b.until(`document.querySelector('.suggest li')?.textContent.includes('lọc theo tỉnh') ?? false`)
	b.follow(".suggest li")
	b.has(".chips", "Gia Lai")
	if q := eval[string](b, `new URLSearchParams(location.search).get('q') ?? ''`); q != "" {
		t.Errorf("the name of the province is searched too: %s", q)
	}
}
