package openindex

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"nghiquyet/index"
	"nghiquyet/index/generation"
)

// threeEnv names the script that starts three nodes: cluster3.sh DIR PORT. Each
// node's process is in DIR/n<i>/pid, and NOWAIT=1 run.sh beside the script
// starts one again.
const threeEnv = "NGHIQUYET_TEST_OPENSEARCH_CLUSTER3"

// three are three nodes on this machine.
type three struct {
	*testing.T
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
	c := &three{T: t, script: script, dir: t.TempDir(), port: port}
	for i := range 3 {
		c.urls = append(c.urls, fmt.Sprintf("http://127.0.0.1:%d", port+i))
	}
	t.Cleanup(func() {
		for i := range 3 {
			c.kill(i)
		}
	})
	cmd := exec.CommandContext(t.Context(), script, c.dir, strconv.Itoa(port))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Logf("%s: %v: %s", script, err, out) // on a busy machine they join later
	}
	return c
}

func (c *three) pid(i int) int {
	text, err := os.ReadFile(filepath.Join(c.dir, fmt.Sprintf("n%d", i), "pid"))
	if err != nil {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return pid
}

// kill ends a node without a word.
func (c *three) kill(i int) {
	if pid := c.pid(i); pid > 0 {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
}

// restart starts a node that was killed.
func (c *three) restart(ctx context.Context, i int) {
	c.Helper()
	var seeds, names []string
	for n := range 3 {
		seeds = append(seeds, fmt.Sprintf("127.0.0.1:%d", c.port+100+n))
		names = append(names, fmt.Sprintf("n%d", c.port+n))
	}
	cmd := exec.CommandContext(ctx, filepath.Join(filepath.Dir(c.script), "run.sh"), filepath.Join(c.dir, fmt.Sprintf("n%d", i)), strconv.Itoa(c.port+i),
		"cluster.name=three", "discovery.seed_hosts="+strings.Join(seeds, ","), "cluster.initial_cluster_manager_nodes="+strings.Join(names, ","),
		"path.repo="+filepath.Join(c.dir, "repo"))
	cmd.Env = append(os.Environ(), "NOWAIT=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		c.Errorf("restart node %d: %v: %s", i, err, out)
	}
}

// manager is the number of the node that is elected.
func (c *three) manager(cluster *Cluster) int {
	c.Helper()
	var list []struct{ Node string }
	if err := cluster.Do(c.Context(), http.MethodGet, "/_cat/cluster_manager?format=json", nil, &list); err != nil || len(list) != 1 {
		c.Fatalf("manager: %v, %v", list, err)
	}
	n, _ := strconv.Atoi(strings.TrimPrefix(list[0].Node, "n"))
	return n - c.port
}

// green waits until all copies of everything are there.
func (c *three) green(cluster *Cluster, nodes int) {
	c.Helper()
	for deadline := time.Now().Add(4 * time.Minute); time.Now().Before(deadline); {
		var h health
		err := cluster.Do(c.Context(), http.MethodGet, "/_cluster/health?wait_for_status=green&wait_for_no_initializing_shards=true&timeout=5s", nil, &h)
		if err == nil && h.Status == "green" && h.DataNodes == nodes {
			return
		}
		time.Sleep(200 * time.Millisecond) // what is waited for is another process
	}
	c.Fatal("the cluster does not become green again")
}

// asking are clients that count the documents of the current generation over
// and over.
type asking struct {
	sync.WaitGroup
	mu       sync.Mutex
	answers  int
	failures []time.Time
	wrong    []string
}

func (a *asking) start(ctx context.Context, c *Cluster, clients int, whole func(articles, lessons int) bool) {
	for range clients {
		a.Go(func() {
			for ctx.Err() == nil {
				ask, cancel := context.WithTimeout(ctx, 2*time.Second)
				articles, lessons, err := c.count(ask, c.cfg.Prefix)
				cancel()
				if ctx.Err() != nil {
					return
				}
				a.mu.Lock()
				switch {
				case errors.Is(err, index.ErrUnavailable), errors.Is(err, context.DeadlineExceeded):
					a.failures = append(a.failures, time.Now())
				case err != nil:
					a.wrong = append(a.wrong, err.Error())
				case !whole(articles, lessons):
					a.wrong = append(a.wrong, fmt.Sprintf("%d articles, %d lessons", articles, lessons))
				default:
					a.answers++
				}
				a.mu.Unlock()
			}
		})
	}
}

// failoverSeconds is how long after the loss of a node a request may fail.
const failoverSeconds = 30

// TestThreeNodes: each node in turn, the elected manager among them, is killed
// while clients ask and a generation is built. Every answer is whole, requests
// fail only in the seconds after a kill, and every document that was taken is
// there in the end.
func TestThreeNodes(t *testing.T) {
	nodes := startThree(t, 19600)
	c, err := NewCluster(Config{URLs: nodes.urls, Prefix: "three", Owner: "test", Shards: 3, Replicas: 1, BatchBytes: 64 << 10,
		Timeout: 10 * time.Second, Patience: 4 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	nodes.green(c, 3)
	const first, later = 300, 500
	build(t, c, "first", articles(first)...)
	nodes.green(c, 3)

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var clients asking
	clients.start(ctx, c, 8, func(n, lessons int) bool { return (n == first || n == later) && lessons == n })
	var kills []time.Time
	manager := nodes.manager(c)
	for turn, victim := range []int{manager, (manager + 1) % 3, (manager + 2) % 3} {
		built := make(chan error, 1)
		killed := make(chan struct{})
		go func() { built <- rebuild(ctx, c, fmt.Sprint("turn ", turn), articles(later), killed) }()
		<-killed
		t.Logf("killing node %d, manager %t", victim, victim == nodes.manager(c))
		kills = append(kills, time.Now())
		nodes.kill(victim)
		nodes.restart(ctx, victim)
		if err := <-built; err != nil {
			t.Errorf("rebuild over the loss of node %d: %v", victim, err)
		}
		nodes.green(c, 3)
		id, err := c.Current()
		if err != nil {
			t.Fatal(err)
		}
		if bad, err := c.Verify(id); err != nil || len(bad) > 0 {
			t.Errorf("after the loss of node %d: %v, %v", victim, bad, err)
		}
	}
	stop()
	clients.Wait()
	if len(clients.wrong) > 0 {
		t.Errorf("%d wrong answers: %s", len(clients.wrong), clients.wrong[0])
	}
	longest := time.Duration(0)
	for _, at := range clients.failures {
		since := time.Duration(1 << 62)
		for _, k := range kills {
			if d := at.Sub(k); d >= 0 {
				since = min(since, d)
			}
		}
		if longest = max(longest, since); since > failoverSeconds*time.Second {
			t.Errorf("a request failed %v after the last kill", since)
			break
		}
	}
	t.Logf("%d answers, %d failures, the last %v after a kill", clients.answers, len(clients.failures), longest)
}

// rebuild builds and publishes a generation; half of it put, it closes killed.
func rebuild(ctx context.Context, c *Cluster, inputs string, all []*index.Article, killed chan<- struct{}) error {
	b, err := c.Begin(ctx, inputs)
	if err != nil {
		close(killed)
		return err
	}
	for i, a := range all {
		if i == len(all)/2 {
			close(killed)
		}
		if err := b.Put(ctx, a); err != nil {
			return errors.Join(err, b.Abort())
		}
	}
	n, lessons, err := b.Commit(ctx)
	if err != nil {
		return err
	}
	if n != len(all) || lessons != len(all) {
		return fmt.Errorf("%d articles and %d lessons of %d", n, lessons, len(all))
	}
	_, err = b.Publish(ctx, generation.Info{Articles: n, Lessons: lessons, Engine: Engine, Schema: index.SchemaVersion, Inputs: inputs})
	return err
}
