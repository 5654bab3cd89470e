package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// FuzzRequest: whatever a client sends, it gets an answer of the document or a
// complete problem document, and never an internal text.
func FuzzRequest(f *testing.F) {
	for _, target := range []string{
		"/api/v1/search?q=nghị&size=3", "/api/v1/search?size=-1&cursor=x", "/api/v1/articles/a%2Fb/related?size=2", "/api/v1/citations/35-CT/TW",
		"/api/v1/stats?by=province,year&format=csv", "/api/v1/export?format=jsonl&q=%22", "/feed.atom?q=%00&sort=oldest", "/api/v1/suggest?q=a", "/%2e%2e/x?%zz",
	} {
		f.Add(target, "application/json;q=0.5, */*;q=0", "en;q=0.3,vi", `W/"x", *`)
	}
	s, _ := service(f, Config{ClientRate: -1, QueryTimeout: 1, MaxExportRows: 300})
	f.Fuzz(func(t *testing.T, target, accept, language, match string) {
		u, err := url.ParseRequestURI(target)
		if err != nil || strings.Contains(target, "panic!") || u.Path == metricsPath {
			return // net/http refuses it, the fake engine is meant to fail, or the text is Prometheus's
		}
		if q := u.Query().Get("q"); strings.TrimSpace(q) == wordSlow || strings.TrimSpace(q) == wordWait || strings.TrimSpace(q) == wordError {
			return
		}
		r := &http.Request{Method: http.MethodGet, URL: u, RequestURI: target, Header: http.Header{}, RemoteAddr: "127.0.0.1:1"}
		r.Header.Set("Accept", accept)
		r.Header.Set("Accept-Language", language)
		r.Header.Set("If-None-Match", match)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		switch contentType := w.Header().Get("Content-Type"); {
		case w.Code == http.StatusNotModified && w.Body.Len() == 0:
		case w.Code >= 500, w.Code >= 400 && contentType != typeProblem:
			t.Errorf("GET %q = %d %s: %.300s", target, w.Code, contentType, w.Body)
		case (contentType == typeJSON || contentType == typeProblem) && !json.Valid(w.Body.Bytes()):
			t.Errorf("GET %q: no JSON: %.300q", target, w.Body)
		}
	})
}
