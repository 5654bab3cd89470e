package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"nghiquyet/index/generation"
)

func newBackup() *cobra.Command {
	var (
		flags indexFlags
		id    string
		over  bool
	)
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Sao lưu một thế hệ vào một tệp (tar.zst) trong khi vẫn phục vụ",
		Args:  usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := inFolder(&flags); err != nil {
				return err
			}
			r, err := flags.generation(id)
			if err != nil {
				return err
			}
			defer r.Close()
			if err := writeBackup(cmd, r, args[0], over); err != nil {
				return err
			}
			cmd.Printf("Đã sao lưu thế hệ %s (%d bài, %d bài học) vào %s.\n", r.ID, r.Articles, r.Lessons, args[0])
			return nil
		},
	}
	flags.add(cmd)
	cmd.Flags().BoolVar(&over, "overwrite", false, "ghi đè tệp đã có")
	cmd.Flags().StringVar(&id, "generation", "", "thế hệ cần sao lưu; mặc định là thế hệ hiện tại")
	return cmd
}

// inFolder rejects an engine whose generations are in a cluster.
func inFolder(f *indexFlags) error {
	e, err := f.get()
	if err == nil && e.cluster != nil {
		err = usagef("chỉ mục nằm trong cụm OpenSearch: hãy dùng ảnh chụp (snapshot) của OpenSearch, hoặc 'nghiquyet migrate'")
	}
	return err
}

// errExists refuses to overwrite a file.
var errExists = errors.New("the file exists")

// writeBackup leaves at path either the complete backup or the old file, which it
// replaces only if overwrite is set.
func writeBackup(cmd *cobra.Command, r *generation.Reader, path string, overwrite bool) error {
	if _, err := os.Lstat(path); err == nil && !overwrite {
		return fmt.Errorf("write backup %s: %w", path, errExists)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("write backup: %w", err)
	}
	defer os.Remove(f.Name()) // fails after the rename
	err = r.Backup(cmd.Context(), f)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if overwrite {
		return os.Rename(f.Name(), path)
	}
	err = os.Link(f.Name(), path) // fails if another process has made the file meanwhile
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("write backup %s: %w", path, errExists)
	}
	if err != nil { // a file system without links
		err = os.Rename(f.Name(), path)
	}
	return err
}

func newRestore() *cobra.Command {
	var flags indexFlags
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Khôi phục một bản sao lưu thành thế hệ hiện tại",
		Args:  usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := inFolder(&flags); err != nil {
				return err
			}
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			lock, err := flags.store.Lock()
			if err != nil {
				return err
			}
			defer lock.Unlock()
			m, err := lock.Restore(cmd.Context(), f)
			if err != nil {
				return err
			}
			cmd.Printf("Đã khôi phục thành thế hệ %s: %d bài, %d bài học, lập lúc %s.\n",
				m.ID, m.Articles, m.Lessons, clock(m.Created))
			return nil
		},
	}
	flags.add(cmd)
	return cmd
}
