package read

import (
	"context"
	"path"
	"slices"
	"strings"

	"nghiquyet/index/page"
)

// readDOCX reads a Word document (ECMA-376): paragraphs with the numbers that
// Word would show, headings by style, tables in reading order, text boxes,
// complete pages stored in the file (see chunk), footnotes. Deleted and hidden
// text is left out; running heads and feet are furniture.
func readDOCX(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	z, err := openDOCX(ctx, name, data, lim)
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
	body, margins := z.story()
	for i, part := range slices.Concat(body, margins) {
		blocks, err := d.readPart(part)
		if err != nil {
			return nil, err
		}
		if i >= len(body) {
			furnish(blocks)
		}
		p.Blocks = append(p.Blocks, blocks...)
	}
	return withText(p, name, "DOCX")
}

// furnish marks blocks as furniture.
func furnish(blocks []page.Block) {
	for i := range blocks {
		blocks[i].Furniture = true
	}
}

// withText returns a page of a format with the title in its properties if it has text,
// and rejects it if not.
func withText(p *page.Page, name, format string) (*page.Page, error) {
	p.Title = p.Meta["doc:title"]
	if slices.ContainsFunc(p.Blocks, func(b page.Block) bool { return !b.Furniture && page.CountLetters(b.Text) > 0 }) {
		return p, nil
	}
	return nil, page.Rejectf(name, page.CodeEmpty, "tệp %s không có chữ (có thể chỉ chứa ảnh)", format)
}

func openDOCX(ctx context.Context, name string, data []byte, lim page.Limits) (*officeZip, error) {
	kind := "DOCX"
	if ext := extension(name); slices.Contains([]string{".xlsx", ".pptx", ".odt"}, ext) {
		kind = strings.ToUpper(ext[1:]) // cut before the list of its parts
	}
	z, err := openZip(ctx, name, kind, data, lim)
	if err != nil {
		return nil, err
	}
	z.main = "word/document.xml"
	if rels, err := z.relations(""); err == nil {
		for _, rel := range rels {
			if strings.HasSuffix(rel.Type, "/officeDocument") && strings.HasPrefix(rel.Target, "word/") {
				z.main = rel.Target
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

// sibling returns the path of the part with this name beside the document.
func (z *officeZip) sibling(name string) string { return path.Join(path.Dir(z.main), name) }

// story lists the parts with text in reading order, and those of the margins.
func (z *officeZip) story() (body, margins []string) {
	body = []string{z.main}
	for _, name := range []string{"footnotes.xml", "endnotes.xml"} {
		if part := z.sibling(name); z.parts[part] != nil {
			body = append(body, part)
		}
	}
	for part := range z.parts {
		base := path.Base(part)
		if part == z.sibling(base) && path.Ext(base) == ".xml" && (strings.HasPrefix(base, "header") || strings.HasPrefix(base, "footer")) {
			margins = append(margins, part)
		}
	}
	slices.Sort(margins)
	return body, margins
}
