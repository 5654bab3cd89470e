package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/search"
	"nghiquyet/search/locale"
	"nghiquyet/search/originals"
)

// Problem is an error answer as in RFC 9457, in the reader's language.
type Problem struct {
	Type      string       `json:"type" format:"uri-reference"`
	Title     string       `json:"title"`
	Status    int          `json:"status" minimum:"400" maximum:"599"`
	Detail    string       `json:"detail"`
	RequestID string       `json:"request_id"`
	Errors    []WrongParam `json:"errors,omitempty"`

	lang string
}

// WrongParam describes a wrong parameter and its valid values.
type WrongParam struct {
	Parameter string `json:"parameter"`
	Value     string `json:"value"`
	Code      string `json:"code"`
	Wrong     string `json:"wrong"`
	Right     string `json:"right"`
}

// Rejections by the HTTP layer itself.
var (
	ErrBusy         = errors.New("queue full")
	ErrNoRoute      = errors.New("no such page")
	errRequest      = errors.New("not an HTTP request")
	errMethod       = errors.New("method not allowed")
	errAccept       = errors.New("not acceptable")
	errMediaType    = errors.New("unsupported media type")
	errBody         = errors.New("body is not what is asked for")
	errBodySize     = errors.New("body too large")
	errRange        = errors.New("range beyond the end")
	errURLSize      = errors.New("URL too long")
	errHeaderSize   = errors.New("header too large")
	errRate         = errors.New("too many requests")
	errUnauthorized = errors.New("token missing or wrong")
	errForeign      = errors.New("asked by another site, or under another name")
	errDraining     = errors.New("shutting down")
	errNoOriginals  = errors.New("originals are not served")
	errInternal     = errors.New("internal error")
)

// ParamErrors are the parameters that could not be read.
type ParamErrors []search.ParamError

func (e ParamErrors) Error() string { return "parameters not understood" }

// kind is one row of the table of problems.
type kind struct {
	is     error  // errors.Is selects the row
	slug   string // fragment of /docs, used as the problem's type
	status int
	retry  int // seconds for Retry-After, 0 for none
}

var problemTexts = locale.Table(texts, "texts/problems.txt")

// title names the problem, detail tells what to do.
func (k *kind) title(language string) string  { return problemTexts[k.slug].In(language) }
func (k *kind) detail(language string) string { return problemTexts[k.slug+" detail"].In(language) }

// kinds maps every error to its answer. The last row is for all other errors; it
// reveals nothing internal.
var kinds = []kind{
	{is: search.ErrGone, slug: "da-ra-khoi-chi-muc", status: http.StatusGone},
	{is: errNoOriginals, slug: "khong-phuc-vu-ban-goc", status: http.StatusNotFound},
	{is: originals.ErrMissing, slug: "khong-co-ban-goc", status: http.StatusNotFound},
	{is: originals.ErrChanged, slug: "ban-goc-da-doi", status: http.StatusConflict},
	{is: search.ErrNotFound, slug: "khong-tim-thay", status: http.StatusNotFound},
	{is: ErrNoRoute, slug: "khong-co-trang", status: http.StatusNotFound},
	{is: errRequest, slug: "yeu-cau-sai", status: http.StatusBadRequest},
	{is: search.ErrBadCursor, slug: "con-tro-sai", status: http.StatusBadRequest},
	{is: errMethod, slug: "phuong-thuc", status: http.StatusMethodNotAllowed},
	{is: errAccept, slug: "dang-tra-loi", status: http.StatusNotAcceptable},
	{is: errMediaType, slug: "dang-noi-dung", status: http.StatusUnsupportedMediaType},
	{is: errBody, slug: "noi-dung-sai", status: http.StatusBadRequest},
	{is: errBodySize, slug: "noi-dung-qua-lon", status: http.StatusRequestEntityTooLarge},
	{is: errRange, slug: "khoang-ngoai-tep", status: http.StatusRequestedRangeNotSatisfiable},
	{is: errURLSize, slug: "dia-chi-qua-dai", status: http.StatusRequestURITooLong},
	{is: errHeaderSize, slug: "tieu-de-qua-lon", status: http.StatusRequestHeaderFieldsTooLarge},
	{is: errRate, slug: "qua-nhieu-yeu-cau", status: http.StatusTooManyRequests, retry: 1},
	{is: errUnauthorized, slug: "ma-truy-cap", status: http.StatusUnauthorized},
	{is: errForeign, slug: "noi-goi-la", status: http.StatusForbidden},
	{is: ErrBusy, slug: "dang-ban", status: http.StatusServiceUnavailable, retry: 1},
	{is: ErrAdminBusy, slug: "dang-lap-chi-muc", status: http.StatusConflict},
	{is: ErrAdminRefused, slug: "khong-thuc-hien-duoc", status: http.StatusConflict},
	{is: generation.ErrOutdated, slug: "chi-muc-cu", status: http.StatusServiceUnavailable, retry: 60},
	{is: generation.ErrDamaged, slug: "chi-muc-hong", status: http.StatusServiceUnavailable, retry: 60},
	{is: search.ErrNoIndex, slug: "chua-co-chi-muc", status: http.StatusServiceUnavailable, retry: 10},
	{is: index.ErrUnavailable, slug: "may-tim-kiem-gian-doan", status: http.StatusServiceUnavailable, retry: 2},
	{is: context.DeadlineExceeded, slug: "qua-lau", status: http.StatusServiceUnavailable, retry: 5},
	{is: errDraining, slug: "dang-dung", status: http.StatusServiceUnavailable, retry: 5},
	{is: context.Canceled, slug: "da-huy", status: statusClientGone},
	{is: errInternal, slug: "loi-he-thong", status: http.StatusInternalServerError},
}

// wrongParams returns the wrong parameters in an error: all those found in the URL,
// or the one whose value the engine does not know.
func wrongParams(err error) []search.ParamError {
	if many, ok := errors.AsType[ParamErrors](err); ok {
		return many
	}
	if one, ok := errors.AsType[*search.ParamError](err); ok {
		return []search.ParamError{*one}
	}
	return nil
}

// badCursor returns the parameter error for a cursor that the engine rejected.
func badCursor(r *http.Request) search.ParamError {
	return search.ParamError{
		Param: "cursor", Value: cut(r.URL.Query().Get("cursor")), Code: search.CodeFormat,
		Wrong: locale.Text{"không thuộc lượt tìm này", "not of this search"},
		Right: locale.Text{"next_cursor của câu trả lời trước, với cùng các tham số khác", "next_cursor of the answer before, with all other parameters the same"},
	}
}

// cut shortens a value of a request for a problem document.
func cut(value string) string {
	return strings.ToValidUTF8(value[:min(len(value), 100)], "\uFFFD")
}

// badParams is the row of ParamErrors. Its field is is empty, because errors.Is
// cannot compare a slice.
var badParams = kind{slug: "tham-so-sai", status: http.StatusBadRequest}

// statusClientGone is the status in the log of a request whose client closed the
// connection; it is sent to nobody. nginx uses the same number.
const statusClientGone = 499

// kindOf returns the row for an error.
func kindOf(err error) *kind {
	if wrongParams(err) != nil {
		return &badParams
	}
	for i := range kinds {
		if errors.Is(err, kinds[i].is) {
			return &kinds[i]
		}
	}
	return &kinds[len(kinds)-1]
}

// ProblemOf describes the error of a request in a language. It reveals nothing
// internal.
func ProblemOf(r *http.Request, err error, lang string) Problem {
	k := kindOf(err)
	p := Problem{
		Type: "/docs#" + k.slug, Title: k.title(lang), Status: k.status, Detail: k.detail(lang),
		RequestID: RequestID(r.Context()), lang: lang,
	}
	if errors.Is(err, search.ErrBadCursor) {
		err = ParamErrors{badCursor(r)}
	}
	for _, e := range wrongParams(err) {
		p.Errors = append(p.Errors, WrongParam{e.Param, e.Value, e.Code, e.Wrong.In(lang), e.Right.In(lang)})
	}
	return p
}

// prepareProblem sets the headers of a problem.
func prepareProblem(h http.Header, p Problem, retry int) {
	// These headers were for the answer that failed.
	for _, name := range []string{"ETag", "Content-Disposition", "X-Total-Count", "X-Row-Count", "X-Truncated", "Accept-Ranges"} {
		h.Del(name)
	}
	h.Add("Vary", "Accept-Language, Accept")
	h.Set("Content-Language", p.lang)
	h.Set("Cache-Control", "no-store")
	if retry > 0 {
		h.Set("Retry-After", strconv.Itoa(retry))
	}
}

// writeProblem answers with a problem document.
func writeProblem(w http.ResponseWriter, p Problem) {
	w.Header().Set("Content-Type", typeProblem)
	w.WriteHeader(p.Status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(p) // the client is gone
}

// maxAcceptBytes bounds the Accept header fields that are parsed, in bytes.
const maxAcceptBytes = 1000

// Language returns the language of messages for a request, by its
// Accept-Language.
func Language(r *http.Request) string { return locale.Accepted(r.Header.Get("Accept-Language")) }
