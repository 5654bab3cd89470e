//go:build linux

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// poisons are questions that cost as much as the limits let them.
var poisons = []string{
	"a* b* c* d* đ* g* h* k* l* m* n* p* q* r* s* t* v* x*",
	strings.Repeat("và HOẶC của HOẶC các HOẶC ", 8) + "những",
	`"của các" "và các" "trong các" "các cơ quan" "của đảng" "cán bộ đảng"`,
	strings.Repeat("thực hiện nhiệm vụ chính trị của đảng bộ và nhân dân ", 30),
}

// TestNeighbours measures how long an ordinary reader waits while other clients send
// very expensive queries, over a large corpus:
//
//	NGHIQUYET_CORPUS=$PWD/corpus.jsonl.zst go test -run TestNeighbours -v ./cmd/nghiquyet
//
// It logs the times of a reader alone, with one and with eight such clients, which send
// queries without a pause. Only with eight may a query be rejected (503).
func TestNeighbours(t *testing.T) {
	t.Setenv(mainEnv, "1")
	dir := t.TempDir()
	f := &fire{T: t, data: filepath.Join(dir, "data"), extra: t.TempDir(), source: os.Getenv(fireCorpusEnv)}
	if f.source == "" {
		t.Skip("no large corpus: give one in " + fireCorpusEnv)
	}
	f.finish()
	s := f.serve(io.Discard, "--cache-bytes", "-1")
	for _, poisonous := range []int{0, 1, 8} {
		done := make(chan struct{})
		var group sync.WaitGroup
		for i := range poisonous {
			group.Go(func() {
				for n := i; ; n++ {
					select {
					case <-done:
						return
					default:
					}
					s.get("api/v1/search?size=100&group=copies&explain=1&q="+url.QueryEscape(poisons[n%len(poisons)]), nil)
				}
			})
		}
		var took []time.Duration
		refused := 0
		for i, begun := 0, time.Now(); i < 400 && time.Since(begun) < time.Minute; i++ {
			started := time.Now()
			switch code := s.get(fmt.Sprintf("api/v1/search?q=bai+hoc+%d", 1950+i%70), nil); {
			case code == http.StatusOK:
				took = append(took, time.Since(started))
			case code == http.StatusServiceUnavailable && poisonous > 1:
				refused++
			default:
				t.Errorf("beside %d: status %d", poisonous, code)
			}
		}
		close(done)
		group.Wait()
		if len(took) == 0 {
			t.Fatalf("beside %d: nobody was answered", poisonous)
		}
		slices.Sort(took)
		t.Logf("beside %d poisonous clients: %d answered, %d refused (503), p50 %v, p99 %v", poisonous, len(took), refused,
			took[len(took)/2].Round(time.Microsecond), took[len(took)*99/100].Round(time.Microsecond))
	}
}
