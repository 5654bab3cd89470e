package api

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

const board = "https://bang.example.vn"

func TestOriginsReadTheAPI(t *testing.T) {
	s, _ := service(t, Config{CORSOrigins: []string{board}, AdminToken: Token{Value: strings.Repeat("m", MinTokenBytes)}})
	for _, test := range []struct {
		target, origin, want string
	}{
		{"/api/v1/search?q=a", board, board}, {"/api/v1/stats?by=year", board, board}, {"/api/v1/export", board, board}, {"/api/v1/search?size=x", board, board},
		{"/api/v1/search?q=a", "https://khac.example.vn", ""}, {"/api/v1/search?q=a", board + ".khac.vn", ""}, {"/api/v1/search?q=a", "null", ""}, {"/api/v1/search?q=a", "", ""},
		{"/docs", board, ""}, {"/api/v1/admin/generations", board, ""}, {"/metrics", board, ""},
	} {
		w := get(t, s, test.target, "Origin", test.origin)
		h := w.Header()
		if h.Get("Access-Control-Allow-Origin") != test.want || h.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s from %q: %v", test.target, test.origin, h)
		}
		ofAPI := strings.HasPrefix(test.target, "/api/v1/") && !strings.HasPrefix(test.target, adminPrefix)
		if slices.Contains(h.Values("Vary"), "Origin") != ofAPI {
			t.Errorf("%s from %q: Vary %q", test.target, test.origin, h.Values("Vary"))
		}
		if test.want != "" && (!strings.Contains(h.Get("Access-Control-Expose-Headers"), "ETag") || h.Get("Cross-Origin-Resource-Policy") != "cross-origin") {
			t.Errorf("%s: %v", test.target, h)
		}
	}
	w := get(t, s, "/api/v1/search?q=a", "Origin", board, "If-None-Match", get(t, s, "/api/v1/search?q=a").Header().Get("ETag"))
	if w.Code != 304 || w.Header().Get("Access-Control-Allow-Origin") != board {
		t.Errorf("unchanged: %d, %v", w.Code, w.Header())
	}
}

// TestBrowsersAskFirst: a preflight request without a token comes before a request with
// one.
func TestBrowsersAskFirst(t *testing.T) {
	s, _ := service(t, Config{CORSOrigins: []string{anyOrigin}, ReadToken: Token{Value: strings.Repeat("d", MinTokenBytes)}})
	r := httptest.NewRequest(http.MethodOptions, "/api/v1/search", nil)
	r.Header.Set("Origin", board)
	r.Header.Set("Access-Control-Request-Method", "GET")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if h := w.Header(); w.Code != 204 || h.Get("Access-Control-Allow-Origin") != anyOrigin || h.Get("Access-Control-Allow-Methods") != "GET, HEAD" || !strings.Contains(h.Get("Access-Control-Allow-Headers"), "Authorization") {
		t.Errorf("%d, %v", w.Code, h)
	}
	if w := get(t, s, "/api/v1/search", "Origin", board); w.Code != 401 || w.Header().Get("Access-Control-Allow-Origin") != anyOrigin {
		t.Errorf("without a token: %d, %v", w.Code, w.Header())
	}
}

func TestOriginsThatAreNone(t *testing.T) {
	for _, origin := range []string{"bang.example.vn", board + "/", board + "/x", "https://", "https://Bang.example.vn", "null", ""} {
		if _, err := New(Config{CORSOrigins: []string{origin}}, nil); err == nil {
			t.Errorf("%q: no error", origin)
		}
	}
}
