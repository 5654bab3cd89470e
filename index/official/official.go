// Package official lists the kinds of official documents and the bodies that issue
// them. Both are text files that staff can edit, data/kinds.txt and
// data/bodies.txt, whose heads describe each field; they are read once.
// index/docnumber uses them for citations, index/places for bodies of the whole
// country, index/extract for mastheads. The package itself only provides the rows.
// Lists of index/places and index/extract have the same form and are read by [Rows]
// and [Lines].
package official

import (
	"embed"
	"fmt"
	"iter"
	"slices"
	"strings"
)

//go:embed data/*.txt
var files embed.FS

// Kind is one name of a kind of document.
type Kind struct {
	Name    string   // as printed: Chương trình hành động
	Kind    string   // the kind that is counted: Chương trình; "" if no masthead has this name
	Cited   []string // abbreviations in cited numbers; keys have the first
	Cites   bool     // citations use the name
	Head    []string // abbreviations in the number below a masthead with the name; "-QĐ" only in the Party's form
	English []string // names in translations
}

// OfParty reports whether only a number in the Party's form belongs to a masthead of the
// kind.
func (k Kind) OfParty() bool {
	isOther := func(abbr string) bool { return abbr[0] != '-' }
	return len(k.Head) > 0 && !slices.ContainsFunc(k.Head, isOther)
}

// Body is one name of an issuing body.
type Body struct {
	Name    string // as printed: Bộ Chính trị
	Symbol  string // what a citation of its documents has in a key: TW; "" if the kind decides
	Country string // "bare" or "strong" for a body of the whole country, else ""
	Spelled bool   // a masthead in capitals may be written so in running text
}

// Kinds returns the rows of data/kinds.txt in their order.
func Kinds() []Kind {
	var out []Kind
	for _, f := range Rows(files, "data/kinds.txt", 5, ".") {
		k := Kind{Name: f[0], Kind: f[1], Cites: f[2] != "-", English: split(f[4], "; ")}
		switch f[1] {
		case "=":
			k.Kind = k.Name
		case "-":
			k.Kind = ""
		}
		if k.Cites {
			k.Cited = strings.Fields(f[2])
		}
		if k.Head = strings.Fields(f[3]); f[3] == "=" {
			k.Head = k.Cited
		}
		out = append(out, k)
	}
	return out
}

// Bodies returns the rows of data/bodies.txt in their order.
func Bodies() []Body {
	var out []Body
	for _, f := range Rows(files, "data/bodies.txt", 4, ".") {
		out = append(out, Body{Name: f[0], Symbol: f[1], Country: f[2], Spelled: f[3] == "spelled"})
	}
	return out
}

// Rows returns the fields of the lines of an embedded file, which tabs part; a field
// that is as empty is "". A mistake in the file is a mistake in the program, which
// tests find.
func Rows(files embed.FS, name string, fields int, empty string) (out [][]string) {
	for line := range Lines(files, name) {
		f := strings.Split(line, "\t")
		if len(f) != fields {
			panic(fmt.Sprintf("%s: %q has %d fields, want %d", name, line, len(f), fields))
		}
		for i := range f {
			if f[i] == empty {
				f[i] = ""
			}
		}
		out = append(out, f)
	}
	return out
}

// Lines yields the lines of an embedded file that are not empty and no comments, which
// begin with #.
func Lines(files embed.FS, name string) iter.Seq[string] {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err) // a file that the program names is in it
	}
	return func(yield func(string) bool) {
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimRight(line, "\r\n"); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

func split(s, sep string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, sep)
}
