package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// tracerName is the instrumentation scope of all spans of the service.
const tracerName = "nghiquyet/search/api"

// traced returns the middleware that makes a span of each request. Attributes have
// the names of OpenTelemetry's conventions for HTTP; none contains the query or the
// client. A client's trace header is ignored: each request begins a trace of its
// own.
func traced(provider trace.TracerProvider) gin.HandlerFunc {
	tracer := provider.Tracer(tracerName)
	return func(c *gin.Context) {
		route := c.FullPath() // empty if no route matches
		ctx, span := tracer.Start(c.Request.Context(), c.Request.Method+" "+route,
			trace.WithNewRoot(), trace.WithSpanKind(trace.SpanKindServer),
			trace.WithAttributes(attribute.String("http.request.method", c.Request.Method), attribute.String("http.route", route)))
		defer span.End() // also if a panic cuts the request
		c.Request = c.Request.WithContext(ctx)
		c.Next()
		status := c.Writer.Status()
		span.SetAttributes(attribute.Int("http.response.status_code", status))
		if status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, http.StatusText(status))
		}
	}
}
