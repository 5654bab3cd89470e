package read

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"nghiquyet/index/page"
)

// readODT reads a text of OpenDocument 1.3: paragraphs with the numbers of their
// lists, headings, tables, text boxes. Its styles become those of DOCX, so that the
// same code makes the blocks of both. Footnotes come after the document; running
// heads and tables of contents are furniture; deleted text and comments are left
// out. Formulas, which are parts of their own, stand in their line.
func readODT(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	z, err := openZip(ctx, name, "ODT", data, lim)
	if err != nil {
		return nil, err
	}
	if err := z.refuseEncryptedODF(); err != nil {
		return nil, err
	}
	r := &odtReader{docxReader: docxReader{zip: z, styles: map[string]*docxStyle{}}, fonts: map[string]string{}, lists: map[string]int{}}
	r.numbers = docxNumbers{lists: map[int]*docxList{}, counts: map[int][]int{}, begun: map[int]bool{}}
	p := &page.Page{Meta: z.odfMeta()}
	var margins []page.Block
	if z.parts["styles.xml"] != nil {
		if margins, err = r.readODTPart("styles.xml"); err != nil {
			return nil, err
		}
	}
	furnish(margins)
	body, err := r.readODTPart("content.xml")
	if err != nil {
		return nil, err
	}
	p.Blocks = slices.Concat(body, r.notes, margins)
	return withText(p, name, "ODT")
}

// refuseEncryptedODF rejects packages whose parts are encrypted one by one.
func (z *officeZip) refuseEncryptedODF() error {
	const manifest = "META-INF/manifest.xml"
	if z.parts[manifest] == nil {
		return nil
	}
	b, err := z.content(manifest)
	if err == nil && bytes.Contains(b, []byte(":encryption-data")) {
		err = page.Rejectf(z.name, page.CodeEncrypted, "tệp OpenDocument có mật khẩu: hãy lưu lại không mật khẩu")
	}
	return err
}

// odfMeta reads the document's metadata: weak evidence.
func (z *officeZip) odfMeta() map[string]string {
	var v struct {
		Title   string `xml:"meta>title"`
		Subject string `xml:"meta>subject"`
		Author  string `xml:"meta>initial-creator"`
		Created string `xml:"meta>creation-date"`
	}
	if z.unmarshal("meta.xml", &v) != nil {
		return map[string]string{}
	}
	return properties(map[string]string{"doc:title": v.Title, "doc:subject": v.Subject, "doc:author": v.Author, "doc:created": v.Created})
}

// odtReader is the state of reading one document.
type odtReader struct {
	docxReader
	fonts map[string]string // families by name
	lists map[string]int    // numbers of list styles by name
	notes []page.Block
}

// odtStyle is style:style.
type odtStyle struct {
	Name    string `xml:"name,attr"`
	Family  string `xml:"family,attr"`
	Parent  string `xml:"parent-style-name,attr"`
	Outline string `xml:"default-outline-level,attr"`
	// List is the list of the style; "" takes a heading out of the list of headings.
	List *string `xml:"list-style-name,attr"`
	Para struct {
		Align string `xml:"text-align,attr"`
	} `xml:"paragraph-properties"`
	Text struct {
		Font     string `xml:"font-name,attr"`
		Family   string `xml:"font-family,attr"`
		Weight   string `xml:"font-weight,attr"`
		Position string `xml:"text-position,attr"`
		Display  string `xml:"display,attr"`
		Line     string `xml:"text-line-through-style,attr"`
		LineType string `xml:"text-line-through-type,attr"` // single, double or none
	} `xml:"text-properties"`
}

// addStyle stores a style under its family and name, because each alone may repeat.
func (r *odtReader) addStyle(s odtStyle) {
	out := &docxStyle{ID: s.Family + ":" + s.Name, Type: s.Family}
	if s.Parent != "" {
		out.Based = val(s.Family + ":" + s.Parent)
	}
	if n, err := strconv.Atoi(s.Outline); err == nil {
		out.Para.Outline = val(strconv.Itoa(n - 1))
	}
	if s.List != nil && *s.List != "Outline" {
		out.Para.Num = &docxNum{ID: val(listOfStyle + *s.List)}
	}
	switch s.Para.Align {
	case "":
	case "center":
		out.Para.Align = val("center")
	default:
		out.Para.Align = val("left")
	}
	t := s.Text
	if font, ok := r.fonts[t.Font]; ok {
		t.Family = font
	} else if t.Font != "" {
		t.Family = t.Font
	}
	if t.Family != "" {
		out.Run.Fonts = &docxFonts{HAnsi: strings.Trim(t.Family, "'")}
	}
	if t.Weight != "" {
		out.Run.Bold = toggleOf(t.Weight == "bold" || t.Weight >= "600" && t.Weight <= "900")
	}
	if t.Display != "" {
		out.Run.Vanish = toggleOf(t.Display == "none")
	}
	if line := cmp.Or(t.Line, t.LineType); line != "" {
		out.Run.Strike = toggleOf(line != "none")
	}
	if position, _, _ := strings.Cut(t.Position, " "); position != "" {
		out.Run.Align = val("baseline")
		switch n, _ := strconv.ParseFloat(strings.TrimSuffix(position, "%"), 64); {
		case position == "super" || n >= 20:
			out.Run.Align = val("superscript")
		case position == "sub" || n < 0:
			out.Run.Align = val("subscript")
		}
	}
	r.styles[out.ID] = out
}

// odtListStyle is text:list-style.
type odtListStyle struct {
	Name   string `xml:"name,attr"`
	Levels []struct {
		XMLName xml.Name
		Level   int    `xml:"level,attr"`
		Format  string `xml:"num-format,attr"`
		Prefix  string `xml:"num-prefix,attr"`
		Suffix  string `xml:"num-suffix,attr"`
		Bullet  string `xml:"bullet-char,attr"`
		Start   string `xml:"start-value,attr"`
		Shown   int    `xml:"display-levels,attr"`
	} `xml:",any"`
}

func (r *odtReader) addList(s odtListStyle) {
	id := cmp.Or(r.lists[s.Name], len(r.lists)+1)
	r.lists[s.Name] = id
	list := &docxList{abstract: id, levels: map[int]docxLevel{}}
	for _, l := range s.Levels {
		if l.Level < 1 || l.Level > maxListLevels {
			continue
		}
		level := docxLevel{Index: l.Level - 1, Format: val(numberFormats[l.Format])}
		if l.Format == "" {
			level.Format = val("none")
		}
		if l.Start != "" {
			level.Start = val(l.Start)
		}
		switch l.XMLName.Local {
		case "list-level-style-bullet":
			level.Format, level.Text = val("bullet"), val(l.Bullet)
		case "list-level-style-number", "outline-level-style":
			var numbers []string
			for i := max(l.Level-max(l.Shown, 1), 0); i < l.Level; i++ {
				numbers = append(numbers, "%"+strconv.Itoa(i+1))
			}
			level.Text = val(l.Prefix + strings.Join(numbers, ".") + l.Suffix)
		default:
			continue
		}
		list.levels[level.Index] = level
	}
	r.numbers.lists[id] = list
}

// odtWalk reads one part.
type odtWalk struct {
	docxWalk
	odt   *odtReader
	lists []odtList // open, the outermost first
	apart []docxWalk
	toc   int // open tables of contents
	spans []look
	odtRepeats
}

type odtList struct {
	id    int
	fresh bool   // an item is open, without a paragraph so far
	start string // number that the open item sets
}

func (r *odtReader) readODTPart(part string) ([]page.Block, error) {
	w := &odtWalk{odt: r, docxWalk: docxWalk{docxReader: &r.docxReader}}
	w.left = mostCovered
	err := r.zip.each(part, func(dec *xml.Decoder, tok xml.Token) error {
		switch t := tok.(type) {
		case xml.StartElement:
			return w.startODT(dec, t)
		case xml.EndElement:
			w.endODT(t.Name.Local)
		case xml.CharData:
			if len(w.paras) > 0 {
				w.text(oneSpace(string(t)))
			}
		}
		return nil
	})
	return w.blocks, err
}

// oneSpace replaces each run of white space by one space, as the format requires.
func oneSpace(s string) string {
	out := page.Squeeze(s)
	if s != "" && strings.ContainsAny(s[:1], " \t\n\r") {
		out = " " + out
	}
	if n := len(s); n > 0 && out != " " && strings.ContainsAny(s[n-1:], " \t\n\r") {
		out += " "
	}
	return out
}

func (w *odtWalk) text(s string) {
	w.looks = w.spans[len(w.spans)-1:]
	w.write(s)
}

// odtSkipped are elements whose content is not text of the document.
var odtSkipped = map[string]bool{
	"tracked-changes": true, "annotation": true, "note-citation": true, "forms": true, "scripts": true, "hidden-text": true,
	"hidden-paragraph": true, "script": true, "ruby-text": true, "title": true, "desc": true, "binary-data": true, "math": true, "shapes": true,
}

func (w *odtWalk) startODT(dec *xml.Decoder, t xml.StartElement) error {
	name := t.Name.Local
	if isMathML(t.Name) && len(w.paras) > 0 {
		return w.formula(dec, t)
	}
	if odtSkipped[name] || name == "section" && attr(t, "display") == "none" {
		return dec.Skip()
	}
	switch name {
	case "font-face":
		w.odt.fonts[attr(t, "name")] = strings.Trim(attr(t, "font-family"), "'")
	case "style":
		var s odtStyle
		if err := dec.DecodeElement(&s, &t); err != nil {
			return err
		}
		w.odt.addStyle(s)
	case "list-style", "outline-style":
		var s odtListStyle
		if err := dec.DecodeElement(&s, &t); err != nil {
			return err
		}
		if name == "outline-style" {
			s.Name = outlineList
		}
		w.odt.addList(s)
	case "table-of-content":
		w.toc++
	case "list":
		w.startList(t)
	case "list-item":
		if n := len(w.lists); n > 0 {
			w.lists[n-1].fresh, w.lists[n-1].start = true, attr(t, "start-value")
		}
	case "note-body":
		w.apart = append(w.apart, w.docxWalk)
		w.docxWalk = docxWalk{docxReader: &w.odt.docxReader}
	case "table":
		w.tables = append(w.tables, &docxTable{})
	case "table-row", "table-cell", "covered-table-cell":
		w.startCells(t)
	case "p", "h":
		w.startParagraph(t)
	}
	if len(w.paras) > 0 {
		return w.inParagraph(dec, t)
	}
	return nil
}

// inParagraph reads an element inside a paragraph.
func (w *odtWalk) inParagraph(dec *xml.Decoder, t xml.StartElement) error {
	switch t.Name.Local {
	case "object":
		return w.object(attr(t, "href"))
	case "span":
		p := w.paras[len(w.paras)-1]
		inner, outer := w.odt.look(p.props, docxRunProps{Style: val("text:" + attr(t, "style-name"))}), w.spans[len(w.spans)-1]
		w.spans = append(w.spans, inner.inside(outer))
	case "number": // of a heading, for programs that compute none
		var s string
		if err := dec.DecodeElement(&s, &t); err != nil {
			return err
		}
		if p := w.paras[len(w.paras)-1]; p.props.Num == nil {
			w.text(s + " ")
		}
	case "s":
		w.text(" ")
	case "tab":
		w.text("\t")
	case "line-break":
		w.text("\n")
	}
	return nil
}

// formula writes the text of a formula, which is set in a font of its own.
func (w *odtWalk) formula(dec *xml.Decoder, t xml.StartElement) error {
	var formula mathNode
	if err := dec.DecodeElement(&formula, &t); err != nil {
		return err
	}
	w.looks = []look{{hidden: w.spans[len(w.spans)-1].hidden}}
	w.write(mathMLText(&formula))
	return nil
}

// object writes the formula in a part of the file, if the object there is one.
func (w *odtWalk) object(folder string) error {
	part := path.Join(folder, "content.xml")
	if w.zip.parts[part] == nil {
		return nil
	}
	return w.zip.each(part, func(dec *xml.Decoder, tok xml.Token) error {
		t, ok := tok.(xml.StartElement)
		if !ok {
			return nil
		}
		if isMathML(t.Name) {
			if err := w.formula(dec, t); err != nil {
				return err
			}
		}
		return io.EOF // the rest is no formula
	})
}

func (w *odtWalk) startList(t xml.StartElement) {
	l := odtList{id: cmp.Or(w.odt.lists[attr(t, "style-name")], last(w.lists).id)}
	again := attr(t, "continue-numbering") == "true" || attr(t, "continue-list") != ""
	if len(w.lists) == 0 && !again {
		delete(w.odt.numbers.counts, l.id)
	}
	w.lists = append(w.lists, l)
}

func (w *odtWalk) startParagraph(t xml.StartElement) {
	p := &docxParagraph{}
	p.props.Style = val("paragraph:" + attr(t, "style-name"))
	if n, err := strconv.Atoi(attr(t, "outline-level")); err == nil && t.Name.Local == "h" {
		p.props.Outline = val(strconv.Itoa(n - 1))
	}
	style := p.props.Style.text()
	p.props.Align = w.align(style)
	own := w.styleList(style)
	if n := len(w.lists); n > 0 && w.lists[n-1].fresh {
		l := &w.lists[n-1]
		l.fresh = false
		id := l.id
		if id == 0 && own != nil {
			id = w.odt.lists[*own]
		}
		w.number(p, id, n-1, l.start)
	}
	if id := w.odt.lists[outlineList]; id != 0 && p.props.Num == nil && p.props.Outline != nil && attr(t, "is-list-header") != "true" && own == nil {
		level, _ := p.props.Outline.number()
		w.number(p, id, level, attr(t, "start-value"))
	}
	w.paras = append(w.paras, p)
	w.spans = append(w.spans, w.odt.look(p.props, docxRunProps{}))
}

// outlineList is the name of the list of headings, which no other list can have.
const outlineList = "\x00outline"

// listOfStyle comes before the name of a style's list, so that no name is a number.
const listOfStyle = "list:"

// styleList returns the name of the list of a style, "" for a style that takes its
// headings out of the list of headings, nil if the style sets none.
func (w *odtWalk) styleList(style string) (out *string) {
	w.odt.chain(style, func(s *docxStyle) bool {
		if s.Para.Num != nil {
			name := strings.TrimPrefix(s.Para.Num.ID.text(), listOfStyle)
			out = &name
		}
		return out != nil
	})
	return out
}

// number makes a paragraph one of a list, with the number that start sets if it is one.
func (w *odtWalk) number(p *docxParagraph, id, level int, start string) {
	p.props.Num = &docxNum{ID: val(strconv.Itoa(id)), Level: val(strconv.Itoa(level))}
	if n, err := strconv.Atoi(start); err == nil {
		w.odt.numbers.restart(id, level, n)
	}
}

// align returns the alignment of a paragraph by its style.
func (w *odtWalk) align(style string) (out *xmlVal) {
	w.odt.chain(style, func(s *docxStyle) bool {
		out = s.Para.Align
		return out != nil
	})
	return out
}

func (w *odtWalk) endODT(name string) {
	switch name {
	case "table-of-content":
		w.toc = max(w.toc-1, 0)
	case "list":
		w.lists = dropLast(w.lists)
	case "span":
		if len(w.paras) > 0 && len(w.spans) > 1 {
			w.spans = w.spans[:len(w.spans)-1]
		}
	case "p", "h":
		if len(w.paras) > 0 {
			w.spans = dropLast(w.spans)
			before := len(w.blocks)
			w.end("p")
			if w.toc > 0 {
				furnish(w.blocks[before:])
			}
		}
	case "table-row", "table-cell", "covered-table-cell":
		w.endCells(name)
	case "table":
		w.end("tbl")
	case "note-body":
		if n := len(w.apart); n > 0 {
			w.odt.notes = append(w.odt.notes, w.blocks...)
			w.docxWalk, w.apart = w.apart[n-1], w.apart[:n-1]
		}
	}
}
