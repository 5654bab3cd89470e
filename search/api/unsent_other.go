//go:build !linux

package api

import "net"

// unsent returns 0: on this system what was written counts as received.
func unsent(net.Conn) int64 { return 0 }
