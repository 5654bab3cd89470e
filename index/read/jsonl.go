package read

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// record is one line of JSON Lines: id and text (or html) are required, other
// values are trusted. Other keys are ignored. A date in another form than ISO 8601
// is left to index/extract.
//
// Lines of crawls are recognised by a url without an id (mC4, CulturaX), or by the
// name of a dump of Common Crawl; in that case the id is the capture's and the date
// the crawl's (FineWeb). Their url becomes the id. The time of fetching is never
// the date of the document.
type record struct {
	ID       *given      `json:"id"`
	Text     *paragraphs `json:"text"`
	HTML     *string     `json:"html"`
	Title    words       `json:"title"`
	URL      words       `json:"url"`
	Source   words       `json:"source"`
	Date     dates       `json:"date"`
	Author   words       `json:"author"`
	Province words       `json:"province"`
	District words       `json:"district"`
	Topics   topics      `json:"topics"`
	Kind     words       `json:"kind"`
	Number   given       `json:"number"`
	// DateConfirmed reports that a person has checked a date that looks wrong.
	DateConfirmed bool `json:"date_confirmed"`

	Dump loose `json:"dump"`

	Timestamp loose `json:"timestamp"`
	CrawlDate loose `json:"crawl_date"`
	answered
}

// dataSets begin the names by which collections of crawls name their source,
// which is no source of a page.
var dataSets = []string{"mC4", "OSCAR-"}

// crawled replaces the id, the date and the source in a line of a crawl by those of
// its page. It returns nil for any other line.
func (r *record) crawled() *page.Crawl {
	if r.URL == "" || r.ID != nil && r.Dump == "" {
		return nil
	}
	fetched := []string{string(r.Timestamp), string(r.CrawlDate)}
	if r.Dump != "" {
		fetched, r.Date = append(fetched, string(r.Date)), ""
	}
	if slices.ContainsFunc(dataSets, func(set string) bool { return strings.HasPrefix(string(r.Source), set) }) {
		r.Source = ""
	}
	id := given(CaptureID(string(r.URL)))
	r.ID = &id
	for _, s := range fetched {
		if at, ok := fetchTime(s); ok {
			return &page.Crawl{Fetched: at}
		}
	}
	return &page.Crawl{}
}

// answered is the server's answer when a page was fetched, under the keys of
// several crawlers.
type answered struct {
	Status      loose `json:"status"`
	HTTPStatus  loose `json:"http_status"`
	StatusCode  loose `json:"status_code"`
	Code        loose `json:"statusCode"`
	FetchStatus loose `json:"fetch_status"`
}

// statusRE matches a status of HTTP as programs write it: 404, 404.0, "404 Not
// Found", "HTTP/1.1 404 Not Found".
var statusRE = regexp.MustCompile(`^(?:HTTP/[\d.]+ )?([1-9]\d\d)(?:\.0|(?: +[A-Za-z'-]+)+)?$`)

// failed rejects a page that was not fetched: its text is the server's message. The
// key "status" counts as that of HTTP only for a page with an address: elsewhere it
// may mean whether a decree is in force.
func (r *record) failed() *page.Reject {
	statuses := []loose{r.HTTPStatus, r.StatusCode, r.Code, r.FetchStatus}
	if r.URL != "" {
		statuses = append(statuses, r.Status)
	}
	for _, s := range statuses {
		m := statusRE.FindStringSubmatch(strings.TrimSpace(string(s)))
		switch {
		case m == nil, m[1][0] == '2':
		case m[1][0] == '3' && m[1] != "304":
			return skipped(page.CodeRedirect, "máy chủ chuyển sang địa chỉ khác")
		default:
			return skipped(page.CodeStatus, "máy chủ báo mã "+m[1])
		}
	}
	return nil
}

// fetchLayouts are the forms of the time of a crawl without a zone, which is UTC.
var fetchLayouts = []string{"2006-01-02T15:04:05", "2006/01/02T15:04:05", "20060102150405", time.DateOnly, "2006/01/02"}

// fetchTime reads the time of a crawl, also in seconds or milliseconds since 1970.
func fetchTime(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if at, ok := page.Instant(s); ok {
		return at.UTC(), true
	}
	for _, layout := range fetchLayouts {
		if at, err := time.Parse(layout, strings.Replace(s, " ", "T", 1)); err == nil {
			return at, true
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil:
		return time.Time{}, false
	case len(s) == len("1700000000"):
		return time.Unix(n, 0).UTC(), true
	case len(s) == len("1700000000000"):
		return time.UnixMilli(n).UTC(), true
	}
	return time.Time{}, false
}

var suppliedDateRE = regexp.MustCompile(`^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ]\d{2}:\d{2}.{0,20})?$`)

// suppliedDate reads a date as precise as it is given: 2020-10-05, 2020-10,
// 2020, also written 2020-10-00 and 2020-00-00, and the day in Việt Nam of a
// moment.
func suppliedDate(s string) (string, bool) {
	if t, ok := page.Instant(s); ok {
		return t.Format(time.DateOnly), true
	}
	m := suppliedDateRE.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	s = strings.TrimRight(strings.Join(m[1:], "-"), "-")
	s = strings.TrimSuffix(strings.TrimSuffix(s, "-00"), "-00")
	if _, _, err := index.ParseDate(s); err == nil {
		return s, true
	}
	_, err := time.Parse("2006-01-02"[:len(s)], s)
	return "", err == nil // a day in history: the subject's, not the document's
}

// readRecord reads a line of JSON Lines. Its text may be Markdown.
func readRecord(ctx context.Context, in Input, lim page.Limits) (*page.Page, error) {
	var r record
	if err := json.Unmarshal(in.Data, &r); err != nil {
		return nil, page.Rejectf(in.Name, page.CodeBadJSON, "%s", jsonFault(err))
	}
	crawl := r.crawled()
	switch {
	case crawl != nil && isRobots(string(r.URL)):
		rej := skipped(page.CodeRobots, "robots.txt")
		rej.Name = in.Name
		return nil, rej
	case r.ID == nil || strings.TrimSpace(string(*r.ID)) == "":
		return nil, page.Rejectf(in.Name, page.CodeBadJSON, `thiếu "id"`)
	}
	if rej := r.failed(); rej != nil {
		rej.Name, rej.ID = in.Name, strings.TrimSpace(string(*r.ID))
		return nil, rej
	}
	if r.Text == nil && r.HTML == nil {
		return nil, page.Rejectf(in.Name, page.CodeBadJSON, `thiếu "text" hoặc "html"`)
	}
	given := strings.TrimSpace(string(r.Date))
	date, ok := suppliedDate(given)
	if ok {
		given = ""
	}
	var p *page.Page
	var err error
	switch {
	case r.Text != nil && strings.TrimSpace(string(*r.Text)) != "":
		if p, err = readRecordText(ctx, in.Name, string(*r.Text), lim); p != nil {
			p.Whole = strings.TrimSpace(string(r.Title)) != "" // without a title it may be a scraped page
			p.Supplied = true
		}
	case r.HTML != nil:
		p, err = readHTML(ctx, in.Name, page.CleanText(page.Repair(*r.HTML)), lim)
	default:
		p = &page.Page{Meta: map[string]string{}}
	}
	if err != nil {
		return nil, err
	}
	p.Crawl = crawl
	if r.DateConfirmed {
		p.Meta["supplied:date-confirmed"] = "true"
	}
	for key, value := range map[string]string{
		"id": string(*r.ID), "title": entities(string(r.Title)), "url": string(r.URL), "source": string(r.Source), "date": date, "date-text": given,
		"author": entities(string(r.Author)), "province": entities(string(r.Province)), "district": entities(string(r.District)),
		"kind": entities(string(r.Kind)), "number": string(r.Number), "topics": entities(strings.Join(r.Topics, "\n")),
	} {
		if key == "title" {
			value = strings.Join(strings.Fields(value), " ")
		}
		if value = strings.TrimSpace(page.CleanText(value)); value != "" {
			p.Meta["supplied:"+key] = value
		}
	}
	return p, nil
}

// entities repairs a field, and resolves HTML entities left by crawlers, escaped once or
// twice: "Đảng &amp; dân", "&amp;quot;".
func entities(s string) string {
	out := page.Repair(s)
	for range 2 {
		if strings.Contains(out, "&") && strings.Contains(out, ";") {
			out = html.UnescapeString(out)
		}
	}
	return out
}

func readRecordText(ctx context.Context, name, text string, lim page.Limits) (*page.Page, error) {
	text = strings.ReplaceAll(page.CleanText(page.Repair(entityLetters(text))), "[sửa | sửa mã nguồn]", "") // Wikipedia's buttons
	if strings.HasPrefix(text, "#") || page.Mentions(text, "**", "\n#", "|---", "](", "[^") {
		return readMarkdown(ctx, name, text, lim)
	}
	return readText(ctx, name, text, lim)
}

// jsonFault describes in words what is wrong with a line.
func jsonFault(err error) string {
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return `"` + wrong.Field + `" là ` + jsonKind(wrong.Value) + ", sai kiểu"
	case errors.As(err, &wrong):
		return "không phải một đối tượng JSON mà là " + jsonKind(wrong.Value)
	case strings.Contains(err.Error(), "unexpected end"):
		return "dòng JSON bị cắt cụt"
	}
	return "không phải JSON (" + err.Error() + ")"
}

// jsonKind names a kind of JSON value in Vietnamese, such as "array" or
// "number 12".
func jsonKind(value string) string {
	kind, rest, _ := strings.Cut(value, " ")
	names := map[string]string{"string": "chuỗi", "number": "số", "array": "mảng", "object": "đối tượng", "bool": "đúng/sai"}
	return strings.TrimSpace(cmp.Or(names[kind], kind) + " " + rest)
}
