package main

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

func TestTracesAreSent(t *testing.T) {
	var sent atomic.Int64
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/traces" && r.Header.Get("Content-Type") == "application/x-protobuf" {
			sent.Add(1)
		}
	}))
	defer collector.Close()
	s := startService(t, "--data", t.TempDir(), "--otlp-endpoint", collector.URL+"/v1/traces")
	if code := s.get("healthz", nil); code != http.StatusOK {
		t.Fatalf("healthz: %d", code)
	}
	if code := s.stop(); code != exitOK || sent.Load() == 0 {
		t.Errorf("exit %d, %d batches of spans, want one at the end", code, sent.Load())
	}
}
