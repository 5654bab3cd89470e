package docnumber

import (
	"strings"

	"nghiquyet/analyzers/vi"
)

// letterKind is the kind of document whose State form names no kind: official
// letters (công văn) are numbered 6123/BYT-DP, number/body-office that wrote it.
const letterKind = "CV"

// maxOffice is how many letters and digits the office in a letter's number has at most.
const maxOffice = 10

// isLetter reports a number in the State form of official letters.
func (n Number) isLetter() bool { return n.Kind == "" && n.Year == "" && strings.Contains(n.Body, "-") }

// parseLetter reads the number of an official letter at the start of s. If the text
// does not say that it is one, or it is written in small letters, its body must be a
// known one.
func parseLetter(s string, said, loose bool) (n Number, end int, ok bool) {
	i := digits(s, 0)
	j, sep := separator(s, i, false)
	if i == 0 || i > 5 || !sep || !strings.Contains(s[i:j], "/") {
		return n, 0, false
	}
	body, e := letters(s, j)
	known := canonBody[vi.Fold(body)] != ""
	_, isKind := kindOf(body)
	printed := upperStart(body)
	allowed := said && printed && !isKind
	if known {
		allowed = printed || loose
	}
	if !allowed || len(body) < 2 || e == len(s) || s[e] != '-' {
		return n, 0, false
	}
	office, end := bodyAt(s, e+1)
	if office == "" || upperStart(office) != printed || len(office) > maxOffice {
		return n, 0, false
	}
	return Number{Num: pad(s[:i]), Body: bodyOf(body) + "-" + strings.ToUpper(office)}, end, true
}

// allowsKind reports whether a number is of the kind that the pattern names.
func (p Pattern) allowsKind(n Number) bool {
	isOrdinance := p.Kind == "PL" && n.Kind == "" && strings.HasPrefix(n.Body, ordinanceBody)
	return agrees(p.Kind, n.Kind) || p.Kind == letterKind && n.isLetter() || isOrdinance
}

// parseWhole reads the number of any document at the start of s.
func parseWhole(s string, loose bool) (n Number, end int, ok bool) {
	if n, end, ok = parse(s, loose); ok && strings.Trim(s[end:], " .,;:)") == "" {
		return n, end, ok
	}
	if letter, e, is := parseLetter(s, true, loose); is {
		return letter, e, true
	}
	return n, end, ok
}
