package opensearchindex

import (
	"bufio"
	"encoding/json"
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
)

// bulkAnswer answers a bulk request document by document.
func bulkAnswer(w io.Writer, body string, status func(id string) (int, string)) {
	var items []object
	lines := bufio.NewScanner(strings.NewReader(body))
	lines.Buffer(nil, 1<<20)
	for n := 0; lines.Scan(); n++ {
		if n%2 == 0 {
			var action struct {
				Create struct {
					ID string `json:"_id"`
				}
			}
			_ = json.Unmarshal(lines.Bytes(), &action)
			code, kind := status(action.Create.ID)
			item := object{"_id": action.Create.ID, "status": code}
			if kind != "" {
				item["error"] = object{"type": kind, "reason": "a reason"}
			}
			items = append(items, object{"create": item})
		}
	}
	_ = json.NewEncoder(w).Encode(object{"errors": true, "items": items})
}

// begun returns a build whose bulk requests the node answers.
func begun(t *testing.T, change func(*Config), bulk func(n int, w http.ResponseWriter, body string)) (*Builder, *node) {
	t.Helper()
	n := newNode(t, httptest.NewServer)
	c := n.cluster(t, change)
	b, err := c.Begin(t.Context(), "a", nil)
	if err != nil {
		t.Fatal(err)
	}
	n.mu.Lock()
	n.say["POST /"+b.name+"/_bulk"] = bulk
	n.mu.Unlock()
	return b, n
}

func putAll(t *testing.T, b *Builder, n int) {
	t.Helper()
	for _, a := range articles(n) {
		if err := b.Put(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBulkRetries: only documents rejected temporarily are sent again; existing
// ones were put by an attempt whose answer was lost.
func TestBulkRetries(t *testing.T) {
	var mu sync.Mutex
	sent, taken := map[string]int{}, map[string]bool{}
	b, _ := begun(t, nil, func(n int, w http.ResponseWriter, body string) {
		if n == 1 {
			fails(429, "rejected_execution_exception")(n, w, body)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		bulkAnswer(w, body, func(id string) (int, string) {
			sent[id]++
			switch {
			case taken[id]:
				t.Errorf("%s sent after it was taken", id)
			case strings.HasPrefix(id, "bai-0001") && sent[id] < 3:
				return 429, "rejected_execution_exception"
			case strings.HasPrefix(id, "bai-0002") && sent[id] < 2:
				return 503, "unavailable_shards_exception"
			case strings.HasPrefix(id, "bai-0004") && sent[id] < 2:
				return 500, "node_not_connected_exception"
			case strings.HasPrefix(id, "bai-0003"):
				taken[id] = true
				return 409, "version_conflict_engine_exception"
			}
			taken[id] = true
			return 201, ""
		})
	})
	putAll(t, b, 5)
	if err := b.drain(); err != nil {
		t.Fatal(err)
	}
	if len(taken) != 10 || sent["bai-0001"] != 3 || sent["bai-0002"] != 2 || sent["bai-0000"] != 1 || len(b.Refused()) > 0 {
		t.Errorf("taken %d, sent %v, refused %v", len(taken), sent, b.Refused())
	}
}

// TestRefused: documents rejected for good are reported one by one, and too many of
// them end the build.
func TestRefused(t *testing.T) {
	b, _ := begun(t, nil, func(_ int, w http.ResponseWriter, body string) {
		bulkAnswer(w, body, func(id string) (int, string) {
			if id == "bai-0002#bai-hoc-1" {
				return 400, "mapper_parsing_exception"
			}
			return 201, ""
		})
	})
	putAll(t, b, 4)
	if err := b.drain(); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(b.Refused()); got != "[{bai-0002#bai-hoc-1 bai-0002 status 400: mapper_parsing_exception: a reason}]" {
		t.Errorf("refused %s", got)
	}
	b, _ = begun(t, nil, func(_ int, w http.ResponseWriter, body string) {
		bulkAnswer(w, body, func(string) (int, string) { return 404, "index_not_found_exception" })
	})
	putAll(t, b, 1)
	if err := b.drain(); !Gone(err) || len(b.Refused()) > 0 {
		t.Errorf("index removed meanwhile: %v, refused %v", err, b.Refused())
	}
	b, _ = begun(t, nil, func(_ int, w http.ResponseWriter, body string) {
		bulkAnswer(w, body, func(string) (int, string) { return 400, "mapper_parsing_exception" })
	})
	putAll(t, b, maxRefused/2+10)
	var many *RefusedError
	if err := b.drain(); !errors.As(err, &many) || !strings.Contains(err.Error(), "mapper_parsing_exception") {
		t.Errorf("all refused: %v", err)
	}
}

// TestPatience: a cluster that accepts nothing ends the build after Patience, and
// the index stays to be resumed.
func TestPatience(t *testing.T) {
	for what, bulk := range map[string]func(int, http.ResponseWriter, string){
		"busy": fails(429, "rejected_execution_exception"),
		"documents": func(_ int, w http.ResponseWriter, body string) {
			bulkAnswer(w, body, func(string) (int, string) { return 503, "unavailable_shards_exception" })
		},
	} {
		b, n := begun(t, func(cfg *Config) { cfg.Patience = 300 * time.Millisecond }, bulk)
		putAll(t, b, 3)
		if err := b.drain(); !errors.Is(err, index.ErrUnavailable) {
			t.Errorf("%s: %v", what, err)
		}
		if asked := n.count("DELETE /" + b.name); asked > 0 {
			t.Errorf("%s: the index was removed", what)
		}
	}
}

// TestLostShard: a build that waited in vain for a shard of a lost node returns
// ErrLost and leaves no index to resume.
func TestLostShard(t *testing.T) {
	for status, lost := range map[string]bool{"red": true, "yellow": false} {
		b, n := begun(t, func(cfg *Config) { cfg.Patience = 300 * time.Millisecond }, func(_ int, w http.ResponseWriter, body string) {
			bulkAnswer(w, body, func(string) (int, string) { return 503, "unavailable_shards_exception" })
		})
		n.mu.Lock()
		n.say["GET /_cluster/health/"+b.name+"*"] = says(`{"status":"` + status + `"}`)
		n.mu.Unlock()
		putAll(t, b, 3)
		if _, _, err := b.Commit(t.Context()); !errors.Is(err, index.ErrUnavailable) || errors.Is(err, index.ErrLost) != lost {
			t.Errorf("%s: %v", status, err)
		}
		if err := b.Discard(); err != nil {
			t.Error(err)
		}
		if removed := n.count("DELETE /"+b.name+","+side(b.name)) > 0; removed != lost {
			t.Errorf("%s: removed %t", status, removed)
		}
	}
}

// TestResumeLost: an unfinished index that has lost a shard is not resumed; one
// whose shard has come back is.
func TestResumeLost(t *testing.T) {
	const name = "x-20260101t000000z-0000"
	for what, c := range map[string]struct {
		health  func(n int, w http.ResponseWriter, body string)
		resumed bool
	}{
		"lost": {says(`{"status":"red"}`), false},
		"comes back": {func(n int, w http.ResponseWriter, _ string) {
			fmt.Fprintf(w, `{"status":%q}`, map[bool]string{true: "red", false: "green"}[n < 3])
		}, true},
	} {
		n := newNode(t, httptest.NewServer)
		n.say["GET /x-*/_mapping"] = says(`{"` + name + `":{"mappings":{"_meta":{"nghiquyet":{"format":"` + Format() + `","owner":"test","inputs":"a"}}}}}`)
		n.say["GET /_cluster/health/"+name], n.say["GET /_cluster/health/"+name+"*"] = c.health, c.health
		b, err := n.cluster(t, nil).Begin(t.Context(), "a", nil)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if removed := n.count("DELETE /"+name+","+name+"-side") > 0; (b.name == name) != c.resumed || removed == c.resumed {
			t.Errorf("%s: goes on with %s, removed %t", what, b.name, removed)
		}
		b.Abort()
	}
}

// TestTooLargeBulk: a request that is too large for the cluster is sent in halves.
func TestTooLargeBulk(t *testing.T) {
	var mu sync.Mutex
	taken := map[string]bool{}
	b, _ := begun(t, nil, func(n int, w http.ResponseWriter, body string) {
		if strings.Count(body, "\n") > 8 {
			fails(413, "")(n, w, body)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		bulkAnswer(w, body, func(id string) (int, string) { taken[id] = true; return 201, "" })
	})
	putAll(t, b, 20)
	if err := b.drain(); err != nil || len(taken) != 40 {
		t.Errorf("%d taken, %v", len(taken), err)
	}
}

// TestAbort: a build that is stopped stops waiting.
func TestAbort(t *testing.T) {
	b, _ := begun(t, func(cfg *Config) { cfg.Patience = time.Hour }, fails(429, "rejected_execution_exception"))
	putAll(t, b, 1)
	if err := b.Abort(); err != nil {
		t.Error(err)
	}
}
