package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/index/page"
)

// pdfMark is marked content (14.6) that is open: what lies between BDC and EMC.
type pdfMark struct {
	aside bool   // a running head, a foot or a page number
	off   bool   // in a layer that is switched off
	text  string // what to read instead of what is drawn (14.9.4)
	first int    // index of the first glyph inside
}

// nameless stands for a character whose font has no text for it, until the text that
// replaces it is known.
const nameless = "\uFFFD"

// top returns the innermost mark.
func (c *pdfCanvas) top() (m pdfMark) {
	if k := len(c.marks); k > 0 {
		m = c.marks[k-1]
	}
	return m
}

// isOff reports whether what is drawn now is not shown.
func (c *pdfCanvas) isOff() bool { return c.top().off }

// replaces reports whether a mark has a text for what is drawn now.
func (c *pdfCanvas) replaces() bool {
	return slices.ContainsFunc(c.marks, func(m pdfMark) bool { return m.text != "" })
}

// mark opens marked content. Heads, feet and page numbers of a tagged PDF are artifacts
// of pagination (14.8.2.2).
func (c *pdfCanvas) mark(args []any, resources pdfDict) {
	m := c.top()
	m.text, m.first = "", len(c.glyphs)
	if len(args) == 2 {
		at := args[1]
		name, named := at.(pdfName)
		if named {
			at = c.file.dict(resources["Properties"])[name]
		}
		props := c.file.dict(at)
		switch args[0] {
		case pdfName("Artifact"):
			m.aside = m.aside || c.file.nameOf(props["Type"]) == "Pagination"
		case pdfName("OC"):
			m.off = m.off || c.file.off(at)
		}
		encrypted := named && c.file.crypt != nil
		if text, ok := c.file.get(props["ActualText"]).(string); ok && !encrypted {
			m.text = strings.TrimSpace(page.CleanText(pdfString(text[:min(len(text), 1024)])))
		}
	}
	if len(c.marks) < 512 {
		c.marks = append(c.marks, m)
	}
}

// unmark closes marked content.
func (c *pdfCanvas) unmark() {
	k := len(c.marks) - 1
	if k < 0 {
		return
	}
	m := c.marks[k]
	c.marks = c.marks[:k]
	if m.text == "" || m.first >= len(c.glyphs) {
		return
	}
	c.replace(m)
	if c.replaces() {
		return // a mark around this one may know the rest
	}
	kept := slices.DeleteFunc(c.glyphs[m.first:], func(g pdfGlyph) bool { return g.text == nameless })
	c.unknown += len(c.glyphs) - m.first - len(kept)
	c.glyphs = c.glyphs[:m.first+len(kept)]
}

// replace makes one glyph with the text of a mark of the glyphs inside it, but for spaces
// around them. Browsers write such texts for letters whose fonts have no text, and office
// programs for ligatures. A text of several lines, or much longer than what is drawn, is a
// description and is not used.
func (c *pdfCanvas) replace(m pdfMark) {
	blank := func(g pdfGlyph) bool { return strings.TrimFunc(g.text, unicode.IsSpace) == "" }
	from, to := m.first, len(c.glyphs)
	for from < to && blank(c.glyphs[from]) {
		from++
	}
	for to > from && blank(c.glyphs[to-1]) {
		to--
	}
	if from == to || utf8.RuneCountInString(m.text) > 3*(to-from)+4 {
		return
	}
	var drawn strings.Builder
	one := c.glyphs[from]
	end := one.x
	for _, g := range c.glyphs[from:to] {
		if math.Abs(g.y-one.y) > rowShift*one.size || g.font.convert != nil {
			return
		}
		drawn.WriteString(g.text)
		one.x, end = min(one.x, g.x), max(end, g.x+g.w)
	}
	if page.CleanText(drawn.String()) == m.text {
		return
	}
	one.text, one.w = m.text, end-one.x
	c.glyphs = slices.Replace(c.glyphs, from, to, one)
}

// pdfLayers are the groups of optional content (8.11) as they are when the file is opened.
type pdfLayers struct {
	listed  map[pdfRef]bool // the exceptions
	baseOff bool            // all others are off
}

// layerStates reads which groups are on.
func (f *pdfFile) layerStates() *pdfLayers {
	if f.layers != nil {
		return f.layers
	}
	f.layers = &pdfLayers{listed: map[pdfRef]bool{}}
	config := f.dict(f.dict(f.dict(f.trailer["Root"])["OCProperties"])["D"])
	list := config["OFF"]
	if f.nameOf(config["BaseState"]) == "OFF" {
		f.layers.baseOff, list = true, config["ON"]
	}
	for _, v := range f.array(list) {
		if ref, ok := v.(pdfRef); ok {
			f.layers.listed[ref] = true
		}
	}
	return f.layers
}

// off reports whether content of a group, or of several that act together (8.11.2.2), is
// not shown. Conditions in a form of their own (VE) are not read.
func (f *pdfFile) off(v any) bool {
	if v == nil {
		return false
	}
	layers := f.layerStates()
	group := func(v any) (off, ok bool) {
		ref, ok := v.(pdfRef)
		return ok && layers.listed[ref] != layers.baseOff, ok && f.dict(v) != nil
	}
	d := f.dict(v)
	if f.nameOf(d["Type"]) != "OCMD" {
		off, _ := group(v)
		return off
	}
	list := f.array(d["OCGs"])
	if list == nil {
		list = pdfArray{d["OCGs"]}
	}
	var on, not int
	for _, v := range list {
		switch off, ok := group(v); {
		case !ok:
		case off:
			not++
		default:
			on++
		}
	}
	f.charge(len(list))
	if on+not == 0 {
		return false
	}
	switch f.nameOf(d["P"]) {
	case "AllOn":
		return not > 0
	case "AnyOff":
		return not == 0
	case "AllOff":
		return on > 0
	}
	return on == 0
}
