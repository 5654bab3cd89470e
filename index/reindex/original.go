package reindex

import (
	"path"
	"path/filepath"
	"strings"

	"nghiquyet/index"
)

// original sets the file and the source from which an article was read. A file
// attached to a letter has a path below the letter's.
func (f *file) original(a *index.Article, part string) {
	if a.Original == nil {
		return
	}
	o := *a.Original
	var rel string
	o.Source, rel, _ = strings.Cut(f.id, "/")
	if o.Path, o.Alone = rel, rel == ""; o.Alone {
		o.Path = path.Base(filepath.ToSlash(f.path))
	}
	o.Path = path.Join(o.Path, part)
	a.Original = &o
}
