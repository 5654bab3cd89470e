package api

import (
	"strings"
	"testing"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
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
}
