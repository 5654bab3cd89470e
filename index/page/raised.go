package page

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// noteMarkRE is the mark of a footnote: 1 to 999, a list of them, asterisks
	// or daggers, also in brackets.
	noteMarkRE = regexp.MustCompile(`^[\[(]?\s*(?:[1-9]\d{0,2}(?:\s*[,;–-]\s*[1-9]\d{0,2})*|\*{1,4}|[†‡]{1,2})\s*[\])]?$`)

	// unitRE matches a unit of length at the end, which a raised 2 or 3 makes one of
	// area or volume.
	unitRE = regexp.MustCompile(`(?:^|[^\p{L}])[kcdm]?m$`)

	// powerRE ends in the base of a power of ten, after a sign of arithmetic or a
	// comma.
	powerRE = regexp.MustCompile(`(?:^|[x×.·*,(=<>~≈±]\s?)10$`)

	// signedRE matches an exponent with a sign, as in 10⁻³.
	signedRE = regexp.MustCompile(`^[-−–+]\d{1,3}$`)

	// hourRE ends in an hour, minuteRE is what is written raised after it: 7h³⁰.
	hourRE   = regexp.MustCompile(`(?:^|[^\p{L}\d])\d{1,2}\s?h$`)
	minuteRE = regexp.MustCompile(`^[0-5]\d$`)
)

// Raised returns the text for raised, smaller print after before. The mark of a
// footnote is left out, because it would change the number before it: 320¹ is not
// 3201. An exponent stays (m2, km3, x², 10⁶), and so do the minutes of 7h30 and anything
// else, also at the beginning of a line, where the mark precedes the footnote itself.
func Raised(before, raised string) string {
	before = strings.TrimRight(before, " \t\u00a0")
	mark := strings.TrimSpace(raised)
	switch {
	case before == "" || mark == "" || strings.HasSuffix(before, "\n"):
		return raised
	case mark == "0" && IsDigit(before[len(before)-1]):
		return "⁰" // of degrees: 37⁰C
	case signedRE.MatchString(mark):
		return superscripts.Replace(mark)
	case minuteRE.MatchString(mark) && hourRE.MatchString(tail(before)):
		return mark
	case !noteMarkRE.MatchString(mark):
		return raised
	case (mark == "2" || mark == "3") && unitRE.MatchString(tail(before)):
		return raised
	case DigitsOf(mark) == len(mark) && (powerRE.MatchString(tail(before)) || variable(before)):
		return superscripts.Replace(mark)
	}
	return ""
}

// Fraction returns the upper figure of a fraction after before, apart from a whole
// number: 2½ is 2 1/2, not 21/2.
func Fraction(before, figure string) string {
	if before != "" && IsDigit(before[len(before)-1]) {
		return " " + figure
	}
	return figure
}

// NoteMark reports a text that is the mark of a footnote and no more.
func NoteMark(s string) bool { return noteMarkRE.MatchString(strings.TrimSpace(s)) }

// tail is enough of the end of s for the expressions above.
func tail(s string) string { return Tail(s, 16) }

// variable reports whether a text ends in a single letter: x².
func variable(s string) bool {
	r, size := utf8.DecodeLastRuneInString(s)
	before, _ := utf8.DecodeLastRuneInString(s[:len(s)-size])
	return r < utf8.RuneSelf && unicode.IsLower(r) && (len(s) == size || NotLetter(before) && !unicode.IsDigit(before))
}

var superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹",
	"+", "⁺", "-", "⁻", "−", "⁻", "–", "⁻")
