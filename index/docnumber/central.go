package docnumber

import (
	"strings"
	"time"

	"nghiquyet/analyzers/vi"
)

// congresses are the days on which the congresses closed that elected a Central
// Committee, VI to XIV, by the first year of its term: its bodies number anew from
// then on. Sources: Nhân Dân, nhandan.vn/cac-ky-dai-hoi-tag83549.html (VII to XIII),
// Quân đội Nhân dân, qdnd.vn, "Đảng Cộng sản Việt Nam qua các kỳ Đại hội" (VI, IX),
// the press release on the closing session of XIV, 23 January 2026, in VnEconomy; all
// read on 29 November 2026.
var congresses = []struct{ day, term string }{
	{"1986-12-18", "1986-1991"},
	{"1991-06-27", "1991-1996"},
	{"1996-07-01", "1996-2001"},
	{"2001-04-22", "2001-2006"},
	{"2006-04-25", "2006-2011"},
	{"2011-01-19", "2011-2016"},
	{"2016-01-28", "2016-2021"},
	{"2021-02-01", "2021-2026"},
	{"2026-01-23", "2026-2031"},
}

// Central reports whether a key is of a document of the Central Committee or one of
// its bodies, whose numbers begin anew with each term: there are 35-CT/TW of 1998,
// 2014, 2019 and 2024.
func Central(key string) bool {
	return strings.HasSuffix(key, "TW") && strings.Contains(key, "/") && !strings.Contains(key, "@")
}

// CentralTerm returns the term of the Central Committee on a day, or in a month or
// year that is inside one, such as "2016-2021"; "" if unknown.
func CentralTerm(date string) string {
	first, last := date, date
	switch len(date) {
	case len("2006"):
		first, last = date+"-01-01", date+"-12-31"
	case len("2006-01"):
		first, last = date+"-01", date+"-31"
	case len(time.DateOnly):
	default:
		return ""
	}
	if term := termOn(first); term == termOn(last) {
		return term
	}
	return ""
}

func termOn(day string) (term string) {
	for _, c := range congresses {
		if c.day < day {
			term = c.term
		}
	}
	return term
}

// StatedDate returns the day, month or year in a mention of a document, as in "Chỉ thị
// số 35-CT/TW ngày 30/5/2019" and "Kết luận 127-KL/TW năm 2025"; "" if it has none.
func StatedDate(mention string) string {
	tokens := vi.Tokens(mention)
	for i, t := range tokens {
		switch {
		case t.Kind == vi.Whole && isDate(t.Exact):
			return t.Exact
		case i > 0 && t.Kind == vi.Number && len(t.Exact) == len("2006") && tokens[i-1].Folded == "nam":
			return t.Exact
		}
	}
	return ""
}

// isDate reports a day or month.
func isDate(term string) bool {
	_, noDay := time.Parse(time.DateOnly, term)
	_, noMonth := time.Parse("2006-01", term)
	return noDay == nil || noMonth == nil
}
