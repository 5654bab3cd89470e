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
	title  locale.Text
	detail locale.Text
}

// kinds maps every error to its answer. The last row is for all other errors; it
// reveals nothing internal.
var kinds = []kind{
	{is: search.ErrGone, slug: "da-ra-khoi-chi-muc", status: http.StatusGone,
		title:  locale.Text{"Văn bản đã ra khỏi chỉ mục", "The article left the index"},
		detail: locale.Text{"Văn bản này từng có ở đây; tệp nguồn của nó không còn nữa. Địa chỉ này không dùng cho văn bản khác.", "This article was here; the file that it came from is gone. The address is not given to another article."}},
	{is: errNoOriginals, slug: "khong-phuc-vu-ban-goc", status: http.StatusNotFound,
		title:  locale.Text{"Bản gốc không được phục vụ", "Originals are not served"},
		detail: locale.Text{"Người vận hành không bật --serve-originals. Văn bản đã đọc được ở /bai-viet/.", "The operator has not set --serve-originals. What was read of the document is at /bai-viet/."}},
	{is: originals.ErrMissing, slug: "khong-co-ban-goc", status: http.StatusNotFound,
		title:  locale.Text{"Không có bản gốc", "The original is not there"},
		detail: locale.Text{"Tệp mà văn bản này được đọc từ đó hiện không có ở nguồn, hoặc không đọc được.", "The file that this article was read from is not in its source now, or cannot be read."}},
	{is: originals.ErrChanged, slug: "ban-goc-da-doi", status: http.StatusConflict,
		title:  locale.Text{"Bản gốc đã thay đổi", "The original has changed"},
		detail: locale.Text{"Tệp ở nguồn không còn như khi lập chỉ mục. Bản mới có ở đây sau lần lập chỉ mục tới.", "The file in the source is not as it was when it was indexed. The new one is here after the next reindex."}},
	{is: search.ErrNotFound, slug: "khong-tim-thay", status: http.StatusNotFound,
		title:  locale.Text{"Không tìm thấy", "Not found"},
		detail: locale.Text{"Kho dữ liệu hiện không có mục này. Hãy tìm lại theo tiêu đề hoặc số, ký hiệu.", "The index does not hold this item. Search for its title or number instead."}},
	{is: ErrNoRoute, slug: "khong-co-trang", status: http.StatusNotFound,
		title:  locale.Text{"Không có trang này", "No such page"},
		detail: locale.Text{"Địa chỉ không đúng. Các địa chỉ có thể dùng được liệt kê ở /docs.", "The address is wrong. /docs lists those there are."}},
	{is: errRequest, slug: "yeu-cau-sai", status: http.StatusBadRequest,
		title:  locale.Text{"Yêu cầu không đúng giao thức HTTP", "Not a proper HTTP request"},
		detail: locale.Text{"Hãy gửi một yêu cầu HTTP/1.1 đúng chuẩn, với một tiêu đề Host.", "Send a proper HTTP/1.1 request with one Host field."}},
	{is: search.ErrBadCursor, slug: "con-tro-sai", status: http.StatusBadRequest,
		title:  locale.Text{"Con trỏ trang không dùng được", "Cursor cannot be used"},
		detail: locale.Text{"Con trỏ không thuộc lượt tìm này hoặc dữ liệu đã được cập nhật. Hãy tìm lại từ trang đầu.", "The cursor is not of this search, or the index has changed since. Start again from the first page."}},
	{is: errMethod, slug: "phuong-thuc", status: http.StatusMethodNotAllowed,
		title:  locale.Text{"Phương thức không được hỗ trợ", "Method not allowed"},
		detail: locale.Text{"Xem tiêu đề Allow để biết các phương thức dùng được.", "The Allow header lists the methods that are."}},
	{is: errAccept, slug: "dang-tra-loi", status: http.StatusNotAcceptable,
		title:  locale.Text{"Không có dạng trả lời được yêu cầu", "No answer in the form asked for"},
		detail: locale.Text{"Hãy đổi hoặc bỏ tiêu đề Accept.", "Change the Accept header or leave it out."}},
	{is: errMediaType, slug: "dang-noi-dung", status: http.StatusUnsupportedMediaType,
		title:  locale.Text{"Dạng nội dung gửi lên không được hỗ trợ", "Unsupported media type"},
		detail: locale.Text{"Hãy gửi application/json.", "Send application/json."}},
	{is: errBody, slug: "noi-dung-sai", status: http.StatusBadRequest,
		title:  locale.Text{"Không hiểu nội dung gửi lên", "Body not understood"},
		detail: locale.Text{"Nội dung phải là một đối tượng JSON chỉ gồm các trường nêu ở /docs.", "The body must be one JSON object with no other fields than /docs lists."}},
	{is: errBodySize, slug: "noi-dung-qua-lon", status: http.StatusRequestEntityTooLarge,
		title:  locale.Text{"Nội dung gửi lên quá lớn", "Body too large"},
		detail: locale.Text{"Hãy gửi nội dung ngắn hơn.", "Send a shorter body."}},
	{is: errRange, slug: "khoang-ngoai-tep", status: http.StatusRequestedRangeNotSatisfiable,
		title:  locale.Text{"Phần yêu cầu nằm ngoài tệp", "Range beyond the end of the file"},
		detail: locale.Text{"Tệp đã có đủ hoặc đã đổi. Độ dài của tệp ở Content-Range; hãy tải lại từ đầu nếu khác.", "The file is complete already, or has changed. Content-Range has its length; start again if that differs."}},
	{is: errURLSize, slug: "dia-chi-qua-dai", status: http.StatusRequestURITooLong,
		title:  locale.Text{"Địa chỉ quá dài", "URL too long"},
		detail: locale.Text{"Hãy rút ngắn câu tìm hoặc bớt bộ lọc.", "Shorten the query or use fewer filters."}},
	{is: errHeaderSize, slug: "tieu-de-qua-lon", status: http.StatusRequestHeaderFieldsTooLarge,
		title:  locale.Text{"Các tiêu đề của yêu cầu quá lớn", "Request header too large"},
		detail: locale.Text{"Hãy gửi ít tiêu đề hơn, hoặc xóa cookie của trang này.", "Send fewer header fields, or clear the cookies of this site."}},
	{is: errRate, slug: "qua-nhieu-yeu-cau", status: http.StatusTooManyRequests, retry: 1,
		title:  locale.Text{"Quá nhiều yêu cầu", "Too many requests"},
		detail: locale.Text{"Hãy chờ số giây ghi ở Retry-After rồi thử lại.", "Wait the seconds in Retry-After and try again."}},
	{is: errUnauthorized, slug: "ma-truy-cap", status: http.StatusUnauthorized,
		title:  locale.Text{"Thiếu hoặc sai mã truy cập", "Token missing or wrong"},
		detail: locale.Text{"Hãy gửi mã truy cập trong tiêu đề Authorization: Bearer …", "Send the token as Authorization: Bearer …"}},
	{is: errForeign, slug: "noi-goi-la", status: http.StatusForbidden,
		title:  locale.Text{"Nơi gọi không được phép", "Caller not allowed"},
		detail: locale.Text{"Địa chỉ này chỉ dành cho chương trình gọi thẳng máy chủ: không qua trang của nơi khác, và bằng đúng tên máy trong public-url hoặc địa chỉ của máy.", "This address is for programs that ask the server itself: not for pages of other sites, and under the host of public-url or the address of the machine only."}},
	{is: ErrBusy, slug: "dang-ban", status: http.StatusServiceUnavailable, retry: 1,
		title:  locale.Text{"Máy chủ đang bận", "Server busy"},
		detail: locale.Text{"Có quá nhiều lượt tìm cùng lúc. Hãy thử lại sau số giây ghi ở Retry-After.", "Too many questions at once. Try again after the seconds in Retry-After."}},
	{is: ErrAdminBusy, slug: "dang-lap-chi-muc", status: http.StatusConflict,
		title:  locale.Text{"Việc khác đang chạy", "Another run is under way"},
		detail: locale.Text{"Hãy chờ lượt lập chỉ mục đang chạy kết thúc.", "Wait for the running reindex to end."}},
	{is: ErrAdminRefused, slug: "khong-thuc-hien-duoc", status: http.StatusConflict,
		title:  locale.Text{"Không thực hiện được", "Cannot be done"},
		detail: locale.Text{"Không có thế hệ chỉ mục như vậy để chuyển tới, hoặc dịch vụ chưa được cấu hình nguồn để lập chỉ mục. Xem nhật ký.", "There is no such generation to go to, or the service has no sources to index. See the log."}},
	{is: generation.ErrOutdated, slug: "chi-muc-cu", status: http.StatusServiceUnavailable, retry: 60,
		title:  locale.Text{"Chỉ mục của phiên bản khác", "Index of another version"},
		detail: locale.Text{"Chỉ mục do phiên bản khác của chương trình lập. Hãy chạy lại nghiquyet reindex; dịch vụ sẽ tự dùng chỉ mục mới.", "The index was made by another version of the program. Run nghiquyet reindex again; the service picks the new one up by itself."}},
	{is: generation.ErrDamaged, slug: "chi-muc-hong", status: http.StatusServiceUnavailable, retry: 60,
		title:  locale.Text{"Chỉ mục bị hỏng", "The index is damaged"},
		detail: locale.Text{"Chỉ mục trên đĩa bị hỏng và không có thế hệ nguyên vẹn nào trước nó. Người vận hành: nghiquyet doctor, rồi restore hoặc reindex --full; dịch vụ sẽ tự dùng chỉ mục mới.", "The index on disk is damaged and no generation before it is sound. Operator: nghiquyet doctor, then restore or reindex --full; the service picks the new index up by itself."}},
	{is: search.ErrNoIndex, slug: "chua-co-chi-muc", status: http.StatusServiceUnavailable, retry: 10,
		title:  locale.Text{"Chưa có chỉ mục", "No index yet"},
		detail: locale.Text{"Dữ liệu chưa được lập chỉ mục. Hãy chạy nghiquyet reindex; dịch vụ sẽ tự dùng chỉ mục mới.", "Nothing has been indexed yet. Run nghiquyet reindex; the service picks the index up by itself."}},
	{is: index.ErrUnavailable, slug: "may-tim-kiem-gian-doan", status: http.StatusServiceUnavailable, retry: 2,
		title:  locale.Text{"Cụm máy tìm kiếm tạm thời không trả lời", "The search cluster does not answer"},
		detail: locale.Text{"Một phần cụm máy tìm kiếm đang ngừng hoặc đang khôi phục. Hãy thử lại sau số giây ghi ở Retry-After.", "Part of the search cluster is down or recovering. Try again after the seconds in Retry-After."}},
	{is: context.DeadlineExceeded, slug: "qua-lau", status: http.StatusServiceUnavailable, retry: 5,
		title:  locale.Text{"Câu tìm mất quá nhiều thời gian", "The query took too long"},
		detail: locale.Text{"Hãy rút gọn câu tìm hoặc thêm bộ lọc.", "Make the query simpler or add a filter."}},
	{is: errDraining, slug: "dang-dung", status: http.StatusServiceUnavailable, retry: 5,
		title:  locale.Text{"Máy chủ đang dừng", "Shutting down"},
		detail: locale.Text{"Hãy thử lại sau ít giây.", "Try again in a few seconds."}},
	{is: context.Canceled, slug: "da-huy", status: statusClientGone,
		title:  locale.Text{"Yêu cầu đã bị hủy", "Request cancelled"},
		detail: locale.Text{"Kết nối đã đóng trước khi có câu trả lời.", "The connection was closed before there was an answer."}},
	{is: errInternal, slug: "loi-he-thong", status: http.StatusInternalServerError,
		title:  locale.Text{"Lỗi hệ thống", "Internal error"},
		detail: locale.Text{"Lỗi đã được ghi lại. Hãy báo mã yêu cầu (request_id) cho người quản trị.", "The error was logged. Tell the operator the request_id."}},
}

// wrongParams returns the wrong parameters in an error: all those found in the URL,
// or the one whose value the engine does not know.
func wrongParams(err error) []search.ParamError {
	var many ParamErrors
	if errors.As(err, &many) {
		return many
	}
	var one *search.ParamError
	if errors.As(err, &one) {
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
var badParams = kind{slug: "tham-so-sai", status: http.StatusBadRequest,
	title:  locale.Text{"Tham số không hợp lệ", "Bad parameter"},
	detail: locale.Text{"Hãy sửa các tham số nêu trong errors.", "Correct the parameters listed in errors."}}

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
		Type: "/docs#" + k.slug, Title: k.title.In(lang), Status: k.status, Detail: k.detail.In(lang),
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
