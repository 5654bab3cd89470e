package api

import (
	"context"
	"runtime"
	"runtime/debug"
	"testing"
	"testing/synctest"
	"time"
)

func TestQuietServiceGivesMemoryBack(t *testing.T) { synctest.Test(t, quietGivesBack) }

func quietGivesBack(t *testing.T) {
	s, _ := service(t, Config{ClientRate: -1, CacheBytes: -1})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	given := 0
	go s.returnMemory(ctx, func() { given++; debug.FreeOSMemory() })
	grow := func() { // a burst of allocations that are free afterwards
		b := make([]byte, 2*spareMemory)
		for i := range b {
			b[i] = 1
		}
		runtime.KeepAlive(b)
		b = nil
		runtime.GC()
	}
	synctest.Wait()
	for range quietQuestions + 1 {
		get(t, s, "/api/v1/search?q=a")
	}
	grow()
	time.Sleep(memoryTick)
	synctest.Wait()
	if given != 0 {
		t.Errorf("given back %d times while questions were asked, want never", given)
	}
	grow()
	if m := readMemory(); m.spare() <= spareMemory {
		t.Fatalf("%d bytes to spare of %+v after a burst, want more than %d", m.spare(), m, spareMemory)
	}
	time.Sleep(memoryTick)
	synctest.Wait()
	if given != 1 || readMemory().spare() > spareMemory {
		t.Errorf("given back %d times, %d bytes to spare, want once and few", given, readMemory().spare())
	}
}
