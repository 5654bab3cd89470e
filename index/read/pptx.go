package read

import (
	"context"
	"encoding/xml"
	"io"
	"slices"
	"strconv"

	"nghiquyet/index/page"
)

// readPPTX reads a presentation (ECMA-376): the slides in their order, each with its
// title as a heading, then its paragraphs, tables, diagrams, charts and the speaker's
// notes. Numbers, dates and feet of slides are furniture; hidden slides are left out.
func readPPTX(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	z, err := openZip(ctx, name, "PPTX", data, lim)
	if err != nil {
		return nil, err
	}
	p := &page.Page{Meta: z.meta()}
	slides, err := z.slides()
	if err != nil {
		return nil, err
	}
	r := &docxReader{zip: z, styles: map[string]*docxStyle{}}
	for _, slide := range slides {
		for _, part := range slices.Concat([]string{slide}, z.related(slide, "/notesSlide")) {
			blocks, err := r.readSlide(part, false)
			if err != nil {
				return nil, err
			}
			p.Blocks = append(p.Blocks, blocks...)
		}
	}
	return withText(p, name, "PPTX")
}

// slides lists the parts of the slides in the order of the presentation.
func (z *officeZip) slides() ([]string, error) {
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

// slideWalk reads one slide.
type slideWalk struct {
	docxWalk
	run   docxRunProps
	shape string // purpose of the shape: title, body, sldNum
	sheet bool   // it is the drawing of a sheet, whose charts are read apart
	slideNumbers
}

// readSlide reads a slide, or the drawing of a sheet: its text boxes and diagrams.
func (r *docxReader) readSlide(part string, sheet bool) ([]page.Block, error) {
	w := &slideWalk{docxWalk: docxWalk{docxReader: r, part: part}, sheet: sheet}
	err := r.zip.each(part, func(dec *xml.Decoder, tok xml.Token) error {
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local == "sld" && (attr(t, "show") == "0" || attr(t, "show") == "false") {
				return io.EOF
			}
			return w.startSlide(dec, t)
		case xml.EndElement:
			w.endSlide(t.Name.Local)
		}
		return nil
	})
	return w.blocks, err
}

func (w *slideWalk) startSlide(dec *xml.Decoder, t xml.StartElement) error {
	switch chart := isChart(t.Name); {
	case chart && w.sheet:
		return nil
	case chart, inDiagram(t.Name):
		return w.putDrawn(t)
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
		if strike := attr(t, "strike"); strike != "" {
			w.run.Strike = toggleOf(strike != "noStrike")
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
		w.table().addRow()
	case "tc":
		w.table().addCell()
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
