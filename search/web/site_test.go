package web_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"nghiquyet/index"
	"nghiquyet/index/bleveindex"
	"nghiquyet/index/extract"
	"nghiquyet/index/samples"
	"nghiquyet/search"
	"nghiquyet/search/api"
	"nghiquyet/search/blevesearch"
	"nghiquyet/search/web"
)

// hostile is text that a page must show as text only.
const hostile = `"><script>alert(1)</script>' onmouseover='x`

// rtl contains marks that would turn the text around them, and characters without
// width.
const rtl = "đảo \u202Engược\u202C ẩn\u200Bgiữa\u2066 hết"

// odd returns articles that nobody would write, in addition to the samples.
func odd() []*index.Article {
	long := strings.Repeat("ă", 10_000)
	articles := []*index.Article{
		{ID: "x/" + hostile + "#?&%2F", Title: "Kỳ quặc " + hostile, Text: "Một đoạn kỳ quặc " + hostile + "\n" + hostile,
			Facts: index.Facts{
				Author: index.Maybe(hostile), District: index.Maybe(hostile), Topics: []string{"Chủ đề " + hostile}, Date: "2021-05",
				Number: index.Maybe("99-CT/" + hostile),
			}, Source: index.Maybe(hostile), URL: "javascript:alert(1)",
			Evidence: map[string]index.Evidence{"author": {From: index.FromBody, Sure: index.SureLow, Text: hostile}}},
		{ID: rtl, Title: "Kỳ quặc " + rtl, Text: "Đoạn kỳ quặc " + rtl, Facts: index.Facts{Date: "2021-06-01"}},
		{ID: "dai", Title: "Kỳ quặc " + long[:4000], Text: "kỳ quặc " + long + " hết", Facts: index.Facts{Date: "2021-07-01", Author: index.Maybe(long[:400])}},
		{ID: "..", Title: "Kỳ quặc hai chấm", Text: "Văn bản mang tên hai chấm, kỳ quặc.", Facts: index.Facts{Date: "2021-08-01"}, URL: "https://vi-du.example.vn/a?b=1&c=2"},
		{ID: "trong", Title: "", Text: "Kỳ quặc: không có tiêu đề."},
		{ID: "bang", Title: "Kỳ quặc có bảng", Text: "Mở đầu\nI. BẢNG\nTên\tSố\nXã A\t1\nXã B\t2\nThứ nhất, một. Thứ hai, hai.\nTheo Chỉ thị 35-CT/TW và 35-CT/TW.",
			Sections:  []index.Section{{Anchor: "muc-1", Heading: "I. BẢNG", Span: index.Span{Start: 19, End: 46}}},
			Citations: []index.Citation{{Key: "35-CT/TW", Text: "Chỉ thị 35-CT/TW"}}},
	}
	for _, a := range []*index.Article{{ID: "ban-goc", Title: "Kỳ quặc: bản gốc"}, {ID: "ban-sao", Title: "Kỳ quặc: bản đăng lại"}} {
		a.Text = `Đội sản xuất vớt bèo lục bình trên kênh, phơi khô, đan thành giỏ, bán cho hợp tác xã. Chi bộ giao mỗi đảng viên kèm hai hộ
nghèo; cuối năm, thu nhập của xóm tăng gấp rưỡi, không còn ai bỏ ruộng đi làm thuê xa. Bà con góp tiền sửa cầu gỗ, kéo thêm đường điện,
mở lớp dạy nghề buổi tối. Trẻ nhỏ được đưa đón bằng ghe, người già có thuốc uống tại nhà. Từ việc nhỏ ấy, cán bộ hiểu rằng muốn dân tin
thì lời nói phải đi trước một bước, tay làm phải theo sau ngay, và sổ sách lúc nào cũng mở cho mọi nhà cùng xem.`
		a.Date = "2021-09-01"
		articles = append(articles, a)
	}
	table := articles[5]
	table.Evidence = map[string]index.Evidence{index.EvidenceText: {From: index.FromOCR, Sure: index.SureMedium, Text: "1"}}
	for i, text := range []string{"một.", "hai."} {
		start := strings.Index(table.Text, text)
		table.Lessons = append(table.Lessons, index.Lesson{Ordinal: i + 1, Heading: "Bài học", Text: text,
			Anchor: "bai-hoc-" + string(rune('1'+i)), Span: index.Span{Start: start, End: start + len(text)}})
	}
	start := strings.Index(table.Text, "Tên\t")
	table.Sections[0].Span = index.Span{Start: start, End: len(table.Text)}
	return append(articles,
		&index.Article{ID: "mai-sau", Title: "Kỳ quặc mai sau", Text: "Kỳ quặc: ngày chưa tới.", Facts: index.Facts{Date: "2021-06-02"},
			Evidence: map[string]index.Evidence{"date": {From: index.FromSupplied, Sure: index.SureLow, Doubt: index.DoubtFuture}}},
		&index.Article{ID: "dan-sau", Title: "Kỳ quặc dẫn sau", Text: "Kỳ quặc: dẫn văn bản năm sau.", Facts: index.Facts{Date: "2021-05-02"},
			Evidence: map[string]index.Evidence{"date": {From: index.FromSupplied, Sure: index.SureLow, Doubt: "15/2020/NĐ-CP"}}},
	)
}

// source returns one engine, which tests may replace.
type source struct{ engine atomic.Pointer[search.Engine] }

func (s *source) Acquire() (search.Engine, func(), error) {
	e := s.engine.Load()
	if e == nil {
		return nil, nil, search.ErrNoIndex
	}
	return *e, func() {}, nil
}

// shared is the index of the samples and the odd articles: no test changes it.
var shared search.Engine

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "web-test-*")
	if err == nil {
		shared, err = build(context.Background(), dir)
	}
	code := 1
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		code = m.Run()
		stopBrowser()
		shared.Close()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

// build indexes the samples and the odd articles below dir.
func build(ctx context.Context, dir string) (search.Engine, error) {
	pages := filepath.Join(dir, "pages")
	if err := os.CopyFS(pages, samples.Pages()); err != nil {
		return nil, err
	}
	return buildOf(ctx, dir, odd(), pages)
}

// buildOf indexes articles and files and folders, below dir.
func buildOf(ctx context.Context, dir string, articles []*index.Article, paths ...string) (search.Engine, error) {
	built := filepath.Join(dir, "index")
	w, err := bleveindex.Create(built, bleveindex.Config{})
	if err != nil {
		return nil, err
	}
	x := extract.New(extract.Config{})
	read := func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		for in, err := range x.Inputs(ctx, path) {
			if err != nil {
				return err
			}
			if r, err := x.Extract(ctx, in); err == nil { // some must be rejected
				articles = append(articles, &r.Article)
			}
		}
		return nil
	}
	for _, path := range paths {
		if err := filepath.WalkDir(path, read); err != nil {
			return nil, err
		}
	}
	for _, a := range articles {
		if err := a.Validate(); err != nil {
			return nil, fmt.Errorf("%q: %w", a.ID, err)
		}
		if err := w.Put(ctx, a); err != nil {
			return nil, err
		}
	}
	if _, _, err := w.Commit(ctx); err != nil {
		return nil, err
	}
	return blevesearch.Open(built, blevesearch.Config{Generation: "g1", Created: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
}

// serve serves the pages of a source on loopback.
func serve(t testing.TB, src api.Source) *httptest.Server {
	t.Helper()
	return serveWith(t, src, api.Config{EmbedOrigins: []string{"https://tinhuy.example.vn"}})
}

func serveWith(t testing.TB, src api.Source, cfg api.Config) *httptest.Server {
	t.Helper()
	cfg.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	s, err := api.New(cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	if err := web.Mount(s, slog.New(slog.NewTextHandler(testLog{t}, nil))); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return server
}

// testLog makes every log entry of the pages a failure: they log only errors of
// rendering.
type testLog struct{ t testing.TB }

func (l testLog) Write(p []byte) (int, error) {
	l.t.Errorf("logged: %s", p)
	return len(p), nil
}

// site serves the samples and the odd articles.
func site(t testing.TB) *httptest.Server {
	t.Helper()
	src := &source{}
	src.engine.Store(&shared)
	return serve(t, src)
}

// get sends a request like a browser.
func get(t testing.TB, server *httptest.Server, path string, header ...string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html,*/*;q=0.8")
	req.Header.Set("Accept-Language", "vi")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return res
}

// page is get, parsed as HTML; the status must be the given one.
func page(t testing.TB, server *httptest.Server, path string, status int) *goquery.Document {
	t.Helper()
	res := get(t, server, path)
	if res.StatusCode != status {
		t.Fatalf("GET %s = %d, want %d", path, res.StatusCode, status)
	}
	return parse(t, res.Body)
}

// parse reads HTML as a browser without script.
func parse(t testing.TB, body io.Reader) *goquery.Document {
	t.Helper()
	node, err := html.ParseWithOptions(body, html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	return goquery.NewDocumentFromNode(node)
}
