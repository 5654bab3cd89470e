package page

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Forms of numbering. Words of the first family mix freely on real pages: Một
// là, Hai là, Thứ ba.
const (
	FormWord   = 'w' // Một là, Thứ nhất, Bài học thứ nhất, Bài học 1, Kinh nghiệm thứ hai
	FormDigit  = 'd' // 1. 1) 1- 1/ 1:
	FormParen  = 'p' // (1)
	FormLetter = 'a' // a) a.
	FormRoman  = 'r' // I. II.
	FormLow    = 'i' // (i) i) ii)
	formSub    = 's' // 4.1. 4.2
	formDeep   = 't' // 4.1.2. 4.1.2.1
	FormBullet = 'b' // - + • *
)

// Ordinal is a number at the start of a line: its form, its value from 1 (0 for
// bullets) and its length in bytes with the text after it (" là", ": ").
type Ordinal struct {
	Form rune
	N    int
	Len  int
}

// Counts are the words of numbers 1–20, folded; "bốn" and "tư" are both 4.
var Counts = map[string]int{"mot": 1, "nhat": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}

// OrdinalAt reads the numbering at the start of s. Bullets before it ("- Một
// là") belong to it.
func OrdinalAt(s string) Ordinal {
	head := s[:min(len(s), 96)]
	for !utf8.ValidString(head) {
		head = head[:len(head)-1]
	}
	folded := Fold(head)
	lead := len(folded) - len(strings.TrimLeft(folded, " *?+-.\"#"))
	bullet := Bulleted(s)
	if o := WordOrdinal(folded[lead:]); o.Form != 0 {
		o.Len = ByteAt(s, lead+o.Len)
		return o
	}
	if rest, ok := strings.CutPrefix(folded[lead:], "thu "); ok { // "Thứ hai Phát huy": no day of the week
		if n, after := count(rest); n > 0 && strings.HasPrefix(after, " ") {
			if at := ByteAt(s, len(folded)-len(after)+1); IsUpperAt(s[at:]) {
				return Ordinal{Form: FormWord, N: n, Len: at}
			}
		}
	}
	if r, size := utf8.DecodeRuneInString(s); r >= '①' && r <= '⑳' {
		return Ordinal{Form: FormParen, N: int(r-'①') + 1, Len: size + Spaces(s[size:])}
	}
	if bullet {
		rest := strings.TrimLeft(folded[1:], " ")
		if o := markOrdinal(rest); o.Form == FormDigit || o.Form == FormParen {
			o.Len = ByteAt(s, len(folded)-len(rest)+o.Len)
			return o
		}
		return Ordinal{Form: FormBullet, Len: ByteAt(s, len(folded)-len(rest))}
	}
	o := markOrdinal(strings.TrimLeft(folded, "*\"? "))
	if o.Form != 0 {
		at := len(folded) - len(strings.TrimLeft(folded, "*\"? ")) + o.Len
		if w := WordOrdinal(folded[at:]); w.Form != 0 && w.N == o.N { // "1. Một là, …"
			o, at = w, at+w.Len
		}
		o.Len = ByteAt(s, at)
		if o.Form == FormRoman && !unicode.IsUpper(rune(s[0])) && s[0] != '*' {
			if !strings.HasSuffix(strings.TrimRight(s[:o.Len], " *"), ")") {
				return Ordinal{}
			}
			o.Form = FormLow
		}
	}
	return o
}

// WordOrdinal reads numbers in words at the start of folded text.
func WordOrdinal(f string) (o Ordinal) {
	rest, labelled := f, false
	for _, label := range []string{"bai hoc kinh nghiem ", "bai hoc ", "kinh nghiem "} {
		if r, ok := strings.CutPrefix(rest, label); ok {
			rest, labelled = strings.TrimPrefix(strings.TrimPrefix(r, "lon "), "quy "), true
			break
		}
	}
	n, after, thu := 0, "", false
	switch {
	case strings.HasPrefix(rest, "thu "):
		n, after = count(rest[len("thu "):])
		if d := DigitsOf(rest[len("thu "):]); d > 0 && d < 3 {
			n, after = Atoi(rest[len("thu "):len("thu ")+d]), rest[len("thu ")+d:]
		}
		thu = true
	case labelled && strings.HasPrefix(rest, "dau tien"):
		n, after, thu = 1, rest[len("dau tien"):], true
	case labelled:
		rest = strings.TrimPrefix(rest, "so ")
		if d := DigitsOf(rest); d > 0 && d < 3 {
			n, after, thu = Atoi(rest[:d]), rest[d:], true
		}
	default:
		n, after = count(rest)
	}
	if n == 0 {
		return o
	}
	trim := strings.TrimLeft(after, " ")
	is := strings.HasPrefix(trim, "la ") || strings.HasPrefix(trim, "la,") || strings.HasPrefix(trim, "la:") || trim == "la"
	switch {
	case is:
		trim = trim[2:]
	case !thu && !alone(after):
		return o // "một" is a number, not a numbering
	case !thu:
	case trim == "" || strings.IndexByte(",:.;-?)", trim[0]) < 0:
		if !labelled {
			return o // "Thứ hai tuần này", "Thứ ba ngày 5/10"
		}
	}
	if mayBeDay := thu && !is && !labelled; mayBeDay && (weekday(n, trim) || dayAfter(trim)) {
		return o
	}
	trim = strings.TrimLeft(trim, " ,:.;-)*?\"")
	return Ordinal{Form: FormWord, N: n, Len: len(f) - len(trim)}
}

// alone reports whether a number in words is an ordinal: "Một, phải giữ vững"; not
// "Hai, ba năm qua", "Năm: 2020".
func alone(after string) bool {
	if len(after) < 3 || after[0] != ',' && after[0] != ':' || after[1] != ' ' {
		return false
	}
	next, _, _ := strings.Cut(after[2:], " ")
	next = strings.Trim(next, ",.;:")
	return next != "" && !IsDigit(next[0]) && Counts[next] == 0
}

// weekday reports that "thứ" and the number n name a day of the week: "Thứ hai,
// ngày 5/10/2020".
func weekday(n int, after string) bool {
	return n >= 2 && n <= 7 && strings.HasPrefix(strings.TrimLeft(after, " -,:"), "ngay ")
}

// dayAfter reports a date after "Thứ hai": it names a day of the week.
func dayAfter(s string) bool {
	s = strings.TrimLeft(s, " -,:")
	d := DigitsOf(s)
	return (d == 1 || d == 2) && d < len(s) && strings.IndexByte("/-.", s[d]) >= 0
}

// count reads "mot", "muoi hai"; after is the rest.
func count(f string) (n int, after string) {
	word, rest, _ := strings.Cut(f, " ")
	first := strings.TrimRight(word, ",:.;-)")
	n = Counts[first]
	if n == 10 && first == word {
		next, _, _ := strings.Cut(rest, " ")
		next = strings.TrimRight(next, ",:.;-)")
		if m := Counts[next]; m > 0 && m < 10 {
			return 10 + m, rest[len(next):]
		}
	}
	return n, f[len(first):]
}

// DigitsOf counts the ASCII digits at the start of s.
func DigitsOf(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }

// Atoi is the number that s, digits only, writes.
func Atoi(s string) (n int) {
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// markOrdinal reads numbers and letters with a mark at the start of folded text.
func markOrdinal(f string) Ordinal {
	paren := strings.HasPrefix(f, "(")
	if paren {
		f = f[1:]
	}
	d := DigitsOf(f)
	switch {
	case d > 0 && d < 3 && d < len(f):
		n := Atoi(f[:d])
		rest := f[d:]
		if paren {
			if rest[0] == ')' {
				return Ordinal{FormParen, n, 1 + d + 1 + Spaces(rest[1:])}
			}
			return Ordinal{}
		}
		if rest[0] == ',' && len(rest) > 2 && rest[1] == ' ' && !IsDigit(rest[2]) { // "1, Tăng cường"
			return Ordinal{FormDigit, n, d + 1 + Spaces(rest[1:])}
		}
		if rest[0] == '.' && DigitsOf(rest[1:]) > 0 && DigitsOf(rest[1:]) < 3 { // 4.1. or 4.1
			return partOrdinal(f, d)
		}
		if strings.IndexByte(".)-/:", rest[0]) < 0 || rest[0] != '.' && rest[0] != ')' && rest[0] != ':' && DigitsOf(rest[1:]) > 0 {
			if strings.HasPrefix(rest, " - ") || strings.HasPrefix(rest, " . ") { // "1 - Tăng cường"
				return Ordinal{FormDigit, n, d + 2 + Spaces(rest[2:])}
			}
			return Ordinal{}
		}
		if rest[0] == '.' && len(rest) > 1 && rest[1] != ' ' && DigitsOf(rest[1:]) > 0 {
			return Ordinal{}
		}
		return Ordinal{FormDigit, n, d + 1 + Spaces(rest[1:])}
	case letterMark(f):
		// a b c d đ e g h: đ folds to d, so d occurs twice.
		n := strings.IndexByte("abcd_egh", f[0]) + 1
		if paren && f[1] != ')' {
			return Ordinal{}
		}
		l := 2 + Spaces(f[2:])
		if paren {
			l++
		}
		return Ordinal{FormLetter, n, l}
	}
	if k := strings.IndexAny(f, ".-/):"); k > 0 && k < 6 && (!paren || f[k] == ')') && strings.Trim(f[:k], "ivx") == "" {
		written := strings.ToUpper(f[:k])
		for n := 1; n < 30; n++ {
			switch {
			case Roman(n) != written:
			case paren:
				return Ordinal{FormLow, n, k + 2 + Spaces(f[k+1:])}
			default:
				return Ordinal{FormRoman, n, k + 1 + Spaces(f[k+1:])}
			}
		}
	}
	return Ordinal{}
}

// partOrdinal reads the number of a part of a part after its first d digits: 4.1. or
// 4.1, 4.1.2.
func partOrdinal(f string, d int) Ordinal {
	form, last, end := formSub, "", d
	for parts := 0; end < len(f) && f[end] == '.'; parts++ {
		k := DigitsOf(f[end+1:])
		if k == 0 || k > 2 {
			break
		}
		if last, end = f[end+1:end+1+k], end+1+k; parts > 0 {
			form = formDeep
		}
	}
	switch rest := f[end:]; {
	case strings.HasPrefix(rest, "."), strings.HasPrefix(rest, ")"):
		end++
	case !strings.HasPrefix(rest, " "):
		return Ordinal{}
	}
	return Ordinal{rune(form), Atoi(last), end + Spaces(f[end:])}
}

// Spaces counts the spaces, emphasis marks and unknown signs at the start of
// folded text.
func Spaces(s string) int { return len(s) - len(strings.TrimLeft(s, " *?")) }

// letterMark reports a letter as it numbers points: "a)", "b. ".
func letterMark(f string) bool {
	return f != "" && f[0] >= 'a' && f[0] <= 'h' && (strings.HasPrefix(f[1:], ")") || strings.HasPrefix(f[1:], ". "))
}

// Roman writes a number from 1 to 3999 in capitals, any other in digits.
func Roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		n int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.n; n -= d.n {
			b.WriteString(d.s)
		}
	}
	return b.String()
}
