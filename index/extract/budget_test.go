package extract

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"nghiquyet/index/page"
)

// TestBudgetIsOfTheThread: only the time of this thread counts, not that of another
// one while this one waits.
func TestBudgetIsOfTheThread(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the processor time of a thread is known on Linux only")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const limit = 30 * time.Millisecond
	burn := func(how time.Duration) {
		for start := threadTime(); threadTime()-start < how; {
			_ = strings.Repeat("x", 1000)
		}
	}
	b := newBudget(t.Context(), limit)
	done := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		burn(3 * limit)
		close(done)
	}()
	<-done
	if err := b.now(); err != nil {
		t.Errorf("after waiting: %v", err)
	}
	burn(2 * limit)
	if err := b.now(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("after working: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := newBudget(ctx, time.Hour).Err(); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestBudgetHolds: a document that needs more time is rejected in every format,
// also if reading is cheap and the rules are not.
func TestBudgetHolds(t *testing.T) {
	text := strings.Repeat("Toàn Đảng bộ lãnh đạo nhân dân thi đua sản xuất.\n", 5000)
	for name, data := range map[string]string{"a.txt": text, "a.md": "# A\n" + text, "a.html": "<h1>A</h1><p>" + strings.ReplaceAll(text, "\n", "</p><p>")} {
		x := New(Config{Limits: page.Limits{Time: time.Microsecond}})
		for _, err := range x.Bytes(t.Context(), name, []byte(data)) {
			var rej *page.Reject
			if !errors.As(err, &rej) || rej.Code != page.CodeTimeout {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
