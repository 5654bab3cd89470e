package docnumber

import (
	"strings"
)

// Replacement is a sentence that says that documents replace others.
type Replacement struct {
	// New are the keys of the replacing documents; none if that is the text itself:
	// "Chỉ thị này thay thế Chỉ thị số 36-CT/TW".
	New []string
	// Old are the keys of the replaced documents.
	Old []string
	// Text is the sentence, at most MaxSentence bytes.
	Text string
}

// MaxSentence bounds [Replacement.Text] in bytes; longer sentences are lists and not
// read.
const MaxSentence = 600

// replacing is the verb "replace"; in the passive more words follow: "được thay thế
// bằng".
const replacing = "thay thế"

var replacedBy = []string{"bằng", "bởi"}

// Replacements returns the sentences of a text in which documents replace others,
// in order. Only sentences with document numbers count.
func Replacements(text string, place Place) (out []Replacement) {
	for line := range strings.Lines(text) {
		for _, sentence := range sentences(line) {
			at := strings.Index(strings.ToLower(sentence), replacing)
			if at < 0 || len(sentence) > MaxSentence || len(strings.ToLower(sentence)) != len(sentence) {
				continue
			}
			if r, ok := replacementIn(sentence, at, place); ok {
				out = append(out, r)
			}
		}
	}
	return out
}

// sentences cuts a line at the ends of sentences. A full stop inside a number or an
// abbreviation is followed by no space.
func sentences(line string) []string {
	line = strings.NewReplacer("; ", ";\n", ". ", ".\n").Replace(line)
	return strings.Split(line, "\n")
}

// replacementIn reads a sentence with the verb at a byte.
func replacementIn(sentence string, at int, place Place) (r Replacement, ok bool) {
	var before, after []string
	for _, m := range Find(sentence, place) {
		if m.End <= at {
			before = append(before, m.Key)
		} else if m.Start > at {
			after = append(after, m.Key)
		}
	}
	rest := strings.TrimLeft(sentence[at+len(replacing):], " ")
	r.Text = strings.Join(strings.Fields(sentence), " ")
	for _, word := range replacedBy {
		if strings.HasPrefix(rest, word) {
			r.New, r.Old = after, before
			return r, len(before) > 0 && len(after) > 0
		}
	}
	if head := strings.ToLower(strings.TrimRight(sentence[:at], " ")); strings.HasSuffix(head, "được") || strings.HasSuffix(head, "bị") {
		return r, false // a negated sentence
	}
	if len(before) > 1 {
		before = before[len(before)-1:] // only the words next to the verb matter
	}
	r.New, r.Old = before, after
	return r, len(after) > 0
}
