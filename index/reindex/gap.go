package reindex

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A gap is a folder that lacks files with documents. The files may have been deleted; or
// the folder was replaced by a copy that has not come to its end, and one of them appears
// while the run lasts. If other known files of the folder were written seconds ago, or
// created anew since they were last read, the run waits to see that.
type gap struct {
	tree   *tree
	at     string   // path of the folder in the tree, with slashes; "." for the tree itself
	files  []string // paths of the missing files in the tree
	remade bool     // another known file below the folder was written or created just now
}

// gaps returns the folders with missing files, except for files that are known to stay or
// to be left out. A file whose folder is missing too is missing in the folder above.
func (r *run) gaps(trees []*tree, last lastFiles) (gaps []*gap) {
	found := make(map[string]bool, len(r.files))
	for _, f := range r.files {
		found[f.id] = true
	}
	for _, t := range trees {
		if t.file || t.shared { // its files may be found as those of another tree
			continue
		}
		folders := map[string]string{".": "."} // the existing folder at or above each path
		byFolder := map[string]*gap{}
		for _, old := range last.bySource[t.key] {
			_, rel, _ := strings.Cut(old.Path, "/")
			if found[old.Path] || t.codeOf(old.Path) != "" || r.exclude.leavesOut(old.Path) {
				continue
			}
			at := r.existing(t, path.Dir(rel), folders)
			g := byFolder[at]
			if g == nil {
				g = &gap{tree: t, at: at}
				byFolder[at], gaps = g, append(gaps, g)
			}
			g.files = append(g.files, rel)
		}
		if len(byFolder) > 0 {
			r.markRemade(t, byFolder, last)
		}
	}
	return gaps
}

// existing returns the nearest folder that exists, at the path dir of a tree or above it.
// known has the answers so far.
func (r *run) existing(t *tree, dir string, known map[string]string) string {
	if at, ok := known[dir]; ok {
		return at
	}
	at := dir
	if st, err := r.disk.Lstat(t.path(dir)); err != nil || !st.IsDir() {
		at = r.existing(t, path.Dir(dir), known)
	}
	known[dir] = at
	return at
}

// path returns the path of a file or folder of a tree on disk.
func (t *tree) path(rel string) string { return filepath.Join(t.root, filepath.FromSlash(rel)) }

// markRemade marks the gaps of a tree, by their folders, below which a known file was
// written or created just now.
func (r *run) markRemade(t *tree, gaps map[string]*gap, last lastFiles) {
	for _, f := range r.files {
		if f.tree != t || last.byID[f.id] == nil || !f.remade() && r.report.Started.Sub(f.mtime) > r.Still {
			continue
		}
		for dir := path.Dir(f.rel); ; dir = path.Dir(dir) {
			if g := gaps[dir]; g != nil {
				g.remade = true
			}
			if dir == "." {
				break
			}
		}
	}
}

// remade reports whether another file had the name of a file when that was last read.
func (f *file) remade() bool {
	before := f.rec.Inode
	if f.was != nil {
		before = f.was.Inode
	}
	return before != 0 && f.inode != 0 && before != f.inode
}

// fill blocks the files of a gap if one of them has appeared since they were missing, so
// that all keep the documents of their last good reading.
func (r *run) fill(g *gap) {
	if !slices.ContainsFunc(g.files, func(rel string) bool { return r.isThere(g.tree, rel) }) {
		return
	}
	for _, rel := range g.files {
		g.tree.block(rel, codeUnfinished)
	}
	r.report.unread(Note{File: filepath.Join(g.tree.name, filepath.FromSlash(g.at)), Code: codeUnfinished})
}

// isThere reports whether a walk would find a file to read at the path rel of a tree.
func (r *run) isThere(t *tree, rel string) bool {
	for end := range ends(rel) {
		if r.exclude.excludes(rel[:end], t.path(rel[:end])) {
			return false
		}
	}
	st, err := r.disk.Lstat(t.path(rel))
	return err == nil && st.Mode().IsRegular() && isRead(t.path(rel))
}
