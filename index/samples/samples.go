// Package samples contains data to index and show where there is no other: some
// sixty pages in the style of Vietnamese Party committees' portals, written for
// this project. Provinces, districts and the documents of the central bodies are
// real; every person and event is invented, and each page says so.
//
// The demo indexes them, tests of extraction and ranking read them. The file
// gold.json has, for each page, the facts that a careful reader finds in it, and in
// "trap" the difficulty that it tests. Each page tests another one.
//
// Not every page is tidy on purpose: dak-lak-2021-ca-phe-ben-vung.txt is NFD,
// lai-chau-2022-word.html is windows-1252 with numeric entities as Word saves it,
// cao-bang-2017-khong-dau.txt has no diacritics. Editors that normalise on saving
// spoil them; the test of this package notices.
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

// Pages returns only the sample pages: files in one flat folder.
func Pages() fs.FS {
	sub, err := fs.Sub(FS, "pages")
	if err != nil {
		panic(err) // the name is a constant: only a wrong embed directive gets here
	}
	return sub
}
