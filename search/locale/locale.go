// Package locale defines the languages of the service: Vietnamese, the default, and
// English. A [Text] is one text in both; [Accepted] chooses by a request's
// Accept-Language. Pages choose by their address and a cookie (package web).
package locale

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"nghiquyet/index/official"
)

// Languages by their ISO 639 codes.
const (
	Vietnamese = "vi"
	English    = "en"
)

// Language is one row of the table of languages. A new language is a row there and a
// column in each [Text].
type Language struct {
	Code, Name         string // the name is in the language itself
	Thousands, Decimal string // the marks in numbers

	day, month string // layouts of dates, in the manner of package time
	tag        language.Tag
}

// Languages is the table, the default first.
var Languages = [...]Language{
	{Vietnamese, "Tiếng Việt", ".", ",", "02/01/2006", "01/2006", language.Vietnamese},
	{English, "English", ",", ".", "2 Jan 2006", "Jan 2006", language.English},
}

// All lists the codes of the languages in the order of the table.
var All = func() (codes []string) {
	for _, l := range Languages {
		codes = append(codes, l.Code)
	}
	return codes
}()

// Of returns the language of a code, the default for an unknown code.
func Of(code string) Language { return Languages[max(slices.Index(All, code), 0)] }

// Text is one text in all languages, in the order of the table. It may contain verbs of
// package fmt for [Text.Format].
type Text [len(Languages)]string

// In returns the text in a language, in Vietnamese for an unknown code.
func (t Text) In(code string) string { return t[max(slices.Index(All, code), 0)] }

// Format returns the text in a language with its verbs filled in.
func (t Text) Format(code string, args ...any) string {
	if len(args) == 0 {
		return t.In(code)
	}
	return fmt.Sprintf(t.In(code), args...)
}

// Row is one row of a table of texts: a text, and what the reader of the table adds to it.
type Row struct {
	Text
	More string
}

// Table reads a table of texts. A line is a row: its name, the text in each language in the
// order of [Languages], and what the reader of the table adds, if anything, with " | "
// between them. A line that begins with # is a comment. A mistake in the file is a mistake in
// the program, which tests find.
func Table(files embed.FS, name string) map[string]Row {
	table := map[string]Row{}
	for line := range official.Lines(files, name) {
		cells := append(strings.SplitN(line, " | ", len(Text{})+2), "")
		if _, taken := table[cells[0]]; taken || len(cells) < len(Text{})+2 {
			panic(fmt.Sprintf("%s: the row %q stands twice or lacks a language", name, cells[0]))
		}
		table[cells[0]] = Row{Text(cells[1:]), cells[len(Text{})+1]}
	}
	return table
}

// maxAccept bounds the bytes of an Accept-Language field that are parsed.
const maxAccept = 1000

var matcher = func() language.Matcher {
	var tags []language.Tag
	for _, l := range Languages {
		tags = append(tags, l.tag)
	}
	return language.NewMatcher(tags)
}()

// Accepted returns the language that an Accept-Language field prefers: Vietnamese
// unless it prefers English, also if it cannot be parsed.
func Accepted(field string) string {
	if field == "" || len(field) > maxAccept {
		return Vietnamese
	}
	tags, _, err := language.ParseAcceptLanguage(field)
	if err != nil || len(tags) == 0 {
		return Vietnamese
	}
	if _, i, sure := matcher.Match(tags...); sure != language.No {
		return All[i]
	}
	return Vietnamese
}
