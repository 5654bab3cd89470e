package bench

import (
	"bufio"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// Memory is the most that was in memory at a time, in bytes.
type Memory struct {
	// Resident is what the kernel counts, with the pages of mapped files that
	// it may drop at any time; 0 where it does not tell.
	Resident int64 `json:"resident_bytes,omitempty"`
	// Own is resident memory that is no file: it cannot be dropped.
	Own int64 `json:"own_bytes"`
}

type memoryWatch struct {
	peak Memory
	quit chan struct{}
	done chan struct{}
}

const memoryPoll = 50 * time.Millisecond

// watchMemory follows this process' memory until stop.
func watchMemory() *memoryWatch {
	w := &memoryWatch{quit: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(w.done)
		tick := time.NewTicker(memoryPoll)
		defer tick.Stop()
		for {
			now := memory()
			w.peak.Resident, w.peak.Own = max(w.peak.Resident, now.Resident), max(w.peak.Own, now.Own)
			select {
			case <-tick.C:
			case <-w.quit:
				return
			}
		}
	}()
	return w
}

func (w *memoryWatch) stop() Memory {
	close(w.quit)
	<-w.done
	return w.peak
}

// memory is this process' memory now: the kernel's figures where it gives
// them, otherwise what the Go runtime has taken from it.
func memory() Memory {
	if f, err := os.Open("/proc/self/status"); err == nil {
		defer f.Close()
		var m Memory
		for s := bufio.NewScanner(f); s.Scan(); {
			name, rest, _ := strings.Cut(s.Text(), ":")
			kb, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(rest, "kB")), 10, 64)
			switch name {
			case "VmRSS":
				m.Resident = kb << 10
			case "RssAnon":
				m.Own = kb << 10
			}
		}
		if m.Own > 0 {
			return m
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return Memory{Own: int64(m.Sys)}
}
