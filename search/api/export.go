package api

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"nghiquyet/search"
	"nghiquyet/search/export"
	"nghiquyet/search/locale"
)

// export answers with all hits of a search as a file, from one generation, page by
// page, with at most one page in memory (a workbook is assembled in temporary
// files). Rows beyond MaxExportRows are left out: X-Total-Count has the number of
// matches, X-Row-Count that of rows in the file, X-Truncated whether rows are
// missing; the head of the file has the same. The parameters page, cursor, size and
// facets of the search have no effect. A client may have one export at a time. An
// interrupted export can be resumed: see resume.
func (s *Service) export(c *gin.Context) error {
	q, v, err := query(c, "format", "columns", "id")
	if err != nil {
		return err
	}
	format, shape, err := s.fileOf(v)
	if err != nil {
		return err
	}
	if len(v["id"]) == 0 {
		shape.Title = q.Text
	}
	q = q.Dated(time.Now())
	q.Counted = true
	q.Facets, q.Page, q.Cursor, q.Size, q.Explain = nil, 1, "", min(search.MaxSize, format.Most), false

	ctx, cancel := context.WithTimeout(c.Request.Context(), s.cfg.ExportTimeout)
	defer cancel()
	a := accountOf(ctx)
	g := guestFor(ctx)
	if c.Request.ProtoMajor != 1 {
		g = nil // its connection serves other readers too
	}
	place := s.exports.take(a.client, func() {
		cancel()
		if g != nil {
			_ = g.Conn.Close()
		}
	})
	if place == nil {
		return ErrBusy
	}
	defer s.exports.leave(place)
	a.free = true // the bound of one export at a time replaces the rate
	e, release, err := s.acquire()
	if err != nil {
		return err
	}
	defer release()
	// Exports are few, and a running one should not fail because of the queue.
	// Caching their pages would only displace more useful answers.
	e.patient, e.uncached = true, true
	base := s.BaseURL(c.Request) // beginning of the links in the file
	if s.Unchanged(c, e.generation, base) {
		return ErrNotModified
	}
	tag := exactTag(c)
	// Otherwise net/http would end the request at its read deadline.
	control := http.NewResponseController(c.Writer)
	_ = control.SetReadDeadline(time.Time{}) // not every writer has deadlines
	if g != nil {
		g.keepPace(newPace(s.cfg.MinExportPace, s.cfg.ExportPatience, func(stalled bool) { s.exports.stall(place, stalled) }))
	}

	// The first page is fetched before the answer begins, while an error can still
	// become a problem document.
	first, err := exported(ctx, e, q, v["id"])
	if err != nil {
		return err
	}
	shape.Total = first.Total
	if first.Groups != nil {
		shape.Total = *first.Groups
	}
	shape.Rows = min(shape.Total, format.Most)
	announceFile(c, first.Generation, format, shape)
	if c.Request.Method == http.MethodHead {
		return nil
	}
	out := &receiver{w: c.Writer, control: control, timeout: s.cfg.ExportPatience}
	write := func(w io.Writer) error { return format.Write(w, s.rows(ctx, e, q, first, base, format, shape), shape) }
	if from, wanted := resumeAt(c.Request, tag); wanted {
		err = resume(c, out, from, write)
	} else {
		err = write(out)
	}
	if out.err != nil {
		return fmt.Errorf("%w: %w", context.Canceled, out.err)
	}
	return err
}

// exported returns the first page of an export: of a search, or the hits of all given
// IDs.
func exported(ctx context.Context, e search.Engine, q search.Query, ids []string) (*search.Results, error) {
	if len(ids) > 0 {
		return chosenResults(ctx, e, ids)
	}
	return e.Search(ctx, q)
}

// announceFile sets the headers of an export.
func announceFile(c *gin.Context, generation string, format export.Format, shape export.Shape) {
	c.Header("X-Total-Count", strconv.Itoa(shape.Total))
	c.Header("X-Row-Count", strconv.Itoa(shape.Rows))
	c.Header("X-Truncated", strconv.FormatBool(shape.Cut()))
	c.Header("Content-Disposition", attachment(generation, format.Name))
	c.Header("Content-Type", format.Media)
	c.Header("Accept-Ranges", "bytes")
}

// rows yields the hits of an export from its first page on, with their links.
func (s *Service) rows(ctx context.Context, e engine, q search.Query, first *search.Results, base string, format export.Format, shape export.Shape) iter.Seq2[search.Hit, error] {
	return func(yield func(search.Hit, error) bool) {
		rows := 0
		for page := first; ; {
			for _, h := range wholeHits(page.Hits) {
				if rows == shape.Rows {
					return
				}
				h.Permalink = PermalinkOf(base, &h)
				err := fullText(ctx, e, &h, shape)
				if err == nil && format.Name == export.Annex {
					err = numbered(ctx, e, &h)
				}
				if !yield(h, err) || err != nil {
					return
				}
				rows++
			}
			if page.NextCursor == "" || len(page.Hits) == 0 || rows == shape.Rows {
				return
			}
			q.Cursor = string(page.NextCursor)
			var err error
			if page, err = e.Search(ctx, q); err != nil {
				yield(search.Hit{}, err)
				return
			}
		}
	}
}

// fullText reads the full text of a hit if the file contains it.
func fullText(ctx context.Context, e engine, h *search.Hit, shape export.Shape) error {
	switch {
	case !shape.WantsText():
	case h.Lesson != nil:
		h.FullText = h.Lesson.Text
	default:
		a, err := e.Article(ctx, h.ID)
		if err != nil {
			return err
		}
		h.FullText = a.Text
	}
	return nil
}

// receiver writes to the client of an export. The client has the time timeout to take
// each piece; the number of pieces is not limited. err is the error of the client's
// side, if there was one. Over HTTP/1.1 the pace of the connection is bounded instead.
type receiver struct {
	w       io.Writer
	control *http.ResponseController
	timeout time.Duration
	err     error
}

// pieceSize is how many bytes the client must receive within the timeout.
const pieceSize = 64 << 10

func (r *receiver) Write(b []byte) (written int, err error) {
	for piece := range slices.Chunk(b, pieceSize) {
		_ = r.control.SetWriteDeadline(time.Now().Add(r.timeout)) // not every writer has deadlines
		n, err := r.w.Write(piece)
		written += n
		if err != nil {
			r.err = err
			return written, err
		}
	}
	return written, nil
}

// fileOf reads those parameters of an export that a search does not have. A format
// without a bound of rows gets that of the service.
func (s *Service) fileOf(v url.Values) (format export.Format, shape export.Shape, err error) {
	if format, err = exportFormatOf(v["format"]); err != nil {
		return format, shape, err
	}
	if format.Most == 0 || format.Most > s.cfg.MaxExportRows {
		format.Most = s.cfg.MaxExportRows
	}
	shape.Columns, err = exportColumnsOf(v["columns"])
	return format, shape, err
}

// exportFormatOf reads the parameter format.
func exportFormatOf(given []string) (export.Format, error) {
	given = slices.DeleteFunc(slices.Clone(given), func(s string) bool { return s == "" })
	if len(given) == 0 {
		return export.Formats[0], nil
	}
	var names []string
	for _, f := range export.Formats {
		if len(given) == 1 && f.Name == given[0] {
			return f, nil
		}
		names = append(names, f.Name)
	}
	list := strings.Join(names, ", ")
	value := given[len(given)-1]
	return export.Format{}, ParamErrors{{
		Param: "format", Value: cut(value), Code: search.CodeUnknownValue,
		Wrong: locale.Text{"không có dạng này", "there is no such format, or more than one"},
		Right: locale.Text{"một trong: " + list, "one of: " + list},
	}}
}

// exportColumnsOf reads the parameter columns: names separated by commas, and
// repeated parameters; nil if it is absent.
func exportColumnsOf(given []string) (columns []search.Column, err error) {
	for name := range strings.FieldsFuncSeq(strings.Join(given, ","), func(r rune) bool { return r == ',' || r == ' ' }) {
		column := export.ColumnOf(name)
		if column == nil {
			return nil, ParamErrors{*search.WrongChoice("columns", cut(name), export.ColumnNames())}
		}
		if !slices.ContainsFunc(columns, func(c search.Column) bool { return c.Name == name }) {
			columns = append(columns, *column)
		}
	}
	return columns, nil
}

// exportTypes lists the media types of exports, for the OpenAPI document.
func exportTypes() []string {
	var types []string
	for _, f := range export.Formats {
		types = append(types, f.Media)
	}
	return types
}
