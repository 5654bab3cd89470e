package page

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Squeeze replaces each run of white space by one space.
func Squeeze(s string) string {
	if Mentions(s, "  ", "\t", "\n") {
		return strings.Join(strings.Fields(s), " ")
	}
	return strings.TrimSpace(s)
}

// TrimLines trims every line and drops empty ones.
func TrimLines(s string) string {
	if !strings.Contains(s, "\n") {
		return Squeeze(s)
	}
	lines := strings.Split(s, "\n")
	keep := lines[:0]
	for _, l := range lines {
		if l = Squeeze(l); l != "" {
			keep = append(keep, l)
		}
	}
	return strings.Join(keep, "\n")
}

// Clip returns the first n bytes of s at most, without a part of a character at the end.
// s is valid UTF-8.
func Clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// Tail returns the last n bytes of s at most, without a part of a character at the start.
// s is valid UTF-8.
func Tail(s string, n int) string {
	from := max(0, len(s)-n)
	for from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	return s[from:]
}

// maxOneLine bounds the result of OneLine, in bytes.
const maxOneLine = 200

// OneLine returns s in one line, for a message or as evidence: if it is long, cut
// at a space with an ellipsis.
func OneLine(s string) string {
	s = Squeeze(strings.ReplaceAll(s, "\n", " "))
	if len(s) <= maxOneLine {
		return s
	}
	s = s[:maxOneLine]
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return strings.ToValidUTF8(s, "") + "…"
}

// Bulleted reports whether line begins with a bullet.
func Bulleted(line string) bool {
	r, size := utf8.DecodeRuneInString(line)
	if size >= len(line) {
		return false
	}
	switch r {
	case '•', '●', '▪', '■', '◦', '·':
		return true
	case '-':
		return isBlank(line[size]) || IsUpperAt(line[size:]) // "-Tăng cường"
	case '–', '—', '+', '*':
		return isBlank(line[size])
	}
	return false
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// IsUpperAt reports whether s begins with a capital.
func IsUpperAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// IsLowerAt reports whether s begins with a small letter.
func IsLowerAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// IsUpper reports whether s has capitals and no small letters.
func IsUpper(s string) bool {
	return strings.IndexFunc(s, unicode.IsLower) < 0 && strings.IndexFunc(s, unicode.IsUpper) >= 0
}

// SentenceEnd matches text that ends a sentence or announces the next.
var SentenceEnd = regexp.MustCompile(`(?:[.!?:;…]|\./\.)[”"’)\]]*$`)

// IsDigit reports an ASCII digit.
func IsDigit(c byte) bool { return c >= '0' && c <= '9' }

// NotLetter reports whether a rune is neither a letter nor a mark.
func NotLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }

// CountRunes is utf8.RuneCountInString for the text of a page, which is valid UTF-8.
func CountRunes(s string) (n int) {
	for i := range len(s) {
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return n
}

// CountLetters counts the letters of s.
func CountLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
