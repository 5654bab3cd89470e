package search

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nghiquyet/analyzers/vi"
)

// quarters is the number of quarters in a year.
const quarters = 4

// quarterOf returns the quarter of a month: 2025-Q3 for 2025-08.
func quarterOf(month string) string {
	n, _ := strconv.Atoi(month[len("2006-"):])
	return quarterText(month[:len("2006")], (n+2)/3)
}

func quarterText(year string, n int) string { return year + "-Q" + strconv.Itoa(n) }

// QuarterOf returns the quarter of a day YYYY-MM-DD, as a value of [FacetQuarter].
func QuarterOf(day string) string { return quarterOf(day[:len("2006-01")]) }

// QuarterBefore returns the quarter n quarters before the given one.
func QuarterBefore(quarter string, n int) string {
	year, _ := strconv.Atoi(quarter[:len("2006")])
	of, _ := strconv.Atoi(quarter[len("2006-Q"):])
	count := year*quarters + of - 1 - n
	return quarterText(strconv.Itoa(count/quarters), count%quarters+1)
}

// isQuarter reports whether s has the form YYYY-Qn, n from 1 to 4.
func isQuarter(s string) bool {
	year, n, ok := strings.Cut(s, "-Q")
	return ok && isDay(year+"-01-01") && len(n) == 1 && "1" <= n && n <= "4"
}

// monthsOf returns the three months of a quarter.
func monthsOf(quarter string) (months []string, ok bool) {
	if !isQuarter(quarter) {
		return nil, false
	}
	n, _ := strconv.Atoi(quarter[len("2006-Q"):])
	for month := 3*n - 2; month <= 3*n; month++ {
		months = append(months, fmt.Sprintf("%s-%02d", quarter[:len("2006")], month))
	}
	return months, true
}

// roman are the numerals by which documents name quarters.
var roman = []string{"i", "ii", "iii", "iv"}

// readQuarter reads 2025-Q3, 2025q3, Q3/2025, 3/2025, III/2025, and the same forms
// after the word quý (quarter).
func readQuarter(s string) (Field, bool) {
	parts := strings.FieldsFunc(vi.Fold(s), func(r rune) bool { return strings.ContainsRune("-/. ", r) })
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "quy" || p == "nam" })
	if len(parts) == 1 {
		if year, n, ok := strings.Cut(parts[0], "q"); ok {
			parts = []string{year, n}
		}
	}
	if len(parts) != 2 {
		return Field{}, false
	}
	if len(parts[0]) != len("2006") {
		slices.Reverse(parts)
	}
	n := strings.TrimPrefix(parts[1], "q")
	if i := slices.Index(roman, n); i >= 0 {
		n = strconv.Itoa(i + 1)
	}
	value := parts[0] + "-Q" + n
	return Field{Value: value}, isQuarter(value)
}
