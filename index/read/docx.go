package read

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"nghiquyet/index/page"
)

// readDOCX reads a Word document (ECMA-376): paragraphs with the numbers that
// Word would show, headings by style, tables in reading order, text boxes,
// complete pages stored in the file (see chunk), footnotes. Deleted and hidden
// text is left out; running heads and feet are furniture. Parts are opened one at a time, under one budget of bytes.
func readDOCX(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	z, err := openDOCX(ctx, name, data, lim.WithDefaults())
	if err != nil {
		return nil, err
	}
	d := &docxReader{zip: z}
	if err := d.readStyles(); err != nil {
		return nil, err
	}
	if err := d.readNumbering(); err != nil {
		return nil, err
	}
	p := &page.Page{Meta: z.meta()}
	p.Title = p.Meta["doc:title"]
	for _, part := range z.story() {
		blocks, err := d.readPart(part.name)
		if err != nil {
			return nil, err
		}
		for i := range blocks {
			blocks[i].Furniture = blocks[i].Furniture || part.furniture
		}
		p.Blocks = append(p.Blocks, blocks...)
	}
	if !slices.ContainsFunc(p.Blocks, func(b page.Block) bool { return !b.Furniture && page.CountLetters(b.Text) > 0 }) {
		return nil, page.Rejectf(name, page.CodeEmpty, "tệp DOCX không có chữ (có thể chỉ chứa ảnh quét)")
	}
	return p, nil
}

// docxZip is the package: parts by name, and the bytes read from them so far.
type docxZip struct {
	ctx      context.Context
	name     string
	kind     string // of document, for messages: DOCX
	lim      page.Limits
	parts    map[string]*zip.File
	main     string // name of the document part
	spent    int64  // bytes decompressed
	elements int    // read in all parts
}

// maxParts bounds the parts of a package; real documents have some twenty, and one
// for each picture.
const maxParts = 10_000

// openZip opens a package of the kind for reading under the limits.
func openZip(ctx context.Context, name, kind string, data []byte, lim page.Limits) (*docxZip, error) {
	if int64(len(data)) > lim.Bytes {
		return nil, page.Rejectf(name, page.CodeTooLarge, "tệp lớn hơn %d MB", lim.Bytes>>20)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, page.Rejectf(name, page.CodeDamaged, "tệp %s bị hỏng hoặc bị cắt cụt (%v)", kind, err)
	}
	if len(r.File) > maxParts {
		return nil, page.Rejectf(name, page.CodeTooDeep, "tệp %s có hơn %d phần", kind, maxParts)
	}
	z := &docxZip{ctx: ctx, name: name, kind: kind, lim: lim, parts: map[string]*zip.File{}}
	for _, f := range r.File {
		part := partName(f)
		if part != path.Clean(part) || strings.HasPrefix(part, "../") || z.parts[part] != nil {
			continue // folders, names that climb, second copies
		}
		if f.Flags&1 != 0 {
			return nil, page.Rejectf(name, page.CodeEncrypted, "tệp nén có mật khẩu")
		}
		z.parts[part] = f
	}
	return z, nil
}

func openDOCX(ctx context.Context, name string, data []byte, lim page.Limits) (*docxZip, error) {
	kind := "DOCX"
	if ext := extension(name); slices.Contains([]string{".xlsx", ".pptx", ".odt"}, ext) {
		kind = strings.ToUpper(ext[1:]) // cut before the list of its parts
	}
	z, err := openZip(ctx, name, kind, data, lim)
	if err != nil {
		return nil, err
	}
	z.main = "word/document.xml"
	if rels, err := z.relations("_rels/.rels"); err == nil {
		for _, rel := range rels {
			if target := strings.TrimPrefix(rel.Target, "/"); strings.HasSuffix(rel.Type, "/officeDocument") && strings.HasPrefix(target, "word/") {
				z.main = target
			}
		}
	}
	if z.parts[z.main] != nil {
		return z, nil
	}
	if z.parts["[Content_Types].xml"] != nil {
		return nil, page.Rejectf(name, page.CodeDamaged, "tệp DOCX thiếu phần nội dung %s", z.main)
	}
	return nil, page.Rejectf(name, page.CodeUnsupported, "tệp nén ZIP, không phải tài liệu Word, Excel, PowerPoint hay OpenDocument: hãy giải nén trước")
}

// partName is the name of a part: some programs write it with backslashes.
func partName(f *zip.File) string {
	return strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
}

// decoder reads a part as XML under the limits; closing it is the caller's.
func (z *docxZip) decoder(part string) (*xml.Decoder, io.Closer, error) {
	tokens, closer, err := z.tokens(part)
	if err != nil {
		return nil, nil, err
	}
	return xml.NewTokenDecoder(tokens), closer, nil
}

// tokens reads the tokens of a part, which need not match, under the limits.
func (z *docxZip) tokens(part string) (*docxTokens, io.Closer, error) {
	f := z.parts[part]
	if f == nil {
		return nil, nil, page.Rejectf(z.name, page.CodeDamaged, "tệp %s thiếu phần %s", z.kind, part)
	}
	rc, err := f.Open()
	if err != nil {
		return nil, nil, page.Rejectf(z.name, page.CodeDamaged, "không mở được phần %s (%v)", part, err)
	}
	raw := xml.NewDecoder(&docxBytes{zip: z, r: rc, packed: int64(f.CompressedSize64)})
	raw.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		enc, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return enc.NewDecoder().Reader(in), nil
	}
	return &docxTokens{zip: z, raw: raw}, rc, nil
}

// docxBytes counts decompressed bytes.
type docxBytes struct {
	zip          *docxZip
	r            io.Reader
	packed, read int64
}

func (b *docxBytes) Read(p []byte) (int, error) {
	const small = 16 << 20 // no bomb, whatever the ratio
	n, err := b.r.Read(p)
	b.read += int64(n)
	b.zip.spent += int64(n)
	switch {
	case b.read > small && b.read > b.zip.lim.Ratio*b.packed:
		return 0, page.Rejectf(b.zip.name, page.CodeBomb, "nén quá %d lần", b.zip.lim.Ratio)
	case b.zip.spent > b.zip.lim.Bytes:
		return 0, page.Rejectf(b.zip.name, page.CodeTooLarge, "%s giải nén ra hơn %d MB", b.zip.kind, b.zip.lim.Bytes>>20)
	case b.zip.ctx.Err() != nil:
		return 0, b.zip.ctx.Err()
	}
	return n, err
}

// docxTokens bounds depth and number of elements. OOXML and OpenDocument have no
// document type declarations, so these are rejected, and no entity is expanded.
type docxTokens struct {
	zip   *docxZip
	raw   *xml.Decoder
	depth int
	open  []xml.Name // elements, for next
}

func (t *docxTokens) Token() (xml.Token, error) {
	tok, err := t.raw.RawToken()
	switch tok.(type) {
	case xml.StartElement:
		t.depth++
		t.zip.elements++
		if t.depth > t.zip.lim.Depth {
			return nil, page.Rejectf(t.zip.name, page.CodeTooDeep, "XML lồng sâu hơn %d mức", t.zip.lim.Depth)
		}
		if t.zip.elements > t.zip.lim.Entities {
			return nil, page.Rejectf(t.zip.name, page.CodeTooDeep, "XML có hơn %d phần tử", t.zip.lim.Entities)
		}
	case xml.EndElement:
		t.depth--
	case xml.Directive:
		return nil, page.Rejectf(t.zip.name, page.CodeDamaged, "XML trong %s khai báo DTD hoặc thực thể, điều định dạng này cấm", t.zip.kind)
	}
	return tok, err
}

// next reads a token whose tag must match those before it.
func (t *docxTokens) next() (xml.Token, error) {
	tok, err := t.Token()
	switch tok := tok.(type) {
	case xml.StartElement:
		t.open = append(t.open, tok.Name)
	case xml.EndElement:
		n := len(t.open) - 1
		if n < 0 || t.open[n] != tok.Name {
			return nil, fmt.Errorf("the tag </%s> ends no element", tok.Name.Local)
		}
		t.open = t.open[:n]
	}
	if err == io.EOF && len(t.open) > 0 {
		return nil, fmt.Errorf("the element <%s> has no end", t.open[len(t.open)-1].Local)
	}
	return tok, err
}

// fail makes a Reject of an error from reading part.
func (z *docxZip) fail(part string, err error) error {
	var rej *page.Reject
	switch {
	case errors.As(err, &rej):
		return rej
	case z.ctx.Err() != nil:
		return z.ctx.Err()
	}
	return page.Rejectf(z.name, page.CodeDamaged, "phần %s bị hỏng (%v)", part, err)
}

// unmarshal reads a complete part; if it is absent, v stays unchanged.
func (z *docxZip) unmarshal(part string, v any) error {
	if z.parts[part] == nil {
		return nil
	}
	dec, closer, err := z.decoder(part)
	if err != nil {
		return err
	}
	defer closer.Close()
	if err := dec.Decode(v); err != nil {
		return z.fail(part, err)
	}
	return nil
}

type docxRelation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

func (z *docxZip) relations(part string) ([]docxRelation, error) {
	var v struct {
		Relations []docxRelation `xml:"Relationship"`
	}
	err := z.unmarshal(part, &v)
	return v.Relations, err
}

// sibling returns the path of the part with this name beside the document.
func (z *docxZip) sibling(name string) string { return path.Join(path.Dir(z.main), name) }

type docxPart struct {
	name      string
	furniture bool
}

// story lists the parts with text in reading order.
func (z *docxZip) story() []docxPart {
	out := []docxPart{{name: z.main}}
	for _, n := range []string{"footnotes.xml", "endnotes.xml"} {
		if z.parts[z.sibling(n)] != nil {
			out = append(out, docxPart{name: z.sibling(n)})
		}
	}
	var margins []string
	for part := range z.parts {
		base := path.Base(part)
		if path.Dir(part) == path.Dir(z.main) && path.Ext(part) == ".xml" && (strings.HasPrefix(base, "header") || strings.HasPrefix(base, "footer")) {
			margins = append(margins, part)
		}
	}
	slices.Sort(margins)
	for _, part := range margins {
		out = append(out, docxPart{part, true})
	}
	return out
}

// meta reads the core properties, which are weak evidence, because templates set
// them. Damage there is ignored.
func (z *docxZip) meta() map[string]string {
	var core struct {
		Title    string `xml:"title"`
		Subject  string `xml:"subject"`
		Creator  string `xml:"creator"`
		Created  string `xml:"created"`
		Modified string `xml:"modified"`
		Keywords string `xml:"keywords"`
	}
	out := map[string]string{}
	if z.unmarshal("docProps/core.xml", &core) != nil {
		return out
	}
	for key, v := range map[string]string{"doc:title": core.Title, "doc:subject": core.Subject, "doc:author": core.Creator,
		"doc:created": core.Created, "doc:modified": core.Modified, "doc:keywords": core.Keywords} {
		if v = strings.TrimSpace(page.CleanText(v)); v != "" && len(v) < 4<<10 {
			out[key] = v
		}
	}
	return out
}
