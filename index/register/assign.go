package register

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"nghiquyet/index"
)

// Reading is one file of a run, before its documents have IDs.
type Reading struct {
	Path string
	Docs []Read
}

// Read is one document of a file, as read.
type Read struct {
	// ID is the supplied ID, or one made of the file's name.
	ID      string
	Line    int    // as [Doc.Line]
	Part    string // as [Doc.Part]
	Content Hash
}

// Given is the ID of a document in the next generation.
type Given struct {
	ID string
	// Indexed, Entered and Updated are as in [Doc].
	Indexed, Entered, Updated time.Time
	// Twice is the place to which the ID was given before, for a document that is
	// refused because another one has its supplied ID; else File is -1.
	Twice Place
}

// Place is a document among the readings.
type Place struct{ File, Doc int }

// known is a document that a register names.
type known struct {
	*Doc
	path  string // as pathOf
	live  bool
	there bool  // its file is among the readings
	given bool  // its id was given in this run
	to    Place // where given
}

// assigner assigns IDs.
type assigner struct {
	at       time.Time
	known    []known
	byID     map[string]int32  // in known
	byPath   map[string]int32  // in known, by pathOf, of documents without a line
	moved    map[Hash][]int32  // of those, files that no longer exist
	other    map[string][]*Doc // ids with other content, in the history
	given    map[string]Place  // ids that no register names
	readings []Reading
	out      [][]Given
}

// Assign gives every document of a run an ID. at is the time of the run.
//
//  1. An ID stays with its file: a file that is one document, and a file attached
//
// to a letter, keep their ID, also when they come back after they were gone. A line
// that had its supplied ID before has priority over a line of another file with the
// same one.
//  2. A new file with the content of a file that is gone in this run was renamed or
//
// moved: it keeps the ID.
//  3. Another new file gets the ID of its name. If a document has that ID, is
//
// remembered with it or comes before, a suffix made of the path is added.
//  4. A line whose supplied ID belongs to another document is refused.
//
// prev is the register of the generation before, nil for none. history are
// registers of other generations, such as one from which a person rolled back: IDs
// that they remember count too, but not as being in the index.
func Assign(at time.Time, readings []Reading, prev *Register, history ...*Register) [][]Given {
	n := prev.Docs()
	a := &assigner{at: at, readings: readings, known: make([]known, 0, n), byID: make(map[string]int32, n), byPath: make(map[string]int32, n),
		other: map[string][]*Doc{}, given: map[string]Place{}}
	if prev != nil {
		a.learn(prev, true)
	}
	for _, r := range history {
		a.learn(r, false)
	}
	a.findMoved()
	a.out = make([][]Given, len(readings))
	var later []Place
	for i, r := range readings {
		a.out[i] = make([]Given, len(r.Docs))
		for j := range r.Docs {
			if at := (Place{i, j}); !a.keeps(at) {
				later = append(later, at)
			}
		}
	}
	for _, at := range later {
		a.newcomer(at)
	}
	return a.out
}

// learn adds the IDs of a register. The first entry for an ID stays, but takes an
// earlier day of arrival.
func (a *assigner) learn(r *Register, live bool) {
	add := func(d *Doc, file string, live bool) {
		path := pathOf(file, d.Part)
		i, ok := a.byID[d.ID]
		if !ok {
			i = int32(len(a.known))
			a.known = append(a.known, known{Doc: d, path: path, live: live})
			a.byID[d.ID] = i
		}
		k := &a.known[i]
		if k.path != path {
			return
		}
		if ok && d.Content != k.Content {
			a.other[d.ID] = append(a.other[d.ID], d)
		}
		if ok && d.Indexed.Before(k.Indexed) {
			older := *k.Doc
			older.Indexed = d.Indexed
			k.Doc = &older
		}
		if _, ok := a.byPath[path]; !ok && d.Line == 0 {
			a.byPath[path] = i
		}
	}
	for f, d := range r.All() {
		add(d, f.Path, live)
	}
	for i := len(r.Gone) - 1; i >= 0; i-- {
		add(&r.Gone[i].Doc, r.Gone[i].Path, false)
	}
}

// findMoved lists the documents in the generation before whose files no longer exist.
func (a *assigner) findMoved() {
	for i := range a.readings {
		r := &a.readings[i]
		for _, path := range r.paths() {
			if k, ok := a.byPath[path]; ok {
				a.known[k].there = true
			}
		}
	}
	a.moved = map[Hash][]int32{}
	for i := range a.known {
		if k := &a.known[i]; k.live && !k.there && k.Line == 0 {
			a.moved[k.Content] = append(a.moved[k.Content], int32(i))
		}
	}
}

// pathOf returns the name of a document without a line: the path of its file,
// followed by its own name if it is attached to a letter.
func pathOf(file, part string) string {
	if part == "" {
		return file
	}
	return file + "\x00" + part
}

// paths returns the names of the documents of a file, and the path of the file.
func (r *Reading) paths() []string {
	paths := []string{r.Path}
	for _, d := range r.Docs {
		if d.Part != "" {
			paths = append(paths, pathOf(r.Path, d.Part))
		}
	}
	return paths
}

func (a *assigner) read(at Place) (*Reading, *Read) {
	r := &a.readings[at.File]
	return r, &r.Docs[at.Doc]
}

// keeps gives a document the ID that it had, if it had one.
func (a *assigner) keeps(at Place) bool {
	r, d := a.read(at)
	var k *known
	if d.Line == 0 {
		if i, ok := a.byPath[pathOf(r.Path, d.Part)]; ok {
			k = &a.known[i]
		}
	} else if i, ok := a.byID[d.ID]; ok && a.known[i].live && a.known[i].path == r.Path && a.known[i].Line > 0 {
		k = &a.known[i]
	}
	if k == nil || k.given {
		return false
	}
	a.give(at, k.ID, k)
	return true
}

// place returns to which document of this run an ID was given.
func (a *assigner) place(id string) (Place, bool) {
	if i, ok := a.byID[id]; ok {
		return a.known[i].to, a.known[i].given
	}
	at, ok := a.given[id]
	return at, ok
}

// newcomer gives a new ID to a document.
func (a *assigner) newcomer(at Place) {
	r, d := a.read(at)
	if d.Line > 0 {
		if first, ok := a.place(d.ID); ok {
			a.out[at.File][at.Doc] = Given{ID: d.ID, Twice: first}
			return
		}
		var k *known
		if i, ok := a.byID[d.ID]; ok {
			k = &a.known[i]
		}
		a.give(at, d.ID, k) // supplied: the source is responsible for it
		return
	}
	if gone := a.moved[d.Content]; len(gone) > 0 && d.Content != (Hash{}) {
		a.moved[d.Content] = gone[1:]
		if k := &a.known[gone[0]]; !k.given {
			a.give(at, k.ID, k)
			return
		}
	}
	id, path := d.ID, pathOf(r.Path, d.Part)
	for n := 0; a.taken(id, path); n++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", path, n))
		suffix := "-" + hex.EncodeToString(sum[:4])
		id = strings.ToValidUTF8(d.ID[:min(len(d.ID), index.MaxIDBytes-len(suffix))], "") + suffix
	}
	a.give(at, id, nil)
}

// taken reports whether an id is no more to be had for a new file.
func (a *assigner) taken(id, path string) bool {
	if i, ok := a.byID[id]; ok {
		return a.known[i].given || a.known[i].path != path
	}
	_, ok := a.given[id]
	return ok
}

// give gives a document an ID, which k describes if a register has it.
func (a *assigner) give(at Place, id string, k *known) {
	_, d := a.read(at)
	g := Given{ID: id, Indexed: a.at, Entered: a.at, Updated: a.at, Twice: Place{File: -1}}
	if k == nil {
		a.given[id] = at
		a.out[at.File][at.Doc] = g
		return
	}
	k.given, k.to = true, at
	g.Indexed = k.Indexed
	if k.live {
		g.Entered = k.Entered
	}
	if k.Content == d.Content {
		g.Updated = k.Updated
	} else {
		for _, other := range a.other[id] { // a generation that was gone back from had it
			if other.Content == d.Content {
				g.Updated = other.Updated
			}
		}
	}
	a.out[at.File][at.Doc] = g
}
