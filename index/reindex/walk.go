package reindex

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"nghiquyet/index/page"
	"nghiquyet/index/read"
)

// source is one input file as it stood when it was found.
type source struct {
	name  string // path as given, below the folder as given
	path  string // absolute
	id    string // path inside the given folder, with the folder's own name in front: does not move with it
	size  int64  // bytes
	mtime time.Time
	given bool // named by the operator, not found in a folder
}

// walker finds the input files in a stable order: the paths as given, folders
// in lexical order. It does not open files.
type walker struct {
	sources []source
	report  *Report
	seen    map[string]bool // absolute paths: a file named twice is read once
}

func (w *walker) walk(ctx context.Context, paths []string) error {
	w.seen = make(map[string]bool)
	for _, path := range paths {
		st, err := os.Stat(path) // a link given by name is meant
		if err != nil {
			return fmt.Errorf("read %s: %w", path, reason(err))
		}
		if !st.IsDir() {
			if !st.Mode().IsRegular() {
				return fmt.Errorf("read %s: neither file nor folder", path)
			}
			w.add(filepath.Clean(path), filepath.Base(path), st, true)
			continue
		}
		if err := w.folder(ctx, path); err != nil {
			return err
		}
	}
	return nil
}

// reason is the part of a path error that does not repeat the path.
func reason(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

func (w *walker) folder(ctx context.Context, root string) error {
	real, err := filepath.EvalSymlinks(root)
	if err != nil {
		return fmt.Errorf("read %s: %w", root, reason(err))
	}
	abs, err := filepath.Abs(real)
	if err != nil {
		return fmt.Errorf("read %s: %w", root, err)
	}
	return filepath.WalkDir(real, func(path string, d fs.DirEntry, err error) error {
		rel, e := filepath.Rel(real, path)
		if e != nil {
			return e
		}
		name := filepath.Join(root, rel)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && rel == ".":
			return fmt.Errorf("read %s: %w", root, reason(err))
		case err != nil: // a folder that cannot be listed or is just gone
			w.lost(Note{File: name, Code: codeRead, Reason: reason(err).Error()})
			return nil
		case rel == ".":
			return nil
		case strings.HasPrefix(d.Name(), "."):
			w.report.skip(Note{File: name, Code: codeHidden})
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			w.link(abs, name, path)
			return nil
		case !d.Type().IsRegular():
			w.report.skip(Note{File: name, Code: codeSpecial})
			return nil
		case !read.Supported(name):
			w.report.skip(Note{File: name, Code: page.CodeUnsupported})
			return nil
		}
		st, err := d.Info()
		if err != nil {
			w.lost(Note{File: name, Code: codeRead, Reason: reason(err).Error()})
			return nil
		}
		w.add(name, filepath.Join(filepath.Base(abs), rel), st, false)
		return nil
	})
}

// link never follows a link found inside a folder: what it leads to is either
// in the folder and read under its own name, or none of the operator's choice.
func (w *walker) link(root, name, path string) {
	target, err := filepath.EvalSymlinks(path)
	if err == nil {
		target, err = filepath.Abs(target)
	}
	switch {
	case err != nil:
		w.lost(Note{File: name, Code: codeRead, Reason: reason(err).Error()})
	case target == root || strings.HasPrefix(target, strings.TrimSuffix(root, string(filepath.Separator))+string(filepath.Separator)):
		w.report.skip(Note{File: name, Code: codeLink})
	default:
		w.lost(Note{File: name, Code: codeOutside})
	}
}

func (w *walker) add(name, id string, st fs.FileInfo, given bool) {
	abs, err := filepath.Abs(name)
	if err != nil {
		abs = name
	}
	if w.seen[abs] {
		return
	}
	w.seen[abs] = true
	w.report.Files.Found++
	w.sources = append(w.sources, source{name, abs, filepath.ToSlash(id), st.Size(), st.ModTime(), given})
}

// lost reports a file that was found and cannot be looked at.
func (w *walker) lost(n Note) {
	w.report.Files.Found++
	w.report.Files.Rejected++
	w.report.reject(n)
}
