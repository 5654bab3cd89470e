//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"nghiquyet/index/reindex"
	"nghiquyet/search"
)

// The test of kills can be larger; the step kills of .ci/run runs more:
//
//	NGHIQUYET_KILLS=200 NGHIQUYET_CORPUS=$PWD/corpus.jsonl.zst go test -run TestFire/kills -timeout 0 -v ./cmd/nghiquyet
const (
	fireKillsEnv  = "NGHIQUYET_KILLS"
	fireCorpusEnv = "NGHIQUYET_CORPUS"
	fireClients   = 8
	fireFull      = 8                     // one run in so many builds anew, the others from the generation before
	fireEvery     = 20 * time.Millisecond // that a client asks, at most
	fireFolders   = 2000                  // empty ones, so that there is a time of looking for files
)

// strikes are the phases in which a run is killed, with their shares: a late phase
// costs all of a run.
var strikes = []struct {
	phase  string
	weight int
}{
	{reindex.PhaseFind, 4}, {reindex.PhaseRead, 6}, {reindex.PhaseIndex, 5},
	{reindex.PhaseMerge, 3}, {reindex.PhaseCommit, 1}, {reindex.PhaseTidy, 1},
}

func draw(random *rand.Rand) string {
	sum := 0
	for _, s := range strikes {
		sum += s.weight
	}
	at := random.IntN(sum)
	for _, s := range strikes {
		if at -= s.weight; at < 0 {
			return s.phase
		}
	}
	panic("unreachable")
}

// watched is the output of a run that reports its progress as JSON; it records when
// each phase began. The zero value is ready to use; begun, if set, is called for
// each phase.
type watched struct {
	output bytes.Buffer // not embedded: its ReadFrom would go past Write
	begun  func(phase string)
	phases []string
	at     []time.Time
}

func (w *watched) Write(b []byte) (int, error) {
	for line := range bytes.Lines(b) {
		var s reindex.Status
		if json.Unmarshal(line, &s) != nil || s.Phase == "" || len(w.phases) > 0 && w.phases[len(w.phases)-1] == s.Phase {
			continue
		}
		w.phases, w.at = append(w.phases, s.Phase), append(w.at, time.Now())
		if w.begun != nil {
			w.begun(s.Phase)
		}
	}
	return w.output.Write(b)
}

// took adds the times of the phases that ended.
func (w *watched) took(of map[string]time.Duration) {
	for i := 1; i < len(w.at); i++ {
		of[w.phases[i-1]] = w.at[i].Sub(w.at[i-1])
	}
}

func (w *watched) last() string {
	if len(w.phases) == 0 {
		return "start"
	}
	return w.phases[len(w.phases)-1]
}

// watch is a run that was not started yet.
func (f *fire) watch(begun func(string)) (*exec.Cmd, *watched) {
	cmd, _ := f.reindex()
	w := &watched{begun: begun}
	cmd.Args = append(cmd.Args, "--progress", "json")
	cmd.Stdout, cmd.Stderr = w, w
	return cmd, w
}

// asking has the findings of the clients of fireKills.
type asking struct {
	*service
	base          int          // articles that every generation contains
	most          atomic.Int64 // articles that a complete generation may contain by now
	asked, failed atomic.Int64
	slowest       atomic.Int64 // nanoseconds

	mu     sync.Mutex
	totals map[string]int // of articles and lessons, by generation
}

// ask compares the counts in one answer with those of earlier answers of the same
// generation. Every query is different, so that no cache answers it.
func (a *asking) ask(random *rand.Rand) error {
	var all search.Results
	started := time.Now()
	code := a.get(fmt.Sprintf("api/v1/search?q=&type=all&size=1&facets=type&page=%d", 1+random.IntN(min(a.base, search.MaxDepth))), &all)
	for took := int64(time.Since(started)); ; {
		if old := a.slowest.Load(); took <= old || a.slowest.CompareAndSwap(old, took) {
			break
		}
	}
	if code != http.StatusOK || len(all.Hits) != 1 {
		return fmt.Errorf("status %d, %d hits", code, len(all.Hits))
	}
	sum, articles := 0, 0
	for _, v := range all.Facets["type"] {
		if sum += v.Count; v.Value == "article" {
			articles = v.Count
		}
	}
	if most := a.most.Load(); sum != all.Total || articles < a.base || int64(articles) > most {
		return fmt.Errorf("%d of %d counted, %d articles of %d to %d", sum, all.Total, articles, a.base, most)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if known, ok := a.totals[all.Generation]; ok && known != all.Total {
		return fmt.Errorf("%d of %s, %d before", all.Total, all.Generation, known)
	}
	a.totals[all.Generation] = all.Total
	return nil
}

// client sends queries until done.
func (a *asking) client(seed uint64, done <-chan struct{}) {
	random := rand.New(rand.NewPCG(seed, 1))
	tick := time.NewTicker(fireEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
		}
		a.asked.Add(1)
		if err := a.ask(random); err != nil {
			a.failed.Add(1)
			a.Error(err)
		}
	}
}

// fireKills kills reindex at random moments of every phase while clients send queries; some
// runs extend the generation before, others build anew. No request may fail, every answer
// must be of one complete generation, and at the end all documents are counted.
func fireKills(f *fire) {
	kills := 6
	if n, err := strconv.Atoi(os.Getenv(fireKillsEnv)); err == nil {
		kills = n
	}
	if f.source = os.Getenv(fireCorpusEnv); f.source == "" {
		f.corpus(300)
	}
	for i := range fireFolders {
		if err := os.Mkdir(filepath.Join(f.extra, strconv.Itoa(i)), 0o755); err != nil {
			f.Fatal(err)
		}
	}
	took := map[string]time.Duration{} // by a phase, when it last ended
	complete := func() {
		f.add()
		cmd, w := f.watch(nil)
		if err := cmd.Run(); err != nil {
			f.Fatalf("reindex: %v\n%s", err, &w.output)
		}
		w.took(took)
	}
	complete()
	reading := took[reindex.PhaseRead] // the cache was empty
	complete()
	s := f.serve(io.Discard)
	base, _ := f.total(s)
	corpus := base - f.added
	if corpus <= 0 {
		f.Fatalf("only %d documents", base)
	}
	a := &asking{service: s, base: base, totals: map[string]int{}}
	a.most.Store(int64(base))
	done := make(chan struct{})
	var group sync.WaitGroup
	for i := range fireClients {
		group.Go(func() { a.client(uint64(i), done) })
	}

	random := rand.New(rand.NewPCG(9, uint64(kills)))
	killed, runs, in := 0, 0, map[string]int{}
	allRead := true // the cache contains every document
	told := func() string {
		var by []string
		for _, s := range strikes {
			by = append(by, fmt.Sprintf("%s %d", s.phase, in[s.phase]))
		}
		return fmt.Sprintf("%d of %d runs killed (%s); %d requests by %d clients, %d failed, slowest %v; %d generations answered",
			killed, runs, strings.Join(by, ", "), a.asked.Load(), fireClients, a.failed.Load(),
			time.Duration(a.slowest.Load()).Round(time.Millisecond), len(a.totals))
	}
	for started := time.Now(); killed < kills && !f.Failed(); {
		f.change(random)
		f.add()
		a.most.Store(int64(corpus + f.added))
		phase, part := draw(random), random.Float64()
		if phase == reindex.PhaseRead {
			if allRead { // else it continues from what the killed runs left
				if err := os.RemoveAll(filepath.Join(f.data, "extracted")); err != nil {
					f.Fatal(err)
				}
			}
			took[phase] = reading
		}
		after := time.Duration(part * float64(took[phase]))
		var cmd *exec.Cmd
		var timer *time.Timer
		cmd, w := f.watch(func(now string) {
			if now == phase {
				timer = time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
			}
		})
		if runs%fireFull == fireFull-1 {
			cmd.Args = append(cmd.Args, "--full")
		}
		err := cmd.Run()
		if timer != nil {
			timer.Stop()
		}
		runs++
		w.took(took)
		allRead = w.last() != "start" && w.last() != reindex.PhaseFind && w.last() != reindex.PhaseRead
		if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			in[w.last()]++
			if killed++; killed%20 == 0 {
				a.mu.Lock()
				f.Logf("%v: %s", time.Since(started).Round(time.Second), told())
				a.mu.Unlock()
			}
			continue
		}
		if err != nil {
			f.Fatalf("reindex: %v\n%s", err, &w.output)
		}
	}
	f.add()
	a.most.Store(int64(corpus + f.added))
	f.finish()
	s.until("the last generation", func() bool { n, _ := f.total(s); return n == corpus+f.added })
	close(done)
	group.Wait()
	f.verified()
	f.Logf("%s; %d articles at the end", told(), corpus+f.added)
	for _, s := range strikes {
		if kills >= 200 && in[s.phase] == 0 {
			f.Errorf("no kill in %s", s.phase)
		}
	}
	if left, _ := os.ReadDir(filepath.Join(f.data, "building")); len(left) > 0 {
		f.Errorf("%d builds left behind", len(left))
	}
}

// TestStrikes compares the phases in strikes with those of a run. Whether a run in
// strikes learns a model is random.
func TestStrikes(t *testing.T) {
	for _, s := range strikes {
		if phases[s.phase] == "" {
			t.Errorf("%q is no phase of a run", s.phase)
		}
	}
	if phases[reindex.PhaseLearn] == "" || len(strikes)+1 != len(phases) {
		t.Errorf("%d phases struck, and learning, of %d phases", len(strikes), len(phases))
	}
}
