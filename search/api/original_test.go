package api

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/search/originals"
)

// fakeOriginals has the original of one article.
type fakeOriginals struct{ err error }

func (f *fakeOriginals) Read(_ context.Context, _ string, a *index.Article) ([]byte, error) {
	return []byte("0123456789"), f.err
}

func TestOriginal(t *testing.T) {
	files := &fakeOriginals{}
	s, _ := service(t, Config{Originals: files, BasePath: "/tra-cuu"})
	w := get(t, s, "/goc/x%2Frelated")
	if w.Code != http.StatusOK || w.Body.String() != "0123456789" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	for name, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff", "Accept-Ranges": "bytes", "ETag": `"ab"`,
		"Content-Disposition": "attachment; filename*=utf-8''b%C3%A1o%20c%C3%A1o.html",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(got, "sandbox;") {
		t.Errorf("policy %q", got)
	}
	if w = get(t, s, "/goc/x%2Frelated", "Range", "bytes=3-5"); w.Code != http.StatusPartialContent || w.Body.String() != "345" {
		t.Errorf("range: %d %s", w.Code, w.Body)
	}
	if w = get(t, s, "/goc/x%2Frelated", "Range", "bytes=30-"); w.Code != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("range beyond the end: %d", w.Code)
	}
	if w = get(t, s, "/goc/x%2Frelated", "If-None-Match", `"ab"`); w.Code != http.StatusNotModified {
		t.Errorf("not changed: %d", w.Code)
	}
	article := decode[Article](t, get(t, s, "/api/v1/articles/x%2Frelated"), http.StatusOK)
	if o := article.Original; o == nil || *o != (index.Original{Path: "2020/báo cáo.html", Type: "text/html", Size: 10, SHA256: "ab", URL: "/tra-cuu/goc/x%2Frelated"}) {
		t.Errorf("original: %+v", o)
	}
	for _, tt := range []struct {
		err    error
		status int
	}{{originals.ErrMissing, 404}, {originals.ErrChanged, 409}, {context.DeadlineExceeded, 503}} {
		files.err = tt.err
		w := get(t, s, "/goc/x%2Frelated")
		if p := decode[Problem](t, w, tt.status); p.Detail == "" || w.Header().Get("ETag") != "" {
			t.Errorf("%v: %+v %v", tt.err, p, w.Header())
		}
	}
	decode[Problem](t, get(t, s, "/goc/none"), http.StatusNotFound)
}

func TestOriginalsAreOff(t *testing.T) {
	s, _ := service(t, Config{})
	if p := decode[Problem](t, get(t, s, "/goc/x%2Frelated"), http.StatusNotFound); !strings.HasSuffix(p.Type, "khong-phuc-vu-ban-goc") {
		t.Errorf("problem %s", p.Type)
	}
	article := decode[Article](t, get(t, s, "/api/v1/articles/x%2Frelated"), http.StatusOK)
	if article.Original == nil || article.Original.URL != "" {
		t.Errorf("original: %+v", article.Original)
	}
	token := Token{Value: strings.Repeat("x", MinTokenBytes)}
	s, _ = service(t, Config{Originals: &fakeOriginals{}, ReadToken: token})
	if w := get(t, s, "/goc/x%2Frelated"); w.Code != http.StatusUnauthorized {
		t.Errorf("without the read token: %d", w.Code)
	}
}
