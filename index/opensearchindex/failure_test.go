package opensearchindex

import (
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/generation"
)

// node is a server whose answers a test sets by method and path; others are those
// of an empty OpenSearch.
type node struct {
	*httptest.Server
	mu    sync.Mutex
	asked map[string]int
	say   map[string]func(n int, w http.ResponseWriter, body string) // n counts from 1
}

func newNode(t *testing.T, start func(http.Handler) *httptest.Server) *node {
	t.Helper()
	n := &node{asked: map[string]int{}, say: map[string]func(int, http.ResponseWriter, string){}}
	n.Server = start(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		key := r.Method + " " + r.URL.Path
		n.mu.Lock()
		n.asked[key]++
		count, say := n.asked[key], n.say[key]
		n.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		switch {
		case say != nil:
			say(count, w, string(body))
		case key == "GET /":
			fmt.Fprint(w, `{"version":{"distribution":"opensearch","number":"3.8.0"}}`)
		case r.Method == http.MethodHead, strings.HasPrefix(key, "GET /_alias/"):
			w.WriteHeader(http.StatusNotFound)
		default:
			fmt.Fprint(w, `{}`)
		}
	}))
	t.Cleanup(n.Close)
	return n
}

func (n *node) count(key string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.asked[key]
}

// cluster is the generations on the node.
func (n *node) cluster(t *testing.T, change func(*Config)) *Cluster {
	t.Helper()
	cfg := Config{URLs: []string{n.URL}, Prefix: "x", Owner: "test", Timeout: 2 * time.Second, Patience: time.Second}
	if change != nil {
		change(&cfg)
	}
	c, err := NewCluster(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func fails(status int, kind string) func(int, http.ResponseWriter, string) {
	return func(_ int, w http.ResponseWriter, _ string) {
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"error":{"type":%q,"reason":"a reason"},"status":%d}`, kind, status)
	}
}

func says(text string) func(int, http.ResponseWriter, string) {
	return func(_ int, w http.ResponseWriter, _ string) { fmt.Fprint(w, text) }
}

// TestErrors: each failure is the error that a caller acts on.
func TestErrors(t *testing.T) {
	for name, c := range map[string]struct {
		say  func(int, http.ResponseWriter, string)
		want error
	}{
		"busy":          {fails(429, "rejected_execution_exception"), index.ErrUnavailable},
		"no manager":    {fails(503, "cluster_manager_not_discovered_exception"), index.ErrUnavailable},
		"gateway":       {fails(502, ""), index.ErrUnavailable},
		"node gone":     {fails(500, "node_not_connected_exception"), index.ErrUnavailable},
		"credentials":   {fails(401, "security_exception"), ErrAuth},
		"rights":        {fails(403, "security_exception"), ErrAuth},
		"not there":     {fails(404, "index_not_found_exception"), generation.ErrNone},
		"other's alias": {says(`{"logs-2026":{"aliases":{"x":{}}}}`), ErrForeign},
		"two indexes":   {says(`{"x-20260101t000000z-0000":{},"x-20260101t000001z-0000":{}}`), ErrForeign},
		"torn":          {says(`{"x-2026`), index.ErrUnavailable},
		"no JSON":       {says(`<html>login`), index.ErrUnavailable},
		"led elsewhere": {fails(302, ""), ErrForeign},
		"disk full":     {fails(429, "cluster_block_exception"), index.ErrUnavailable},
		"memory short":  {fails(429, "circuit_breaking_exception"), index.ErrUnavailable},
		"hung up": {func(_ int, w http.ResponseWriter, _ string) {
			conn, _, _ := http.NewResponseController(w).Hijack()
			conn.Close()
		}, index.ErrUnavailable},
		"hung": {func(int, http.ResponseWriter, string) { time.Sleep(200 * time.Millisecond) }, index.ErrUnavailable},
	} {
		n := newNode(t, httptest.NewServer)
		n.say["GET /_alias/x"] = c.say
		cluster := n.cluster(t, func(cfg *Config) {
			if name == "hung" {
				cfg.Timeout = 20 * time.Millisecond
			}
		})
		id, err := cluster.Current()
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %q, %v, want %v", name, id, err, c.want)
		}
		if asked := n.count("GET /_alias/x"); asked > attempts {
			t.Errorf("%s: asked %d times, at most %d", name, asked, attempts)
		}
	}
}

func TestConfigErrors(t *testing.T) {
	for _, cfg := range []Config{
		{}, {Prefix: "x"}, {URLs: []string{"127.0.0.1:9200"}, Prefix: "x"}, {URLs: []string{"http://a:geheim@b:1"}, Prefix: "x"},
		{URLs: []string{"http://a:1"}}, {URLs: []string{"http://a:1"}, Prefix: "A*"}, {URLs: []string{"http://a:1"}, Prefix: "x", Username: "u", APIKey: "k"},
	} {
		if _, err := NewCluster(cfg); err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%+v: %v", cfg, err)
		}
	}
}

// TestVersions: a server that is no supported OpenSearch is rejected before
// anything is written.
func TestVersions(t *testing.T) {
	for version, ok := range map[string]bool{
		`{"distribution":"opensearch","number":"3.8.0"}`: true, `{"distribution":"opensearch","number":"2.19.1"}`: true,
		`{"distribution":"opensearch","number":"1.3.0"}`: false, `{"distribution":"opensearch","number":"4.0.0"}`: false,
		`{"number":"8.9.0"}`: false, `{}`: false,
	} {
		n := newNode(t, httptest.NewServer)
		n.say["GET /"] = says(`{"version":` + version + `}`)
		b, err := n.cluster(t, nil).Begin(t.Context(), "a", nil)
		if (err == nil) != ok || !ok && !errors.Is(err, ErrForeign) {
			t.Errorf("%s: %v", version, err)
		}
		if err == nil {
			b.Abort()
		}
	}
}

// TestCreatedTwice: an index made by an attempt whose answer was lost is ours; one
// made by another program is not.
func TestCreatedTwice(t *testing.T) {
	for owner, ok := range map[string]bool{"test": true, "other": false} {
		n := newNode(t, httptest.NewServer)
		inner := n.Config.Handler
		var created string
		n.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.Method == http.MethodPut:
				body, _ := io.ReadAll(r.Body)
				created = strings.Replace(string(body), `"owner":"test"`, fmt.Sprintf(`"owner":%q`, owner), 1)
				fails(400, "resource_already_exists_exception")(0, w, "")
			case created != "" && strings.HasSuffix(r.URL.Path, "/_mapping"):
				fmt.Fprintf(w, `{%q:%s}`, strings.Split(r.URL.Path, "/")[1], created)
			default:
				inner.ServeHTTP(w, r)
			}
		})
		b, err := n.cluster(t, nil).Begin(t.Context(), "a", nil)
		if (err == nil) != ok {
			t.Errorf("made by %s: %v", owner, err)
		}
		if err == nil {
			b.Abort()
		}
	}
}

// TestForeignIndex: an index with the alias's name, and one that has only our kind
// of name, are not touched.
func TestForeignIndex(t *testing.T) {
	n := newNode(t, httptest.NewServer)
	n.say["HEAD /x"] = says("")
	if _, err := n.cluster(t, nil).Begin(t.Context(), "a", nil); !errors.Is(err, ErrForeign) {
		t.Errorf("begun beside an index of the alias's name: %v", err)
	}
	id := "20260101T000000Z-0000"
	for what, meta := range map[string]string{
		"no meta": `{}`, "other meta": `{"_meta":{"nghiquyet":"x"}}`,
		"other mapping": `{"_meta":{"nghiquyet":{"format":"other","manifest":{"id":"` + id + `"}}}}`,
		"other id":      `{"_meta":{"nghiquyet":{"format":"` + Format() + `","manifest":{"id":"20260101T000000Z-0001"}}}}`,
	} {
		n := newNode(t, httptest.NewServer)
		mapping := says(`{"x-20260101t000000z-0000":{"mappings":` + meta + `}}`)
		n.say["GET /x-20260101t000000z-0000/_mapping"], n.say["GET /x-*/_mapping"] = mapping, mapping
		n.say["GET /_alias/x"] = says(`{"x-20260101t000000z-0000":{}}`)
		c := n.cluster(t, nil)
		if _, err := c.Load(t.Context(), id); !errors.Is(err, ErrForeign) {
			t.Errorf("%s: loaded: %v", what, err)
		}
		if list, err := c.List(); err != nil || len(list) != 1 || !errors.Is(list[0].Err, ErrForeign) {
			t.Errorf("%s: listed: %+v, %v", what, list, err)
		}
		refused := generation.ErrDamaged
		if what == "other mapping" { // old, not damaged
			refused = generation.ErrOutdated
		}
		if _, bad, err := generation.OpenCurrent(t.Context(), c, true, nil); !errors.Is(err, refused) || len(bad) != 1 {
			t.Errorf("%s: served: %v, %v", what, bad, err)
		}
	}
}

// TestMissingShards: counts of some shards are no counts.
func TestMissingShards(t *testing.T) {
	for what, answer := range map[string]func(int, http.ResponseWriter, string){
		"failed":  says(`{"_shards":{"total":3,"successful":2,"failed":1},"hits":{"total":{"value":2}}}`),
		"skipped": says(`{"_shards":{"total":3,"successful":2,"failed":0}}`),
		"all":     fails(503, "search_phase_execution_exception"),
	} {
		n := newNode(t, httptest.NewServer)
		n.say["POST /x-20260101t000000z-0000/_search"] = answer
		c := n.cluster(t, nil)
		if err := c.Healthy(t.Context(), "20260101T000000Z-0000"); !errors.Is(err, index.ErrUnavailable) {
			t.Errorf("%s: healthy: %v", what, err)
		}
		if _, _, err := c.count(t.Context(), "x-20260101t000000z-0000"); !errors.Is(err, index.ErrUnavailable) {
			t.Errorf("%s: counted: %v", what, err)
		}
	}
}

// TestCredentials: they go with every request, by TLS that is checked, and are
// in no error.
func TestCredentials(t *testing.T) {
	n := newNode(t, httptest.NewTLSServer)
	auth := make(chan string, 100)
	inner := n.Config.Handler
	n.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case auth <- r.Header.Get("Authorization"):
		default:
		}
		inner.ServeHTTP(w, r)
	})
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: n.Certificate().Raw})
	for want, change := range map[string]func(*Config){
		"Basic dTpnZWhlaW0=": func(cfg *Config) { cfg.CA, cfg.Username, cfg.Password = ca, "u", "geheim" },
		"ApiKey geheim":      func(cfg *Config) { cfg.Insecure, cfg.APIKey = true, "geheim" },
	} {
		c := n.cluster(t, change)
		for len(auth) > 0 {
			<-auth
		}
		if _, err := c.Check(t.Context()); err != nil {
			t.Errorf("%s: %v", want, err)
		}
		if got := <-auth; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	}
	c := n.cluster(t, func(cfg *Config) { cfg.Username, cfg.Password = "u", "geheim" })
	if _, err := c.Check(t.Context()); !errors.Is(err, index.ErrUnavailable) || strings.Contains(err.Error(), "geheim") {
		t.Errorf("unknown certificate: %v", err)
	}
}

// TestFailover: a node that is gone is passed over.
func TestFailover(t *testing.T) {
	gone, there := newNode(t, httptest.NewServer), newNode(t, httptest.NewServer)
	c := there.cluster(t, func(cfg *Config) { cfg.URLs = []string{gone.URL, there.URL} })
	gone.Close()
	for range 10 {
		if _, err := c.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
