package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"nghiquyet/index/generation"
	"nghiquyet/search/bench"
)

// What a service may have grown by since soakSettled questions.
const (
	soakSettled = 10_000
	soakMemory  = 1.2 // times
	soakHandles = 32  // goroutines, files: what is on its way at the moment
)

// soak asks a running service for a long time while its generations are
// switched, and compares what it takes at the end with what it took at first.
type soak struct {
	store                       generation.Store
	base                        string
	corpus, queries             string
	requests, switches, clients int

	asked, refused atomic.Int64
	switched       int
}

func newSoak() *cobra.Command {
	var (
		flags indexFlags
		s     soak
	)
	cmd := &cobra.Command{
		Use:   "soak --url URL --corpus FILE",
		Short: "Hỏi một dịch vụ đang chạy rất nhiều lần, đổi thế hệ, xem nó có rò rỉ không",
		Long: `Hỏi dịch vụ đang chạy ở --url rất nhiều lần như người đọc vẫn hỏi (gợi ý khi gõ nhiều nhất, câu hay
gặp được hỏi lại), câu hỏi lấy từ kho --corpus; giữa chừng đổi qua lại giữa hai thế hệ mới nhất trong --data. So bộ nhớ, goroutine và tệp mở ở cuối với lúc
được 10.000 câu: lỗi (mã 1) khi bộ nhớ thường trú tăng quá 20 %, goroutine hoặc tệp mở
tăng, hay có câu không được trả lời (503 được đếm riêng).`,
		Example: "  nghiquyet serve --data ./data --client-rate -1 &\n  nghiquyet soak --data ./data --url http://127.0.0.1:8080 --corpus vanban.jsonl.zst",
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			base, err := url.Parse(s.base)
			if err != nil || base.Host == "" || s.corpus == "" {
				return usagef("cần --url http://máy:cổng và --corpus TỆP")
			}
			if s.requests < 2*soakSettled || s.switches < 0 || s.clients < 1 {
				return usagef("--requests từ %d; --switches không âm; --clients từ 1", 2*soakSettled)
			}
			s.base, s.store = strings.TrimSuffix(s.base, "/"), flags.store
			return s.run(cmd)
		},
	}
	flags.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&s.base, "url", "", "dịch vụ đang chạy, ví dụ http://127.0.0.1:8080")
	fs.StringVar(&s.corpus, "corpus", "", "kho: tệp JSON Lines, có thể nén gz hoặc zst")
	fs.StringVar(&s.queries, "queries", "", `câu hỏi: tệp JSON Lines {"text": …}; không có thì lấy từ kho`)
	fs.IntVar(&s.requests, "requests", 1_000_000, "số câu hỏi")
	fs.IntVar(&s.switches, "switches", 50, "số lần đổi thế hệ")
	fs.IntVar(&s.clients, "clients", 4, "số máy khách hỏi cùng lúc")
	return cmd
}

func (s *soak) run(cmd *cobra.Command) error {
	q, _, err := bench.Questions(cmd.Context(), s.corpus, s.queries, 1)
	if err != nil {
		return err
	}
	for _, list := range [][]string{q.Short, q.Long, q.Pairs, q.Prefixes, q.Typed, q.IDs} {
		if len(list) == 0 {
			return fmt.Errorf("%s: quá ít văn bản để lấy câu hỏi", s.corpus)
		}
	}
	client := bench.Client()
	defer client.CloseIdleConnections()
	if err := s.ask(cmd.Context(), client, q, soakSettled); err != nil {
		return err
	}
	first, err := s.told(cmd, client)
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
		if err := s.ask(cmd.Context(), client, q, left*(step+1)/steps-left*step/steps); err != nil {
			return err
		}
		if (step+1)%(steps/10) == 0 {
			if last, err = s.told(cmd, client); err != nil {
				return err
			}
		}
	}
	var bad []error
	if last.resident > soakMemory*first.resident {
		bad = append(bad, fmt.Errorf("bộ nhớ tăng %.0f %%", 100*(last.resident/first.resident-1)))
	}
	if last.goroutines > first.goroutines+soakHandles || last.files > first.files+soakHandles {
		bad = append(bad, errors.New("goroutine hoặc tệp mở tăng"))
	}
	return errors.Join(bad...)
}

// often is how often readers do what a scenario is: most type, many look again
// at what others looked at. Scenarios without a row are asked once in a round.
var often = map[string]int{"suggest": 30, "short+facets": 15, "article": 15, "long+facets": 5, "empty": 5}

// rounds lists the scenarios, each as often as it is asked.
func rounds() (list []bench.Scenario) {
	for _, s := range bench.Scenarios {
		for range max(often[s.Name], 1) {
			list = append(list, s)
		}
	}
	return list
}

// popular draws which question is asked: a few by most readers, most by few.
func popular() *rand.Zipf {
	return rand.NewZipf(rand.New(rand.NewPCG(rand.Uint64(), 1)), 1.2, 1, 1<<16)
}

// ask asks n questions of all kinds.
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

// one asks one question. An answer has to be whole: of its length, or ended by
// its last chunk.
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
		return usagef("--data %s: cần hai thế hệ để đổi; chạy reindex --full thêm một lần, hoặc --switches 0", s.store.Dir)
	}
	if _, err := s.store.Rollback(list[(step+1)%2].ID, false); err != nil {
		return err
	}
	s.switched++
	return nil
}

// taken is what the service takes.
type taken struct{ resident, goroutines, files float64 }

// told asks what the service takes and tells it.
func (s *soak) told(cmd *cobra.Command, client *http.Client) (t taken, err error) {
	resp, err := get(cmd.Context(), client, s.base+"/metrics")
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
	cmd.Printf("%s  %8d câu hỏi, %d bị từ chối (503), %2d lần đổi thế hệ: RSS %.0f MB, %.0f goroutine, %.0f tệp mở\n",
		time.Now().Format(time.TimeOnly), s.asked.Load(), s.refused.Load(), s.switched, t.resident/1e6, t.goroutines, t.files)
	return t, nil
}
