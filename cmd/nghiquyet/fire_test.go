//go:build linux

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"nghiquyet/index/generation"
	"nghiquyet/search"
	"nghiquyet/search/api"
)

// TestFire runs the program in processes of its own, with the accidents of a small
// server over months.
func TestFire(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program many times")
	}
	t.Setenv(mainEnv, "1")
	for _, c := range []struct {
		name string
		run  func(*fire)
	}{
		{"kills", fireKills},
		{"stopped and continued", fireStopped},
		{"two at once", fireTwo},
		{"damaged generation", fireDamaged},
		{"full disk", fireFullDisk},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			f := &fire{T: t, data: filepath.Join(dir, "data"), extra: filepath.Join(dir, "extra")}
			if err := os.Mkdir(f.extra, 0o755); err != nil {
				t.Fatal(err)
			}
			c.run(f)
		})
	}
}

// fire is one data folder with its sources.
type fire struct {
	*testing.T
	data, source, extra string
	added               int // documents in extra
}

// corpus writes n small documents as the source.
func (f *fire) corpus(n int) {
	f.Helper()
	var lines strings.Builder
	for i := range n {
		fmt.Fprintf(&lines, `{"id":"tin-%d","title":"Bản tin số %d","text":"Đảng bộ xã họp thường kỳ lần thứ %d, bàn việc làng việc nước."}`+"\n", i, i, i)
	}
	f.source = filepath.Join(filepath.Dir(f.extra), "corpus.jsonl")
	if err := os.WriteFile(f.source, []byte(lines.String()), 0o644); err != nil {
		f.Fatal(err)
	}
}

// add adds one document, so that the next run has work to do.
func (f *fire) add() {
	f.Helper()
	f.added++
	text := fmt.Sprintf("Ghi chép lần %d\n\nViệc thêm vào trước lần chạy thứ %d, để lần nào cũng có điều mới.\n", f.added, f.added)
	if err := os.WriteFile(filepath.Join(f.extra, fmt.Sprintf("ghi-chep-%d.txt", f.added)), []byte(text), 0o644); err != nil {
		f.Fatal(err)
	}
}

// change rewrites one of the documents added before.
func (f *fire) change(random *rand.Rand) {
	f.Helper()
	i := 1 + random.IntN(f.added)
	text := fmt.Sprintf("Ghi chép lần %d\n\nViệc được viết lại trước lần chạy thứ %d, dài hơn trước nên không ai đợi xem tệp đã ghi xong chưa.\n", i, f.added)
	if err := os.WriteFile(filepath.Join(f.extra, fmt.Sprintf("ghi-chep-%d.txt", i)), []byte(text), 0o644); err != nil {
		f.Fatal(err)
	}
}

func (f *fire) command(args ...string) *exec.Cmd {
	return exec.CommandContext(f.Context(), os.Args[0], append(args, "--data", f.data)...)
}

// reindex returns a run that is not started yet, and its output.
func (f *fire) reindex() (cmd *exec.Cmd, output *bytes.Buffer) {
	cmd = f.command("reindex", "--progress", "none", "--keep", "2", f.source, f.extra)
	output = new(bytes.Buffer)
	cmd.Stdout, cmd.Stderr = output, output
	return cmd, output
}

// finish runs reindex to its end.
func (f *fire) finish() {
	f.Helper()
	cmd, output := f.reindex()
	if err := cmd.Run(); err != nil {
		f.Fatalf("reindex: %v\n%s", err, output)
	}
}

// serve starts the service. Its log is complete once stop has returned.
func (f *fire) serve(log io.Writer, args ...string) *service {
	f.Helper()
	cmd := f.command(append([]string{"serve", "--listen", "127.0.0.1:0", "--client-rate", "-1"}, args...)...)
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		f.Fatal(err)
	}
	s := &service{T: f.T}
	s.stop = sync.OnceValue(func() int {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		return cmd.ProcessState.ExitCode()
	})
	f.Cleanup(func() { s.stop() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if s.url = servedAt.FindString(lines.Text()); s.url != "" {
			return s
		}
	}
	f.Fatalf("serve ended with %d: %v", s.stop(), log)
	return nil
}

// total returns how many articles there are now.
func (f *fire) total(s *service) (total int, generation string) {
	f.Helper()
	var res search.Results
	if code := s.get("api/v1/search?q=&size=0&facets=none", &res); code != http.StatusOK {
		f.Fatalf("search: status %d", code)
	}
	return res.Total, res.Generation
}

// verified fails unless every generation is sound.
func (f *fire) verified() {
	f.Helper()
	if out, err := f.command("generations", "verify").CombinedOutput(); err != nil {
		f.Errorf("generations verify: %v\n%s", err, out)
	}
}

// stopped waits until the process is stopped.
func (f *fire) stopped(pid int) {
	f.Helper()
	until(f, 30*time.Second, "stopped", func() bool {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		return err == nil && strings.Contains(string(stat), ") T ")
	})
}

// holding starts a run and stops the process once it has the lock.
func (f *fire) holding() (cmd *exec.Cmd, output *bytes.Buffer) {
	f.Helper()
	f.add()
	cmd, output = f.reindex()
	if err := cmd.Start(); err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = cmd.Process.Kill() })
	store := generation.Store{Dir: f.data}
	until(f, 30*time.Second, "the lock", func() bool {
		h, err := store.Locked()
		return err == nil && h != nil && h.PID == cmd.Process.Pid
	})
	_ = cmd.Process.Signal(syscall.SIGSTOP)
	f.stopped(cmd.Process.Pid)
	return cmd, output
}

// fireStopped stops a run in its middle: the service answers, and the run
// ends well when it is continued.
func fireStopped(f *fire) {
	f.corpus(300)
	f.add()
	f.finish()
	s := f.serve(io.Discard)
	before, first := f.total(s)
	cmd, output := f.holding()
	for range 50 {
		if n, id := f.total(s); n != before || id != first {
			f.Fatalf("%d articles of %s, want %d of %s", n, id, before, first)
		}
	}
	_ = cmd.Process.Signal(syscall.SIGCONT)
	if err := cmd.Wait(); err != nil {
		f.Fatalf("reindex: %v\n%s", err, output)
	}
	s.until("the new generation", func() bool { n, id := f.total(s); return n == before+1 && id > first })
	f.verified()
}

// fireTwo starts a second run: it fails with the name of the holder, and does no harm.
func fireTwo(f *fire) {
	f.corpus(300)
	first, output := f.holding()
	second, said := f.reindex()
	if err := second.Run(); second.ProcessState.ExitCode() != exitFailed {
		f.Errorf("second run: %v, want exit code %d\n%s", err, exitFailed, said)
	}
	if host, _ := os.Hostname(); !strings.Contains(said.String(), fmt.Sprintf("tiến trình %d trên máy %s", first.Process.Pid, host)) {
		f.Errorf("second run does not name process %d: %s", first.Process.Pid, said)
	}
	_ = first.Process.Signal(syscall.SIGCONT)
	if err := first.Wait(); err != nil {
		f.Errorf("first run: %v\n%s", err, output)
	}
	f.verified()
}

// fireDamaged flips bytes of the newest generation: the one before is served
// instead, /readyz and the log say so, and the next run makes a sound one.
func fireDamaged(f *fire) {
	f.corpus(100)
	f.add()
	f.finish()
	f.add()
	f.finish()
	list, err := (&generation.Store{Dir: f.data}).List()
	if err != nil || len(list) != 2 {
		f.Fatalf("%d generations, %v", len(list), err)
	}
	largest := list[0].Files[0]
	for _, file := range list[0].Files {
		if file.Size > largest.Size {
			largest = file
		}
	}
	path := filepath.Join(f.data, "generations", list[0].ID, filepath.FromSlash(largest.Name))
	content, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	for i := len(content) / 3; i < len(content)/3+64; i++ {
		content[i] ^= 0xff
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		f.Fatal(err)
	}
	if out, err := f.command("generations", "verify").CombinedOutput(); err == nil || !strings.Contains(string(out), largest.Name) {
		f.Errorf("verify does not name %s: %v\n%s", largest.Name, err, out)
	}
	log := new(bytes.Buffer)
	s := f.serve(log)
	if n, id := f.total(s); n != 101 || id != list[1].ID {
		f.Errorf("%d articles of %s, want 101 of %s", n, id, list[1].ID)
	}
	var ready api.Ready
	if code := s.get("readyz", &ready); code != http.StatusOK || !ready.Degraded || ready.Generation != list[1].ID {
		f.Errorf("readyz: %d, %+v", code, ready)
	}
	f.add()
	f.finish()
	s.until("a sound generation", func() bool {
		var ready api.Ready
		return s.get("readyz", &ready) == http.StatusOK && !ready.Degraded && ready.Articles == 103
	})
	if s.stop(); !strings.Contains(log.String(), "level=ERROR") || !strings.Contains(log.String(), list[0].ID) || !strings.Contains(log.String(), largest.Name) {
		f.Errorf("the log does not tell of %s in %s:\n%s", largest.Name, list[0].ID, log)
	}
}

// fireFullDisk fills the disk during a run: the run reports it, the served
// generation stays, and the next run with room completes.
func fireFullDisk(f *fire) {
	if err := os.Mkdir(f.data, 0o755); err != nil {
		f.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", f.data, "tmpfs", 0, "size=32m"); err != nil {
		f.Skipf("cannot mount a small disk here: %v", err)
	}
	f.Cleanup(func() {
		if err := syscall.Unmount(f.data, syscall.MNT_DETACH); err != nil {
			f.Error(err)
		}
	})
	f.corpus(100)
	f.add()
	f.finish()
	s := f.serve(io.Discard)
	before, first := f.total(s)
	free, total, err := (&generation.Store{Dir: f.data}).Space()
	if err != nil {
		f.Fatal(err)
	}
	ballast := filepath.Join(f.data, "ballast") // leaves the reserve and a little
	if err := os.WriteFile(ballast, make([]byte, free-total/20-1<<20), 0o644); err != nil {
		f.Fatal(err)
	}
	f.corpus(8000)
	cmd, output := f.reindex()
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(output.String(), "hết chỗ trên đĩa") {
		f.Errorf("reindex on a full disk: %v\n%s", err, output)
	}
	if n, id := f.total(s); n != before || id != first {
		f.Errorf("%d articles of %s, want %d of %s", n, id, before, first)
	}
	f.verified()
	if err := os.Remove(ballast); err != nil {
		f.Fatal(err)
	}
	f.corpus(200)
	f.finish()
	s.until("the new generation", func() bool { n, _ := f.total(s); return n == 201 })
	f.verified()
}
