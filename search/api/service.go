// Package api serves the search over HTTP: JSON answers to URLs.
//
// A request passes: ID, log and metrics (observe), the headers of every answer
// (secure), the bounds of requests (bound), the read token, the rate of the client;
// then the one handler of its route, which reads the URL (search.FromValues), calls
// the engine of the current generation (Ask, through a gate and within a deadline)
// and renders the answer. Errors become problem documents by one table. The routes
// are one table too (operations), from which Gin, the OpenAPI document and the page
// at /docs are made.
//
// The pages of package web are mounted beside the routes on [Service.Router] and so
// have the same limits. They query with [Service.Ask] and fail with [Service.Fail],
// which shows problems to browsers as the page given to [Service.ShowProblems].
//
// Queries are understood and answered in package search and its engines. The
// service fetches nothing from other hosts.
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

// Source returns the engine of the current generation, which stays open until the
// returned function is called. It returns [search.ErrNoIndex] while there is none.
// It is safe for concurrent use. A Source may also have the methods Problem()
// error, which returns why it does not serve the newest generation, and Down()
// error, which returns why the engine cannot answer right now.
type Source interface {
	Acquire() (search.Engine, func(), error)
}

// Service is the HTTP service, safe for concurrent use once everything
// is mounted.
type Service struct {
	cfg     Config
	source  Source
	router  *gin.Engine
	handler http.Handler
	// described makes the description in a language, once, when it is first wanted.
	described map[string]func() (description, error)
	framed    gin.HandlerFunc // shows /docs like the other pages; nil for the complete page
	page      ProblemPage     // nil for JSON alone
	open      []string        // routes served without the read token

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

// New makes the service. It fails on a read token that could never match, and on an
// invalid base path or origin.
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
	// IDs may contain any character, so routes match the path as sent, and each
	// parameter is unescaped once, as a path (Gin would read + as a space).
	s.router.UseEscapedPath, s.router.UnescapePathValues = true, false
	s.router.RedirectTrailingSlash = false
	s.router.HandleMethodNotAllowed = true
	if cfg.Traces != nil {
		s.router.Use(traced(cfg.Traces))
	}
	s.router.Use(s.observe, s.secure, s.crossOrigin, s.admit, s.bound, s.authorize, s.limitRate)
	s.router.NoRoute(s.noRoute)
	s.router.NoMethod(s.noMethod)
	s.register()

	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(gzip.BestSpeed))
	if err != nil {
		return nil, fmt.Errorf("set up compression: %w", err)
	}
	s.handler = compress(s.router)
	return s, nil
}

// Router is where further pages must be mounted before the service serves.
func (s *Service) Router() *gin.Engine { return s.router }

// ServeHTTP answers one request.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.handler.ServeHTTP(w, s.inside(r))
}

// Ask calls f with the engine of the current generation. Every query of f is
// answered within the limits of the service, from its cache if it was answered
// before. Answers are shared between requests: f may keep them, but must not change
// them. The context is that of a request, or of a query that comes from elsewhere.
func (s *Service) Ask(ctx context.Context, f func(context.Context, search.Engine) error) error {
	e, release, err := s.acquire()
	if err != nil {
		return err
	}
	defer release()
	return f(ctx, e)
}

// acquire returns the current engine, with the gate that queries must pass.
func (s *Service) acquire() (engine, func(), error) {
	e, release, err := s.source.Acquire()
	if err != nil {
		return engine{}, nil, err
	}
	return engine{Engine: e, s: s, generation: e.Info().Generation}, release, nil
}

// Fail answers a request with the problem of an error: a page for browsers, a
// problem document for programs, 304 for [ErrNotModified]. If the answer has begun,
// Fail cuts the connection instead, because half an answer must not look complete.
func (s *Service) Fail(c *gin.Context, err error) {
	if errors.Is(err, ErrNotModified) {
		c.AbortWithStatus(http.StatusNotModified)
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

// showPage shows a problem as a page and reports whether it did. If the page fails,
// the error is logged, and the caller sends the problem document.
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
// status and body. Other headers are set before. If it returns an error, it must
// have written nothing.
type ProblemPage func(w http.ResponseWriter, r *http.Request, problem error) error

// ShowProblems sets the page that shows problems to clients that prefer HTML. files
// are the routes of the files that this page loads: they are served without the
// read token, which the reader of a 401 does not have. It must be called before the
// service serves.
func (s *Service) ShowProblems(page ProblemPage, files ...string) {
	s.page, s.open = page, append(s.open, files...)
}

// noRoute answers OPTIONS *, and rejects unknown paths.
func (s *Service) noRoute(c *gin.Context) {
	if c.Request.Method == http.MethodOptions && c.Request.URL.Path == "*" {
		c.Header("Allow", "GET, HEAD, POST, OPTIONS")
		c.AbortWithStatus(http.StatusNoContent)
		return
	}
	s.Fail(c, ErrNoRoute)
}

// noMethod answers OPTIONS, and rejects methods that a route does not have. Gin has
// set Allow.
func (s *Service) noMethod(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Allow", h.Get("Allow")+", OPTIONS")
	if c.Request.Method == http.MethodOptions {
		c.AbortWithStatus(http.StatusNoContent)
		return
	}
	s.Fail(c, errMethod)
}
