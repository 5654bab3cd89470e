package read

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding/charmap"

	"nghiquyet/index/page"
)

// readDOC reads a Word document of 1997–2003 ([MS-DOC]): the text in pieces, with
// styles, numbers of lists, fonts, tables, footnotes and text boxes. The properties
// of the binary format are translated into those of DOCX, so that the same code
// makes the blocks of both. Comments, deleted and hidden text are left out; running
// heads and feet are furniture.
func readDOC(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	streams, err := oleStreams(name, data)
	if err != nil {
		return nil, err
	}
	return readDOCStreams(ctx, name, streams, lim)
}

// readDOCStreams reads the document in the streams of a file.
func readDOCStreams(ctx context.Context, name string, streams map[string][]byte, lim page.Limits) (*page.Page, error) {
	d, err := openDOC(name, streams)
	if err != nil {
		return nil, err
	}
	d.ctx, d.lim = ctx, lim
	p := &page.Page{Meta: map[string]string{}}
	cp := 0
	for _, part := range docParts {
		n := d.count(part.count)
		if !part.skip {
			blocks, err := d.story(cp, cp+n)
			if err != nil {
				return nil, err
			}
			if part.furniture {
				furnish(blocks)
			}
			p.Blocks = append(p.Blocks, blocks...)
		}
		cp += n
	}
	return withText(p, name, "DOC")
}

// oleParts are the streams of a compound file that show its format.
var oleParts = []string{"WordDocument", "0Table", "1Table", "EncryptedPackage", "Workbook", "Book", "PowerPoint Document"}

// oleStreams reads the streams of oleParts in the root folder of a compound file.
func oleStreams(name string, data []byte) (streams map[string][]byte, err error) {
	defer func() { // the library trusts offsets in the file
		if r := recover(); r != nil {
			err = page.Rejectf(name, page.CodeDamaged, "tệp DOC bị hỏng: các phần của nó chồng chéo")
		}
	}()
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, page.Rejectf(name, page.CodeDamaged, "tệp DOC bị hỏng hoặc bị cắt cụt (%v)", err)
	}
	streams = map[string][]byte{}
	for _, f := range r.File {
		part := slices.IndexFunc(oleParts, func(name string) bool { return strings.EqualFold(name, f.Name) })
		if len(f.Path) > 0 || part < 0 || streams[oleParts[part]] != nil {
			continue
		}
		b, err := io.ReadAll(io.LimitReader(f, int64(len(data))))
		if err != nil && len(b) == 0 {
			return nil, page.Rejectf(name, page.CodeDamaged, "tệp DOC bị cắt cụt (%v)", err)
		}
		streams[oleParts[part]] = b
	}
	return streams, nil
}

// docParts are the parts of the text in the order of the file. The footnotes
// come apart from the text that they belong to.
var docParts = []struct {
	count           int // offset in the file's head of the number of characters
	furniture, skip bool
}{
	{count: 76},                  // the document
	{count: 80},                  // footnotes
	{count: 84, furniture: true}, // running heads and feet
	{count: 88, skip: true},      // macros, always empty
	{count: 92, skip: true},      // comments
	{count: 96},                  // endnotes
	{count: 100},                 // text boxes
	{count: 104, furniture: true},
}

// Offsets in the head of a Word document.
const (
	fibFlags   = 10
	fibOffsets = 154 // pairs of offset and length in the table stream
	fibSize    = fibOffsets + 75*8
)

// Indexes in the head of pairs that give offset and size in the table stream.
const (
	pairStyles     = 1
	pairRunPages   = 12
	pairParaPages  = 13
	pairFonts      = 15
	pairPieces     = 33
	pairLists      = 73
	pairListsInUse = 74
)

// docReader is the state of reading one document.
type docReader struct {
	docxReader
	ctx    context.Context
	name   string
	lim    page.Limits
	doc    []byte // stream WordDocument
	table  []byte // stream 0Table or 1Table
	pieces []docPiece
	runs   docSpans
	paras  docSpans
	fonts  []string
	looks  map[docLookKey]docLook
}

// docPiece is a piece of the text: characters [from, to) are stored at fc.
type docPiece struct {
	from, to int
	fc       int    // offset in the stream WordDocument
	wide     bool   // UTF-16, otherwise windows-1252
	props    []byte // that a quick save put on it, as in docSpan without a style
}

// at returns where character cp of the piece is stored, and the character.
func (p *docPiece) at(doc []byte, cp int) (fc int, c uint16) {
	if p.wide {
		fc = p.fc + 2*(cp-p.from)
		return fc, uint16(word(doc, fc))
	}
	fc = p.fc + cp - p.from
	return fc, uint16(charmap.Windows1252.DecodeByte(doc[fc]))
}

// simpleProps are the properties that a piece itself may set, of those read here
// ([MS-DOC] 2.9.215 Prm0).
var simpleProps = map[int]int{0x05: 0x2403, 0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x55: 0x0835, 0x5C: 0x083C, 0x68: 0x2A48, 0x78: 0x2640}

// pieceProps returns the properties set by the modifier of a piece: one of its own,
// or a list stored before the table of pieces.
func pieceProps(modifier int, lists [][]byte) []byte {
	n := modifier >> 1
	if modifier&1 != 0 {
		if n < len(lists) {
			return lists[n]
		}
		return nil
	}
	if sprm := simpleProps[n&0x7F]; sprm != 0 {
		return []byte{byte(sprm), byte(sprm >> 8), byte(modifier >> 8)}
	}
	return nil
}

// oldHeads are the first words of documents of Word 6 and 95, the last three of
// those for East Asia.
var oldHeads = []int{0xA5DC, 0xA697, 0xA698, 0xA699}

func openDOC(name string, streams map[string][]byte) (*docReader, error) {
	d := &docReader{name: name, doc: streams["WordDocument"], looks: map[docLookKey]docLook{}}
	switch {
	case streams["EncryptedPackage"] != nil:
		return nil, page.Rejectf(name, page.CodeEncrypted, "tệp Office có mật khẩu: hãy lưu lại không mật khẩu")
	case streams["Workbook"] != nil || streams["Book"] != nil:
		return nil, page.Rejectf(name, page.CodeUnsupported, "bảng tính Excel đời cũ (.xls): hãy lưu lại thành .xlsx")
	case streams["PowerPoint Document"] != nil:
		return nil, page.Rejectf(name, page.CodeUnsupported, "trình chiếu PowerPoint đời cũ (.ppt): hãy lưu lại thành .pptx")
	case d.doc == nil:
		return nil, page.Rejectf(name, page.CodeUnsupported, "tệp OLE không phải văn bản Word")
	case len(d.doc) < 32 || word(d.doc, 0) != 0xA5EC && !slices.Contains(oldHeads, word(d.doc, 0)):
		return nil, d.damaged("không có phần đầu")
	case word(d.doc, fibFlags)&0x0100 != 0:
		return nil, page.Rejectf(name, page.CodeEncrypted, "tệp DOC có mật khẩu: hãy lưu lại không mật khẩu")
	case word(d.doc, 0) != 0xA5EC || word(d.doc, 2) < 0xC1:
		return nil, page.Rejectf(name, page.CodeUnsupported, "văn bản của Word 95 hoặc cũ hơn: hãy lưu lại thành .docx")
	case len(d.doc) < fibSize:
		return nil, d.damaged("phần đầu bị cắt cụt")
	}
	d.table = streams["0Table"]
	if word(d.doc, fibFlags)&0x0200 != 0 {
		d.table = streams["1Table"]
	}
	if err := d.readPieces(); err != nil {
		return nil, err
	}
	d.readFonts()
	d.readDOCStyles()
	d.readLists()
	d.runs = d.spans(pairRunPages, 1)
	d.paras = d.spans(pairParaPages, 13)
	return d, nil
}

func (d *docReader) damaged(what string) error {
	return page.Rejectf(d.name, page.CodeDamaged, "tệp DOC bị hỏng: %s", what)
}

// count is a number of characters that the head has at offset.
func (d *docReader) count(offset int) int {
	return int(min(long(d.doc, offset), uint32(len(d.doc))))
}

// pair returns the part of the table stream to which the head points, nil if there is
// none.
func (d *docReader) pair(n int) []byte {
	fc, size := long(d.doc, fibOffsets+8*n), long(d.doc, fibOffsets+8*n+4)
	if uint64(fc)+uint64(size) > uint64(len(d.table)) {
		return nil
	}
	return d.table[fc : fc+size]
}

// word and long read little-endian numbers; beyond the end they are 0.
func word(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(b[at]) | int(b[at+1])<<8
}

func long(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return uint32(b[at]) | uint32(b[at+1])<<8 | uint32(b[at+2])<<16 | uint32(b[at+3])<<24
}

// readPieces reads the table of pieces. Pieces must be in order and inside the
// file, because nothing else bounds the length of the text.
func (d *docReader) readPieces() error {
	clx := d.pair(pairPieces)
	var lists [][]byte
	for len(clx) >= 3 && clx[0] == 1 {
		end := min(3+word(clx, 1), len(clx))
		lists, clx = append(lists, clx[3:end]), clx[end:]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return d.damaged("thiếu bảng các đoạn chữ")
	}
	plc := clx[5:min(5+int(long(clx, 1)), len(clx))]
	n := (len(plc) - 4) / 12
	size := 0
	for i := range max(n, 0) {
		p := docPiece{from: int(long(plc, 4*i)), to: int(long(plc, 4*i+4))}
		fc := long(plc, 4*(n+1)+8*i+2)
		p.props = pieceProps(word(plc, 4*(n+1)+8*i+6), lists)
		width := 2
		p.fc, p.wide = int(fc), true
		if fc&0x4000_0000 != 0 {
			p.fc, p.wide, width = int(fc&^0x4000_0000)/2, false, 1
		}
		size += (p.to - p.from) * width
		if p.from > p.to || p.fc+(p.to-p.from)*width > len(d.doc) || size > 2*len(d.doc) {
			return d.damaged(fmt.Sprintf("đoạn chữ thứ %d nằm ngoài tệp", i+1))
		}
		if i > 0 && p.from != d.pieces[i-1].to {
			return d.damaged("các đoạn chữ không nối nhau")
		}
		d.pieces = append(d.pieces, p)
	}
	if len(d.pieces) == 0 {
		return d.damaged("không có đoạn chữ nào")
	}
	return nil
}

// Characters with a meaning of their own ([MS-DOC] 2.4.1 and 2.9.x).
const (
	docCell, docLine, docPage, docParaEnd, docColumn = 0x07, 0x0B, 0x0C, 0x0D, 0x0E
	docFieldBegin, docFieldSep, docFieldEnd          = 0x13, 0x14, 0x15
	docHyphen, docSoftHyphen, docSymbol              = 0x1E, 0x1F, 0x28
)

// docFields are the marks of fields as DOCX names them.
var docFields = map[uint16]string{docFieldBegin: "begin", docFieldSep: "separate", docFieldEnd: "end"}

// story returns the blocks of the characters [from, to).
func (d *docReader) story(from, to int) ([]page.Block, error) {
	s := docStory{docReader: d, wordWalk: wordWalk{docxWalk{docxReader: &d.docxReader}}}
	for i := range d.pieces {
		p := &d.pieces[i]
		if d.ctx.Err() != nil {
			return nil, d.ctx.Err()
		}
		s.flush()
		s.piece, s.run = p, nil
		for cp := max(p.from, from); cp < min(p.to, to); cp++ {
			if cp&0xFFFF == 0 && d.ctx.Err() != nil {
				return nil, d.ctx.Err()
			}
			if len(s.docxWalk.paras) == 0 || s.goesOn {
				s.goesOn = false
				s.beginParagraph(d.paragraphMark(i, cp, to))
			}
			fc, c := p.at(d.doc, cp)
			s.put1(c, fc)
		}
	}
	s.flush()
	s.finish()
	return s.blocks, nil
}

// paragraphMark finds the mark that ends the paragraph at character cp of piece i:
// where it is stored, and its piece. Both have the properties of the paragraph.
func (d *docReader) paragraphMark(i, cp, to int) (fc int, piece *docPiece) {
	for ; i < len(d.pieces); i++ {
		piece = &d.pieces[i]
		for cp = max(cp, piece.from); cp < min(piece.to, to); cp++ {
			at, c := piece.at(d.doc, cp)
			if fc = at; c == docParaEnd || c == docPage || c == docCell {
				return fc, piece
			}
		}
	}
	return fc, piece
}

// docStory is a part of the text being read.
type docStory struct {
	*docReader
	wordWalk
	pending []uint16 // text of one run
	piece   *docPiece
	para    docPara  // the open paragraph, or the last one
	goesOn  bool     // after its mark, in the next paragraph
	run     *docSpan // of the last character
	look1   docLook  // of run
}

// put1 adds one character, stored at fc.
func (s *docStory) put1(c uint16, fc int) {
	if run := s.runs.at(fc); run != s.run {
		s.flush()
		s.run, s.look1 = run, s.lookOf(run)
	}
	switch c {
	case docParaEnd, docPage, docCell:
		s.closeParagraph(c)
		s.mark(c)
		return
	case docFieldBegin, docFieldSep, docFieldEnd:
		s.flush()
		s.fields = fieldChar(s.fields, docFields[c])
		return
	case docLine, docColumn:
		c = '\n'
	case docHyphen:
		c = '-'
	case docSoftHyphen:
		c = softHyphen
	case docSymbol:
		if s.look1.symbol != 0 {
			c = s.look1.symbol
		}
	}
	if c < ' ' && c != '\n' && c != '\t' || s.look1.deleted {
		return // pictures, marks of notes, deleted text
	}
	s.pending = append(s.pending, c)
}

// flush writes the text of a run.
func (s *docStory) flush() {
	if len(s.pending) == 0 {
		return
	}
	s.docxWalk.looks = []look{s.look1.look}
	s.write(string(utf16.Decode(s.pending)))
	s.pending = s.pending[:0]
}

// beginParagraph begins a paragraph with the properties of its mark.
func (s *docStory) beginParagraph(mark int, piece *docPiece) {
	s.para = s.paraProps(s.docReader.paras.at(mark), piece)
	s.begin(s.para.props, s.para.tables())
	s.run = nil // the style may be another
}

// closeParagraph ends a paragraph at its mark. A page break before the first word of
// a paragraph is no paragraph of its own, though it is read as one.
func (s *docStory) closeParagraph(mark uint16) {
	s.flush()
	p := s.docxWalk.paras[0]
	p.props = s.para.props // those at its end
	if s.look1.deleted || s.look1.hidden || mark == docPage {
		p.props.Mark.Deleted = &struct{}{}
	}
	continues := s.look1.deleted || p.props.Frame.dropped()
	if joins := continues && mark == docParaEnd && p.joins(); joins && !s.para.innerCell && !s.para.innerRow {
		s.goesOn = true
		return
	}
	s.end("p")
}

// mark ends a cell or a row if c, the mark of a paragraph, ends one. A cell or row of a
// table inside a table ends with the same mark as a plain paragraph; its properties then
// say so.
func (s *docStory) mark(c uint16) {
	switch p := &s.para; {
	case c == docCell && p.rowEnd, c == docParaEnd && p.innerRow:
		s.endRow(p.edges)
	case c == docCell, c == docParaEnd && p.innerCell:
		s.docxWalk.table().addCell()
	}
}

// utf16String is the text of n characters of two bytes at b[at:].
func utf16String(b []byte, at, n int) string {
	units := make([]uint16, 0, min(n, len(b)/2))
	for i := at; i+2 <= len(b) && len(units) < n; i += 2 {
		units = append(units, uint16(word(b, i)))
	}
	return string(utf16.Decode(units))
}
