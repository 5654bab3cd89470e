package read

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
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

func TestUnquoteIsUnmarshal(t *testing.T) {
	for _, value := range []string{`""`, `"dân vận"`, `"\"\\\/\b\f\n\r\t\\n"`, `"\u0111\u1ea3ng \ud83d\ude00 \ud83d"`, "\"\xff\xe1\"", `null`, `12`, `true`, `{"a":1}`, `[1]`} {
		got, want := "as before", "as before"
		err, wantErr := unquote([]byte(value), &got), json.Unmarshal([]byte(value), &want)
		if got != want || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Errorf("unquote(%q) = %q, %v, want %q, %v", value, got, err, want, wantErr)
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
		{"a.json", `[]`, `empty`},
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

// TestCrawlLines: the keys that collections of crawls use for the page, not the
// document.
func TestCrawlLines(t *testing.T) {
	for _, tt := range []struct{ name, line, want string }{
		{"mC4", `{"text":"Ao.","timestamp":"2020-02-20T12:34:56Z","url":"https://a.example/1"}`, "https://a.example/1   2020-02-20T12:34:56Z"},
		{"CulturaX", `{"text":"Ao.","timestamp":"2021/09/16 12:34:56","url":"https://a.example/1","source":"OSCAR-2109"}`, "https://a.example/1   2021-09-16T12:34:56Z"},
		{"FineWeb", `{"text":"Ao.","id":"<urn:uuid:1>","dump":"CC-MAIN-2024-10","url":"https://a.example/1","date":"2024-02-20T12:34:56Z","file_path":"s3://x","language":"vie"}`, "https://a.example/1   2024-02-20T12:34:56Z"},
		{"seconds", `{"text":"Ao.","url":"https://a.example/1","timestamp":1700000000,"source":"Trang tin","date":"2020"}`, "https://a.example/1 2020 Trang tin 2023-11-14T22:13:20Z"},
		{"a day", `{"text":"Ao.","url":"https://a.example/1","crawl_date":"2023-05-06"}`, "https://a.example/1   2023-05-06T00:00:00Z"},
		{"no time", `{"text":"Ao.","url":"https://a.example/1","timestamp":{"x":[1]}}`, "https://a.example/1   0001-01-01T00:00:00Z"},
		{"an id of its own", `{"text":"Ao.","id":"7","url":"https://a.example/1","date":"2020-10-05","source":"mC4","timestamp":true}`, "7 2020-10-05 mC4 none"},
	} {
		p, err := record1(t, tt.line)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		at := "none"
		if p.Crawl != nil {
			at = p.Crawl.Fetched.Format(time.RFC3339)
		}
		got := strings.Join([]string{p.Meta["supplied:id"], p.Meta["supplied:date"], p.Meta["supplied:source"], at}, " ")
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	_, err := record1(t, `{"text":"User-agent: *","url":"https://a.example/robots.txt"}`)
	var rej *page.Reject
	if !errors.As(err, &rej) || rej.Code != page.CodeRobots || !rej.Skip {
		t.Errorf("robots.txt: %v", err)
	}
}

// TestTypesOfFields: a field in another type than asked for does not cost the document.
func TestTypesOfFields(t *testing.T) {
	for _, c := range [][2]string{
		{`"text":["Đoạn một.","Đoạn hai."]`, "Đoạn một.|Đoạn hai."},
		{`"text":"Thu &#273;&#7841;t 5 tri&#x1EC7;u &amp; t&abreve;ng x &lt; 3, R&D; a&b"`, "Thu đạt 5 triệu & tăng x &lt; 3, R&D; a&b"},
		{`"text":"Ao.","author":["Lê An","Vũ Bình",null]`, "Ao. author=Lê An; Vũ Bình"},
		{`"text":"Ao.","author":{"name":"Lê An"},"url":null,"source":false`, "Ao."},
		{`"text":"Ao.","title":2020,"kind":["Nghị quyết"]`, "Ao. kind=Nghị quyết title=2020"},
		{`"text":"Ao.","topics":[1,"Dân vận",{}],"province":[]`, "Ao. topics=1\nDân vận"},
		{`"text":"Ao.","date":{"$date":"2020-10-05"}`, `Ao. date-text={"$date":"2020-10-05"}`},
		{`"text":"Ao.","date":[2020,"2020",""]`, "Ao. date=2020"},
		{`"text":{"vi":"Ao."}`, `"text" là đối tượng, sai kiểu`},
		{`"text":[1]`, `"text" là mảng, sai kiểu`},
	} {
		p, err := record1(t, `{"id":"7",`+c[0]+`}`)
		got := ""
		var rej *page.Reject
		switch {
		case errors.As(err, &rej):
			got = rej.Msg
		case err != nil:
			got = err.Error()
		default:
			got = strings.Join(pagetest.Texts(p), "|")
			for _, key := range slices.Sorted(maps.Keys(p.Meta)) {
				if name, ok := strings.CutPrefix(key, "supplied:"); ok && name != "id" {
					got += " " + name + "=" + p.Meta[key]
				}
			}
		}
		if got != c[1] {
			t.Errorf("%s: %q, want %q", c[0], got, c[1])
		}
	}
}

// TestFailedLines: the line of a page that was not fetched is left out with its ID; a
// key "status" with another meaning is ignored.
func TestFailedLines(t *testing.T) {
	const page404 = `"url":"https://a.example/1","text":"Không tìm thấy trang"`
	for _, c := range [][2]string{
		{page404 + `,"status":404`, "http-status https://a.example/1"},
		{page404 + `,"status":"404"`, "http-status https://a.example/1"},
		{page404 + `,"status":"404 Not Found"`, "http-status https://a.example/1"},
		{page404 + `,"status":404.0`, "http-status https://a.example/1"},
		{page404 + `,"http_status":"HTTP/1.1 503 Service Unavailable"`, "http-status https://a.example/1"},
		{page404 + `,"status_code":500`, "http-status https://a.example/1"},
		{page404 + `,"statusCode":403`, "http-status https://a.example/1"},
		{page404 + `,"fetch_status":304`, "http-status https://a.example/1"},
		{page404 + `,"status":301`, "redirect https://a.example/1"},
		{`"url":"https://a.example/1","status":404`, "http-status https://a.example/1"},
		{page404 + `,"id":"7","status":404`, "http-status 7"},
		{`"id":"7","text":"Không tìm thấy","http_status":404`, "http-status 7"},
		{page404 + `,"status":200`, ""},
		{page404 + `,"status":"206 Partial Content"`, ""},
		{page404 + `,"status":null`, ""},
		{page404 + `,"status":0`, ""},
		{page404 + `,"status":"Còn hiệu lực"`, ""},
		{page404 + `,"status":{"code":404}`, ""},
		{`"id":"7","text":"Điều 404","status":404`, ""},
	} {
		_, err := record1(t, "{"+c[0]+"}")
		var rej *page.Reject
		got := ""
		if errors.As(err, &rej) {
			got = rej.Code + " " + rej.ID
		}
		if got != c[1] || rej != nil && !rej.Skip {
			t.Errorf("{%s}: %q, want %q", c[0], got, c[1])
		}
	}
}
