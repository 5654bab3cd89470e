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
	name, help string
	value      func(*reindex.LastRun) float64
}{
	{"started_timestamp_seconds", "When the last reindex began.",
		func(r *reindex.LastRun) float64 { return float64(r.Started.UnixMilli()) / 1e3 }},
	{"finished_timestamp_seconds", "When it ended.",
		func(r *reindex.LastRun) float64 { return float64(r.Finished.UnixMilli()) / 1e3 }},
	{"duration_seconds", "How long it took.", func(r *reindex.LastRun) float64 { return r.Seconds }},
	{"documents", "Documents it took.", func(r *reindex.LastRun) float64 { return float64(r.Extracted + r.Reused) }},
	{"extracted", "Documents of these that it read anew.", func(r *reindex.LastRun) float64 { return float64(r.Extracted) }},
	{"rejected", "Documents it could not take.", func(r *reindex.LastRun) float64 { return float64(r.Rejected) }},
	{"added", "Documents that are new in its generation.", func(r *reindex.LastRun) float64 { return float64(r.Added) }},
	{"changed", "Documents whose content changed.", func(r *reindex.LastRun) float64 { return float64(r.Changed) }},
	{"removed", "Documents that left the index.", func(r *reindex.LastRun) float64 { return float64(r.Removed) }},
	{"kept", "Documents that it could not read and that stayed as they were last read.", func(r *reindex.LastRun) float64 { return float64(r.Kept) }},
	{"unreadable", "Files, folders and sources that it could not read.", func(r *reindex.LastRun) float64 { return float64(r.Unreadable) }},
	{"excluded", "Files and folders left out by a pattern.", func(r *reindex.LastRun) float64 { return float64(r.Excluded) }},
	{"skipped", "Files that are not for reading.", func(r *reindex.LastRun) float64 { return float64(r.Skipped) }},
	{"input_bytes", "Bytes of its documents.", func(r *reindex.LastRun) float64 { return float64(r.Bytes) }},
	{"peak_memory_bytes", "The most memory it had.", func(r *reindex.LastRun) float64 { return float64(r.PeakMemory) }},
}

// Describe implements prometheus.Collector. It describes nothing in advance: before the
// first run there are no metrics.
func (reindexing) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector. It collects nothing if the data folder
// cannot be read.
func (c reindexing) Collect(out chan<- prometheus.Metric) {
	send := func(name, help string, v float64, labels prometheus.Labels) {
		desc := prometheus.NewDesc("nghiquyet_reindex_"+name, help, nil, labels)
		out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, v)
	}
	last, running, err := lastRun(c.store)
	if err != nil || last == nil {
		return
	}
	if !last.Succeeded.IsZero() {
		send("last_success_timestamp_seconds", "When a reindex last ended without an error.", float64(last.Succeeded.UnixMilli())/1e3, nil)
	}
	active, result := 0.0, last.Result
	switch {
	case running:
		active = 1
	case !last.Underway.IsZero():
		result = "killed"
	}
	send("running", "1 while a reindex is under way, in whatever process.", active, nil)
	if result != "" {
		send("result", "1 for how the last reindex ended: committed, unchanged, held, failed or killed.", 1, prometheus.Labels{"result": result})
	}
	if last.Result == "" {
		return
	}
	for _, f := range reindexFigures {
		send(f.name, f.help, f.value(last), nil)
	}
}
