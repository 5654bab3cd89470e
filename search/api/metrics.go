package api

import (
	"net/http"
	"runtime"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are the figures of the HTTP side in /metrics.
type metrics struct {
	registry *prometheus.Registry
	serve    http.Handler

	requests *prometheus.CounterVec
	latency  *prometheus.HistogramVec
	inFlight prometheus.Gauge
	rejected *prometheus.CounterVec
	panics   prometheus.Counter
	waited   prometheus.Histogram
	cached   *prometheus.CounterVec
}

// seconds are the upper bounds of the buckets of latencies: from a cache hit to the
// deadline.
var seconds = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 5, 30}

func newMetrics(s *Service) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "nghiquyet_http_requests_total", Help: "Requests answered."}, []string{"method", "route", "status"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "nghiquyet_http_request_duration_seconds", Help: "Time to the last byte of an answer.", Buckets: seconds}, []string{"route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "nghiquyet_http_requests_in_flight", Help: "Requests being answered."}),
		rejected: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "nghiquyet_rejected_total", Help: "Requests answered with a problem, by its kind."}, []string{"reason"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "nghiquyet_panics_total", Help: "Panics caught while answering."}),
		waited: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "nghiquyet_queue_wait_seconds", Help: "Time a question waited for its turn.", Buckets: seconds}),
		cached: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "nghiquyet_cache_requests_total", Help: "Questions looked up among the answers kept."}, []string{"result"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "nghiquyet_build_info", Help: "Constant 1.",
		ConstLabels: prometheus.Labels{"version": s.cfg.Version, "go": runtime.Version()}})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.latency, m.inFlight, m.rejected, m.panics, m.waited, m.cached, build,
		gauge("nghiquyet_queue_waiting", "Questions waiting for their turn.", func() float64 { _, n := s.queries.load(); return float64(n) }),
		gauge("nghiquyet_queue_running", "Questions the engine is answering.", func() float64 { n, _ := s.queries.load(); return float64(n) }),
		gauge("nghiquyet_queue_slots", "Questions the engine may answer at a time.", func() float64 { return float64(s.queries.slots) }),
		gauge("nghiquyet_connections", "Open connections.", func() float64 { n, _, _ := s.house.counts(); return float64(n) }),
		gauge("nghiquyet_connections_gave_way", "Idle connections closed for another, since the start.", func() float64 { _, n, _ := s.house.counts(); return float64(n) }),
		gauge("nghiquyet_connections_refused", "Connections closed at once, since the start.", func() float64 { _, _, n := s.house.counts(); return float64(n) }),
		gauge("nghiquyet_exports_running", "Exports under way.", func() float64 { return float64(s.exports.running()) }),
		gauge("nghiquyet_cache_entries", "Answers kept.", func() float64 { n, _ := s.cache.size(); return float64(n) }),
		gauge("nghiquyet_cache_bytes", "What they take in memory, estimated.", func() float64 { _, n := s.cache.size(); return float64(n) }),
		generationMetrics{s}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.serve = promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
	return m
}

func gauge(name, help string, value func() float64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
}

// answered counts one request.
func (m *metrics) answered(method, route string, status int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions:
	default: // a client must not be able to make up labels
		method = "other"
	}
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Inc()
	m.latency.WithLabelValues(route).Observe(took.Seconds())
}

// Registry returns the registry, for metrics of other packages.
func (s *Service) Registry() *prometheus.Registry { return s.metrics.registry }

// serveMetrics answers with all metrics.
func (s *Service) serveMetrics(c *gin.Context) error {
	s.metrics.serve.ServeHTTP(c.Writer, c.Request)
	return nil
}

// generationMetrics collects metrics of the current generation.
type generationMetrics struct{ s *Service }

var (
	generationReady    = prometheus.NewDesc("nghiquyet_ready", "1 when questions are answered.", nil, nil)
	generationDegraded = prometheus.NewDesc("nghiquyet_degraded", "1 when a newer generation is there and cannot be opened.", nil, nil)
	generationInfo     = prometheus.NewDesc("nghiquyet_generation_info", "Constant 1.", []string{"generation", "created"}, nil)
	generationAge      = prometheus.NewDesc("nghiquyet_generation_age_seconds", "Time since the generation was created.", nil, nil)
	generationArticles = prometheus.NewDesc("nghiquyet_generation_articles", "Articles in the generation.", nil, nil)
	generationLessons  = prometheus.NewDesc("nghiquyet_generation_lessons", "Lessons in the generation.", nil, nil)
)

// Describe implements prometheus.Collector.
func (generationMetrics) Describe(descs chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{generationReady, generationDegraded, generationInfo, generationAge, generationArticles, generationLessons} {
		descs <- d
	}
}

// Collect implements prometheus.Collector.
func (g generationMetrics) Collect(out chan<- prometheus.Metric) {
	send := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	state, err := g.s.state()
	if err != nil {
		send(generationReady, 0)
		return
	}
	send(generationReady, 1)
	degraded := 0.0
	if state.Degraded {
		degraded = 1
	}
	send(generationDegraded, degraded)
	send(generationInfo, 1, state.Generation, state.Created)
	send(generationAge, state.AgeSeconds)
	send(generationArticles, float64(state.Articles))
	send(generationLessons, float64(state.Lessons))
}
