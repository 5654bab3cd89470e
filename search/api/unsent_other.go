//go:build !linux

package api

import "net"

// unsent is not known here: what was written counts as taken.
func unsent(net.Conn) int64 { return 0 }
