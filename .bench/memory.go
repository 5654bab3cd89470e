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
	// Resident is the resident memory according to the kernel, with the pages of
	// mapped files, which it may drop at any time; 0 if unknown.
	Resident int64 `json:"resident_bytes,omitempty"`
	// Own is resident memory that is no file: it cannot be dropped.
	Own int64 `json:"own_bytes"`
}

// MemoryWatch follows this process' memory.
type MemoryWatch struct {
	peak Memory
	quit chan struct{}
	done chan struct{}
}

const memoryPoll = 50 * time.Millisecond

// WatchMemory follows this process' memory until Stop.
func WatchMemory() *MemoryWatch {
	w := &MemoryWatch{quit: make(chan struct{}), done: make(chan struct{})}
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

// Stop ends it and returns the most that there was.
func (w *MemoryWatch) Stop() Memory {
	close(w.quit)
	<-w.done
	return w.peak
}

// memory returns this process's memory now: according to the kernel if possible,
// otherwise the memory that the Go runtime has taken.
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

// CPU returns the processor time of this process on all cores so far, which other
// load hardly changes; 0 if unknown.
func CPU() time.Duration {
	b, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	// The second field is the program's name in brackets; utime and stime are
	// the 14th and 15th, in hundredths of a second.
	fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}
