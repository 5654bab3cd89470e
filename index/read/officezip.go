package read

import (
	"archive/zip"
	"bytes"
	"cmp"
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

// officeZip is the ZIP file of a document of Office (ECMA-376) or OpenDocument: its parts
// by name. They are opened one at a time, under one budget of bytes and elements.
type officeZip struct {
	ctx      context.Context
	name     string
	kind     string // of document, for messages: DOCX
	lim      page.Limits
	parts    map[string]*zip.File
	main     string // name of the document part of a DOCX
	spent    int64  // bytes decompressed
	elements int    // read in all parts
}

// maxParts bounds the parts of a package; real documents have some twenty, and one
// for each picture.
const maxParts = 10_000

// openZip opens a package of the kind for reading under the limits.
func openZip(ctx context.Context, name, kind string, data []byte, lim page.Limits) (*officeZip, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, page.Rejectf(name, page.CodeDamaged, "tệp %s bị hỏng hoặc bị cắt cụt (%v)", kind, err)
	}
	if len(r.File) > maxParts {
		return nil, page.Rejectf(name, page.CodeTooDeep, "tệp %s có hơn %d phần", kind, maxParts)
	}
	z := &officeZip{ctx: ctx, name: name, kind: kind, lim: lim, parts: map[string]*zip.File{}}
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

// partName is the name of a part: some programs write it with backslashes.
func partName(f *zip.File) string {
	return strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
}

// partReader reads a part and counts its bytes.
type partReader struct {
	io.Reader
	zip          *officeZip
	packed, read int64
}

// open gives the content of a part to read.
func (z *officeZip) open(part string, read func(io.Reader) error) error {
	f := z.parts[part]
	if f == nil {
		return page.Rejectf(z.name, page.CodeDamaged, "tệp %s thiếu phần %s", z.kind, part)
	}
	rc, err := f.Open()
	if err != nil {
		return page.Rejectf(z.name, page.CodeDamaged, "không mở được phần %s (%v)", part, err)
	}
	defer rc.Close()
	if err := read(&partReader{Reader: rc, zip: z, packed: int64(f.CompressedSize64)}); err != nil {
		return z.fail(part, err)
	}
	return nil
}

func (r *partReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.read += int64(n)
	r.zip.spent += int64(n)
	switch {
	case r.read > freeBytes && r.read > r.zip.lim.Ratio*r.packed:
		return 0, page.Rejectf(r.zip.name, page.CodeBomb, "nén quá %d lần", r.zip.lim.Ratio)
	case r.zip.spent > r.zip.lim.Bytes:
		return 0, page.Rejectf(r.zip.name, page.CodeTooLarge, "%s giải nén ra hơn %d MB", r.zip.kind, r.zip.lim.Bytes>>20)
	case r.zip.ctx.Err() != nil:
		return 0, r.zip.ctx.Err()
	}
	return n, err
}

// content returns all bytes of a part.
func (z *officeZip) content(part string) (data []byte, err error) {
	err = z.open(part, func(r io.Reader) error {
		data, err = io.ReadAll(r)
		return err
	})
	return data, err
}

// tokens gives the tokens of a part, whose tags need not match, to read.
func (z *officeZip) tokens(part string, read func(*partTokens) error) error {
	return z.open(part, func(r io.Reader) error {
		raw := xml.NewDecoder(r)
		raw.CharsetReader = charsetReader
		return read(&partTokens{zip: z, raw: raw})
	})
}

// charsetReader decodes text in an encoding of that name to UTF-8.
func charsetReader(charset string, in io.Reader) (io.Reader, error) {
	enc, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return enc.NewDecoder().Reader(in), nil
}

// partTokens bounds depth and number of elements. OOXML and OpenDocument have no
// document type declarations, so these are rejected, and no entity is expanded.
type partTokens struct {
	zip   *officeZip
	raw   *xml.Decoder
	depth int
	names []xml.Name // of the open elements, for next
}

func (t *partTokens) Token() (xml.Token, error) {
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
func (t *partTokens) next() (xml.Token, error) {
	tok, err := t.Token()
	switch tok := tok.(type) {
	case xml.StartElement:
		t.names = append(t.names, tok.Name)
	case xml.EndElement:
		n := len(t.names) - 1
		if n < 0 || t.names[n] != tok.Name {
			return nil, fmt.Errorf("the tag </%s> ends no element", tok.Name.Local)
		}
		t.names = t.names[:n]
	}
	if err == io.EOF && len(t.names) > 0 {
		return nil, fmt.Errorf("the element <%s> has no end", t.names[len(t.names)-1].Local)
	}
	return tok, err
}

// each calls do with each token of a part. do may read further ones from dec, and
// returns io.EOF to end early.
func (z *officeZip) each(part string, do func(dec *xml.Decoder, tok xml.Token) error) error {
	return z.tokens(part, func(tokens *partTokens) error {
		dec := xml.NewTokenDecoder(tokens)
		for {
			tok, err := dec.Token()
			if err == nil {
				err = do(dec, tok)
			}
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
		}
	})
}

// unmarshal reads a complete part; if it is absent, v stays unchanged.
func (z *officeZip) unmarshal(part string, v any) error {
	if z.parts[part] == nil {
		return nil
	}
	return z.tokens(part, func(tokens *partTokens) error { return xml.NewTokenDecoder(tokens).Decode(v) })
}

// fail makes a Reject of an error from reading part.
func (z *officeZip) fail(part string, err error) error {
	if rej, ok := errors.AsType[*page.Reject](err); ok {
		return rej
	}
	return cmp.Or(z.ctx.Err(), error(page.Rejectf(z.name, page.CodeDamaged, "phần %s bị hỏng (%v)", part, err)))
}

// relation is a part to which another refers.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"` // from the root of the package
}

// relations returns the relations of a part, "" for those of the package.
func (z *officeZip) relations(part string) ([]relation, error) {
	var v struct {
		Relations []relation `xml:"Relationship"`
	}
	dir, base := path.Split(part)
	err := z.unmarshal(path.Join(dir, "_rels", base+".rels"), &v)
	for i := range v.Relations {
		v.Relations[i].Target = besidePart(part, v.Relations[i].Target)
	}
	return v.Relations, err
}

// related returns the parts of one type to which a part refers.
func (z *officeZip) related(part, kind string) (out []string) {
	rels, err := z.relations(part)
	if err != nil {
		return nil
	}
	for _, rel := range rels {
		if strings.HasSuffix(rel.Type, kind) && z.parts[rel.Target] != nil && !slices.Contains(out, rel.Target) {
			out = append(out, rel.Target)
		}
	}
	return out
}

// targets are the parts to which a part refers, by the ids of the relations.
func (z *officeZip) targets(part string) (map[string]string, error) {
	rels, err := z.relations(part)
	parts := map[string]string{}
	for _, rel := range rels {
		parts[rel.ID] = rel.Target
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

// meta reads the core properties, which are weak evidence, because templates set
// them. Damage there is ignored.
func (z *officeZip) meta() map[string]string {
	var core struct {
		Title    string `xml:"title"`
		Subject  string `xml:"subject"`
		Creator  string `xml:"creator"`
		Created  string `xml:"created"`
		Modified string `xml:"modified"`
		Keywords string `xml:"keywords"`
	}
	if z.unmarshal("docProps/core.xml", &core) != nil {
		return map[string]string{}
	}
	return properties(map[string]string{"doc:title": core.Title, "doc:subject": core.Subject, "doc:author": core.Creator,
		"doc:created": core.Created, "doc:modified": core.Modified, "doc:keywords": core.Keywords})
}

// properties returns the properties of a document that have a value of a usual length.
func properties(values map[string]string) map[string]string {
	const most = 4 << 10 // bytes
	out := map[string]string{}
	for key, v := range values {
		if v = strings.TrimSpace(page.CleanText(v)); v != "" && len(v) < most {
			out[key] = v
		}
	}
	return out
}
