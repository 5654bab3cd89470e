// Package pdf reads the text layer of a PDF in reading order. It takes the bytes of
// a file and returns a [page.Page] or a [*page.Reject].
//
// The walk, in order, a file each: object.go finds the objects of the file, even if
// its cross-reference table is lost, with lexer.go, filter.go (streams) and
// crypt.go (the empty password only); font.go and glyph.go find the text of each
// code; content.go executes the content of a page and records glyphs and rules, with
// mark.go (layers, replaced text) and annotation.go; lines.go groups glyphs into lines;
// furniture.go removes running heads, page numbers and signature stamps; table.go,
// unruled.go and columns.go find the reading order; para.go joins lines to paragraphs; read.go makes
// the blocks.
//
// It exists because the libraries tried (2026-11-29) lose words if a font lacks
// Vietnamese letters, and the two columns of mastheads. It draws nothing, reads no
// pictures, and writes nothing. Lengths are points with the origin
// at the lower left, pages count from 1. Work is counted, and what exceeds
// [page.Limits] is a reject. Numbers of sections are those of ISO 32000-1:2008.
package pdf

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"regexp"
	"slices"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// Read makes a page of the bytes of a PDF. A scan has no text layer and is
// rejected; a signature stamp on a page does not count as text. The caller bounds the size
// of data. Its error is a [*page.Reject].
func Read(ctx context.Context, name string, data []byte, lim page.Limits) (p *page.Page, err error) {
	return ReadSheets(ctx, name, data, nil, lim)
}

// ReadSheets is Read for a PDF of which some pages were read by OCR: sheets are the
// results by page number.
func ReadSheets(ctx context.Context, name string, data []byte, sheets map[int]page.Sheet, lim page.Limits) (p *page.Page, err error) {
	lim = lim.WithDefaults()
	defer func() { rejected(name, recover(), &p, &err) }()
	f := openPDF(ctx, name, data, lim)
	if f.locked {
		return nil, page.Rejectf(name, page.CodeEncrypted, "PDF có mật khẩu: hãy lưu lại bản không có mật khẩu")
	}
	dicts := f.pages()
	if len(dicts) == 0 {
		return nil, page.Rejectf(name, page.CodeDamaged, "PDF không còn trang nào đọc được")
	}
	if f.rebuilt && !bytes.Contains(data[len(data)-min(len(data), 2048):], []byte("%%EOF")) {
		return nil, page.Rejectf(name, page.CodeDamaged, "PDF bị cắt cụt")
	}
	canvases := func(yield func(*pdfCanvas) bool) {
		for i, d := range dicts {
			c := f.draw(d)
			if s, ok := sheets[i+1]; ok {
				c.sheet = &s
			}
			if !yield(c) {
				return
			}
		}
	}
	text := f.read(canvases)
	if n := f.missing + text.torn; n > 0 {
		return nil, page.Rejectf(name, page.CodeDamaged, "thiếu hoặc hỏng %d trong %d trang PDF", n, len(dicts)+f.missing)
	}
	if rej := text.reject(name, len(dicts)); rej != nil {
		rej.Pictured = text.toRead
		return nil, rej
	}
	p = text.page()
	p.Meta = f.meta()
	p.Title = p.Meta["doc:title"]
	return p, nil
}

// rejected makes a reject of a panic. Limits are enforced by panics with a
// *page.Reject from deep inside; any other panic is a defect that must cost this
// document only.
func rejected(name string, panicked any, p **page.Page, err *error) {
	if panicked == nil {
		return
	}
	rej, ok := panicked.(*page.Reject)
	if !ok {
		rej = page.Rejectf(name, page.CodeDamaged, "không đọc được PDF (%v)", panicked)
	}
	*p, *err = nil, rej
}

// pdfText is the text of the pages.
type pdfText struct {
	pages    [][]pdfFlow
	stamps   []string
	heads    []string // running heads and feet, one copy of each
	letters  int      // beyond stamps
	ocr      bool     // of some page, the text was read from its picture
	unknown  int      // characters whose fonts have no text for them
	torn     int      // pages with damaged content
	pictured int      // pages mostly covered by a picture
	toRead   []int    // pages that are pictures without text, not read by OCR
	sheets   []int    // pages that a program has read
	doubtful []string // of these, see page.Page.Doubtful
}

func (f *pdfFile) read(pages iter.Seq[*pdfCanvas]) *pdfText {
	t := &pdfText{}
	var rows [][][]pdfLine
	var tables [][]pdfLine
	var heights []float64
	size := 0
	for c := range pages {
		number := len(rows) + 1
		_, h := c.size()
		heights = append(heights, h)
		if c.torn {
			t.torn++
		}
		t.ocr = t.ocr || c.recognised()
		if c.pictured() {
			t.pictured++
		}
		lines, stamps := takeStamps(c.rows(number))
		t.stamps = append(t.stamps, stamps...)
		lines, cells := c.tables(lines)
		lines, unruled := c.unruled(lines)
		cells = append(cells, unruled...)
		slices.SortStableFunc(cells, func(a, b pdfLine) int { return cmp.Compare(b.y, a.y) })
		rows, tables = append(rows, lines), append(tables, cells)
		letters, bytes := amount(lines, cells)
		t.letters, size = t.letters+letters, size+bytes
		if size > index.MaxTextBytes {
			panic(page.Rejectf(f.name, page.CodeTooLarge, "nhiều hơn %d MB chữ", index.MaxTextBytes>>20))
		}
		switch {
		case c.sheet != nil:
			t.sheets = append(t.sheets, number)
			t.doubtful = append(t.doubtful, c.sheet.Doubtful()...)
			continue // its fonts are not needed any more
		case c.unread(letters):
			t.toRead = append(t.toRead, number)
		}
		t.unknown += c.unknown
	}
	t.heads = dropFurniture(rows, heights)
	for i := range rows {
		t.pages = append(t.pages, flows(rows[i], tables[i]))
	}
	t.joinCutTables()
	return t
}

// amount counts the letters in the lines and table rows of a page.
func amount(rows [][]pdfLine, tables []pdfLine) (letters, size int) {
	add := func(text string) { letters, size = letters+page.CountLetters(text), size+len(text) }
	for _, row := range rows {
		for _, l := range row {
			add(l.text)
		}
	}
	for _, l := range tables {
		for _, cell := range l.cells {
			add(cell)
		}
	}
	return letters, size
}

// page makes the page of the text, without the file's metadata.
func (t *pdfText) page() *page.Page {
	p := &page.Page{Blocks: t.blocks(), OCR: t.ocr || len(t.sheets) > 0, Doubtful: t.doubtful, Pictured: t.toRead}
	if !t.ocr {
		p.OCRPages = t.sheets
	}
	return p
}

// scanLetters is the mean number of letters per page below which a document counts
// as a scan: cover sheets, stamps and page numbers have that few, pages of text
// more.
const scanLetters = 60

// reject returns why a document cannot be read from its text, or nil: the pages are
// scans, or the fonts do not say which letters they draw.
func (t *pdfText) reject(name string, pages int) *page.Reject {
	few := t.letters < scanLetters*pages && !t.ocr && len(t.sheets) == 0
	switch {
	case t.letters == 0 && len(t.sheets) > 0:
		return page.Rejectf(name, page.CodeEmpty, "bản quét: nhận dạng chữ (OCR) không tìm thấy chữ nào")
	case t.unknown > 2*t.letters && t.unknown > 20:
		return page.Rejectf(name, page.CodeNoTextLayer, "phông chữ trong PDF không cho biết chữ nào (thiếu bảng Unicode): hãy lưu lại từ bản gốc")
	case t.letters == 0 && len(t.stamps) > 0 || few && len(t.stamps) > 0 && t.pictured > 0:
		return page.Rejectf(name, page.CodeNoTextLayer, "bản quét: chỉ có dấu chữ ký số, không có lớp chữ")
	case t.letters == 0 || few && 2*t.pictured >= pages:
		return page.Rejectf(name, page.CodeNoTextLayer, "bản quét: không có lớp chữ")
	}
	return nil
}

// blocks makes paragraphs of the flows; a paragraph over a page's end is one block.
// The footnotes of a page follow the last block that begins on it.
func (t *pdfText) blocks() []page.Block {
	byPage := measures(t.pages)
	var out []page.Block
	var notes []pdfLine
	// note writes the footnotes of the pages before this one.
	note := func(before int) {
		n := 0
		for n < len(notes) && notes[n].page < before {
			n++
		}
		for _, p := range paragraphs(pdfFlow{lines: notes[:n]}, byPage) {
			out = append(out, page.Block{Text: string(p.buf), Page: p.page, Note: true})
		}
		notes = notes[n:]
	}
	emit := func(fl pdfFlow) {
		if fl.table {
			out = append(out, fl.rowBlocks()...)
			return
		}
		if fl.column && isListing(fl.lines) {
			out = append(out, fl.listing())
			return
		}
		for _, p := range paragraphs(fl, byPage) {
			note(p.page)
			text, level := string(p.buf), p.heading(byPage(p.page).size)
			if k := len(out) - 1; k >= 0 && level > 0 && bareHeadingRE.MatchString(out[k].Text) {
				level = out[k].Heading // the name of the chapter whose number is above
			}
			out = append(out, page.Block{Text: text, Page: p.page, Heading: level, Item: level == 0 && page.Bulleted(text)})
		}
	}
	var open pdfFlow
	flush := func() {
		emit(open)
		open = pdfFlow{}
	}
	for i, fls := range t.pages {
		size := 12.0
		if len(fls) > 0 && len(fls[0].lines) > 0 {
			size = byPage(fls[0].lines[0].page).size
		}
		var last *pdfLine // of the footnotes on the page before
		if k := len(notes) - 1; k >= 0 && notes[k].page == i {
			last = &notes[k]
		}
		foot := footnotes(fls, size, last)
		for _, fl := range fls {
			if fl.column || fl.table {
				flush()
				note(i + 1)
				emit(fl)
				continue
			}
			open.lines = append(open.lines, fl.lines...)
		}
		notes = append(notes, foot...)
	}
	flush()
	note(len(t.pages) + 1)
	for _, s := range t.heads {
		out = append(out, page.Block{Text: s, Running: true})
	}
	for _, s := range t.stamps {
		out = append(out, page.Block{Text: s, Furniture: true})
	}
	return out
}

// rowBlocks makes the blocks of a table.
func (fl pdfFlow) rowBlocks() []page.Block {
	rows := make([][]string, len(fl.lines))
	for i, l := range fl.lines {
		rows[i] = l.cells
	}
	out := page.TableBlocks(rows)
	for i := range out {
		out[i].Page = fl.lines[0].page
	}
	return out
}

var bareHeadingRE = regexp.MustCompile(`^(?i:phần|chương|mục)\s(?:thứ\s\p{L}+|[IVXLC]+|\d+)[.:]?$`)

// datelineRE matches a dateline that continues in the next line.
var datelineRE = regexp.MustCompile(`ngày(?: \d+)?(?: tháng(?: \d+)?)?(?: năm)?$`)

// listing makes one block of a column of short lines, as of a masthead's cell.
func (fl pdfFlow) listing() page.Block {
	var text []byte
	for i, l := range fl.lines {
		switch {
		case i > 0 && (page.IsLowerAt(l.text) || datelineRE.Match(text)): // wrapped
			text = append(text, ' ')
		case i > 0:
			text = append(text, '\n')
		}
		text = append(text, l.text...)
	}
	return page.Block{Text: string(text), Page: fl.lines[0].page}
}

// meta reads the document information dictionary: weak evidence, for programs
// fill it in.
func (f *pdfFile) meta() map[string]string {
	out := map[string]string{}
	info := f.dict(f.trailer["Info"])
	if f.crypt != nil {
		return out // its strings are encrypted too; weak evidence, left alone
	}
	for key, name := range map[pdfName]string{"Title": "doc:title", "Author": "doc:author", "Subject": "doc:subject",
		"Creator": "doc:creator", "Producer": "doc:producer", "CreationDate": "doc:created", "ModDate": "doc:modified"} {
		if s, ok := f.get(info[key]).(string); ok {
			if v := strings.TrimSpace(page.CleanText(pdfString(s[:min(len(s), 1024)]))); v != "" {
				out[name] = v
			}
		}
	}
	return out
}

// pdfString reads a text string (7.9.2.2): UTF-16 or UTF-8 with a mark,
// otherwise, near enough, windows-1252.
func pdfString(s string) string {
	switch {
	case strings.HasPrefix(s, "\xfe\xff"):
		return page.DecodeUTF16([]byte(s[2:]), 1)
	case strings.HasPrefix(s, "\xff\xfe"):
		return page.DecodeUTF16([]byte(s[2:]), 0)
	}
	text, _, err := page.DecodeText([]byte(s), "windows-1252")
	if err != nil {
		return ""
	}
	return text
}
