package ocr

import (
	"errors"
	"time"

	"golang.org/x/sys/unix"
)

// restrict bounds the resources of a process and its later children: processor time
// of each, address space, files no larger than a page's picture, no core dumps. If
// this program may not set limits, only inherited limits and the clock apply.
func restrict(pid int, may allowance) error {
	set := func(resource int, n uint64) error {
		return unix.Prlimit(pid, resource, &unix.Rlimit{Cur: n, Max: n}, nil)
	}
	err := errors.Join(
		set(unix.RLIMIT_CPU, uint64((may.cpu+time.Second-1)/time.Second)),
		set(unix.RLIMIT_AS, uint64(may.memory)),
		set(unix.RLIMIT_FSIZE, maxFile),
		set(unix.RLIMIT_CORE, 0),
	)
	if errors.Is(err, unix.ESRCH) || errors.Is(err, unix.EPERM) {
		return nil // it has ended already, or a sandbox
	}
	return err
}

// maxFile is the largest file that a process may write, in bytes.
const maxFile = 256 << 20
