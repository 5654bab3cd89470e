package vi

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalize returns the exact form of a word or text: the same for all spellings of
// one word. It changes only this:
//
//   - NFC, also where a letter carries its two marks in the other order;
//   - lower case;
//   - letters that old files use for others: Ð, ð and Ɖ (U+00D0, U+00F0, U+0189) to
//     đ, Ƣ and ƣ (U+01A2, U+01A3) to ư, Ǎ and ǎ (a with caron) to ă;
//   - soft hyphens and zero-width characters are dropped;
//   - one tone placement, the older: hoà→hòa, khoẻ→khỏe, uỷ→ủy, thuý→thúy, and
//     misplaced ones: hòan→hoàn, tuá→túa, qúy→quý, gìa→già;
//   - i to y in open syllables after h, k, l, m, s, t and qu: hi→hy, kĩ→kỹ, lí→lý,
//     mĩ→mỹ, sĩ→sỹ, tỉ→tỷ, quí→quý, and in quit, quinh, quich, quip (quít→quýt). No
//     other i and y are touched: thúi is not thúy, bí not bý.
//
// Except: a word that is no Vietnamese syllable keeps its letters and marks.
// Normalize is idempotent and gives the same for NFC and NFD. Bytes of invalid
// UTF-8 become U+FFFD.
func Normalize(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isLetter(r) {
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		end := i + n
		for end < len(s) {
			r, n := utf8.DecodeRuneInString(s[end:])
			if !isLetter(r) && !isJoiner(r) {
				break
			}
			end += n
		}
		b.WriteString(normalizeWord(s[i:end]))
		i = end
	}
	return NFC(b.String())
}

// maxLetters bounds the letters of a possible syllable: nghiêng has 7.
const maxLetters = 12

// spelling is a word taken apart: its lower-case letters without tone, and its
// tone with the letter that bears it (from 0).
type spelling struct {
	letters [maxLetters]rune
	n       int
	tone    uint8
	toneAt  int
}

// plain returns the letters without tone.
func (sp *spelling) plain() string { return string(sp.letters[:sp.n]) }

// spell takes a word apart. ok is false for letters outside the Vietnamese and
// English alphabets, for marks that make no Vietnamese letter, for more than one
// tone, and for more than maxLetters.
func spell(w string) (sp spelling, ok bool) {
	for _, r := range w {
		g := glyphOf(r)
		tone := g.tone
		switch last := sp.n - 1; {
		case g.plain != 0 && sp.n < maxLetters:
			sp.letters[sp.n] = g.plain
			sp.n++
		case isInvisible(r):
			continue
		case g.plain != 0, last < 0:
			return sp, false
		case markTone(r) != ngang:
			tone = markTone(r)
		default:
			v := withMark(sp.letters[last], r)
			if v == 0 {
				return sp, false
			}
			sp.letters[last] = v
		}
		if tone == ngang {
			continue
		}
		if sp.tone != ngang || !isVowel(sp.letters[sp.n-1]) {
			return sp, false
		}
		sp.tone, sp.toneAt = tone, sp.n-1
	}
	return sp, sp.n > 0
}

// normalizeWord is Normalize for one run of letters and marks.
func normalizeWord(w string) string {
	sp, ok := spell(w)
	if !ok {
		return normalizeForeign(w)
	}
	g := syllables()
	if o, r, ok := g.split(sp.plain()); ok {
		at := runeLen(o)
		if iIsY(o, r) {
			sp.letters[at] = 'y'
		}
		sp.toneAt = at + g.rimes[r].toneAt
	}
	if exact := sp.compose(); exact != w {
		return exact
	}
	return w
}

// compose joins the letters and puts the tone mark on the letter that bears it.
func (sp spelling) compose() string {
	if sp.tone != ngang {
		sp.letters[sp.toneAt], _ = toned(sp.letters[sp.toneAt], sp.tone)
	}
	return string(sp.letters[:sp.n])
}

// Prefixes returns the possible beginnings of the exact and folded terms of all
// words that begin with w, a word still being typed: ki is the beginning of kinh,
// though the term of ki is ky; hoà and hòa both begin hoàn; quyê begins quyết,
// whose tone is typed last.
func Prefixes(w string) (exact, folded []string) {
	exact = []string{normalizeWord(w)}
	if sp, ok := spell(w); ok {
		exact = append(exact, sp.compose())
		if o, r, ok := syllables().split(sp.plain()); ok {
			sp.toneAt = runeLen(o) + syllables().rimes[r].newAt
			exact = append(exact, sp.compose())
		}
		if sp.tone == ngang && exact[0] != Fold(exact[0]) && !IsSyllable(exact[0]) {
			for at, v := range sp.letters[:sp.n] {
				if isVowel(v) {
					for tone := uint8(ngang + 1); tone < tones; tone++ {
						sp.tone, sp.toneAt = tone, at
						exact = append(exact, sp.compose())
					}
				}
			}
		}
	}
	for _, e := range exact {
		folded = append(folded, Fold(e))
	}
	slices.Sort(exact)
	slices.Sort(folded)
	return slices.Compact(exact), slices.Compact(folded)
}

// iIsY reports whether i and y are one sound in the syllable and both spellings are
// in use: lí and lý (Quyết định 240/QĐ of 1984 writes i, habit writes y).
func iIsY(o, r string) bool {
	switch o {
	case "h", "k", "l", "m", "s", "t":
		return r == "i"
	case "qu":
		return r == "i" || r == "it" || r == "inh" || r == "ich" || r == "ip"
	}
	return false
}

// normalizeForeign lower-cases a word that is no Vietnamese spelling. The result
// may be one: Lİ (U+0130) becomes li.
func normalizeForeign(w string) string {
	lower := NFC(strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		if g := glyphOf(r); g.plain != 0 && g.tone == ngang {
			return g.plain
		}
		return unicode.ToLower(r)
	}, norm.NFC.String(w)))
	if lower == w {
		return w
	}
	return normalizeWord(lower)
}

// isInvisible reports characters that may be inside a word without being
// part of it: soft hyphen, zero-width space and joiners, word joiner, BOM.
func isInvisible(r rune) bool {
	switch r {
	case 0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF:
		return true
	}
	return false
}

// isJoiner reports characters that continue a word but cannot begin one.
func isJoiner(r rune) bool { return isInvisible(r) || unicode.Is(unicode.M, r) }

func isLetter(r rune) bool {
	if r < 0x250 {
		return glyphs[r].plain != 0 || r >= 0xAA && unicode.IsLetter(r)
	}
	return r >= 0x1E00 && r < 0x1F00 || unicode.IsLetter(r)
}
