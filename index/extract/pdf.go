package extract

import (
	"bytes"
	"context"
	"regexp"
	"strings"

	"nghiquyet/index"
)

// readPDF reads the text layer of a PDF: objects (pdfobject.go), fonts, what
// the pages draw, lines, columns and tables, paragraphs. A scan has no text
// layer and is rejected; a signature stamp on it is none.
func readPDF(ctx context.Context, name string, data []byte, lim Limits) (p *Page, err error) {
	lim = lim.withDefaults()
	if int64(len(data)) > lim.Bytes {
		return nil, rejectf(name, CodeTooLarge, "tệp lớn hơn %d MB", lim.Bytes>>20)
	}
	defer func() {
		// Limits are enforced by panics with a *Reject from deep inside; any
		// other panic is a defect that must cost this document only.
		if v := recover(); v != nil {
			p, err = nil, rejectf(name, CodeDamaged, "không đọc được PDF: %v", v)
			if rej, ok := v.(*Reject); ok {
				err = rej
			}
		}
	}()
	f := openPDF(ctx, name, data, lim)
	if f.locked {
		return nil, rejectf(name, CodeEncrypted, "PDF có mật khẩu: hãy lưu lại bản không có mật khẩu")
	}
	dicts := f.pages()
	if len(dicts) == 0 {
		return nil, rejectf(name, CodeDamaged, "PDF không còn trang nào đọc được")
	}
	if f.rebuilt && !bytes.Contains(data[len(data)-min(len(data), 2048):], []byte("%%EOF")) {
		return nil, rejectf(name, CodeDamaged, "PDF bị cắt cụt")
	}
	text := f.read(dicts)
	if n := f.missing + text.torn; n > 0 {
		return nil, rejectf(name, CodeDamaged, "thiếu hoặc hỏng %d trong %d trang PDF", n, len(dicts)+f.missing)
	}
	if rej := text.reject(name, len(dicts)); rej != nil {
		return nil, rej
	}
	p = &Page{Meta: f.meta(), Blocks: text.blocks()}
	p.Title = p.Meta["doc:title"]
	return p, nil
}

// pdfText is what the pages show.
type pdfText struct {
	pages    [][]pdfFlow
	stamps   []string
	letters  int // beyond stamps
	unknown  int // characters whose fonts do not tell their text
	torn     int // pages with damaged content
	pictured int // pages mostly covered by a picture
}

func (f *pdfFile) read(dicts []pdfDict) *pdfText {
	t := &pdfText{}
	rows := make([][][]pdfLine, len(dicts))
	tables := make([][]pdfLine, len(dicts))
	size := 0
	for i, d := range dicts {
		c := f.draw(d)
		t.unknown += c.unknown
		if c.torn {
			t.torn++
		}
		if c.pictured() {
			t.pictured++
		}
		var stamps []string
		rows[i], stamps = takeStamps(c.rows(i + 1))
		t.stamps = append(t.stamps, stamps...)
		rows[i], tables[i] = c.tables(rows[i])
		for _, row := range rows[i] {
			for _, l := range row {
				t.letters += countLetters(l.text)
				size += len(l.text)
			}
		}
		for _, l := range tables[i] {
			for _, cell := range l.cells {
				t.letters += countLetters(cell)
				size += len(cell)
			}
		}
		if size > index.MaxTextBytes {
			panic(rejectf(f.name, CodeTooLarge, "nhiều hơn %d MB chữ", index.MaxTextBytes>>20))
		}
	}
	dropFurniture(rows)
	for i := range rows {
		t.pages = append(t.pages, flows(rows[i], tables[i]))
	}
	return t
}

// scanLetters a page, on average, are fewer than any page of text has: what a
// scan's cover sheet, stamp or page numbers come to.
const scanLetters = 60

// reject says why what was read is not the text of the document, or nil.
func (t *pdfText) reject(name string, pages int) *Reject {
	few := t.letters < scanLetters*pages
	switch {
	case t.unknown > 2*t.letters && t.unknown > 20:
		return rejectf(name, CodeNoTextLayer, "phông chữ trong PDF không cho biết chữ nào (thiếu bảng Unicode): hãy nhận dạng chữ (OCR) hoặc lưu lại từ bản gốc")
	case t.letters == 0 && len(t.stamps) > 0 || few && len(t.stamps) > 0 && t.pictured > 0:
		return rejectf(name, CodeNoTextLayer, "bản quét: chỉ có dấu chữ ký số, không có lớp chữ; hãy nhận dạng chữ (OCR) trước")
	case t.letters == 0 || few && 2*t.pictured >= pages:
		return rejectf(name, CodeNoTextLayer, "bản quét: không có lớp chữ; hãy nhận dạng chữ (OCR) trước")
	}
	return nil
}

// blocks makes paragraphs of the flows; one that goes on over a page's end is
// one block, and footnotes follow the block they would have interrupted.
func (t *pdfText) blocks() []Block {
	byPage := measures(t.pages)
	var out []Block
	var notes []pdfLine
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
			text, level := string(p.buf), p.heading(byPage(p.page).size)
			if k := len(out) - 1; k >= 0 && level > 0 && bareHeadingRE.MatchString(out[k].Text) {
				level = out[k].Heading // the name of the chapter whose number stands above
			}
			out = append(out, Block{Text: text, Page: p.page, Heading: level, Item: level == 0 && bulleted(text)})
		}
	}
	var open pdfFlow
	flush := func() {
		emit(open)
		open = pdfFlow{}
		if len(notes) > 0 {
			emit(pdfFlow{lines: notes})
			notes = nil
		}
	}
	for _, fls := range t.pages {
		size := 12.0
		if len(fls) > 0 && len(fls[0].lines) > 0 {
			size = byPage(fls[0].lines[0].page).size
		}
		foot := footnotes(fls, size)
		for _, fl := range fls {
			if fl.column || fl.table {
				flush()
				emit(fl)
				continue
			}
			open.lines = append(open.lines, fl.lines...)
		}
		notes = append(notes, foot...)
	}
	flush()
	for _, s := range t.stamps {
		out = append(out, Block{Text: s, Furniture: true})
	}
	return out
}

// rowBlocks makes the blocks of a table.
func (fl pdfFlow) rowBlocks() []Block {
	rows := make([][]string, len(fl.lines))
	for i, l := range fl.lines {
		rows[i] = l.cells
	}
	out := tableBlocks(rows)
	for i := range out {
		out[i].Page = fl.lines[0].page
	}
	return out
}

var bareHeadingRE = regexp.MustCompile(`^(?i:phần|chương|mục)\s(?:thứ\s\p{L}+|[IVXLC]+|\d+)[.:]?$`)

// datelineRE is a dateline that goes on in the next line.
var datelineRE = regexp.MustCompile(`ngày(?: \d+)?(?: tháng(?: \d+)?)?(?: năm)?$`)

// listing makes one block of a column of short lines, as of a masthead's cell.
func (fl pdfFlow) listing() Block {
	var text []byte
	for i, l := range fl.lines {
		switch {
		case i > 0 && (isLowerAt(l.text) || datelineRE.Match(text)): // wrapped
			text = append(text, ' ')
		case i > 0:
			text = append(text, '\n')
		}
		text = append(text, l.text...)
	}
	return Block{Text: string(text), Page: fl.lines[0].page}
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
			if v := strings.TrimSpace(cleanText(pdfString(s[:min(len(s), 1024)]))); v != "" {
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
		return decodeUTF16([]byte(s[2:]), 1)
	case strings.HasPrefix(s, "\xff\xfe"):
		return decodeUTF16([]byte(s[2:]), 0)
	}
	text, _, err := decodeText([]byte(s), "windows-1252")
	if err != nil {
		return ""
	}
	return text
}
