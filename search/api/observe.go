package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

type contextKey int

const (
	requestIDKey contextKey = iota
	accountKey
	guestKey
)

// Keys of gin.Context.
const (
	routeKey = "api.route" // string: the path of the operation, as documented
	errorKey = "api.error" // error: why the request failed
)

// RequestID returns the ID of the request to which a context belongs.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey).(string)
	return id
}

// givenID is what a trusted proxy's X-Request-Id must match.
var givenID = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)

func newRequestID() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// observe gives the request an ID, measures it and logs it. A panic in later
// handlers becomes a problem document here.
func (s *Service) observe(c *gin.Context) {
	start := time.Now()
	addr, forwarded := s.proxies.client(c.Request)
	id := c.GetHeader("X-Request-Id")
	if !forwarded || !givenID.MatchString(id) {
		id = newRequestID()
	}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), requestIDKey, id))
	c.Header("X-Request-Id", id)
	trace.SpanFromContext(c.Request.Context()).SetAttributes(attribute.String("request_id", id))
	s.metrics.inFlight.Inc()

	aborted := true // unless the end is reached
	defer func() {
		s.metrics.inFlight.Dec()
		took := time.Since(start)
		route, status := routeOf(c), c.Writer.Status()
		s.metrics.answered(c.Request.Method, route, status, took)
		level := slog.LevelInfo
		attrs := []slog.Attr{
			slog.String("request_id", id), slog.String("method", c.Request.Method), slog.String("route", route),
			slog.Int("status", status), slog.Float64("duration_ms", float64(took.Microseconds())/1000),
			slog.Int("bytes", max(c.Writer.Size(), 0)), slog.String("client", addr.String()),
		}
		if s.cfg.LogQueries {
			attrs = append(attrs, slog.String("query", c.Request.URL.RawQuery))
		}
		err, failed := c.Get(errorKey)
		switch {
		case aborted:
			level = slog.LevelWarn
			attrs = append(attrs, slog.Bool("aborted", true))
		case status == http.StatusInternalServerError:
			level = slog.LevelError
		case status > http.StatusInternalServerError:
			level = slog.LevelWarn
		default: // an error of the client may contain what a reader typed
			failed = false
		}
		if failed {
			attrs = append(attrs, slog.Any("error", err))
		}
		s.cfg.Log.LogAttrs(c.Request.Context(), level, "request", attrs...)
	}()
	s.recovered(c)
	aborted = false
}

// recovered runs the later handlers and turns a panic into a problem document.
func (s *Service) recovered(c *gin.Context) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(cause)
		}
		s.metrics.panics.Inc()
		s.cfg.Log.Error("panic", "request_id", RequestID(c.Request.Context()), "route", routeOf(c),
			"cause", cause, "stack", string(debug.Stack()))
		s.Fail(c, errInternal)
	}()
	c.Next()
}

// note records the error of a request for the log, and counts it by its kind.
func (s *Service) note(c *gin.Context, err error) {
	c.Set(errorKey, err)
	if k := kindOf(err); k.status != statusClientGone {
		s.metrics.rejected.WithLabelValues(k.slug).Inc()
	}
}

// routeOf returns the route of a request for log and metrics: one of a fixed set.
func routeOf(c *gin.Context) string {
	if route := c.GetString(routeKey); route != "" {
		return route
	}
	if route := c.FullPath(); route != "" {
		return route
	}
	return "none"
}
