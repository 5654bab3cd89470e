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

// anyOrigin in CORSOrigins allows pages of all origins to read the API.
const anyOrigin = "*"

// ErrOrigin is for an invalid origin.
var ErrOrigin = errors.New("origin")

// checkOrigins rejects values that no browser sends as an origin.
func checkOrigins(origins []string) error {
	for _, origin := range origins {
		u, err := url.Parse(origin)
		if origin != anyOrigin && (err != nil || u.Host == "" || origin != u.Scheme+"://"+strings.ToLower(u.Host)) {
			return fmt.Errorf("%w %q: want scheme and host, such as https://bang.example.vn, or *", ErrOrigin, origin)
		}
	}
	return nil
}

// exposed are the response headers that pages of other origins may read, in
// addition to those always allowed.
const exposed = "ETag, Retry-After, Content-Disposition, X-Total-Count, X-Row-Count, X-Truncated, X-Request-Id"

// crossOrigin allows scripts of the configured origins to read answers of the API. It
// does not allow them to read pages of ours or admin routes, nor to send cookies.
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
	// A preflight request has no token.
	h.Set("Access-Control-Allow-Methods", "GET, HEAD")
	h.Set("Access-Control-Allow-Headers", "Authorization, If-None-Match")
	h.Set("Access-Control-Max-Age", "600") // seconds
	c.AbortWithStatus(http.StatusNoContent)
}
