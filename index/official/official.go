// Package official answers: which kinds of official documents are there, and
// which bodies issue them? Two text files that staff can edit, data/kinds.txt
// and data/bodies.txt, are read once; their heads say what each field means.
// Readers take the rows that concern them: index/docnumber reads citations by
// them, index/places recognises bodies of the whole country, index/extract reads
// mastheads. The package compares nothing and knows no text but its own.
package official

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed data/*.txt
var files embed.FS

// Kind is a kind of document by one name of it.
type Kind struct {
	Name    string   // as printed: Chương trình hành động
	Kind    string   // what it is counted as: Chương trình; "" when no masthead is recognised by the name
	Cited   []string // abbreviations in cited numbers, the one of keys first
	Cites   bool     // citations use the name
	Head    []string // abbreviations in the number below such a masthead; "-QĐ" in the Party's form only
	English []string // names in translations
}

// Body is an issuing body by one way of writing it.
type Body struct {
	Name    string // as printed: Bộ Chính trị
	Symbol  string // what a citation "of" it becomes in a key: TW; "" when the kind decides
	Country string // "bare" or "strong" for a body of the whole country, else ""
	Spelled bool   // a masthead in capitals is written so in running text
}

// Kinds gives the rows of data/kinds.txt in their order.
func Kinds() []Kind {
	var out []Kind
	for _, f := range rows("data/kinds.txt", 5) {
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

// Bodies gives the rows of data/bodies.txt in their order.
func Bodies() []Body {
	var out []Body
	for _, f := range rows("data/bodies.txt", 4) {
		out = append(out, Body{Name: f[0], Symbol: f[1], Country: f[2], Spelled: f[3] == "spelled"})
	}
	return out
}

// rows gives the fields of the lines of a file, "." as "". A mistake in the file
// is a mistake in the program, which the tests show.
func rows(name string, fields int) (out [][]string) {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != fields {
			panic(fmt.Sprintf("official: %s: %q has %d fields, want %d", name, line, len(f), fields))
		}
		for i := range f {
			if f[i] == "." {
				f[i] = ""
			}
		}
		out = append(out, f)
	}
	return out
}

func split(s, sep string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, sep)
}
