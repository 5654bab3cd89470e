package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/index/page"
)

// pdfRun is text without a gap, in one font: a word or a part of one.
type pdfRun struct {
	text      string
	buf       []byte // of text, while it grows
	x0, x1, y float64
	size      float64
	bold      bool
	aside     bool
	spaced    bool // a space is drawn before it
	lifted    bool // see pdfGlyph
	font      *pdfFont
}

// pdfLine is the text on one base line between two wide gaps: a line of a
// paragraph, of a column or of a table cell.
type pdfLine struct {
	text      string
	x0, x1, y float64
	size      float64
	bold      bool // throughout
	aside     bool
	page      int
	first     float64  // width of its first word
	cells     []string // of a table row, which has no text of its own
	runs      []pdfRun // until tables are found
}

// Gaps in parts of the font size.
const (
	gapWord   = 0.14 // a space, if the file writes none
	gapSpace  = 0.03 // if the file writes one
	gapColumn = 1.5  // may divide columns
	rowShift  = 0.45 // of base lines within a row: super- and subscripts
	underLine = 0.95 // least distance of lines in one column
)

// maxRow bounds the runs of a row that are compared with the next one.
const maxRow = 512

// goesOn reports whether a glyph is the next one of a run: the same font, size and
// line, and no gap between.
func goesOn(g pdfGlyph, run *pdfRun) bool {
	if len(run.buf) == 0 || g.font != run.font || math.Abs(g.size-run.size) >= 0.1*run.size {
		return false
	}
	gap := g.x - run.x1
	return math.Abs(g.y-run.y) < 0.2*run.size && gap > -0.35*g.size && gap <= gapWord*g.size
}

// runs joins neighbouring glyphs in the order in which they are drawn: words and
// parts of words, because letters that a font lacks are drawn later from another.
// Spaces are runs without text.
func (c *pdfCanvas) runs() []pdfRun {
	var out []pdfRun
	var cur *pdfRun
	for _, g := range c.glyphs {
		space := strings.TrimFunc(g.text, unicode.IsSpace) == ""
		if cur != nil && !space {
			if isAccent(g, cur) {
				cur.buf = append(cur.buf, accentMark(g.text)...)
				cur.x1 = max(cur.x1, g.x+g.w)
				continue
			}
			if goesOn(g, cur) {
				cur.buf = append(cur.buf, g.text...)
				cur.x1 = max(cur.x1, g.x+g.w)
				continue
			}
		}
		out = append(out, pdfRun{x0: g.x, x1: g.x + g.w, y: g.y, size: g.size, bold: g.font.bold, aside: g.aside, lifted: g.lifted, font: g.font})
		cur = &out[len(out)-1]
		if !space {
			cur.buf = []byte(g.text)
		}
	}
	for i := range out {
		out[i].text, out[i].buf = string(out[i].buf), nil
		if convert := out[i].font.convert; convert != nil {
			out[i].text = page.ConvertRun(convert, out[i].text)
		}
	}
	return out
}

// sortRow puts the runs of a row from left to right and turns spaces into a
// mark of the run that follows.
func sortRow(row []pdfRun) []pdfRun {
	slices.SortStableFunc(row, func(a, b pdfRun) int { return cmp.Compare(a.x0, b.x0) })
	out := row[:0]
	space := false
	for _, r := range row {
		if r.text == "" {
			space = true
			continue
		}
		r.spaced, space = space, false
		out = append(out, r)
	}
	return out
}

// isAccent reports a combining mark, or a spacing accent drawn over the letter
// before it, from a character of its own.
func isAccent(g pdfGlyph, cur *pdfRun) bool {
	if isMark(g.text) {
		return math.Abs(g.y-cur.y) < cur.size
	}
	last, _ := utf8.DecodeLastRune(cur.buf)
	return accentMark(g.text) != g.text && unicode.IsLetter(last) && g.x+g.w/2 < cur.x1 && g.x+g.w/2 > cur.x1-cur.size && math.Abs(g.y-cur.y) < cur.size
}

// accents are the spacing accents with the marks that they stand for.
var accents = map[string]string{"´": "\u0301", "ˊ": "\u0301", "`": "\u0300", "ˋ": "\u0300", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "˘": "\u0306"}

func accentMark(text string) string { return cmp.Or(accents[text], text) }

// uprightRules are the vertical rules from left to right.
func (c *pdfCanvas) uprightRules() []pdfRule {
	out := slices.DeleteFunc(slices.Clone(c.rules), func(r pdfRule) bool { return !(r.x1-r.x0 < ruleThickness && r.y1-r.y0 > 2*ruleThickness) })
	slices.SortFunc(out, func(a, b pdfRule) int { return cmp.Compare(a.x0, b.x0) })
	return out
}

// divided reports whether a vertical rule passes between x0 and x1 at y.
func divided(upright []pdfRule, x0, x1, y float64) bool {
	i := sort.Search(len(upright), func(i int) bool { return upright[i].x0 >= x0-1 })
	for ; i < len(upright) && upright[i].x0 <= x1+1; i++ {
		if upright[i].y0 <= y+4 && upright[i].y1 >= y {
			return true
		}
	}
	return false
}

// rows groups runs by base line, from the top of the page, and cuts each row
// into lines at wide gaps and at vertical rules.
func (c *pdfCanvas) rows(page int) [][]pdfLine {
	runs := c.withSheet(c.runs())
	upright := c.uprightRules()
	slices.SortStableFunc(runs, func(a, b pdfRun) int { return cmp.Compare(b.y, a.y) })
	var grouped [][]pdfRun
	for i := 0; i < len(runs); {
		base, j := runs[i], i+1
		for j < len(runs) && base.y-runs[j].y < rowShift*max(base.size, runs[j].size) && !startsLine(runs[i:j], runs[j]) {
			if runs[j].size > base.size { // a superscript came first
				base = runs[j]
			}
			j++
		}
		row := runs[i:j]
		if row = sortRow(row); len(row) > 0 {
			grouped = append(grouped, row)
		}
		i = j
	}
	var rows [][]pdfLine
	gut := findGutter(grouped)
	for at, row := range grouped {
		var lines []pdfLine
		for k := 0; k < len(row); {
			n := k + 1
			for end := row[k].x1; n < len(row); n++ {
				gap := row[n].x0 - end
				if gap >= gapColumn*max(row[n-1].size, row[n].size) || gut.within(at, end, row[n].x0) || gap > -1 && divided(upright, end, row[n].x0, row[n].y) {
					break
				}
				end = max(end, row[n].x1)
			}
			line := joinRuns(row[k:n])
			line.page = page
			if !ornamentRE.MatchString(line.text) {
				lines = append(lines, line)
			}
			k = n
		}
		switch k := len(rows) - 1; {
		case len(lines) == 0:
		case k >= 0 && beside(rows[k], lines):
			rows[k] = append(rows[k], lines...)
			slices.SortStableFunc(rows[k], func(a, b pdfLine) int { return cmp.Compare(a.x0, b.x0) })
		default:
			rows = append(rows, lines)
		}
	}
	return rows
}

// startsLine reports whether a run is below one of a row, as far as lines of a column
// are from one another. Between two lines of a column there may be the base line of a
// large heading in the column beside it.
func startsLine(row []pdfRun, r pdfRun) bool {
	if row[0].y-r.y < underLine*r.size || len(row) > maxRow {
		return false
	}
	return slices.ContainsFunc(row, func(a pdfRun) bool {
		size := max(a.size, r.size)
		return a.y-r.y >= underLine*size && a.x0 < r.x1 && r.x0 < a.x1 && a.text != "" && r.text != ""
	})
}

// beside reports whether the lines of two rows are side by side, closer than lines
// below one another, as in columns with base lines of their own.
func beside(above, below []pdfLine) bool {
	if len(above)+len(below) > 8 {
		return false
	}
	for _, a := range above {
		for _, b := range below {
			size := max(a.size, b.size)
			if a.y-b.y > underLine*size || a.x0 < b.x1+gapColumn*size && b.x0 < a.x1+gapColumn*size {
				return false
			}
		}
	}
	return true
}

// ornamentRE matches text that only draws lines: the underline of a masthead, a
// dotted line to write on.
var ornamentRE = regexp.MustCompile(`^(?:[\s_.…*~]|[-–—=]{2,})*$`)

// joinRuns makes one line of runs from left to right. The same text drawn again at
// the same place (shadow, imitated bold) counts once.
func joinRuns(runs []pdfRun) pdfLine {
	var b strings.Builder
	line := pdfLine{x0: runs[0].x0, y: runs[0].y, bold: true, aside: true, runs: runs}
	weight := map[float64]int{}
	apart := setApart(runs)
	var prev *pdfRun
	for i := 0; i < len(runs); i++ {
		r := &runs[i]
		if prev != nil {
			if r.text == prev.text && math.Abs(r.x0-prev.x0) < 0.25*r.size {
				continue
			}
			limit := gapWord*max(r.size, prev.size) + apart
			if r.spaced {
				limit = gapSpace * r.size
			}
			if mark, n := raised(prev, runs[i:]); n > 0 {
				if left := page.Raised(b.String(), mark); left != mark {
					b.WriteString(left)
					i += n - 1
					line.x1 = max(line.x1, runs[i].x1)
					continue
				}
			}
			if r.x0-line.x1 > limit || isNumerator(prev, runs[i:]) {
				b.WriteByte(' ')
			}
		}
		b.WriteString(r.text)
		line.x1 = max(line.x1, r.x1)
		line.bold = line.bold && r.bold
		line.aside = line.aside && r.aside
		n := utf8.RuneCountInString(r.text)
		if weight[r.size] += n; weight[r.size] > weight[line.size] {
			line.size, line.y = r.size, r.y
		}
		prev = r
	}
	line.text = strings.Join(strings.Fields(page.CleanText(b.String())), " ")
	if n := utf8.RuneCountInString(line.text); n > 0 {
		word, _, _ := strings.Cut(line.text, " ")
		line.first = (line.x1 - line.x0) * float64(utf8.RuneCountInString(word)) / float64(n)
	}
	return line
}

// setApart returns how far the letters of a line are set apart, which makes a heading wide:
// the usual gap between letters that were drawn one by one without spaces. It is 0 in
// other lines, and where what stands apart are figures.
func setApart(runs []pdfRun) float64 {
	const letters, even = 4, 0.1 // fewest gaps, difference among them in parts of the font size
	var gaps []float64
	figures := 0
	for i := 1; i < len(runs); i++ {
		a, b := runs[i-1], runs[i]
		gap := b.x0 - a.x1
		if b.spaced || gap <= gapWord*b.size || utf8.RuneCountInString(a.text) != 1 || utf8.RuneCountInString(b.text) != 1 {
			continue
		}
		if page.IsDigit(a.text[0]) {
			figures++
		}
		gaps = append(gaps, gap)
	}
	if len(gaps) < letters || 2*figures > len(gaps) {
		return 0
	}
	slices.Sort(gaps)
	usual := gaps[len(gaps)/4]
	n := 0
	for _, gap := range gaps {
		if math.Abs(gap-usual) <= even*runs[0].size {
			n++
		}
	}
	if n < letters || 3*n < 2*len(gaps) {
		return 0
	}
	return usual
}

// raised joins the first runs that have no letters, are smaller than prev and
// higher, and right beside it.
func raised(prev *pdfRun, runs []pdfRun) (mark string, n int) {
	end := prev.x1
	for n < len(runs) {
		r := &runs[n]
		smaller := r.size < 0.8*prev.size || r.lifted && r.size < prev.size
		near := r.x0-end < 0.5*prev.size
		higher := r.y > prev.y+0.1*prev.size && r.y < prev.y+prev.size
		if !smaller || !near || !higher || strings.IndexFunc(r.text, unicode.IsLetter) >= 0 {
			break
		}
		mark, end = mark+r.text, r.x1
		n++
	}
	if n < len(runs) && isSlash(runs[n].text) {
		return "", 0 // a numerator
	}
	return mark, n
}

// isNumerator reports that the first run is the numerator of a fraction right
// after a figure, as in 2½ written 2 1/2.
func isNumerator(prev *pdfRun, runs []pdfRun) bool {
	return len(runs) > 1 && isSlash(runs[1].text) && runs[0].size < 0.8*prev.size && page.IsDigit(prev.text[len(prev.text)-1])
}

func isSlash(s string) bool { return strings.HasPrefix(s, "/") || strings.HasPrefix(s, "⁄") }

// joinLines makes one line of the lines of a row.
func joinLines(row []pdfLine) pdfLine {
	out := row[0]
	texts := make([]string, len(row))
	for i, l := range row {
		texts[i] = l.text
		out.x1 = max(out.x1, l.x1)
		out.bold = out.bold && l.bold
		out.aside = out.aside && l.aside
	}
	out.text = strings.Join(texts, " ")
	return out
}
