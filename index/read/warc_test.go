package read

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"
	"time"

	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

const (
	typeLine = "Content-Type: text/html\r\n"
	shrimp   = "<html><body><h1>Nuôi tôm</h1><p>Hợp tác xã mở thêm ao nuôi tôm.</p></body></html>"
)

func zipped(parts ...string) string {
	var b bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&b)
		io.WriteString(z, p)
		z.Close()
	}
	return b.String()
}

// cutWARC returns the result for each record of a crawl in one line.
func cutWARC(t *testing.T, name, data string, lim page.Limits) string {
	t.Helper()
	return told(t, InputsFrom(t.Context(), name, strings.NewReader(data), lim))
}

func told(t *testing.T, inputs iter.Seq2[Input, error]) string {
	t.Helper()
	var out []string
	for in, err := range inputs {
		var rej *page.Reject
		switch {
		case errors.As(err, &rej):
			mark := map[bool]string{true: "-", false: "!"}[rej.Skip]
			if rej.Torn {
				mark = "torn "
			}
			out = append(out, fmt.Sprintf("%d%s%s", rej.Line, mark, rej.Code))
		case err != nil:
			t.Fatal(err)
		default:
			out = append(out, fmt.Sprintf("%d:%s:%s:%d", in.Line, in.Web.URL, in.Web.Type, len(in.Data)))
		}
	}
	return strings.Join(out, " ")
}

func TestWARC(t *testing.T) {
	page1 := pagetest.Response("https://a.example/1", "200 OK", typeLine, shrimp)
	ok := fmt.Sprintf("1:https://a.example/1:text/html:%d", len(shrimp))
	lim := page.DefaultLimits()
	lim.Bytes = 64 << 10
	for _, tt := range []struct{ name, data, want string }{
		{"plain", page1, ok},
		{"a member for each record", zipped(page1, pagetest.Response("https://a.example/2", "404 Not Found", typeLine, shrimp)), ok + " 2-http-status"},
		{"one member for all", zipped(page1 + page1), ok + " 2" + ok[1:]},
		{"no empty lines between", strings.ReplaceAll(page1, "</html>\r\n\r\n", "</html>") + page1, ok + " 2" + ok[1:]},
		{"about the crawl", pagetest.Captured("warcinfo", "", pagetest.CrawlDay, "application/warc-fields", "software: x\r\n") + page1, "2" + ok[1:]},
		{"moved", pagetest.Response("https://a.example/1", "301 Moved", "Location: /2\r\n", ""), "1-redirect"},
		{"refused", pagetest.Response("https://a.example/1", "503 Busy", typeLine, shrimp), "1-http-status"},
		{"visited before", pagetest.Captured("revisit", "https://a.example/1", pagetest.CrawlDay, "application/http", "HTTP/1.1 200 OK\r\n\r\n"), "1-revisit"},
		{"rules for crawlers", pagetest.Response("https://a.example/robots.txt", "200 OK", "Content-Type: text/plain\r\n", "User-agent: *"), "1-robots"},
		{"picture", pagetest.Response("https://a.example/1", "200 OK", "Content-Type: image/png\r\n", "\x89PNG"), "1-content-type"},
		{"picture without a type", pagetest.Response("https://a.example/1", "200 OK", "", "\x89PNG\r\n"), "1-content-type"},
		{"page without a type", pagetest.Response("https://a.example/1", "200 OK", "", shrimp), strings.Replace(ok, "text/html", "", 1)},
		{"name server", pagetest.Captured("response", "dns:a.example", pagetest.CrawlDay, "text/dns", "1.2.3.4"), "1-content-type"},
		{"cut by the crawler", pagetest.Record("WARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Truncated: length\r\n", "HTTP/1.1 200 OK\r\n\r\nx"), "1-truncated"},
		{"nothing in it", pagetest.Response("https://a.example/1", "200 OK", typeLine, " \n"), "1-empty"},
		{"no answer of HTTP", pagetest.Captured("response", "https://a.example/1", pagetest.CrawlDay, "application/http", "xin chào"), "1!damaged"},
		{"WET", pagetest.Captured("conversion", "https://a.example/1", pagetest.CrawlDay, "text/plain", "Mở ao."), "1:https://a.example/1:text/plain:8"},
		{"file in brackets", pagetest.Captured("resource", "<https://a.example/1.pdf>", pagetest.CrawlDay, "application/pdf", "%PDF-1.4"), "1:https://a.example/1.pdf:application/pdf:8"},
		{"too large", pagetest.Response("https://a.example/1", "200 OK", typeLine, strings.Repeat("a", 65<<10)) + page1, "1!too-large 2" + ok[1:]},
		{"chunks", pagetest.Response("https://a.example/1", "200 OK", typeLine+"Transfer-Encoding: chunked\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(shrimp), shrimp)), ok},
		{"chunks undone already", pagetest.Response("https://a.example/1", "200 OK", typeLine+"Transfer-Encoding: chunked\r\n", shrimp), ok},
		{"chunks cut", pagetest.Response("https://a.example/1", "200 OK", typeLine+"Transfer-Encoding: chunked\r\n", "ffff\r\n"+shrimp), "1-truncated"},
		{"compressed", pagetest.Response("https://a.example/1", "200 OK", typeLine+"Content-Encoding: gzip\r\n", zipped(shrimp)), ok},
		{"decompressed already", pagetest.Response("https://a.example/1", "200 OK", typeLine+"Content-Encoding: gzip\r\n", shrimp), ok},
		{"compressed and cut", pagetest.Response("https://a.example/1", "200 OK", typeLine+"Content-Encoding: gzip\r\n", zipped(shrimp)[:60]), "1-truncated"},
		{"deflate", pagetest.Response("https://a.example/1", "200 OK", typeLine+"Content-Encoding: deflate\r\n", deflated(shrimp)), ok},
		{"brotli", pagetest.Response("https://a.example/1", "200 OK", typeLine+"Content-Encoding: br\r\n", "\x8b\xff\xfe"), "1-content-encoding"},
		{"a bomb inside", pagetest.Response("https://a.example/1", "200 OK", typeLine+"Content-Encoding: gzip\r\n", zipped(strings.Repeat("\x00", 30<<20))) + page1, "1!too-large 2" + ok[1:]},
		{"cut in a block", page1[:len(page1)-20], "1torn damaged"},
		{"cut in a header", page1 + page1[:40], ok + " 1torn damaged"},
		{"cut gzip", zipped(page1, page1)[:len(zipped(page1, page1))-30], ok + " 2torn damaged"},
		{"other bytes between", page1 + "xin chào\r\n" + page1, ok + " 1torn damaged"},
		{"a header without end", "WARC/1.0\r\n" + strings.Repeat("A: b\r\n", 20_000), "0torn damaged"},
		{"a negative length", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -1\r\n\r\n", "1torn damaged"},
		{"nothing", "", "0!empty"},
	} {
		name := "a.warc"
		if strings.HasPrefix(tt.data, "\x1f\x8b") {
			name += ".gz"
		}
		if got := cutWARC(t, name, tt.data, lim); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if got := cutWARC(t, "crawl", page1, lim); got != ok {
		t.Errorf("without a name: %s", got)
	}
}

func deflated(s string) string {
	var b bytes.Buffer
	z, _ := flate.NewWriter(&b, 6)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

func TestWACZ(t *testing.T) {
	page1 := pagetest.Response("https://a.example/1", "200 OK", typeLine, shrimp)
	other := pagetest.Response("https://a.example/2", "200 OK", typeLine, shrimp)
	whole := string(pagetest.Zip(map[string]string{"archive/b.warc.gz": zipped(other), "archive/a.warc": page1, "pages/pages.jsonl": "{}", "datapackage.json": "{}"}))
	ok := fmt.Sprintf("1:https://a.example/1:text/html:%d 2:https://a.example/2:text/html:%[1]d", len(shrimp))
	for _, tt := range []struct{ name, data, want string }{
		{"two crawls by name", whole, ok},
		{"without a crawl", string(pagetest.Zip(map[string]string{"pages/pages.jsonl": "{}"})), "0!empty"},
		{"cut", whole[:len(whole)-40], "0torn damaged"},
		{"a bomb", string(pagetest.Zip(map[string]string{"archive/a.warc": strings.Repeat("\x00", 40<<20)})), "0!zip-bomb"},
	} {
		if got := cutWARC(t, "a.wacz", tt.data, page.DefaultLimits()); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestReadCapture(t *testing.T) {
	for _, tt := range []struct{ name, data, want string }{
		{"page", pagetest.Fetched("https://a.example/tin.aspx?id=7#x", "2020-10-05T23:00:00Z", shrimp), "Nuôi tôm|Hợp tác xã mở thêm ao nuôi tôm. https://a.example/tin.aspx?id=7 2020-10-05T23:00:00Z"},
		{"page instead of a file", pagetest.Fetched("https://a.example/tin.pdf", "2020-10-05T23:00:00Z", shrimp), "Nuôi tôm|Hợp tác xã mở thêm ao nuôi tôm. https://a.example/tin.pdf 2020-10-05T23:00:00Z"},
		{"text", pagetest.Captured("conversion", "https://a.example/", "2020-10-05T23:00:00Z", "text/plain", "Mở thêm ao."), "Mở thêm ao. https://a.example/ 2020-10-05T23:00:00Z"},
		{"letter", pagetest.Captured("resource", "https://a.example/1", "?", "message/rfc822", "Subject: x\r\n\r\nThư của chi bộ.\r\n"), "Thư của chi bộ. https://a.example/1 0001-01-01T00:00:00Z"},
		{"octets", pagetest.Captured("resource", "https://a.example/", "?", "application/octet-stream", shrimp), "Nuôi tôm|Hợp tác xã mở thêm ao nuôi tôm. https://a.example/ 0001-01-01T00:00:00Z"},
	} {
		for in, err := range InputsFrom(t.Context(), "a.warc", strings.NewReader(tt.data), page.DefaultLimits()) {
			var p *page.Page
			if err == nil {
				p, err = Document(t.Context(), in, page.DefaultLimits())
			}
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
				continue
			}
			got := strings.Join(pagetest.Texts(p), "|") + " " + p.Meta["supplied:id"] + " " + p.Crawl.Fetched.Format(time.RFC3339)
			if got != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
			}
		}
	}
}

func TestCaptureID(t *testing.T) {
	long := "https://a.example/" + strings.Repeat("x", 600)
	a, b := CaptureID(long), CaptureID(long+"y")
	if len(a) > 512 || a == b || CaptureID("https://a.example/1#b") != "https://a.example/1" {
		t.Errorf("%d bytes, %v, %q", len(a), a == b, CaptureID("https://a.example/1#b"))
	}
}

func FuzzWARC(f *testing.F) {
	f.Add("a.warc", pagetest.Response("https://a.example/1", "200 OK", typeLine+"Transfer-Encoding: chunked\r\n", "5\r\nao nu\r\n0\r\n\r\n"))
	f.Add("a.warc.gz", zipped(pagetest.Response("https://a.example/1", "200 OK", typeLine+"Content-Encoding: gzip\r\n", zipped(shrimp))))
	f.Add("a.wacz", string(pagetest.Zip(map[string]string{"archive/a.warc": pagetest.Fetched("https://a.example/1", pagetest.CrawlDay, shrimp)})))
	lim := page.Limits{Bytes: 1 << 20, Entities: 10_000, Depth: 64}.WithDefaults()
	f.Fuzz(func(t *testing.T, name, data string) {
		for in, err := range InputsFrom(t.Context(), name, strings.NewReader(data), lim) {
			var p *page.Page
			if err == nil && in.Web != nil {
				p, err = Document(context.Background(), in, lim)
				pagetest.Check(t, p, err)
			}
		}
	})
}
