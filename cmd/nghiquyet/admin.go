package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"nghiquyet/index/generation"
	"nghiquyet/index/reindex"
	"nghiquyet/search/api"
)

// admin does the work of the admin routes. A reindex runs in a process of its own,
// so that its memory and its end do not affect the service. It is safe for
// concurrent use.
type admin struct {
	flags   indexFlags
	config  string // the configuration file, if any
	sources []string
	log     *slog.Logger
	ctx     context.Context // of the service: its end ends a reindex

	mu  sync.Mutex
	run api.Reindexing
}

var _ api.Admin = (*admin)(nil)

// Generations lists them, newest first.
func (a *admin) Generations(context.Context) ([]api.Generation, error) {
	set, err := a.flags.generations()
	if err != nil {
		return nil, err
	}
	list, err := set.List()
	if err != nil {
		return nil, err
	}
	return describeGenerations(list), nil
}

// describeGenerations describes generations for the API and the command line.
func describeGenerations(list []generation.Entry) []api.Generation {
	out := make([]api.Generation, len(list))
	for i, e := range list {
		out[i] = api.Generation{Name: e.ID, Current: e.Current}
		if e.Err != nil {
			out[i].Damaged = e.Err.Error()
			continue
		}
		out[i].Created = e.Created.Format(time.RFC3339)
		out[i].Articles, out[i].Lessons, out[i].Bytes = e.Articles, e.Lessons, e.Bytes()
		out[i].Added, out[i].Changed, out[i].Removed, out[i].Kept = e.Added, e.Changed, e.Removed, e.Kept
	}
	return out
}

// Rollback makes the named generation current, or the one before.
func (a *admin) Rollback(ctx context.Context, name string) (api.Generation, error) {
	set, err := a.flags.generations()
	if err != nil {
		return api.Generation{}, err
	}
	id, err := generation.Rollback(set, name, false, a.flags.openable)
	var damage generation.Damage
	var closed *generation.UnreadableError
	switch {
	case errors.Is(err, generation.ErrNone), errors.Is(err, generation.ErrNoEarlier), errors.Is(err, generation.ErrNotFound),
		errors.As(err, &damage), errors.As(err, &closed):
		return api.Generation{}, fmt.Errorf("%w: %w", api.ErrAdminRefused, err)
	case err != nil:
		return api.Generation{}, err
	}
	a.log.Warn("rolled back", "generation", id)
	list, err := a.Generations(ctx)
	if err != nil {
		return api.Generation{}, err
	}
	for _, g := range list {
		if g.Name == id {
			return g, nil
		}
	}
	return api.Generation{}, api.ErrAdminRefused
}

// Reindex starts a run of the configured sources.
func (a *admin) Reindex(_ context.Context, full bool) (api.Reindexing, error) {
	if len(a.sources) == 0 {
		return api.Reindexing{}, fmt.Errorf("%w: no --source is configured", api.ErrAdminRefused)
	}
	holder, err := a.flags.store.Locked()
	if err != nil {
		return api.Reindexing{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if holder != nil || a.run.State == api.RunActive {
		return api.Reindexing{}, api.ErrAdminBusy
	}
	exe, err := executable()
	if err != nil {
		return api.Reindexing{}, err
	}
	report := filepath.Join(a.flags.store.Dir, "report.json")
	args := append([]string{"reindex", "--progress", "json", "--report", report}, a.flags.args()...)
	if full {
		args = append(args, "--full")
	}
	if a.config != "" {
		args = append(args, "--config", a.config)
	}
	cmd := exec.CommandContext(a.ctx, exe, append(append(args, "--"), a.sources...)...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return api.Reindexing{}, fmt.Errorf("start reindex: %w", err)
	}
	a.run = api.Reindexing{State: api.RunActive, Started: time.Now().UTC().Format(time.RFC3339)}
	go func() {
		for lines := json.NewDecoder(out); ; {
			var s reindex.Status
			if lines.Decode(&s) != nil {
				break
			}
			a.mu.Lock()
			a.run.Read = max(a.run.Read, int(s.Docs))
			a.mu.Unlock()
		}
		_, _ = io.Copy(io.Discard, out) // a full pipe would stop the run
		err := cmd.Wait()
		a.ended(err, cmd.ProcessState.ExitCode(), report, strings.TrimSpace(stderr.String()))
	}()
	return a.run, nil
}

// ended records how a run ended.
func (a *admin) ended(err error, code int, report, stderr string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.run.State, a.run.Ended = api.RunDone, time.Now().UTC().Format(time.RFC3339)
	if code != exitOK && code != exitRejects {
		a.run.State, a.run.Message = api.RunFailed, cmp.Or(stderr, err.Error())
	}
	var r reindex.Report
	if text, err := os.ReadFile(report); err == nil && json.Unmarshal(text, &r) == nil {
		a.run.Read, a.run.Rejected, a.run.Generation = r.Extracted+r.Reused, r.Rejected, r.Generation
		a.run.Added, a.run.Changed, a.run.Removed, a.run.Kept = r.Added, r.Changed, r.Removed, r.Kept
	}
	a.log.Info("reindex ended", "state", a.run.State, "generation", a.run.Generation, "rejected", a.run.Rejected, "message", a.run.Message)
}

// LastRun describes the current run or the last one, also one of another process.
func (a *admin) LastRun(context.Context) (api.Reindexing, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.run.State == api.RunActive {
		return a.run, nil
	}
	last, running, err := lastRun(a.flags.store)
	switch {
	case err != nil:
		return api.Reindexing{}, err
	case a.run.State != "" && (last == nil || last.Underway.IsZero() && last.Finished.Format(time.RFC3339) <= a.run.Ended):
		return a.run, nil
	case last == nil:
		return api.Reindexing{State: api.RunNone}, nil
	}
	if !last.Underway.IsZero() {
		r := api.Reindexing{State: api.RunActive, Started: last.Underway.Format(time.RFC3339)}
		if !running {
			r.State, r.Message = api.RunFailed, "killed"
		}
		return r, nil
	}
	r := api.Reindexing{State: api.RunDone, Started: last.Started.Format(time.RFC3339), Ended: last.Finished.Format(time.RFC3339),
		Read: last.Extracted + last.Reused, Rejected: last.Rejected, Generation: last.Generation, Message: last.Error,
		Added: last.Added, Changed: last.Changed, Removed: last.Removed, Kept: last.Kept}
	if last.Result == reindex.Failed {
		r.State = api.RunFailed
	}
	return r, nil
}
