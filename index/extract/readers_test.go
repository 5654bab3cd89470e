package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index"
	"nghiquyet/index/page"
	"nghiquyet/index/read"
)

const htmlPage = `<html><head><title>Chi bộ gần dân - Cổng thông tin điện tử</title>
<meta property="article:published_time" content="2021-03-10T07:00:00+07:00"><link rel="canonical" href="https://www.example.vn/a.html">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","author":[{"@type":"Person","name":"Thu Hà"}]}]}</script></head>
<body><nav><a href="/">Trang chủ</a> <a href="/tin">Tin tức</a></nav>
<div><h1>Chi bộ gần dân</h1><div class="date">10/03/2021 07:00</div>
<p>Những năm qua, Đảng bộ xã đã có nhiều giải pháp nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức cơ sở đảng và chất lượng đảng viên.</p>
<p>Mỗi tháng chi bộ sinh hoạt một lần, mỗi quý một chuyên đề; bí thư chi bộ là người gương mẫu, <b>nói đi đôi với làm</b>, được bà con tin yêu.</p>
<ul><li>Giữ nếp sinh hoạt</li><li>Nêu gương</li></ul>
<table><tr><th>Năm</th><th>Kết nạp</th></tr><tr><td>2020</td><td>12</td></tr></table>
<p>Nhờ đó, nghị quyết của chi bộ nhanh chóng đi vào cuộc sống, đời sống của nhân dân trong xã ngày càng được nâng lên rõ rệt qua từng năm.</p></div>
<div class="related"><h3>Tin liên quan</h3><ul><li><a href="x">Hội nghị ngày 7/8/2020</a></li></ul></div>
<footer>Bản quyền</footer></body></html>`

func TestHTML(t *testing.T) {
	for res, err := range New(Config{}).Bytes(t.Context(), "a.html", []byte(htmlPage)) {
		if err != nil {
			t.Fatal(err)
		}
		a := res.Article
		if a.Title != "Chi bộ gần dân" || a.Date != "2021-03-10" || a.Author != "Thu Hà" || a.URL != "https://www.example.vn/a.html" || a.Source != "example.vn" {
			t.Errorf("%q %s %s %s %s", a.Title, a.Date, a.Author, a.URL, a.Source)
		}
		for _, no := range []string{"Trang chủ", "liên quan", "7/8/2020", "Bản quyền", "10/03/2021"} {
			if strings.Contains(a.Text, no) {
				t.Errorf("body holds %q", no)
			}
		}
		for _, yes := range []string{"nói đi đôi với làm, được", "Nêu gương", "2020\t12", "Nhờ đó"} {
			if !strings.Contains(a.Text, yes) {
				t.Errorf("body lacks %q", yes)
			}
		}
		checkArticle(t, &a)
	}
}

// results reads data and prints IDs and codes of rejects.
func results(x *Extractor, name string, data []byte) string {
	var out []string
	for res, err := range x.Bytes(context.Background(), name, data) {
		var rej *page.Reject
		switch {
		case errors.As(err, &rej):
			out = append(out, fmt.Sprintf("%d:%s", rej.Line, rej.Code))
		case err != nil:
			out = append(out, err.Error())
		default:
			out = append(out, res.Article.ID)
		}
	}
	return strings.Join(out, " ")
}

func TestJSONLines(t *testing.T) {
	x := New(Config{Limits: page.Limits{Line: 1000}})
	for _, c := range [][2]string{
		{`{"id":"a","text":"Một"}` + "\n\n" + `{"id":"b","html":"<p>Hai</p>"}`, "a b"},
		{"\xef\xbb\xbf" + `{"id":"a","text":"Một"}` + "\r\n", "a"},
		{`{"id":"a","text":"Một"` + "\n" + `{"id":"b","text":"Hai"}`, "1:bad-json b"},
		{`{"id":"a"}`, "1:bad-json"},
		{`{"text":"Một"}`, "1:bad-json"},
		{`{"id":"","text":"Một"}`, "1:bad-json"},
		{`{"id":1,"text":"Một"}`, "1"},
		{`[1,2]`, "1:bad-json"},
		{`{"id":"a","text":"Một","date":"13/2020"}`, "a"},
		{`{"id":"a","text":"Một","date":"2020-13-01"}`, "a"},
		{`{"id":"a","text":"Một","date":"1890-05-19"}`, "a"},
		{`{"id":"a","text":"Một","extra":{"x":[1]}}`, "a"},
		{`{"id":"a","text":"` + strings.Repeat("x", 2000) + `"}` + "\n" + `{"id":"b","text":"Hai"}`, "1:too-large b"},
		{`{"id":"a","text":""}`, "1:empty"},
	} {
		if got := results(x, "x.jsonl", []byte(c[0])); got != c[1] {
			t.Errorf("%.80q: %s, want %s", c[0], got, c[1])
		}
	}
}

// TestSupplied: supplied values are trusted, missing ones are extracted.
func TestSupplied(t *testing.T) {
	line := `{"id":"a","title":"Tên","url":"https://baodienbien.vn/x","date":"2020-10-05","author":"Ai đó","province":"Gia Lai","district":"Đak Đoa","kind":"Bài viết","number":"01-NQ/TU","topics":["Dân vận"],"text":"# Tên\n\nThực hiện Nghị quyết số 21-NQ/TW của Ban Chấp hành Trung ương, tỉnh Kon Tum đã có nhiều giải pháp nâng cao chất lượng sinh hoạt chi bộ."}`
	for res, err := range New(Config{}).Bytes(t.Context(), "x.jsonl", []byte(line)) {
		if err != nil {
			t.Fatal(err)
		}
		a := res.Article
		if a.Title != "Tên" || a.Date != "2020-10-05" || a.Author != "Ai đó" || a.Province.Then != "Gia Lai" || a.District != "Đak Đoa" || a.Source != "baodienbien.vn" || len(a.Citations) != 1 {
			t.Errorf("%+v", a)
		}
		for _, f := range []string{"title", "date", "author", "province", "kind", "number", "topics"} {
			if e := a.Evidence[f]; e.From != index.FromSupplied || e.Sure != index.SureHigh {
				t.Errorf("%s: %+v", f, e)
			}
		}
		if strings.HasPrefix(a.Text, "Tên") {
			t.Errorf("the title is in the text: %.40q", a.Text)
		}
		checkArticle(t, &a)
	}
}

func TestCompressed(t *testing.T) {
	line := []byte(`{"id":"a","text":"Một"}` + "\n")
	zip := func(data []byte) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(data)
		w.Close()
		return b.Bytes()
	}
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	x := New(Config{Limits: page.Limits{Bytes: 64 << 20}})
	bomb := bytes.Repeat([]byte("0"), 48<<20)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"x.jsonl.gz", zip(line), "a"},
		{"x.jsonl.zst", enc.EncodeAll(line, nil), "a"},
		{"bai.txt.gz", zip([]byte("Một dòng")), "bai"},
		{"x.txt.gz", zip(bomb), "0:zip-bomb"},
		{"x.txt.zst", enc.EncodeAll(bomb, nil), "0:zip-bomb"},
		{"x.jsonl.gz", zip(line)[:20], "0:damaged"},
		{"x.jsonl.zst", enc.EncodeAll(bytes.Repeat(line, 99), nil)[:30], "0:damaged"},
	} {
		if got := results(x, c.name, c.data); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestDispatch(t *testing.T) {
	x := New(Config{Limits: page.Limits{Bytes: 4 << 10}})
	for _, c := range []struct{ name, data, want string }{
		{"a.txt", "<!DOCTYPE html><html><body><p>Một</p></body></html>", "a"},
		{"a.html", "Chỉ là chữ", "a"},
		{"Bài số 1.md", "# Một", "Bài-số-1"},
		{"a.txt", "", "0:empty"},
		{"a.txt", " \n\t", "0:empty"},
		{"a.txt", strings.Repeat("x ", 4<<10), "0:too-large"},
		{"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xxxx", "0:damaged"},
		{"a.txt", "\x89PNG\r\n", "0:damaged"},
		{"a.txt", "GIF89a", "0:unsupported"},
		{"a.pdf", "không phải PDF", "0:damaged"},
		{"a.docx", "không phải DOCX", "0:damaged"},
		{"a.exe", "abc", "0:unsupported"},
	} {
		if got := results(x, c.name, []byte(c.data)); got != c.want {
			t.Errorf("%s %.20q: %s, want %s", c.name, c.data, got, c.want)
		}
	}
	for _, err := range x.File(t.Context(), filepath.Join(t.TempDir(), "none.txt")) {
		if !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a file that is not there: %v", err)
		}
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Extract(done, read.NewInput("a.txt", 0, []byte("Một"))); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestHostile: lines made to cost much are read, or refused, soon.
func TestHostile(t *testing.T) {
	shareddata.OneGoroutine(t)
	for name, data := range map[string]string{
		"deep.html":      "<body>" + strings.Repeat("<div>", 100_000),
		"inline.html":    strings.Repeat("<b>", 100_000) + "abc",
		"tables.html":    strings.Repeat("<table>", 2_000) + "<tr><td>abc",
		"brackets.md":    strings.Repeat("[", 100_000),
		"dashes.md":      strings.Repeat("- - -\n", 100_000),
		"announce.txt":   strings.Repeat("Một là (1) 1. kinh nghiệm: ", 50_000),
		"lessons.txt":    strings.Repeat("Bài học kinh nghiệm:\n1. a b c\n", 20_000),
		"cites.txt":      strings.Repeat("Chỉ thị số 35-CT/TW Nghị quyết Trung ương 4 khóa XII 5/5/2020 ", 20_000),
		"cites-many.txt": manyCitations(20_000),
	} {
		start := time.Now()
		results(New(Config{}), name, []byte(data))
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func manyCitations(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Chỉ thị số %d-CT/TW và Nghị quyết số %d/%d/QH15; ", i%9999, i%9999, 1990+i%30)
	}
	return b.String()
}
