package extract

import (
	"regexp"
	"strings"

	"nghiquyet/index/page"
)

// dayMonth matches a day with the short name of its month, as sites in Vietnamese print
// it: "03 Th9 2025", "3 thg 9, 2025", "03-Th9-2025". monthFirst ends in such a name that is
// before its day: "Th9 3, 2025".
var (
	dayMonth   = regexp.MustCompile(`^(\d{1,2})[ /-]+(?i:thg?\.? ?|t)(0?[1-9]|1[0-2])[ ,/-]+(\d{4})(?:\D|$)`)
	monthFirst = regexp.MustCompile(`(?:^|[ (|])((?i:thg?\.? ?)(0?[1-9]|1[0-2]),? )$`)
)

// monthShort is the most bytes that such a day or name has.
const monthShort = 24

// shortMonth reads a day with the short name of its month at byte i.
func shortMonth(s string, i int) (d day, ok bool) {
	near := s[i:min(len(s), i+monthShort)]
	if !strings.ContainsAny(near, "tT") {
		return d, false
	}
	at := dayMonth.FindStringSubmatchIndex(near)
	if at == nil {
		return d, false
	}
	return day{d: figures(near, at, 1), m: figures(near, at, 2), y: figures(near, at, 3), start: i, end: i + at[7]}, true
}

// figures is the number in the k-th group of a match in s, 0 if the group is not in it.
func figures(s string, match []int, k int) int {
	if match[2*k] < 0 {
		return 0
	}
	return page.Atoi(s[match[2*k]:match[2*k+1]])
}
