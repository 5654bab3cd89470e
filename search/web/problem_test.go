package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/web"
)

// broken panics when it is searched.
type broken struct{ search.Engine }

func (broken) Search(context.Context, search.Query) (*search.Results, error) { panic("broken") }

// bounded serves the pages of an engine under a configuration.
func bounded(t testing.TB, e search.Engine, cfg api.Config) *api.Service {
	t.Helper()
	cfg.Log = slog.New(slog.DiscardHandler)
	src := &source{}
	src.engine.Store(&e)
	s, err := api.New(cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	if err := web.Mount(s, slog.Default()); err != nil {
		t.Fatal(err)
	}
	return s
}

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

// TestProblemPages meets each refusal as a browser and as a program, on a page
// and on a path of the API.
func TestProblemPages(t *testing.T) {
	shareddata.OneGoroutine(t)
	long := strings.Repeat("a", 40_000)
	slow := api.Config{ClientRate: 0.001, ClientBurst: 1}
	for _, tt := range []struct {
		name, path string
		status     int
		cfg        api.Config
		engine     search.Engine
		header     string // of the name X-Long
		before     int    // requests that come first
	}{
		{name: "bad parameter", path: "/?size=-1", status: 400},
		{name: "bad parameter of the API", path: "/api/v1/search?size=-1", status: 400},
		{name: "no token", path: "/", status: 401, cfg: api.Config{ReadToken: api.Token{Value: strings.Repeat("t", api.MinTokenBytes)}}},
		{name: "no article", path: "/bai-viet/khong-co", status: 404},
		{name: "no page", path: "/khong-co", status: 404},
		{name: "no path of the API", path: "/api/khong-co", status: 404},
		{name: "long URL", path: "/?q=" + long, status: 414},
		{name: "too many", path: "/", status: 429, cfg: slow, before: 1},
		{name: "long header", path: "/", status: 431, header: long},
		{name: "panic", path: "/", status: 500, engine: broken{shared}},
		{name: "panic of a download", path: "/api/v1/export?q=a", status: 500, engine: broken{shared}},
		{name: "draining", path: "/readyz", status: 503},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := tt.engine
			if e == nil {
				e = shared
			}
			for _, accept := range []string{browser, "*/*"} {
				s := bounded(t, e, tt.cfg)
				if tt.status == 503 {
					drain(t, s)
				}
				var w *httptest.ResponseRecorder
				for range tt.before + 1 {
					r := httptest.NewRequest(http.MethodGet, tt.path, nil)
					r.Header.Set("Accept", accept)
					if tt.header != "" {
						r.Header.Set("X-Long", tt.header)
					}
					w = httptest.NewRecorder()
					s.ServeHTTP(w, r)
				}
				if w.Code != tt.status {
					t.Fatalf("%s answers %d, want %d", accept, w.Code, tt.status)
				}
				if cache := w.Header().Get("Cache-Control"); cache != "no-store" {
					t.Errorf("%s: Cache-Control %q", accept, cache)
				}
				if accept != browser {
					if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
						t.Errorf("a program gets %s", got)
					}
					continue
				}
				checkProblemPage(t, w.Header().Get("Content-Type"), w.Body)
			}
		})
	}
}

// TestProblemPageIsWhole: a reader who is refused gets the files of the page that
// says so, and advice for people.
func TestProblemPageIsWhole(t *testing.T) {
	for advice, cfg := range map[string]api.Config{
		"đợi vài giây":   {ClientRate: 0.001, ClientBurst: 1},
		"vào ô mật khẩu": {ClientRate: -1, ReadToken: api.Token{Value: strings.Repeat("t", api.MinTokenBytes)}},
	} {
		src := &source{}
		src.engine.Store(&shared)
		s := serveWith(t, src, cfg)
		get(t, s, "/")
		res := get(t, s, "/")
		if res.StatusCode < 400 {
			t.Fatalf("the second request is answered with %d", res.StatusCode)
		}
		doc := parse(t, res.Body)
		if text := doc.Find("main").Text(); !strings.Contains(text, advice) {
			t.Errorf("the page of %d advises %q, want %q", res.StatusCode, text, advice)
		}
		files := doc.Find("link[rel=stylesheet], link[rel=icon], script[src]")
		if files.Length() != 3 {
			t.Errorf("the page of %d loads %d files, want 3", res.StatusCode, files.Length())
		}
		files.Each(func(_ int, file *goquery.Selection) {
			address := file.AttrOr("href", file.AttrOr("src", ""))
			if got := get(t, s, address).StatusCode; got != http.StatusOK {
				t.Errorf("the page of %d loads %s, which is answered with %d", res.StatusCode, address, got)
			}
		})
	}
}

// drain shuts a service down.
func drain(t *testing.T, s *api.Service) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Serve(ctx, l); err != nil {
		t.Fatal(err)
	}
}

func checkProblemPage(t *testing.T, media string, body io.Reader) {
	t.Helper()
	if media != "text/html; charset=utf-8" {
		t.Errorf("a browser gets %s", media)
	}
	doc, err := goquery.NewDocumentFromReader(body)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Find("header.top nav a").Length() == 0 || doc.Find("h1").Text() == "" || doc.Find("main code").Text() == "" {
		t.Error("the page lacks navigation, title or request id")
	}
}

// TestProblemPageLanguage: the page is in the reader's language, not the browser's.
func TestProblemPageLanguage(t *testing.T) {
	s := site(t)
	for _, tt := range []struct{ path, cookie, want string }{
		{"/khong-co", "", "Không có trang này"},
		{"/khong-co", "nq_lang=en", "No such page"},
		{"/khong-co?lang=en", "", "No such page"},
	} {
		res := get(t, s, tt.path, "Accept-Language", "en", "Cookie", tt.cookie)
		doc, err := goquery.NewDocumentFromReader(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Find("h1").Text(); got != tt.want {
			t.Errorf("%s, cookie %q: %q, want %q", tt.path, tt.cookie, got, tt.want)
		}
	}
}

// TestUnauthorizedPageIsStyled: files that the page of a 401 loads need no token.
func TestUnauthorizedPageIsStyled(t *testing.T) {
	s := bounded(t, shared, api.Config{ReadToken: api.Token{Value: strings.Repeat("t", api.MinTokenBytes)}})
	ask := func(path string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept", browser)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	doc, err := goquery.NewDocumentFromReader(ask("/").Body)
	if err != nil {
		t.Fatal(err)
	}
	style, _ := doc.Find("link[rel=stylesheet]").Attr("href")
	if w := ask(style); w.Code != 200 {
		t.Errorf("%q answers %d", style, w.Code)
	}
}

// TestRefusedBrowsers sends requests that net/http itself rejects.
func TestRefusedBrowsers(t *testing.T) {
	s := bounded(t, shared, api.Config{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	const page, document = "text/html; charset=utf-8", "application/problem+json"
	for _, tt := range []struct {
		request string
		status  int
		media   string
	}{
		{"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nAccept: " + browser + "\r\n\r\n", 400, page},
		{"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nAccept: */*\r\n\r\n", 400, document},
		{"GET / HTTP/1.1\r\nHost: a\r\nAccept: " + browser + "\r\nX-Long: " + strings.Repeat("a", 2<<20) + "\r\n\r\n", 431, page},
	} {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
		go func() { _, _ = fmt.Fprint(conn, tt.request) }() // cut when the server has read enough
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		if media := res.Header.Get("Content-Type"); res.StatusCode != tt.status || media != tt.media {
			t.Errorf("%.40q answers %d %s, want %d %s", tt.request, res.StatusCode, media, tt.status, tt.media)
		}
		if tt.media == page {
			checkProblemPage(t, page, res.Body)
		}
		conn.Close()
	}
}

// TestPagesAreUTF8 sends invalid UTF-8 to pages that repeat it.
func TestPagesAreUTF8(t *testing.T) {
	s := site(t)
	for _, path := range []string{"/?q=%ff%fe", "/gio?id=%ff", "/theo-doi?q=%ff", "/bai-viet/gia-lai-2020-phuong-thuc-lanh-dao?q=%ff"} {
		body, err := io.ReadAll(get(t, s, path, "Accept", browser).Body)
		if err != nil || !utf8.Valid(body) {
			t.Errorf("%s: the page is not UTF-8 (%v)", path, err)
		}
	}
}
