package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"nghiquyet/search"
	"nghiquyet/search/api"
)

// service is a serve command under test.
type service struct {
	*testing.T
	url  string
	stop func() int // ends it and returns the exit code
}

var servedAt = regexp.MustCompile(`http://\S+/`)

func startService(t *testing.T, args ...string) *service {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	var errs bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...), nil, in, &lockedWriter{w: &errs})
		in.Close()
	}()
	s := &service{T: t}
	s.stop = sync.OnceValue(func() int { cancel(); return <-code })
	t.Cleanup(func() { s.stop() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if s.url = servedAt.FindString(lines.Text()); s.url != "" {
			go io.Copy(io.Discard, out)
			return s
		}
	}
	t.Fatalf("serve ended with %d: %s", s.stop(), errs.String())
	return nil
}

type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(b)
}

// get sends a request and decodes the answer into v, unless that is nil.
func (s *service) get(path string, v any) int {
	s.Helper()
	return s.do(http.MethodGet, path, "", v)
}

func (s *service) do(method, path, token string, v any) int {
	s.Helper()
	req, err := http.NewRequestWithContext(s.Context(), method, s.url+path, nil)
	if err != nil {
		s.Error(err)
		return 0
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.Error(err)
		return 0
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Error(err)
		return 0
	}
	if v != nil {
		if err := json.Unmarshal(body, v); err != nil {
			s.Errorf("%s %s: %s: %v\n%s", method, path, resp.Status, err, body)
		}
	}
	return resp.StatusCode
}

// until polls until ok, at most for patience.
func until(t testing.TB, patience time.Duration, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !ok(); {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
		<-time.After(20 * time.Millisecond)
	}
}

func (s *service) until(what string, ok func() bool) {
	s.Helper()
	until(s, 30*time.Second, what, ok)
}

func TestServe(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	in := folder(t, papers)
	token := strings.Repeat("bí-mật-", 5)
	tokenFile := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(tokenFile, []byte(token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(mainEnv, "1") // the admin API starts this program again
	s := startService(t, "--data", data, "--admin-token-file", tokenFile, "--source", in)

	if code := s.get("readyz", nil); code != http.StatusServiceUnavailable {
		t.Errorf("readyz without an index: %d", code)
	}
	if code := s.get("healthz", nil); code != http.StatusOK {
		t.Errorf("healthz: %d", code)
	}
	want(t, exitOK, "3 bài", "reindex", "--data", data, in)
	s.until("ready", func() bool { return s.get("readyz", nil) == http.StatusOK })
	var first, second search.Results
	if code := s.get("api/v1/search?q=%22d%C3%A2n+v%E1%BA%ADn%22", &first); code != http.StatusOK || first.Total != 1 {
		t.Errorf("search: %d, %+v", code, first)
	}

	var run api.Reindexing
	if code := s.do(http.MethodPost, "api/v1/admin/reindex", "", nil); code != http.StatusUnauthorized {
		t.Errorf("reindex without a token: %d", code)
	}
	if err := os.WriteFile(filepath.Join(in, "new.txt"), []byte("Công tác dân vận ở cơ sở\n\nDân vận khéo thì việc gì cũng thành công."), 0o644); err != nil {
		t.Fatal(err)
	}
	if code := s.do(http.MethodPost, "api/v1/admin/reindex", token, &run); code != http.StatusAccepted || run.State != api.RunActive {
		t.Fatalf("reindex: %d, %+v", code, run)
	}
	s.until("the second generation", func() bool {
		second = search.Results{}
		return s.get("api/v1/search?q=%22d%C3%A2n+v%E1%BA%ADn%22", &second) == http.StatusOK && second.Total == 2
	})
	if second.Generation <= first.Generation {
		t.Errorf("generation %s after %s", second.Generation, first.Generation)
	}
	s.until("the end of the run", func() bool {
		s.do(http.MethodGet, "api/v1/admin/reindex", token, &run)
		return run.State != api.RunActive
	})
	if run.State != api.RunDone || run.Generation != second.Generation || run.Read != 4 {
		t.Errorf("run: %+v", run)
	}

	want(t, exitOK, "nDCG@10 1.0000", "eval", "--url", s.url, "--queries", writeFile(t, `{"id":"1","text":"nông thôn mới"}`), "--qrels", writeFile(t, "1\ta1\t1"))
	want(t, exitOK, first.Generation, "generations", "--data", data, "rollback")
	s.until("the first generation again", func() bool {
		var res search.Results
		return s.get("api/v1/search?q=", &res) == http.StatusOK && res.Generation == first.Generation
	})
	if code := s.stop(); code != exitOK {
		t.Errorf("serve ended with %d", code)
	}
}

func writeFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(text+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDemo(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := startService(t, "--demo")
	var res search.Results
	if code := s.get("api/v1/search?q=nghi+quyet+dang+bo", &res); code != http.StatusOK || res.Total == 0 {
		t.Errorf("demo: %d, %+v", code, res)
	}
	if code := s.stop(); code != exitOK {
		t.Errorf("demo ended with %d", code)
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "nghiquyet-demo-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestListenFails(t *testing.T) {
	s := startService(t, "--data", filepath.Join(t.TempDir(), "data"))
	addr := strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/")
	want(t, exitFailed, addr, "serve", "--data", t.TempDir(), "--listen", addr)
	want(t, exitFailed, "token", "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--read-token-file", writeFile(t, "short"))
}

// TestServeWhileReindexed sends queries without a pause while generations change:
// every answer is complete and of one generation, and none fails.
func TestServeWhileReindexed(t *testing.T) {
	data, in := filepath.Join(t.TempDir(), "data"), t.TempDir()
	totals := map[string]int{} // by generation
	reindex := func(n int) {
		t.Helper()
		for i := range n {
			text := fmt.Sprintf("Bản tin số %d\n\nĐảng bộ xã họp thường kỳ lần thứ %d, bàn việc làng việc nước.\n", i, i)
			if err := os.WriteFile(filepath.Join(in, fmt.Sprintf("%d.txt", i)), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want(t, exitOK, fmt.Sprintf("%d bài", n), "reindex", "--data", data, "--progress", "none", in)
		id, err := os.ReadFile(filepath.Join(data, "current"))
		if err != nil {
			t.Fatal(err)
		}
		totals[strings.TrimSpace(string(id))] = n
	}
	reindex(1)
	s := startService(t, "--data", data, "--client-rate", "-1")
	done := make(chan struct{})
	var group sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]int{}
	for range 4 {
		group.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				var res search.Results
				code := s.get("api/v1/search?q=", &res)
				mu.Lock()
				if old, ok := seen[res.Generation]; code != http.StatusOK || ok && old != res.Total {
					t.Errorf("status %d, %d articles of %s after %d", code, res.Total, res.Generation, old)
				}
				seen[res.Generation] = res.Total
				mu.Unlock()
			}
		})
	}
	for n := 2; n <= 6; n++ {
		reindex(n)
	}
	s.until("the last generation", func() bool { mu.Lock(); defer mu.Unlock(); return len(seen) > 1 && seen[newest(totals)] == 6 })
	close(done)
	group.Wait()
	for id, total := range seen {
		if totals[id] != total {
			t.Errorf("generation %s answered %d of %d", id, total, totals[id])
		}
	}
}

func newest(m map[string]int) string {
	best := ""
	for id := range m {
		best = max(best, id)
	}
	return best
}

// All caches share one bound; the cache of answers leaves room for the others.
func TestServeMemory(t *testing.T) {
	for _, tt := range []struct {
		all, answers int
		ok           bool
	}{{0, 0, true}, {64 << 20, -1, true}, {64 << 20, 32 << 20, true}, {16 << 20, 0, false}, {1 << 20, 1 << 20, false}} {
		f := serveFlags{memoryBytes: tt.all}
		f.api.CacheBytes = tt.answers
		if err := f.share(); (err == nil) != tt.ok || (f.memory != nil) != tt.ok {
			t.Errorf("%d bytes in all, %d of answers: %v", tt.all, tt.answers, err)
		}
	}
}
