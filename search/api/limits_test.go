package api

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"nghiquyet/search"
)

func TestQueueIsShort(t *testing.T) { synctest.Test(t, queueIsShort) }

func queueIsShort(t *testing.T) {
	s, engine := service(t, Config{MaxConcurrent: 1, MaxQueue: 1, QueueTimeout: time.Minute, QueryTimeout: time.Minute})
	slow := "/api/v1/search?q=" + url.QueryEscape(wordWait)
	var wg sync.WaitGroup
	codes := make(chan int, 2)
	ask := func() {
		defer wg.Done()
		codes <- get(t, s, slow).Code
	}
	wg.Add(2)
	go ask()
	<-engine.waiting // one runs
	go ask()
	synctest.Wait() // one waits
	start := time.Now()
	w := get(t, s, "/api/v1/search?q=a")
	if p := decode[Problem](t, w, 503); p.Type != "/docs#dang-ban" || w.Header().Get("Retry-After") == "" || time.Since(start) > 5*time.Second {
		t.Errorf("third question: %+v after %v", p, time.Since(start))
	}
	if w := get(t, s, "/readyz"); w.Code != 200 {
		t.Errorf("readyz behind a full queue = %d, want 200", w.Code)
	}
	close(engine.hold)
	wg.Wait()
	if a, b := <-codes, <-codes; a != 200 || b != 200 {
		t.Errorf("the admitted got %d and %d, want 200", a, b)
	}
}

func TestPanicEndsItsTurn(t *testing.T) {
	s, _ := service(t, Config{MaxConcurrent: 1, MaxQueue: 1, QueueTimeout: time.Millisecond})
	for range 3 {
		if w := get(t, s, "/api/v1/search?q=panic!"); w.Code != 500 {
			t.Fatalf("panic = %d, want 500", w.Code)
		}
	}
	if w := get(t, s, "/api/v1/search?q=a"); w.Code != 200 {
		t.Errorf("afterwards %d, want 200", w.Code)
	}
}

func TestExportsAreFew(t *testing.T) {
	s, engine := service(t, Config{MaxExports: 1, QueryTimeout: time.Minute})
	done := make(chan int)
	go func() { done <- get(t, s, "/api/v1/export?q="+url.QueryEscape(wordWait)).Code }()
	<-engine.waiting
	if w := get(t, s, "/api/v1/export?q=a"); w.Code != 503 {
		t.Errorf("second export = %d, want 503", w.Code)
	}
	if w := get(t, s, "/api/v1/search?q=a"); w.Code != 200 {
		t.Errorf("search beside an export = %d, want 200", w.Code)
	}
	close(engine.hold)
	if code := <-done; code != 200 {
		t.Errorf("first export = %d, want 200", code)
	}
}

func TestClientRate(t *testing.T) {
	proxy := []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} // httptest's clients come from 192.0.2.1
	s, _ := service(t, Config{ClientRate: 0.001, ClientBurst: 2, TrustedProxies: proxy})
	from := func(addr string) int { return get(t, s, "/api/v1/search", "X-Forwarded-For", addr).Code }
	for i, test := range []struct {
		addr string
		want int
	}{
		{"203.0.113.1", 200}, {"203.0.113.1", 200}, {"203.0.113.1", 429},
		{"203.0.113.2", 200},
		{"9.9.9.9, 203.0.113.1, 192.0.2.7", 429},                                          // earlier addresses were written by the client
		{"2001:db8:1:1::1", 200}, {"2001:db8:1:1:ffff::9", 200}, {"2001:db8:1:1::3", 429}, // one /64
		{"2001:db8:1:2::1", 200},
	} {
		if got := from(test.addr); got != test.want {
			t.Errorf("request %d of %s = %d, want %d", i, test.addr, got, test.want)
		}
	}
	if w := get(t, s, "/healthz", "X-Forwarded-For", "203.0.113.1"); w.Code != 200 {
		t.Errorf("healthz = %d, want 200", w.Code)
	}

	untrusting, _ := service(t, Config{ClientRate: 0.001, ClientBurst: 1})
	get(t, untrusting, "/api/v1/search", "X-Forwarded-For", "203.0.113.1")
	if w := get(t, untrusting, "/api/v1/search", "X-Forwarded-For", "203.0.113.2"); w.Code != 429 || w.Header().Get("Retry-After") == "" {
		t.Errorf("without a trusted proxy X-Forwarded-For counts: %d, want 429", w.Code)
	}
}

func TestTokens(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	write := func(token string, age time.Duration) {
		t.Helper()
		if err := os.WriteFile(file, []byte(token+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	var log bytes.Buffer
	s, _ := service(t, Config{Admin: &fakeAdmin{}, AdminToken: Token{File: file}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	admin := func(token string) int {
		return get(t, s, adminPrefix+"/generations", "Authorization", "Bearer "+token).Code
	}
	if got := admin(testToken); got != 404 {
		t.Errorf("no token file: %d, want 404", got)
	}
	write("short", time.Hour)
	if got := admin("short"); got != 404 {
		t.Errorf("short token: %d, want 404", got)
	}
	if !strings.Contains(log.String(), "token of 5 bytes") || !strings.Contains(log.String(), file) {
		t.Errorf("the log does not tell of the short token: %s", log.String())
	}
	write(testToken, time.Minute)
	if got := admin(testToken); got != 200 {
		t.Errorf("right token: %d, want 200", got)
	}
	write(strings.ToUpper(testToken), time.Second) // of the same length
	if old, renewed := admin(testToken), admin(strings.ToUpper(testToken)); old != 401 || renewed != 200 {
		t.Errorf("after rotation: old %d, new %d, want 401 and 200", old, renewed)
	}
	for name, cfg := range map[string]Config{"no Admin": {AdminToken: Token{Value: testToken}}, "no token": {Admin: &fakeAdmin{}}} {
		s, _ := service(t, cfg)
		if w := get(t, s, adminPrefix+"/generations", "Authorization", "Bearer "+testToken); w.Code != 404 {
			t.Errorf("%s: %d, want 404", name, w.Code)
		}
	}
	if _, err := New(Config{ReadToken: Token{Value: "short"}}, &fakeSource{}); err == nil {
		t.Error("a short read token is taken, want an error")
	}
	if text := (Token{Value: testToken}).String(); strings.Contains(text, testToken) {
		t.Errorf("Token.String() = %s", text)
	}
}

func TestReadToken(t *testing.T) {
	s, _ := service(t, Config{ReadToken: Token{Value: testToken}})
	basic := &http.Request{Header: http.Header{}}
	basic.SetBasicAuth("anyone", testToken)
	for _, test := range []struct {
		target, authorization string
		want                  int
	}{
		{"/api/v1/search", "", 401}, {"/api/v1/search", "Bearer " + testToken, 200}, {"/api/v1/search", basic.Header.Get("Authorization"), 200},
		{"/api/v1/search", "Bearer x", 401}, {"/docs", "", 401}, {"/metrics", "", 401}, {"/none", "", 401}, {"/readyz", "", 200}, {"/healthz", "", 200},
	} {
		w := get(t, s, test.target, "Authorization", test.authorization)
		if w.Code != test.want || w.Code == 401 && len(w.Header().Values("WWW-Authenticate")) == 0 {
			t.Errorf("GET %s as %.10q = %d, want %d", test.target, test.authorization, w.Code, test.want)
		}
	}
}

func TestLogTellsNoQuery(t *testing.T) {
	for _, tell := range []bool{false, true} {
		var log bytes.Buffer
		s, _ := service(t, Config{Log: slog.New(slog.NewJSONHandler(&log, nil)), LogQueries: tell})
		w := get(t, s, "/api/v1/search?q=bi+mat", "Authorization", "Bearer "+testToken)
		line := log.String()
		for _, want := range []string{w.Header().Get("X-Request-Id"), `"route":"/api/v1/search"`, `"status":200`, `"duration_ms":`} {
			if !strings.Contains(line, want) {
				t.Errorf("log line lacks %s: %s", want, line)
			}
		}
		if strings.Contains(line, "mat") != tell || strings.Contains(line, testToken) {
			t.Errorf("LogQueries %v: %s", tell, line)
		}
	}
}

func TestMetrics(t *testing.T) {
	s, _ := service(t, Config{Version: "1.2"})
	get(t, s, "/api/v1/search")
	get(t, s, "/api/v1/search?size=x")
	get(t, s, "/api/v1/articles/a1/related")
	ask(t, s, "INVENTED", "/api/v1/search", "")
	body := get(t, s, "/metrics").Body.String()
	for _, want := range []string{
		`nghiquyet_http_requests_total{method="GET",route="/api/v1/search",status="200"} 1`,
		`nghiquyet_http_requests_total{method="GET",route="/api/v1/articles/{id}/related",status="200"} 1`,
		`nghiquyet_http_requests_total{method="other",route="none",status="405"} 1`,
		`nghiquyet_http_request_duration_seconds_bucket{route="/api/v1/search",le="0.001"}`,
		`nghiquyet_rejected_total{reason="tham-so-sai"} 1`,
		`nghiquyet_generation_info{created="2026-11-22T10:15:00Z",generation="20261122T101500Z-1"} 1`,
		"nghiquyet_generation_age_seconds", "nghiquyet_queue_waiting 0", `nghiquyet_build_info{go="go`, "go_goroutines", "nghiquyet_http_requests_in_flight 1",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
}

func TestLanguageOfProblems(t *testing.T) {
	s, _ := service(t, Config{})
	for accept, want := range map[string]string{
		"": "Tham số không hợp lệ", "vi-VN,vi;q=0.9,en;q=0.8": "Tham số không hợp lệ", "en-US,en;q=0.9,vi;q=0.1": "Bad parameter",
		"fr": "Tham số không hợp lệ", "fr, en;q=0.5": "Bad parameter", "*": "Tham số không hợp lệ",
	} {
		if p := decode[Problem](t, get(t, s, "/api/v1/search?size=-1", "Accept-Language", accept), 400); p.Title != want || len(p.Errors) != 1 || p.Errors[0].Parameter != "size" {
			t.Errorf("Accept-Language %q: %+v, want %s", accept, p, want)
		}
	}
}

func TestCompression(t *testing.T) {
	s, _ := service(t, Config{})
	plain := get(t, s, "/api/v1/search").Body.Len()
	for _, encoding := range []string{"gzip", "zstd"} {
		w := get(t, s, "/api/v1/search", "Accept-Encoding", encoding)
		if w.Header().Get("Content-Encoding") != encoding || w.Body.Len() >= plain || !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("%s: %d of %d bytes, %v", encoding, w.Body.Len(), plain, w.Header())
		}
	}
}

func TestEmbedding(t *testing.T) {
	s, _ := service(t, Config{EmbedOrigins: []string{"https://portal.example.vn"}})
	for target, want := range map[string]string{
		"/docs": "frame-ancestors 'none'", "/docs?embed=0": "frame-ancestors 'none'", "/docs?embed=1": "frame-ancestors https://portal.example.vn",
	} {
		h := get(t, s, target).Header()
		if csp := h.Get("Content-Security-Policy"); !strings.HasSuffix(csp, want) || strings.Contains(csp, "unsafe") {
			t.Errorf("GET %s: %s, want %s", target, csp, want)
		}
		if frame := h.Get("X-Frame-Options"); (frame == "") != strings.Contains(want, "https") {
			t.Errorf("GET %s: X-Frame-Options %q", target, frame)
		}
	}
}

// failing breaks off after its first page.
type failing struct{ *fakeEngine }

func (f failing) Search(ctx context.Context, q search.Query) (*search.Results, error) {
	if q.Cursor != "" {
		return nil, errors.New("disk gone")
	}
	return f.fakeEngine.Search(ctx, q)
}

type sourceOf struct{ engine search.Engine }

func (s sourceOf) Acquire() (search.Engine, func(), error) { return s.engine, func() {}, nil }

// TestHalfAnswersAreCut: an export that fails midway must not look complete.
func TestHalfAnswersAreCut(t *testing.T) {
	s, err := New(Config{Log: slog.New(slog.DiscardHandler)}, sourceOf{failing{newFake()}})
	if err != nil {
		t.Fatal(err)
	}
	addr := listen(t, s)
	for _, encoding := range []string{"identity", "gzip", "zstd"} {
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+"/api/v1/export?format=jsonl", nil)
		r.Header.Set("Accept-Encoding", encoding)
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			continue // cut before the first byte arrived
		}
		if _, err := io.ReadAll(answer.Body); err == nil {
			t.Errorf("%s: the answer looks whole", encoding)
		}
		answer.Body.Close()
	}
	if w := get(t, s, "/api/v1/export?format=xlsx"); w.Code != 500 || w.Header().Get("Content-Disposition") != "" {
		t.Errorf("workbook: %d %v, want a problem", w.Code, w.Header())
	}
}

func TestSlowClients(t *testing.T) {
	s, _ := service(t, Config{ReadHeaderTimeout: 50 * time.Millisecond, ReadTimeout: 100 * time.Millisecond})
	addr := listen(t, s)
	for _, begun := range []string{"", "GET /api/v1/sea", "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: "} {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(conn, begun)
		_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		if _, err := io.ReadAll(bufio.NewReader(conn)); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%q: the connection stays open", begun)
		}
		conn.Close()
	}
}

func TestDrain(t *testing.T) {
	s, engine := service(t, Config{QueryTimeout: time.Minute})
	addr, stop, served := listenUntil(t, s)
	code := make(chan int)
	go func() {
		r, err := http.Get("http://" + addr + "/api/v1/search?q=" + url.QueryEscape(wordWait))
		if err != nil {
			code <- 0
			return
		}
		r.Body.Close()
		code <- r.StatusCode
	}()
	<-engine.waiting
	stop()
	for get(t, s, "/readyz").Code != 503 { // at once, and at the latest when the test runs out of time
		runtime.Gosched()
	}
	close(engine.hold)
	if got := <-code; got != 200 {
		t.Errorf("the request under way got %d, want 200", got)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve = %v, want nil", err)
	}
}

// TestDrainEnds: requests that do not end in time are cut, and the service ends without
// error.
func TestDrainEnds(t *testing.T) {
	s, engine := service(t, Config{QueryTimeout: time.Minute, DrainTimeout: time.Millisecond})
	addr, stop, served := listenUntil(t, s)
	cut := make(chan error)
	go func() {
		r, err := http.Get("http://" + addr + "/api/v1/export?q=" + url.QueryEscape(wordWait))
		if err == nil {
			r.Body.Close()
		}
		cut <- err
	}()
	<-engine.waiting
	stop()
	if err := <-served; err != nil {
		t.Errorf("Serve = %v, want nil", err)
	}
	if err := <-cut; err == nil {
		t.Error("the export under way was answered, want it cut")
	}
	for s.exports.running() > 0 { // until the test runs out of time
		runtime.Gosched()
	}
}

func TestFeed(t *testing.T) {
	s, engine := service(t, Config{PublicURL: "https://tim.example.vn/"})
	w := get(t, s, "/feed.atom?q=a+%26+b&size=4")
	body := w.Body.String()
	for _, want := range []string{
		`<feed xmlns="http://www.w3.org/2005/Atom"`, "<updated>2026-11-22T10:15:00Z</updated>", "<published>2020-10-05T00:00:00+07:00</published>", `rel="next"`,
		`href="https://tim.example.vn/feed.atom?q=a+%26+b&amp;size=4"`, `href="https://tim.example.vn/bai-viet/a0"`, `/bai-viet/a%2F0%200#bai-hoc-2"`,
		"<summary>đưa &lt;b&gt;Nghị quyết</summary>", "Nghị quyết &lt;số&gt; 0 &amp;",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("feed lacks %s:\n%s", want, body)
		}
	}
	if q := engine.asked.Load(); q.Sort != search.SortAdded || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/atom+xml") {
		t.Errorf("feed asked for %s, is %s", q.Sort, w.Header().Get("Content-Type"))
	}
}

func TestDocsStandAlone(t *testing.T) {
	s, _ := service(t, Config{})
	body := get(t, s, "/docs").Body.String()
	for _, o := range s.operations() {
		if !strings.Contains(body, `id="`+o.id+`"`) {
			t.Errorf("docs lack %s", o.id)
		}
	}
	for _, k := range kinds {
		if k.status != statusClientGone && !strings.Contains(body, `id="`+k.slug+`"`) {
			t.Errorf("docs lack the problem %s", k.slug)
		}
	}
	for _, foreign := range []string{"<script", "style=", "<style", `src="`, `="http`, `="//`} {
		if strings.Contains(body, foreign) {
			t.Errorf("docs hold %s", foreign)
		}
	}
	if w := get(t, s, "/docs/style.css"); w.Code != 200 || w.Header().Get("Content-Type") != typeCSS {
		t.Errorf("style sheet: %d %s", w.Code, w.Header().Get("Content-Type"))
	}
}

// TestFeedNamesNoForeignHost: a cache must not spread a host name that a client
// wrote into its request.
func TestFeedNamesNoForeignHost(t *testing.T) {
	s, _ := service(t, Config{})
	for host, want := range map[string]string{
		"evil.example": `href="/feed.atom"`, "evil.example:8080": `href="/feed.atom"`, "203.0.113.9": `href="/feed.atom"`, "[2001:db8::1]:80": `href="/feed.atom"`,
		"localhost:8080": `href="http://localhost:8080/feed.atom"`, "127.0.0.1": `href="http://127.0.0.1/feed.atom"`,
		"192.0.2.80:8080": `href="http://192.0.2.80:8080/feed.atom"`,
	} {
		r := httptest.NewRequest(http.MethodGet, "/feed.atom", nil)
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.IPv4(192, 0, 2, 80), Port: 8080}))
		r.Host = host
		r.Header.Set("X-Forwarded-Proto", "https") // of a peer that is not trusted
		r.Header.Set("X-Forwarded-Host", "evil.example")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if body := w.Body.String(); !strings.Contains(body, want) || strings.Contains(body, "evil") || strings.Contains(body, "https://"+host) {
			t.Errorf("feed asked of %s lacks %s, or believes the peer: %s", host, want, body)
		}
	}
}

func TestOneSlowQuestionKeepsNobodyWaiting(t *testing.T) { synctest.Test(t, oneSlowQuestion) }

func oneSlowQuestion(t *testing.T) {
	s, engine := service(t, Config{MaxConcurrent: 2, QueryTimeout: time.Minute})
	done := make(chan int)
	go func() { done <- get(t, s, "/api/v1/search?q="+url.QueryEscape(wordWait)).Code }()
	<-engine.waiting
	start := time.Now()
	for i := range 50 {
		if w := get(t, s, "/api/v1/search?q="+strconv.Itoa(i)); w.Code != 200 {
			t.Errorf("neighbour %d got %d, want 200", i, w.Code)
		}
	}
	if took := time.Since(start); took != 0 { // the bubble's clock moves only while everybody waits
		t.Errorf("neighbours waited %v", took)
	}
	if code := <-done; code != 503 { // the simulated clock runs to the deadline
		t.Errorf("the slow one got %d, want 503", code)
	}
}

// TestExportsDoNotWaitForReaders: a client that does not read is cut off.
func TestExportsDoNotWaitForReaders(t *testing.T) {
	s, engine := service(t, Config{MaxExports: 1, MaxExportRows: 1 << 30, ExportPatience: 10 * time.Millisecond, QueryTimeout: 10 * time.Millisecond, QueueTimeout: time.Millisecond})
	engine.total = 1 << 24 // gigabytes, more than the buffers of sockets take
	addr := listen(t, s)
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, raw("GET", "/api/v1/export?format=jsonl", "")); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 1)); err != nil { // it has begun
		t.Fatal(err)
	}
	for ask(t, s, http.MethodHead, "/api/v1/export", "").Code != 200 { // until the test runs out of time
		runtime.Gosched()
	}
}
