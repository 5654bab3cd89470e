//go:build !linux

package api

import "time"

// processorTime measures wall-clock time, on systems where the processor time of a
// thread is not available. So waiting counts too.
func processorTime() func() time.Duration {
	begun := time.Now()
	return func() time.Duration { return time.Since(begun) }
}
