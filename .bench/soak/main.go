// Command soak sends a very large number of queries to a running service,
// distributed as those of readers, and switches between its two newest generations
// meanwhile. At the end it compares the memory, goroutines and open files of the
// service with those after the first 10,000 queries. It fails if the service leaks
// or leaves a query without an answer; an orderly rejection (503 with Retry-After)
// is counted separately.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"nghiquyet/bench"
	"nghiquyet/index/generation"
)

// What a service may have grown by since soakSettled questions.
const (
	soakSettled = 10_000
	soakMemory  = 1.2 // times
	soakHandles = 32  // goroutines, files: for requests being answered
)

// soak queries a running service for a long time while its generations are
// switched, and compares its resources at the end with those at the beginning.
type soak struct {
	store                       generation.Store
	base                        string
	corpus, queries             string
	requests, switches, clients int
	out                         io.Writer

	asked, refused atomic.Int64
	switched       int
}

func main() {
	bench.Main("soak", func(ctx context.Context) error { return run(ctx, os.Args[1:], os.Stdout, os.Stderr) })
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s := soak{out: stdout}
	fs := flag.NewFlagSet("soak", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.StringVar(&s.base, "url", "", "the running service, such as http://127.0.0.1:8080 (required)")
	fs.StringVar(&s.corpus, "corpus", "", "JSON Lines file, plain, gz or zst (required)")
	fs.StringVar(&s.queries, "queries", "", `JSON Lines file of {"text": …}; the corpus' own when empty`)
	fs.StringVar(&s.store.Dir, "data", "./data", "data folder of the service, for switching generations")
	fs.IntVar(&s.requests, "requests", 1_000_000, "number of questions")
	fs.IntVar(&s.switches, "switches", 50, "number of switches between generations")
	fs.IntVar(&s.clients, "clients", 4, "clients that ask at once")
	if err := fs.Parse(args); err != nil {
		return fmt.Errorf("%w: %w", bench.ErrUsage, err)
	}
	if err := s.check(); err != nil {
		fmt.Fprintln(stderr, err)
		return err
	}
	s.base = strings.TrimSuffix(s.base, "/")
	return s.run(ctx)
}

// check finds flags that cannot be meant.
func (s *soak) check() error {
	base, err := url.Parse(s.base)
	if err != nil || base.Host == "" || s.corpus == "" {
		return fmt.Errorf("%w: -url http://host:port and -corpus FILE are required", bench.ErrUsage)
	}
	if s.requests < 2*soakSettled || s.switches < 0 || s.clients < 1 {
		return fmt.Errorf("%w: -requests from %d, -switches from 0, -clients from 1", bench.ErrUsage, 2*soakSettled)
	}
	return nil
}

func (s *soak) run(ctx context.Context) error {
	q, _, err := bench.Questions(ctx, s.corpus, s.queries, 1)
	if err != nil {
		return err
	}
	for _, list := range [][]string{q.Short, q.Long, q.Pairs, q.Prefixes, q.Typed, q.IDs} {
		if len(list) == 0 {
			return fmt.Errorf("%s: too few documents to take questions from", s.corpus)
		}
	}
	client := bench.Client()
	defer client.CloseIdleConnections()
	if err := s.ask(ctx, client, q, soakSettled); err != nil {
		return err
	}
	first, err := s.told(ctx, client)
	if err != nil {
		return err
	}
	last, left := first, s.requests-soakSettled
	for step := range max(s.switches, 10) {
		if step < s.switches {
			if err := s.change(step); err != nil {
				return err
			}
		}
		steps := max(s.switches, 10)
		if err := s.ask(ctx, client, q, left*(step+1)/steps-left*step/steps); err != nil {
			return err
		}
		if (step+1)%(steps/10) == 0 {
			if last, err = s.told(ctx, client); err != nil {
				return err
			}
		}
	}
	var bad []error
	if last.resident > soakMemory*first.resident {
		bad = append(bad, fmt.Errorf("memory grew by %.0f %%", 100*(last.resident/first.resident-1)))
	}
	if last.goroutines > first.goroutines+soakHandles || last.files > first.files+soakHandles {
		bad = append(bad, errors.New("goroutines or open files grew"))
	}
	return errors.Join(bad...)
}

// often is how often readers use a scenario relative to others: most requests are
// suggestions, many repeat others' pages. Scenarios without a row run once in a
// round.
var often = map[string]int{"suggest": 30, "short+facets": 15, "article": 15, "long+facets": 5, "empty": 5}

// rounds lists the scenarios, each as often as it runs in a round.
func rounds() (list []bench.Scenario) {
	for _, s := range bench.Scenarios {
		for range max(often[s.Name], 1) {
			list = append(list, s)
		}
	}
	return list
}

// popular draws the index of a query: a few queries are frequent, most are rare.
func popular() *rand.Zipf {
	return rand.NewZipf(rand.New(rand.NewPCG(rand.Uint64(), 1)), 1.2, 1, 1<<16)
}

// ask sends n requests of all kinds.
func (s *soak) ask(ctx context.Context, client *http.Client, q *bench.Queries, n int) error {
	var next atomic.Int64
	kinds := rounds()
	g, ctx := errgroup.WithContext(ctx)
	for range s.clients {
		g.Go(func() error {
			which := popular()
			for next.Add(1) <= int64(n) {
				target := kinds[rand.IntN(len(kinds))].URL(q, int(which.Uint64()))
				if err := s.one(ctx, client, target); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// one sends one request. The answer must be complete: of its announced length, or
// ended by its last chunk.
func (s *soak) one(ctx context.Context, client *http.Client, target string) error {
	resp, err := get(ctx, client, s.base+target)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	s.asked.Add(1)
	switch {
	case resp.StatusCode == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") != "":
		s.refused.Add(1)
	case resp.StatusCode != http.StatusOK:
		return fmt.Errorf("%s: %s", target, resp.Status)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func get(ctx context.Context, client *http.Client, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	return client.Do(req)
}

// change makes the other one of the newest two generations current.
func (s *soak) change(step int) error {
	list, err := s.store.List()
	if err != nil {
		return err
	}
	if len(list) < 2 {
		return fmt.Errorf("-data %s: two generations are needed; run reindex --full once more, or -switches 0", s.store.Dir)
	}
	if _, err := generation.Rollback(&s.store, list[(step+1)%2].ID, false, nil); err != nil {
		return err
	}
	s.switched++
	return nil
}

// taken has the resources of the service.
type taken struct{ resident, goroutines, files float64 }

// told reads the resources of the service and prints them.
func (s *soak) told(ctx context.Context, client *http.Client) (t taken, err error) {
	resp, err := get(ctx, client, s.base+"/metrics")
	if err != nil {
		return t, err
	}
	defer resp.Body.Close()
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		x, _ := strconv.ParseFloat(value, 64)
		switch name {
		case "process_resident_memory_bytes":
			t.resident = x
		case "go_goroutines":
			t.goroutines = x
		case "process_open_fds":
			t.files = x
		}
	}
	if t.resident == 0 {
		return t, fmt.Errorf("%s/metrics: %s", s.base, resp.Status)
	}
	fmt.Fprintf(s.out, "%s  %8d questions, %d refused (503), %2d switches: RSS %.0f MB, %.0f goroutines, %.0f open files\n",
		time.Now().Format(time.TimeOnly), s.asked.Load(), s.refused.Load(), s.switched, t.resident/1e6, t.goroutines, t.files)
	return t, nil
}
