package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// anyOrigin among CORSOrigins lets the pages of all origins read the API.
const anyOrigin = "*"

// ErrOrigin is an origin that is none.
var ErrOrigin = errors.New("origin")

// checkOrigins refuses what no browser would name as an origin.
func checkOrigins(origins []string) error {
	for _, origin := range origins {
		u, err := url.Parse(origin)
		if origin != anyOrigin && (err != nil || u.Host == "" || origin != u.Scheme+"://"+strings.ToLower(u.Host)) {
			return fmt.Errorf("%w %q: want scheme and host, such as https://bang.example.vn, or *", ErrOrigin, origin)
		}
	}
	return nil
}

// exposed are the headers of answers that the pages of other origins may read
// beside those that they always may.
const exposed = "ETag, Retry-After, Content-Disposition, X-Total-Count, X-Row-Count, X-Truncated, X-Request-Id"

// crossOrigin lets the pages of named origins read the API, and nothing else of
// the service: no page, no admin route, no cookie.
func (s *Service) crossOrigin(c *gin.Context) {
	path := c.Request.URL.Path
	if len(s.cfg.CORSOrigins) == 0 || !strings.HasPrefix(path, "/api/v1/") || strings.HasPrefix(path, adminPrefix) {
		return
	}
	h := c.Writer.Header()
	h.Add("Vary", "Origin")
	allowed := c.GetHeader("Origin")
	if slices.Contains(s.cfg.CORSOrigins, anyOrigin) {
		allowed = anyOrigin
	} else if !slices.Contains(s.cfg.CORSOrigins, allowed) {
		return
	}
	h.Set("Access-Control-Allow-Origin", allowed)
	h.Set("Access-Control-Expose-Headers", exposed)
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if c.Request.Method != http.MethodOptions || c.GetHeader("Access-Control-Request-Method") == "" {
		return
	}
	// What a browser asks before a request with further headers has no token.
	h.Set("Access-Control-Allow-Methods", "GET, HEAD")
	h.Set("Access-Control-Allow-Headers", "Authorization, If-None-Match")
	h.Set("Access-Control-Max-Age", "600") // seconds
	c.Status(http.StatusNoContent)
	c.Writer.WriteHeaderNow()
	c.Abort()
}
