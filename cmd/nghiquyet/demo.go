package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"nghiquyet/index/extract"
	"nghiquyet/index/generation"
	"nghiquyet/index/reindex"
	"nghiquyet/index/samples"
)

// indexSamples indexes the sample pages inside the binary into a scratch
// folder, makes that the data folder, and returns how to remove it.
func (f *indexFlags) indexSamples(ctx context.Context, cmd *cobra.Command) (remove func(), err error) {
	dir, err := os.MkdirTemp("", "nghiquyet-demo-*")
	if err != nil {
		return nil, fmt.Errorf("make scratch folder: %w", err)
	}
	remove = func() { _ = os.RemoveAll(dir) }
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
	if err := extraction(&cfg, extract.Config{}); err != nil {
		return nil, err
	}
	report, err := reindex.Run(ctx, cfg)
	if err != nil {
		return nil, errors.Join(errors.New("lập chỉ mục trang mẫu"), err)
	}
	cmd.PrintErrf("Đã lập chỉ mục %d trang mẫu, %d bài học.\n", report.Articles, report.Lessons)
	return remove, nil
}

// announceSamples prints on standard error that the samples will be indexed.
func announceSamples(cmd *cobra.Command) {
	files, _ := fs.ReadDir(samples.Pages(), ".") // inside the binary
	cmd.PrintErrf("Đang lập chỉ mục %d tệp mẫu vào thư mục tạm, mất vài giây…\n", len(files))
}

// orSamples makes a command use the samples if no data folder is configured and the
// default one has no index, and prints that on standard error. remove deletes the
// temporary index.
func (f *indexFlags) orSamples(ctx context.Context, cmd *cobra.Command) (remove func(), err error) {
	nothing := func() {}
	if f.engine != defaultEngine || originOf(cmd.Flag("data")) != fromDefault {
		return nothing, nil
	}
	set, err := f.generations()
	if err != nil {
		return nil, err
	}
	if _, err := set.Current(); !errors.Is(err, generation.ErrNone) {
		return nothing, nil // the command reports what is wrong
	}
	cmd.PrintErrf("Chưa có chỉ mục trong %s: trả lời từ các trang mẫu kèm chương trình. Lập chỉ mục của mình: nghiquyet reindex THƯ_MỤC\n", f.store.Dir)
	return f.indexSamples(ctx, cmd)
}
