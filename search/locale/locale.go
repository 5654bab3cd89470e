// Package locale defines the languages of the service: Vietnamese, the default, and
// English. A [Text] is one text in both; [Accepted] chooses by a request's
// Accept-Language. Pages choose by their address and a cookie (package web).
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

// All lists the languages, the default first. The texts of a [Text] are in this order.
var All = []string{Vietnamese, English}

// Text is one text in Vietnamese and in English. It may contain verbs of package
// fmt for [Text.Format].
type Text [2]string

// In returns the text in a language, in Vietnamese for an unknown code.
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
