package api

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// processorTime starts measuring the processor time of this goroutine. The returned
// function stops and returns the time. Between the two calls the goroutine is
// locked to its thread.
func processorTime() func() time.Duration {
	runtime.LockOSThread()
	begun, known := threadTime()
	return func() time.Duration {
		ended, stillKnown := threadTime()
		runtime.UnlockOSThread()
		if !known || !stillKnown {
			return 0
		}
		return ended - begun
	}
}

// threadTime returns the processor time that this thread has used.
func threadTime() (time.Duration, bool) {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0, false
	}
	return time.Duration(t.Nano()), true
}
