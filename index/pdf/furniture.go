package pdf

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

var (
	pageNumberRE = regexp.MustCompile(`^(?:(?i:trang|page)\s*)?[-–—\s|]*(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—\s|]*$`)

	// stampRE begins the lines that signing software draws on a page.
	stampRE = regexp.MustCompile(`^(?i:(?:(?:người|được|chữ) ký|ký (?:bởi|số)|digitally signed|signed by|signature (?:not verified|valid)|reason|location)(?:[\s:(]|$).{0,200}|(?:e-?mail|cơ quan|tổ chức|thời gian ký|ngày ký|giờ ký|chức vụ|đơn vị|date|signing time)\s*:.{0,200})$`)
	stampBy = regexp.MustCompile(`^(?i:(?:người|được) ký|ký (?:bởi|số)|digitally signed|signed by|signature)(?:[\s:(]|$)`)
)

// Rows looked at for running heads and feet at each end of a page.
const marginRows = 3

// dropFurniture takes out running heads and feet and page numbers: what is
// marked so, what recurs at the same end of the pages, digits aside, and bare
// numbers there that count with the pages.
func dropFurniture(pages [][][]pdfLine) {
	type slot struct {
		key string
		top bool
	}
	seen := map[slot]map[int]bool{} // pages, by what stands there
	offsets := map[int]int{}        // printed minus real page number → pages
	each := func(do func(page, row int, s slot)) {
		for p, rows := range pages {
			for i := range rows {
				if i < marginRows || i >= len(rows)-marginRows {
					text := joinLines(rows[i]).text
					if i < marginRows {
						do(p, i, slot{text, true})
					}
					if i >= len(rows)-marginRows {
						do(p, i, slot{text, false})
					}
				}
			}
		}
	}
	each(func(p, _ int, s slot) {
		if n, ok := pageNumber(s.key); ok {
			offsets[n-p]++
		}
		s.key = digitless(s.key)
		if seen[s] == nil {
			seen[s] = map[int]bool{}
		}
		seen[s][p] = true
	})
	drop := map[[2]int]bool{}
	each(func(p, i int, s slot) {
		if n, ok := pageNumber(s.key); ok && (n == p+1 || offsets[n-p] >= 2) {
			drop[[2]int{p, i}] = true
		}
		s.key = digitless(s.key)
		if n := len(seen[s]); n >= 3 && n*10 >= 3*len(pages) && strings.IndexFunc(s.key, unicode.IsLetter) >= 0 {
			drop[[2]int{p, i}] = true
		}
	})
	for p, rows := range pages {
		keep := rows[:0]
		for i, row := range rows {
			if !drop[[2]int{p, i}] && !joinLines(row).aside {
				keep = append(keep, row)
			}
		}
		pages[p] = keep
	}
}

func pageNumber(text string) (int, bool) {
	m := pageNumberRE.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil
}

func digitless(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return ' '
		}
		return r
	}, s)), " ")
}

// takeStamps takes the drawings of signing software out of the rows of a page:
// two or more stamp lines together, one of which says who signed. A line of
// its own that follows, such as the rest of a long name, is left in the text.
func takeStamps(rows [][]pdfLine) (rest [][]pdfLine, stamps []string) {
	var lines []*pdfLine
	said := false
	for i := range rows {
		for j := range rows[i] {
			if l := &rows[i][j]; stampRE.MatchString(l.text) {
				lines = append(lines, l)
				said = said || stampBy.MatchString(l.text)
			}
		}
	}
	if !said || len(lines) < 2 {
		return rows, nil
	}
	is := map[*pdfLine]bool{}
	for _, l := range lines {
		is[l] = true
		stamps = append(stamps, l.text)
	}
	for i := range rows {
		var keep []pdfLine
		for j := range rows[i] {
			if !is[&rows[i][j]] {
				keep = append(keep, rows[i][j])
			}
		}
		if len(keep) > 0 {
			rest = append(rest, keep)
		}
	}
	return rest, stamps
}
