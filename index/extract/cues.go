package extract

import (
	"embed"
	"io/fs"
	"strings"

	"nghiquyet/index/official"
	"nghiquyet/index/page"
)

// The words that rules look for are in text files that staff can edit, one per
// subject; the head of each file describes its format. Go code defines how a rule
// uses a list.
//
//go:embed data/*.txt
var cueFiles embed.FS

// cueLists are the lists of all files by "file/list".
var cueLists = loadCues()

// loadCues reads every file but furniture.txt, which has a form of its own.
func loadCues() map[string][]string {
	lists := map[string][]string{}
	names, err := fs.Glob(cueFiles, "data/*.txt")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		list, file := "", strings.TrimSuffix(strings.TrimPrefix(name, "data/"), ".txt")
		for line := range official.Lines(cueFiles, name) {
			switch {
			case file == "furniture":
			case line[0] == '[' && strings.HasSuffix(line, "]"):
				list = file + "/" + line[1:len(line)-1]
			default:
				lists[list] = append(lists[list], strings.ReplaceAll(line, "_", " "))
			}
		}
	}
	return lists
}

// printed returns a list as it is written in its file.
func printed(list string) []string {
	entries := cueLists[list]
	if entries == nil {
		panic("extract: no list " + list) // a slip in our own files
	}
	return entries
}

// cues returns a list folded, for rules that compare folded text.
func cues(list string) []string {
	var out []string
	for _, entry := range printed(list) {
		out = append(out, page.Fold(entry))
	}
	return out
}

// setOf makes a set of a list.
func setOf(entries []string) map[string]bool {
	set := map[string]bool{}
	for _, entry := range entries {
		set[entry] = true
	}
	return set
}
