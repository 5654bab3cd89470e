// Package locale is the one place that knows the languages of the service:
// Vietnamese, which is the default, and English. A [Text] is one text in both;
// [Accepted] chooses by a request's Accept-Language. The pages choose by their
// own address and cookie (package web).
package locale

import (
	"fmt"
	"slices"

	"golang.org/x/text/language"
)

// Languages by their ISO 639 codes.
const (
	Vietnamese = "vi"
	English    = "en"
)

// All lists the languages, the default first. [Text] has their order.
var All = []string{Vietnamese, English}

// Text is one text in Vietnamese and in English. It may contain verbs of package
// fmt, which [Text.Format] fills in.
type Text [2]string

// In returns the text in a language, in Vietnamese for any other.
func (t Text) In(code string) string { return t[max(slices.Index(All, code), 0)] }

// Format returns the text in a language with its verbs filled in.
func (t Text) Format(code string, args ...any) string {
	if len(args) == 0 {
		return t.In(code)
	}
	return fmt.Sprintf(t.In(code), args...)
}

// maxAccept bounds the bytes of an Accept-Language field that are parsed.
const maxAccept = 1000

var matcher = language.NewMatcher([]language.Tag{language.Vietnamese, language.English})

// Accepted returns the language of an Accept-Language field: Vietnamese unless
// it prefers English. A field that cannot be read prefers nothing.
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
