package pdf

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

var (
	pageNumberRE = regexp.MustCompile(`^((?i:trang|page)\s*)?[-–—\s|]*(\d{1,4})(\s*(?:/|(?i:của|trên|of))\s*\d{1,4})?[-–—\s|]*$`)

	// stampRE begins the lines that signing software draws on a page.
	stampRE = regexp.MustCompile(`^(?i:(?:(?:người|được|chữ) ký|ký (?:bởi|số)|digitally signed|signed by|signature (?:not verified|valid)|reason|location)(?:[\s:(]|$).{0,200}|(?:e-?mail|cơ quan|tổ chức|thời gian ký|ngày ký|giờ ký|chức vụ|đơn vị|date|signing time)\s*:.{0,200})$`)
	stampBy = regexp.MustCompile(`^(?i:(?:người|được) ký|ký (?:bởi|số)|digitally signed|signed by|signature)(?:[\s:(]|$)`)
)

// A running head or foot is looked for in marginRows rows at each end of a page
// and recurs within samePlace points of its distance from that end.
const (
	marginRows = 3
	samePlace  = 6.0
)

// marginRow is a row near an end of a page.
type marginRow struct {
	page, row int     // 0-based
	top       bool    // near the upper end
	outer     bool    // the outermost row there
	at        float64 // distance of its base line from that end
	text      string  // as printed
	words     string  // text, without its page number if it has one
	bare      bool    // it is only a page number, if it is one
	explicit  bool    // which "trang" or a total calls a page number
	offset    int     // of a bare number: that less the page
	readings  []reading
	aside     bool // the file marks it as pagination
}

// reading is one way to read a row: words and a page number.
type reading struct {
	words  string
	offset int // the number less the page
}

// dropFurniture removes running heads, running feet and page numbers from the rows
// of the pages, and returns one copy of each head and foot. These are rows that the
// file marks so, and rows that recur with the same words at the same place of at
// least three pages and three in ten. Numbers count as words, unless they count
// with the pages, so that "Điều 1" and "Điều 2" at the top of two pages, the rows
// of a list and footnotes stay.
func dropFurniture(pages [][][]pdfLine, heights []float64) (copies []string) {
	rows := marginRowsOf(pages, heights)
	places := countPlaces(rows)
	drop := map[[2]int]bool{}
	known := map[string]bool{}
	for i := range rows {
		r := &rows[i]
		switch {
		case r.bare && (r.aside || r.isPageNumber(places)):
			drop[[2]int{r.page, r.row}] = true
			continue
		case !r.aside && !r.recurs(places, len(pages)):
			continue
		}
		drop[[2]int{r.page, r.row}] = true
		if r.words != "" && !known[r.words] {
			known[r.words] = true
			copies = append(copies, r.words)
		}
	}
	for p, rows := range pages {
		keep := rows[:0]
		for i, row := range rows {
			if !drop[[2]int{p, i}] {
				keep = append(keep, row)
			}
		}
		pages[p] = keep
	}
	return copies
}

// marginRowsOf lists the rows at the ends of the pages, and all that the file
// marks as pagination.
func marginRowsOf(pages [][][]pdfLine, heights []float64) (out []marginRow) {
	for p, rows := range pages {
		for i, row := range rows {
			line := joinLines(row)
			head, foot := i < marginRows, i >= len(rows)-marginRows
			if !head && !foot && !line.aside {
				continue
			}
			r := marginRow{page: p, row: i, text: line.text, words: line.text, aside: line.aside, outer: i == 0 || i == len(rows)-1}
			r.top = head && !foot || head == foot && 2*row[0].y > heights[p]
			if r.at = row[0].y; r.top {
				r.at = heights[p] - row[0].y
			}
			if n, explicit, ok := pageNumber(line.text); ok {
				r.bare, r.explicit, r.offset = true, explicit, n-p
			} else {
				r.readings = r.readNumber(row)
			}
			out = append(out, r)
		}
	}
	return out
}

// readNumber returns the ways to read a page number beside other words: separated
// by a wide gap, a sign or the word "trang" (page); or by only a space, if the
// words name a year or contain a slash, as titles of journals do.
func (r *marginRow) readNumber(row []pdfLine) (out []reading) {
	if last := len(row) - 1; last > 0 {
		if n, _, ok := pageNumber(row[0].text); ok {
			out = append(out, reading{joinLines(row[1:]).text, n - r.page})
		}
		if n, _, ok := pageNumber(row[last].text); ok {
			out = append(out, reading{joinLines(row[:last]).text, n - r.page})
		}
	}
	for _, re := range []*regexp.Regexp{numberLastRE, numberFirstRE} {
		m := re.FindStringSubmatch(r.text)
		if m == nil {
			continue
		}
		words, sign := strings.TrimSpace(m[re.SubexpIndex("words")]), m[re.SubexpIndex("sign")]
		n, err := strconv.Atoi(m[re.SubexpIndex("n")])
		if err == nil && (strings.TrimSpace(sign) != "" || journalRE.MatchString(words) && !ordinalRE.MatchString(words)) {
			out = append(out, reading{words, n - r.page})
		}
	}
	return out
}

// Page numbers beside other words; the sign shows that the number is one.
var (
	numberLastRE  = regexp.MustCompile(`^(?P<words>.*?\S)\s*(?P<sign>[|•·–—]|(?i:\strang|\spage|\str\.)|\s)\s*(?P<n>\d{1,4})$`)
	numberFirstRE = regexp.MustCompile(`^(?P<n>\d{1,4})\s*(?P<sign>[|•·–—]|)\s+(?P<words>\S.*)$`)
	journalRE     = regexp.MustCompile(`\p{L}.*(?:/|\d{4})|\d{4}.*\p{L}`)

	// ordinalRE ends in a word that a number follows.
	ordinalRE = regexp.MustCompile(`(?i:điều|dieu|chương|chuong|mục|muc|phần|phan|bài|bai|học|hoc|câu|cau|số|so|thứ|thu|lần|lan|thôn|thon|tổ|to|nhóm|nhom|bảng|bang|biểu|bieu|hình|hinh|lục|luc|kỳ|ky|khóa|khoa|tập|tap|năm|nam|tháng|thang|quý|quy)$`)
)

// places are the sorted distances from the page's edge at which words occur, and
// those of page numbers.
type places map[placeKey][]float64

type placeKey struct {
	words  string
	number int // of bare numbers
	top    bool
}

func (r *marginRow) key() placeKey {
	if r.bare {
		return placeKey{number: r.offset, top: r.top}
	}
	return placeKey{words: r.words, top: r.top}
}

// countPlaces counts the places of all rows. A number beside words is a page number
// if another page has the same words and its number counts with this one.
func countPlaces(rows []marginRow) places {
	counted := map[reading]int{}
	for _, r := range rows {
		for _, c := range r.readings {
			counted[c]++
		}
	}
	out := places{}
	for i := range rows {
		r := &rows[i]
		most := 1
		for _, c := range r.readings {
			if counted[c] > most {
				most, r.words = counted[c], c.words
			}
		}
		k := r.key()
		out[k] = append(out[k], r.at)
	}
	for _, at := range out {
		slices.Sort(at)
	}
	return out
}

// of counts the rows at the place of r with its words or number.
func (p places) of(r *marginRow) int {
	at := p[r.key()]
	from, _ := slices.BinarySearch(at, r.at-samePlace)
	to, _ := slices.BinarySearch(at, r.at+samePlace)
	return to - from
}

// isPageNumber reports whether a bare number counts with the pages: at the same
// place of another page, or alone at the end of this one.
func (r *marginRow) isPageNumber(p places) bool {
	return p.of(r) >= 2 || r.offset == 1 && (r.outer || r.explicit)
}

// recurs reports whether words are those of a running head or foot.
func (r *marginRow) recurs(p places, pages int) bool {
	if r.bare || strings.IndexFunc(r.words, unicode.IsLetter) < 0 {
		return false
	}
	n := p.of(r)
	return n >= 3 && n*10 >= 3*pages
}

func pageNumber(text string) (n int, explicit, ok bool) {
	m := pageNumberRE.FindStringSubmatch(text)
	if m == nil {
		return 0, false, false
	}
	n, err := strconv.Atoi(m[2])
	return n, m[1] != "" || m[3] != "", err == nil
}

// takeStamps removes the stamps of signing software from the rows of a page: two or
// more stamp lines together, one of which names the signer. A following line of its
// own, such as the rest of a long name, stays in the text.
func takeStamps(rows [][]pdfLine) (rest [][]pdfLine, stamps []string) {
	rest = without(rows, func(l *pdfLine) bool {
		is := stampRE.MatchString(l.text)
		if is {
			stamps = append(stamps, l.text)
		}
		return is
	})
	if len(stamps) < 2 || !slices.ContainsFunc(stamps, stampBy.MatchString) {
		return rows, nil
	}
	return rest, stamps
}

// without returns the rows without some of their lines.
func without(rows [][]pdfLine, drop func(*pdfLine) bool) (rest [][]pdfLine) {
	for _, row := range rows {
		var keep []pdfLine
		for j := range row {
			if !drop(&row[j]) {
				keep = append(keep, row[j])
			}
		}
		if len(keep) > 0 {
			rest = append(rest, keep)
		}
	}
	return rest
}
