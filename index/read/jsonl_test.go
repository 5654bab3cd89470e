package read

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"nghiquyet/index/page"
)

func record1(t *testing.T, line string) (*page.Page, error) {
	t.Helper()
	return Document(t.Context(), NewInput("x.jsonl", 1, []byte(line)), page.DefaultLimits())
}

func TestSuppliedDate(t *testing.T) {
	for _, c := range [][2]string{
		{`"2020-10-05"`, "2020-10-05"},
		{`"2020-10"`, "2020-10"},
		{`"2020"`, "2020"},
		{`2020`, "2020"},
		{`"2020-10-00"`, "2020-10"},
		{`"2020-00-00"`, "2020"},
		{`"2020-10-05T08:00:00+07:00"`, "2020-10-05"},
		{`"2020-10-04T23:30:00Z"`, "2020-10-05"},
		{`"2020-10-05 08:00:00"`, "2020-10-05"},
		{`"2020-10-05T00:00:00"`, "2020-10-05"},
		{`" 2020-10-05 "`, "2020-10-05"},
		{`"1428-04-29"`, ""},
		{`null`, ""},
		{`""`, ""},
	} {
		p, err := record1(t, `{"id":"a","text":"dân vận","date":`+c[0]+`}`)
		if err != nil {
			t.Errorf("date %s: %v", c[0], err)
		} else if got := p.Meta["supplied:date"]; got != c[1] {
			t.Errorf("date %s = %q, want %q", c[0], got, c[1])
		}
	}
	for date, want := range map[string]string{`"2020-13-01"`: "2020-13-01", `" hôm qua"`: "hôm qua", `"05/10/2020"`: "05/10/2020", `20201005`: "20201005", `"1428-04-29"`: ""} {
		p, err := record1(t, `{"id":"a","text":"dân vận","date":`+date+`}`)
		if err != nil || p.Meta["supplied:date"] != "" || p.Meta["supplied:date-text"] != want {
			t.Errorf("date %s: %v, %v; want its text %q", date, err, p.Meta, want)
		}
	}
}

func TestSuppliedFieldsAsProgramsWriteThem(t *testing.T) {
	p, err := record1(t, `{"id":8,"text":"dân vận","topics":"Dân vận; Tuyên giáo","number":18,"title":"Đảng &amp;amp; dân &#7891;","url":"http://a.example.vn/?a=1&copy=2"}`)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"id": "8", "topics": "Dân vận\n Tuyên giáo", "number": "18", "title": "Đảng & dân ồ", "url": "http://a.example.vn/?a=1&copy=2"} {
		if got := p.Meta["supplied:"+key]; got != want {
			t.Errorf("%s = %q, want %q", key, got, want)
		}
	}
}

func TestJSONFiles(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"a.json", `[{"id":"a"},{"id":"b"}]`, `1 {"id":"a"}|2 {"id":"b"}`},
		{"a.json", "\xef\xbb\xbf [\n {\"id\":\n \"a\"},\n\n {\"id\":\"b\"}\n]\n", "1 {\"id\":\n \"a\"}|2 {\"id\":\"b\"}"},
		{"a.json", "{\n \"id\": \"a\"\n}\n", "1 {\n \"id\": \"a\"\n}"},
		{"a.json", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n", `1 {"id":"a"}|2 {"id":"b"}`},
		{"a.json", `[]`, ``},
		{"a.json", `[{"id":"a"},{"id"`, `1 {"id":"a"}|damaged torn`},
		{"a.json", `[{"id":"a"},}`, `1 {"id":"a"}|bad-json torn`},
		{"a.jsonl", `[{"id":"a"},{"id":"b"}]`, `1 [{"id":"a"},{"id":"b"}]`},
	} {
		var got []string
		for in, err := range InputsFrom(t.Context(), c.name, strings.NewReader(c.data), page.DefaultLimits()) {
			var rej *page.Reject
			switch {
			case errors.As(err, &rej):
				got = append(got, rej.Code+map[bool]string{true: " torn"}[rej.Torn])
			case err != nil:
				got = append(got, err.Error())
			default:
				got = append(got, fmt.Sprint(in.Line, " ", string(in.Data)))
			}
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s %q: %q, want %q", c.name, c.data, s, c.want)
		}
	}
	lim := page.DefaultLimits()
	lim.Line = 100
	for in, err := range InputsFrom(t.Context(), "a.json", strings.NewReader(`["`+strings.Repeat("a", 1<<20)+`"]`), lim) {
		var rej *page.Reject
		if !errors.As(err, &rej) || rej.Code != page.CodeTooLarge {
			t.Errorf("%v %v, want a reject", in.Line, err)
		}
	}
}

// TestReadRecordOfCrawl reads a line as crawls have them.
func TestReadRecordOfCrawl(t *testing.T) {
	const line = `{"url":"https://a.example/bai-1","text":"Nuôi trồng ở xã Bình Hải.","timestamp":"2023-05-06T07:08:09Z","crawl_date":"2023-05-06"}`
	p, err := Document(t.Context(), NewInput("a.jsonl", 1, []byte(line)), page.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if p.Meta["supplied:id"] != "https://a.example/bai-1" || p.Meta["supplied:date"] != "" {
		t.Errorf("Meta = %v", p.Meta)
	}
	for key, v := range p.Meta {
		if strings.Contains(v, "2023") {
			t.Errorf("%s is %s, which is when the page was fetched", key, v)
		}
	}
	_, err = Document(t.Context(), NewInput("a.jsonl", 1, []byte(`{"id":" ","url":"https://a.example/","text":"x"}`)), page.DefaultLimits())
	if err == nil {
		t.Error("an empty id was taken")
	}
}
