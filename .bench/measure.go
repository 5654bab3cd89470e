package bench

import (
	"context"
	"runtime/pprof"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Latency summarises the times of the queries of one scenario, in milliseconds.
type Latency struct {
	Scenario string  `json:"scenario"`
	Way      string  `json:"way"`     // process or http
	Cores    int     `json:"cores"`   // GOMAXPROCS
	Clients  int     `json:"clients"` // asking at once
	Asked    int     `json:"asked"`
	Mean     float64 `json:"mean_ms"`
	P50      float64 `json:"p50_ms"`
	P95      float64 `json:"p95_ms"`
	P99      float64 `json:"p99_ms"`
	Max      float64 `json:"max_ms"`
	// Rate is answers a second of all clients together.
	Rate float64 `json:"per_second"`
	// Failed counts queries without an answer, for example by a time-out; their
	// times count too. Failure is the first error.
	Failed  int    `json:"failed,omitempty"`
	Failure string `json:"failure,omitempty"`
}

// Summarise computes a Latency. It sorts took.
func Summarise(scenario string, took []time.Duration) Latency {
	l := Latency{Scenario: scenario, Asked: len(took), Clients: 1}
	if len(took) == 0 {
		return l
	}
	slices.Sort(took)
	var sum time.Duration
	for _, t := range took {
		sum += t
	}
	at := func(share float64) float64 { return round(ms(took[int(share*float64(len(took)-1))])) }
	l.Mean = round(ms(sum) / float64(len(took)))
	l.P50, l.P95, l.P99, l.Max = at(0.5), at(0.95), at(0.99), at(1)
	l.Rate = round(float64(len(took)) / sum.Seconds())
	return l
}

// latencies runs all scenarios with one client, taking turns query by query.
func (cfg *Config) latencies(ctx context.Context, q *Queries, ask Asker) ([]Latency, error) {
	took := make([][]time.Duration, len(Scenarios))
	spent := make([]time.Duration, len(Scenarios))
	out := make([]Latency, len(Scenarios))
	rounds := max(len(q.Short), len(q.Long))
	for i := range min(10, rounds) { // warm
		for _, s := range Scenarios {
			_ = ask(ctx, s.URL(q, i))
		}
	}
	for i, more := 0, true; more; i++ {
		more = false
		for j, s := range Scenarios {
			if i >= rounds && spent[j] >= cfg.Time || spent[j] >= patience*cfg.Time {
				continue
			}
			more = true
			url := s.URL(q, i)
			var err error
			start := time.Now()
			if cfg.Profile == "" {
				err = ask(ctx, url)
			} else {
				pprof.Do(ctx, pprof.Labels("scenario", s.Name), func(ctx context.Context) { err = ask(ctx, url) })
			}
			d := time.Since(start)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			out[j].fail(err)
			took[j], spent[j] = append(took[j], d), spent[j]+d
		}
	}
	for j, s := range Scenarios {
		l := Summarise(s.Name, took[j])
		l.Failed, l.Failure = out[j].Failed, out[j].Failure
		out[j] = l
	}
	return out, nil
}

// fail counts a question without an answer.
func (l *Latency) fail(err error) {
	if err == nil {
		return
	}
	if l.Failed++; l.Failed == 1 {
		l.Failure = err.Error()
	}
}

// patience is how many times its time a slow scenario may take to ask every
// question once.
const patience = 5

// throughput runs one scenario with several clients at once for some time.
func throughput(ctx context.Context, ask Asker, s Scenario, q *Queries, clients int, during time.Duration) (Latency, error) {
	var (
		failed Latency
		next   atomic.Int64
		mu     sync.Mutex
		all    []time.Duration
		wg     sync.WaitGroup
	)
	start := time.Now()
	for range clients {
		wg.Go(func() {
			var took []time.Duration
			for len(took) == 0 || time.Since(start) < during && ctx.Err() == nil {
				begin := time.Now()
				err := ask(ctx, s.URL(q, int(next.Add(1))))
				took = append(took, time.Since(begin))
				if err != nil {
					mu.Lock()
					failed.fail(err)
					mu.Unlock()
				}
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
		})
	}
	wg.Wait()
	took := time.Since(start)
	if err := ctx.Err(); err != nil {
		return Latency{}, err
	}
	l := Summarise(s.Name, all)
	l.Way, l.Cores, l.Clients = "http", machine().Cores, clients
	l.Failed, l.Failure = failed.Failed, failed.Failure
	l.Rate = round(float64(len(all)-l.Failed) / took.Seconds())
	return l, nil
}
