// Package read answers: which documents are in this file, and what does each
// say? [Inputs] opens a file, undoes gz and zst, and cuts JSON Lines;
// [Document] chooses a reader by content, then by name, and makes a
// [page.Page] of one document.
//
// A new format is a [Reader] in a file of its own and its row in the table of
// formats. A reader says what is there: headings, items, tables, running heads
// that the format marks as such, what HTML puts in menus and links. It does not
// say which of it is the article: index/extract does.
package read

import (
	"bytes"
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"nghiquyet/index/page"
	"nghiquyet/index/pdf"
)

// signatures tell formats by their first bytes, in order. They win over the
// name: people rename.
var signatures = []struct {
	magic string
	read  Reader
	what  string // for formats that are not read
}{
	{magic: "%PDF-", read: pdf.Read},
	{magic: "PK\x03\x04", read: readDOCX},
	{magic: "PK\x05\x06", read: readDOCX},
	{magic: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", what: "Word đời cũ (.doc) hoặc DOCX có mật khẩu: hãy lưu lại thành .docx không mật khẩu"},
	{magic: `{\rtf`, what: "RTF: hãy lưu lại thành .docx"},
	{magic: "\x89PNG", what: "tệp ảnh: hãy nhận dạng chữ (OCR) trước"},
	{magic: "\xff\xd8\xff", what: "tệp ảnh: hãy nhận dạng chữ (OCR) trước"},
	{magic: "GIF8", what: "tệp ảnh: hãy nhận dạng chữ (OCR) trước"},
	{magic: "II*\x00", what: "tệp ảnh: hãy nhận dạng chữ (OCR) trước"},
	{magic: "MM\x00*", what: "tệp ảnh: hãy nhận dạng chữ (OCR) trước"},
	{magic: "Rar!", what: "tệp nén RAR: hãy giải nén trước"},
	{magic: "7z\xbc\xaf", what: "tệp nén 7z: hãy giải nén trước"},
	{magic: "\x7fELF", what: "chương trình, không phải văn bản"},
	{magic: "MZ\x90", what: "chương trình, không phải văn bản"},
}

// textual are the formats told by name, all of them text in some encoding.
var textual = map[string]func(ctx context.Context, name, text string, lim page.Limits) (*page.Page, error){
	".txt": readText, ".text": readText, "": readText,
	".html": readHTML, ".htm": readHTML, ".xhtml": readHTML, ".mht": nil, ".mhtml": nil,
	".md": readMarkdown, ".markdown": readMarkdown,
}

// Supported reports whether a file of this name is worth opening. What is
// inside may still be refused.
func Supported(name string) bool {
	switch ext := extension(name); ext {
	case ".pdf", ".docx", ".jsonl", ".ndjson", ".json":
		return true
	default:
		return ext != "" && textual[ext] != nil
	}
}

// Document reads one document with the reader that its content asks for.
func Document(ctx context.Context, in Input, lim page.Limits) (*page.Page, error) {
	if in.Line > 0 {
		return readRecord(ctx, in, lim)
	}
	name, data := uncompressedName(in.Name), in.Data
	head := data[:min(len(data), 1024)]
	if i := bytes.Index(head, []byte("%PDF-")); i > 0 && bytes.IndexByte(head[:i], '<') < 0 {
		return pdf.Read(ctx, in.Name, data[i:], lim) // junk before the head, as mail gateways leave it
	}
	for _, s := range signatures {
		switch {
		case !bytes.HasPrefix(head, []byte(s.magic)):
		case s.read != nil:
			return s.read(ctx, in.Name, data, lim)
		default:
			return nil, page.Rejectf(in.Name, page.CodeUnsupported, "%s", s.what)
		}
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, page.Rejectf(in.Name, page.CodeEmpty, "tệp rỗng")
	}
	ext := extension(name)
	read, ok := textual[ext]
	switch {
	case ext == ".pdf" || ext == ".docx":
		return nil, page.Rejectf(in.Name, page.CodeDamaged, "tên là %s nhưng nội dung thì không", ext)
	case !ok || read == nil:
		return nil, page.Rejectf(in.Name, page.CodeUnsupported, "không đọc định dạng %s", ext)
	}
	text, _, err := page.DecodeText(data, declaredCharset(head))
	if err != nil {
		return nil, page.Rejectf(in.Name, page.CodeNotUTF8, "không nhận ra bảng mã: %v", err)
	}
	if ext != ".md" && ext != ".markdown" && looksHTML(text) {
		read = readHTML
	}
	return read(ctx, in.Name, text, lim)
}

// looksHTML decides for files whose name does not say so.
func looksHTML(text string) bool {
	head := text[:min(len(text), 1024)]
	for !utf8.ValidString(head) {
		head = head[:len(head)-1]
	}
	return strings.HasPrefix(http.DetectContentType([]byte(head)), "text/html")
}

// declaredCharset is what an HTML head says of its encoding, or "".
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

// Reader makes a page of the bytes of one document. What it cannot read it
// returns as a [*Reject]; it stops when ctx is done.
type Reader func(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error)
