package api

import (
	"bytes"
	"context"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"

	"nghiquyet/index"
	"nghiquyet/search"
	"nghiquyet/search/originals"
)

// Originals reads the documents from which articles were extracted;
// [originals.Originals] implements it.
type Originals interface {
	Read(ctx context.Context, generation string, a *index.Article) ([]byte, error)
}

var _ Originals = (*originals.Originals)(nil)

// originalPath is the beginning of the path of an original; the ID of the article
// follows.
const originalPath = "/goc/"

// originalPolicy gives no rights to a document, because others wrote it.
const originalPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// originalTimeout bounds the time to read a file of many documents up to the one.
const originalTimeout = 20 * time.Second

// OriginalOf returns the path of the original of an article, "" if it is not served.
func (s *Service) OriginalOf(a *index.Article) string {
	if s.cfg.Originals == nil || a.Original == nil || a.Original.Path == "" {
		return ""
	}
	return originalPath + url.PathEscape(a.ID)
}

// withOriginal sets the address of the original in an answer. The article is shared, so
// it changes a copy.
func (s *Service) withOriginal(a *index.Article) {
	if to := s.OriginalOf(a); to != "" {
		o := *a.Original
		o.URL = s.cfg.BasePath + to
		a.Original = &o
	}
}

// original answers with the document from which an article was extracted,
// unchanged. It takes a place among the exports, of which a client has one.
func (s *Service) original(c *gin.Context) error {
	if s.cfg.Originals == nil {
		return errNoOriginals
	}
	id, err := parameter(c, "id")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), originalTimeout)
	defer cancel()
	place := s.exports.take(accountOf(ctx).client, cancel)
	if place == nil {
		return ErrBusy
	}
	defer s.exports.leave(place)
	var article *index.Article
	var data []byte
	err = s.Ask(c.Request.Context(), func(asked context.Context, e search.Engine) error {
		if article, err = findArticle(asked, e, id); err != nil {
			return err
		}
		data, err = s.cfg.Originals.Read(ctx, e.Info().Generation, article)
		return err
	})
	if err != nil {
		return err
	}
	h := c.Writer.Header()
	media, params := article.Original.Type, map[string]string{}
	if strings.HasPrefix(media, "text/") && utf8.Valid(data) {
		params["charset"] = "utf-8"
	}
	h.Set("Content-Type", mime.FormatMediaType(media, params))
	h.Set("Content-Disposition", disposition(media, article))
	h.Set("Content-Security-Policy", originalPolicy)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+article.Hash+`"`)
	h.Set(gzhttp.HeaderNoCompression, "1") // ranges refer to the uncompressed bytes
	_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(s.cfg.ExportTimeout))
	if g := guestFor(ctx); g != nil && c.Request.ProtoMajor == 1 {
		g.keepPace(newPace(s.cfg.MinExportPace, s.cfg.ExportPatience, func(stalled bool) { s.exports.stall(place, stalled) }))
	}
	http.ServeContent(c.Writer, c.Request, "", time.Time{}, bytes.NewReader(data))
	return nil
}

// disposition makes browsers save everything except plain text under the name of
// the file.
func disposition(media string, a *index.Article) string {
	how := "attachment"
	if media == "text/plain" {
		how = "inline"
	}
	name := path.Base(a.Original.Path)
	if u, err := url.Parse(string(a.URL)); err == nil && a.Fetched != "" && path.Base(u.Path) != "/" {
		name = path.Base(u.Path)
	}
	if out := mime.FormatMediaType(how, map[string]string{"filename": name}); out != "" {
		return out
	}
	return how
}
