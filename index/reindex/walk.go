package reindex

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"nghiquyet/index/page"
	"nghiquyet/index/read"
)

// source is one input file, with its state when it was found.
type source struct {
	name  string // path as given, below the folder as given
	path  string // absolute
	rel   string // path inside the given folder, with slashes; empty for a file given by name
	id    string // key of the tree and rel: does not move with the folder
	size  int64  // bytes
	mtime time.Time
	inode uint64 // 0 when unknown
	named bool   // by the operator, not found in a folder
}

// tree is one path given to reindex, and what was found there.
type tree struct {
	name  string // as given
	root  string // absolute
	real  string // root with links resolved, of the first tree of a folder named twice
	base  string // its own name
	key   string // first part of the id of its files, see keySources
	file  bool   // the path is that of a file
	found []source
	// blocked are the paths inside (with slashes) that could not be looked at, or are
	// neither file nor folder, with the code of the reason.
	blocked map[string]string
	mounts  []string    // paths inside where another file system is mounted
	fresh   bool        // no earlier run knew this tree
	shared  bool        // files of it are in a tree before
	twin    *tree       // an earlier tree of the same folder, nil for none
	stat    fs.FileInfo // of the folder; nil for a file
	// excluded reports that patterns of the operator leave something out.
	excluded bool
}

// walker finds the input files in a stable order: the paths as given, folders
// in lexical order. It does not open files.
type walker struct {
	disk    disk
	exclude *excluder
	report  *Report
	trees   []*tree
	seen    map[string]bool // absolute paths, links resolved: a file named twice is read once
}

func (w *walker) walk(ctx context.Context, paths []string) error {
	w.seen = make(map[string]bool)
	for _, path := range paths {
		if err := w.tree(ctx, path); err != nil {
			return fmt.Errorf("read %s: %w", path, reason(err))
		}
	}
	return nil
}

// tree examines one path as given. A path that does not exist, or a folder that
// cannot be listed, is an error.
func (w *walker) tree(ctx context.Context, path string) error {
	st, err := w.disk.Stat(path) // a link given by name is meant
	if err != nil {
		return err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	real, err := resolved(path)
	if err != nil {
		return err
	}
	if !st.IsDir() {
		if !st.Mode().IsRegular() {
			return errors.New("neither file nor folder")
		}
		t := &tree{name: path, root: abs, real: real, base: filepath.Base(abs), file: true}
		w.trees = append(w.trees, t)
		w.add(t, source{name: filepath.Clean(path), path: abs, named: true}, st)
		return nil
	}
	t := &tree{name: path, root: abs, real: real, base: filepath.Base(real), stat: st}
	if i := slices.IndexFunc(w.trees, func(other *tree) bool { return !other.file && os.SameFile(st, other.stat) }); i >= 0 { // by a link, or by another mount point
		t.twin, t.real = w.trees[i], w.trees[i].real
	}
	w.trees = append(w.trees, t)
	return w.folder(ctx, t, t.real, "", 0)
}

// reason is the part of a path error that does not repeat the path.
func reason(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}

// folder lists the folder at the path rel inside a tree whose real root is real.
// parent is the device of the folder above.
func (w *walker) folder(ctx context.Context, t *tree, real, rel string, parent uint64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	at := filepath.Join(real, filepath.FromSlash(rel))
	on := parent
	if st, err := w.disk.Lstat(at); err == nil {
		on = device(st)
	}
	if rel != "" && on != parent {
		t.mounts = append(t.mounts, rel)
	}
	entries, err := w.disk.ReadDir(at)
	if err != nil && rel == "" {
		return err
	}
	if err != nil {
		w.lost(t, rel, err)
	}
	for _, d := range entries {
		if err := w.entry(ctx, t, real, strings.TrimPrefix(rel+"/"+d.Name(), "/"), d, on); err != nil {
			return err
		}
	}
	return nil
}

// entry examines the entry at the path rel inside a tree, in a folder on the device
// on.
func (w *walker) entry(ctx context.Context, t *tree, real, rel string, d fs.DirEntry, on uint64) error {
	at := filepath.Join(real, filepath.FromSlash(rel))
	name := filepath.Join(t.name, filepath.FromSlash(rel))
	switch {
	case w.exclude.excludes(rel, at):
		t.excluded = t.excluded || w.exclude.named(rel)
		w.report.exclude(Note{File: name, Code: codeExcluded})
	case strings.HasPrefix(d.Name(), "."):
		w.report.skip(Note{File: name, Code: codeHidden})
	case d.IsDir():
		return w.folder(ctx, t, real, rel, on)
	case d.Type()&fs.ModeSymlink != 0:
		w.link(t, real, rel)
	case !d.Type().IsRegular():
		t.block(rel, codeSpecial)
		w.report.skip(Note{File: name, Code: codeSpecial})
	case !isRead(at):
		w.report.skip(Note{File: name, Code: page.CodeUnsupported})
	default:
		st, err := w.disk.Lstat(at)
		if err != nil {
			w.lost(t, rel, err)
			return nil
		}
		abs := filepath.Join(t.root, filepath.FromSlash(rel))
		w.add(t, source{name: name, path: abs, rel: rel}, st)
	}
	return nil
}

// isRead reports whether a file is of a kind that is read.
func isRead(name string) bool {
	return read.Supported(name) && !read.SmallPicture(name) && !read.OtherXML(name)
}

// link reports a link found inside a folder. It is never followed: its target is
// either in the folder and read under its own name, or was not chosen by the
// operator.
func (w *walker) link(t *tree, real, rel string) {
	name := filepath.Join(t.name, filepath.FromSlash(rel))
	target, err := resolved(filepath.Join(real, filepath.FromSlash(rel)))
	switch {
	case errors.Is(err, fs.ErrNotExist): // it leads nowhere, perhaps to what is not mounted
		t.block(rel, codeRead)
		w.report.found(Note{File: name, Code: codeRead, Reason: reason(err).Error()})
	case err != nil:
		w.lost(t, rel, err)
	case target == real || strings.HasPrefix(target, strings.TrimSuffix(real, string(filepath.Separator))+string(filepath.Separator)):
		w.report.skip(Note{File: name, Code: codeLink})
	default:
		t.block(rel, codeOutside)
		w.report.found(Note{File: name, Code: codeOutside})
	}
}

func (w *walker) add(t *tree, s source, st fs.FileInfo) {
	at := filepath.Join(t.real, filepath.FromSlash(s.rel))
	if w.seen[at] {
		t.shared = true
		return
	}
	w.seen[at] = true
	w.report.Files.Found++
	s.size, s.mtime, s.inode = st.Size(), st.ModTime(), inode(st)
	t.found = append(t.found, s)
}

// lost reports an entry at the path rel that cannot be examined. It may still be there,
// or elsewhere: a folder may have been unmounted or renamed after it was listed.
func (w *walker) lost(t *tree, rel string, err error) {
	n := Note{File: filepath.Join(t.name, filepath.FromSlash(rel)), Code: codeRead, Reason: reason(err).Error()}
	if errors.Is(err, fs.ErrNotExist) {
		n.Code, n.Reason = codeGone, ""
	}
	t.block(rel, n.Code)
	w.report.found(n)
}

func (t *tree) block(rel, code string) {
	if t.blocked == nil {
		t.blocked = make(map[string]string)
	}
	t.blocked[rel] = code
}

// unmounted blocks the paths of a tree where an earlier run found a mounted file
// system, and now nothing is mounted and there is no file. mounts are the paths of
// the earlier run. They remain mount points for later runs.
func (t *tree) unmounted(mounts []string) (lost []string) {
	for _, m := range mounts {
		below := func(s source) bool { return strings.HasPrefix(s.rel, m+"/") }
		if !slices.Contains(t.mounts, m) && !slices.ContainsFunc(t.found, below) {
			t.block(m, codeEmptySource)
			lost = append(lost, m)
		}
	}
	t.mounts = append(t.mounts, lost...)
	return lost
}
