package web_test

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
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

	"nghiquyet/search"
)

// axeEnv names the path of axe.min.js, whose rules the pages must pass.
const axeEnv = "NGHIQUYET_AXE"

// browse starts a browser without a window, or skips where there is none.
func browse(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("no browser in short mode")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium found: install the package chromium to run the browser tests")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	t.Cleanup(cancel)
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", "vi"), chromedp.Flag("accept-lang", "vi"), chromedp.WSURLReadTimeout(time.Minute))
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}

// tab is one page in a browser. Whatever its console calls an error fails the test.
type tab struct {
	t    *testing.T
	ctx  context.Context
	base string
}

func newTab(t *testing.T, browser context.Context, base string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	var once sync.Mutex
	failed := func(what string) {
		once.Lock()
		defer once.Unlock()
		if !strings.Contains(what, "status of 404") && !strings.Contains(what, "status of 400") { // pages of errors are such
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
	b := &tab{t, ctx, base}
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
	b.run(chromedp.Navigate(b.base+path), chromedp.WaitReady(chromedp.CSS("main")))
}

func (b *tab) size(width, height int64) { b.run(chromedp.EmulateViewport(width, height)) }

// theme is that of the reader's system.
func (b *tab) theme(name string) {
	command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
}

// follow presses what a selector finds and waits for the page it leads to.
func (b *tab) follow(selector string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.timed(), chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.t.Fatalf("press %s: %v", selector, err)
	}
	b.run(chromedp.WaitReady(chromedp.CSS("main")))
}

// ask types a query into the empty box and sends it.
func (b *tab) ask(q string) {
	b.t.Helper()
	b.run(chromedp.SendKeys(chromedp.CSS("#q"), q))
	if _, err := chromedp.RunResponse(b.timed(), chromedp.SendKeys(chromedp.CSS("#q"), kb.Enter)); err != nil {
		b.t.Fatalf("ask %s: %v", q, err)
	}
	b.run(chromedp.WaitReady(chromedp.CSS("main")))
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

// has fails the test where a selector finds nothing that holds the text.
func (b *tab) has(selector, text string) {
	b.t.Helper()
	found := eval[string](b, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.textContent).join('|')`, selector))
	if !strings.Contains(found, text) {
		b.t.Errorf("%s holds %q, want %q", selector, found, text)
	}
}

// until waits for an expression to be true.
func (b *tab) until(expression string) {
	b.t.Helper()
	b.run(chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(20*time.Second)))
}

// The tasks of the help page, as a clerk does them, with and without script.
func TestBrowserTasks(t *testing.T) {
	s := site(t)
	chrome := browse(t)
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script=%v", script), func(t *testing.T) {
			b := newTab(t, chrome, s.URL)
			command(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script})
			tasks := []struct {
				name string
				do   func()
			}{
				{"lessons of a province since a year, as a file", func() {
					b.open("/")
					b.ask(`dân vận tinh:"gia lai" nam:2020..`)
					b.follow(`nav a[href*="type=lesson"]`)
					b.has(".hits .where", "Gia Lai")
					b.has(".menu a", "Excel")
				}},
				{"who cites a directive", func() {
					b.open("/bang-dieu-khien")
					b.ask("35-CT/TW")
					if !eval[bool](b, `document.querySelector('#ban-do tbody tr:first-child td.n a') !== null`) {
						b.t.Error("no province mentions it")
					}
				}},
				{"a document by its number", func() {
					b.open("/")
					b.ask("31 kh tu")
					b.follow(".hit h3 a")
					b.has("h1", "KẾ HOẠCH")
				}},
				{"resolutions of a province in a year", func() {
					b.open("/")
					b.run(chromedp.Click(chromedp.CSS(`section[aria-labelledby=f-kind] summary`)))
					b.follow(`.values a[href*="kind=nghi-quyet"]`)
					b.follow(`.bars a[data-year="2021"]`)
					b.has(".chips", "2021")
					b.has(".hits h3", "NGHỊ QUYẾT")
				}},
				{"a lesson with its source", func() {
					b.open("/?q=d%C3%A2n+v%E1%BA%ADn")
					b.follow(".hit a.tag")
					b.has(".text .tag:target", "Bài học")
					if script && !eval[bool](b, `document.querySelector('[data-copy]').checkVisibility()`) {
						b.t.Error("nothing to copy the citation with")
					}
					b.has("#trich-dan", "ngày")
				}},
				{"two provinces side by side", func() {
					b.open("/so-sanh")
					b.run(chromedp.SetValue(chromedp.CSS(`label:nth-of-type(1) select`), "gia-lai"),
						chromedp.SetValue(chromedp.CSS(`label:nth-of-type(2) select`), "lam-dong"))
					b.follow(".pick button")
					b.has("section[aria-labelledby=h-years] figcaption", "Lâm Đồng")
				}},
				{"a province that has been merged", func() {
					b.open("/")
					b.follow(`.facet .switch a[href*="province_view=then"]`)
					b.run(chromedp.Click(chromedp.CSS(`section[aria-labelledby=f-province] summary`)))
					b.follow(`.values a[href*="province=vinh-phuc"]`)
					b.has(".hits .where", "Vĩnh Phúc")
				}},
				{"a feed", func() {
					b.open("/?q=nghi+quyet")
					b.has(".after a", "Atom")
				}},
				{"why a date was noted", func() {
					b.open("/bai-viet/gia-lai-2020-phuong-thuc-lanh-dao")
					b.run(chromedp.Click(chromedp.CSS(".evidence summary")), chromedp.WaitVisible(chromedp.CSS(".evidence[open] blockquote")))
				}},
				{"figures of a province", func() {
					b.open("/bang-dieu-khien")
					b.follow(`.map.wide a[href*="province=hung-yen"]`)
					b.has(".chips", "Hưng Yên")
					b.has(".sources a[href*='by=topic']", "CSV")
				}},
			}
			for _, task := range tasks {
				t.Run(task.name, func(t *testing.T) {
					b.t = t
					task.do()
				})
			}
			b.t = t
		})
	}
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
	// Every stop shows where it is.
	for range 40 {
		b.run(chromedp.KeyEvent(kb.Tab))
		if stop := eval[string](b, `(() => { const e = document.activeElement, s = getComputedStyle(e);
			if (e === document.body || e.namespaceURI.endsWith('svg')) return '';
			return s.outlineStyle === 'none' || s.outlineWidth === '0px' ? e.outerHTML.slice(0, 80) : ''; })()`); stop != "" {
			t.Errorf("no focus to be seen on %s", stop)
		}
	}
	// A long list of values is narrowed by typing; Enter takes what is left.
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
		"/bang-dieu-khien", "/bang-dieu-khien?province_view=then&q=nghi+quyet", "/bang-dieu-khien?q=zzzzqq", "/bang-dieu-khien?embed=1",
		"/so-sanh", "/so-sanh?province=gia-lai&province=lam-dong&province=hue&province=phu-tho", "/tro-giup", "/tro-giup?lang=en",
		"/bai-viet/" + url.PathEscape(rtl),
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

// The rules of axe-core for WCAG 2.2 AA find nothing on any page.
func TestBrowserAxe(t *testing.T) {
	path := os.Getenv(axeEnv)
	if path == "" {
		t.Skipf("no axe-core: npm install axe-core, and give the path of axe.min.js in %s", axeEnv)
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := site(t)
	b := newTab(t, browse(t), s.URL)
	for _, path := range browserPages() {
		for theme, screen := range map[string]screen{"dark": screens[0], "light": screens[2]} {
			b.theme(theme)
			b.size(screen.width, screen.height)
			b.open(path)
			// What opens on demand is looked at too.
			eval[int](b, `document.querySelectorAll('details').forEach(d => d.open = true), 0`)
			if theme == "light" && path == "/" {
				b.run(chromedp.SendKeys(chromedp.CSS("#q"), "nghi qu"))
				b.until(`document.querySelectorAll('.suggest li').length > 0`)
			}
			eval[int](b, string(axe)+";0")
			violations := eval[[]string](b, `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
				.then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 120) + ' ' + n.failureSummary.split('\n')[1]).join(' | ')))`)
			for _, v := range violations {
				t.Errorf("%s at %d: %s", path, screen.width, v)
			}
		}
	}
}

// A page stays as it is while the index is changed under it, says so, and
// shows the new one when asked to; a dashboard renews its figures.
func TestBrowserGenerations(t *testing.T) {
	src := &source{}
	src.engine.Store(&shared)
	s := serve(t, src)
	b := newTab(t, browse(t), s.URL)
	b.open("/?q=dan+van")
	next := search.Engine(renamed{shared, "g2"})
	src.engine.Store(&next)
	eval[bool](b, `dispatchEvent(new Event('visibilitychange'))`)
	b.run(chromedp.WaitVisible(chromedp.CSS("[data-newer]")))
	b.follow("[data-reload]")
	if got := eval[string](b, `document.body.dataset.generation`); got != "g2" {
		t.Errorf("generation %s, want g2", got)
	}
	// Figures are renewed where they stand; what was opened stays open.
	b.open("/bang-dieu-khien?embed=1")
	eval[bool](b, `document.querySelector('[aria-labelledby=h-months] details').open = true`)
	before := eval[string](b, `window.unchanged = document.querySelector('.tiles').textContent`)
	src.engine.Store(&shared)
	eval[bool](b, `dispatchEvent(new Event('visibilitychange'))`)
	b.run(chromedp.WaitReady(chromedp.CSS(`body[data-generation="g1"]`)), chromedp.WaitVisible(chromedp.CSS("[data-renewed]")))
	if !eval[bool](b, `document.querySelector('[aria-labelledby=h-months] details').open && window.unchanged !== undefined`) {
		t.Error("the page was loaded again, or closed what was open")
	}
	if after := eval[string](b, `document.querySelector('.tiles').textContent`); after == before {
		t.Errorf("figures are still %s", after)
	}
}

// renamed is an engine of another generation, with one article more.
type renamed struct {
	search.Engine
	generation string
}

func (r renamed) Info() search.Info {
	info := r.Engine.Info()
	info.Generation = r.generation
	return info
}

func (r renamed) Search(ctx context.Context, q search.Query) (*search.Results, error) {
	res, err := r.Engine.Search(ctx, q)
	if err == nil {
		again := *res
		again.Generation = r.generation
		again.Total++
		res = &again
	}
	return res, err
}

// crowded is an engine with more districts than a page lists.
type crowded struct{ search.Engine }

func (c crowded) Search(ctx context.Context, q search.Query) (*search.Results, error) {
	res, err := c.Engine.Search(ctx, q)
	if err == nil && len(res.Facets[search.FacetDistrict]) > 0 {
		again := *res
		again.Facets = maps.Clone(res.Facets)
		for n := range 700 {
			again.Facets[search.FacetDistrict] = append(again.Facets[search.FacetDistrict],
				search.Count{Value: fmt.Sprintf("huyen-so-%d", n), Label: fmt.Sprintf("Huyện số %d", n), Count: 1 + n%3})
		}
		res = &again
	}
	return res, err
}

// Every value of a facet is reached by typing, however many there are.
func TestBrowserLongFacet(t *testing.T) {
	src := &source{}
	many := search.Engine(crowded{shared})
	src.engine.Store(&many)
	s := serve(t, src)
	b := newTab(t, browse(t), s.URL)
	const section = `section[aria-labelledby=f-district] `
	b.open("/?q=nghi+quyet&year=2020")
	b.run(chromedp.Click(chromedp.CSS(section + "summary")))
	b.has(section+"[data-beyond]", "tên nữa")
	b.run(chromedp.SendKeys(chromedp.CSS(section+".find [type=search]"), "so 697"))
	b.until(`[...document.querySelectorAll('` + section + `details li')].filter(li => !li.hidden).length === 1`)
	b.has(section+"details li:not([hidden])", "Huyện số 697")
	if got := eval[string](b, `document.querySelector('`+section+`details li:not([hidden]) a').getAttribute('href')`); got != "/?q=nghi+quyet&year=2020&district=huyen-so-697" {
		t.Errorf("it leads to %s", got)
	}
	// What is typed is asked for once, and what was found goes on being narrowed.
	b.run(chromedp.SendKeys(chromedp.CSS(section+".find [type=search]"), kb.Backspace+kb.Backspace))
	b.until(`[...document.querySelectorAll('` + section + `details li')].filter(li => !li.hidden).length > 90`)
}
