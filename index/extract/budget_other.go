//go:build !linux

package extract

import "time"

// threadTime returns wall-clock time, because thread times are not available on this
// system.
func threadTime() time.Duration { return wallTime() }
