package docnumber

import (
	"strings"
)

// What a document does to others.
const (
	Replaces = "replaces"
	Repeals  = "repeals"
	Amends   = "amends"
	// Expires is not done by a document: Old are no longer in force. New are none.
	Expires = "expires"
)

// Change is a sentence that says what documents do to others.
type Change struct {
	What string // Replaces, Repeals, Amends or Expires
	// New are the keys of the acting documents; none if that is the text itself:
	// "Chỉ thị này thay thế Chỉ thị số 36-CT/TW".
	New []string
	// Old are the keys of the other documents.
	Old []string
	// Text is the sentence, at most maxSentence bytes.
	Text string
}

// maxSentence bounds [Change.Text] in bytes; longer sentences are lists and not read.
const maxSentence = 600

// changes are the verbs of changes, in small letters. In the passive more words follow:
// "được thay thế bằng".
var changes = []struct{ what, verb string }{
	{Replaces, "thay thế"},
	{Repeals, "bãi bỏ"},
	{Repeals, "hủy bỏ"},
	{Amends, "sửa đổi, bổ sung"},
	{Amends, "điều chỉnh, bổ sung"},
	{Expires, "hết hiệu lực"},
}

var changedBy = []string{"bằng", "bởi", "theo", "tại"}

// Changes returns the sentences of a text that say what documents do to others, in
// order. Only sentences with document numbers count.
func Changes(text string, place Place) (out []Change) {
	for line := range strings.Lines(text) {
		for _, sentence := range sentences(line) {
			lower := strings.ToLower(sentence)
			if len(sentence) > maxSentence || len(lower) != len(sentence) {
				continue
			}
			for _, c := range changes {
				at := strings.Index(lower, c.verb)
				if at < 0 {
					continue
				}
				if r, ok := changeIn(sentence, at, at+len(c.verb), c.what, place); ok {
					out = append(out, r)
				}
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

// changeIn reads a sentence with the verb between two bytes.
func changeIn(sentence string, at, end int, what string, place Place) (r Change, ok bool) {
	var before, after []string
	for _, m := range Find(sentence, place) {
		if m.End <= at {
			before = append(before, m.Key)
		} else if m.Start > at {
			after = append(after, m.Key)
		}
	}
	rest := strings.TrimLeft(sentence[end:], " ")
	r.What, r.Text = what, strings.Join(strings.Fields(sentence), " ")
	head := strings.ToLower(strings.TrimRight(sentence[:at], " "))
	passive := strings.HasSuffix(head, "được") || strings.HasSuffix(head, "bị")
	if what == Expires {
		r.Old = before
		return r, len(before) > 0
	}
	for _, word := range changedBy {
		if strings.HasPrefix(rest, word) && (passive || word == changedBy[0] || word == changedBy[1]) {
			r.New, r.Old = after, before
			return r, len(before) > 0 && len(after) > 0
		}
	}
	if passive {
		return r, false // a negated sentence
	}
	if len(before) > 1 {
		before = before[len(before)-1:] // only the words next to the verb matter
	}
	r.New, r.Old = before, after
	return r, len(after) > 0 && (len(before) > 0 || what == Replaces || ofItself(head))
}

// ofItself reports whether the text itself is the subject of the verb after head:
// "Nghị định này bãi bỏ", or a list of what it does, "2. Bãi bỏ".
func ofItself(head string) bool {
	return strings.HasSuffix(head, "này") || !strings.ContainsAny(head, " \t")
}
