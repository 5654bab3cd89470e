package reindex

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"nghiquyet/index/register"
)

// replaces reports whether a tree is a file and the source was a folder with the files
// last, or the other way round. Those files are gone, so their documents leave; but a
// folder of documents is rarely replaced on purpose.
func (t *tree) replaces(last []*register.File) bool {
	return slices.ContainsFunc(last, func(f *register.File) bool { return (f.Path == t.key) != t.file })
}

// replaced looks for the files last of a tree in which a folder has become a file, or a
// file a folder: 2019 was a folder of documents and is now a file. If there is no document
// at that path any more, it is blocked, so that the documents of the last reading stay. If
// the file that replaces a folder has documents, or sources may be empty, the documents of
// the folder leave, and a note names the path. found are the IDs of the files that were
// found, withDocuments the IDs of files and folders with documents.
func (r *run) replaced(t *tree, last []*register.File, found map[string]bool, withDocuments func() map[string]bool) {
	at := func(rel string) string { return filepath.Join(t.root, filepath.FromSlash(rel)) }
	stats := map[string]fs.FileInfo{} // by path inside the tree; nil for a path that is gone
	seen := map[string]bool{}         // replaced paths
	for _, old := range last {
		_, rel, _ := strings.Cut(old.Path, "/")
		if found[old.Path] || t.codeOf(old.Path) != "" || r.exclude.leavesOut(old.Path) {
			continue
		}
		for end := range ends(rel) {
			path := rel[:end]
			st, known := stats[path]
			if !known {
				st, _ = r.disk.Lstat(at(path))
				stats[path] = st
			}
			if st == nil { // all below is gone too
				break
			}
			if st.IsDir() == (path != rel) {
				continue
			}
			if !seen[path] {
				seen[path] = true
				gives := r.AllowEmpty || withDocuments()[idOf(t.key, path)]
				if !gives {
					t.block(path, codeReplaced)
				}
				if !gives || !st.IsDir() {
					r.report.unread(Note{File: filepath.Join(t.name, filepath.FromSlash(path)), Code: codeReplaced})
				}
			}
			break
		}
	}
}

// pathsWithDocuments are the IDs of the files with documents and of the folders above.
func (r *run) pathsWithDocuments() map[string]bool {
	out := map[string]bool{}
	for _, f := range r.files {
		if len(f.rec.Docs) > 0 {
			for end := range ends(f.id) {
				out[f.id[:end]] = true
			}
		}
	}
	return out
}

// ends yields the end of each path that a path with slashes begins with, the shortest
// first: of a/b/c those of a, a/b and a/b/c.
func ends(path string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range path {
			if path[i] == '/' && !yield(i) {
				return
			}
		}
		yield(len(path))
	}
}
