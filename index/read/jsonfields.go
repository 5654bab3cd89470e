package read

import (
	"bytes"
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"nghiquyet/index/page"
)

// The types of the fields of a [record]. Programs write fields in other types than asked
// for; a field must not cost the document where its meaning is clear.

// loose is a text or number of a key that other programs use in other ways; other
// types count as absent.
type loose string

func (l *loose) UnmarshalJSON(data []byte) error {
	var text given
	if text.UnmarshalJSON(data) == nil {
		*l = loose(text)
	}
	return nil
}

// words is a text that programs may write as a number or as a list, such as two authors,
// which are separated by semicolons. Other types count as absent.
type words string

func (w *words) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '[' {
		*w = words(strings.Join(listed(data), "; "))
		return nil
	}
	return (*loose)(w).UnmarshalJSON(data)
}

// paragraphs is a text that programs may write as the list of its paragraphs.
type paragraphs string

func (p *paragraphs) UnmarshalJSON(data []byte) error {
	var list []string
	if len(data) == 0 || data[0] != '[' || json.Unmarshal(data, &list) != nil {
		return unquote(data, (*string)(p)) // of a list of other values it says that it is a list
	}
	*p = paragraphs(strings.Join(list, "\n"))
	return nil
}

// listed are the texts and numbers of a list, without other values and empty ones.
func listed(data []byte) (out []string) {
	var list []loose
	if json.Unmarshal(data, &list) != nil {
		return nil
	}
	for _, one := range list {
		if s := strings.TrimSpace(string(one)); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// given is a text that programs may write as a number: "id":8.
type given string

func (g *given) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && (data[0] == '-' || page.IsDigit(data[0])) {
		*g = given(data)
		return nil
	}
	return unquote(data, (*string)(g))
}

// JSON writes each of the characters of meantBy as a backslash and the letter of the same
// place in letterFor.
const letterFor, meantBy = `bfnrt"\/`, "\b\f\n\r\t\"\\/"

// unquote is json.Unmarshal of a value whose syntax was checked, without checking it again.
func unquote(data []byte, to *string) error {
	if len(data) < 2 || data[0] != '"' || !utf8.Valid(data) {
		return json.Unmarshal(data, to)
	}
	var b strings.Builder
	b.Grow(len(data))
	rest := data[1 : len(data)-1]
	for {
		plain, after, more := bytes.Cut(rest, []byte(`\`))
		b.Write(plain)
		if !more {
			*to = b.String()
			return nil
		}
		letter := strings.IndexByte(letterFor, after[0])
		if letter < 0 { // \u00E0
			return json.Unmarshal(data, to)
		}
		b.WriteByte(meantBy[letter])
		rest = after[1:]
	}
}

// dates is a date that programs may write as a list. A list of several different
// dates is one text, separated by semicolons, which is not read as a date. Nor is an
// object, such as {"$date": …}: it is noted, and the document is kept.
type dates string

func (d *dates) UnmarshalJSON(data []byte) error {
	const longest = 100 // bytes of what is shown of a value that is no date
	switch {
	case len(data) > 0 && (data[0] == '{' || data[0] == 't' || data[0] == 'f'):
		*d = dates(data[:min(len(data), longest)])
		return nil
	case len(data) == 0 || data[0] != '[':
		return (*given)(d).UnmarshalJSON(data)
	}
	var different []string
	for _, s := range listed(data) {
		if !slices.Contains(different, s) {
			different = append(different, s)
		}
	}
	*d = dates(strings.Join(different, "; "))
	return nil
}

// topics is a list that programs may write as one text, separated by semicolons. Other
// types count as absent.
type topics []string

func (t *topics) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var one string
		if err := unquote(data, &one); err != nil {
			return err
		}
		*t = strings.FieldsFunc(one, func(r rune) bool { return r == ';' || r == '\n' })
		return nil
	}
	*t = listed(data)
	return nil
}

// letterRE matches an entity of HTML that may stand for a letter or a common sign.
var letterRE = regexp.MustCompile(`&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8});`)

// entityLetters writes the entities of HTML in a plain text as the letters and signs that they
// stand for, where a program left them: "tri&#7879;u" is "triệu". The signs < and > stay, so
// that no tag comes into being.
func entityLetters(text string) string {
	if !strings.Contains(text, "&") {
		return text
	}
	return letterRE.ReplaceAllStringFunc(text, func(entity string) string {
		if s := html.UnescapeString(entity); s != "<" && s != ">" {
			return s
		}
		return entity
	})
}
