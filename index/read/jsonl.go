package read

import (
	"context"
	"encoding/json"
	"errors"
	"html"
	"regexp"
	"slices"
	"strings"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// record is one line of JSON Lines: id and text (or html) are required, the
// rest is trusted where it is given. The lines of crawls have no id but a url,
// which then is the id. Other keys are ignored, among them timestamp and
// crawl_date: when a page was fetched is never the date of the document. A date in
// another form than ISO 8601 is left to index/extract.
type record struct {
	ID       *given  `json:"id"`
	Text     *string `json:"text"`
	HTML     *string `json:"html"`
	Title    string  `json:"title"`
	URL      string  `json:"url"`
	Source   string  `json:"source"`
	Date     given   `json:"date"`
	Author   string  `json:"author"`
	Province string  `json:"province"`
	District string  `json:"district"`
	Topics   topics  `json:"topics"`
	Kind     string  `json:"kind"`
	Number   given   `json:"number"`
}

// given is a text that programs may write as a number: "id":8.
type given string

func (g *given) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && (data[0] == '-' || page.IsDigit(data[0])) {
		*g = given(data)
		return nil
	}
	return json.Unmarshal(data, (*string)(g))
}

// topics is a list that programs may write as one text, parted by semicolons.
type topics []string

func (t *topics) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var one string
		if err := json.Unmarshal(data, &one); err != nil {
			return err
		}
		*t = strings.FieldsFunc(one, func(r rune) bool { return r == ';' || r == '\n' })
		return nil
	}
	return json.Unmarshal(data, (*[]string)(t))
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
	switch {
	case m == nil:
		return "", false
	case m[2] == "" || m[2] == "00" && (m[3] == "" || m[3] == "00"):
		s = m[1]
	case m[3] == "" || m[3] == "00":
		s = m[1] + "-" + m[2]
	default:
		s = m[1] + "-" + m[2] + "-" + m[3]
	}
	if _, _, err := index.ParseDate(s); err == nil {
		return s, true
	}
	_, err := time.Parse("2006-01-02"[:len(s)], s)
	return "", err == nil // a day of history: that of the matter, not of the document
}

// readRecord reads a line of JSON Lines. Its text may be Markdown.
func readRecord(ctx context.Context, in Input, lim page.Limits) (*page.Page, error) {
	var r record
	if err := json.Unmarshal(in.Data, &r); err != nil {
		return nil, page.Rejectf(in.Name, page.CodeBadJSON, "%s", jsonFault(err))
	}
	if r.ID == nil {
		url := given(r.URL)
		r.ID = &url
	}
	switch {
	case strings.TrimSpace(string(*r.ID)) == "":
		return nil, page.Rejectf(in.Name, page.CodeBadJSON, `thiếu "id"`)
	case r.Text == nil && r.HTML == nil:
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
	case r.Text != nil && strings.TrimSpace(*r.Text) != "":
		if p, err = readRecordText(ctx, in.Name, *r.Text, lim); p != nil {
			p.Whole = strings.TrimSpace(r.Title) != "" // else it may be a scraped page
			p.Supplied = true
		}
	case r.HTML != nil:
		p, err = readHTML(ctx, in.Name, page.CleanText(page.Repair(*r.HTML)), lim)
	default:
		p = &page.Page{}
	}
	if err != nil {
		return nil, err
	}
	if p.Meta == nil {
		p.Meta = map[string]string{}
	}
	for key, value := range map[string]string{"id": string(*r.ID), "title": entities(r.Title), "url": r.URL, "source": r.Source, "date": date, "date-text": given,
		"author": entities(r.Author), "province": entities(r.Province), "district": entities(r.District), "kind": entities(r.Kind), "number": string(r.Number),
		"topics": entities(strings.Join(r.Topics, "\n"))} {
		if key == "title" {
			value = strings.Join(strings.Fields(value), " ")
		}
		if value = strings.TrimSpace(page.CleanText(value)); value != "" {
			p.Meta["supplied:"+key] = value
		}
	}
	return p, nil
}

// entities repairs a field, and resolves what crawlers leave of HTML in a field, escaped once or
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
	text = strings.ReplaceAll(page.CleanText(page.Repair(text)), "[sửa | sửa mã nguồn]", "") // Wikipedia's buttons
	marks := []string{"**", "\n#", "|---", "](", "[^"}
	if strings.HasPrefix(text, "#") || slices.ContainsFunc(marks, func(mark string) bool { return strings.Contains(text, mark) }) {
		return readMarkdown(ctx, name, text, lim)
	}
	return readText(ctx, name, text, lim)
}

// jsonFault says in a reader's words what is wrong with a line.
func jsonFault(err error) string {
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return `"` + wrong.Field + `" là ` + wrong.Value + ", sai kiểu"
	case errors.As(err, &wrong):
		return "không phải một đối tượng JSON mà là " + wrong.Value
	case strings.Contains(err.Error(), "unexpected end"):
		return "dòng JSON bị cắt cụt"
	}
	return "không phải JSON: " + err.Error()
}
