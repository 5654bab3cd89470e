package web

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// number writes 1234 as 1.234, in English as 1,234.
func number(lang string, n int) string {
	digits := strconv.Itoa(n)
	separator := locale.Of(lang).Thousands
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return digits
}

// date is a date as the reader writes it.
func date(lang, s string) string { return locale.Date(lang, s) }

// days reads a date as people write it (5/10/2020, 10/2020 or 2020) and returns its
// first and last day, YYYY-MM-DD, like the operator ngay. It returns other text
// unchanged, twice.
func days(s string) [2]string {
	typed := strings.TrimSpace(s)
	isDate := strings.Trim(typed, "0123456789/.-") == "" && !strings.Contains(typed, "..")
	if first, last, ok := search.ReadDays(typed); isDate && ok {
		return [2]string{first, last}
	}
	return [2]string{s, s}
}

// clip cuts a text to at most n runes with an ellipsis, after a word if that is
// near.
func clip(s string, n int) string {
	runes := 0
	for i := range s {
		if runes == n {
			cut := s[:i]
			if space := strings.LastIndexByte(cut, ' '); space > len(cut)*3/4 {
				cut = cut[:space]
			}
			return strings.TrimRightFunc(cut, unicode.IsSpace) + "…"
		}
		runes++
	}
	return s
}

// clipRuns is clip for runs.
func clipRuns(runs []search.Run, n int) []search.Run {
	var out []search.Run
	for _, r := range runs {
		cut := clip(r.Text, n)
		out = append(out, search.Run{Text: cut, Match: r.Match})
		if cut != r.Text {
			break
		}
		n -= len([]rune(r.Text))
	}
	return out
}

// sortByLabel sorts as a Vietnamese dictionary does: đ after d, ă and â after a.
func sortByLabel[T any](items []T, label func(T) string) {
	c := collate.New(language.Vietnamese) // not safe for concurrent use
	var buffer collate.Buffer
	type keyed struct {
		key  string
		item T
	}
	all := make([]keyed, len(items))
	for i, item := range items {
		all[i] = keyed{string(c.KeyFromString(&buffer, label(item))), item}
		buffer.Reset()
	}
	slices.SortStableFunc(all, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	for i := range all {
		items[i] = all[i].item
	}
}
