package reindex

import (
	"path"
	"path/filepath"
	"strings"

	"nghiquyet/index"
)

// original says in which file of which source an article was read. The path of a
// file attached to a letter is below that of the letter.
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
