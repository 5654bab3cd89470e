package ocr

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// allowance bounds the resources of one process.
type allowance struct {
	cpu    time.Duration
	memory int64 // bytes of address space
}

// complaint collects the first bytes that a process writes to its standard error.
type complaint struct{ b []byte }

func (c *complaint) Write(p []byte) (int, error) {
	const most = 300
	c.b = append(c.b, p[:min(len(p), most-len(c.b))]...)
	return len(p), nil
}

// ErrOutput is for a process that answers more than it may.
var ErrOutput = errors.New("it answers too much")

// bounded is a buffer that refuses to grow beyond limit.
type bounded struct {
	b     []byte
	limit int64
	over  bool // it was to grow beyond
}

func (b *bounded) Write(p []byte) (int, error) {
	if int64(len(b.b)+len(p)) > b.limit {
		b.over = true
		return 0, ErrOutput
	}
	b.b = append(b.b, p...)
	return len(p), nil
}

// passed are the variables of the environment that processes get: none that may
// contain a secret.
var passed = []string{"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "TESSDATA_PREFIX",
	"LD_LIBRARY_PATH", "SYSTEMROOT"}

// environment returns the environment of a process. It runs one thread, because as
// many pages are read at a time as there are processors.
func (e *Engine) environment() []string {
	out := []string{"OMP_THREAD_LIMIT=1"}
	for _, kv := range os.Environ() {
		if name, _, _ := strings.Cut(kv, "="); slices.Contains(passed, strings.ToUpper(name)) {
			out = append(out, kv)
		}
	}
	return append(out, e.Env...)
}

// run runs a process in a group of its own, which is killed with all its children
// when ctx is done and when the process ends. Its limits are set before it is
// given any input.
func (e *Engine) run(ctx context.Context, args []string, may allowance, stdin io.WriterTo, stdout io.Writer) error {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = e.environment()
	said := &complaint{}
	cmd.Stdout, cmd.Stderr = stdout, said
	cmd.WaitDelay = 2 * time.Second // for children that keep the pipes open
	alone(cmd)
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return cmp.Or(context.Cause(ctx), err)
	}
	defer killGroup(cmd.Process.Pid)
	if err := restrict(cmd.Process.Pid, may); err != nil {
		killGroup(cmd.Process.Pid)
		return errors.Join(fmt.Errorf("restrict %s: %w", args[0], err), cmd.Wait())
	}
	fed := make(chan struct{})
	go func() {
		defer close(fed)
		stdin.WriteTo(in) // a process may end without reading all
		in.Close()
	}()
	err = cmd.Wait()
	<-fed
	switch cause := context.Cause(ctx); {
	case cause != nil:
		return cause
	case err != nil:
		words := strings.Join(strings.Fields(string(said.b)), " ")
		return fmt.Errorf("%s: %w: %s", args[0], err, strings.ToValidUTF8(words, "?"))
	}
	return nil
}
