package searchtest

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/analyzers/vi"
)

// Typings are the ways to type every judged query.
var Typings = []struct {
	Name string
	As   func(string) string
}{
	{"as typed", func(q string) string { return q }},
	{"NFD", norm.NFD.String},
	{"no diacritics", vi.Fold},
	{"Telex", telex.keystrokes},
	{"VNI", vni.keystrokes},
	{"letters swapped", swapLetters},
}

// keyboard has the keys of a typing method: those after a letter for its mark, and
// at the end of a word for its tone.
type keyboard struct {
	tones map[rune]string
	marks map[rune]string // "" doubles the letter
	dash  string          // makes đ of d
}

var (
	telex = keyboard{
		tones: map[rune]string{acute: "s", grave: "f", hook: "r", tilde: "x", dot: "j"},
		marks: map[rune]string{circumflex: "", breve: "w", horn: "w"},
		dash:  "d",
	}
	vni = keyboard{
		tones: map[rune]string{acute: "1", grave: "2", hook: "3", tilde: "4", dot: "5"},
		marks: map[rune]string{circumflex: "6", horn: "7", breve: "8"},
		dash:  "9",
	}
)

// Combining marks.
const (
	grave      = '\u0300'
	acute      = '\u0301'
	circumflex = '\u0302'
	tilde      = '\u0303'
	breve      = '\u0306'
	hook       = '\u0309'
	horn       = '\u031B'
	dot        = '\u0323'
)

// keystrokes is text as it comes out with the typing program off.
func (k keyboard) keystrokes(text string) string {
	var out strings.Builder
	var last rune
	tone := ""
	endWord := func() {
		out.WriteString(tone)
		tone = ""
	}
	for _, r := range norm.NFD.String(text) {
		mark, isMark := k.marks[r]
		switch {
		case k.tones[r] != "":
			tone = k.tones[r]
		case isMark && mark == "":
			out.WriteRune(unicode.ToLower(last))
		case isMark:
			out.WriteString(mark)
		case r == 'đ' || r == 'Đ':
			out.WriteString(map[rune]string{'đ': "d", 'Đ': "D"}[r] + k.dash)
		default:
			if !unicode.IsLetter(r) {
				endWord()
			}
			out.WriteRune(r)
		}
		if !unicode.IsMark(r) {
			last = r
		}
	}
	endWord()
	return out.String()
}

// swapLetters swaps two neighbouring letters inside one word of four letters or
// more, always the same for a text. It returns a text without such a word
// unchanged.
func swapLetters(text string) string {
	h := fnv.New64a()
	h.Write([]byte(text))
	r := rand.New(rand.NewPCG(h.Sum64(), 0))
	words := strings.Fields(text)
	for _, i := range r.Perm(len(words)) {
		w := []rune(words[i])
		isWord := strings.ContainsAny(vi.Fold(words[i]), "aeiouy") // not mttq
		if len(w) < 4 || !isWord || strings.ContainsFunc(words[i], func(r rune) bool { return !unicode.IsLetter(r) }) {
			continue
		}
		j := 1 + r.IntN(len(w)-2)
		if w[j] == w[j+1] {
			continue
		}
		w[j], w[j+1] = w[j+1], w[j]
		words[i] = string(w)
		return strings.Join(words, " ")
	}
	return text
}
