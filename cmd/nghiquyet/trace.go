package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// traceTimeout bounds the last sending of spans when the service ends.
const traceTimeout = 5 * time.Second

// traces sends spans to an OpenTelemetry collector over HTTP until end is called.
// Without an endpoint nothing is recorded or sent. OTEL_TRACES_SAMPLER and its _ARG
// set how many are sampled; by default all.
func traces(ctx context.Context, endpoint string, log *slog.Logger) (provider trace.TracerProvider, end func(), err error) {
	if endpoint == "" {
		return nil, func() {}, nil
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint))
	if err != nil {
		return nil, nil, usagef("--otlp-endpoint %q: %w", endpoint, err)
	}
	about, err := resource.New(ctx, resource.WithFromEnv(), resource.WithSchemaURL(""))
	if err != nil {
		return nil, nil, fmt.Errorf("set up traces: %w", err)
	}
	// A collector that is away is no reason to stop.
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces", "error", err) }))
	p := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(about))
	return p, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), traceTimeout)
		defer cancel()
		if err := p.Shutdown(ctx); err != nil {
			log.Warn("traces", "error", err)
		}
	}, nil
}
