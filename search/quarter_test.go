package search

import (
	"slices"
	"testing"
)

// TestQuarters checks the quarters that months and days are in, which months a
// quarter has, and how far quarters are apart.
func TestQuarters(t *testing.T) {
	for month, want := range map[string]string{"2025-01": "2025-Q1", "2025-03": "2025-Q1", "2025-04": "2025-Q2", "2025-09": "2025-Q3", "2025-12": "2025-Q4"} {
		if got := quarterOf(month); got != want {
			t.Errorf("quarterOf(%s) = %s, want %s", month, got, want)
		}
		if months, ok := monthsOf(want); !ok || len(months) != 3 || !slices.Contains(months, month) {
			t.Errorf("monthsOf(%s) = %v, want %s among three", want, months, month)
		}
	}
	for _, c := range []struct {
		from string
		n    int
		want string
	}{{"2025-Q3", 0, "2025-Q3"}, {"2025-Q3", 1, "2025-Q2"}, {"2025-Q1", 1, "2024-Q4"}, {"2025-Q4", 4, "2024-Q4"}, {"2025-Q2", 9, "2023-Q1"}} {
		if got := QuarterBefore(c.from, c.n); got != c.want {
			t.Errorf("QuarterBefore(%s, %d) = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

// TestReadQuarter checks the ways in which quarters are written.
func TestReadQuarter(t *testing.T) {
	for typed, want := range map[string]string{
		"2025-Q3": "2025-Q3", "2025q3": "2025-Q3", "q3/2025": "2025-Q3", "Q3-2025": "2025-Q3", "3/2025": "2025-Q3", "III/2025": "2025-Q3",
		"quý III năm 2025": "2025-Q3", "Quý 4/2024": "2024-Q4", "iv.2024": "2024-Q4",
		"2025": "", "2025-Q5": "", "q0/2025": "", "2025-Q": "", "quý": "", "12/2025": "", "1800-Q1": "", "2025-Q3-Q4": "", "": "",
	} {
		if got, ok := readQuarter(typed); ok != (want != "") || ok && got.Value != want {
			t.Errorf("readQuarter(%q) = %q %v, want %q", typed, got.Value, ok, want)
		}
	}
}
