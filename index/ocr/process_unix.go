//go:build unix

package ocr

import (
	"os/exec"
	"syscall"
)

// alone puts a process into a group of its own.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error {
		killGroup(cmd.Process.Pid)
		return nil
	}
}

func killGroup(pid int) { syscall.Kill(-pid, syscall.SIGKILL) }
