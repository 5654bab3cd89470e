package pdf

import "math"

// mostAnnotations bounds the annotations of a page that are looked at.
const mostAnnotations = 2000

// annotations draws the text that was typed onto a page after it was made, such as the
// number and the day of a letter, and the values in the fields of a form (12.5.6.6,
// 12.7.4). Both are stored beside the content of the page. Comments, links and the stamps
// of signatures are not drawn.
func (c *pdfCanvas) annotations(dict pdfDict) {
	list := c.file.array(dict["Annots"])
	if len(list) == 0 {
		return
	}
	rules, pictures, painted := c.rules, c.pictures, c.painted // a frame around typed text is no table
	for _, v := range list[:min(len(list), mostAnnotations)] {
		a := c.file.dict(v)
		if !c.file.typed(a) {
			continue
		}
		if s, ok := c.file.get(c.file.dict(a["AP"])["N"]).(*pdfStream); ok {
			c.place(s, a)
		} else {
			c.setTyped(a)
		}
	}
	c.rules, c.pictures, c.painted = rules, pictures, painted
}

// typed reports whether an annotation shows text that a person typed.
func (f *pdfFile) typed(a pdfDict) bool {
	const hidden, noView = 1 << 1, 1 << 5
	if f.integer(a["F"])&(hidden|noView) != 0 || f.off(a["OC"]) {
		return false
	}
	switch f.nameOf(a["Subtype"]) {
	case "FreeText":
		return true
	case "Widget":
		kind := f.ofField(a, "FT")
		return kind == pdfName("Tx") || kind == pdfName("Ch") // text and choices
	}
	return false
}

// place draws the appearance of an annotation so that its box fills the annotation's
// rectangle (12.5.5, algorithm 8).
func (c *pdfCanvas) place(s *pdfStream, a pdfDict) {
	box, okBox := c.file.rect(s.dict["BBox"])
	rect, okRect := c.file.rect(a["Rect"])
	if !okBox || !okRect {
		return
	}
	if m, ok := c.matrixOf(c.file.array(s.dict["Matrix"])); ok {
		box = m.bounds(box)
	}
	sx, sy := 1.0, 1.0
	if w, h := box.x1-box.x0, box.y1-box.y0; w > 0 && h > 0 {
		sx, sy = (rect.x1-rect.x0)/w, (rect.y1-rect.y0)/h
	}
	c.state = pdfState{ctm: matrix{sx, 0, 0, sy, rect.x0 - box.x0*sx, rect.y0 - box.y0*sy}, hscale: 1}
	c.stack, c.marks = nil, nil
	c.tm, c.line = identity, identity
	c.runForm(s, nil, 1)
}

// rect reads a rectangle with its corners in any order.
func (f *pdfFile) rect(v any) (r pdfRule, ok bool) {
	list := f.array(v)
	if len(list) != 4 {
		return r, false
	}
	x0, y0, x1, y1 := f.number(list[0]), f.number(list[1]), f.number(list[2]), f.number(list[3])
	return pdfRule{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}, true
}

// bounds is the smallest upright rectangle around r after m.
func (m matrix) bounds(r pdfRule) pdfRule {
	out := pdfRule{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range [][2]float64{{r.x0, r.y0}, {r.x1, r.y0}, {r.x0, r.y1}, {r.x1, r.y1}} {
		x, y := m.apply(p[0], p[1])
		out = pdfRule{min(out.x0, x), min(out.y0, y), max(out.x1, x), max(out.y1, y)}
	}
	return out
}
