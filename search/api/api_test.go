package api

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// service makes a service over one fake engine.
func service(t testing.TB, cfg Config) (*Service, *fakeEngine) {
	t.Helper()
	source, engine := &fakeSource{}, newFake()
	source.engine.Store(engine)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s, err := New(cfg, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if n := source.held.Load(); n != 0 {
			t.Errorf("engine held %d times after the test, want 0", n)
		}
	})
	return s, engine
}

// get sends one request to s. headers are name, value, name, value …
func get(t testing.TB, s *Service, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, s, http.MethodGet, target, "", headers...)
}

func ask(t testing.TB, s *Service, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// decode reads a JSON answer of a status.
func decode[T any](t testing.TB, w *httptest.ResponseRecorder, status int) (v T) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("answer %q: %v", w.Body, err)
	}
	return v
}

func TestSearch(t *testing.T) {
	s, engine := service(t, Config{})
	w := get(t, s, "/api/v1/search?q=nghi+quyet&province=Gia+Lai&province=hue&size=3&page=2&facets=province,year")
	body := w.Body.String()
	got := decode[map[string]any](t, w, http.StatusOK)
	for _, name := range []string{"query", "total", "took_ms", "generation", "next_cursor", "hits", "facets", "suggestions"} {
		if _, ok := got[name]; !ok {
			t.Errorf("answer has no %s", name)
		}
	}
	if hits := got["hits"].([]any); len(hits) != 3 {
		t.Errorf("%d hits, want 3", len(hits))
	}
	for _, want := range []string{`"suggestions":[]`, `"topics":[]`, `"snippets":[]`, `"number":null`, `"lesson":null`, "<số>", "a=1&b=2", `"corrected":null`} {
		if !strings.Contains(body, want) {
			t.Errorf("answer lacks %s: %s", want, body)
		}
	}
	q := engine.asked.Load()
	if q.Text != "nghi quyet" || len(q.Of("province")) != 2 || q.Page != 2 {
		t.Errorf("engine was asked %+v", q)
	}
	if got := decode[map[string]any](t, get(t, s, "/api/v1/search?size=0"), 200); got["hits"] == nil {
		t.Error("no hits: want [], not null")
	}
}

func TestArticleIDs(t *testing.T) {
	s, _ := service(t, Config{})
	for _, id := range fakeIDs {
		target := "/api/v1/articles/" + url.PathEscape(id)
		if got := decode[map[string]any](t, get(t, s, target), 200); got["id"] != id {
			t.Errorf("GET %s has id %v, want %q", target, got["id"], id)
		}
		target += "/related?size=2"
		if got := decode[Related](t, get(t, s, target), 200); len(got.Hits) != 2 {
			t.Errorf("GET %s: %d hits, want 2", target, len(got.Hits))
		}
	}
	if got := decode[map[string]any](t, get(t, s, "/api/v1/articles/a1%23bai-hoc-1"), 200); got["id"] != "a1" {
		t.Errorf("of a lesson's ID: %v, want its article", got["id"])
	}
	// As proxies hand them on that unescape the slash.
	for _, target := range []string{"/api/v1/articles/35-CT/TW@trung%20%C6%B0%C6%A1ng", "/api/v1/articles/https://gialai.gov.vn/x%3Fa=1&b=2", "/api/v1/articles/../../etc/passwd"} {
		if w := get(t, s, target); w.Code != 200 {
			t.Errorf("GET %s = %d, want 200", target, w.Code)
		}
	}
	for _, target := range []string{"/api/v1/articles/", "/api/v1/articles/none", "/api/v1/articles/%00", "/api/v1/articles/%FF"} {
		if w := get(t, s, target); w.Code != 404 {
			t.Errorf("GET %s = %d, want 404", target, w.Code)
		}
	}
}

func TestCitations(t *testing.T) {
	s, engine := service(t, Config{})
	if got := decode[Citations](t, get(t, s, "/api/v1/citations?size=1&topic=x"), 200); len(got.Citations) != 1 {
		t.Errorf("%d citations, want 1", len(got.Citations))
	}
	for _, target := range []string{"/api/v1/citations/35-CT/TW", "/api/v1/citations/35-CT%2FTW", "/api/v1/citations/35%20ct%20tw?year=2020", "/api/v1/citations/chi%20thi%2035"} {
		got := decode[CitedBy](t, get(t, s, target), 200)
		if got.Cited.Number != "35-CT/TW" || got.Results.Total != engine.total {
			t.Errorf("GET %s = %+v", target, got.Cited)
		}
		if q := engine.asked.Load(); len(q.Of("cites")) != 1 {
			t.Errorf("GET %s asked for %q", target, q.Of("cites"))
		}
	}
	for _, target := range []string{"/api/v1/citations/1-XX", "/api/v1/citations/", "/api/v1/citations/" + strings.Repeat("9", 300)} {
		if w := get(t, s, target); w.Code != 404 {
			t.Errorf("GET %s = %d, want 404", target, w.Code)
		}
	}
}

func TestSuggest(t *testing.T) {
	s, _ := service(t, Config{})
	if got := decode[Suggestions](t, get(t, s, "/api/v1/suggest?q=ngh"), 200); len(got.Suggestions) != 2 {
		t.Errorf("suggestions %v", got)
	}
	if body := get(t, s, "/api/v1/suggest").Body.String(); !strings.Contains(body, `"suggestions":[]`) {
		t.Errorf("suggestions of nothing: %s", body)
	}
}

func TestStatsValidators(t *testing.T) {
	s, engine := service(t, Config{})
	const target = "/api/v1/stats?by=province,year"
	w := get(t, s, target)
	tag := w.Header().Get("ETag")
	if w.Code != 200 || tag == "" || w.Header().Get("Cache-Control") == "" {
		t.Fatalf("stats: %d, ETag %q: %s", w.Code, tag, w.Body)
	}
	if w := get(t, s, target, "If-None-Match", `"x", `+tag); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("If-None-Match: %d %q, want 304 and no body", w.Code, w.Body)
	}
	engine.generation = "next"
	if w := get(t, s, target, "If-None-Match", tag); w.Code != 200 || w.Header().Get("ETag") == tag {
		t.Errorf("after a new generation: %d, ETag %s", w.Code, w.Header().Get("ETag"))
	}
	if w := get(t, s, "/api/v1/stats?by=colour", "If-None-Match", tag); w.Code != 400 || w.Header().Get("ETag") != "" {
		t.Errorf("bad parameter: %d with ETag %q, want 400 without", w.Code, w.Header().Get("ETag"))
	}
}

func TestReady(t *testing.T) {
	source := &fakeSource{}
	s, err := New(Config{Log: slog.New(slog.DiscardHandler)}, source)
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"/readyz", "/api/v1/search?q=a", "/api/v1/stats?by=year", "/api/v1/articles/a1", "/feed.atom", "/api/v1/export"} {
		w := get(t, s, target)
		if p := decode[Problem](t, w, 503); p.Type != "/docs#chua-co-chi-muc" || w.Header().Get("Retry-After") == "" {
			t.Errorf("GET %s without an index = %+v", target, p)
		}
	}
	if w := get(t, s, "/healthz"); w.Code != 200 {
		t.Errorf("healthz = %d", w.Code)
	}
	source.engine.Store(newFake())
	if r := decode[Ready](t, get(t, s, "/readyz"), 200); r.Generation == "" || r.Articles != 250 || r.Created == "" {
		t.Errorf("readyz = %+v", r)
	}
}

func TestHeadAndOptions(t *testing.T) {
	s, _ := service(t, Config{})
	server := httptest.NewServer(s)
	defer server.Close()
	for _, target := range []string{"/api/v1/search", "/api/v1/articles/a1", "/readyz", "/docs", "/feed.atom", "/api/v1/export"} {
		r, err := http.Head(server.URL + target)
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := io.ReadAll(r.Body); r.StatusCode != 200 || len(b) != 0 {
			t.Errorf("HEAD %s = %d with %d bytes", target, r.StatusCode, len(b))
		}
		r.Body.Close()
		w := ask(t, s, http.MethodOptions, target, "")
		if w.Code != 204 || w.Header().Get("Allow") != "GET, HEAD, OPTIONS" || w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("OPTIONS %s = %d, Allow %q", target, w.Code, w.Header().Get("Allow"))
		}
	}
}

func TestExport(t *testing.T) {
	s, _ := service(t, Config{MaxExportRows: 230})
	for _, test := range []struct {
		format string
		lines  int
	}{{"", 231}, {"csv", 231}, {"jsonl", 230}, {"xlsx", 0}} {
		w := get(t, s, "/api/v1/export?q=a&format="+test.format+"&size=3&page=2")
		if w.Code != 200 || w.Header().Get("X-Total-Count") != "250" || w.Header().Get("X-Truncated") != "true" {
			t.Fatalf("export %q = %d, %v", test.format, w.Code, w.Header())
		}
		if n := strings.Count(w.Body.String(), "\n"); test.lines > 0 && n != test.lines {
			t.Errorf("export %q has %d lines, want %d", test.format, n, test.lines)
		}
		if d := w.Header().Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; filename=") {
			t.Errorf("export %q is disposed %q", test.format, d)
		}
	}
	if w := get(t, s, "/api/v1/export?format=pdf"); w.Code != 400 {
		t.Errorf("format pdf = %d, want 400", w.Code)
	}
	if w := get(t, s, "/api/v1/stats?by=province&format=csv"); w.Code != 200 || !strings.Contains(w.Body.String(), "gia-lai,Gia Lai,52,3") {
		t.Errorf("stats as csv = %d: %s", w.Code, w.Body)
	}
}

func TestProblemsAsPages(t *testing.T) {
	s, _ := service(t, Config{})
	s.ShowProblems(func(w http.ResponseWriter, r *http.Request, err error) error {
		if r.URL.Path == "/panic" {
			panic("no page")
		}
		p := ProblemOf(r, err, locale.English)
		w.WriteHeader(p.Status)
		_, err = io.WriteString(w, "<h1>"+p.Title)
		return err
	})
	const browser = "text/html,application/xhtml+xml,*/*;q=0.8"
	for _, test := range []struct{ target, accept, want string }{
		{"/none", browser, "<h1>"}, {"/none", "", "{"}, {"/none", "*/*", "{"}, {"/none", "application/json, text/html", "{"}, {"/api/v1/none", browser, "<h1>"}, {"/panic", browser, "{"},
	} {
		w := get(t, s, test.target, "Accept", test.accept)
		if w.Code != 404 || !strings.HasPrefix(w.Body.String(), test.want) || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("GET %s as %q = %d %.40s, want %s…", test.target, test.accept, w.Code, w.Body, test.want)
		}
	}
}

// TestNotes: notes are in the reader's language, and an answer in one language is
// not cached for the other.
func TestNotes(t *testing.T) {
	s, _ := service(t, Config{})
	const target = "/api/v1/search?q=nam:abc"
	tags := map[string]bool{}
	for _, tt := range []struct{ language, want string }{{"vi", "Năm hoặc ngày"}, {"en", "A year or date"}, {"fr", "Năm hoặc ngày"}} {
		w := get(t, s, target, "Accept-Language", tt.language)
		asked := decode[search.Results](t, w, 200).Query
		if len(asked.NoteTexts) != 1 || !strings.HasPrefix(asked.NoteTexts[0], tt.want) || !slices.Equal(asked.NoteCodes, []string{search.NoteValue}) {
			t.Errorf("%s: notes %q of codes %q", tt.language, asked.NoteTexts, asked.NoteCodes)
		}
		if !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Language") {
			t.Errorf("%s: Vary %q", tt.language, w.Header().Values("Vary"))
		}
		tags[w.Header().Get("ETag")] = true
		if w := get(t, s, target, "Accept-Language", tt.language, "If-None-Match", w.Header().Get("ETag")); w.Code != 304 {
			t.Errorf("%s: asked again: %d, want 304", tt.language, w.Code)
		}
	}
	if len(tags) != 2 {
		t.Errorf("ETags %v, want one for each language", tags)
	}
}
