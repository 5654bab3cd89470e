// Package api is the service as HTTP: the URL as JSON.
//
// A request walks: request id, log and metrics (observe), the headers of every
// answer (secure), the bounds of requests (bound), the read token,
// the rate of the client; then the one handler of its route, which reads the URL
// (search.FromValues), asks the engine of the current generation (Ask, through a
// gate and within a deadline) and renders. Whatever goes wrong is an error that one
// table turns into a problem document. The routes are one table too
// (operations); Gin, the OpenAPI document and the page at /docs are made of it.
//
// The pages of package web are mounted beside the routes on [Service.Router]
// and so are under the same limits; they ask with [Service.Ask], fail with
// [Service.Fail], which shows problems to browsers as the page that they gave to
// [Service.ShowProblems].
//
// Not done here: queries are not understood or answered here (package search and
// its engines), and nothing is ever fetched.
package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"

	"nghiquyet/search"
)

// Source gives the engine of the current generation, to be released by calling
// the function; until then it stays open. It returns [search.ErrNoIndex] while
// there is none. It is safe for concurrent use. A Source that also has
// Problem() error says by it why it does not serve the newest generation; by
// Down() error, why what it serves cannot answer right now.
type Source interface {
	Acquire() (search.Engine, func(), error)
}

// Service is the HTTP service, safe for concurrent use once everything
// is mounted.
type Service struct {
	cfg      Config
	source   Source
	router   *gin.Engine
	handler  http.Handler
	document map[string][]byte // the OpenAPI document, by language
	docs     map[string][]byte // the page at /docs that stands alone, by language
	content  map[string][]byte // what that page shows
	framed   gin.HandlerFunc   // shows it as the other pages are; nil for the page that stands alone
	page     ProblemPage       // nil for JSON alone
	open     []string          // routes served without the read token

	queries     *turns
	exports     *seats
	cache       *cache
	clients     *clients
	house       *house
	proxies     proxies
	admin, read *secret
	metrics     *metrics
	draining    atomic.Bool
	links       *strings.Replacer // see UnderBase
	buffers     sync.Pool         // of *bytes.Buffer, for answers while they are written
}

// New makes the service. It fails on a read token that could never match, and on a
// base path or an origin that is none.
func New(cfg Config, source Source) (*Service, error) {
	cfg = cfg.withDefaults()
	if err := cfg.settleBase(); err != nil {
		return nil, err
	}
	if err := checkOrigins(cfg.CORSOrigins); err != nil {
		return nil, err
	}
	s := &Service{
		links: newLinks(cfg.BasePath),
		cfg:   cfg, source: source, open: []string{healthPath, readyPath},
		queries: newTurns(cfg.MaxConcurrent, cfg.MaxQueue, cfg.MaxClientQueue, cfg.QueueTimeout),
		exports: newSeats(cfg.MaxExports),
		cache:   newCache(cfg.CacheBytes),
		clients: newClients(cfg),
		house:   newHouse(cfg),
		proxies: cfg.TrustedProxies,
		admin:   newSecret(cfg.AdminToken, cfg.Log),
	}
	if cfg.ReadToken != (Token{}) {
		s.read = newSecret(cfg.ReadToken, cfg.Log)
		if err := s.read.usable(); err != nil {
			return nil, fmt.Errorf("read token: %w", err)
		}
	}
	if err := s.admin.usable(); err != nil && cfg.AdminToken != (Token{}) {
		cfg.Log.Warn("admin routes are off", "reason", err)
	}
	s.metrics = newMetrics(s)

	gin.SetMode(gin.ReleaseMode)
	s.router = gin.New()
	// Identifiers may contain any character: route on what was sent, and unescape each
	// parameter once, as a path (Gin would read + as a space).
	s.router.UseEscapedPath, s.router.UnescapePathValues = true, false
	s.router.RedirectTrailingSlash = false
	s.router.HandleMethodNotAllowed = true
	if cfg.Traces != nil {
		s.router.Use(traced(cfg.Traces))
	}
	s.router.Use(s.observe, s.secure, s.crossOrigin, s.admit, s.bound, s.authorize, s.limitRate)
	s.router.NoRoute(s.noRoute)
	s.router.NoMethod(s.noMethod)
	if err := s.register(); err != nil {
		return nil, err
	}

	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(gzip.BestSpeed))
	if err != nil {
		return nil, fmt.Errorf("set up compression: %w", err)
	}
	s.handler = compress(s.router)
	return s, nil
}

// Router is where further pages are mounted, before the service serves.
func (s *Service) Router() *gin.Engine { return s.router }

// ServeHTTP answers one request.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.handler.ServeHTTP(w, s.inside(r))
}

// Ask hands f the engine of the current generation. Every question f puts to it
// is answered within the limits of the service, from its cache where it was put
// before. Answers are shared between requests: f may keep them, and must not
// change them.
func (s *Service) Ask(r *http.Request, f func(context.Context, search.Engine) error) error {
	return s.AskContext(r.Context(), f)
}

// acquire waits at the gate and returns the current engine.
func (s *Service) acquire() (engine, func(), error) {
	e, release, err := s.source.Acquire()
	if err != nil {
		return engine{}, nil, err
	}
	return engine{Engine: e, s: s, generation: e.Info().Generation}, release, nil
}

// Fail answers a request with the problem of an error: a page for browsers, a
// problem document for programs. [ErrNotModified] is answered by 304. After the
// answer has begun Fail cuts the connection instead: half an answer must not look
// complete.
func (s *Service) Fail(c *gin.Context, err error) {
	if errors.Is(err, ErrNotModified) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return
	}
	s.note(c, err)
	if c.Writer.Written() {
		panic(http.ErrAbortHandler)
	}
	c.Abort()
	p := ProblemOf(c.Request, err, Language(c.Request))
	p.Type = s.cfg.BasePath + p.Type
	prepareProblem(c.Writer.Header(), p, kindOf(err).retry)
	if s.page != nil && prefersHTML(c.Request) && s.showPage(c.Writer, c.Request, err) {
		return
	}
	writeProblem(c.Writer, p)
}

// showPage shows a problem as a page and reports whether it did. What goes wrong
// with the page is logged: the reader gets the problem document then.
func (s *Service) showPage(w http.ResponseWriter, r *http.Request, problem error) (shown bool) {
	defer func() {
		if cause := recover(); cause != nil {
			s.cfg.Log.Error("problem page", "request_id", RequestID(r.Context()), "cause", cause)
			shown = false
		}
	}()
	if err := s.page(w, r, problem); err != nil {
		s.cfg.Log.Error("problem page", "request_id", RequestID(r.Context()), "error", err)
		return false
	}
	return true
}

// ProblemPage writes the problem of an error as a page: Content-Type, language,
// status and body. The other headers are set before. When it returns an error it
// has written nothing.
type ProblemPage func(w http.ResponseWriter, r *http.Request, problem error) error

// ShowProblems has every problem shown as a page to clients that prefer HTML.
// files are the routes of the files that such a page loads: they are served
// without the read token, which the reader of a 401 does not have. It is called
// before the service serves.
func (s *Service) ShowProblems(page ProblemPage, files ...string) {
	s.page, s.open = page, append(s.open, files...)
}

// noRoute answers OPTIONS * and refuses what is not there.
func (s *Service) noRoute(c *gin.Context) {
	if c.Request.Method == http.MethodOptions && c.Request.URL.Path == "*" {
		c.Header("Allow", "GET, HEAD, POST, OPTIONS")
		c.Status(http.StatusNoContent)
		c.Writer.WriteHeaderNow()
		return
	}
	s.Fail(c, ErrNoRoute)
}

// noMethod answers OPTIONS and refuses methods that a route does not have. Gin
// has set Allow.
func (s *Service) noMethod(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Allow", h.Get("Allow")+", OPTIONS")
	if c.Request.Method == http.MethodOptions {
		c.Status(http.StatusNoContent)
		c.Writer.WriteHeaderNow()
		return
	}
	s.Fail(c, errMethod)
}
