package read

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// record is one line of JSON Lines: id and text (or html) are required, the
// rest is trusted where it is given. Other keys are ignored.
type record struct {
	ID       *string  `json:"id"`
	Text     *string  `json:"text"`
	HTML     *string  `json:"html"`
	Title    string   `json:"title"`
	URL      string   `json:"url"`
	Source   string   `json:"source"`
	Date     string   `json:"date"`
	Author   string   `json:"author"`
	Province string   `json:"province"`
	District string   `json:"district"`
	Topics   []string `json:"topics"`
	Kind     string   `json:"kind"`
	Number   string   `json:"number"`
}

// readRecord reads a line of JSON Lines. Its text may be Markdown.
func readRecord(ctx context.Context, in Input, lim page.Limits) (*page.Page, error) {
	var r record
	if err := json.Unmarshal(in.Data, &r); err != nil {
		return nil, page.Rejectf(in.Name, page.CodeBadJSON, "%s", jsonFault(err))
	}
	switch {
	case r.ID == nil || strings.TrimSpace(*r.ID) == "":
		return nil, page.Rejectf(in.Name, page.CodeBadJSON, `thiếu "id"`)
	case r.Text == nil && r.HTML == nil:
		return nil, page.Rejectf(in.Name, page.CodeBadJSON, `thiếu "text" hoặc "html"`)
	}
	if r.Date != "" {
		if _, _, err := index.ParseDate(r.Date); err != nil {
			if _, err := time.Parse(time.DateOnly, r.Date); err != nil {
				return nil, page.Rejectf(in.Name, page.CodeBadJSON, `"date" là %q: phải là ngày dạng YYYY-MM-DD`, page.OneLine(r.Date))
			}
			r.Date = "" // a day of history: that of the matter, not of the document
		}
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
		p, err = readHTML(ctx, in.Name, page.CleanText(*r.HTML), lim)
	default:
		p = &page.Page{}
	}
	if err != nil {
		return nil, err
	}
	if p.Meta == nil {
		p.Meta = map[string]string{}
	}
	for key, value := range map[string]string{"id": *r.ID, "title": r.Title, "url": r.URL, "source": r.Source, "date": r.Date,
		"author": r.Author, "province": r.Province, "district": r.District, "kind": r.Kind, "number": r.Number,
		"topics": strings.Join(r.Topics, "\n")} {
		if key == "title" {
			value = strings.Join(strings.Fields(value), " ")
		}
		if value = strings.TrimSpace(page.CleanText(value)); value != "" {
			p.Meta["supplied:"+key] = value
		}
	}
	return p, nil
}

func readRecordText(ctx context.Context, name, text string, lim page.Limits) (*page.Page, error) {
	text = strings.ReplaceAll(page.CleanText(text), "[sửa | sửa mã nguồn]", "") // Wikipedia's buttons
	if strings.Contains(text, "**") || strings.Contains(text, "\n#") || strings.HasPrefix(text, "#") || strings.Contains(text, "|---") || strings.Contains(text, "](") {
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
