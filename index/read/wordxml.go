package read

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"nghiquyet/index/page"
)

// isWordXML reports whether a file begins as one XML document that Word wrote: of Word
// 2003, or the parts of a .docx in one file (Flat OPC).
func isWordXML(head string) bool {
	return page.Mentions(head, `progid="Word.Document"`, "<w:wordDocument", "<pkg:package")
}

// OtherXML reports whether the file at path is named .xml and does not begin as a
// document of Word. It reads only the head of files of that name, and no other file.
func OtherXML(path string) bool {
	if !strings.EqualFold(filepath.Ext(path), ".xml") {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	b := make([]byte, 1024)
	n, _ := io.ReadFull(f, b)
	return !isWordXML(head(b[:n]))
}

// readWordXML reads a document of Word in XML: its text becomes the parts of a .docx, and readDOCX
// reads them. Any other XML is no document.
func readWordXML(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	if !isWordXML(head(data)) {
		rej := skipped(page.CodeUnsupported, "XML không phải của Word")
		rej.Name = name
		return nil, rej
	}
	w := &xmlParts{text: unicodeText(data), parts: map[string]*strings.Builder{}}
	raw := xml.NewDecoder(strings.NewReader(w.text))
	raw.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded before
	z := &officeZip{ctx: ctx, name: name, kind: "XML", lim: lim}
	tokens := &partTokens{zip: z, raw: raw}
	for n := 0; ; n++ {
		if n&0xFFF == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		before := raw.InputOffset()
		tok, err := tokens.next()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = w.take(tok, before, raw.InputOffset())
		}
		if err != nil {
			return nil, z.fail("XML", err)
		}
	}
	if w.parts["word/document.xml"] == nil {
		return nil, page.Rejectf(name, page.CodeUnsupported, "tệp XML không có nội dung của Word")
	}
	p, err := readDOCX(ctx, name, w.zip(), lim)
	if p != nil {
		p.Office = true
	}
	return p, err
}

// xmlParts are the parts of a .docx, made from one XML document.
type xmlParts struct {
	text  string
	parts map[string]*strings.Builder
	flat  bool // Flat OPC
	open  []xmlOpen
	name  string // of the open part of Flat OPC
	from  int64  // its beginning in text
}

// xmlOpen is an open element of Word 2003: its name in a .docx and the part to which it
// belongs, "" for one that is left out.
type xmlOpen struct{ name, part string }

// take adds a token to the parts of the .docx. The token stands at [from, to) in the
// text.
func (w *xmlParts) take(tok xml.Token, from, to int64) error {
	switch t := tok.(type) {
	case xml.StartElement:
		if len(w.open) == 0 {
			w.flat = t.Name.Local == "package"
		}
		if w.flat {
			return w.startFlat(t, to)
		}
		w.start(t)
	case xml.EndElement:
		e := w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		if w.flat && e.name == "xmlData" && len(w.open) == 2 {
			w.write(w.name, w.text[w.from:from])
		}
		if !w.flat && len(w.open) > 1 {
			w.write(e.part, "</"+e.name+">")
		}
	case xml.CharData:
		if !w.flat {
			w.write(last(w.open).part, escaped(string(t)))
		}
	}
	return nil
}

// startFlat reads a start tag of Flat OPC, whose parts are copied as they are.
func (w *xmlParts) startFlat(t xml.StartElement, to int64) error {
	w.open = append(w.open, xmlOpen{name: t.Name.Local})
	switch {
	case t.Name.Local == "part" && len(w.open) == 2:
		if w.name = strings.TrimPrefix(attr(t, "name"), "/"); len(w.parts) > maxParts {
			return errors.New("too many parts")
		}
	case t.Name.Local == "xmlData" && len(w.open) == 3:
		w.from = to
	}
	return nil
}

// Parts of a document of Word 2003, by the elements that contain them: below the root,
// and inside the text.
var (
	xmlRoots   = map[string]string{"styles": "word/styles.xml", "lists": "word/numbering.xml", "body": "word/document.xml", "DocumentProperties": "docProps/core.xml"}
	xmlStories = map[string]string{"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml", "hdr": "word/header1.xml", "ftr": "word/footer1.xml"}
)

// xmlNames are the elements and attributes of Word 2003 that have another name in a .docx.
var xmlNames = map[string]string{"listDef": "abstractNum", "listDefId": "abstractNumId", "list": "num", "ilfo": "numId", "ilst": "abstractNumId", "listPr": "numPr", "nfc": "numFmt",
	"listStyleLink": "numStyleLink", "h-ansi": "hAnsi", "binData": "", "docOleData": "", "docSuppData": "", "Title": "title", "Subject": "subject", "Keywords": "keywords", "Author": "creator", "Created": "created", "LastSaved": "modified"}

// xmlNotes are the kinds of annotation that change the text, by the element of a .docx.
var xmlNotes = map[string]string{"Word.Deletion": "del", "Word.Insertion": "ins", "Word.Comment": "annotationRef", "Word.Formatting": "rPrChange"}

// renamed is the name of an element or attribute in a .docx, "" for one that is left out.
func renamed(local string) string {
	if name, ok := xmlNames[local]; ok {
		return name
	}
	return local
}

// start reads a start tag of Word 2003.
func (w *xmlParts) start(t xml.StartElement) {
	e := xmlOpen{name: renamed(t.Name.Local), part: last(w.open).part}
	if len(w.open) == 1 {
		e.part = xmlRoots[t.Name.Local]
	} else if e.part != "" {
		e.part = cmp.Or(xmlStories[t.Name.Local], e.part)
	}
	if t.Name.Local == "annotation" {
		if e.name = xmlNotes[attr(t, "type")]; e.name == "" {
			e.name = "content" // of a bookmark
		}
	}
	if e.name == "" {
		e.part = ""
	}
	w.open = append(w.open, e)
	if len(w.open) < 3 {
		return // the part has a root of its own
	}
	w.write(e.part, "<"+e.name)
	for _, a := range t.Attr {
		name, value := renamed(a.Name.Local), a.Value
		switch {
		case a.Name.Space == "xmlns", name == "xmlns", name == "":
			continue
		case e.name == "numFmt":
			n, _ := strconv.ParseUint(value, 10, 8)
			value = cmp.Or(docNumberFormats[byte(n)], "decimal")
		case value == "on":
			value = "1"
		}
		w.write(e.part, " "+name+`="`+escaped(value)+`"`)
	}
	w.write(e.part, ">")
}

// write appends to a part, "" for none.
func (w *xmlParts) write(part, s string) {
	if part == "" {
		return
	}
	if w.parts[part] == nil {
		w.parts[part] = &strings.Builder{}
	}
	w.parts[part].WriteString(s)
}

// zip packs the parts without compression. Those of Word 2003 get a root.
func (w *xmlParts) zip() []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, part := range w.parts {
		out, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			continue // a name that no ZIP file can have
		}
		if w.flat {
			io.WriteString(out, part.String())
		} else {
			io.WriteString(out, "<part>"+part.String()+"</part>")
		}
	}
	z.Close()
	return b.Bytes()
}

func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder takes all
	return b.String()
}
