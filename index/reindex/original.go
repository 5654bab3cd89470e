package reindex

import (
	"path"
	"path/filepath"
	"strings"

	"nghiquyet/index"
)

// original says in which file of which source an article was read.
func (f *file) original(a *index.Article) {
	if a.Original == nil {
		return
	}
	o := *a.Original
	var rel string
	o.Source, rel, _ = strings.Cut(f.id, "/")
	if o.Path, o.Alone = rel, rel == ""; o.Alone {
		o.Path = path.Base(filepath.ToSlash(f.path))
	}
	a.Original = &o
}
