package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/index/page"
)

// authorLabels begin a line that names the author, folded; longer ones first.
var authorLabels = cues("people/author-labels")

// labelled reads "Tác giả bài viết: Trần Bình Tuấn - UVTV, Trưởng Ban …".
func labelled(s string) (name string, ok bool) {
	if !strings.Contains(s, ":") {
		return "", false
	}
	s = strings.Trim(s, " ()*[]")
	folded := page.Fold(s)
	for _, l := range authorLabels {
		rest, found := strings.CutPrefix(folded, l)
		if !found {
			continue
		}
		rest = strings.TrimLeft(rest, " ")
		if rest == "" || rest[0] != ':' {
			continue
		}
		name = nameOf(s[page.ByteAt(s, len(folded)-len(rest)+1):])
		return name, name != ""
	}
	return "", false
}

// nameOf cuts titles and offices off a name: "Trần Bình Tuấn - UVTV, Trưởng …".
func nameOf(s string) string {
	s = strings.TrimSpace(s)
	for _, sep := range []string{" - ", " – ", " — ", " (", " | ", ";", "\t"} {
		if i := strings.Index(s, sep); i > 0 {
			s = s[:i]
		}
	}
	if i := strings.Index(s, ","); i > 0 && !personal(strings.TrimSpace(s[i+1:])) {
		s = s[:i]
	}
	s = strings.Trim(s, " .,:;*()[]/\"")
	if len(s) > 120 || !hasLetters(s) {
		return ""
	}
	return s
}

// byline reads the author's line at the end of an article: a labelled name, or only
// a name: "Phương Thanh", "PTĐT", "Văn Khương - Thu Hà".
func byline(s string) (name string, ok bool) {
	if name, ok := labelled(s); ok {
		return name, true
	}
	s = strings.Trim(s, " ()*[]")
	if len(s) > 80 || strings.ContainsAny(s, ":?!;“\"0123456789/|>") || strings.HasSuffix(s, ".") && strings.Count(s, " ") > 3 {
		return "", false
	}
	for _, sep := range []string{", ", " - ", " – "} {
		if first, post, ok := strings.Cut(s, sep); ok && strings.Contains(first, " ") && personal(first) && hasAny(page.Fold(post), posts) {
			return first, true
		}
	}
	name = nameOf(s)
	if name == "" || furniture.of(name) != cueNone || office(s) {
		return "", false
	}
	for _, part := range strings.FieldsFunc(strings.Trim(s, " ."), func(r rune) bool { return r == ',' || r == '–' || r == '&' }) {
		for _, one := range strings.Split(part, " - ") {
			if !personal(strings.TrimSpace(one)) {
				return "", false
			}
		}
	}
	return strings.Trim(s, " ."), true
}

// posts begin the text after a name and a comma, folded.
var posts = cues("people/posts")

// signsForPrefixes begin a line of a signature.
var signsForPrefixes = cues("people/signs-for")

// office reports a line of a signature: "KT. BỘ TRƯỞNG", "THỦ TƯỚNG Phạm …".
func office(s string) bool {
	folded := page.Fold(s)
	return hasAny(folded, signsForPrefixes) || offices[bare(folded)] ||
		slices.ContainsFunc(officeNames, func(o string) bool { return strings.HasPrefix(folded, o+" ") })
}

// notNames are words that begin lines of other kinds.
var notNames = setOf(printed("people/no-names"))

// bodies are words of committees and offices, which names in capitals are not.
var bodies = setOf(cues("people/bodies"))

// degrees come before an author's name.
var degrees = printed("people/degrees")

// initials reports whether s is a pen name of one word: "PTĐT", "T.H-N.M".
func initials(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 10 || !hasLetters(s) {
		return false
	}
	w := strings.NewReplacer(".", "", "-", "").Replace(s)
	return strings.Contains(s, ".") || n <= 8 && strings.ToUpper(w) == w
}

// personal reports a person's name or a pen name: two to five words with
// capitals, a title before it or not, or an abbreviation of letters.
func personal(s string) bool {
	s = strings.TrimSpace(s)
	for _, t := range degrees {
		s = strings.TrimSpace(strings.TrimPrefix(s, t))
	}
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 5 || notNames[strings.ToLower(words[0])] {
		return false
	}
	if len(words) == 1 {
		return initials(s)
	}
	allUpper := true
	for _, w := range words {
		r, size := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) {
			return false
		}
		if size < len(w) && strings.ToUpper(w) != w {
			allUpper = false
		}
		if utf8.RuneCountInString(w) > 8 || strings.IndexFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' && r != '\'' && r != '-' }) >= 0 {
			return false
		}
	}
	if allUpper && slices.ContainsFunc(words, func(w string) bool { return bodies[page.Fold(w)] }) {
		return false
	}
	return !allUpper || len(words) <= 4 && len(words) >= 2 && utf8.RuneCountInString(s) <= 28
}
