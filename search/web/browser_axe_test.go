package web_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/search/api"
)

// axeEnv is the variable with the path of axe.min.js, whose rules the pages must pass.
const axeEnv = "NGHIQUYET_AXE"

// state is a page in which a reader has opened or chosen something.
type state struct {
	address string
	script  string // does what the reader does
	until   string // is true when the page shows it; empty if it does at once
}

// states are the states of pages that browserPages shows untouched.
var states = []state{
	{address: "/", script: `(q => { q.focus(); q.value = 'nghi qu'; q.dispatchEvent(new Event('input')); })(document.querySelector('#q'))`,
		until: `document.querySelectorAll('.suggest li').length > 0`},
	{address: "/?q=nghi+quyet", script: `document.querySelector('details.menu').open = true`},
	{address: "/?type=lesson&q=dan+van", script: `document.querySelectorAll('.hit > input').forEach(e => e.click())`},
	{address: "/?q=nghi+quyet", script: `document.querySelectorAll('[data-findable] summary').forEach(s => { s.click(); const e = s.parentElement.querySelector('.find input'); e.value = 'zzz'; e.dispatchEvent(new Event('input')); })`},
	{address: "/?q=nghi+quyet", script: `document.querySelectorAll('[role=status] [hidden]').forEach(e => { e.hidden = false; })`},
	{address: "/bai-viet/gia-lai-2020-phuong-thuc-lanh-dao?q=nghi+quyet", script: `document.querySelector('[data-step="1"]').click()`},
	{address: "/theo-doi?q=dan+van", script: `document.querySelector('[data-keep]').click()`},
	{address: "/theo-doi"}, // lists the search that was kept before
	{address: "/theo-doi?q=dan+van", script: `document.querySelector('[data-keep]').click()`},
}

// refusals returns the addresses of pages that only some requests and configurations
// meet: an address too long, too many requests, no generation yet.
func refusals(t *testing.T, site string) []string {
	t.Helper()
	src := &source{}
	src.engine.Store(&shared)
	slow := serveWith(t, src, api.Config{ClientRate: 0.001, ClientBurst: 1})
	get(t, slow, "/")
	empty := serve(t, &source{})
	return []string{site + "/?q=" + strings.Repeat("a", 40_000), slow.URL + "/", empty.URL + "/"}
}

// axeScreens are a telephone and the screen of an office.
var axeScreens = []screen{{360, 740}, {1366, 768}}

// The rules of axe-core for WCAG 2.2 AA find nothing on any page, on either screen.
// A page in the other theme differs in its colours only. Without
// [shareddata.EveryNth]'s variable each screen has another sixth of the pages.
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
	var seen []state
	for _, path := range browserPages() {
		// Closed details are checked too; the menu opens over what is below it.
		open := `document.querySelectorAll(location.search ? 'details:not(.menu)' : 'details').forEach(d => d.open = true)`
		seen = append(seen, state{address: s.URL + path, script: open})
	}
	for _, one := range states {
		one.address = s.URL + one.address
		seen = append(seen, one)
	}
	for _, address := range refusals(t, s.URL) {
		seen = append(seen, state{address: address})
	}
	every := shareddata.EveryNth(6)
	for i, screen := range axeScreens {
		themes := []string{"dark", "light"}
		if i > 0 {
			themes = []string{"light", "dark"}
		}
		t.Run(fmt.Sprint(screen.width), func(t *testing.T) {
			b := newTab(t, browse(t), "")
			b.size(screen.width, screen.height)
			for at := i % every; at < len(seen); at += every {
				checkAxe(b, seen[at], string(axe), themes)
			}
		})
	}
}

// checkAxe opens a page in its state and checks it in each theme.
func checkAxe(b *tab, one state, axe string, themes []string) {
	b.t.Helper()
	b.theme(themes[0])
	b.open(one.address)
	eval[int](b, one.script+";0")
	if one.until != "" {
		b.until(one.until)
	}
	if over := eval[float64](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		b.t.Errorf("%.200s after %s: %v pixels too wide", one.address, one.script, over)
	}
	eval[int](b, axe+";0")
	rules := `['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`
	for _, theme := range themes {
		b.theme(theme)
		violations := eval[[]string](b, fmt.Sprintf(`axe.run(document, {runOnly: %s})
			.then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 120) + ' ' + n.failureSummary.split('\n')[1]).join(' | ')))`, rules))
		for _, v := range violations {
			b.t.Errorf("%.200s in %s after %s: %s", one.address, theme, one.script, v)
		}
		rules = `['color-contrast']`
	}
}
