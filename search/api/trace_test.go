package api

import (
	"net/url"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

func TestTraces(t *testing.T) {
	spans := tracetest.NewSpanRecorder()
	s, _ := service(t, Config{Traces: sdk.NewTracerProvider(sdk.WithSpanProcessor(spans))})
	w := get(t, s, "/api/v1/search?q=bi+mat", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	ended := spans.Ended()
	if w.Code != 200 || len(ended) != 2 {
		t.Fatalf("status %d, %d spans, want 200 and 2", w.Code, len(ended))
	}
	engine, request := ended[0], ended[1]
	if engine.Name() != "engine" || engine.Parent().SpanID() != request.SpanContext().SpanID() || !strings.Contains(request.Name(), "/api/v1/search") {
		t.Errorf("%s in %s", engine.Name(), request.Name())
	}
	if id := request.SpanContext().TraceID().String(); strings.HasPrefix(id, "0af7651916cd43dd") {
		t.Errorf("a client chose the trace %s", id)
	}
	told := map[string]string{}
	for _, a := range request.Attributes() {
		told[string(a.Key)] = a.Value.String()
		if strings.Contains(a.Value.String(), "mat") {
			t.Errorf("%s tells the query: %s", a.Key, a.Value.String())
		}
	}
	if told["request_id"] != w.Header().Get("X-Request-Id") || told["http.response.status_code"] != "200" {
		t.Errorf("attributes %v", told)
	}
	if request.Name() != "GET /api/v1/search" || told["http.route"] != "/api/v1/search" || request.SpanKind() != trace.SpanKindServer {
		t.Errorf("%s is a span of kind %v for the route %s", request.Name(), request.SpanKind(), told["http.route"])
	}
}

// TestTraceOfAnError compares the status of a span with that of its answer:
// failures of the service are errors, those of a client are not.
func TestTraceOfAnError(t *testing.T) {
	for _, c := range []struct {
		target string
		status int
		want   codes.Code
	}{
		{"/api/v1/search?q=" + url.QueryEscape(wordError), 500, codes.Error},
		{"/api/v1/search?q=" + url.QueryEscape(wordPanic), 500, codes.Error},
		{"/api/v1/search?size=x", 400, codes.Unset},
		{"/no/such/page", 404, codes.Unset},
	} {
		spans := tracetest.NewSpanRecorder()
		s, _ := service(t, Config{Traces: sdk.NewTracerProvider(sdk.WithSpanProcessor(spans))})
		w, ended := get(t, s, c.target), spans.Ended()
		if w.Code != c.status || len(ended) == 0 {
			t.Errorf("%s: status %d, want %d; %d spans", c.target, w.Code, c.status, len(ended))
			continue
		}
		if got := ended[len(ended)-1].Status().Code; got != c.want {
			t.Errorf("%s: the span has status %v, want %v", c.target, got, c.want)
		}
	}
}
