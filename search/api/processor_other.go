//go:build !linux

package api

import "time"

// processorTime measures time by the clock where the processor time of a thread
// is not to be had: a request that waits pays for that, too.
func processorTime() func() time.Duration {
	begun := time.Now()
	return func() time.Duration { return time.Since(begun) }
}
