package pdf

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"nghiquyet/index/page"
)

// Text that is typed into an annotation without an appearance is set as programs that show
// the page set it, near enough for lines and rows.
const (
	mostTyped  = 16 << 10 // bytes of one annotation
	typedSize  = 12.0     // of letters, if the file gives none
	typedWidth = 0.5      // of a letter, in parts of its size
	typedLine  = 1.15     // between lines, likewise
	typedEdge  = 2.0      // points between the frame and the text
)

// sizeRE finds the size of letters in a default appearance (12.7.3.3): "/Helv 12 Tf 0 g".
var sizeRE = regexp.MustCompile(`(\d*\.?\d+)\s+Tf`)

// setTyped sets the text of an annotation that has no appearance (12.5.6.6, 12.7.4.3): a
// program that fills in a form may leave the drawing to the one that shows it.
func (c *pdfCanvas) setTyped(a pdfDict) {
	rect, ok := c.file.rect(a["Rect"])
	text := c.file.typedText(a)
	if !ok || text == "" {
		return
	}
	c.file.charge(len(text))
	size := typedSize
	if da, ok := c.file.get(a["DA"]).(string); ok {
		if at := sizeRE.FindStringSubmatch(da); at != nil {
			size, _ = strconv.ParseFloat(at[1], 64)
		}
	}
	if high := rect.y1 - rect.y0; size <= 0 || size > high { // 0 makes it fit
		size = max(1, min(typedSize, 0.75*high))
	}
	lines := strings.Split(text, "\n")
	y := rect.y1 - typedEdge - 0.8*size
	if len(lines) == 1 {
		y = (rect.y0+rect.y1)/2 - 0.3*size
	}
	for _, line := range lines {
		// A paragraph stays one line, however narrow its letters are then: its lines on the
		// page would be taken for paragraphs.
		width := min(typedWidth*size, (rect.x1-rect.x0-2*typedEdge)/float64(utf8.RuneCountInString(line)+1))
		c.setLine(strings.TrimSpace(line), rect.x0+typedEdge, y, size, width)
		y -= typedLine * size
	}
}

// setLine shows a line of text at a place of the page, in letters of one width.
func (c *pdfCanvas) setLine(line string, x, y, size, width float64) {
	c.state = pdfState{ctm: identity, hscale: 1, size: size, font: &pdfFont{}}
	c.stack, c.marks = nil, nil
	for _, r := range line {
		c.tm = matrix{1, 0, 0, 1, x, y}
		c.glyph(pdfCode{text: string(r)}, width)
		x += width
	}
}

// typedText is the text of an annotation without an appearance, or the value of a field. In
// an encrypted file both are encrypted, and left alone.
func (f *pdfFile) typedText(a pdfDict) string {
	if f.crypt != nil {
		return ""
	}
	value := a["Contents"]
	if f.nameOf(a["Subtype"]) == "Widget" {
		const password = 1 << 13
		if f.ofField(a, "FT") != pdfName("Tx") || f.integer(f.ofField(a, "Ff"))&password != 0 {
			return ""
		}
		value = f.ofField(a, "V")
	}
	s, _ := f.get(value).(string)
	text := strings.ReplaceAll(pdfString(s[:min(len(s), mostTyped)]), "\r", "\n")
	return page.TrimLines(page.CleanText(text))
}

// ofField is an entry of a field, which its parent may have for it.
func (f *pdfFile) ofField(a pdfDict, key pdfName) any {
	if v := f.get(a[key]); v != nil {
		return v
	}
	return f.get(f.dict(a["Parent"])[key])
}
