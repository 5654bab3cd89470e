package page

import (
	"strings"
	"unicode"
)

// Struck records which parts of a text are struck through: an author crossed them out and
// wrote what is valid beside them. The zero value is a text without such parts. It is not
// safe for concurrent use.
type Struck struct {
	edges []int // bytes of the text at which struck parts begin and end, in turn
}

// Open reports whether the last part is struck through and has no end yet.
func (s *Struck) Open() bool { return len(s.edges)%2 == 1 }

// Mark records whether what follows the first n bytes of the text is struck through.
// Calls come in the order of the text.
func (s *Struck) Mark(n int, struck bool) {
	last := len(s.edges) - 1
	switch {
	case struck == s.Open():
	case last >= 0 && s.edges[last] == n:
		s.edges = s.edges[:last]
	default:
		s.edges = append(s.edges, n)
	}
}

// Without returns the text without its struck parts, as if they had been deleted:
//
//	đạt ~300~400 triệu   → đạt 400 triệu
//	đạt ~300 triệu~ 400  → đạt 400
//	~Điều 5. Bãi bỏ.~    → Điều 5. Bãi bỏ.
//
// A line that is struck through as a whole stays, with or without the number of a list
// before it: nothing in the line replaces it, and in a page whose tag is not closed all
// later lines are struck.
func (s *Struck) Without(text string) string {
	if len(s.edges) == 0 {
		return text
	}
	var b strings.Builder
	from, next := 0, 0 // next is the first edge at or after from
	for line := range strings.SplitAfterSeq(text, "\n") {
		to := from + len(line)
		var kept strings.Builder
		head := -1 // bytes of kept before the first struck part
		for at := from; at < to; {
			stop := to
			if next < len(s.edges) {
				stop = min(stop, max(at, s.edges[next]))
			}
			if next%2 == 0 {
				kept.WriteString(text[at:stop])
			} else {
				if head < 0 {
					head = kept.Len()
				}
				kept.WriteString(edgeSpace(text[at:stop]))
			}
			if at = stop; next < len(s.edges) && at >= s.edges[next] {
				next++
			}
		}
		if head < 0 || replaces(kept.String(), head) {
			b.WriteString(kept.String())
		} else {
			b.WriteString(line)
		}
		from = to
	}
	return b.String()
}

// edgeSpace returns what remains of a struck part: the space that it has at an end.
func edgeSpace(part string) string {
	switch {
	case strings.HasSuffix(part, "\n"):
		return "\n"
	case strings.TrimSpace(part) != part:
		return " "
	}
	return ""
}

// replaces reports whether the text that is left of a line, with its first struck part
// after head bytes, is more than the number of a list.
func replaces(kept string, head int) bool {
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	if strings.IndexFunc(kept[head:], word) >= 0 {
		return true
	}
	before := strings.TrimLeft(kept[:head], " \t\u00a0")
	return strings.IndexFunc(before, word) >= 0 && OrdinalAt(before+"x").Len < len(before)
}
