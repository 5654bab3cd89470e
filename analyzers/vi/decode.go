package vi

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Decode decodes the words of a query that were typed in Telex or VNI while the
// typing program was off: nghij quyeets is nghị quyết, HDDND is HĐND. freq returns
// how many documents contain a term in exact form; it may be nil. Punctuation
// around and inside a word stays. Decode returns words itself if it decodes
// nothing.
//
// A word can be decoded if, as typed, it is no Vietnamese syllable, with or without
// marks, and no abbreviation (TW). The decoding is certain if the index contains
// the decoded word and hardly ever the word as typed, else doubtful (tax, is). A
// slip of the finger can look the same (torng for trong is tỏng in Telex), so
// Decode looks at the query as one. A word in capitals that the index contains is doubtful
// too: LIS is an abbreviation, and lí in Telex.
//
//   - It decodes nothing unless at least a third of the words are certain, or one of
//     them has two keys for marks, as vuwcj has (a slip seldom has two), and more
//     words are certain than were typed with marks: a reader who types marks has
//     the program on.
//   - It decodes doubtful words only if the certain words are as many or more.
//   - It uses one typing method for all words: the one with more certain words,
//     Telex at a tie.
func Decode(words []string, freq func(term string) int) (decoded []string, changed bool) {
	best := telex.readAll(words, freq)
	if r := vni.readAll(words, freq); r.certain > best.certain {
		best = r
	}
	if best.certain <= best.marked || 3*best.certain < best.all && !best.twoKeys {
		return words, false
	}
	decoded = slices.Clone(words)
	for i := len(best.runs) - 1; i >= 0; i-- { // from the end, so that earlier offsets stay valid
		r := best.runs[i]
		if !r.doubtful || best.certain >= best.doubtful {
			w := decoded[r.word]
			decoded[r.word] = w[:r.start] + r.text + w[r.end:]
		}
	}
	return decoded, true
}

// reading is a query as one typing method decodes it, with the numbers of its words.
type reading struct {
	runs                           []run
	certain, doubtful, marked, all int
	twoKeys                        bool // some certain word has two keys for marks
}

// run is a run of letters and digits that can be decoded.
type run struct {
	word, start, end int // its place: bytes of the word
	text             string
	doubtful         bool
}

func (m *method) readAll(words []string, freq func(string) int) *reading {
	var out reading
	for i, w := range words {
		for start := 0; start < len(w); {
			end := runEnd(w, start)
			if end == start {
				_, n := utf8.DecodeRuneInString(w[start:])
				start += n
				continue
			}
			out.add(m, run{word: i, start: start, end: end, text: w[start:end]}, freq)
			start = end
		}
	}
	return &out
}

// hardlyEver is how many times as frequent the decoded word must be as the word
// typed. Large collections contain cos beside có.
const hardlyEver = 1000

// known is in how many documents the index contains a known abbreviation, at least.
const known = 2

// add counts the run r, whose text is as typed, and appends it decoded if it can be
// decoded.
func (out *reading) add(m *method, r run, freq func(string) int) {
	typed := r.text
	if strings.Trim(typed, "0123456789") == "" {
		return
	}
	out.all++
	if strings.IndexFunc(typed, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
		out.marked++
		return
	}
	text, ok := m.decode(typed, true)
	if !ok {
		text, ok = m.abbreviation(typed)
	}
	if !ok || IsBareSyllable(typed) || DefaultLexicon().HasAbbreviation(strings.ToLower(typed)) {
		return
	}
	r.text = text
	if freq != nil {
		here, there := freq(strings.ToLower(typed)), freq(Normalize(text))
		isKnown := here >= known && typed == strings.ToUpper(typed)
		r.doubtful = there == 0 || here > there/hardlyEver || isKnown
	}
	if r.doubtful {
		out.doubtful++
	} else {
		out.certain++
		out.twoKeys = out.twoKeys || len(typed)-utf8.RuneCountInString(text) > 1
	}
	out.runs = append(out.runs, r)
}

// runEnd returns the end of the run of letters, marks and digits at i.
func runEnd(s string, i int) int {
	n := strings.IndexFunc(s[i:], func(r rune) bool {
		return !isLetter(r) && !isJoiner(r) && !unicode.IsDigit(r)
	})
	if n < 0 {
		return len(s)
	}
	return i + n
}
