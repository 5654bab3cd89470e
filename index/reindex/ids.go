package reindex

import (
	"encoding/json"
	"fmt"

	"nghiquyet/index"
)

// duplicatesFile in a generation lists the documents that its build refused because
// another one had the ID, and the files with copies of documents. Only a build finds
// these; a later run over the same documents reads the file.
const duplicatesFile = "duplicates.json"

func (r *run) keepDuplicates(b Build) error {
	if len(r.twice) == 0 {
		return nil
	}
	text, err := json.Marshal(r.twice)
	if err == nil {
		err = b.Attach(duplicatesFile, text)
	}
	if err != nil {
		return fmt.Errorf("write down duplicates: %w", err)
	}
	return nil
}

// duplicates reports what the build of a generation refused.
func (r *run) duplicates(id string) {
	var notes []Note
	b, err := r.fileOf(id, duplicatesFile)
	if b != nil && err == nil {
		err = json.Unmarshal(b, &notes)
	}
	if err != nil {
		r.Log.Warn("duplicates not read", "error", err)
	}
	for _, n := range notes {
		if n.Code == codeCopy {
			r.report.copied(n)
		} else {
			r.report.reject(n)
		}
	}
}

// copies are notes on files with lines that have the ID and the content of a line
// read before: one note for each two files. They are not errors: the document is in
// the index.
type copies []Note

func (c *copies) add(f, first *file) {
	reason := fmt.Sprintf("%s: %s", reasons[codeCopy].vi, first.name)
	// The file at hand is the last one in the list, with few others before it.
	for i := len(*c) - 1; i >= 0 && (*c)[i].File == f.name; i-- {
		if n := &(*c)[i]; n.Reason == reason {
			n.Count++
			return
		}
	}
	if len(*c) < maxNotes {
		*c = append(*c, Note{File: f.name, Code: codeCopy, Reason: reason, Count: 1})
	}
}

// idSet has the IDs already used, each with the place of its first use.
type idSet map[string]place

type place struct {
	file *file
	line int
}

func (p place) String() string {
	if p.line > 0 {
		return fmt.Sprintf("%s:%d", p.file.name, p.line)
	}
	return p.file.name
}

// claim adds the IDs of an article and its lessons, unless another article has one
// of them.
func (s idSet) claim(a *index.Article, f *file, line int) (first place, ok bool) {
	units := a.Units()
	for _, u := range units {
		if first, taken := s[u.ID()]; taken {
			return first, false
		}
	}
	for _, u := range units {
		s[u.ID()] = place{f, line}
	}
	return place{}, true
}
