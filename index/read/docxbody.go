package read

import (
	"cmp"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"nghiquyet/index/page"
)

// docxParagraph is a paragraph that has not ended yet. A text box in it contains others.
type docxParagraph struct {
	props  docxParaProps
	text   strings.Builder
	font   string       // of legacy
	legacy []byte       // the end of text, in a font that is not Unicode
	raised string       // set raised at the end of text: a mark may be cut over runs
	plain  int          // runes of text that is not bold
	bold   int          // and that is
	boxes  []page.Block // of text boxes anchored in it
	struck page.Struck  // parts of text that are struck through
}

// joins reports a paragraph whose text goes on in the next one, because its mark was
// deleted or because it is the dropped capital of that one.
func (p *docxParagraph) joins() bool {
	n := p.text.Len() + len(p.legacy) + len(p.raised)
	return n > 0 && (p.props.Mark.Deleted != nil || p.props.Frame.dropped() && n <= mostDropped)
}

// convert adds text set in a font that is not Unicode, all at once, because a word
// may be split into runs.
func (w *docxWalk) convert(p *docxParagraph) {
	if len(p.legacy) == 0 {
		return
	}
	convert, _ := page.LegacyFont(p.font)
	text, proof := page.ConvertRunAfter(convert, string(p.legacy), w.proved[p.font])
	p.text.WriteString(text)
	p.legacy = nil
	if w.proved == nil {
		w.proved = map[string]int{}
	}
	w.proved[p.font] += proof
}

// lower adds text that was set raised, without the marks of footnotes. A figure before
// a slash and a lowered figure is one of a fraction.
func (p *docxParagraph) lower(lowered bool) {
	if p.raised == "" {
		return
	}
	text, line := p.raised, ""
	if n := len(strings.TrimRight(text, "/"+fractionLine)); n > 0 {
		text, line = text[:n], text[n:]
	}
	if line == fractionLine || line != "" && lowered {
		text = page.Fraction(p.text.String(), text)
	} else {
		text = page.Raised(p.text.String(), text)
	}
	p.text.WriteString(text + line)
	p.raised = ""
}

// docxTable is a table being read: the blocks of each cell.
type docxTable struct {
	rows   [][][]page.Block
	covers map[docxCell]int // columns of the cells that have more than one
	edges  map[int][]int    // by row: see edge
}

// docxCell is the place of a cell in its table. Cell -1 are the columns that a row
// leaves free before its first cell.
type docxCell struct{ row, cell int }

// cover records how many columns the cell being read covers, or leaves free if the row
// has no cell yet.
func (t *docxTable) cover(columns string) {
	n, err := strconv.Atoi(columns)
	row := t.row()
	if row == nil || err != nil || n < 1 {
		return
	}
	if t.covers == nil {
		t.covers = map[docxCell]int{}
	}
	t.covers[docxCell{len(t.rows) - 1, len(*row) - 1}] = n
}

// table is the innermost open table, nil for none.
func (w *docxWalk) table() *docxTable { return last(w.tables) }

// row is the row being read, nil for none.
func (t *docxTable) row() *[][]page.Block {
	if t == nil || len(t.rows) == 0 {
		return nil
	}
	return &t.rows[len(t.rows)-1]
}

func (t *docxTable) addRow() {
	if t != nil {
		t.rows = append(t.rows, nil)
	}
}

func (t *docxTable) addCell() {
	if row := t.row(); row != nil {
		*row = append(*row, nil)
	}
}

// add adds blocks to the cell being read.
func (t *docxTable) add(blocks []page.Block) {
	if row := t.row(); row != nil && len(*row) > 0 {
		cell := &(*row)[len(*row)-1]
		*cell = append(*cell, blocks...)
	}
}

// docxWalk reads one part. Its stacks have one entry for each open paragraph, run
// and table.
type docxWalk struct {
	*docxReader
	part   string
	blocks []page.Block
	paras  []*docxParagraph
	looks  []look
	tables []*docxTable
	choice []bool         // open mc:AlternateContent: a choice was taken
	fields []bool         // open fields: still in the instruction
	chosen string         // what a field of a form shows without text of its own
	joined *docxParagraph // ended, and goes on in the next paragraph if that follows
}

// docxSkipped are elements whose content is not text of the document: deleted and
// moved text, earlier formatting, instructions of fields, alternatives for programs
// without text boxes, helpers of formulas and rubies.
var docxSkipped = map[string]bool{
	"del": true, "moveFrom": true, "delText": true, "instrText": true, "delInstrText": true, "fldData": true,
	"pPrChange": true, "rPrChange": true, "sectPrChange": true, "tblPrChange": true, "trPrChange": true, "tcPrChange": true,
	"Fallback": true, "rt": true, "annotationRef": true, "docProperty": true, "sectPr": true, "tblPr": true, "tblGrid": true,
	"sdtPr": true, "sdtEndPr": true, "txbxPr": true,
}

// readPart returns the blocks of a part.
func (d *docxReader) readPart(part string) ([]page.Block, error) {
	w := &docxWalk{docxReader: d, part: part}
	err := d.zip.each(part, func(dec *xml.Decoder, tok xml.Token) error {
		switch t := tok.(type) {
		case xml.StartElement:
			return w.start(dec, t)
		case xml.EndElement:
			w.endElement(t.Name.Local)
		}
		return nil // only text in w:t counts, which start reads
	})
	w.endJoined()
	return w.blocks, err
}

// endElement ends an element of DOCX.
func (w *docxWalk) endElement(name string) {
	switch p := last(w.paras); {
	case name == "p" && p != nil && p.joins():
		w.joined, w.paras = p, dropLast(w.paras)
		return
	case name == "tc", name == "txbxContent", name == "footnote", name == "endnote":
		w.endJoined()
	}
	w.end(name)
}

// endJoined ends a paragraph after which none follows.
func (w *docxWalk) endJoined() {
	if w.joined != nil {
		w.paras, w.joined = append(w.paras, w.joined), nil
		w.end("p")
	}
}

func (w *docxWalk) start(dec *xml.Decoder, t xml.StartElement) error {
	if docxSkipped[t.Name.Local] {
		return dec.Skip()
	}
	if isChart(t.Name) || inDiagram(t.Name) {
		return w.putDrawn(t)
	}
	switch t.Name.Local {
	case "AlternateContent":
		w.choice = append(w.choice, false)
	case "Choice":
		if n := len(w.choice); n > 0 {
			if w.choice[n-1] {
				return dec.Skip()
			}
			w.choice[n-1] = true
		}
	case "footnote", "endnote":
		if kind := attr(t, "type"); kind != "" && kind != "normal" {
			return dec.Skip() // the line above the notes
		}
	case "altChunk":
		blocks, err := w.chunk(t)
		w.put(blocks)
		return err
	case "p":
		p := cmp.Or(w.joined, &docxParagraph{})
		p.props, w.joined = docxParaProps{}, nil
		w.paras = append(w.paras, p)
	case "tbl":
		w.endJoined()
		w.tables = append(w.tables, &docxTable{})
	case "tr":
		w.table().addRow()
	case "tc":
		w.table().addCell()
	case "gridBefore", "gridSpan":
		w.table().cover(attr(t, "val"))
	}
	if len(w.paras) == 0 {
		return nil
	}
	if isMath(t.Name) {
		formula, err := mathText(dec, t)
		w.write(formula)
		return err
	}
	p := w.paras[len(w.paras)-1]
	switch t.Name.Local {
	case "pPr":
		return dec.DecodeElement(&p.props, &t)
	case "r":
		w.looks = append(w.looks, w.look(p.props, docxRunProps{}))
	case "rPr":
		var props docxRunProps
		if err := dec.DecodeElement(&props, &t); err != nil {
			return err
		}
		if n := len(w.looks); n > 0 {
			w.looks[n-1] = w.look(p.props, props)
		}
	case "t":
		var s string
		if err := dec.DecodeElement(&s, &t); err != nil {
			return err
		}
		w.write(s)
	case "ffData":
		var form docxFormField
		err := dec.DecodeElement(&form, &t)
		w.chosen = form.shown()
		return err
	case "fldChar":
		kind := attr(t, "fldCharType")
		w.fields = fieldChar(w.fields, kind)
		if kind == "end" {
			w.write(w.chosen)
			w.chosen = ""
		}
	case "tab", "ptab":
		w.write("\t")
	case "br", "cr":
		w.write("\n")
	case "softHyphen":
		w.write("\u00ad") // the letter ư in TCVN3
	case "noBreakHyphen":
		w.write("-")
	case "sym":
		if n, err := strconv.ParseUint(attr(t, "char"), 16, 16); err == nil {
			w.write(page.CleanText(page.Signs(attr(t, "font"), string(rune(n)))))
		}
	}
	return nil
}

// fieldChar returns the open fields after a mark of one. The instruction of a field may
// contain other fields with their results, which are not shown.
func fieldChar(fields []bool, kind string) []bool {
	const deepest = 64 // Word knows twenty
	switch n := len(fields); {
	case kind == "begin" && n < deepest:
		return append(fields, true)
	case kind == "separate" && n > 0:
		fields[n-1] = false
	case kind == "end" && n > 0:
		return fields[:n-1]
	}
	return fields
}

func attr(t xml.StartElement, local string) string {
	for _, a := range t.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// write adds the text of a run to the innermost paragraph.
func (w *docxWalk) write(s string) {
	p, l := last(w.paras), last(w.looks)
	if l.hidden || slices.Contains(w.fields, true) {
		return
	}
	w.chosen = "" // the field has text
	s = page.Signs(l.font, s)
	if l.raised || p.raised != "" && (s == "/" || s == fractionLine) {
		w.strike(p, l.struck)
		w.convert(p)
		p.raised += s
		return
	}
	p.lower(l.lowered)
	w.strike(p, l.struck)
	if _, ok := page.LegacyFont(l.font); !ok {
		w.convert(p)
		p.text.WriteString(s)
	} else {
		if p.font != l.font {
			w.convert(p)
			p.font = l.font
		}
		p.legacy = append(p.legacy, s...)
	}
	if n := len(strings.TrimSpace(s)); l.bold {
		p.bold += n
	} else {
		p.plain += n
	}
}

// strike records whether what follows the text so far is struck through.
func (w *docxWalk) strike(p *docxParagraph, struck bool) {
	if struck == p.struck.Open() {
		return
	}
	w.convert(p)
	p.lower(false)
	p.struck.Mark(p.text.Len(), struck)
}

func (w *docxWalk) end(name string) {
	switch name {
	case "AlternateContent":
		w.choice = dropLast(w.choice)
	case "r":
		w.looks = dropLast(w.looks)
	case "p":
		if p := last(w.paras); p != nil {
			w.paras = dropLast(w.paras)
			clear(w.fields) // an instruction does not continue in the next paragraph
			w.put(append(w.paragraph(p), p.boxes...))
		}
	case "tbl":
		if t := w.table(); t != nil {
			w.tables = dropLast(w.tables)
			w.put(t.blocks())
		}
	}
}

// last returns the last element of a list, the zero value if it has none.
func last[T any](list []T) (e T) {
	if len(list) > 0 {
		e = list[len(list)-1]
	}
	return e
}

// dropLast returns a list without its last element, if it has one.
func dropLast[T any](list []T) []T { return list[:max(len(list)-1, 0)] }

// put adds finished blocks to their container: a paragraph with a text box, a cell,
// or the document.
func (w *docxWalk) put(blocks []page.Block) {
	if p := last(w.paras); p != nil {
		p.boxes = append(p.boxes, blocks...)
	} else if t := w.table(); t != nil {
		t.add(blocks)
	} else {
		w.blocks = append(w.blocks, blocks...)
	}
}

// paragraph makes the block of a paragraph, with its number.
func (w *docxWalk) paragraph(p *docxParagraph) []page.Block {
	w.convert(p)
	p.lower(false)
	text := page.TrimLines(page.CleanText(p.struck.Without(p.text.String())))
	id, level, listed := w.numbering(p.props)
	if text == "" && (!listed || p.props.Mark.gone()) {
		return nil
	}
	number := ""
	if listed {
		number = w.numbers.next(id, level)
	}
	if text == "" {
		if len(w.tables) == 0 || !page.IsFigure(number) && page.CountLetters(number) == 0 {
			return nil
		}
		return []page.Block{{Text: number}} // a cell in a column of running numbers
	}
	b := page.Block{Text: text, Heading: w.heading(p.props), Furniture: w.isContents(p.props)}
	if listed {
		b.Text = strings.TrimPrefix(number+" "+text, " ")
		b.Item = b.Heading == 0
	}
	if b.Heading == 0 && len(w.tables) == 0 {
		center := p.props.Align.text() == "center"
		b.Heading = page.GuessHeading(b.Text, p.plain == 0 && p.bold > 0, center, 1)
		b.Item = b.Item && b.Heading == 0
	}
	return []page.Block{b}
}

// cellLines is how many paragraphs make a cell a page of its own rather than a
// cell of a masthead.
const cellLines = 12

// blocks reads the table in order. The paragraphs of a cell that contains a page
// stay blocks.
func (t *docxTable) blocks() []page.Block {
	t.coverByEdges()
	out := spreadTable{left: mostCovered}
	long := false
	for i, row := range t.rows {
		out.leave(t.covers[docxCell{i, -1}])
		for k, cell := range row {
			long = long || len(cell) > cellLines || slices.ContainsFunc(cell, isRow)
			out.add(linesOf(cell), max(1, t.covers[docxCell{i, k}]), 1)
		}
		out.end()
	}
	if !long || !page.LayoutTable(out.read) {
		return out.blocks()
	}
	var all []page.Block
	for _, row := range t.rows {
		all = append(all, slices.Concat(row...)...)
	}
	return all
}

// isRow reports a row of a table.
func isRow(b page.Block) bool { return strings.Contains(b.Text, "\t") }
