package extract

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"

	"nghiquyet/index/page"
)

// day is a date as printed; d is 0 if the page leaves the day blank, and m if it
// leaves the month blank.
type day struct {
	y, m, d    int
	start, end int  // bytes of the line, with the words "ngày … tháng … năm"
	named      bool // beside a name, which may also be part of a broken sentence
	weak       bool // of a form that other lists use too
	half       bool // with AM or PM: day and month may have changed places
	iso        bool
	label      dayLabel
}

// String is YYYY-MM-DD, YYYY-MM or YYYY.
func (d day) String() string {
	switch {
	case d.m == 0:
		return fmt.Sprintf("%04d", d.y)
	case d.d == 0:
		return fmt.Sprintf("%04d-%02d", d.y, d.m)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.y, d.m, d.d)
}

// real reports whether the day exists, in the years that documents have.
func (d day) real() bool {
	if d.y < 1925 || d.y > 2199 || d.d < 0 {
		return false
	}
	if d.m == 0 {
		return d.d == 0
	}
	t := time.Date(d.y, time.Month(d.m), max(d.d, 1), 0, 0, 0, 0, time.UTC)
	return t.Year() == d.y && t.Month() == time.Month(d.m) && t.Day() == max(d.d, 1)
}

// findDays finds the complete dates of a line: 05/10/2020, 5-10-2020, 5.10.2020,
// 2020-10-05, "ngày 5 tháng 10 năm 2020", "5 tháng 10, 2020", "5 Th10 2020", and "ngày …
// tháng 10 năm 2020" with the day left blank. Days come before months, but for 10/25/2020
// and for clocks with AM or PM without leading zeros.
func findDays(s string) []day {
	var out []day
	for i := 0; i < len(s); i++ {
		if !page.IsDigit(s[i]) || insideNumber(s[:i]) {
			continue
		}
		if d, ok := dayAt(s, i); ok {
			out = append(out, d)
			i = d.end - 1
			continue
		}
		i += page.DigitsOf(s[i+1:])
	}
	return out
}

// insideNumber reports whether a digit after head continues a number: "1" of 1.234,
// 2,15 and 31.
func insideNumber(head string) bool {
	rest := strings.TrimSuffix(head, ".")
	if rest == head {
		rest = strings.TrimSuffix(head, ",")
	}
	return rest != "" && page.IsDigit(rest[len(rest)-1])
}

// number reads up to four digits.
func number(s string, i int) (n, end int) {
	for end = i; end < len(s) && end < i+5 && page.IsDigit(s[end]); end++ {
		n = n*10 + int(s[end]-'0')
	}
	return n, end
}

func dayAt(s string, i int) (d day, ok bool) {
	a, j := number(s, i)
	if j == i || j-i > 4 || j >= len(s) {
		return d, false
	}
	d.start = i
	if d, ok := shortMonth(s, i); ok {
		d.start = dayWord(s, d.start)
		return d, d.real()
	}
	if sep := s[j]; sep == '/' || sep == '-' || sep == '.' {
		b, k := number(s, j+1)
		if k == j+1 || k-j > 3 || k >= len(s) || s[k] != sep {
			return d, false
		}
		c, e := number(s, k+1)
		if e == k+1 || e < len(s) && page.IsDigit(s[e]) {
			return d, false
		}
		d.end = e
		switch {
		case j-i == 4 && e-k-1 <= 2 && sep != '.':
			d.y, d.m, d.d, d.iso = a, b, c, true
		case j-i <= 2 && e-k-1 == 4:
			d.d, d.m, d.y = a, b, c
			d.half = ampm(s[e:])
			// ASP.NET under American settings prints 10/5/2020 2:27:00 PM.
			unpadded := j-i == 1 || k-j-1 == 1 || hourUnpadded(s[e:])
			american := d.half && unpadded && s[i] != '0'
			if a <= 12 && (b > 12 || american) {
				d.d, d.m = b, a
			}
		default:
			return d, false
		}
		d.start = dayWord(s, d.start)
		return d, d.real()
	}
	if j-i > 2 {
		return d, false
	}
	// "5 tháng 10 năm 2020", "5 tháng 10, 2020", "5 tháng 10/2020"
	d.d = a
	if k, ok := word(s, j, "tháng"); ok {
		if !d.month(s, k) {
			return d, false
		}
		d.start = dayWord(s, d.start)
		return d, d.real()
	}
	// "Tháng Mười 5, 2020", "October 5, 2020" and "5 October 2020", as blogs print them
	k := skip(s, j, " ,")
	if m, start := monthBefore(s[:i]); m > 0 {
		d.m, d.start = m, start
	} else if first, rest, ok := strings.Cut(s[k:min(len(s), k+16)], " "); ok && english[strings.ToLower(strings.Trim(first, ".,"))] > 0 {
		d.m, k = english[strings.ToLower(strings.Trim(first, ".,"))], k+len(first)+1+page.Spaces(rest)
	} else {
		return d, false
	}
	y, end := number(s, k)
	d.y, d.end = y, end
	return d, end-k == 4 && d.real()
}

// english maps names of months and their abbreviations to numbers.
var english = func() map[string]int {
	m := map[string]int{}
	for i := range 12 {
		name := strings.ToLower(time.Month(i + 1).String())
		m[name], m[name[:3]] = i+1, i+1
	}
	return m
}()

// monthBefore reads the name of a month that ends head: "Tháng Mười Hai ".
func monthBefore(head string) (m, start int) {
	if !strings.HasSuffix(head, " ") {
		return 0, 0
	}
	words := strings.Fields(head[max(0, len(head)-40):])
	n := len(words)
	if n == 0 {
		return 0, 0
	}
	if m = english[strings.ToLower(strings.Trim(words[n-1], ".,"))]; m > 0 {
		return m, strings.LastIndex(head, words[n-1])
	}
	if from := max(0, len(head)-monthShort); endsInDigit(strings.TrimRight(head, " ,")) {
		if at := monthFirst.FindStringSubmatchIndex(head[from:]); at != nil {
			return figures(head[from:], at, 2), from + at[2]
		}
	}
	for k := n - 1; k >= max(0, n-3); k-- {
		if page.Fold(words[k]) == "thang" {
			m, _ = monthName(strings.Join(words[k+1:], " "))
			return m, strings.LastIndex(head, words[k])
		}
	}
	return 0, 0
}

func endsInDigit(s string) bool { return s != "" && page.IsDigit(s[len(s)-1]) }

// monthName reads the name of a month (Giêng, Tư, Mười Hai) and returns its end.
func monthName(s string) (m, end int) {
	first, rest, _ := strings.Cut(s, " ")
	name := strings.TrimRight(first, ",.")
	m, end = page.Counts[page.Fold(name)], len(name)
	if name == "Giêng" || name == "giêng" {
		m = 1
	}
	if second, _, _ := strings.Cut(rest, " "); m == 10 && name == first {
		second = strings.TrimRight(second, ",.")
		if more := page.Counts[page.Fold(second)]; more == 1 || more == 2 {
			m, end = 10+more, len(first)+1+len(second)
		}
	}
	return m, end
}

// month reads "10 năm 2020" and sets the end.
func (d *day) month(s string, k int) bool {
	var e int
	if d.m, e = number(s, k); e == k {
		if d.m, e = monthName(s[k:min(len(s), k+24)]); d.m == 0 || blankMonth(s[k:]) {
			return false
		}
		e += k
	}
	if k, ok := word(s, e, "năm"); ok {
		e = k
	} else {
		e = skip(s, e, " ,/-.")
	}
	y, end := number(s, e)
	if end-e != 4 {
		return false
	}
	d.y, d.end = y, end
	return true
}

// blankMonth reports whether s, which follows the word "tháng" (month), is the word
// "năm" (year) and a year: the month was left blank for handwriting. "Tháng Năm
// 2020" in capitals is May.
func blankMonth(s string) bool {
	const w = "năm"
	after := strings.TrimPrefix(strings.TrimPrefix(s, w), strings.ToUpper(w))
	return len(after) < len(s) && page.DigitsOf(strings.TrimLeft(after, " :")) >= 4
}

// blankDate matches the words of a date with its month left blank for handwriting,
// from the day on: empty or dots. The day may be blank, too.
var blankDate = regexp.MustCompile(`(?i)ngày[\s.…_/-]*(?:\d{1,2}[\s.…_/-]*)?tháng[\s.…_/-]*năm[\s:]*(\d{4})`)

// blankDay finds "ngày … tháng 6 năm 2025", with the day left blank for
// handwriting, or the month, or both: then only the year is known.
func blankDay(s string) (d day, ok bool) {
	i := strings.Index(strings.ToLower(s), "ngày")
	if i < 0 || len(strings.ToLower(s)) != len(s) {
		return d, false
	}
	d.start = i
	if at := blankDate.FindStringSubmatchIndex(s[i:]); at != nil {
		d.y, d.end = page.Atoi(s[i+at[2]:i+at[3]]), i+at[1]
		return d, d.real()
	}
	k, found := word(s, skip(s, i+len("ngày"), " .…_-/"), "tháng")
	if !found || !d.month(s, k) {
		return d, false
	}
	return d, d.real()
}

func skip(s string, i int, set string) int {
	return len(s) - len(strings.TrimLeft(s[i:], set))
}

// word steps over spaces, w in any case, and spaces.
func word(s string, i int, w string) (int, bool) {
	i = skip(s, i, " \n")
	if len(s)-i < len(w) || !strings.EqualFold(s[i:i+len(w)], w) {
		return i, false
	}
	return skip(s, i+len(w), " \n:"), true
}

// dayWord moves start before "ngày ".
func dayWord(s string, start int) int {
	const w = "ngày"
	head := strings.TrimRight(s[:start], " :\n")
	if len(head) >= len(w) && strings.EqualFold(head[len(head)-len(w):], w) {
		return len(head) - len(w)
	}
	return start
}

// ampm reports a clock with AM or PM after a date.
func ampm(s string) bool {
	head := strings.ToUpper(s[:min(len(s), 16)])
	return strings.Contains(head, " AM") || strings.Contains(head, " PM")
}

// clock reports a time of day in a line without its date: 10:27, 15h20.
func clock(s string) bool {
	for i := 1; i+2 < len(s); i++ {
		if (s[i] == ':' || s[i] == 'h') && page.IsDigit(s[i-1]) && page.IsDigit(s[i+1]) && page.IsDigit(s[i+2]) {
			return true
		}
	}
	return false
}

// hourUnpadded reports whether a clock such as 2:27:00 follows a date.
func hourUnpadded(s string) bool {
	s = strings.TrimLeft(s, " ,-|")
	return page.DigitsOf(s) == 1 && len(s) > 1 && s[1] == ':'
}

// unsite cuts the name of a site in brackets off: "(sonla.dcs.vn) Ngày …".
func unsite(s string) string {
	t := strings.TrimSpace(s)
	if i := strings.IndexByte(t, ')'); strings.HasPrefix(t, "(") && i > 0 && !strings.Contains(t[:i], " ") {
		return t[i+1:]
	}
	return s
}

// clockSigns are all that a clock and the brackets around it consist of.
const clockSigns = " 0123456789:()[]|,-AMPSCHamp"

// titleDay cuts a date off the end of a title: "Nâng cao chất lượng sinh hoạt
// chi bộ (12/03/2020 10:30)".
func titleDay(title string) (rest string, d day, ok bool) {
	days := findDays(title)
	if len(days) != 1 { // a span, as of an anniversary: (15/6/1933 - 15/6/2024)
		return title, d, false
	}
	d = days[0]
	rest = strings.TrimRight(title[:d.start], " (-–|[")
	tail := title[d.end:]
	inWords := strings.Contains(title[d.start:d.end], " ") && !strings.HasPrefix(strings.ToLower(title[d.start:]), "ngày")
	ends := strings.Trim(tail, clockSigns) == ""
	if d.d == 0 || d.y < firstSite || inWords || !ends || strings.Count(rest, " ") < 3 {
		return title, day{}, false
	}
	// "… ngày 12/3/2020" is the day of an event, unless it is in brackets or has a
	// clock.
	bracketed := len(rest) < len(strings.TrimRight(title[:d.start], " "))
	if !bracketed && !strings.Contains(tail, ":") && !standsAlone(title, d) {
		return title, day{}, false
	}
	return rest, d, true
}

// standsAlone reports whether a day in digits is the day of the page, printed after
// a title: no word before it, such as "ngày", "đến" or "từ", makes it part of the
// title.
func standsAlone(title string, d day) bool {
	figures := strings.IndexFunc(title[d.start:d.end], unicode.IsLetter) < 0 && d.end-d.start == len("05/10/2020")
	return figures && !dayTakers[lastWord(page.Fold(strings.TrimRight(title[:d.start], " ,;")))]
}

// dayTakers are words before a day that belongs to the title, folded.
var dayTakers = setOf(cues("dates/takers"))

// anotherDay reports digits about a slash: the rest of a span of days.
func anotherDay(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if s[i] == '/' && page.IsDigit(s[i-1]) && page.IsDigit(s[i+1]) {
			return true
		}
	}
	return strings.Contains(s, " thang ") && strings.Contains(s, " nam ") && !strings.Contains(s, "cap nhat")
}

// isoDay reads the date of a machine's timestamp: 2020-10-05T10:27:00+07:00,
// 20201005, or a Vietnamese date.
func isoDay(s string) (day, bool) {
	if s = strings.TrimSpace(s); s == "" {
		return day{}, false
	}
	if t, ok := page.Instant(s); ok {
		out := dayOf(t)
		return out, out.real()
	}
	if len(s) >= 8 && strings.Trim(s[:8], "0123456789") == "" && (len(s) == 8 || !page.IsDigit(s[8])) {
		out := day{y: page.Atoi(s[:4]), m: page.Atoi(s[4:6]), d: page.Atoi(s[6:8]), end: 8, iso: true}
		return out, out.real()
	}
	if days := findDays(s); len(days) > 0 {
		return days[0], true
	}
	for _, layout := range []string{time.ANSIC, "January 2, 2006", "Jan 2, 2006", "2 January 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			out := dayOf(t)
			return out, out.real()
		}
	}
	return day{}, false
}

func dayOf(t time.Time) day {
	return day{y: t.Year(), m: int(t.Month()), d: t.Day(), iso: true}
}

// datelineWords may be beside the date in a line with the day of publication;
// folded, without numbers.
var datelineWords = setOf(strings.Fields(strings.Join(cues("dates/dateline-words"), " ")))

// firstSite is before the first year in which a Vietnamese site could publish
// (the country was connected in November 1997).
const firstSite = 1996

// revised reports words for a later change: of two days the second is then the day of
// the change.
func revised(folded string) bool {
	return strings.Contains(folded, "cap nhat") || strings.Contains(folded, "update") || strings.Contains(folded, "sua")
}

// dateline reads a line that has a date and little else: "Thứ hai - 05/10/2020
// 10:27 548 0", "08/11/2020 - Lượt xem: 1807", "Cập nhật lúc 10:30, ngày 5 tháng 10
// năm 2020", "Gia Lai, ngày 5/10/2020". Today's date, which sites print on every
// page, does not count.
func dateline(line string) (d day, ok bool) {
	if len(line) > maxCueLine || strings.Contains(line, "\t") || strings.HasSuffix(line, "–") || strings.HasSuffix(line, " -") {
		return d, false // rows of tables give dates of other things; a dash leaves a span open
	}
	if strings.Count(line, ")") > strings.Count(line, "(") {
		return d, false // the rest of a sentence
	}
	days := findDays(line)
	if len(days) == 0 {
		return d, false
	}
	d, unlabelled := ownDay(line, days)
	if d.label == labelOther || d.y < firstSite && d.label != labelIssued {
		return d, false
	}
	bare := line[:d.start] + " " + line[d.end:]
	if unlabelled != line {
		bare = unlabelled
	}
	rest := page.Fold(unsite(bare))
	if strings.Contains(rest, "hom nay") || strings.Contains(rest, "bay gio") || strings.Contains(bare, "từ ") || strings.Contains(bare, "Từ ") || anotherDay(rest) {
		return d, false
	}
	for _, other := range days {
		plain := other.label == labelNone && d.label == labelNone
		if plain && other.String() != d.String() && !revised(rest) {
			return d, false // a span of days
		}
	}
	unknown, named := 0, 0
	for _, w := range strings.FieldsFunc(rest, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if !datelineWords[w] {
			unknown++
		}
	}
	if unknown == 0 {
		// "27 tháng 4 năm 2018" alone may be a line of any list of facts.
		d.weak = strings.Trim(rest, " .,()[]0123456789") == "" && strings.Contains(line, "tháng") && !strings.Contains(strings.ToLower(line), "ngày")
		return d, true
	}
	// A name may be beside the date: a place before it, an author, a section.
	for _, w := range strings.Fields(bare) {
		if page.IsUpperAt(w) && !datelineWords[page.Fold(strings.Trim(w, ",.:-|"))] {
			named++
		}
	}
	parted := strings.ContainsAny(line, "|,:") || strings.Contains(line, " - ") || strings.Contains(line, " – ")
	d.named = true
	if clock(rest) { // then the name is that of a body, in which not all words begin with capitals
		return d, unknown <= 7 && named*2 >= unknown && parted
	}
	return d, unknown <= 5 && named >= unknown && parted
}

func isDateline(s string) bool {
	_, ok := dateline(s)
	return ok
}
