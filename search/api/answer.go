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
	"time"

	"github.com/gin-gonic/gin"

	"nghiquyet/index"
	"nghiquyet/search"
)

// Media types of answers.
const (
	typeJSON    = "application/json"
	typeAny     = "*/*" // of whatever a file is
	typeProblem = "application/problem+json"
	typeCSV     = "text/csv; charset=utf-8"
	typeAtom    = "application/atom+xml; charset=utf-8"
	typeHTML    = "text/html; charset=utf-8"
	typeCSS     = "text/css; charset=utf-8"
	typeText    = "text/plain; charset=utf-8"
)

// ErrNotModified ends a request whose answer the client has already: [Service.Fail]
// answers it with 304.
var ErrNotModified = errors.New("not modified")

// askCached is [Service.Ask] for an answer that depends only on the URL, the
// generation and also. The answer has an ETag of these; a client that has it already
// gets 304, and the engine is not called.
func askCached[T any](s *Service, c *gin.Context, f func(context.Context, search.Engine) (T, error), also ...string) (answer T, err error) {
	e, release, err := s.acquire()
	if err != nil {
		return answer, err
	}
	defer release()
	if s.Unchanged(c, e.generation, also...) {
		return answer, ErrNotModified
	}
	return f(c.Request.Context(), e)
}

// Unchanged sets the validators of an answer that depends only on the URL, the
// generation, the program's version and also. It reports whether the client has
// that answer already; the handler then returns [ErrNotModified]. The tag is weak:
// the bytes contain times and may be compressed.
func (s *Service) Unchanged(c *gin.Context, generation string, also ...string) bool {
	parts := append([]string{generation, s.cfg.Version}, also...)
	if after, ok := search.ReadAdded(c.Query("added"), time.Now()); ok {
		parts = append(parts, after) // the time that the parameter means changes every day
	}
	tag := `"` + strings.Map(tagRune, strings.Join(parts, ".")) + `"`
	c.Header("ETag", "W/"+tag)
	c.Header("Cache-Control", s.kept(c.Writer.Header()))
	for given := range strings.SplitSeq(strings.Join(c.Request.Header.Values("If-None-Match"), ","), ",") {
		if given = strings.TrimSpace(given); given == "*" || strings.TrimPrefix(given, "W/") == tag {
			return true
		}
	}
	return false
}

// kept returns the Cache-Control of an answer with these headers. An answer that
// needs the read token, or sets a cookie, is private. A shared cache may store any
// other answer: it revalidates each time by the ETag, so that a new generation is
// seen at once, or after the time that is configured for it.
func (s *Service) kept(h http.Header) string {
	switch {
	case s.read != nil || h.Get("Set-Cookie") != "":
		return "private, no-cache"
	case s.cfg.SharedCache >= time.Second:
		return fmt.Sprintf("public, max-age=0, s-maxage=%d", int(s.cfg.SharedCache.Seconds()))
	}
	return "no-cache"
}

// worded returns the language of an answer that contains texts of the service, and
// sets it in its headers.
func worded(c *gin.Context) string {
	language := Language(c.Request)
	c.Header("Content-Language", language)
	c.Writer.Header().Add("Vary", "Accept-Language")
	return language
}

// tagRune replaces characters that an ETag cannot have.
func tagRune(r rune) rune {
	if r <= ' ' || r == '"' || r >= 0x7f {
		return '_'
	}
	return r
}

// maxPooledBytes bounds the buffers that are kept for reuse.
const maxPooledBytes = 1 << 20

// json answers with v. It encodes the complete answer before it sends the first
// byte, so that a value that cannot be encoded becomes a problem document instead
// of half an answer.
func (s *Service) json(c *gin.Context, v any) error {
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
	_, _ = c.Writer.Write(b.Bytes()) // the client is gone
	return nil
}

// reply answers with v unless there is an error.
func (s *Service) reply(c *gin.Context, v any, err error) error {
	if err != nil {
		return err
	}
	return s.json(c, v)
}

// bytes answers with bytes made before.
func (s *Service) bytes(c *gin.Context, contentType string, b []byte) error {
	c.Header("Content-Type", contentType)
	_, _ = c.Writer.Write(b) // the client is gone
	return nil
}

// fixed answers with bytes that depend only on the program.
func (s *Service) fixed(c *gin.Context, contentType string, b []byte) error {
	if s.Unchanged(c, fmt.Sprintf("%08x", crc32.ChecksumIEEE(b))) {
		return ErrNotModified
	}
	return s.bytes(c, contentType, b)
}

// orEmpty returns s, or an empty slice for nil: JSON has [] for it.
func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// Answer returns results as the API writes them: empty lists instead of null, and
// notes as texts in a language. It does not change r, which the engine may have
// given to other readers too.
func Answer(r *search.Results, language string) *search.Results {
	w := *r
	w.Query = r.Query.Worded(language)
	w.Query.Filters = orEmpty(w.Query.Filters)
	w.Hits, w.Suggestions = withoutTexts(wholeHits(r.Hits)), orEmpty(r.Suggestions)
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
		h.CommunesNow = orEmpty(h.CommunesNow)
		if h.Evidence == nil {
			h.Evidence = map[string]index.Evidence{}
		}
	}
	return hits
}

// withoutTexts removes the full texts of lessons from hits, which belong to the caller.
func withoutTexts(hits []search.Hit) []search.Hit {
	for i := range hits {
		if l := hits[i].Lesson; l != nil {
			short := *l
			short.Text = ""
			hits[i].Lesson = &short
		}
	}
	return hits
}

// wholeArticle replaces nil lists of an article by empty ones, in a copy.
func wholeArticle(given *index.Article) *index.Article {
	a := *given
	a.Provinces, a.Topics, a.CommunesNow = orEmpty(a.Provinces), orEmpty(a.Topics), orEmpty(a.CommunesNow)
	a.Sections, a.Lessons, a.Citations = orEmpty(a.Sections), orEmpty(a.Lessons), orEmpty(a.Citations)
	if a.Evidence == nil {
		a.Evidence = map[string]index.Evidence{}
	}
	return &a
}
