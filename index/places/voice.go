package places

import (
	"regexp"
	"slices"
	"strings"

	"nghiquyet/analyzers/vi"
)

// Folded words of local bodies and of texts that speak as their own place.
var (
	localIssuers = []string{"tinh uy", "thanh uy", "huyen uy", "thi uy", "quan uy", "dang bo tinh", "dang bo huyen", "dang bo thanh pho", "dang bo thi xa",
		"dang uy xa", "dang uy phuong", "ubnd", "uy ban nhan dan", "hoi dong nhan dan", "hdnd"}
	localVoices = []voice{{"tinh", []string{"tinh ta", "tinh nha", "dang bo tinh", "tren dia ban tinh", "toan tinh", "trong tinh"}}}
	smallVoices = []voice{
		{"huyen", []string{"toan huyen", "trong huyen", "huyen nha", "dia ban huyen", "cua huyen", "huyen uy", "dang bo huyen"}},
		{"thi ", []string{"dang bo thi xa", "thi uy", "dia ban thi xa"}},
	}
)

func localIssuer(masthead string) bool {
	folded := strings.Join(strings.Fields(vi.Fold(masthead)), " ")
	return slices.ContainsFunc(localIssuers, func(s string) bool { return strings.Contains(folded, s) })
}

// voice is phrases with a common word, so that a text is searched once for all.
type voice struct {
	word    string
	phrases []string
}

// in counts the phrases in folded text. None of them overlaps itself.
func (v voice) in(folded string) (n int) {
	for at := 0; ; at += len(v.word) {
		k := strings.Index(folded[at:], v.word)
		if k < 0 {
			return n
		}
		at += k
		for _, phrase := range v.phrases {
			if before := strings.Index(phrase, v.word); before <= at && strings.HasPrefix(folded[at-before:], phrase) {
				n++
			}
		}
	}
}

// voices counts the words by which a body speaks of its own province, and of
// its own district.
func voices(body string) (province, district int) {
	folded := vi.Fold(clip(body, "")) // the first 64 KiB
	for _, v := range localVoices {
		province += v.in(folded)
	}
	for _, v := range smallVoices {
		district += v.in(folded)
	}
	return province, district
}

// lifeWords are a birth, a death, or the years of a life in brackets.
var lifeWords = regexp.MustCompile(`(?i)sinh (?:ngày|năm|tại|ra)|nơi sinh|ngày sinh|nơi mất|mất (?:ngày|năm)|\(\d{4} ?[-–] ?(?:\d{4})?\)`)

// lifeReach is more than the bytes of a match on either side of the syllable or bracket
// by which tellsLife finds it.
const lifeReach = 24

// tellsLife reports whether lifeWords match. Only what is around a syllable of theirs, or
// a year after a bracket, is read by the regular expression.
func tellsLife(text string) bool {
	for i := range len(text) {
		may := false
		switch rest := text[i:]; rest[0] {
		case 's', 'S':
			may = hasPrefixFold(rest, "sinh")
		case 'm', 'M':
			may = hasPrefixFold(rest, "mất")
		case '(':
			may = len(rest) > 4 && strings.Trim(rest[1:5], "0123456789") == ""
		}
		if may && lifeWords.MatchString(text[max(0, i-lifeReach):min(len(text), i+lifeReach)]) {
			return true
		}
	}
	return false
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
