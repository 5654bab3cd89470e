package api

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"nghiquyet/search"
)

// listen serves s on loopback until the test ends.
func listen(t *testing.T, s *Service) (addr string) {
	t.Helper()
	addr, stop, served := listenUntil(t, s)
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Errorf("Serve = %v", err)
		}
	})
	return addr
}

// listenUntil serves s on loopback until stop is called. served gets what Serve returns.
func listenUntil(t *testing.T, s *Service) (addr string, stop func(), served <-chan error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	return l.Addr().String(), stop, done
}

// send writes a request unchanged and reads the answer.
func send(t *testing.T, addr, request string) (*http.Response, string) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	written := make(chan struct{})
	go func() { // the answer may come before the request has ended
		defer close(written)
		_, _ = io.WriteString(conn, request)
	}()
	method, _, _ := strings.Cut(request, " ")
	r, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%.60q: %v", request, err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil && !r.Close { // rejections before a request exists may be cut short
		t.Fatalf("%.60q: body: %v", request, err)
	}
	_ = conn.Close()
	<-written
	return r, string(body)
}

// raw writes a request with a method, a target and header lines. Without a
// header line it closes the connection afterwards.
func raw(method, target, body string, lines ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", method, target)
	for _, line := range lines {
		b.WriteString(line + "\r\n")
	}
	if body != "" && !strings.Contains(b.String(), "Transfer-Encoding") && !strings.Contains(b.String(), "Content-Length") {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(body))
	}
	return b.String() + "\r\n" + body
}

func times(n int, s string) string { return strings.Repeat(s, n) }

// hostile are requests that nobody sends by accident, with the expected answers. A
// problem is named by the fragment of its type; "-" is a rejection before a request
// exists, whose connection may be cut before its body.
func hostile() []struct {
	name, request, problem string
	status                 int
} {
	find := func(query string) string { return raw("GET", "/api/v1/search?"+query, "") }
	path := func(target string) string { return raw("GET", target, "") }
	const reindex, rollback = adminPrefix + "/reindex", adminPrefix + "/rollback"
	const bearer, isJSON = "Authorization: Bearer " + testToken, "Content-Type: application/json"
	const param = "tham-so-sai"
	return []struct {
		name, request, problem string
		status                 int
	}{
		{"negative size", find("size=-1"), param, 400},
		{"size above the bound", find("size=101"), param, 400},
		{"size beyond integers", find("size=99999999999999999999"), param, 400},
		{"size is a word", find("size=abc"), param, 400},
		{"size in Arabic digits", find("size=%D9%A1"), param, 400},
		{"size twice", find("size=10&size=20"), param, 400},
		{"q twice", find("q=a&q=b"), param, 400},
		{"month 13", find("from=2020-13-01"), param, 400},
		{"30 February", find("to=2020-02-30"), param, 400},
		{"year 0", find("from=0000-01-01"), param, 400},
		{"from after to", find("from=2021-01-01&to=2020-01-01"), param, 400},
		{"year of two digits", find("year=20"), param, 400},
		{"no such province", find("province=Atlantis"), param, 400},
		{"101 provinces", find(manyProvinces(101)), param, 400},
		{"province of 300 bytes", find("province=" + times(300, "a")), param, 400},
		{"page 0", find("page=0"), param, 400},
		{"huge page", find("page=9999&size=100"), param, 400},
		{"page just too deep", find("page=1001&size=10"), param, 400},
		{"cursor made up", find("cursor=AAAA"), "con-tro-sai", 400},
		{"cursor with a path", find("cursor=../../etc/passwd"), "con-tro-sai", 400},
		{"long cursor", find("cursor=" + times(search.MaxCursorSize+1, "a")), param, 400},
		{"cursor and page", find("cursor=10&page=2"), param, 400},
		{"SQL in type", find("type=article'%20OR%201=1--"), param, 400},
		{"unknown sort", find("sort=random"), param, 400},
		{"none and more facets", find("facets=none,year"), param, 400},
		{"unknown facet", find("facets=colour"), param, 400},
		{"explain perhaps", find("explain=perhaps"), param, 400},
		{"unknown parameter", find("sise=20"), param, 400},
		{"parameter with NUL", find("q%00=1"), param, 400},
		{"1,000 unknown parameters", find(manyUnknown(1000)), param, 400},
		{"%zz", find("q=%zz"), param, 400},
		{"lone percent", find("q=100%"), param, 400},
		{"semicolons", find("q=a;size=3"), param, 400},
		{"invalid UTF-8", find("q=%FF%FE"), param, 400},
		{"overlong UTF-8", find("q=%C0%AF"), param, 400},
		{"surrogate half", find("q=%ED%A0%80"), param, 400},
		{"q of 2,001 bytes", find("q=" + times(2001, "a")), param, 400},
		{"q of 100,000 letters", find("q=" + times(100_000, "a")), "dia-chi-qua-dai", 414},
		{"q of 100,000 Vietnamese letters", find("q=" + times(100_000, "%E1%BB%AF")), "dia-chi-qua-dai", 414},
		{"500 quotation marks", find("q=" + times(500, "%22")), "", 200},
		{"500 opening brackets", find("q=" + times(500, "(")), "", 200},
		{"NUL", find("q=a%00b"), "", 200},
		{"only combining marks", find("q=" + times(300, "%CC%81")), "", 200},
		{"bidi overrides", find("q=%E2%80%AEabc"), "", 200},
		{"a million times the wildcard", find("q=" + times(2000, "*")), "", 200},
		{"raw UTF-8 in the target", find("q=nghị"), "", 200},
		{"CR LF in q", find("q=a%0d%0aSet-Cookie:%20x=1"), "", 200},
		{"markup in q", find("q=%3Cscript%3Ealert(1)%3C/script%3E"), "", 200},
		{"slow query", find("q=ch%E1%BA%ADm"), "qua-lau", 503},
		{"query that panics", find("q=panic!"), "loi-he-thong", 500},
		{"query that breaks the engine", find("q=l%E1%BB%97i"), "loi-he-thong", 500},

		{"traversal", path("/../../../../etc/passwd"), "khong-co-trang", 404},
		{"encoded traversal", path("/%2e%2e/%2e%2e/etc/passwd"), "khong-co-trang", 404},
		{"traversal from docs", path("/docs/../../etc/passwd"), "khong-co-trang", 404},
		{"traversal as an article", path("/api/v1/articles/..%2f..%2f..%2fetc%2fshadow"), "khong-tim-thay", 404},
		{"traversal as a number", path("/api/v1/citations/..%2f..%2fetc%2fpasswd?size=x"), param, 400},
		{"another host as path", path("//evil.example/"), "khong-co-trang", 404},
		{"backslash", path(`/\evil.example`), "khong-co-trang", 404},
		{"trailing slash", path("/api/v1/search/"), "khong-co-trang", 404},
		{"article of 5,000 letters", path("/api/v1/articles/" + times(5000, "a")), "khong-tim-thay", 404},
		{"article of NUL", path("/api/v1/articles/%00"), "khong-tim-thay", 404},
		{"article not UTF-8", path("/api/v1/articles/%FF%FE"), "khong-tim-thay", 404},
		{"path with %zz", path("/api/v1/articles/%zz"), "-", 400},
		{"absolute URL of another host", path("http://evil.example/readyz"), "", 200},
		{"four dimensions", path("/api/v1/stats?by=province,year,topic,kind"), param, 400},
		{"no dimension", path("/api/v1/stats"), param, 400},
		{"dimension that is none", path("/api/v1/stats?by=type"), param, 400},
		{"format that is a path", path("/api/v1/export?format=../../x"), param, 400},
		{"two formats", path("/api/v1/export?format=csv&format=xlsx"), param, 400},
		{"related with a filter", path("/api/v1/articles/a1/related?province=hue"), param, 400},
		{"debug pages", path("/debug/pprof/"), "khong-co-trang", 404},

		{"method of its own", raw("FOO", "/api/v1/search", ""), "phuong-thuc", 405},
		{"method in lower case", raw("get", "/api/v1/search", ""), "phuong-thuc", 405},
		{"TRACE", raw("TRACE", "/api/v1/search", ""), "phuong-thuc", 405},
		{"DELETE an article", raw("DELETE", "/api/v1/articles/a1", ""), "phuong-thuc", 405},
		{"POST a search", raw("POST", "/api/v1/search", "q=a"), "phuong-thuc", 405},
		{"method in a header", raw("GET", "/api/v1/search", "", "X-HTTP-Method-Override: DELETE"), "", 200},
		{"CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", "khong-co-trang", 404},
		{"body with GET", raw("GET", "/api/v1/search", times(1<<20, "a")), "noi-dung-qua-lon", 413},
		{"only pictures accepted", raw("GET", "/api/v1/search", "", "Accept: image/png, application/json;q=0"), "dang-tra-loi", 406},

		{"header flood", raw("GET", "/api/v1/search", "", manyHeaders(2000)...), "tieu-de-qua-lon", 431},
		{"one header of 100 kB", raw("GET", "/api/v1/search", "", "Cookie: "+times(100_000, "a")), "tieu-de-qua-lon", 431},
		{"header of 2 MB", raw("GET", "/api/v1/search", "", "Cookie: "+times(2<<20, "a")), "-", 431},
		{"Accept-Language of 5 kB", raw("GET", "/api/v1/search?size=x", "", "Accept-Language: "+times(1000, "a-b,c")), param, 400},
		{"Accept-Language of nonsense", raw("GET", "/api/v1/search?size=x", "", "Accept-Language: ;;q=0,*-*,,,"), param, 400},
		{"Accept-Encoding of nonsense", raw("GET", "/api/v1/search", "", "Accept-Encoding: gzip;q=x, ;;, "+times(500, "br,")), "", 200},
		{"ranges", raw("GET", "/api/v1/search", "", "Range: bytes=0-,0-,0-,5-1"), "", 200},
		{"10 kB of tags", raw("GET", "/api/v1/search", "", "If-None-Match: "+times(2000, `"x",`)), "", 200},
		{"upgrade", raw("GET", "/api/v1/search", "", "Upgrade: websocket"), "", 200},
		{"someone else's address", raw("GET", "/api/v1/search", "", "X-Forwarded-For: 1.1.1.1, "+times(1000, "2.2.2.2,")), "", 200},
		{"request id with markup", raw("GET", "/api/v1/search", "", "X-Request-Id: <script>aaaaaaaa"), "", 200},
		{"two hosts", raw("GET", "/", "", "Host: other"), "-", 400},
		{"no host", "GET / HTTP/1.1\r\n\r\n", "-", 400},
		{"markup as host", "GET /feed.atom HTTP/1.1\r\nHost: a\"><script>\r\n\r\n", "-", 400},
		{"no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 \r\n\r\n", "-", 400},
		{"HTTP of the future", "GET / HTTP/9.9\r\nHost: a\r\n\r\n", "-", 505},
		{"space in the target", "GET /api/v1/search?q=a b HTTP/1.1\r\nHost: a\r\n\r\n", "-", 400},
		{"two lengths", raw("POST", reindex, "", "Content-Length: 5", "Content-Length: 6"), "-", 400},
		{"negative length", raw("POST", reindex, "", "Content-Length: -5"), "-", 400},
		{"odd transfer encoding", raw("POST", reindex, "", "Transfer-Encoding: xchunked"), "-", 501},
		{"options of all", raw("OPTIONS", "*", ""), "", 204},
		{"odd expectation", raw("POST", reindex, "", "Expect: the unexpected", "Content-Length: 0"), "-", 417},

		{"admin without a token", raw("GET", adminPrefix+"/generations", ""), "ma-truy-cap", 401},
		{"admin with a wrong token", raw("POST", reindex, "", "Authorization: Bearer "+times(28, "x")), "ma-truy-cap", 401},
		{"admin with half a token", raw("POST", reindex, "", "Authorization: Bearer "+testToken[:20]), "ma-truy-cap", 401},
		{"admin with a token and more", raw("POST", reindex, "", bearer+"x"), "ma-truy-cap", 401},
		{"admin with an empty token", raw("POST", reindex, "", "Authorization: Bearer "), "ma-truy-cap", 401},
		{"admin with basic authentication", raw("POST", reindex, "", "Authorization: Basic YTphLXRva2VuLW9mLW1vcmUtdGhhbi0yNC1ieXRlcw=="), "ma-truy-cap", 401},
		{"admin token in the URL", raw("POST", reindex+"?token="+testToken, ""), "ma-truy-cap", 401},
		{"admin with a bad body", raw("POST", rollback, "{", bearer, isJSON), "noi-dung-sai", 400},
		{"admin with an array", raw("POST", rollback, "[]", bearer, isJSON), "noi-dung-sai", 400},
		{"admin with null", raw("POST", rollback, "null", bearer, isJSON), "noi-dung-sai", 400},
		{"admin with an unknown field", raw("POST", rollback, `{"path":"/etc"}`, bearer, isJSON), "noi-dung-sai", 400},
		{"admin with a wrong type", raw("POST", rollback, `{"generation":7}`, bearer, isJSON), "noi-dung-sai", 400},
		{"admin with two bodies", raw("POST", rollback, `{}{}`, bearer, isJSON), "noi-dung-sai", 400},
		{"admin with a deep body", raw("POST", rollback, `{"generation":`+times(30_000, "["), bearer, isJSON), "noi-dung-sai", 400},
		{"admin with a form", raw("POST", rollback, "generation=g1", bearer, "Content-Type: application/x-www-form-urlencoded"), "dang-noi-dung", 415},
		{"admin with a large body", raw("POST", rollback, times(1<<20, " "), bearer, isJSON), "noi-dung-qua-lon", 413},
		{"admin with an endless body", raw("POST", rollback, "40000\r\n"+times(0x40000, " ")+"\r\n", bearer, isJSON, "Transfer-Encoding: chunked"), "noi-dung-qua-lon", 413},
		{"admin with bad chunks", raw("POST", rollback, "zz\r\n{}\r\n0\r\n\r\n", bearer, isJSON, "Transfer-Encoding: chunked"), "noi-dung-sai", 400},
		{"back to a path", raw("POST", rollback, `{"generation":"../../etc"}`, bearer, isJSON), "khong-thuc-hien-duoc", 409},
	}
}

func manyProvinces(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "province=p%d&", i)
	}
	return b.String()
}

func manyUnknown(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "x%d=1&", i)
	}
	return b.String()
}

func manyHeaders(n int) (lines []string) {
	for i := range n {
		lines = append(lines, fmt.Sprintf("X-Flood-%d: %s", i, times(20, "a")))
	}
	return lines
}

func TestHostileRequests(t *testing.T) {
	s, _ := service(t, Config{Admin: &fakeAdmin{}, AdminToken: Token{Value: testToken}, QueryTimeout: 20 * time.Millisecond})
	addr := listen(t, s)
	for _, test := range hostile() {
		t.Run(test.name, func(t *testing.T) {
			r, body := send(t, addr, test.request)
			if r.StatusCode != test.status {
				t.Fatalf("status %d, want %d: %.300s", r.StatusCode, test.status, body)
			}
			for _, name := range []string{"Content-Security-Policy", "X-Request-Id", "Referrer-Policy"} {
				if r.Header.Get(name) == "" {
					t.Errorf("no %s", name)
				}
			}
			if r.Header.Get("X-Content-Type-Options") != "nosniff" || r.Header.Get("Set-Cookie") != "" || r.Header.Get("Location") != "" ||
				r.Header.Get("Access-Control-Allow-Origin") != "" || strings.Contains(r.Header.Get("X-Request-Id"), "<") {
				t.Errorf("headers %v", r.Header)
			}
			for _, inside := range []string{"secret", "segment", "goroutine", ".go:", testToken} {
				if strings.Contains(body, inside) {
					t.Errorf("answer tells of the inside (%s): %.300s", inside, body)
				}
			}
			if test.problem == "" {
				return
			}
			if test.problem == "-" {
				test.problem = "yeu-cau-sai"
				if test.status == 431 {
					test.problem = "tieu-de-qua-lon"
				}
				if int64(len(body)) < r.ContentLength {
					return
				}
			}
			var p Problem
			if err := json.Unmarshal([]byte(body), &p); err != nil || r.Header.Get("Content-Type") != typeProblem {
				t.Fatalf("%s: %.200q: %v", r.Header.Get("Content-Type"), body, err)
			}
			if p.Type != "/docs#"+test.problem || p.Status != test.status || p.Detail == "" || p.RequestID != r.Header.Get("X-Request-Id") {
				t.Errorf("problem %+v, want %s", p, test.problem)
			}
			for _, e := range p.Errors {
				if e.Wrong == "" || e.Right == "" || len(e.Value) > 500 || len(e.Parameter) > 500 {
					t.Errorf("error %+v", e)
				}
			}
			if test.status == 503 && r.Header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			if test.status == 405 && !strings.Contains(r.Header.Get("Allow"), "GET") {
				t.Errorf("Allow %q", r.Header.Get("Allow"))
			}
		})
	}
	if r, body := send(t, addr, raw("GET", "/api/v1/search?q=a", "")); r.StatusCode != 200 {
		t.Errorf("afterwards: %d %s", r.StatusCode, body)
	}
}
