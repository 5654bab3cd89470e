package api

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
)

// nothing is a ResponseWriter that discards everything.
type nothing struct{ h http.Header }

func (n nothing) Header() http.Header         { return n.h }
func (n nothing) Write(b []byte) (int, error) { return len(b), nil }
func (n nothing) WriteHeader(int)             {}

// BenchmarkSearch measures the time that HTTP adds to the engine's.
func BenchmarkSearch(b *testing.B) {
	for _, bench := range []struct{ name, encoding string }{{"plain", ""}, {"zstd", "zstd"}, {"gzip", "gzip"}, {"cached", ""}} {
		b.Run(bench.name, func(b *testing.B) {
			cfg := Config{ClientRate: -1, CacheBytes: -1}
			if bench.name == "cached" {
				cfg.CacheBytes = 0
			}
			s, _ := service(b, cfg)
			r := httptest.NewRequest(http.MethodGet, "/api/v1/search?q=nghi+quyet+dang+bo&province=gia-lai&year=2020", nil)
			r.Header.Set("Accept-Encoding", bench.encoding)
			b.ReportAllocs()
			for b.Loop() {
				s.ServeHTTP(nothing{http.Header{}}, r)
			}
		})
	}
}

// BenchmarkBusy measures the cost of rejecting a query.
func BenchmarkBusy(b *testing.B) {
	s, _ := service(b, Config{ClientRate: -1, MaxConcurrent: 1, MaxQueue: -1, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err := s.queries.enter(b.Context(), &line{}, 0, false); err != nil {
		b.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, "/api/v1/search?q=nghi+quyet+dang+bo&province=gia-lai&year=2020", nil)
	b.ReportAllocs()
	for b.Loop() {
		s.ServeHTTP(nothing{http.Header{}}, r)
	}
}
