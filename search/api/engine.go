package api

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/trace"

	"nghiquyet/index"
	"nghiquyet/search"
)

// engine is the engine of one generation with the limits for requests: earlier
// answers come from the cache, all others wait at the gate and have a deadline.
type engine struct {
	search.Engine
	s          *Service
	generation string
	// patient waits at the gate until the context ends.
	patient bool
	// uncached uses no cache.
	uncached bool
}

var _ search.Engine = engine{}

// answered returns what f answers. key determines the answer within a generation: an
// earlier answer comes from the cache; "" is for what is not cached. Otherwise it calls
// f when it is the query's turn, within the deadline. cost is the estimated processor
// time.
func answered[T any](ctx context.Context, e engine, key string, cost time.Duration, f func(context.Context) (T, error)) (answer T, err error) {
	cached := key != "" && !e.uncached
	if cached {
		if earlier, ok := e.s.cache.get(e.generation, key).(T); ok {
			e.s.metrics.cached.WithLabelValues("hit").Inc()
			return earlier, nil
		}
		e.s.metrics.cached.WithLabelValues("miss").Inc()
	}
	a := accountOf(ctx)
	if !a.afford(cost) {
		return answer, errRate
	}
	ctx, span := trace.SpanFromContext(ctx).TracerProvider().Tracer(tracerName).Start(ctx, "engine")
	defer span.End()
	start := time.Now()
	err = e.s.queries.enter(ctx, &a.line, cost, e.patient)
	span.AddEvent("entered") // after waiting in the queue
	entered := time.Now()
	e.s.metrics.waited.Observe(entered.Sub(start).Seconds())
	if err != nil {
		return answer, err
	}
	defer func() {
		took := time.Since(entered)
		e.s.queries.leave(&a.line, cost, took)
		if e.s.cfg.Remote {
			a.away += took
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, e.s.cfg.QueryTimeout)
	defer cancel()
	if answer, err = f(ctx); err == nil && cached {
		e.s.cache.put(e.generation, key, answer, weigh(answer))
	}
	return answer, err
}

// key returns the cache key of a query: its kind, its parameters in order, and size.
func key(what string, v url.Values, size int) string {
	return what + strconv.Itoa(size) + "?" + v.Encode()
}

func (e engine) Search(ctx context.Context, q search.Query) (*search.Results, error) {
	start := time.Now()
	q = q.Dated(start)
	asked := false
	r, err := answered(ctx, e, key("search", q.Values(), 0), timeOf(&q), func(ctx context.Context) (*search.Results, error) {
		asked = true
		return e.Engine.Search(ctx, q)
	})
	if err != nil || asked {
		return r, err
	}
	again := *r
	again.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return &again, nil
}

func (e engine) Article(ctx context.Context, id string) (*index.Article, error) {
	a, err := answered(ctx, e, "", questionTime, func(ctx context.Context) (*index.Article, error) { return e.Engine.Article(ctx, id) })
	if errors.Is(err, search.ErrNotFound) && e.s.cfg.History != nil && e.s.cfg.History.Left(ctx, e.generation, id) {
		err = search.ErrGone
	}
	return a, err
}

func (e engine) Suggest(ctx context.Context, prefix string, size int) ([]search.Suggestion, error) {
	return answered(ctx, e, "", questionTime, func(ctx context.Context) ([]search.Suggestion, error) { return e.Engine.Suggest(ctx, prefix, size) })
}

func (e engine) Related(ctx context.Context, id string, size int) ([]search.Hit, error) {
	return answered(ctx, e, key("related/"+id+"/", nil, size), relatedTime, func(ctx context.Context) ([]search.Hit, error) {
		return e.Engine.Related(ctx, id, size)
	})
}

func (e engine) Copies(ctx context.Context, id string) ([]search.Doc, error) {
	return answered(ctx, e, "", questionTime, func(ctx context.Context) ([]search.Doc, error) { return e.Engine.Copies(ctx, id) })
}

func (e engine) Stats(ctx context.Context, q search.StatsQuery) (*search.Cube, error) {
	q.Query = q.Dated(time.Now())
	return answered(ctx, e, key("stats", q.Values(), 0), timeOf(&q.Query), func(ctx context.Context) (*search.Cube, error) { return e.Engine.Stats(ctx, q) })
}

func (e engine) Citations(ctx context.Context, q search.Query, size int) ([]search.Cited, error) {
	q = q.Dated(time.Now())
	return answered(ctx, e, key("citations", q.Values(), size), timeOf(&q), func(ctx context.Context) ([]search.Cited, error) {
		return e.Engine.Citations(ctx, q, size)
	})
}

// Close does nothing: the source closes its engines.
func (e engine) Close() error { return nil }
