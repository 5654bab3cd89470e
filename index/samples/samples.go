// Package samples answers: what can be indexed and shown where there is no
// data yet? It contains some sixty pages in the manner of Vietnamese Party
// committees' portals, written for this project: provinces, districts and the
// documents of the central bodies are real, every person and affair is
// invented, and each page says so.
//
// The demo indexes them, tests of extraction and ranking read them. What a
// careful reader takes from each page is in gold.json beside this file, with
// the trap it sets in "trap"; a page without a trap of its own is not needed.
//
// Not every page is tidy on purpose: dak-lak-2021-ca-phe-ben-vung.txt is NFD,
// lai-chau-2022-word.html is windows-1252 with numeric entities as Word saves
// it, cao-bang-2017-khong-dau.txt has no diacritics. Editors that normalise on
// saving spoil them; the test of this package notices.
package samples

import (
	"embed"
	"io/fs"
)

// FS contains the folder pages. An article's ID is the name of its file without
// the extension, or the id of its line in JSON Lines.
//
//go:embed pages
var FS embed.FS

// Pages returns the sample pages alone: files in one flat folder.
func Pages() fs.FS {
	sub, err := fs.Sub(FS, "pages")
	if err != nil {
		panic(err) // the name is a constant: only a wrong embed directive gets here
	}
	return sub
}
