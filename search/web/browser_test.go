package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// startBrowser starts a headless browser at its first call, for all tests: it takes
// seconds. The context is nil if there is none.
var startBrowser = sync.OnceValues(func() (context.Context, error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, nil
	}
	dir, err := os.MkdirTemp("", "web-test-browser-*")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(dir),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", "vi"), chromedp.Flag("accept-lang", "vi"), chromedp.WSURLReadTimeout(time.Minute),
		// A page that is still scrolling to its passage moves what the test presses.
		chromedp.Flag("force-prefers-reduced-motion", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx) // ends with its parent
	stopBrowser = func() { cancel(); os.RemoveAll(dir) }
	if err := chromedp.Do(ctx); err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return ctx, nil
})

// stopBrowser ends the browser, if it was started.
var stopBrowser = func() {}

// browse returns a new reader in the browser, without cookies of others, or skips the
// test if there is no browser.
func browse(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("no browser in short mode")
	}
	shared, err := startBrowser()
	switch {
	case err != nil:
		t.Fatal(err)
	case shared == nil:
		t.Skip("no Chromium found: install the package chromium to run the browser tests")
	}
	ctx, cancel := context.WithTimeout(shared, 8*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// refused is what a console says of a page that refuses a request.
var refused = regexp.MustCompile(`status of (4\d\d|503)`)

// tab is one page in a browser. An error on its console fails the test.
type tab struct {
	t        *testing.T
	ctx      context.Context
	base     string
	scripted bool
}

func newTab(t *testing.T, browser context.Context, base string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	var once sync.Mutex
	failed := func(what string) {
		once.Lock()
		defer once.Unlock()
		if !refused.MatchString(what) { // expected on error pages
			t.Errorf("console: %s", what)
		}
	}
	err := chromedp.Listen(ctx, func(e any) {
		switch e := e.(type) {
		case *runtime.EventExceptionThrown:
			failed(fmt.Sprintf("%+v", e.ExceptionDetails))
		case *log.EventEntryAdded:
			if e.Entry.Level == "error" {
				failed(e.Entry.Text + " " + e.Entry.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	b := &tab{t: t, ctx: ctx, base: base, scripted: true}
	command(b, log.Enable, cdp.Empty{})
	b.size(1280, 900)
	return b
}

// step is one action with a page.
type step = chromedp.Action[chromedp.Void]

func (b *tab) run(steps ...step) {
	b.t.Helper()
	if err := chromedp.Do(b.timed(), steps...); err != nil {
		b.t.Fatal(err)
	}
}

// command sends a command of the protocol.
func command[P, R any](b *tab, c cdp.Command[P, R], params P) {
	b.t.Helper()
	if _, err := chromedp.Call(b.timed(), c, params); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) open(path string) {
	b.t.Helper()
	b.run(chromedp.Navigate(b.base + path))
	b.ready()
}

// ready waits for a page, and for its script, which starts after the first paint.
func (b *tab) ready() {
	b.t.Helper()
	b.run(chromedp.WaitReady(chromedp.CSS("main")))
	if b.scripted {
		b.until(`!document.querySelector('script[src*="/app."]') || performance.getEntriesByName('started').length > 0`)
	}
}

func (b *tab) size(width, height int64) { b.run(chromedp.EmulateViewport(width, height)) }

// theme sets the theme of the reader's system.
func (b *tab) theme(name string) {
	command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
}

// follow clicks the element of a selector and waits for the page to which it leads.
func (b *tab) follow(selector string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.timed(), chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.t.Fatalf("press %s: %v", selector, err)
	}
	b.ready()
}

// ask types a query into the empty box and sends it.
func (b *tab) ask(q string) {
	b.t.Helper()
	b.run(chromedp.SendKeys(chromedp.CSS("#q"), q))
	if _, err := chromedp.RunResponse(b.timed(), chromedp.SendKeys(chromedp.CSS("#q"), kb.Enter)); err != nil {
		b.t.Fatalf("ask %s: %v", q, err)
	}
	b.ready()
}

func (b *tab) timed() context.Context {
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	b.t.Cleanup(cancel)
	return ctx
}

// eval is the value of an expression in the page.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.timed(), chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%.200s: %v", expression, err)
	}
	return v
}

// has fails the test if no element of the selector contains the text.
func (b *tab) has(selector, text string) {
	b.t.Helper()
	if found := b.texts(selector); !strings.Contains(found, text) {
		b.t.Errorf("%s contains %q, want %q", selector, found, text)
	}
}

// texts returns the texts of the elements of a selector.
func (b *tab) texts(selector string) string {
	b.t.Helper()
	return eval[string](b, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.textContent).join('|')`, selector))
}

// gives fails the test unless a link or form leads to a file of this type.
func (b *tab) gives(selector, kind string) {
	b.t.Helper()
	href := eval[string](b, fmt.Sprintf(`(e => e?.href ?? (e ? e.action + '?' + new URLSearchParams(new FormData(e)) : ''))(document.querySelector(%q))`, selector))
	res, err := http.Get(href)
	if err != nil {
		b.t.Errorf("%s: %v", selector, err)
		return
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Type"); res.StatusCode != http.StatusOK || !strings.Contains(got, kind) {
		b.t.Errorf("%s leads to %d %s, want %s", href, res.StatusCode, got, kind)
	}
}

// until waits for an expression to be true.
func (b *tab) until(expression string) {
	b.t.Helper()
	b.run(chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(20*time.Second)))
}

// With the keyboard alone: past the header, suggestions, an answer, its words.
func TestBrowserKeyboard(t *testing.T) {
	s := site(t)
	b := newTab(t, browse(t), s.URL)
	b.open("/")
	b.run(chromedp.KeyEvent(kb.Tab))
	if got := eval[string](b, `document.activeElement.className`); got != "skip" {
		t.Errorf("the first stop is %q, want the link past the header", got)
	}
	b.run(chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent("/"))
	b.until(`document.activeElement.id === 'q'`)
	b.run(chromedp.KeyEvent("dan v"))
	b.until(`document.querySelectorAll('.suggest li').length > 0`)
	b.run(chromedp.KeyEvent(kb.ArrowDown))
	if eval[string](b, `document.querySelector('#q').getAttribute('aria-activedescendant')`) != "goi-y-0" {
		t.Error("the arrow marks no suggestion")
	}
	b.run(chromedp.KeyEvent(kb.Escape))
	b.until(`document.querySelector('.suggest').hidden`)
	b.open("/")
	b.ask("nghi quyet")
	// Every focused element is visible.
	for range 40 {
		b.run(chromedp.KeyEvent(kb.Tab))
		if stop := eval[string](b, `(() => { const e = document.activeElement, s = getComputedStyle(e);
			if (e === document.body || e.namespaceURI.endsWith('svg')) return '';
			return s.outlineStyle === 'none' || s.outlineWidth === '0px' ? e.outerHTML.slice(0, 80) : ''; })()`); stop != "" {
			t.Errorf("no focus to be seen on %s", stop)
		}
	}
	// A long list of values is narrowed by typing; Enter chooses what is left.
	b.open("/")
	b.run(chromedp.Click(chromedp.CSS(`section[aria-labelledby=f-province] summary`)),
		chromedp.SendKeys(chromedp.CSS(`section[aria-labelledby=f-province] .find input`), "lai ch"))
	if _, err := chromedp.RunResponse(b.timed(), chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	b.has(".chips", "Lai Châu")
	b.open("/bai-viet/gia-lai-2020-phuong-thuc-lanh-dao?q=nghi+quyet")
	b.run(chromedp.KeyEvent("n"), chromedp.KeyEvent("n"))
	b.has(".walk output", "2/")
}

// A range of years is dragged on the histogram.
func TestBrowserDrag(t *testing.T) {
	s := site(t)
	b := newTab(t, browse(t), s.URL)
	b.open("/")
	years := eval[struct{ First, Last, Left, Top, Width float64 }](b, `(() => { const s = document.querySelector('[data-years]'), r = s.getBoundingClientRect();
		return {First: Number(s.dataset.first), Last: Number(s.dataset.last), Left: r.left, Top: r.top + 20, Width: r.width}; })()`)
	at := func(year float64) float64 {
		return years.Left + years.Width*(year-years.First+0.5)/(years.Last-years.First+1)
	}
	mouse := func(kind input.DispatchMouseEventType, x float64) step {
		return chromedp.MouseEvent(kind, x, years.Top, chromedp.Button("left"))
	}
	_, err := chromedp.RunResponse(b.timed(), mouse(chromedp.MousePressed, at(2018)), mouse(chromedp.MouseMoved, at(2020)), mouse(chromedp.MouseReleased, at(2021)))
	if err != nil {
		t.Fatal(err)
	}
	b.has(".chips", "01/01/2018")
	b.has(".chips", "31/12/2021")
}

// browserPages are the pages and states that every screen must show well.
func browserPages() []string {
	pages := []string{
		"/", "/?q=nghi+quyet", "/?q=zzzzqq&province=gia-lai", "/?q=nghi+quyet&province=gia+lia&from=30/2/2020", "/?district=zzz&topic=dan-van&kind=luat", "/?q=dan+van+zzzzqq", "/?q=ky+quac&type=all&year=2021", "/?size=-1", "/khong-co",
		"/bai-viet/khanh-hoa-2025-ke-hoach-tinh-gon-bo-may?q=trung+uong", "/bai-viet/bang?q=mot", "/bai-viet/dai",
		"/bang-dieu-khien", "/bang-dieu-khien?province_view=then&q=nghi+quyet", "/bang-dieu-khien?q=zzzzqq", "/bang-dieu-khien?embed=1", "/bang-dieu-khien?group=copies&scale=log&province=gia-lai&quarter=2020-Q4",
		"/theo-doi", "/theo-doi?q=dan+van&province=gia-lai", "/gio", "/gio?id=khong-co&id=gia-lai-2020-phuong-thuc-lanh-dao&id=gia-lai-2020-phuong-thuc-lanh-dao%23bai-hoc-2", "/?type=lesson&q=dan+van",
		"/moi-nhat", "/?q=dan+van&size=2&page=2&id=gia-lai-2020-phuong-thuc-lanh-dao&id=kon-tum-2018-dan-van-kheo", "/?sort=added&added=30d&group=none", "/bang-dieu-khien?province=gia-lai&order=name&scale=root",
		"/so-sanh?province=hung-yen&province=gia-lai&group=copies&scale=log", "/so-sanh?province=gia-lai&commune=kon-gang&commune=dak-doa", "/so-sanh?province=gia-lai",
		"/so-sanh", "/so-sanh?province=gia-lai&province=lam-dong&province=hue&province=phu-tho", "/tro-giup", "/tro-giup?lang=en",
		"/bai-viet/" + url.PathEscape(rtl), "/docs", "/?q=35+ct+tw", "/?q=dan+van&province=gia-lai#bo-loc", "/?q=dan+van+gia+lai&province=hue&year=1999",
	}
	return pages
}

type screen struct{ width, height int64 }

// screens are the sizes that pages are used at, in CSS pixels. 640 is 1280 at
// twice the zoom.
var screens = []screen{{360, 740}, {640, 450}, {1280, 900}}

// No page is wider than its screen, and every page has a light and a dark look.
func TestBrowserScreens(t *testing.T) {
	s := site(t)
	b := newTab(t, browse(t), s.URL)
	for _, path := range browserPages() {
		b.open(strings.Replace(path, "lang=en", "", 1))
		for _, screen := range screens {
			b.size(screen.width, screen.height)
			if over := eval[float64](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				wide := eval[string](b, `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll')).map(e => e.tagName + '.' + e.className).slice(0, 5).join(' ')`)
				t.Errorf("%s at %d: %v pixels too wide: %s", path, screen.width, over, wide)
			}
		}
		looks := map[string]bool{}
		for _, theme := range []string{"light", "dark"} {
			b.theme(theme)
			looks[eval[string](b, `getComputedStyle(document.body).backgroundColor`)] = true
		}
		if len(looks) != 2 {
			t.Errorf("%s looks the same in the dark", path)
		}
	}
}
