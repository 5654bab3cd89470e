package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"nghiquyet/index"
	"nghiquyet/search"
)

// Media types of answers.
const (
	typeJSON    = "application/json"
	typeProblem = "application/problem+json"
	typeCSV     = "text/csv; charset=utf-8"
	typeAtom    = "application/atom+xml; charset=utf-8"
	typeHTML    = "text/html; charset=utf-8"
	typeCSS     = "text/css; charset=utf-8"
	typeText    = "text/plain; charset=utf-8"
)

// errNotModified ends a question whose answer the client has already.
var errNotModified = errors.New("not modified")

// askCached is Ask for a question whose answer the URL and the generation
// decide: it carries an ETag of them, and a client that has it gets 304 without
// the engine being asked.
func (s *Service) askCached(c *gin.Context, f func(context.Context, search.Engine) error) error {
	return s.Ask(c.Request, func(ctx context.Context, e search.Engine) error {
		if s.unchanged(c, e.Info().Generation) {
			return errNotModified
		}
		return f(ctx, e)
	})
}

// unchanged sets the validators of an answer and says whether the client has
// that very answer. The tag is weak: the bytes hold times and may be compressed.
func (s *Service) unchanged(c *gin.Context, generation string) bool {
	tag := `W/"` + strings.Map(tagRune, generation) + "." + strings.Map(tagRune, s.cfg.Version) + `"`
	c.Header("ETag", tag)
	// no-cache: keep it, but ask whether it still holds. A new generation is
	// seen at once.
	if s.read != nil {
		c.Header("Cache-Control", "private, no-cache")
	} else {
		c.Header("Cache-Control", "no-cache")
	}
	for _, v := range c.Request.Header.Values("If-None-Match") {
		for given := range strings.SplitSeq(v, ",") {
			if given = strings.TrimSpace(given); given == "*" || strings.TrimPrefix(given, "W/") == tag[2:] {
				return true
			}
		}
	}
	return false
}

// tagRune keeps to what may stand in an ETag.
func tagRune(r rune) rune {
	if r <= ' ' || r == '"' || r >= 0x7f {
		return '_'
	}
	return r
}

// maxPooledBytes keeps one huge answer from staying in memory.
const maxPooledBytes = 1 << 20

// json answers with v. An answer is encoded whole before it begins, so that
// what cannot be encoded is a problem and not half an answer.
func (s *Service) json(c *gin.Context, v any) error { return s.jsonStatus(c, http.StatusOK, v) }

func (s *Service) jsonStatus(c *gin.Context, status int, v any) error {
	b, ok := s.buffers.Get().(*bytes.Buffer)
	if !ok {
		b = new(bytes.Buffer)
	}
	b.Reset()
	defer func() {
		if b.Cap() <= maxPooledBytes {
			s.buffers.Put(b)
		}
	}()
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	c.Header("Content-Type", typeJSON)
	c.Status(status)
	_, _ = c.Writer.Write(b.Bytes()) // the client is gone
	return nil
}

// bytes answers with what was made before.
func (s *Service) bytes(c *gin.Context, contentType string, b []byte) error {
	c.Header("Content-Type", contentType)
	_, _ = c.Writer.Write(b) // the client is gone
	return nil
}

// fixed answers with what the program decides alone.
func (s *Service) fixed(c *gin.Context, contentType string, b []byte) error {
	if s.unchanged(c, fmt.Sprintf("%08x", crc32.ChecksumIEEE(b))) {
		return errNotModified
	}
	return s.bytes(c, contentType, b)
}

// orEmpty returns s as it is, and nil as an empty slice: JSON has [] for it.
func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// whole returns results in which every list is a list. It leaves r as it is,
// which an engine may keep for other readers.
func whole(r *search.Results) *search.Results {
	w := *r
	w.Hits, w.Suggestions = wholeHits(r.Hits), orEmpty(r.Suggestions)
	w.Facets = make(map[string][]search.Count, len(r.Facets))
	for name, counts := range r.Facets {
		w.Facets[name] = orEmpty(counts)
	}
	return &w
}

func wholeHits(given []search.Hit) []search.Hit {
	hits := orEmpty(slices.Clone(given))
	for i := range hits {
		h := &hits[i]
		h.Topics, h.Snippets = orEmpty(h.Topics), orEmpty(h.Snippets)
		if h.Evidence == nil {
			h.Evidence = map[string]index.Evidence{}
		}
	}
	return hits
}

// wholeArticle does for an article what whole does for results.
func wholeArticle(given *index.Article) *index.Article {
	a := *given
	a.Provinces, a.Topics = orEmpty(a.Provinces), orEmpty(a.Topics)
	a.Sections, a.Lessons, a.Citations = orEmpty(a.Sections), orEmpty(a.Lessons), orEmpty(a.Citations)
	if a.Evidence == nil {
		a.Evidence = map[string]index.Evidence{}
	}
	return &a
}
