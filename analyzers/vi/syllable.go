package vi

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/onsets.txt
var onsetsFile string

//go:embed data/rimes.txt
var rimesFile string

//go:embed data/names.txt
var namesFile string

// onset says which vowels may follow an initial consonant.
type onset struct{ front, back bool }

// rime is a rime: the vowels and final consonant of a syllable.
type rime struct {
	toneAt int      // index of the letter that bears the tone mark, from 0
	newAt  int      // the same in the newer fashion (hoà, thuý); equals toneAt where both agree
	after  []string // the only onsets that words have before it, or nil for any
	stop   bool     // ends in c, ch, p or t: sắc and nặng only
	rare   bool     // can be typed, but no word has it
}

// grammar is the syllable table: immutable once built.
type grammar struct {
	onsets map[string]onset
	rimes  map[string]rime
	names  map[string]bool // syllables outside the tables
	bare   map[string]bool // folded spellings of all syllables
}

var syllables = sync.OnceValue(func() *grammar {
	g := &grammar{onsets: map[string]onset{}, rimes: map[string]rime{}, names: map[string]bool{}, bare: map[string]bool{}}
	for line := range dataLines(onsetsFile) {
		f := strings.Fields(line)
		o := onset{front: true, back: true}
		if len(f) == 2 {
			o = onset{front: f[1] == "front", back: f[1] == "back"}
		}
		g.onsets[strings.TrimPrefix(f[0], "-")] = o
	}
	for line := range dataLines(rimesFile) {
		after, list, ok := strings.Cut(line, ":")
		if !ok {
			after, list = "", line
		}
		for _, r := range strings.Fields(list) {
			def := newRime(r)
			switch after {
			case "rare":
				def.rare = true
			case "":
			default:
				def.after = strings.Split(strings.ReplaceAll(after, "-", ""), ",")
			}
			g.rimes[r] = def
		}
	}
	for line := range dataLines(namesFile) {
		for _, s := range strings.Fields(line) {
			g.names[s], g.bare[Fold(s)] = true, true
		}
	}
	for o := range g.onsets {
		for r, def := range g.rimes {
			if g.fits(o, r) && !def.rareAfter(o) {
				g.bare[Fold(o+r)] = true
			}
		}
	}
	return g
})

// dataLines yields the lines of an embedded list without comments and blanks.
func dataLines(file string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(file) {
			line, _, _ = strings.Cut(line, "#")
			if line = strings.TrimSpace(line); line != "" && !yield(line) {
				return
			}
		}
	}
}

// newRime returns the rime with the letter that bears the tone: the one with a mark
// of its own (the second of ươ), else the only vowel, else the middle one of three,
// else the second of two before a consonant and the first of two at the end. The
// newer fashion puts it on the second of oa, oe and uy at the end as well.
func newRime(s string) rime {
	letters := []rune(s)
	n, marked := 0, -1
	for n < len(letters) && isVowel(letters[n]) {
		if glyphOf(letters[n]).bare != byte(letters[n]) || letters[n] >= utf8.RuneSelf {
			marked = n
		}
		n++
	}
	def := rime{stop: strings.HasSuffix(s, "c") || strings.HasSuffix(s, "ch") ||
		strings.HasSuffix(s, "p") || strings.HasSuffix(s, "t")}
	switch {
	case marked >= 0:
		def.toneAt = marked
	case n == 3, n == 2 && n < len(letters):
		def.toneAt = 1
	}
	def.newAt = def.toneAt
	if s == "oa" || s == "oe" || s == "uy" {
		def.newAt = 1
	}
	return def
}

// fits reports whether the rime may follow the onset by the spelling rules. Between
// gi and a rime that begins with i only one i is written, so gì and giếng are split
// into g and ì, iếng.
func (g *grammar) fits(o, r string) bool {
	on, ok := g.onsets[o]
	if !ok {
		return false
	}
	switch first, _ := utf8.DecodeRuneInString(r); first {
	case 'i':
		return on.front && o != "gi" || o == "g"
	case 'e', 'ê', 'y':
		return on.front
	}
	return on.back
}

// split cuts a lower-case spelling without tone into onset and rime. It tries the
// longest onset first, and rimes that words have before rare ones.
func (g *grammar) split(plain string) (o, r string, ok bool) {
	for n := min(3, len(plain)); n >= 0; n-- {
		if n < len(plain) && !utf8.RuneStart(plain[n]) {
			continue
		}
		def, found := g.rimes[plain[n:]]
		rare := def.rareAfter(plain[:n])
		if !found || ok && rare || !g.fits(plain[:n], plain[n:]) {
			continue
		}
		o, r, ok = plain[:n], plain[n:], true
		if !rare {
			break
		}
	}
	return o, r, ok
}

// IsSyllable reports whether s, in any case, NFC or NFD, is spelt as one
// Vietnamese syllable (tiếng) with its marks in place: an onset and a rime that
// may follow it, a tone the rime can bear, on a letter where either fashion of
// today puts it (hòa and hoà, not hòan). It is a rule, not a dictionary:
// nghũng is one too. Syllables of
// place names outside the rules (Đắk, Kạn) are listed in data/names.txt.
func IsSyllable(s string) bool {
	sp, ok := spell(s)
	if !ok {
		return false
	}
	g := syllables()
	o, r, ok := g.split(sp.plain())
	def := g.rimes[r]
	if !ok || def.rareAfter(o) {
		return g.names[normalizeWord(s)]
	}
	at := sp.toneAt - runeLen(o)
	return sp.tone == ngang && !def.stop || def.bears(sp.tone) && (at == def.toneAt || at == def.newAt)
}

// rareAfter reports that no word has the rime after this onset.
func (r rime) rareAfter(onset string) bool {
	return r.rare || r.after != nil && !slices.Contains(r.after, onset)
}

func (r rime) bears(tone uint8) bool { return !r.stop || tone == sac || tone == nang }

// IsBareSyllable reports whether some Vietnamese syllable folds to s (duong, uy,
// d), in any case.
func IsBareSyllable(s string) bool {
	return len(s) <= 32 && syllables().bare[Fold(s)]
}

func runeLen(s string) int { return utf8.RuneCountInString(s) }

// name returns the syllable of data/names.txt that is spelled plain without its
// tone, or "". The tone mark is on the last vowel.
func (g *grammar) name(plain string, tone uint8) string {
	letters := []rune(plain)
	for i := len(letters) - 1; i >= 0; i-- {
		if v, ok := toned(letters[i], tone); ok {
			letters[i] = v
			break
		}
	}
	if s := string(letters); g.names[s] {
		return s
	}
	return ""
}
