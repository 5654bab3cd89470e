package reindex

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"nghiquyet/index/generation"
)

// lastRunFile is the file in the data folder from which every process reads the
// state and result of the last run.
const lastRunFile = "last-run.json"

// LastRun is the report of the last run that held the build lock and ended, without
// its lists. Before the first one has ended its Result is empty.
type LastRun struct {
	Report
	// Succeeded is when a run last ended without an error.
	Succeeded time.Time `json:"succeeded,omitzero"`
	// Underway is when a run began that has not ended. If no process holds the
	// lock, that run was killed.
	Underway time.Time `json:"underway,omitzero"`
}

// ReadLastRun returns the last run of a data folder, or nil before the first.
func ReadLastRun(store generation.Store) (*LastRun, error) {
	b, err := os.ReadFile(filepath.Join(store.Dir, lastRunFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var last LastRun
	if err == nil {
		err = json.Unmarshal(b, &last)
	}
	if err != nil {
		return nil, fmt.Errorf("read last run: %w", err)
	}
	return &last, nil
}

// saveLastRun writes the state of the run to lastRunFile. An error here does not fail
// the run.
func (r *run) saveLastRun() {
	last, err := ReadLastRun(r.Store)
	last = cmp.Or(last, &LastRun{})
	if r.report.Finished.IsZero() {
		last.Underway = r.report.Started
	} else {
		last.Report, last.Underway = r.report.WithoutLists(), time.Time{}
		if r.report.Result != Failed {
			last.Succeeded = r.report.Finished
		}
	}
	b, e := json.MarshalIndent(last, "", "  ")
	if e == nil {
		e = generation.WriteFile(filepath.Join(r.Store.Dir, lastRunFile), append(b, '\n'))
	}
	if err := errors.Join(err, e); err != nil {
		r.Log.Warn("last run not written down", "error", err)
	}
}
