package pdf

import (
	"bytes"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/index/page"
)

// pdfMeasure has the common measures of the lines of a flow, or of a page's body.
type pdfMeasure struct {
	left, right float64 // margins
	size        float64 // of most characters
	leading     float64 // between most base lines
	indent      float64 // where most indented lines begin, or 0
	indents     bool    // paragraphs begin with an indent
	wraps       bool    // sentences go over lines: one begins with a small letter, or they are too few to say
}

// fewLines are too few to say that no sentence goes over lines.
const fewLines = 8

func measure(lines []pdfLine) pdfMeasure {
	if len(lines) == 0 {
		return pdfMeasure{size: 12, leading: 15, wraps: true}
	}
	var lefts, rights, gaps []float64
	sizes := map[float64]int{}
	m := pdfMeasure{wraps: len(lines) < fewLines}
	for i, l := range lines {
		lefts, rights = append(lefts, l.x0), append(rights, l.x1)
		m.wraps = m.wraps || page.IsLowerAt(l.text)
		s := math.Round(l.size*2) / 2
		if sizes[s] += len(l.text); sizes[s] > sizes[m.size] {
			m.size = s
		}
		if i > 0 && lines[i-1].page == l.page && lines[i-1].y > l.y {
			gaps = append(gaps, lines[i-1].y-l.y)
		}
	}
	slices.Sort(lefts)
	slices.Sort(rights)
	slices.Sort(gaps)
	// The outermost tenth may be marginal notes, or tables without rules.
	m.left, m.right = lefts[len(lefts)/10], rights[len(rights)-1-len(rights)/10]
	m.leading = 1.25 * m.size
	if len(gaps) > 2 {
		m.leading = gaps[len(gaps)/3]
	}
	at := map[float64]int{}
	for _, l := range lines {
		if l.x0 > m.left+m.size && l.x0 < m.left+5*m.size {
			x := math.Round(l.x0/2) * 2
			if at[x]++; at[x] > at[m.indent] {
				m.indent = x
			}
		}
	}
	if m.indents = at[m.indent] >= 3 && at[m.indent]*12 > len(lines); !m.indents {
		m.indent = 0
	}
	return m
}

// centered reports a line with even margins on both sides.
func (m pdfMeasure) centered(l pdfLine) bool {
	a, b := l.x0-m.left, m.right-l.x1
	return a > 2*m.size && b > 2*m.size && math.Abs(l.x0-m.indent) > 2 && math.Abs(a-b) < 1.5*m.size+0.06*(a+b)
}

// markerRE matches the beginning of lines that are always paragraphs of their own:
// headings and items.
var markerRE = regexp.MustCompile(`^(?i:(?:phần|chương|mục|tiểu mục|điều|khoản|phụ lục|bài học) (?:thứ |[ivxlc]+(?:\P{L}|$)|\d+)|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là(?:\P{L}|$)|thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?:\P{L}|$))|^(?:[IVXLC]{1,6}|\d{1,3}(?:\.\d{1,3}){0,4}|[a-zđA-ZĐ])[.)/](?:\s|$)|^[IVXLC]{1,6}\s?[-–]\s|^\d{1,3}(?:\.\d{1,3}){1,4}\s|^\(\d{1,2}\)|^[-–—+*•▪○●◦✓][\s\p{L}]`)

// breaks reports whether l begins a new paragraph after prev.
func (m pdfMeasure) breaks(prev, l pdfLine) bool {
	if math.Abs(prev.size-l.size) > 0.12*prev.size {
		return true
	}
	under := prev.page == l.page && prev.y > l.y // not at the top of the next page or column
	if under && prev.y-l.y > 1.5*m.leading {
		return true
	}
	if a, b := m.centered(prev), m.centered(l); a || b {
		full := a && prev.x1-prev.x0 > 0.7*(m.right-m.left) || b && !m.short(prev, l)
		alike := prev.bold == l.bold && page.IsUpper(prev.text) == page.IsUpper(l.text)
		return !(a && b || full) || !alike || page.IsMasthead(prev.text)
	}
	if strings.HasSuffix(prev.text, "-") && brokenNumberRE.MatchString(prev.text) && numberRestRE.MatchString(l.text) {
		return false
	}
	if listed(prev.text, l.text) {
		return true
	}
	ended := page.SentenceEnd.MatchString(prev.text)
	indented := l.x0 > m.left+0.8*m.size
	switch {
	case markerRE.MatchString(l.text) && (indented && l.x0 > prev.x0-m.size || ended || m.short(prev, l)):
		return true
	case indented && l.x0 > prev.x0+0.8*m.size:
		return true
	case m.short(prev, l):
		return true
	case indented && ended && math.Abs(l.x0-prev.x0) < 0.8*m.size && m.indents:
		return true
	case (prev.bold && !l.bold || page.IsUpper(prev.text) && !page.IsUpper(l.text)) && !page.IsLowerAt(l.text):
		return true
	case !m.wraps || !under && !m.indents:
		return ended
	}
	return false
}

// listed reports whether rows are of a list: lines that begin with the same two
// words and continue with different numbers, such as "Chi bộ thôn 1: 20 đảng viên".
func listed(a, b string) bool {
	v, w := strings.Fields(a), strings.Fields(b)
	if len(v) <= 2 || len(w) <= 2 || !slices.Equal(v[:2], w[:2]) {
		return false
	}
	return page.IsUpperAt(a) && page.IsFigure(a) && page.IsFigure(b)
}

// A number or symbol broken at its hyphen: 18- / NQ/TW, 15/2020/NĐ- / CP, 2020- / 2025.
var (
	brokenNumberRE = regexp.MustCompile(`(?:\d|/\p{Lu}{1,6})-$`)
	numberRestRE   = regexp.MustCompile(`^(?:\p{Lu}{1,8}[\p{Lu}\d]*(?:[/\-][\p{Lu}\d]+)*|\d{1,4})(?:[\s.,;:)]|$)`)
)

// short reports a line after which the first word of the next had room.
func (m pdfMeasure) short(prev, next pdfLine) bool {
	return m.right-prev.x1 > next.first+m.size
}

// pdfParagraph is a paragraph, with the features of headings.
type pdfParagraph struct {
	buf      []byte // of the text
	page     int
	bold     bool
	centered bool
	size     float64
	lines    int
	last     pdfLine
}

// add joins a line. After a hyphen inside a word, a number or a name it adds no
// space; a hyphen that only divides the line is removed.
func (p *pdfParagraph) add(l pdfLine) {
	p.lines++
	p.bold = p.bold && l.bold
	p.last = l
	head, dash := bytes.CutSuffix(p.buf, []byte("-"))
	before, _ := utf8.DecodeLastRune(head)
	switch {
	case dash && unicode.IsLetter(before) && page.IsLowerAt(l.text) && !isSyllableBreak(head, l.text):
		p.buf = append(head, l.text...)
	case dash && (unicode.IsLetter(before) || unicode.IsDigit(before)) || bytes.HasSuffix(p.buf, []byte("/")) && !bytes.HasSuffix(p.buf, []byte("./")):
		p.buf = append(p.buf, l.text...)
	default:
		p.buf = append(append(p.buf, ' '), l.text...)
	}
}

// isSyllableBreak reports whether the hyphen at the end of a line is between two
// Vietnamese syllables (Tin-lành) or two parts of a compound, and so stays.
func isSyllableBreak(before []byte, after string) bool {
	a := string(before[bytes.LastIndexFunc(before, page.NotLetter)+1:])
	b := after
	if i := strings.IndexFunc(after, page.NotLetter); i >= 0 {
		b = after[:i]
	}
	return page.LikelySyllable(a) && page.LikelySyllable(b)
}

// paragraphs cuts the lines of one flow, which may span several pages. byPage
// returns the measures of each page; a column has its own.
func paragraphs(fl pdfFlow, byPage func(page int) pdfMeasure) []pdfParagraph {
	own := measure(fl.lines)
	var out []pdfParagraph
	for _, l := range fl.lines {
		if l.text == "" {
			continue
		}
		m := own
		if !fl.column {
			m = byPage(l.page)
		}
		if k := len(out) - 1; k >= 0 {
			prev := out[k].last
			if prev.page != l.page { // mirrored margins
				prev.x0 += m.left - byPage(prev.page).left
				prev.x1 += m.right - byPage(prev.page).right
			}
			if !m.breaks(prev, l) {
				out[k].add(l)
				continue
			}
		}
		out = append(out, pdfParagraph{buf: []byte(l.text), page: l.page, bold: l.bold, centered: !fl.column && m.centered(l), size: l.size, lines: 1, last: l})
	}
	return out
}

// isListing reports a column of short lines, each for itself: a masthead, a
// signature, a list of recipients.
func isListing(lines []pdfLine) bool {
	n := 0
	for _, l := range lines {
		n += utf8.RuneCountInString(l.text)
	}
	return len(lines) <= 20 && n < 45*len(lines)
}

// heading guesses a level from 1 to 6, or 0; body is the size of most text.
func (p pdfParagraph) heading(body float64) int {
	if len(p.buf) > utf8.UTFMax*page.MaxHeadingRunes {
		return 0
	}
	if p.size > 1.3*body && !page.IsMasthead(string(p.buf)) {
		return 1
	}
	return page.GuessHeading(string(p.buf), p.bold, p.centered, p.lines)
}

// footnotes removes the small lines from the end of a page's last flow, beginning
// with the first that begins a note. Lines before it continue an unfinished last
// note of the page before.
func footnotes(fls []pdfFlow, body float64, last *pdfLine) (notes []pdfLine) {
	k := len(fls) - 1
	if k < 0 || fls[k].table || fls[k].column {
		return nil
	}
	lines := fls[k].lines
	i := len(lines)
	for i > 0 && lines[i-1].size < 0.87*body {
		i--
	}
	small := i
	for i < len(lines) && !footnoteRE.MatchString(lines[i].text) {
		i++
	}
	rest := slices.Clone(lines[small:i])
	if len(rest) > 0 && last != nil && !page.SentenceEnd.MatchString(last.text) && page.IsLowerAt(rest[0].text) {
		for j := range rest {
			rest[j].page = last.page
		}
	} else {
		rest, small = nil, i
	}
	if small == 0 || small == len(lines) {
		return nil
	}
	fls[k].lines = lines[:small:small]
	return append(rest, lines[i:]...)
}

var footnoteRE = regexp.MustCompile(`^(?:\[?\d{1,3}\]?[.)]?|[*†]+)\s?\p{L}`)

// measures returns the measures of each page: its own margins if it has enough
// lines, the rest common to the document.
func measures(pages [][]pdfFlow) func(page int) pdfMeasure {
	var all []pdfLine
	own := make([]pdfMeasure, len(pages))
	counts := make([]int, len(pages))
	for i, fls := range pages {
		var lines []pdfLine
		for _, fl := range fls {
			if !fl.column && !fl.table {
				lines = append(lines, fl.lines...)
			}
		}
		own[i], counts[i] = measure(lines), len(lines)
		all = append(all, lines...)
	}
	doc := measure(all)
	const enough = 15 // lines
	for i := range own {
		if counts[i] < enough {
			own[i].left, own[i].right = doc.left, doc.right
		}
		if own[i].indent == 0 && doc.indents {
			own[i].indent = own[i].left + doc.indent - doc.left
		}
		own[i].size, own[i].leading, own[i].indents = doc.size, doc.leading, doc.indents
		own[i].wraps = doc.wraps
	}
	return func(page int) pdfMeasure {
		if i := page - 1; i >= 0 && i < len(own) {
			return own[i]
		}
		return doc
	}
}
