package api

import (
	"net"

	"golang.org/x/sys/unix"
)

// unsent returns how many bytes written to a connection the other end has not
// acknowledged.
func unsent(c net.Conn) int64 {
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		return 0
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return 0
	}
	n := 0
	_ = raw.Control(func(fd uintptr) { // a closed connection has none
		if waiting, err := unix.IoctlGetInt(int(fd), unix.SIOCOUTQ); err == nil {
			n = waiting
		}
	})
	return int64(n)
}
