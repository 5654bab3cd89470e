package vi

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// wholeAt returns the end and the exact term of the Whole that begins at i, 0 where none
// begins. Its first part ends at end; prev is the folded word before it. The kinds of
// Wholes:
//
//	document number  35-CT/TW, 35CT/TW, 202/2025/QH15   35-ct/tw, 35-ct/tw, 202/2025/qh15
//	date in figures  30/5/2019, 30-5-2019, 30.05.2019, 2019-05-30   2019-05-30
//	date in words    30 tháng 5 năm 2019, 30 tháng 5, 2019, 30tháng 5/2019   2019-05-30
//	month            5/2019; after tháng also 5 năm 2019, 5-2019, 5.2019   2019-05
//	grouped number   1.234.567, 1,234,567   1234567 (a Number, without parts)
//	decimal          1.234,5, 1,5, 1.5   1234.5, 1.5, 1.5
//	mixed run        QH15, F0, 10h30   qh15, f0, 10h30
//	apostrophe       M'Drăk, R’lấp   mdrăk, rlấp
//
// Numbers lose their leading zeros (02-NQ/TU is 2-nq/tu), TƯ in a document number is tw.
// Days and months outside the calendar, two-digit years and numbers with more dots
// (1.2.3, an IP address) make no Whole.
func wholeAt(text string, i, end int, prev string) (stop int, term string) {
	w := wholeReader{text: text[:min(len(text), i+maxWholeBytes)], i: i, end: end, prev: prev}
	if classes[text[i]] != digit {
		return w.mixed()
	}
	switch c := w.at(end); {
	case c == '/' || c == '-':
		if stop, term = w.docNumber(); stop != 0 {
			return stop, term
		}
		if stop, term = w.date(); stop == 0 {
			stop, term = w.month()
		}
	case c == '.':
		if stop, term = w.date(); stop == 0 {
			stop, term = w.month()
		}
		if stop == 0 {
			stop, term = w.decimal()
		}
	case c == ',':
		stop, term = w.decimal()
	case classes[c] == lower || classes[c] == upper || classes[c] == multi:
		if stop, term = w.inWords(); stop == 0 {
			stop, term = w.docNumber()
		}
		if stop == 0 {
			stop, term = w.mixed()
		}
	case c == ' ' || c == '\n':
		stop, term = w.inWords()
	}
	return stop, term
}

// maxWholeBytes bounds the bytes that are read ahead for a Whole.
const maxWholeBytes = 160

type wholeReader struct {
	text   string
	i, end int    // the first part
	prev   string // folded word before it
}

func (w *wholeReader) at(i int) byte {
	if i < len(w.text) {
		return w.text[i]
	}
	return 0
}

// digits returns the end of the run of digits at i.
func (w *wholeReader) digits(i int) int {
	for classes[w.at(i)] == digit {
		i++
	}
	return i
}

// figure reads the digits at i as a number of at most four digits; n is -1 if there is
// none.
func (w *wholeReader) figure(i int) (n, end int) {
	end = w.digits(i)
	if end == i || end-i > 4 {
		return -1, end
	}
	for ; i < end; i++ {
		n = n*10 + int(w.text[i]-'0')
	}
	return n, end
}

// free reports that a Whole may end at i: no letter or digit follows.
func (w *wholeReader) free(i int) bool {
	c := w.at(i)
	if classes[c] == multi {
		r, _ := utf8.DecodeRuneInString(w.text[i:])
		return !isLetter(r) && !isJoiner(r)
	}
	return !wordByte(c)
}

// freeNumber is like free, and no separator with one more digit follows either.
func (w *wholeReader) freeNumber(i int) bool {
	switch w.at(i) {
	case '.', ',', '/', '-':
		return classes[w.at(i+1)] != digit
	}
	return w.free(i)
}

func dateTerm(y, m, d int) (string, bool) {
	if y < 1000 || y > 2199 || m < 1 || m > 12 {
		return "", false
	}
	if d < 1 || d > daysIn[m] {
		return "", false
	}
	return string(appendDate(make([]byte, 0, 10), y, m, d)), true
}

// appendDate appends the year and each of rest in two digits, joined by hyphens.
func appendDate(dst []byte, year int, rest ...int) []byte {
	dst = strconv.AppendInt(dst, int64(year), 10)
	for _, n := range rest {
		dst = append(dst, '-', byte('0'+n/10), byte('0'+n%10))
	}
	return dst
}

var daysIn = [...]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func (w *wholeReader) date() (int, string) {
	sep := w.at(w.end)
	if sep != '/' && sep != '-' && sep != '.' {
		return 0, ""
	}
	d, _ := w.figure(w.i)
	m, e := w.figure(w.end + 1)
	if d < 0 || m < 0 || w.at(e) != sep {
		return 0, ""
	}
	y, stop := w.figure(e + 1)
	if w.end-w.i == 4 && sep == '-' {
		d, y = y, d
	}
	if term, ok := dateTerm(y, m, d); ok && w.freeNumber(stop) {
		return stop, term
	}
	return 0, ""
}

// spaces skips at most three blanks.
func (w *wholeReader) spaces(i int) int {
	for n := 0; n < 3; n++ {
		switch {
		case w.at(i) == ' ', w.at(i) == '\t', w.at(i) == '\n':
			i++
		case strings.HasPrefix(w.text[min(i, len(w.text)):], "\u00a0"):
			i += 2
		}
	}
	return i
}

// literal skips blanks, the word and blanks; it returns 0 where the word is not there.
func (w *wholeReader) literal(i int, folded string) int {
	start := w.spaces(i)
	if start >= len(w.text) {
		return 0
	}
	end := start
	for end < len(w.text) {
		r, n := utf8.DecodeRuneInString(w.text[end:])
		if g := glyphOf(r); g.bare != 0 && folded != "" && g.bare == folded[0] {
			folded = folded[1:]
		} else if !isJoiner(r) {
			break
		}
		end += n
	}
	if folded != "" || !w.free(end) {
		return 0
	}
	return w.spaces(end)
}

// inWords reads a date with the word tháng (month), or month and year after tháng.
func (w *wholeReader) inWords() (int, string) {
	d, _ := w.figure(w.i)
	i := w.literal(w.end, "thang")
	if d < 0 || i == 0 {
		return w.month()
	}
	m, e := w.figure(i)
	y, stop := w.year(e)
	if term, ok := dateTerm(y, m, d); ok {
		return stop, term
	}
	return 0, ""
}

// year reads the separator or words between month and year, and the year.
func (w *wholeReader) year(i int) (y, stop int) {
	if c := w.at(i); c == '/' || (c == '.' || c == '-') && w.digits(i+1) == i+5 {
		i++
	} else if next := w.literal(i, "nam"); next != 0 {
		i = next
	} else if w.at(i) == ',' {
		i++
		if next := w.literal(i, "nam"); next != 0 {
			i = next
		} else {
			i = w.spaces(i)
		}
	} else {
		return 0, 0
	}
	y, stop = w.figure(i)
	if y < 1000 || y > 2199 || !w.freeNumber(stop) {
		return 0, 0
	}
	return y, stop
}

// month reads month and year after tháng. With a slash, other words may come
// before, except words that count something else by the year (quý, kỳ, khóa …).
func (w *wholeReader) month() (int, string) {
	m, _ := w.figure(w.i)
	if m < 1 || m > 12 || w.prev != "thang" && w.at(w.end) != '/' {
		return 0, ""
	}
	switch w.prev {
	case "quy", "so", "ky", "dot", "lan", "khoa":
		return 0, ""
	}
	if y, stop := w.year(w.end); stop != 0 {
		return stop, string(appendDate(make([]byte, 0, 7), y, m))
	}
	return 0, ""
}

func (w *wholeReader) decimal() (int, string) {
	sep := w.at(w.end)
	if sep != '.' && sep != ',' {
		return 0, ""
	}
	i, groups := w.end, 0
	if w.end-w.i <= 3 && w.text[w.i] != '0' {
		for w.at(i) == sep && w.digits(i+1) == i+4 {
			i += 4
			groups++
		}
	}
	if sep == ',' && groups == 1 { // 1,234 is a decimal
		i, groups = w.end, 0
	}
	whole, fraction := i, i
	if point := w.at(i); point == ',' || point == '.' && (groups == 0 || sep == ',') {
		if e := w.digits(i + 1); e > i+1 {
			fraction, i = i+1, e
		}
	}
	if i == w.end || i-w.i > MaxTokenRunes || !w.freeNumber(i) || w.afterPoint() {
		return 0, ""
	}
	term := make([]byte, 0, MaxTokenRunes)
	for _, c := range []byte(w.text[w.i:whole]) {
		if c != sep {
			term = append(term, c)
		}
	}
	if fraction > whole {
		term = append(append(term, '.'), w.text[fraction:i]...)
	}
	return i, string(term)
}

// afterPoint reports that the first part continues a row of numbers with points: 1.2.3.
func (w *wholeReader) afterPoint() bool {
	return w.i > 1 && (w.text[w.i-1] == '.' || w.text[w.i-1] == ',') && classes[w.text[w.i-2]] == digit
}

// docNumber reads a document number: digits, perhaps a year, then groups of letters
// and digits joined by hyphens and slashes, the first group with a letter first.
func (w *wholeReader) docNumber() (int, string) {
	number := trimZeros(w.text[w.i:w.end])
	if len(number) > 6 {
		return 0, ""
	}
	term := append(make([]byte, 0, MaxTokenRunes), number...)
	i, seps := w.end, 0
	if w.at(i) == '/' {
		if y, e := w.figure(i + 1); y > 1000 && (w.at(e) == '/' || w.at(e) == '-') {
			term = append(term, w.text[i:e]...)
			i, seps = e, 1
		}
	}
	first := true
	for {
		sep, next := w.separator(i)
		if first && next == i {
			sep = '-'
		} else if next == i {
			break
		}
		end, ok := w.group(next, first)
		if !ok {
			if first {
				return 0, ""
			}
			break
		}
		if next > i {
			seps++
		}
		group := normalizeWord(w.text[next:end])
		if group == "tư" {
			group = "tw"
		}
		term = append(append(term, sep), group...)
		i, first = end, false
	}
	if seps == 0 || len(term) > MaxTokenRunes {
		return 0, ""
	}
	return i, string(term)
}

// separator reads a hyphen, dash or slash at i.
func (w *wholeReader) separator(i int) (sep byte, next int) {
	switch c := w.at(i); {
	case c == '-' || c == '/':
		return c, i + 1
	case strings.HasPrefix(w.text[min(i, len(w.text)):], "–"):
		return '-', i + len("–")
	}
	return 0, i
}

// group reads at most ten letters and digits. The first group begins with a letter,
// and has a capital or no vowel with a mark: so 35-CT and 35-ct are document
// numbers, 5-năm is not.
func (w *wholeReader) group(i int, first bool) (end int, ok bool) {
	n, letters, capital, marked := 0, 0, false, false
	last := rune(0)
	for end = i; end < len(w.text); n++ {
		r, size := utf8.DecodeRuneInString(w.text[end:])
		g := glyphOf(r)
		switch {
		case r >= '0' && r <= '9':
			if first && letters == 0 {
				return i, false
			}
		case g.plain != 0:
			letters++
			low := r == g.plain || g.tone != ngang && r == tonedVowel[g.plain][g.tone]
			capital = capital || !low
			marked = marked || g.tone != ngang || strings.ContainsRune("ăâêô", r)
		case markTone(r) != ngang && isVowel(last), withMark(last, r) != 0:
			marked = marked || r != markHorn
			n--
		case isLetter(r), isJoiner(r):
			return i, false
		default:
			size = 0
		}
		if size == 0 {
			break
		}
		if g.plain != 0 {
			last = g.plain
		}
		end += size
	}
	if n > 10 || n == 0 {
		return end, false
	}
	if first {
		return end, letters > 0 && (capital || !marked)
	}
	return end, true
}

// mixed reads a run of letters and digits, or of letters around apostrophes.
func (w *wholeReader) mixed() (int, string) {
	i := w.end
	letters := classes[w.at(w.i)] != digit
	for i < len(w.text) {
		c := w.text[i]
		switch k := classes[c]; {
		case k == digit:
			i = w.digits(i)
			continue
		case k == lower, k == upper, k == multi && w.letterAt(i):
			i = wordEnd(w.text, i)
			letters = true
			continue
		case letters && w.apostrophe(i) > 0 && w.letterAt(i+w.apostrophe(i)):
			i += w.apostrophe(i)
			continue
		}
		break
	}
	if i == w.end || !letters || w.i+maxWholeBytes == i {
		return 0, ""
	}
	term := normalizeWord(dropApostrophes.Replace(w.text[w.i:i]))
	if utf8.RuneCountInString(term) > MaxTokenRunes { // runes of the term: the same for NFC and NFD
		return 0, ""
	}
	return i, term
}

var dropApostrophes = strings.NewReplacer("'", "", "’", "")

func (w *wholeReader) letterAt(i int) bool {
	r, _ := utf8.DecodeRuneInString(w.text[min(i, len(w.text)):])
	return isLetter(r) && r != utf8.RuneError && !isIdeograph(r)
}

// apostrophe returns how many bytes the apostrophe at i has, 0 if there is none.
func (w *wholeReader) apostrophe(i int) int {
	switch {
	case w.text[i] == '\'':
		return 1
	case strings.HasPrefix(w.text[i:], "’"):
		return len("’")
	}
	return 0
}

// trimZeros drops leading zeros of a run of digits.
func trimZeros(s string) string { return cmp.Or(strings.TrimLeft(s, "0"), "0") }
