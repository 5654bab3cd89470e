package read

import (
	"context"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"nghiquyet/index/page"
)

// readPPTX reads a presentation (ECMA-376): the slides in their order, each with
// its title as a heading, then its paragraphs, tables, diagrams, charts and the speaker's notes.
// Numbers, dates and feet of slides are furniture; hidden slides are left out.
func readPPTX(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	z, err := openZip(ctx, name, "PPTX", data, lim.WithDefaults())
	if err != nil {
		return nil, err
	}
	p := &page.Page{Meta: z.meta()}
	p.Title = p.Meta["doc:title"]
	slides, err := z.slides()
	if err != nil {
		return nil, err
	}
	r := &docxReader{zip: z, styles: map[string]*docxStyle{}}
	for _, slide := range slides {
		blocks, err := r.readSlide(slide)
		if err != nil {
			return nil, err
		}
		p.Blocks = append(p.Blocks, blocks...)
		for _, notes := range z.related(slide, "/notesSlide") {
			blocks, err := r.readSlide(notes)
			if err != nil {
				return nil, err
			}
			p.Blocks = append(p.Blocks, blocks...)
		}
	}
	if !slices.ContainsFunc(p.Blocks, func(b page.Block) bool { return !b.Furniture && page.CountLetters(b.Text) > 0 }) {
		return nil, page.Rejectf(name, page.CodeEmpty, "tệp PPTX không có chữ (có thể chỉ chứa ảnh)")
	}
	return p, nil
}

// slides lists the parts of the slides in the order of the presentation.
func (z *docxZip) slides() ([]string, error) {
	const main = "ppt/presentation.xml"
	var v struct {
		Slides []struct {
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sldIdLst>sldId"`
	}
	if err := z.unmarshal(main, &v); err != nil {
		return nil, err
	}
	parts, err := z.targets(main)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, s := range v.Slides {
		for _, a := range s.Attrs {
			part := parts[a.Value]
			if a.Name.Space == "" || a.Name.Local != "id" || part == "" {
				continue
			}
			if z.parts[part] == nil {
				return nil, page.Rejectf(z.name, page.CodeDamaged, "tệp PPTX thiếu phần %s", part)
			}
			if !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	return out, nil
}

// related returns the parts of one type to which a part refers.
func (z *docxZip) related(part, kind string) (out []string) {
	rels, err := z.relations(relationsOf(part))
	if err != nil {
		return nil
	}
	for _, rel := range rels {
		if target := besidePart(part, rel.Target); strings.HasSuffix(rel.Type, kind) && z.parts[target] != nil && !slices.Contains(out, target) {
			out = append(out, target)
		}
	}
	return out
}

// relationsOf is the part with the relations of a part.
func relationsOf(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// targets are the parts that a part names, by the ids of the relations.
func (z *docxZip) targets(part string) (map[string]string, error) {
	rels, err := z.relations(relationsOf(part))
	parts := map[string]string{}
	for _, rel := range rels {
		parts[rel.ID] = besidePart(part, rel.Target)
	}
	return parts, err
}

// besidePart is the part that target names in the relations of part.
func besidePart(part, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(target, "/")
	}
	return path.Join(path.Dir(part), target)
}

// slideWalk reads one slide.
type slideWalk struct {
	docxWalk
	run   docxRunProps
	shape string // purpose of the shape: title, body, sldNum
	slideNumbers
}

func (r *docxReader) readSlide(part string) ([]page.Block, error) {
	dec, closer, err := r.zip.decoder(part)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	w := &slideWalk{docxWalk: docxWalk{docxReader: r, part: part}}
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return w.blocks, nil
		}
		if err != nil {
			return nil, r.zip.fail(part, err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local == "sld" && (attr(t, "show") == "0" || attr(t, "show") == "false") {
				return nil, nil
			}
			if err := w.startSlide(dec, t); err != nil {
				return nil, r.zip.fail(part, err)
			}
		case xml.EndElement:
			w.endSlide(t.Name.Local)
		}
	}
}

func (w *slideWalk) startSlide(dec *xml.Decoder, t xml.StartElement) error {
	if isChart(t) {
		blocks, err := w.zip.chartAt(w.part, t)
		w.blocks = append(w.blocks, blocks...)
		return err
	}
	if inDiagram(t.Name) {
		blocks, err := w.diagram(w.part, t)
		w.blocks = append(w.blocks, blocks...)
		return err
	}
	if isMath(t.Name) && len(w.paras) > 0 {
		formula, err := mathText(dec, t)
		w.add(formula)
		return err
	}
	switch t.Name.Local {
	case "Fallback":
		return dec.Skip()
	case "sp", "graphicFrame":
		w.shape = ""
	case "ph":
		w.shape = attr(t, "type")
	case "txBody":
		w.slideNumbers = slideNumbers{}
	case "p":
		w.paras = append(w.paras, &docxParagraph{})
		w.begin("")
	case "buAutoNum":
		w.set(t)
	case "pPr":
		w.begin(attr(t, "lvl"))
		if n := len(w.paras); n > 0 && attr(t, "algn") == "ctr" {
			w.paras[n-1].props.Align = val("center")
		}
	case "r", "fld":
		w.run = docxRunProps{}
	case "rPr":
		if b := attr(t, "b"); b != "" {
			w.run.Bold = val(b)
		}
		const least = 10_000 // thousandths of a per cent of the height of letters
		switch n, err := strconv.Atoi(attr(t, "baseline")); {
		case err != nil:
		case n >= least:
			w.run.Align = val("superscript")
		case n < 0:
			w.run.Align = val("subscript")
		}
	case "latin":
		w.run.Fonts = &docxFonts{HAnsi: attr(t, "typeface")}
	case "tbl":
		w.tables = append(w.tables, &docxTable{})
	case "tr":
		if n := len(w.tables); n > 0 {
			w.tables[n-1].rows = append(w.tables[n-1].rows, nil)
		}
	case "tc":
		if n := len(w.tables); n > 0 && len(w.tables[n-1].rows) > 0 {
			rows := w.tables[n-1].rows
			rows[len(rows)-1] = append(rows[len(rows)-1], nil)
		}
	case "br":
		w.add("\n")
	case "tab":
		w.add("\t")
	case "t":
		var s string
		if err := dec.DecodeElement(&s, &t); err != nil {
			return err
		}
		w.add(s)
	}
	return nil
}

// inDiagram reports an element of SmartArt, other than its text.
func inDiagram(name xml.Name) bool { return strings.HasSuffix(name.Space, "/diagram") }

// diagram returns the text of the SmartArt to which an element of a part refers. Its
// points have the order in which they were made, mostly that of reading.
func (r *docxReader) diagram(part string, t xml.StartElement) ([]page.Block, error) {
	if t.Name.Local != "relIds" || strings.Contains(part, "/diagrams/") {
		return nil, nil
	}
	parts, err := r.zip.targets(part)
	if err != nil {
		return nil, nil // without relations there is no diagram
	}
	data := parts[attr(t, "dm")]
	if r.zip.parts[data] == nil || !strings.Contains(data, "/diagrams/") {
		return nil, nil
	}
	return r.readSlide(data)
}

// add writes the text of a run.
func (w *slideWalk) add(s string) {
	if n := len(w.paras); n > 0 {
		w.looks = []look{w.look(w.paras[n-1].props, w.run)}
		w.write(s)
	}
}

func (w *slideWalk) endSlide(name string) {
	switch name {
	case "p":
		before := len(w.blocks)
		w.end("p")
		for i := before; i < len(w.blocks); i++ {
			w.mark(&w.blocks[i])
			w.number(&w.blocks[i])
		}
	case "tbl":
		w.end("tbl")
	}
}

// mark marks a block by the purpose of its shape.
func (w *slideWalk) mark(b *page.Block) {
	switch w.shape {
	case "title", "ctrTitle":
		b.Heading = 2
	case "sldNum", "ftr", "dt", "hdr":
		b.Furniture = true
	}
}
