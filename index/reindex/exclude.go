package reindex

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// builtinExcludes are never read inside a folder: deleted files, previews and
// snapshots of file servers, and temporary files of programs. They are patterns for
// one name, in lower case.
var builtinExcludes = []string{
	"#recycle", "@recycle", "$recycle.bin", "recycler", "recycled", ".trash*", ".recycle*", // deleted files
	"@eadir", "#snapshot", ".snapshot*", ".zfs", "system volume information", "lost+found", "__macosx",
	"~$*", ".~lock.*", ".~*", "*.lock", "*.lck", // open in an office program
	"*~", "*.tmp", "*.temp", "*.swp", "*.swx", "*.part", "*.partial", "*.crdownload", "*.filepart", ".nfs*", "~*.tmp",
	"thumbs.db", "desktop.ini",
}

// excluder decides which files and folders inside a folder are not read.
type excluder struct {
	globs []string // of the operator
	paths []string // absolute, with links resolved: the data folder, the report
}

// CheckExcludes returns an error for a pattern that cannot be meant.
func CheckExcludes(globs []string) error {
	for _, g := range globs {
		if !doublestar.ValidatePattern(g) {
			return fmt.Errorf("exclude %q: not a pattern", g)
		}
	}
	return nil
}

func newExcluder(globs []string, own ...string) *excluder {
	x := &excluder{globs: globs}
	for _, name := range own {
		if name == "" {
			continue
		}
		abs, err := filepath.Abs(name)
		if err != nil {
			continue
		}
		x.paths = append(x.paths, abs)
		if real, err := filepath.EvalSymlinks(abs); err == nil && real != abs {
			x.paths = append(x.paths, real)
		}
	}
	return x
}

// excludes reports whether the file or folder at the path rel (with slashes) inside
// a folder, absolute abs, is not read. A pattern without a slash matches a name at
// any depth, one with a slash the path inside the folder.
func (x *excluder) excludes(rel, abs string) bool {
	name := strings.ToLower(path.Base(rel))
	builtin := slices.ContainsFunc(builtinExcludes, func(g string) bool { return doublestar.MatchUnvalidated(g, name) })
	return builtin || slices.Contains(x.paths, abs) || x.named(rel)
}

// leavesOut reports whether a pattern of the operator is for the file of an id, or
// for a folder that it is in.
func (x *excluder) leavesOut(id string) bool {
	_, rel, _ := strings.Cut(id, "/")
	for ; rel != "" && rel != "."; rel = path.Dir(rel) {
		if x.named(rel) {
			return true
		}
	}
	return false
}

// named reports whether a pattern of the operator is for the path rel.
func (x *excluder) named(rel string) bool {
	return slices.ContainsFunc(x.globs, func(g string) bool {
		of := path.Base(rel)
		if strings.Contains(strings.TrimSuffix(g, "/"), "/") {
			of = rel
		}
		return doublestar.MatchUnvalidated(strings.Trim(g, "/"), of)
	})
}

// resolved is the absolute path of a folder with its links resolved.
func resolved(name string) (string, error) {
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return "", err
	}
	return filepath.Abs(real)
}
