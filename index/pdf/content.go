package pdf

import (
	"bytes"
	"math"
	"strings"
	"unicode"

	"nghiquyet/index/page"
)

// pdfGlyph is one character on a page, in points from the lower left corner of the
// page as shown.
type pdfGlyph struct {
	text  string
	x, y  float64 // of the origin, on the base line
	w     float64
	size  float64
	font  *pdfFont
	aside bool // marked as a running head, foot or page number

	lifted bool // by the text rise of the page: a superscript
}

// pdfRule is a line or a thin box drawn on a page: the frame of a table.
type pdfRule struct{ x0, y0, x1, y1 float64 }

const (
	mostRise      = 0.4 // of the size of letters: what is raised higher is still of its line
	maxPageGlyphs = 200_000
	maxPageRules  = 20_000
	maxFormDepth  = 12
	maxOperands   = 64
	ruleThickness = 4.0 // points; thicker boxes are shading
)

type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// mul is m followed by n.
func (m matrix) mul(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

type pdfState struct {
	ctm               matrix
	font              *pdfFont
	size, rise        float64
	charSpace, wspace float64
	hscale, leading   float64
	mode              int // of rendering (9.3.6)
}

// invisible is the rendering mode of text that is not painted: OCR text below the
// picture of a page.
const invisible = 3

// pdfCanvas runs content streams and records the text and the rules that they draw.
type pdfCanvas struct {
	file     *pdfFile
	box      [4]float64 // what a reader sees of the page, before turning
	cut      bool       // the box is a part of the paper: text beyond it is not seen
	inside   bool       // some of the text being shown is seen
	turn     int        // quarter turns clockwise
	state    pdfState
	stack    []pdfState
	tm, line matrix
	glyphs   []pdfGlyph
	hidden   int // glyphs that are not painted
	unknown  int // shown characters for which the font has no text
	rules    []pdfRule
	lines    []pdfRule // of the path being built: rules when it is stroked
	shapes   []pdfRule // bounds of its parts: rules when they are filled and thin
	pen      [2]float64
	forms    map[*pdfStream]bool // being drawn
	marks    []pdfMark           // open marked contents
	off      []pdfGlyph          // in layers that are switched off
	torn     bool                // the content stream was damaged
	pictures float64             // area of the pictures drawn
	painted  int                 // parts of the paths painted
	sheet    *page.Sheet         // the result of OCR on the page
}

// draw runs the content of one page.
func (f *pdfFile) draw(dict pdfDict) *pdfCanvas {
	c := &pdfCanvas{file: f, forms: map[*pdfStream]bool{}, box: [4]float64{0, 0, 612, 792}}
	c.setBox(dict)
	c.turn = (f.integer(dict["Rotate"])/90%4 + 4) % 4
	c.state = pdfState{ctm: identity, hscale: 1}
	c.tm, c.line = identity, identity
	f.torn = false
	var content bytes.Buffer
	for _, part := range f.list(dict["Contents"]) {
		if s, ok := f.get(part).(*pdfStream); ok {
			content.Write(f.decode(s))
			content.WriteByte('\n')
		}
		if content.Len() > maxStream {
			panic(page.Rejectf(f.name, page.CodeTooLarge, "một trang PDF lớn hơn %d MB", maxStream>>20))
		}
	}
	c.torn = f.torn
	c.run(content.Bytes(), f.dict(dict["Resources"]), 0)
	c.annotations(dict)
	if len(c.glyphs) == 0 && c.pictured() { // of a scan whose text was put into a layer
		c.glyphs, c.hidden = c.off, len(c.off)
	}
	c.off = nil
	return c
}

// setBox takes the part of a page that is shown: the crop box inside the media box
// (14.11.2). Half of a spread is cut out with a crop box, and has the text of both halves.
// Text that runs off the paper, as in a table that is too wide, is read.
func (c *pdfCanvas) setBox(dict pdfDict) {
	box, ok := c.file.rect(dict["MediaBox"])
	if !ok || box.x0 >= box.x1 || box.y0 >= box.y1 {
		return
	}
	if crop, ok := c.file.rect(dict["CropBox"]); ok {
		crop = pdfRule{max(box.x0, crop.x0), max(box.y0, crop.y0), min(box.x1, crop.x1), min(box.y1, crop.y1)}
		if crop.x0 < crop.x1 && crop.y0 < crop.y1 {
			c.cut = crop != box
			box = crop
		}
	}
	c.box = [4]float64{box.x0, box.y0, box.x1, box.y1}
}

// beyond reports whether a point lies outside what is shown of the page.
func (c *pdfCanvas) beyond(x, y float64) bool {
	const slack = 1
	return c.cut && (x < c.box[0]-slack || x > c.box[2]+slack || y < c.box[1]-slack || y > c.box[3]+slack)
}

func (c *pdfCanvas) run(data []byte, resources pdfDict, depth int) {
	lx := pdfLexer{file: c.file, data: data, content: true}
	var args []any
	for {
		v := lx.value(0)
		op, ok := v.(pdfWord)
		switch {
		case !ok:
			if len(args) < maxOperands {
				args = append(args, v)
			}
			continue
		case op == pdfEnd:
			return
		case op == "BI":
			lx.skipInlineImage()
		case op == "Do":
			c.form(args, resources, depth)
		case !c.text(op, args, resources):
			c.graphics(op, args, resources)
		}
		args = args[:0]
	}
}

// skipInlineImage continues after the EI of an image in the stream (8.9.7).
func (lx *pdfLexer) skipInlineImage() {
	for i := lx.pos; i+2 < len(lx.data); i++ {
		if lx.data[i] == 'E' && lx.data[i+1] == 'I' && isPDFSpace(lx.data[i-1]) && (isPDFSpace(lx.data[i+2]) || isPDFDelim(lx.data[i+2])) {
			lx.file.charge(i - lx.pos)
			lx.pos = i + 2
			return
		}
	}
	lx.pos = len(lx.data)
}

// form runs a form XObject in place.
func (c *pdfCanvas) form(args []any, resources pdfDict, depth int) {
	if len(args) < 1 || depth >= maxFormDepth {
		return
	}
	name, _ := args[0].(pdfName)
	s, ok := c.file.get(c.file.dict(resources["XObject"])[name]).(*pdfStream)
	if !ok {
		return
	}
	if c.file.off(s.dict["OC"]) {
		c.marks = append(c.marks, pdfMark{off: true, first: len(c.glyphs)})
		defer c.unmark()
	}
	if kind := c.file.nameOf(s.dict["Subtype"]); kind != "Form" {
		if kind == "Image" && !c.isOff() {
			m := c.state.ctm // pictures are drawn into the unit square
			c.pictures += math.Abs(m[0]*m[3] - m[1]*m[2])
		}
		return
	}
	c.runForm(s, resources, depth)
}

// runForm runs the content of a form, unless the form is what draws it.
func (c *pdfCanvas) runForm(s *pdfStream, resources pdfDict, depth int) {
	if c.forms[s] {
		return
	}
	c.file.charge(4 * pdfCallCost) // at least a small price for what it draws
	c.forms[s] = true
	defer delete(c.forms, s)
	saved, stack, marks := c.state, c.stack, c.marks
	c.marks = marks[:len(marks):len(marks)]
	if m, ok := c.matrixOf(c.file.array(s.dict["Matrix"])); ok {
		c.state.ctm = m.mul(c.state.ctm)
	}
	inner := c.file.dict(s.dict["Resources"])
	if inner == nil {
		inner = resources
	}
	c.stack = nil
	c.run(c.file.decode(s), inner, depth+1)
	c.state, c.stack, c.marks = saved, stack, marks
}

// pictured reports whether pictures, or the strips of one, cover half of the page.
func (c *pdfCanvas) pictured() bool {
	w, h := c.size()
	return 2*c.pictures > w*h
}

func (c *pdfCanvas) matrixOf(args []any) (m matrix, ok bool) {
	if len(args) < 6 {
		return m, false
	}
	for i := range m {
		m[i] = c.file.number(args[i])
	}
	return m, true
}

// numbers returns the number at an index of args, 0 where there is none.
func (c *pdfCanvas) numbers(args []any) func(i int) float64 {
	return func(i int) float64 {
		if i >= len(args) {
			return 0
		}
		return c.file.number(args[i])
	}
}

// graphics carries out the operators of state, paths and marked content.
func (c *pdfCanvas) graphics(op pdfWord, args []any, resources pdfDict) {
	n := c.numbers(args)
	switch op {
	case "q":
		if len(c.stack) < 512 {
			c.stack = append(c.stack, c.state)
		}
	case "Q":
		if k := len(c.stack); k > 0 {
			c.state, c.stack = c.stack[k-1], c.stack[:k-1]
		}
	case "cm":
		if m, ok := c.matrixOf(args); ok {
			c.state.ctm = m.mul(c.state.ctm)
		}
	case "m":
		c.moveTo(n(0), n(1))
	case "l":
		c.lineTo(n(0), n(1))
	case "re":
		x, y, w, h := n(0), n(1), n(2), n(3)
		c.moveTo(x, y)
		c.lineTo(x+w, y)
		c.lineTo(x+w, y+h)
		c.lineTo(x, y+h)
		c.lineTo(x, y)
	case "S", "s", "B", "B*", "b", "b*":
		c.paint(c.lines)
	case "f", "F", "f*":
		c.paint(c.shapes)
	case "n":
		c.paint(nil)
	case "BMC", "BDC":
		c.mark(args, resources)
	case "EMC":
		c.unmark()
	}
}

func (c *pdfCanvas) moveTo(x, y float64) {
	x, y = c.shown(c.state.ctm.apply(x, y))
	c.pen = [2]float64{x, y}
	if len(c.shapes) < maxPageRules {
		c.shapes = append(c.shapes, pdfRule{x, y, x, y})
	}
}

func (c *pdfCanvas) lineTo(x, y float64) {
	x, y = c.shown(c.state.ctm.apply(x, y))
	line := pdfRule{min(c.pen[0], x), min(c.pen[1], y), max(c.pen[0], x), max(c.pen[1], y)}
	c.pen = [2]float64{x, y}
	if len(c.lines) < maxPageRules {
		c.lines = append(c.lines, line)
	}
	if k := len(c.shapes) - 1; k >= 0 {
		s := &c.shapes[k]
		*s = pdfRule{min(s.x0, x), min(s.y0, y), max(s.x1, x), max(s.y1, y)}
	}
}

// paint records the vertical and horizontal lines of the current path, and ends it.
// Filled boxes that are not thin are shading.
func (c *pdfCanvas) paint(rules []pdfRule) {
	if c.isOff() {
		rules = nil
	}
	if rules != nil {
		c.painted += len(c.shapes)
	}
	for _, r := range rules {
		if (r.x1-r.x0 < ruleThickness || r.y1-r.y0 < ruleThickness) && len(c.rules) < maxPageRules {
			c.rules = append(c.rules, r)
		}
	}
	c.lines, c.shapes = c.lines[:0], c.shapes[:0]
}

// size returns the width and height of the page as shown.
func (c *pdfCanvas) size() (w, h float64) {
	w, h = math.Abs(c.box[2]-c.box[0]), math.Abs(c.box[3]-c.box[1])
	if c.turn%2 == 1 {
		return h, w
	}
	return w, h
}

// shown maps a point of the page to the page as shown.
func (c *pdfCanvas) shown(x, y float64) (float64, float64) {
	x, y = x-c.box[0], y-c.box[1]
	w, h := c.box[2]-c.box[0], c.box[3]-c.box[1]
	switch c.turn {
	case 1:
		return y, w - x
	case 2:
		return w - x, h - y
	case 3:
		return h - y, x
	}
	return x, y
}

// text executes a text operator and reports whether op is one.
func (c *pdfCanvas) text(op pdfWord, args []any, resources pdfDict) bool {
	n := c.numbers(args)
	newline := func(x, y float64) {
		c.line = matrix{1, 0, 0, 1, x, y}.mul(c.line)
		c.tm = c.line
	}
	s := &c.state
	switch op {
	case "BT":
		c.tm, c.line = identity, identity
	case "Tf":
		if len(args) == 2 {
			name, _ := args[0].(pdfName)
			s.font = c.file.font(c.file.dict(resources["Font"])[name])
			s.size = n(1)
		}
	case "Tc":
		s.charSpace = n(0)
	case "Tw":
		s.wspace = n(0)
	case "Tz":
		s.hscale = n(0) / 100
	case "TL":
		s.leading = n(0)
	case "Tr":
		s.mode = c.file.integer(n(0))
	case "Ts":
		s.rise = n(0)
	case "Td":
		newline(n(0), n(1))
	case "TD":
		s.leading = -n(1)
		newline(n(0), n(1))
	case "T*":
		newline(0, -s.leading)
	case "Tm":
		if m, ok := c.matrixOf(args); ok {
			c.tm, c.line = m, m
		}
	case "Tj":
		c.show(args)
	case "'":
		newline(0, -s.leading)
		c.show(args)
	case "\"":
		s.wspace, s.charSpace = n(0), n(1)
		newline(0, -s.leading)
		c.show(args[min(len(args), 2):])
	case "TJ":
		if len(args) > 0 {
			list, _ := args[0].(pdfArray)
			c.show(list)
		}
	default:
		return false
	}
	return true
}

// show draws strings; numbers between them move by thousandths of the size.
func (c *pdfCanvas) show(list []any) {
	s := &c.state
	if s.font == nil {
		s.font = c.file.newFont(nil)
	}
	c.inside = false // text that begins on the page is read to its end
	for _, v := range list {
		switch v := v.(type) {
		case float64:
			c.tm = matrix{1, 0, 0, 1, -v / 1000 * s.size * s.hscale, 0}.mul(c.tm)
		case string:
			for _, code := range s.font.decode(v) {
				advance := (code.width*s.size + s.charSpace) * s.hscale
				if code.space {
					advance += s.wspace * s.hscale
				}
				c.glyph(code, code.width*s.size*s.hscale)
				c.tm = matrix{1, 0, 0, 1, advance, 0}.mul(c.tm)
			}
			c.file.charge(len(v))
		}
	}
}

// glyph records one character if it reads from left to right on the page as shown.
// Vertical text at a margin is a stamp or a watermark.
func (c *pdfCanvas) glyph(code pdfCode, width float64) {
	if code.text == "" {
		if !c.replaces() {
			c.unknown++
			return
		}
		code.text = nameless
	}
	m := c.tm.mul(c.state.ctm)
	rise := c.state.rise
	if most := mostRise * math.Abs(c.state.size); math.Abs(rise) > most {
		rise = math.Copysign(most, rise)
	}
	x, y := c.shown(m.apply(0, rise))
	x1, y1 := c.shown(m.apply(width, rise))
	ux, uy := c.shown(m.apply(0, rise+c.state.size))
	size := math.Hypot(ux-x, uy-y)
	w := x1 - x
	onPage := math.Abs(x) < 1e5 && math.Abs(y) < 1e5 // false for NaN, as is the next
	readable := 0 <= w && w < 1e4 && 0.5 < size && size < 1e3
	level := !(math.Abs(y1-y) > 0.3*math.Abs(w)+0.01)
	if !onPage || !readable || !level || len(c.glyphs)+len(c.off) >= maxPageGlyphs {
		return
	}
	if c.inside = c.inside || !c.beyond(m.apply(width/2, rise)); !c.inside {
		return
	}
	g := pdfGlyph{text: code.text, x: x, y: y, w: w, size: size, font: c.state.font, aside: c.top().aside, lifted: rise > 0}
	switch {
	case c.isOff():
		c.off = append(c.off, g)
	case len(c.glyphs) > 0 && g.again(c.glyphs[len(c.glyphs)-1]):
	default:
		if c.state.mode == invisible {
			c.hidden++
		}
		c.glyphs = append(c.glyphs, g)
	}
}

// again reports whether a character is drawn over itself, a little aside, which makes it
// look bold.
func (g pdfGlyph) again(last pdfGlyph) bool {
	near := max(0.4*min(g.w, last.w), 0.02*g.size)
	return g.text == last.text && math.Abs(g.x-last.x) < near && math.Abs(g.y-last.y) < 0.1*g.size
}

// recognised reports whether the text of the page is OCR text below a picture.
func (c *pdfCanvas) recognised() bool {
	return c.pictures > 0 && 2*c.hidden > len(c.glyphs)
}

// isMark reports whether text only consists of combining marks.
func isMark(text string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool { return !unicode.Is(unicode.Mn, r) }) < 0
}
