package main

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"text/tabwriter"
)

func (r *report) print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "corpus %s: %d documents, %.1f MB of text; asked with %d core(s), top 10, one client\n\n",
		r.Corpus.Name, r.Corpus.Docs, float64(r.Corpus.Text)/1e6, r.Cores)
	if len(r.Indexing) > 0 {
		fmt.Fprintln(t, "indexing\tdocs\ts\tcpu s\tMB\t÷ text\tpeak MB\tpeak own MB")
		for _, x := range r.Indexing {
			fmt.Fprintf(t, "%s\t%d\t%.1f\t%.1f\t%.1f\t%.2f\t%.0f\t%.0f\n", x.Engine, x.Docs, x.Seconds, x.CPU,
				float64(x.Bytes)/1e6, x.PerText, float64(x.Memory.Resident)/1e6, float64(x.Memory.Own)/1e6)
		}
		fmt.Fprintln(t)
	}
	fmt.Fprintln(t, "questions\tengine\tn\tmean ms\tp50\tp95\tp99\t× mean\t× p50")
	for _, x := range r.Asking {
		fmt.Fprintf(t, "%s\t%s\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.1f\t%.1f\n",
			x.Scenario, x.Engine, x.Asked, x.Mean, x.P50, x.P95, x.P99, x.Ratio, x.RatioP50)
	}
	return t.Flush()
}

// sizeOf returns the bytes of the files in a folder.
func sizeOf(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}
