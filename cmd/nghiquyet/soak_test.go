package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"nghiquyet/search"
)

// The soak test is larger when asked:
//
//	NGHIQUYET_SOAK_KILLS=200 NGHIQUYET_SOAK_SOURCE=corpus.jsonl.zst go test -run TestKilledWhileServing -timeout 0 -v ./cmd/nghiquyet
const (
	soakKillsEnv  = "NGHIQUYET_SOAK_KILLS"
	soakSourceEnv = "NGHIQUYET_SOAK_SOURCE"
)

// TestKilledWhileServing kills reindex with SIGKILL at random moments while
// clients ask the service: no request fails, every answer is of one whole
// generation, and in the end all is verified and counted.
func TestKilledWhileServing(t *testing.T) {
	const clients = 8
	kills := 6
	if n, err := strconv.Atoi(os.Getenv(soakKillsEnv)); err == nil {
		kills = n
	}
	source := os.Getenv(soakSourceEnv)
	if source == "" {
		var lines strings.Builder
		for i := range 400 {
			fmt.Fprintf(&lines, `{"id":"tin-%d","title":"Bản tin số %d","text":"Đảng bộ xã họp thường kỳ lần thứ %d, bàn việc làng việc nước."}`+"\n", i, i, i)
		}
		source = filepath.Join(folder(t, map[string]string{"a.jsonl": lines.String()}), "a.jsonl")
	}
	data, extra := filepath.Join(t.TempDir(), "data"), t.TempDir()
	added := 0
	add := func() {
		added++
		text := fmt.Sprintf("Ghi chép lần %d\n\nViệc thêm vào trước lần chạy thứ %d, để lần nào cũng có điều mới.\n", added, added)
		if err := os.WriteFile(filepath.Join(extra, fmt.Sprintf("ghi-chep-%d.txt", added)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv(mainEnv, "1")
	reindex := func() *exec.Cmd {
		cmd := exec.Command(os.Args[0], "reindex", "--data", data, "--progress", "none", "--keep", "2", source, extra)
		cmd.Stderr = new(bytes.Buffer)
		return cmd
	}
	finish := func() time.Duration {
		t.Helper()
		started := time.Now()
		if out, err := reindex().Output(); err != nil {
			t.Fatalf("reindex: %v\n%s", err, out)
		}
		return time.Since(started)
	}
	add()
	finish()
	add()
	whole := finish() // what was extracted before is in the cache

	s := startService(t, "--data", data, "--client-rate", "-1")
	var base search.Results
	if s.get("api/v1/search?q=&size=0&facets=none", &base); base.Total <= added {
		t.Fatalf("only %d documents", base.Total)
	}
	corpus := base.Total - added
	var asked, failed atomic.Int64
	var most atomic.Int64 // documents that a whole generation may hold by now
	most.Store(int64(base.Total))
	done := make(chan struct{})
	var group sync.WaitGroup
	for range clients {
		group.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				var res search.Results
				code := s.get("api/v1/search?q=&size=1&facets=none", &res)
				asked.Add(1)
				if code != http.StatusOK || res.Total < base.Total || int64(res.Total) > most.Load() {
					failed.Add(1)
					t.Errorf("status %d, %d documents of %s, at least %d and at most %d expected", code, res.Total, res.Generation, base.Total, most.Load())
				}
			}
		})
	}
	random := rand.New(rand.NewPCG(3, 4))
	killed, runs := 0, 0
	for killed < kills && !t.Failed() {
		add()
		most.Store(int64(corpus + added))
		cmd := reindex()
		started := time.Now()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(random.Int64N(2*int64(whole))), func() { cmd.Process.Kill() })
		err := cmd.Wait()
		runs++
		if !timer.Stop() {
			killed++
			continue
		}
		if whole = time.Since(started); err != nil {
			t.Fatalf("reindex: %v\n%s", err, cmd.Stderr)
		}
	}
	add()
	most.Store(int64(corpus + added))
	finish()
	s.until("the last generation", func() bool {
		var res search.Results
		return s.get("api/v1/search?q=&size=0&facets=none", &res) == http.StatusOK && res.Total == corpus+added
	})
	close(done)
	group.Wait()
	want(t, exitOK, "nguyên vẹn", "generations", "verify", "--data", data)
	t.Logf("%d of %d runs killed, %d requests by %d clients, %d failed, %d documents at the end", killed, runs, asked.Load(), clients, failed.Load(), corpus+added)
}
