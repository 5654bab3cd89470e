package read

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// xmlVal is an element that has only w:val; on returns its meaning for toggles such
// as <w:b/>.
type xmlVal struct {
	Val *string `xml:"val,attr"`
}

func (v *xmlVal) text() string {
	if v == nil || v.Val == nil {
		return ""
	}
	return *v.Val
}

func (v *xmlVal) on() bool {
	return v != nil && !slices.Contains([]string{"0", "false", "off", "none"}, v.text())
}

func (v *xmlVal) number() (int, bool) {
	n, err := strconv.Atoi(v.text())
	return n, err == nil && n >= -1<<20 && n <= 1<<20
}

type docxFonts struct {
	ASCII string `xml:"ascii,attr"`
	HAnsi string `xml:"hAnsi,attr"`
}

// docxNum is the list and level of a paragraph.
type docxNum struct {
	Level *xmlVal `xml:"ilvl"`
	ID    *xmlVal `xml:"numId"`
}

type docxRunProps struct {
	Fonts  *docxFonts `xml:"rFonts"`
	Style  *xmlVal    `xml:"rStyle"`
	Bold   *xmlVal    `xml:"b"`
	Vanish *xmlVal    `xml:"vanish"`
	Strike *xmlVal    `xml:"strike"`
	Double *xmlVal    `xml:"dstrike"` // struck through with two lines
	Align  *xmlVal    `xml:"vertAlign"`
	Lift   *xmlVal    `xml:"position"` // above the line, in half points
}

// font is the font that letters beyond ASCII take, or "".
func (p docxRunProps) font() string {
	if p.Fonts == nil {
		return ""
	}
	return cmp.Or(p.Fonts.HAnsi, p.Fonts.ASCII)
}

// lifted reports whether text is raised above the line by at least the distance that
// the mark of a note is, or lowered by as much.
func (p docxRunProps) lifted() (raised, lowered bool) {
	const least = 4 // half points
	n, _ := p.Lift.number()
	return n >= least, n <= -least
}

type docxParaProps struct {
	Style   *xmlVal    `xml:"pStyle"`
	Align   *xmlVal    `xml:"jc"`
	Outline *xmlVal    `xml:"outlineLvl"`
	Num     *docxNum   `xml:"numPr"`
	Mark    docxMark   `xml:"rPr"`
	Frame   *docxFrame `xml:"framePr"`
}

// docxFrame is a frame around a paragraph. Word makes one for the dropped capital with
// which a text begins: a paragraph of its own, whose text goes on in the next one.
type docxFrame struct {
	Drop     string `xml:"dropCap,attr"`
	Drop2003 string `xml:"drop-cap,attr"` // in the XML of Word 2003
}

// mostDropped is how many bytes a dropped capital has at most: a letter, a word or two.
const mostDropped = 64

func (f *docxFrame) dropped() bool {
	return f != nil && (isDrop(f.Drop) || isDrop(f.Drop2003))
}

func isDrop(kind string) bool { return kind == "drop" || kind == "margin" }

// dropFrame is the frame of a dropped capital in the formats that state it as a number,
// 0 for none.
func dropFrame(kind int) *docxFrame {
	if kind == 0 {
		return nil
	}
	return &docxFrame{Drop: "drop"}
}

// docxMark is what is known of the mark that ends a paragraph.
type docxMark struct {
	Deleted *struct{} `xml:"del"`
	Moved   *struct{} `xml:"moveFrom"`
	Vanish  *xmlVal   `xml:"vanish"`
}

// gone reports that a paragraph without other text does not stand on the page.
func (m docxMark) gone() bool { return m.Deleted != nil || m.Moved != nil || m.Vanish.on() }

type docxStyle struct {
	ID    string        `xml:"styleId,attr"`
	Type  string        `xml:"type,attr"`
	First string        `xml:"default,attr"`
	Name  *xmlVal       `xml:"name"`
	Based *xmlVal       `xml:"basedOn"`
	Para  docxParaProps `xml:"pPr"`
	Run   docxRunProps  `xml:"rPr"`
}

// docxReader is the state of reading one document.
type docxReader struct {
	zip      *officeZip
	styles   map[string]*docxStyle
	normal   string         // the default paragraph style
	fallback string         // the default font
	proved   map[string]int // by font that is not Unicode: see page.ConvertRunAfter
	numbers  docxNumbers
}

func (d *docxReader) readStyles() error {
	var v struct {
		Default docxRunProps `xml:"docDefaults>rPrDefault>rPr"`
		Styles  []docxStyle  `xml:"style"`
	}
	if err := d.zip.unmarshal(d.zip.sibling("styles.xml"), &v); err != nil {
		return err
	}
	d.styles = map[string]*docxStyle{}
	for i := range v.Styles {
		s := &v.Styles[i]
		d.styles[s.ID] = s
		if s.Type == "paragraph" && (s.First == "1" || s.First == "true") {
			d.normal = s.ID
		}
	}
	d.fallback = v.Default.font()
	return nil
}

// chain calls do with a style and the styles on which it is based, until do returns
// stop.
func (d *docxReader) chain(id string, do func(*docxStyle) (stop bool)) {
	const deepest = 32 // and a guard against cycles
	for range deepest {
		s := d.styles[id]
		if s == nil || do(s) {
			return
		}
		id = s.Based.text()
	}
}

// heading is the level of a paragraph by its outline level or style, or 0.
func (d *docxReader) heading(p docxParaProps) int {
	level := 0
	check := func(outline *xmlVal) bool {
		n, ok := outline.number()
		if ok && n >= 0 && n < 9 {
			level = min(n+1, 6)
		}
		return ok
	}
	if check(p.Outline) {
		return level
	}
	d.chain(p.Style.text(), func(s *docxStyle) bool {
		name := strings.ToLower(s.Name.text())
		if n, ok := strings.CutPrefix(name, "heading "); ok {
			if v, err := strconv.Atoi(n); err == nil && v > 0 {
				level = min(v, 6)
				return true
			}
		}
		if name == "title" {
			level = 1
			return true
		}
		return check(s.Para.Outline)
	})
	return level
}

// isContents reports the entries of a table of contents, which repeat headings.
func (d *docxReader) isContents(p docxParaProps) bool {
	s := d.styles[p.Style.text()]
	return s != nil && strings.HasPrefix(strings.ToLower(s.Name.text()), "toc ")
}

// look is the result of a run's styles.
type look struct {
	font                                  string
	bold, hidden, struck, raised, lowered bool
}

// inside is the look of text in a span of the look l, inside one of the look outer.
func (l look) inside(outer look) look {
	l.bold, l.hidden, l.struck = l.bold || outer.bold, l.hidden || outer.hidden, l.struck || outer.struck
	l.raised, l.lowered = l.raised || outer.raised, l.lowered || outer.lowered
	return l
}

func (d *docxReader) look(p docxParaProps, r docxRunProps) look {
	out := look{font: r.font()}
	bold, vanish, align := r.Bold, r.Vanish, r.Align
	strike, double := r.Strike, r.Double
	for _, id := range []string{r.Style.text(), cmp.Or(p.Style.text(), d.normal)} {
		d.chain(id, func(s *docxStyle) bool {
			out.font = cmp.Or(out.font, s.Run.font())
			bold, vanish, align = cmp.Or(bold, s.Run.Bold), cmp.Or(vanish, s.Run.Vanish), cmp.Or(align, s.Run.Align)
			strike, double = cmp.Or(strike, s.Run.Strike), cmp.Or(double, s.Run.Double)
			return false
		})
	}
	out.font = cmp.Or(out.font, d.fallback)
	out.bold, out.hidden, out.struck = bold.on(), vanish.on(), strike.on() || double.on()
	raised, lowered := r.lifted()
	out.raised, out.lowered = raised || align.text() == "superscript", lowered || align.text() == "subscript"
	return out
}
