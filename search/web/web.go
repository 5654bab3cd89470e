// Package web serves the search as HTML pages.
//
// A request passes the limits of package api, on whose router the pages are mounted
// ([Mount]), and then: language and theme (readerOf), the query of the URL
// (search.FromValues, as for the API), the engine of the current generation
// (api.Service.Ask), a view struct, a template. There is one file for each page: search,
// article, dashboard, compare, news, help, basket, follow; each handler decides, then
// renders. All state is in the URL. Every page works without script; assets/app.js makes it
// quicker.
//
// Charts are SVG made here, each with a table of the same figures. Texts of the interface
// are in one table (messages.txt). Nothing comes from other hosts, and no page contains script
// or style of its own, so that the policy of package api works.
package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/analyzers/vi"
	"nghiquyet/search"
	"nghiquyet/search/api"
)

// Paths of the pages.
const (
	searchPath    = "/"
	articlePath   = "/bai-viet/"
	dashboardPath = "/bang-dieu-khien"
	comparePath   = "/so-sanh"
	newsPath      = "/moi-nhat"
	basketPath    = "/gio"
	followPath    = "/theo-doi"
	helpPath      = "/tro-giup"
)

// site is the pages of one service. It is safe for concurrent use.
type site struct {
	log     *slog.Logger // receives errors of rendering
	service *api.Service
	assets  *assets
	pages   map[string]map[string]*template.Template // by language and name
}

// page is the data of the layout around a view.
type page struct {
	reader
	Name   string // of the template
	Title  string // of the document, without the name of the service
	Path   string // of the page, to mark it in the navigation
	Embed  bool   // in a frame of another site: without header and footer
	Feed   string // address of the page as a feed, "" for none
	Status int    // 200 when 0
	View   any
	// Site is the absolute address of the service, "" if unknown.
	Site      string
	Canonical string // address of the page of which this one is a view; "" for none
	Linked    linked // description of the page for crawlers, or nil
	NoIndex   bool   // for crawlers: only a view of documents that have pages
	// Generation is the generation of the answer, for the script that checks for a
	// newer one.
	Generation string
}

// Shown is the id of the element with which the first screen is complete. The page is
// painted when the element is read, or at the end where there is none: so nothing shown
// moves, and what follows is not waited for.
func (p *page) Shown() string {
	switch p.Name {
	case "search":
		return "hit-3" // on the page that has three
	case "dashboard":
		return "ban-do"
	case "article":
		return "noi-dung"
	}
	return "cuoi-trang"
}

// handler makes the page of a request.
type handler func(c *gin.Context, r reader) (*page, error)

// Mount adds the pages to the service. Call it before the service serves.
func Mount(service *api.Service, log *slog.Logger) error {
	s := &site{log: log, service: service}
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return err
	}
	if s.pages, err = parse(); err != nil {
		return err
	}
	router := service.Router()
	shown := []string{http.MethodGet, http.MethodHead}
	for path, h := range map[string]handler{
		searchPath: s.search, articlePath + "*id": s.article, dashboardPath: s.dashboard,
		comparePath: s.compare, newsPath: s.news, basketPath: s.basket, followPath: s.follow, helpPath: s.help,
	} {
		router.Match(shown, path, s.serve(h))
	}
	router.GET(citedCSVPath, s.serve(s.citedCSV))
	router.GET(basketTextPath, s.serve(s.basketText))
	router.GET(iconPath, s.assets.icon)
	for path, h := range map[string]gin.HandlerFunc{assetsPath + "*name": s.assets.serve, robotsPath: s.robots, sitemapPath: s.sitemap, openSearchPath: s.openSearch} {
		router.Match(shown, path, h)
	}
	service.ShowDocs(s.docs)
	service.ShowProblems(s.problem, assetsPath+"*name", iconPath, robotsPath)
	return service.CheckBase()
}

// serve answers with the page of a handler, or with the page of its error.
func (s *site) serve(h handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		r := s.readerOf(c.Writer, c.Request)
		p, err := h(c, r)
		switch {
		case c.Writer.Written(): // a redirect
		case err == nil:
			p.reader, p.Generation = r, c.GetString(generationKey)
			p.Site, p.NoIndex = s.siteOf(c.Request), p.Canonical == "" && r.here.RawQuery != ""
			err = s.render(c.Writer, p)
		}
		if err != nil {
			s.service.Fail(c, err)
		}
	}
}

// varies sets Vary, because pages and answers 304 depend on cookies. They do not
// depend on the languages of the browser: see readerOf.
func varies(h http.Header) {
	const by = "Cookie"
	if !slices.Contains(h.Values("Vary"), by) {
		h.Add("Vary", by)
	}
}

// generationKey has the generation that [site.ask] used, in a request's values.
const generationKey = "generation"

// ask calls f with the engine of the current generation. If the browser has the page
// from this generation already, ask returns [api.ErrNotModified] and does not call f. It
// returns the first error that f met.
func (s *site) ask(c *gin.Context, r reader, f func(*asker)) error {
	return s.service.Ask(c.Request.Context(), func(ctx context.Context, e search.Engine) error {
		generation := e.Info().Generation
		c.Set(generationKey, generation)
		if s.unchanged(c, r, generation) {
			return api.ErrNotModified
		}
		a := &asker{ctx: ctx, Engine: e}
		f(a)
		return a.err
	})
}

// render answers with a page. It renders the complete page before the answer
// begins: if it returns an error, nothing has been written.
func (s *site) render(w http.ResponseWriter, p *page) error {
	var b bytes.Buffer
	if err := s.pages[p.Lang][p.Name].ExecuteTemplate(&b, "layout", p); err != nil {
		s.log.Error("page", "page", p.Name, "error", err)
		return fmt.Errorf("render %s: %w", p.Name, err)
	}
	body := b.Bytes()
	if len(p.here.RawQuery) > longAddress {
		body = cutLinks(body)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", p.Lang)
	varies(h)
	w.WriteHeader(max(p.Status, http.StatusOK))
	if p.Embed {
		body = []byte(outOfFrame.Replace(string(body)))
	}
	body = unfollow(strings.ToValidUTF8(string(body), "\uFFFD")) // addresses may bring other bytes
	_, _ = w.Write(s.service.UnderBase(body))                    // the client is gone
	return nil
}

// outOfFrame makes links open pages that refuse to be framed in tabs of their own.
// Texts cannot contain such an attribute, because their quotation marks are
// escaped.
var outOfFrame = strings.NewReplacer(`href="`+searchPath+`?`, `target="_blank" href="`+searchPath+`?`, `href="`+articlePath, `target="_blank" href="`+articlePath)

// failView is an error as a page.
type failView struct {
	Problem api.Problem
	Wrong   []wrong
	Text    string // of the query, for another try
}

// wrong is one parameter that was not understood.
type wrong struct {
	api.WrongParam
	Name, Given string
	Without     string   // this page without the parameter
	Near        []choice // this page with a similar value
}

// wrongOf names the parameters of a problem as the pages do, with values as typed
// if the error has their slugs.
func wrongOf(r reader, given url.Values, errs []api.WrongParam, err error) (out []wrong) {
	unknown, _ := errors.AsType[*search.ParamError](err)
	for _, e := range errs {
		w := wrong{WrongParam: e, Name: e.Parameter, Given: typedAs(given, e.Parameter, e.Value)}
		for _, key := range []string{"facet." + e.Parameter, "param." + e.Parameter} {
			if name, err := message(r.Lang, key); err == nil {
				w.Name = name
			}
		}
		rest := maps.Clone(given)
		rest.Del(e.Parameter)
		w.Without = address(r.here.EscapedPath(), rest)
		if unknown != nil && unknown.Code == search.CodeUnknownValue {
			w.Right = "" // advice for programs
			for _, name := range unknown.Near {
				rest.Set(e.Parameter, vi.Slug(name))
				w.Near = append(w.Near, choice{Label: name, Href: hrefOf(address(r.here.EscapedPath(), rest))})
			}
		}
		out = append(out, w)
	}
	return out
}

// problem answers a browser with the page of an error, for any address.
func (s *site) problem(w http.ResponseWriter, req *http.Request, err error) error {
	r := s.readerOf(w, req)
	problem := api.ProblemOf(req, err, r.Lang)
	_, kind, _ := strings.Cut(problem.Type, "#")
	if text, err := message(r.Lang, "problem."+kind); err == nil {
		problem.Detail = text // in words for people
	}
	if len(problem.Errors) > 0 {
		problem.Title = say(r.Lang, "error.title")
	}
	given := req.URL.Query()
	return s.render(w, &page{reader: r, Name: "error", Title: problem.Title, Status: problem.Status,
		NoIndex: true, View: failView{Problem: problem, Wrong: wrongOf(r, given, problem.Errors, err), Text: clip(given.Get("q"), 200)}})
}

// query reads the parameters of a search, with dates as people write them.
// Parameters of other sites, which links collect as they are passed on, are
// left out.
func query(v url.Values) (search.Query, error) {
	v = maps.Clone(v)
	for end, name := range []string{"from", "to"} {
		v[name] = slices.Clone(v[name])
		for i, s := range v[name] {
			v[name][i] = days(s)[end]
		}
	}
	q, errs := search.FromValues(v)
	errs = slices.DeleteFunc(errs, func(e search.ParamError) bool { return e.Code == search.CodeUnknownParam })
	if len(errs) > 0 {
		return q, api.ParamErrors(errs)
	}
	return q, nil
}
