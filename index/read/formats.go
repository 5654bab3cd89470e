// Package read reads the documents in a file. [Inputs] opens a file, decompresses gz and
// zst, and cuts JSON Lines, crawls and letters with attached files into documents;
// [Document] chooses a reader by content, then by name, and makes a [page.Page] of one
// document.
//
// A new format is a [Reader] in a file of its own and a row in the table formats. A reader
// returns what the file contains: headings, items, tables, running heads that the format
// marks as such, and what HTML has in menus and links. index/extract decides which of it is
// the article.
package read

import (
	"archive/zip"
	"bytes"
	"context"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"nghiquyet/index/page"
	"nghiquyet/index/pdf"
)

// Reader makes a page of the bytes of one document, of which there are no more than
// lim.Bytes; no limit is zero. For a document that it cannot read it returns a
// [*page.Reject]. It stops when ctx is done.
type Reader func(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error)

// format is one row: how a format is recognised, and its reader. The first bytes
// have priority over the name, because people rename files.
type format struct {
	exts  []string // lower case with the dot; "" for a name without an extension
	types []string // media types
	magic []string // first bytes, one of them
	part  string   // of a ZIP file: the beginning of the name of one of its parts
	read  Reader   // nil for a format that is not read
	paper bool     // of a word processor or the like: see page.Page.Office
	lines bool     // each line is a document, read by readRecord
	crawl bool     // each of its captures may be a document, see captures
	mail  bool     // each file attached to it may be a document, see letters
	do    string   // advice for a format that is not read
	// sheets makes a page of a document of which some pages were read by OCR.
	sheets func(ctx context.Context, name string, data []byte, sheets map[int]page.Sheet, lim page.Limits) (*page.Page, error)
}

const (
	zipMagic = "PK\x03\x04"
	zipEmpty = "PK\x05\x06"
	oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

	officeXML = "application/vnd.openxmlformats-officedocument."
	typeHTML  = "text/html"
	typePlain = "text/plain"
	typeJSON  = "application/json"
	typeBytes = "application/octet-stream"

	typeLetter  = "message/rfc822"
	typeRelated = "multipart/related" // a page with its pictures
)

// formats in the order in which first bytes are compared.
var formats = []format{
	{exts: []string{".pdf"}, types: []string{"application/pdf", "application/x-pdf"}, magic: []string{"%PDF-"}, read: pdf.Read, sheets: pdf.ReadSheets, paper: true},
	{exts: []string{".docx"}, types: []string{officeXML + "wordprocessingml.document"}, magic: []string{zipMagic}, part: "word/", read: readDOCX, paper: true},
	{exts: []string{".xlsx", ".xlsm"}, types: []string{officeXML + "spreadsheetml.sheet"}, magic: []string{zipMagic}, part: "xl/workbook.xml", read: readXLSX, paper: true},
	{exts: []string{".pptx", ".ppsx"}, types: []string{officeXML + "presentationml.presentation", officeXML + "presentationml.slideshow"},
		magic: []string{zipMagic}, part: "ppt/presentation.xml", read: readPPTX, paper: true},
	{exts: []string{".odt", ".ott"}, types: []string{"application/vnd.oasis.opendocument.text"}, magic: []string{zipMagic}, part: "content.xml", read: readODT, paper: true},
	{magic: []string{zipMagic}, part: "META-INF/container.xml", do: "sách EPUB: hãy lưu lại thành .html hoặc .docx"},
	{exts: []string{".wacz"}, magic: []string{zipMagic}, part: "archive/", crawl: true, do: "kho trang web WACZ trong một tệp khác: hãy lấy riêng ra"},
	{magic: []string{zipMagic, zipEmpty}, read: readDOCX, paper: true}, // which describes what is wrong
	{exts: []string{".doc", ".dot"}, types: []string{"application/msword"}, magic: []string{oleMagic}, read: readDOC, paper: true},
	{exts: []string{".xml"}, read: readWordXML}, // of other XML nothing is read
	{exts: []string{".rtf"}, types: []string{"application/rtf", "text/rtf"}, magic: []string{`{\rtf`}, read: readRTF, paper: true},
	{exts: []string{".png", ".jpg", ".jpeg", ".tif", ".tiff"}, magic: []string{"\x89PNG", "\xff\xd8\xff", "II*\x00", "MM\x00*"},
		read: readPicture, sheets: pictureSheets, paper: true},
	{magic: []string{"GIF8"}, do: "tệp ảnh GIF: hãy lưu lại thành .png hoặc .pdf"},
	{magic: []string{"Rar!"}, do: "tệp nén RAR: hãy giải nén trước"},
	{magic: []string{"7z\xbc\xaf"}, do: "tệp nén 7z: hãy giải nén trước"},
	{magic: []string{"\xdb\xa5-\x00", "1\xbe\x00\x00\x00\xab"}, do: "văn bản của Word trước năm 1993: hãy lưu lại thành .docx"},
	{magic: []string{"\xffWPC"}, do: "văn bản WordPerfect: hãy lưu lại thành .docx"},
	{magic: []string{"\x7fELF", "MZ\x90"}, do: "chương trình, không phải văn bản"},
	{exts: []string{".warc", ".wet"}, magic: []string{warcMagic}, crawl: true, do: "kho trang web WARC trong một tệp khác: hãy lấy riêng ra"},
	{magic: []string{"MIME-Version:", "Mime-Version:"}, read: readEML}, // as Word saves pages in one file
	{exts: []string{".eml"}, types: []string{typeLetter}, read: readEML, mail: true},
	{exts: []string{".mht", ".mhtml"}, types: []string{typeRelated}, read: readEML},
	{exts: []string{".jsonl", ".ndjson", ".json"}, lines: true},
	{exts: []string{".html", ".htm", ".xhtml"}, types: []string{typeHTML, "application/xhtml+xml"}, read: decoded(readHTML)},
	{exts: []string{".md", ".markdown"}, types: []string{"text/markdown"}, read: decoded(readMarkdown)},
	{exts: []string{".txt", ".text", ""}, types: []string{typePlain}, read: decoded(readTextOrHTML)},
}

// find returns the first format that is has, nil for none.
func find(has func(*format) bool) *format {
	for i := range formats {
		if has(&formats[i]) {
			return &formats[i]
		}
	}
	return nil
}

// named returns the format of a file name, nil if the name shows none.
func named(name string) *format {
	ext := extension(name)
	return find(func(f *format) bool { return slices.Contains(f.exts, ext) })
}

// typed returns the format of a media type, nil for none.
func typed(media string) *format {
	return find(func(f *format) bool { return slices.Contains(f.types, media) })
}

// FileName reports whether a text is the name of a file of one of the formats.
func FileName(s string) bool {
	ext := extension(s)
	return ext != "" && ext != s && named(s) != nil
}

// begins reports whether data begins with the first bytes of f and, if f is a kind of
// ZIP file, contains the part by which the kind is known.
func (f *format) begins(data []byte) bool {
	ok := slices.ContainsFunc(f.magic, func(m string) bool { return bytes.HasPrefix(data, []byte(m)) })
	return ok && (f.part == "" || zipHas(data, f.part))
}

// begun returns the format whose first bytes data has, nil for none.
func begun(data []byte) *format { return find(func(f *format) bool { return f.begins(data) }) }

// pictured returns the format whose first bytes data has, of those with pages that may
// be pictures.
func pictured(data []byte) *format {
	return find(func(f *format) bool { return f.sheets != nil && f.begins(data) })
}

// zipHas reports whether a ZIP file has a part whose name begins with prefix.
func zipHas(data []byte, prefix string) bool {
	r, _ := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	return r != nil && slices.ContainsFunc(r.File, func(f *zip.File) bool { return strings.HasPrefix(partName(f), prefix) })
}

// Supported reports whether a file of this name is worth opening. What is
// inside may still be refused.
func Supported(name string) bool {
	f := named(name)
	return f != nil && (f.read != nil || f.lines || f.crawl) && extension(name) != ""
}

// MayBePictured reports whether pages of a document may be pictures: it is a PDF or
// a picture.
func MayBePictured(in Input) bool { return in.Line == 0 && pictured(afterJunk(in.Data)) != nil }

// Sheets is Document for a document of which some pages were read by OCR: sheets
// are the results by page number.
func Sheets(ctx context.Context, in Input, sheets map[int]page.Sheet, lim page.Limits) (*page.Page, error) {
	data := afterJunk(in.Data)
	f := pictured(data)
	if f == nil {
		return Document(ctx, in, lim)
	}
	lim = lim.WithDefaults()
	if err := in.within(lim); err != nil {
		return nil, err
	}
	p, err := f.sheets(ctx, in.Name, data, sheets, lim)
	return f.mark(p), err
}

// within rejects a document of more bytes than the limit.
func (in *Input) within(lim page.Limits) error {
	if int64(len(in.Data)) > lim.Bytes {
		return page.Rejectf(in.Name, page.CodeTooLarge, "tệp lớn hơn %d MB", lim.Bytes>>20)
	}
	return nil
}

// mark marks a page that a reader of the format made, and repairs text that was
// garbled before it came into the file, as a spreadsheet does with CSV.
func (f *format) mark(p *page.Page) *page.Page {
	if p == nil || !f.paper {
		return p
	}
	p.Office = true
	p.Title = page.Repair(p.Title)
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if text := page.Repair(b.Text); text[:min(len(text), b.Number.Len)] == b.Text[:min(len(b.Text), b.Number.Len)] {
			b.Text = text
		}
	}
	return p
}

// Document reads one document with the reader for its content.
func Document(ctx context.Context, in Input, lim page.Limits) (*page.Page, error) {
	lim = lim.WithDefaults()
	switch {
	case in.Web != nil:
		return readCapture(ctx, in, lim)
	case in.Line > 0:
		return readRecord(ctx, in, lim)
	}
	if err := in.within(lim); err != nil {
		return nil, err
	}
	data := afterJunk(in.Data)
	switch f := begun(data); {
	case f == nil:
	case f.read != nil:
		p, err := f.read(ctx, in.Name, data, lim)
		return f.mark(p), err
	default:
		return nil, page.Rejectf(in.Name, page.CodeUnsupported, "%s", f.do)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, page.Rejectf(in.Name, page.CodeEmpty, "tệp rỗng")
	}
	if len(bytes.Trim(data, "\x00")) == 0 {
		return nil, page.Rejectf(in.Name, page.CodeDamaged, "tệp chỉ gồm byte 0: chép dở, hoặc ổ đĩa hỏng")
	}
	if isWordXML(head(data)) {
		return readWordXML(ctx, in.Name, data, lim)
	}
	switch f := named(in.Name); {
	case f == nil || f.read == nil:
		return nil, page.Rejectf(in.Name, page.CodeUnsupported, "không đọc định dạng %s", extension(in.Name))
	case f.magic != nil && looksHTML(head(data)):
		return decoded(readHTML)(ctx, in.Name, data, lim) // Word saves pages under any name
	case f.magic != nil:
		return nil, page.Rejectf(in.Name, page.CodeDamaged, "tên là %s nhưng nội dung thì không", extension(in.Name))
	default:
		return f.read(ctx, in.Name, data, lim)
	}
}

// afterJunk removes bytes that mail gateways leave before the head of a PDF.
func afterJunk(data []byte) []byte {
	head := data[:min(len(data), 1024)]
	if i := bytes.Index(head, []byte("%PDF-")); i > 0 && bytes.IndexByte(head[:i], '<') < 0 {
		return data[i:]
	}
	return data
}

// decoded makes a reader of bytes from a reader of text.
func decoded(read func(ctx context.Context, name, text string, lim page.Limits) (*page.Page, error)) Reader {
	return func(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
		text, _, err := page.DecodeText(data, declaredCharset(data[:min(len(data), 1024)]))
		if err != nil {
			return nil, page.Rejectf(name, page.CodeNotUTF8, "không nhận ra bảng mã (%v)", err)
		}
		return read(ctx, name, text, lim)
	}
}

// readTextOrHTML reads a file whose name does not show that it is HTML.
func readTextOrHTML(ctx context.Context, name, text string, lim page.Limits) (*page.Page, error) {
	if looksHTML(text) {
		return readHTML(ctx, name, text, lim)
	}
	return readText(ctx, name, entityLetters(text), lim)
}

// head is the beginning of a text without its byte order mark.
func head(data []byte) string { return unicodeText(data[:min(len(data), 1024)]) }

// unicodeText is a text in UTF-16 with a byte order mark, or in UTF-8.
func unicodeText(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return page.DecodeUTF16(data[2:], 0)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return page.DecodeUTF16(data[2:], 1)
	}
	return strings.TrimPrefix(string(data), "\ufeff")
}

// looksHTML reports whether the text of a file with such a name is HTML.
func looksHTML(text string) bool {
	head := text[:min(len(text), 1024)]
	for !utf8.ValidString(head) {
		head = head[:len(head)-1]
	}
	return strings.HasPrefix(http.DetectContentType([]byte(head)), "text/html")
}

// declaredCharset returns the encoding that an HTML head declares, or "".
func declaredCharset(head []byte) string {
	lower := bytes.ToLower(head)
	i := bytes.Index(lower, []byte("charset="))
	if i < 0 {
		return ""
	}
	v := bytes.TrimLeft(lower[i+len("charset="):], `"' `)
	if j := bytes.IndexAny(v, `"' />;`+"\r\n"); j >= 0 {
		v = v[:j]
	}
	return string(v)
}

// Stem is the base name of a file without its endings.
func Stem(name string) string {
	base := filepath.Base(uncompressedName(name))
	return strings.TrimSuffix(base, filepath.Ext(base))
}
