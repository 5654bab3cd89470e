//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"nghiquyet/index/opensearchindex"
	"nghiquyet/search"
)

// threeEnv names the script that starts three nodes: cluster3.sh DIR PORT. Each
// node's process is in DIR/n<i>/pid, and NOWAIT=1 run.sh beside the script
// starts one again.
const threeEnv = "NGHIQUYET_TEST_OPENSEARCH_CLUSTER3"

// three are three nodes on this machine.
type three struct {
	*testing.T
	*opensearchindex.Cluster
	script, dir string
	port        int
	urls        []string
}

func startThree(t *testing.T, port int) *three {
	t.Helper()
	script := os.Getenv(threeEnv)
	if script == "" {
		t.Skip("no three nodes: give the script that starts them in " + threeEnv)
	}
	n := &three{T: t, script: script, dir: t.TempDir(), port: port}
	for i := range 3 {
		n.urls = append(n.urls, fmt.Sprintf("http://127.0.0.1:%d", port+i))
	}
	var err error
	if n.Cluster, err = opensearchindex.NewCluster(opensearchindex.Config{URLs: n.urls, Prefix: "three"}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for i := range 3 {
			n.kill(i)
		}
		n.Close()
	})
	cmd := exec.CommandContext(t.Context(), script, n.dir, strconv.Itoa(port))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Logf("%s: %v: %s", script, err, out) // on a busy machine they join later
	}
	n.green(3)
	return n
}

// kill ends a node without a word.
func (n *three) kill(i int) {
	text, _ := os.ReadFile(filepath.Join(n.dir, fmt.Sprintf("n%d", i), "pid"))
	if pid, _ := strconv.Atoi(strings.TrimSpace(string(text))); pid > 0 {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
}

// restart starts a node that was killed.
func (n *three) restart(i int) {
	n.Helper()
	var seeds, names []string
	for i := range 3 {
		seeds = append(seeds, fmt.Sprintf("127.0.0.1:%d", n.port+100+i))
		names = append(names, fmt.Sprintf("n%d", n.port+i))
	}
	cmd := exec.CommandContext(n.Context(), filepath.Join(filepath.Dir(n.script), "run.sh"), filepath.Join(n.dir, fmt.Sprintf("n%d", i)), strconv.Itoa(n.port+i),
		"cluster.name=three", "discovery.seed_hosts="+strings.Join(seeds, ","), "cluster.initial_cluster_manager_nodes="+strings.Join(names, ","),
		"path.repo="+filepath.Join(n.dir, "repo"))
	cmd.Env = append(os.Environ(), "NOWAIT=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		n.Errorf("restart node %d: %v: %s", i, err, out)
	}
}

// manager is the number of the node that is elected.
func (n *three) manager() int {
	n.Helper()
	var list []struct{ Node string }
	if err := n.Do(n.Context(), http.MethodGet, "/_cat/cluster_manager?format=json", nil, &list); err != nil || len(list) != 1 {
		n.Fatalf("manager: %v, %v", list, err)
	}
	port, _ := strconv.Atoi(strings.TrimPrefix(list[0].Node, "n"))
	return port - n.port
}

// until waits for other processes.
func (n *three) until(what string, ok func() bool) {
	n.Helper()
	until(n, 5*time.Minute, what, ok)
}

// green waits until all copies of everything are there.
func (n *three) green(nodes int) {
	n.Helper()
	n.until("all copies of everything", func() bool {
		var h struct {
			Status string
			Nodes  int `json:"number_of_data_nodes"`
		}
		err := n.Do(n.Context(), http.MethodGet, "/_cluster/health?wait_for_status=green&wait_for_no_initializing_shards=true&timeout=5s", nil, &h)
		return err == nil && h.Status == "green" && h.Nodes == nodes
	})
}

// taken waits until an unfinished index contains documents.
func (n *three) taken() {
	n.Helper()
	n.until("documents in a new index", func() bool {
		var aliases map[string]any
		var stats struct {
			Indices map[string]struct {
				Primaries struct {
					Indexing struct {
						Total int `json:"index_total"`
					}
				}
			}
		}
		if n.Do(n.Context(), http.MethodGet, "/_alias/three", nil, &aliases) != nil || n.Do(n.Context(), http.MethodGet, "/three-*/_stats/indexing", nil, &stats) != nil {
			return false
		}
		newest := slices.Max(slices.Collect(maps.Keys(stats.Indices)))
		return !strings.HasSuffix(newest, "-side") && aliases[newest] == nil && stats.Indices[newest].Primaries.Indexing.Total > 0
	})
}

const (
	threeFirst = 1200 // documents, and more with every turn
	threeMore  = 300
	// threeFailover is how long after the loss of a node a request may fail.
	threeFailover = 30 * time.Second
	threePause    = 20 * time.Millisecond // of a reader between questions
)

// source writes documents with two lessons each.
func (n *three) source(file string, docs int) {
	n.Helper()
	var out strings.Builder
	enc := json.NewEncoder(&out)
	syllables := strings.Fields("công tác dân vận ở cơ sở của đảng bộ tỉnh về xây dựng nông thôn mới theo nghị quyết đại hội nhiệm kỳ cán bộ sát dân học tập")
	for i := range docs {
		random := rand.New(rand.NewPCG(1, uint64(i)))
		text := strings.Builder{}
		text.WriteString("Công tác dân vận")
		for range 500 {
			text.WriteString(" " + syllables[random.IntN(len(syllables))])
		}
		text.WriteString(".\n")
		text.WriteString("Bài học kinh nghiệm:\nThứ nhất, gần dân, sát dân.\nThứ hai, nghe dân nói.\n")
		_ = enc.Encode(map[string]string{"id": fmt.Sprintf("bai-%04d", i), "title": fmt.Sprintf("Bài số %d", i), "text": text.String(), "date": "2020-03-02"})
	}
	if err := os.WriteFile(file, []byte(out.String()), 0o600); err != nil {
		n.Fatal(err)
	}
}

// program starts this program itself.
func (n *three) program(args ...string) *exec.Cmd {
	path, err := executable()
	if err != nil {
		n.Fatal(err)
	}
	cmd := exec.CommandContext(n.Context(), path, args...)
	cmd.Env = append(os.Environ(), mainEnv+"=1")
	return cmd
}

// serve starts the service. Its log, without requests, is printed if the test
// fails.
func (n *three) serve(args ...string) *service {
	n.Helper()
	cmd := n.program(append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		n.Fatal(err)
	}
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		n.Fatal(err)
	}
	n.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		if !n.Failed() {
			return
		}
		for line := range strings.Lines(log.String()) {
			if !strings.Contains(line, "msg=request") {
				n.Log(line)
			}
		}
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if url := servedAt.FindString(lines.Text()); url != "" {
			go io.Copy(io.Discard, out)
			return &service{T: n.T, url: url}
		}
	}
	n.Fatal("the service does not start")
	return nil
}

// readers query a service repeatedly and compare every answer with the possible
// contents of the generations.
type readers struct {
	url    string
	client *http.Client
	sync.WaitGroup
	mu       sync.Mutex
	answers  int
	totals   map[string]int // by generation
	failures []failure
	wrong    []string
}

type failure struct {
	at   time.Time
	what string
}

var threeQuestions = []string{
	"search?type=article&size=3", "search?q=c%C3%B4ng+t%C3%A1c+d%C3%A2n+v%E1%BA%ADn&type=article", "search?q=dan+van&type=article&facets=province,year&sort=newest",
	"stats?q=d%C3%A2n+v%E1%BA%ADn&type=article&by=year,topic", "search?q=%22g%E1%BA%A7n+d%C3%A2n%22&type=article&size=1",
}

func (r *readers) start(ctx context.Context, clients int) {
	for i := range clients {
		r.Go(func() {
			for n := i; ctx.Err() == nil; n++ {
				r.ask(ctx, threeQuestions[n%len(threeQuestions)])
				<-time.After(threePause)
			}
		})
	}
}

// ask sends one query. A failure must be a problem document with Retry-After.
func (r *readers) ask(ctx context.Context, question string) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url+"api/v1/"+question, nil)
	if err != nil {
		panic(err) // the questions are known
	}
	resp, err := r.client.Do(req)
	var body []byte
	if err == nil {
		body, err = io.ReadAll(resp.Body)
		resp.Body.Close()
	}
	if ctx.Err() != nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	var answer search.Cube // has the fields of all answers
	switch {
	case err != nil:
		r.wrong = append(r.wrong, err.Error())
	case resp.StatusCode == http.StatusOK && json.Unmarshal(body, &answer) == nil:
		r.answers++
		if known, ok := r.totals[answer.Generation]; ok && known != answer.Total {
			r.wrong = append(r.wrong, fmt.Sprintf("%s: %d of generation %s, before %d", question, answer.Total, answer.Generation, known))
		}
		r.totals[answer.Generation] = answer.Total
	case 502 <= resp.StatusCode && resp.StatusCode <= 504 && resp.Header.Get("Content-Type") == "application/problem+json" && resp.Header.Get("Retry-After") != "":
		r.failures = append(r.failures, failure{time.Now(), fmt.Sprintf("%s: %s", question, body)})
	default:
		r.wrong = append(r.wrong, fmt.Sprintf("%s: %s %s %.200s", question, resp.Status, resp.Header.Get("Content-Type"), body))
	}
}

// TestThreeNodes: each node in turn, the elected manager first, is killed while
// eight readers query the service and reindex fills a new index. Every answer is
// complete, requests fail only in the seconds after a kill and with problem
// documents, and at the end every document is in the index, also if the node does
// not come back and the build continues without it.
func TestThreeNodes(t *testing.T) {
	nodes := startThree(t, 19600)
	data, in := filepath.Join(t.TempDir(), "d"), filepath.Join(t.TempDir(), "in.jsonl")
	cluster := []string{"--data", data, "--engine", "opensearch", "--opensearch-url", strings.Join(nodes.urls, ","), "--opensearch-prefix", "three",
		"--opensearch-shards", "3", "--opensearch-replicas", "1", "--opensearch-timeout", "30s"}
	with := func(words ...string) []string { return append(words, cluster...) }
	nodes.source(in, threeFirst)
	want(t, exitOK, "Đã lập thế hệ", append(with("reindex"), in)...)
	nodes.green(3)
	// Three nodes, a build and a service on one machine are slow, not down.
	s := nodes.serve(with("--client-rate", "-1", "--cache-bytes", "-1", "--max-concurrent", "16", "--queue-timeout", "10s", "--query-timeout", "10s")...)
	s.until("ready", func() bool { return s.get("readyz", nil) == http.StatusOK })

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r := &readers{url: s.url, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}, Timeout: time.Minute}, totals: map[string]int{}}
	r.start(ctx, 8)
	var kills []time.Time
	sizes := []int{threeFirst}
	manager := nodes.manager()
	for turn, c := range []struct {
		victim   int
		back     bool // before the build ends
		patience string
	}{{manager, true, "4m"}, {(manager + 1) % 3, true, "4m"}, {(manager + 2) % 3, false, "1m"}} {
		size := threeFirst + (turn+1)*threeMore
		nodes.source(in, size)
		sizes = append(sizes, size)
		built := make(chan error, 1)
		go func() {
			out, err := nodes.program(append(with("reindex", "--opensearch-patience", c.patience), in)...).CombinedOutput()
			if err != nil {
				err = fmt.Errorf("%w: %s", err, out)
			}
			built <- err
		}()
		nodes.taken()
		t.Logf("killing node %d, manager %t", c.victim, c.victim == nodes.manager())
		kills = append(kills, time.Now())
		nodes.kill(c.victim)
		if c.back {
			nodes.restart(c.victim)
		}
		if err := <-built; err != nil {
			t.Errorf("reindex over the loss of node %d: %v", c.victim, err)
		}
		if !c.back {
			nodes.restart(c.victim)
		}
		nodes.green(3)
		want(t, exitOK, "nguyên vẹn", with("generations", "verify")...)
		if got := nodes.exported(s); got != size {
			t.Errorf("after the loss of node %d: %d documents of %d", c.victim, got, size)
		}
	}
	stop()
	r.Wait()
	if len(r.wrong) > 0 {
		t.Errorf("%d wrong answers: %s", len(r.wrong), r.wrong[0])
	}
	for id, total := range r.totals {
		if !slices.Contains(sizes, total) {
			t.Errorf("generation %s: %d documents, want one of %d", id, total, sizes)
		}
	}
	for _, f := range r.failures {
		if !slices.ContainsFunc(kills, func(k time.Time) bool { return f.at.After(k) && f.at.Sub(k) < threeFailover }) {
			t.Errorf("failed at %s, killed at %v: %s", f.at, kills, f.what)
		}
	}
	t.Logf("%d answers, %d failures", r.answers, len(r.failures))
}

// exported returns how many different documents the service exports, once it serves
// the newest generation.
func (n *three) exported(s *service) int {
	n.Helper()
	current, err := n.Current()
	if err != nil {
		n.Fatal(err)
	}
	n.until("the newest generation", func() bool {
		var ready struct{ Generation string }
		return s.get("readyz", &ready) == http.StatusOK && ready.Generation == current
	})
	resp, err := http.Get(s.url + "api/v1/export?format=jsonl&type=article")
	if err != nil {
		n.Fatal(err)
	}
	defer resp.Body.Close()
	ids := map[string]bool{}
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		var doc struct{ ID string }
		if err := json.Unmarshal(lines.Bytes(), &doc); err != nil || doc.ID == "" {
			n.Fatalf("line %s: %v", lines.Text(), err)
		}
		ids[doc.ID] = true
	}
	return len(ids)
}
