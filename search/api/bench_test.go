package api

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// nothing is a ResponseWriter that keeps nothing.
type nothing struct{ h http.Header }

func (n nothing) Header() http.Header         { return n.h }
func (n nothing) Write(b []byte) (int, error) { return len(b), nil }
func (n nothing) WriteHeader(int)             {}

// BenchmarkSearch is what HTTP adds to the engine's time.
func BenchmarkSearch(b *testing.B) {
	for _, bench := range []struct{ name, encoding string }{{"plain", ""}, {"zstd", "zstd"}, {"gzip", "gzip"}} {
		b.Run(bench.name, func(b *testing.B) {
			s, _ := service(b, Config{ClientRate: -1})
			r := httptest.NewRequest(http.MethodGet, "/api/v1/search?q=nghi+quyet+dang+bo&province=gia-lai&year=2020", nil)
			r.Header.Set("Accept-Encoding", bench.encoding)
			b.ReportAllocs()
			for b.Loop() {
				s.ServeHTTP(nothing{http.Header{}}, r)
			}
		})
	}
}
