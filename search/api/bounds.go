package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// policy is the Content-Security-Policy of every answer: nothing from other hosts,
// no inline scripts or styles, no plug-ins, no forms to other hosts, no other base.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "

// secure sets the headers of every answer.
func (s *Service) secure(c *gin.Context) {
	h := c.Writer.Header()
	ancestors := "'none'"
	if len(s.cfg.EmbedOrigins) > 0 && strings.Contains(c.Request.URL.RawQuery, "embed=1") && c.Query("embed") == "1" {
		ancestors = strings.Join(s.cfg.EmbedOrigins, " ")
	} else {
		h.Set("X-Frame-Options", "DENY")
	}
	h.Set("Content-Security-Policy", policy+ancestors)
	harden(h)
	if c.Request.TLS != nil {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// harden sets the headers that are the same for every answer.
func harden(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

// admit marks the connection as busy, and rejects everything except probes on a
// spare place.
func (s *Service) admit(c *gin.Context) {
	g := guestFor(c.Request.Context())
	if g == nil {
		return
	}
	g.asked()
	if !g.spare {
		return
	}
	c.Header("Connection", "close")
	if !probe(c) {
		s.Fail(c, ErrBusy)
	}
}

// probe reports whether a request asks for the health of the service.
func probe(c *gin.Context) bool {
	switch c.FullPath() {
	case healthPath, readyPath, metricsPath:
		return true
	}
	return false
}

// bound rejects requests that are too large.
func (s *Service) bound(c *gin.Context) {
	r := c.Request
	switch {
	case len(r.RequestURI) > s.cfg.MaxURLBytes:
		s.Fail(c, errURLSize)
	case headerBytes(r.Header) > s.cfg.MaxHeaderBytes:
		s.Fail(c, errHeaderSize)
	case r.ContentLength > s.cfg.MaxBodyBytes:
		s.Fail(c, errBodySize)
	default:
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = http.MaxBytesReader(c.Writer, r.Body, s.cfg.MaxBodyBytes)
		}
	}
}

// headerBytes returns the size of the header fields as they were sent.
func headerBytes(h http.Header) int {
	n := 0
	for name, values := range h {
		for _, v := range values {
			n += len(name) + len(": \r\n") + len(v)
		}
	}
	return n
}

// Routes of probes and scrapers, which need no token and have no rate.
const (
	healthPath  = "/healthz"
	readyPath   = "/readyz"
	metricsPath = "/metrics"
	adminPrefix = "/api/v1/admin"
)

// authorize requires the read token if one is configured. Admin routes require a
// token of their own.
func (s *Service) authorize(c *gin.Context) {
	path := c.FullPath()
	if s.read == nil || slices.Contains(s.open, path) || strings.HasPrefix(path, adminPrefix) {
		return
	}
	if !s.read.matches(givenToken(c.Request)) {
		c.Header("WWW-Authenticate", `Basic realm="nghiquyet", charset="UTF-8"`)
		c.Writer.Header().Add("WWW-Authenticate", `Bearer realm="nghiquyet"`)
		s.Fail(c, errUnauthorized)
	}
}

// givenToken returns the bearer token of a request, or the password of its basic
// authentication, for which browsers can ask a reader.
func givenToken(r *http.Request) string {
	if _, password, ok := r.BasicAuth(); ok {
		return password
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// limitRate limits each client to its rate. A request pays for one; an expensive
// query pays more before it runs; at the end the price is corrected to the
// processor time used. The files of problem pages pay too, but are not refused: the
// page that says so loads them.
func (s *Service) limitRate(c *gin.Context) {
	if probe(c) {
		return
	}
	addr, _ := s.proxies.client(c.Request)
	a := &account{client: s.clients.of(addr), paid: 1}
	if !a.pay(1, 1) && !slices.Contains(s.open, c.FullPath()) {
		s.Fail(c, errRate)
		return
	}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), accountKey, a))
	took := processorTime()
	defer func() { a.settle(took()) }()
	c.Next()
}

// accepts reports whether the client accepts one of the media types. A client
// without an Accept header accepts all.
func accepts(r *http.Request, types ...string) bool {
	values := r.Header.Values("Accept")
	if len(values) == 0 {
		return true
	}
	accept := strings.Join(values, ",")
	if len(accept) > maxAcceptBytes || strings.TrimSpace(accept) == "" {
		return true
	}
	for part := range strings.SplitSeq(accept, ",") {
		pattern, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if refused(params) {
			continue
		}
		pattern = strings.ToLower(strings.TrimSpace(pattern))
		for _, t := range types {
			t, _, _ = strings.Cut(t, ";")
			main, _, _ := strings.Cut(t, "/")
			if t == typeAny || pattern == t || pattern == "*/*" || pattern == main+"/*" {
				return true
			}
		}
	}
	return false
}

// prefersHTML reports whether a client is a browser: it accepts HTML, and does not
// name JSON before.
func prefersHTML(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	if len(accept) > maxAcceptBytes {
		return false
	}
	html, json := strings.Index(accept, "text/html"), strings.Index(accept, "json")
	return html >= 0 && (json < 0 || html < json)
}

// refused reports whether the parameters of a media range contain q=0.
func refused(params string) bool {
	for p := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if strings.EqualFold(name, "q") && strings.Trim(value, "0.") == "" && value != "" {
			return true
		}
	}
	return false
}
