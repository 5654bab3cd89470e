package main

import (
	"github.com/prometheus/client_golang/prometheus"

	"nghiquyet/index/generation"
	"nghiquyet/index/reindex"
)

// lastRun returns the last run of a data folder, nil before the first, and
// whether it is under way, in whatever process.
func lastRun(store generation.Store) (last *reindex.LastRun, running bool, err error) {
	holder, err := store.Locked()
	if err != nil {
		return nil, false, err
	}
	last, err = reindex.ReadLastRun(store)
	return last, holder != nil && last != nil && !last.Underway.IsZero(), err
}

// reindexing collects metrics of the last run from the data folder, which outlive
// every process.
type reindexing struct{ store generation.Store }

var _ prometheus.Collector = reindexing{}

// reindexFigures are the metrics of the last run that has ended.
var reindexFigures = []struct {
	desc  *prometheus.Desc
	value func(*reindex.LastRun) float64
}{
	{reindexDesc("started_timestamp_seconds", "When the last reindex began."),
		func(r *reindex.LastRun) float64 { return float64(r.Started.UnixMilli()) / 1e3 }},
	{reindexDesc("finished_timestamp_seconds", "When it ended."),
		func(r *reindex.LastRun) float64 { return float64(r.Finished.UnixMilli()) / 1e3 }},
	{reindexDesc("duration_seconds", "How long it took."), func(r *reindex.LastRun) float64 { return r.Seconds }},
	{reindexDesc("documents", "Documents it took."), func(r *reindex.LastRun) float64 { return float64(r.Extracted + r.Reused) }},
	{reindexDesc("extracted", "Documents of these that it read anew."), func(r *reindex.LastRun) float64 { return float64(r.Extracted) }},
	{reindexDesc("rejected", "Documents it could not take."), func(r *reindex.LastRun) float64 { return float64(r.Rejected) }},
	{reindexDesc("added", "Documents that are new in its generation."), func(r *reindex.LastRun) float64 { return float64(r.Added) }},
	{reindexDesc("changed", "Documents whose content changed."), func(r *reindex.LastRun) float64 { return float64(r.Changed) }},
	{reindexDesc("removed", "Documents that left the index."), func(r *reindex.LastRun) float64 { return float64(r.Removed) }},
	{reindexDesc("kept", "Documents that it could not read and that stayed as they were last read."), func(r *reindex.LastRun) float64 { return float64(r.Kept) }},
	{reindexDesc("unreadable", "Files, folders and sources that it could not read."), func(r *reindex.LastRun) float64 { return float64(r.Unreadable) }},
	{reindexDesc("excluded", "Files and folders left out by a pattern."), func(r *reindex.LastRun) float64 { return float64(r.Excluded) }},
	{reindexDesc("skipped", "Files that are not for reading."), func(r *reindex.LastRun) float64 { return float64(r.Skipped) }},
	{reindexDesc("input_bytes", "Bytes of its documents."), func(r *reindex.LastRun) float64 { return float64(r.Bytes) }},
	{reindexDesc("peak_memory_bytes", "The most memory it had."), func(r *reindex.LastRun) float64 { return float64(r.PeakMemory) }},
}

var (
	reindexRunning = reindexDesc("running", "1 while a reindex is under way, in whatever process.")
	reindexResult  = reindexDesc("result", "1 for how the last reindex ended: committed, unchanged, held, failed or killed.", "result")
	reindexSuccess = reindexDesc("last_success_timestamp_seconds", "When a reindex last ended without an error.")
)

func reindexDesc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("nghiquyet_reindex_"+name, help, labels, nil)
}

// Describe implements prometheus.Collector.
func (reindexing) Describe(descs chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{reindexRunning, reindexResult, reindexSuccess} {
		descs <- d
	}
	for _, f := range reindexFigures {
		descs <- f.desc
	}
}

// Collect implements prometheus.Collector. It collects nothing if the data folder
// cannot be read.
func (c reindexing) Collect(out chan<- prometheus.Metric) {
	send := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	last, running, err := lastRun(c.store)
	if err != nil || last == nil {
		return
	}
	if !last.Succeeded.IsZero() {
		send(reindexSuccess, float64(last.Succeeded.UnixMilli())/1e3)
	}
	active, result := 0.0, last.Result
	switch {
	case running:
		active = 1
	case !last.Underway.IsZero():
		result = "killed"
	}
	send(reindexRunning, active)
	if result != "" {
		send(reindexResult, 1, result)
	}
	if last.Result == "" {
		return
	}
	for _, f := range reindexFigures {
		send(f.desc, f.value(last))
	}
}
