package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"nghiquyet/index/reindex"
	"nghiquyet/index/samples"
)

// indexSamples indexes the sample pages inside the binary into a scratch
// folder, makes that the data folder, and returns how to remove it.
func (f *serveFlags) indexSamples(ctx context.Context, cmd *cobra.Command) (remove func(), err error) {
	dir, remove, err := scratch()
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			remove()
		}
	}()
	pages := filepath.Join(dir, "samples")
	if err := os.CopyFS(pages, samples.Pages()); err != nil {
		return nil, err
	}
	f.store.Dir = filepath.Join(dir, "data")
	cfg := reindex.Config{Paths: []string{pages}, Log: logger(cmd)}
	if err := f.target(&cfg); err != nil {
		return nil, err
	}
	if err := extraction(&cfg, 0); err != nil {
		return nil, err
	}
	report, err := reindex.Run(ctx, cfg)
	if err != nil {
		return nil, errors.Join(errors.New("lập chỉ mục trang mẫu"), err)
	}
	cmd.Printf("Đã lập chỉ mục %d trang mẫu, %d bài học.\n", report.Articles, report.Lessons)
	return remove, nil
}
