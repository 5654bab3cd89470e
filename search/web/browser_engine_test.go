package web_test

import (
	"context"
	"fmt"
	"maps"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"nghiquyet/search"
)

// A page does not change while the index changes, says that there is a new one, and
// shows it on request; a dashboard renews its figures.
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
	// Figures are renewed in place; opened details stay open.
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

// renamed is an engine of another generation, with one more article.
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
	// Typed text is requested once, and the result can be narrowed further.
	b.run(chromedp.SendKeys(chromedp.CSS(section+".find [type=search]"), kb.Backspace+kb.Backspace))
	b.until(`[...document.querySelectorAll('` + section + `details li')].filter(li => !li.hidden).length > 90`)
}
