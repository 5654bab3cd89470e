package vi

import (
	"slices"
	"strconv"
	"strings"
)

var romanValue = [256]int{'I': 1, 'V': 5, 'X': 10, 'L': 50}

// roman reads a Roman numeral up to 89, all in one case, and returns it in Arabic
// figures. sure reports that it is a numeral without further context: two letters
// or more of I, V and X that are no Vietnamese syllable (not VI and XI).
func roman(s string) (arabic string, sure bool) {
	const small = 'a' - 'A'
	if len(s) > 8 || romanValue[s[0]&^small] == 0 { // most words
		return "", false
	}
	u := strings.ToUpper(s)
	if u != s && strings.ToLower(s) != s {
		return "", false
	}
	n := 0
	for i := 0; i < len(u); i++ {
		v := romanValue[u[i]]
		if v == 0 {
			return "", false
		}
		if i+1 < len(u) && v < romanValue[u[i+1]] {
			v = -v
		}
		n += v
	}
	if n <= 0 || u == "L" || writeRoman(n) != u {
		return "", false
	}
	sure = len(u) > 1 && u != "VI" && u != "XI" && !strings.Contains(u, "L")
	return strconv.Itoa(n), sure
}

func writeRoman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		v int
		s string
	}{{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.v; n -= d.v {
			b.WriteString(d.s)
		}
	}
	return b.String()
}

// romanContext lists the folded words that a Roman numeral follows. Each has the
// words of which one must come before it, or nil.
var romanContext = map[string][]string{
	"khoa": nil, "ky": nil, "quy": nil, "lan": nil, "thu": {"lan", "hop", "ky", "hoi"},
	"hoi": {"dai"}, "nghi": {"hoi"}, "uong": {"trung"},
	"chuong": nil, "phan": nil, "muc": nil, "luc": {"phu"}, "bang": nil, "tap": nil,
	"khu": nil, "vuc": {"khu"}, "vung": nil, "phuong": nil, "doan": {"giai"},
	"hang": nil, "cap": nil, "loai": nil, "nhom": nil, "bac": nil,
}

// romanHere reports whether the word text[start:end] is a Roman numeral where it
// could also be a letter or syllable: it must follow khóa, quý, lần thứ, đại hội or
// another word of romanContext. In lower case (typed in a hurry) a clause or the
// text must end after it, or a number follow.
func (s *scanner) romanHere(start, end int) bool {
	if s.brk || len(s.toks) == s.base {
		return false
	}
	prev := s.toks[len(s.toks)-1]
	before, ok := romanContext[prev.Folded]
	if !ok || prev.End+1 != start {
		return false
	}
	if before != nil && (len(s.toks)-s.base < 2 || !slices.Contains(before, s.toks[len(s.toks)-2].Folded)) {
		return false
	}
	rest := s.text[end:]
	return s.text[start] < 'a' || !strings.HasPrefix(rest, " ") || len(rest) > 1 && classes[rest[1]] == digit
}
