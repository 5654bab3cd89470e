package read

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/page"
)

// inline removes the marks of emphasis, links, code and escapes from s.
func inline(s string) string {
	const marks = "*_`[]\\<&!~"
	if !strings.ContainsAny(s, marks) {
		return page.TrimLines(s)
	}
	if strings.Contains(s, "&") {
		s = page.CleanText(html.UnescapeString(s))
	}
	var b strings.Builder
	b.Grow(len(s))
	var struck page.Struck
	for i := 0; i < len(s); {
		text := strings.IndexAny(s[i:], marks)
		if text < 0 {
			text = len(s) - i
		}
		b.WriteString(s[i : i+text])
		if i += text; i == len(s) {
			break
		}
		n := 0 // bytes of a mark at i; 0 for a character of the text
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && s[i+1] < utf8.RuneSelf && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0:
			b.WriteByte(s[i+1])
			n = 2
		case c == '*' && !bulletStar(s, i) && !timesStar(s, i):
			n = len(s[i:]) - len(strings.TrimLeft(s[i:], "*"))
			// Between letters, marks of emphasis may be all that separates two
			// words; one between digits is a character of its own.
			if before, after := wordBefore(s, i), wordAfter(s, i+n); before != 0 && after != 0 {
				switch digits := unicode.IsDigit(before) && unicode.IsDigit(after); {
				case n == 1 && digits:
					b.WriteByte('*')
				case !digits && !oneSyllable(s, i, i+n):
					b.WriteByte(' ')
				}
			}
		case c == '_' && wordEdge(s, i), c == '`':
			n = 1
		case c == '!' && strings.HasPrefix(s[i:], "!["):
			if _, length, ok := link(s[i+1:]); ok { // an image: its text describes a picture
				n = 1 + length
			}
		case c == '[' && noteRef(s[i:]) > 0:
			n = noteRef(s[i:])
			if i == 0 || s[i-1] == '\n' { // the footnote itself
				b.WriteString("[" + s[i+len("[^"):i+n])
			}
		case c == '[':
			if label, length, ok := link(s[i:]); ok {
				b.WriteString(inline(label))
				n = length
			}
		case c == '~' && strings.HasPrefix(s[i:], strikeMark) && (struck.Open() || strings.Contains(s[i+len(strikeMark):], strikeMark)):
			struck.Mark(b.Len(), !struck.Open())
			n = len(strikeMark)
		case c == '<':
			if n = raisedTag(s[i:]); n > 0 {
				text := inline(s[i+len("<sup>") : i+n-len("</sup>")])
				if rest := s[i+n:]; strings.HasPrefix(rest, "/<sub>") || strings.HasPrefix(rest, fractionLine) {
					b.WriteString(page.Fraction(b.String(), text))
				} else {
					b.WriteString(page.Raised(b.String(), text))
				}
			} else if n = tag(s[i:]); n > 0 {
				switch name := s[i : i+n]; {
				case struckTags[strings.Trim(name, "</>")]:
					struck.Mark(b.Len(), name[1] != '/')
				case name != "<sub>" && name != "</sub>":
					b.WriteByte(' ')
				}
			}
		}
		if n == 0 {
			b.WriteByte(s[i])
			n = 1
		}
		i += n
	}
	return page.TrimLines(struck.Without(b.String()))
}

// strikeMark begins and ends text that is struck through, struckTags do so in HTML.
const strikeMark = "~~"

var struckTags = map[string]bool{"s": true, "del": true, "strike": true}

// noteRef is the length of the mark of a footnote at the start of s: [^1].
func noteRef(s string) int {
	const longest = 32
	end := strings.IndexByte(s[:min(len(s), longest)], ']')
	if !strings.HasPrefix(s, "[^") || end < len("[^1") || strings.ContainsAny(s[:end], " \n") {
		return 0
	}
	return end + 1
}

// oneSyllable reports whether the letters on both sides of s[i:j] are parts of one
// syllable, in which emphasis begins or ends: "ng**ày", "C****ÔNG".
func oneSyllable(s string, i, j int) bool {
	letter := func(r rune) bool { return !page.NotLetter(r) }
	head := s[len(strings.TrimRightFunc(s[:i], letter)):i]
	tail := s[j : len(s)-len(strings.TrimLeftFunc(s[j:], letter))]
	if len(head)+len(tail) > 32 {
		return false
	}
	head, tail = strings.ToLower(head), strings.ToLower(tail)
	return vi.IsSyllable(head+tail) && !(vi.IsSyllable(head) && vi.IsSyllable(tail))
}

// bulletStar reports whether a star is a bullet or is between spaces.
func bulletStar(s string, i int) bool {
	begins := i == 0 || s[i-1] == ' ' || s[i-1] == '\n'
	return begins && strings.HasPrefix(s[i+1:], " ") && !strings.Contains(s[i+1:], "*")
}

// timesStar reports a star between two figures: 2 * 3.
func timesStar(s string, i int) bool {
	before, after := strings.TrimRight(s[:i], " "), strings.TrimLeft(s[i+1:], " ")
	if before == "" || after == "" || len(before) == i || s[i+1] != ' ' {
		return false
	}
	return page.IsDigit(before[len(before)-1]) && page.IsDigit(after[0])
}

// raisedTag is the length of raised text at the start of s, with its tags; 0 for other
// text.
func raisedTag(s string) int {
	const longest = 200
	end := strings.Index(s[:min(len(s), longest)], "</sup>")
	if end < 0 || !strings.HasPrefix(s, "<sup>") {
		return 0
	}
	return end + len("</sup>")
}

// wordBefore returns the letter or digit that ends at i, 0 for none.
func wordBefore(s string, i int) rune {
	if r, _ := utf8.DecodeLastRuneInString(s[:i]); unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return 0
}

// wordAfter returns the letter or digit that begins at i, 0 for none.
func wordAfter(s string, i int) rune {
	if r, _ := utf8.DecodeRuneInString(s[i:]); unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return 0
}

// wordEdge reports whether an underscore marks emphasis and is not part of a name.
func wordEdge(s string, i int) bool {
	before := i == 0 || s[i-1] == ' ' || s[i-1] == '_' || s[i-1] == '*' || s[i-1] == '('
	after := i+1 == len(s) || strings.IndexByte(" _*.,;:)", s[i+1]) >= 0
	return before != after || i > 0 && s[i-1] == '_' || i+1 < len(s) && s[i+1] == '_'
}

// link reads [label](address), [label]{.class} and [label][ref].
func link(s string) (label string, length int, ok bool) {
	depth, i := 0, 0
	for ; i < len(s) && i < 2000; i++ {
		if s[i] == '\\' {
			i++
		} else if s[i] == '[' {
			if depth++; depth > 8 {
				return "", 0, false
			}
		} else if s[i] == ']' {
			if depth--; depth == 0 {
				break
			}
		}
	}
	if i+1 >= len(s) || s[i] != ']' {
		return "", 0, false
	}
	closing := map[byte]string{'(': ")", '{': "}"}[s[i+1]]
	if closing == "" {
		return "", 0, false
	}
	j := strings.Index(s[i+1:], closing)
	if j < 0 || j > 2000 {
		return "", 0, false
	}
	return s[1:i], i + 1 + j + 1, true
}

// tag returns the length of an HTML tag at the start of s, 0 for other text.
func tag(s string) int {
	if len(s) < 3 || !(isASCIILetter(s[1]) || s[1] == '/' && isASCIILetter(s[2])) {
		return 0
	}
	if j := strings.IndexByte(s[:min(len(s), 400)], '>'); j > 0 && !strings.Contains(s[1:j], "<") {
		return j + 1
	}
	return 0
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
