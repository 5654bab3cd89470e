//go:build !linux

package extract

import "time"

// threadTime is the time of the clock: that of a thread is not known here.
func threadTime() time.Duration { return wallTime() }
