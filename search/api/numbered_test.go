package api

import (
	"strings"
	"testing"
)

// TestAfterOrdinal: | is the beginning of a lesson.
func TestAfterOrdinal(t *testing.T) {
	for text, want := range map[string]bool{
		"Một là, |tăng cường":                  true,
		"Mở đầu.\nThứ hai, |giữ rừng":          true,
		"Kinh nghiệm: Một là, |nắm; hai là, x": true,
		"Một là, nắm; hai là, |giữ":            true,
		"1. |tăng cường":                       true,
		"a) |tăng cường":                       true,
		"- |tăng cường":                        false,
		"|tăng cường":                          false,
		"Một là, tăng |cường":                  false,
		"Một là,\n|tăng cường":                 false,
		"Bài học kinh nghiệm: |tăng cường":     false,
		"": false,
	} {
		at := max(strings.Index(text, "|"), 0)
		if got := afterOrdinal(strings.Replace(text, "|", "", 1), at); got != want {
			t.Errorf("afterOrdinal(%q) = %v, want %v", text, got, want)
		}
	}
}
