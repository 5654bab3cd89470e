package vi

import (
	"slices"
	"strings"
	"unicode"
)

// A method describes which keys of a typing method write marks. All other keys are
// letters.
type method struct {
	tones map[byte]uint8  // the tone that a key writes; a syllable of tone ngang needs no key
	marks map[byte]string // the plain letters that a key changes
	into  map[byte]string // the letters after the change, in the same order
	// letters reports that mark keys are also letters (Telex), which they are
	// before the first vowel.
	letters bool
	bar     string // the keys for đ
}

// The two typing methods in use. The keys are those of UniKey and of Windows; no
// standard lists them.
var (
	telex = &method{
		tones: map[byte]uint8{'s': sac, 'f': huyen, 'r': hoi, 'x': nga, 'j': nang},
		marks: map[byte]string{'a': "a", 'e': "e", 'o': "o", 'w': "uoa", 'd': "d"},
		into:  map[byte]string{'a': "â", 'e': "ê", 'o': "ô", 'w': "ươă", 'd': "đ"},

		letters: true, bar: "dd",
	}
	vni = &method{
		tones: map[byte]uint8{'1': sac, '2': huyen, '3': hoi, '4': nga, '5': nang},
		marks: map[byte]string{'6': "aeo", '7': "uo", '8': "a", '9': "d"},
		into:  map[byte]string{'6': "âêô", '7': "ươ", '8': "ă", '9': "đ"},

		bar: "d9",
	}
)

// maxKeys bounds the keys of a typed word: nghieengs and nghie6ng1 have 9.
const maxKeys = 12

// decode reads one word as keystrokes: in Telex, tieengs, tieesng and tiengse are tiếng;
// in VNI, tie61ng and tieng61. A tone key may come anywhere after the first vowel, a
// mark key anywhere after its letter. It tries the possible readings of s: first
// syllables that words have and, unless strict, then syllables that can merely be
// typed. It is ok only if s changes. The result has the case of s and the newer tone
// placement (hoà, thuý).
func (m *method) decode(s string, strict bool) (string, bool) {
	if len(s) < 2 || len(s) > maxKeys {
		return "", false
	}
	d := typing{method: m, keys: strings.ToLower(s)}
	for i := 0; i < len(s); i++ {
		c := classes[s[i]]
		if c != lower && c != upper && (m.letters || c != digit) {
			return "", false
		}
	}
	if d.read(0); d.out == "" && !strict {
		d.loose = true
		d.read(0)
	}
	if d.out == "" || d.out == d.keys {
		return "", false
	}
	return likeCase(d.out, s), true
}

// likeCase returns word in the case of keys: upper case, first letter upper, or
// unchanged.
func likeCase(word, keys string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, keys)
	first := []rune(word)
	switch {
	case len(letters) > 1 && strings.ToUpper(letters) == letters && len(first) > 1:
		return strings.ToUpper(word)
	case unicode.IsUpper(rune(letters[0])):
		first[0] = unicode.ToUpper(first[0])
		return string(first)
	}
	return word
}

// abbreviation decodes abbreviations with Đ: HDDND and HD9ND are HĐND.
func (m *method) abbreviation(s string) (string, bool) {
	out := strings.ReplaceAll(strings.ToLower(s), m.bar, "đ")
	if len(s) > maxKeys || !strings.Contains(out, "đ") || !DefaultLexicon().HasAbbreviation(out) {
		return "", false
	}
	return likeCase(out, s), true
}

// typing is the state of a search through the possible readings of a typed word.
type typing struct {
	*method
	keys    string
	loose   bool
	letters [maxKeys]rune
	n       int
	tone    uint8
	out     string
}

// read tries the readings of the keys from i on, as marks before as letters, until
// one gives a syllable.
func (d *typing) read(i int) {
	if d.out != "" {
		return
	}
	if i == len(d.keys) {
		d.finish()
		return
	}
	c := d.keys[i]
	saved := *d
	restore := func() {
		if d.out == "" {
			*d = saved
		}
	}
	vowel := slices.ContainsFunc(d.letters[:d.n], isVowel)
	tone, isTone := d.tones[c]
	if isTone && vowel && d.tone == ngang {
		d.tone = tone
		d.read(i + 1)
		restore()
	}
	if from, ok := d.marks[c]; ok {
		into := []rune(d.into[c])
		d.horns(i, c)
		restore()
		for at := d.n - 1; at >= 0 && d.out == ""; at-- {
			k := strings.IndexRune(from, d.letters[at])
			if k < 0 || d.fixed(at) {
				continue
			}
			d.letters[at] = into[k]
			d.read(i + 1)
			restore()
		}
		if c == 'w' && !vowel { // w for ư, as in nhwng
			d.push('ư')
			d.read(i + 1)
			restore()
		}
	}
	if classes[c] == lower && c != 'w' && (!isTone || !vowel) {
		d.push(rune(c))
		d.read(i + 1)
		restore()
	}
}

// horns changes uo and ưo to ươ with one key.
func (d *typing) horns(i int, c byte) {
	if !strings.Contains(d.into[c], "ươ") {
		return
	}
	for at := 0; at+1 < d.n; at++ {
		if (d.letters[at] == 'u' || d.letters[at] == 'ư') && d.letters[at+1] == 'o' {
			d.letters[at], d.letters[at+1] = 'ư', 'ơ'
			d.read(i + 1)
			return
		}
	}
}

// fixed reports whether the letter at this place takes no mark: a d inside a word,
// the u of qu.
func (d *typing) fixed(at int) bool {
	return at > 0 && (d.letters[at] == 'd' || d.letters[at] == 'u' && d.letters[at-1] == 'q')
}

func (d *typing) push(r rune) {
	d.letters[d.n] = r
	d.n++
}

// finish ends with the reading as result if it is a syllable. One horn is enough
// for ươ, as in every typing program: truwong and truowng are trương.
func (d *typing) finish() {
	plain := string(d.letters[:d.n])
	g := syllables()
	o, r, ok := g.split(plain)
	if !ok {
		plain = hornBoth.Replace(plain)
		o, r, ok = g.split(plain)
	}
	def := g.rimes[r]
	if !ok {
		d.out = g.name(plain, d.tone)
		return
	}
	if def.rareAfter(o) && !d.loose || !def.bears(d.tone) && !(d.loose && d.tone == ngang) {
		return
	}
	word := []rune(plain)
	if d.tone != ngang {
		at := runeLen(o) + def.newAt
		word[at], _ = toned(word[at], d.tone)
	}
	d.out = string(word)
}

var hornBoth = strings.NewReplacer("ưo", "ươ", "uơ", "ươ")
