package bench

import (
	"fmt"
	"io"
	"runtime"
	"text/tabwriter"
	"time"
)

// Report has the results of a measurement.
type Report struct {
	Started    time.Time `json:"started"`
	Seconds    float64   `json:"seconds"`
	Machine    Machine   `json:"machine"`
	Corpus     Corpus    `json:"corpus"`
	Seed       uint64    `json:"seed"`
	Generation string    `json:"generation"`
	Indexing   *Indexing `json:"indexing,omitempty"` // nil if nothing was indexed
	Index      IndexSize `json:"index"`
	Opening    Opening   `json:"opening"`
	Latency    []Latency `json:"latency"`
	// Asking is the memory while queries ran.
	Asking Memory `json:"asking"`
}

// Machine describes the machine.
type Machine struct {
	Go    string `json:"go"`
	OS    string `json:"os"`
	Arch  string `json:"arch"`
	Cores int    `json:"cores"` // GOMAXPROCS
}

func machine() Machine {
	return Machine{runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0)}
}

// Corpus describes the indexed corpus.
type Corpus struct {
	Name    string `json:"name"`
	Docs    int    `json:"docs"`
	Text    int64  `json:"text_bytes"` // titles and texts
	Indexed int    `json:"indexed"`
}

// Rate is how fast something went. MB are 10⁶ bytes of text.
type Rate struct {
	Seconds float64 `json:"seconds"`
	Docs    float64 `json:"docs_per_second"`
	MB      float64 `json:"mb_per_second"`
}

// Indexing is how a generation came about.
type Indexing struct {
	Articles int `json:"articles"`
	Lessons  int `json:"lessons"`
	Rejected int `json:"rejected"`
	// Extract is for reading documents and extracting metadata, Build for making
	// and committing the index, Total for both.
	Extract Rate    `json:"extract"`
	Build   Rate    `json:"build"`
	Total   Rate    `json:"total"`
	CPU     float64 `json:"cpu_seconds"`    // of Total, all cores together
	Merge   float64 `json:"merge_seconds"`  // of Build
	Commit  float64 `json:"commit_seconds"` // of Build
	Memory  Memory  `json:"memory"`
}

// IndexSize is the size of a generation on disk.
type IndexSize struct {
	Bytes   int64   `json:"bytes"`
	PerText float64 `json:"per_text"` // Bytes ÷ Corpus.Text
}

// Opening has the times to open a generation, in milliseconds.
type Opening struct {
	First  float64 `json:"first_ms"`
	Median float64 `json:"median_ms"`
	Engine float64 `json:"engine_ms"` // time of the engine alone
}

// Print writes the report as a table for people.
func (r *Report) Print(w io.Writer) error {
	const mb = 1e6
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	row := func(name, format string, args ...any) {
		fmt.Fprintf(t, "%s\t%s\n", name, fmt.Sprintf(format, args...))
	}
	row("Kho (corpus)", "%s: %d văn bản, %.1f MB chữ", r.Corpus.Name, r.Corpus.Docs, float64(r.Corpus.Text)/mb)
	row("Máy (machine)", "%s %s/%s, %d lõi", r.Machine.Go, r.Machine.OS, r.Machine.Arch, r.Machine.Cores)
	if x := r.Indexing; x != nil {
		rate := func(name string, v Rate, more string) {
			row(name, "%.1f s · %.0f văn bản/s · %.2f MB/s%s", v.Seconds, v.Docs, v.MB, more)
		}
		rate("Bóc tách (extract)", x.Extract, "")
		rate("Lập chỉ mục (index)", x.Build, fmt.Sprintf(" (gộp %.1f s, ghi %.1f s)", x.Merge, x.Commit))
		rate("Tất cả (reindex)", x.Total, fmt.Sprintf(", CPU %.1f s", x.CPU))
		row("Bộ nhớ khi lập (memory)", "%.0f MB, riêng %.0f MB", float64(x.Memory.Resident)/mb, float64(x.Memory.Own)/mb)
	}
	row("Chỉ mục (index size)", "%.1f MB = %.2f × chữ", float64(r.Index.Bytes)/mb, r.Index.PerText)
	row("Mở (open)", "lần đầu %.0f ms, trung vị %.0f ms, riêng máy tìm %.0f ms", r.Opening.First, r.Opening.Median, r.Opening.Engine)
	row("Bộ nhớ khi hỏi (memory)", "%.0f MB, riêng %.0f MB", float64(r.Asking.Resident)/mb, float64(r.Asking.Own)/mb)
	if err := t.Flush(); err != nil {
		return err
	}

	names := map[string]string{}
	for _, s := range Scenarios {
		names[s.Name] = s.VI
	}
	fmt.Fprintln(t, "\nCâu hỏi (scenario)\t\tcách (way)\tlõi (cores)\tkhách (clients)\tlần (n)\tTB (mean)\tp50\tp95\tp99\t/s\thỏng (failed)")
	for _, l := range r.Latency {
		fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%d\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.0f\t%d\n",
			l.Scenario, names[l.Scenario], l.Way, l.Cores, l.Clients, l.Asked, l.Mean, l.P50, l.P95, l.P99, l.Rate, l.Failed)
	}
	return t.Flush()
}
