package bench

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"nghiquyet/index/places"
	"nghiquyet/search"
	"nghiquyet/search/api"

	"nghiquyet/analyzers/vi"
)

// Scenario is one kind of request of readers.
type Scenario struct {
	Name string // in JSON
	VI   string // for people
	// URL is the i-th question.
	URL func(q *Queries, i int) string
	// Busy reports that it is also measured with many clients at once.
	Busy bool
}

// Scenarios are the measured scenarios, in the order of the table.
var Scenarios = []Scenario{
	{Name: "short", VI: "ngắn (1–6 tiếng)", URL: searches(short, "facets", "none")},
	{Name: "short+facets", VI: "ngắn, đủ bảng đếm", URL: searches(short), Busy: true},
	{Name: "short+filter", VI: "ngắn, lọc tỉnh và ngày", URL: filtered(short)},
	{Name: "long", VI: "dài (tiêu đề)", URL: searches(long, "facets", "none")},
	{Name: "long+facets", VI: "dài, đủ bảng đếm", URL: searches(long), Busy: true},
	{Name: "long+filter", VI: "dài, lọc tỉnh và ngày", URL: filtered(long)},
	{Name: "phrase", VI: "cụm từ", URL: searches(phrase, "facets", "none")},
	{Name: "prefix", VI: "tiền tố", URL: searches(prefix, "facets", "none")},
	{Name: "newest", VI: "mới nhất trước", URL: searches(short, "facets", "none", "sort", "newest")},
	{Name: "empty", VI: "trống, đủ bảng đếm", URL: searches(nothing), Busy: true},
	{Name: "suggest", VI: "gợi ý khi gõ", URL: func(q *Queries, i int) string {
		return "/api/v1/suggest?" + url.Values{"q": {at(q.Typed, i)}}.Encode()
	}},
	{Name: "stats", VI: "thống kê tỉnh × năm", URL: stats(short, "province,year")},
	{Name: "stats-all", VI: "thống kê cả kho, 3 chiều", URL: stats(nothing, "province,topic,year")},
	{Name: "article", VI: "một bài", URL: func(q *Queries, i int) string {
		return "/api/v1/articles/" + url.PathEscape(at(q.IDs, i))
	}},
}

func short(q *Queries, i int) string  { return at(q.Short, i) }
func long(q *Queries, i int) string   { return at(q.Long, i) }
func phrase(q *Queries, i int) string { return `"` + at(q.Pairs, i) + `"` }
func prefix(q *Queries, i int) string { return at(q.Prefixes, i) + "*" }
func nothing(*Queries, int) string    { return "" }

func at(list []string, i int) string { return list[i%len(list)] }

func searches(text func(*Queries, int) string, params ...string) func(*Queries, int) string {
	return func(q *Queries, i int) string {
		v := url.Values{"q": {text(q, i)}}
		for j := 0; j < len(params); j += 2 {
			v.Set(params[j], params[j+1])
		}
		return "/api/v1/search?" + v.Encode()
	}
}

// filtered adds filters for one province and six years, different for every query.
func filtered(text func(*Queries, int) string) func(*Queries, int) string {
	provinces := places.Current()
	return func(q *Queries, i int) string {
		from := 2005 + i%16
		return searches(text, "facets", "none", "province", vi.Slug(provinces[i%len(provinces)].Name),
			"from", fmt.Sprintf("%d-01-01", from), "to", fmt.Sprintf("%d-12-31", from+5))(q, i)
	}
}

func stats(text func(*Queries, int) string, by string) func(*Queries, int) string {
	return func(q *Queries, i int) string {
		return "/api/v1/stats?" + url.Values{"q": {text(q, i)}, "by": {by}}.Encode()
	}
}

// Asker requests a URL and discards the answer.
type Asker func(ctx context.Context, url string) error

// InProcess calls an engine without a network.
func InProcess(e search.Engine) Asker {
	return func(ctx context.Context, target string) error {
		path, query, _ := strings.Cut(target, "?")
		v, err := url.ParseQuery(query)
		if err != nil {
			return err
		}
		if id, ok := strings.CutPrefix(path, "/api/v1/articles/"); ok {
			if id, err = url.PathUnescape(id); err != nil {
				return err
			}
			_, err = e.Article(ctx, id)
			return err
		}
		switch path {
		case "/api/v1/suggest":
			_, err = e.Suggest(ctx, v.Get("q"), search.DefaultSize)
			return err
		case "/api/v1/stats":
			q, _, errs := search.StatsFromValues(v)
			if len(errs) > 0 {
				return &errs[0]
			}
			_, err = e.Stats(ctx, q)
			return err
		}
		q, errs := search.FromValues(v)
		if len(errs) > 0 {
			return &errs[0]
		}
		_, err = e.Search(ctx, q)
		return err
	}
}

// HTTP is the service over loopback.
type HTTP struct {
	base   string
	client *http.Client
	stop   context.CancelFunc
	done   chan error
}

// always is a source with one engine.
type always struct{ search.Engine }

func (a always) Acquire() (search.Engine, func(), error) { return a.Engine, func() {}, nil }

// Serve serves an engine as for readers, but without a cache of answers: every
// query costs the same as the first time.
func Serve(e search.Engine) (*HTTP, error) {
	service, err := api.New(api.Config{
		Log: slog.New(slog.DiscardHandler), CacheBytes: -1, ClientRate: -1, MaxQueue: 1000,
	}, always{e})
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	h := &HTTP{base: "http://" + l.Addr().String(), client: Client(), stop: stop, done: make(chan error, 1)}
	go func() { h.done <- service.Serve(ctx, l) }()
	return h, nil
}

// Client returns a client that keeps connections and does not request compression.
func Client() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1000, DisableCompression: true}}
}

// Ask sends a request over a kept connection.
func (h *HTTP) Ask(ctx context.Context, target string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.base+target, nil)
	if err != nil {
		return err
	}
	resp, err := h.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		head, _ := io.ReadAll(io.LimitReader(resp.Body, 500))
		return fmt.Errorf("%s: %s %s", target, resp.Status, strconv.Quote(string(head)))
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// Close ends the service.
func (h *HTTP) Close() error {
	h.client.CloseIdleConnections()
	h.stop()
	return <-h.done
}
