package register

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"nghiquyet/index"
)

// Reading is what a run knows of one file when it gives out ids.
type Reading struct {
	Path string
	Docs []Read
}

// Read is one document of a file as it was read.
type Read struct {
	// ID is the one that was supplied, or made of the file's name.
	ID      string
	Line    int // as [Doc.Line]
	Content Hash
}

// Given is what a document is called in the next generation.
type Given struct {
	ID string
	// Indexed, Entered and Updated are as in [Doc].
	Indexed, Entered, Updated time.Time
	// Twice is where the id was given before, where the document is refused
	// because it was supplied with an id that another has; File is -1 otherwise.
	Twice Place
}

// Place is a document among the readings.
type Place struct{ File, Doc int }

// known is a document that a register names.
type known struct {
	*Doc
	path string
	live bool
}

// assigner gives out ids.
type assigner struct {
	at       time.Time
	byID     map[string]known
	byPath   map[string]known  // of files that are one document
	moved    map[Hash][]known  // of those, files that are there no more
	other    map[string][]*Doc // the same ids with other content, in the history
	given    map[string]Place
	readings []Reading
	out      [][]Given
}

// Assign gives every document of a run at the time at its id:
//
//  1. An id stays with its file: a file that is one document keeps the id it
//     had, also when it comes back after it was gone; a line with a supplied id
//     goes before a line of another file with the same one.
//  2. A file that is new where another of the same content went in the same run
//     was renamed or moved: it keeps the id.
//  3. A new file gets the id of its name, or where a document has that id, is
//     remembered with it or comes before, that id with a suffix of its path.
//  4. A line whose supplied id another document has is refused.
//
// Prev is the register of the generation before, nil for none. History are
// registers of other generations, such as the one that a person went back from:
// what they remember of an id counts as well, but not as being in the index.
func Assign(at time.Time, readings []Reading, prev *Register, history ...*Register) [][]Given {
	a := &assigner{at: at, byID: map[string]known{}, byPath: map[string]known{}, given: map[string]Place{}, other: map[string][]*Doc{}, readings: readings}
	if prev != nil {
		a.learn(prev, true)
	}
	for _, r := range history {
		a.learn(r, false)
	}
	a.findMoved(prev)
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

// learn takes note of what a register names. What was learned first stays, but
// for an earlier day of arrival.
func (a *assigner) learn(r *Register, live bool) {
	add := func(d *Doc, path string, live bool) {
		k := known{d, path, live}
		old, ok := a.byID[d.ID]
		switch {
		case !ok:
			a.byID[d.ID] = k
		case old.path != path:
		case d.Indexed.Before(old.Indexed):
			older := *old.Doc
			older.Indexed = d.Indexed
			old.Doc = &older
			a.byID[d.ID] = old
			fallthrough
		case d.Content != old.Content:
			a.other[d.ID] = append(a.other[d.ID], d)
		}
		if _, ok := a.byPath[path]; !ok && d.Line == 0 && a.byID[d.ID].path == path {
			a.byPath[path] = a.byID[d.ID]
		}
	}
	for i := range r.Files {
		for j := range r.Files[i].Docs {
			add(&r.Files[i].Docs[j], r.Files[i].Path, live)
		}
	}
	for i := len(r.Gone) - 1; i >= 0; i-- {
		add(&r.Gone[i].Doc, r.Gone[i].Path, false)
	}
}

// findMoved lists what the generation before had of files that are there no more.
func (a *assigner) findMoved(prev *Register) {
	a.moved = map[Hash][]known{}
	if prev == nil {
		return
	}
	there := make(map[string]bool, len(a.readings))
	for _, r := range a.readings {
		there[r.Path] = true
	}
	for i := range prev.Files {
		f := &prev.Files[i]
		if there[f.Path] || len(f.Docs) != 1 || f.Docs[0].Line > 0 {
			continue
		}
		d := &f.Docs[0]
		a.moved[d.Content] = append(a.moved[d.Content], a.byID[d.ID])
	}
}

func (a *assigner) read(at Place) (*Reading, *Read) {
	r := &a.readings[at.File]
	return r, &r.Docs[at.Doc]
}

// keeps gives a document the id that it had, if it had one.
func (a *assigner) keeps(at Place) bool {
	r, d := a.read(at)
	k, ok := a.byPath[r.Path]
	if d.Line > 0 {
		k, ok = a.byID[d.ID]
		ok = ok && k.live && k.path == r.Path && k.Line > 0
	}
	if _, twice := a.given[k.idOr(d.ID)]; !ok || twice {
		return false
	}
	a.give(at, k.ID, k)
	return true
}

func (k known) idOr(id string) string {
	if k.Doc == nil {
		return id
	}
	return k.ID
}

// newcomer gives a document an id that it did not have.
func (a *assigner) newcomer(at Place) {
	r, d := a.read(at)
	if d.Line > 0 {
		if first, ok := a.given[d.ID]; ok {
			a.out[at.File][at.Doc] = Given{ID: d.ID, Twice: first}
			return
		}
		a.give(at, d.ID, a.byID[d.ID]) // supplied: its owner knows what it names
		return
	}
	if gone := a.moved[d.Content]; len(gone) > 0 && d.Content != (Hash{}) {
		a.moved[d.Content] = gone[1:]
		if _, taken := a.given[gone[0].ID]; !taken {
			a.give(at, gone[0].ID, gone[0])
			return
		}
	}
	id := d.ID
	for n := 0; a.taken(id, r.Path); n++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", r.Path, n))
		suffix := "-" + hex.EncodeToString(sum[:4])
		id = strings.ToValidUTF8(d.ID[:min(len(d.ID), index.MaxIDBytes-len(suffix))], "") + suffix
	}
	a.give(at, id, known{})
}

// taken reports whether an id is no more to be had for a new file.
func (a *assigner) taken(id, path string) bool {
	if _, ok := a.given[id]; ok {
		return true
	}
	k, ok := a.byID[id]
	return ok && k.path != path
}

func (a *assigner) give(at Place, id string, k known) {
	_, d := a.read(at)
	a.given[id] = at
	g := Given{ID: id, Indexed: a.at, Entered: a.at, Updated: a.at, Twice: Place{File: -1}}
	if k.Doc != nil {
		g.Indexed = k.Indexed
		if k.live {
			g.Entered = k.Entered
		}
		if k.Content == d.Content {
			g.Updated = k.Updated
		}
		for _, other := range a.other[id] { // a generation that was gone back from had it
			if k.Content != d.Content && other.Content == d.Content {
				g.Updated = other.Updated
			}
		}
	}
	a.out[at.File][at.Doc] = g
}
