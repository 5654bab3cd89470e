package read

import (
	"encoding/xml"
	"errors"

	"nghiquyet/index/page"
)

// chunkReaders read the parts that w:altChunk may name, by extension. A Word document
// in a Word document is not read.
var chunkReaders = map[string]Reader{
	".mht": readEML, ".mhtml": readEML, ".rtf": readRTF, ".txt": decoded(readTextOrHTML),
	".html": decoded(readHTML), ".htm": decoded(readHTML), ".xhtml": decoded(readHTML),
}

// chunk reads the part to which w:altChunk refers. Word shows its text in the place of the
// element (ECMA-376 part 1, 17.17.2.1), and programs that make Word files of web pages
// write nothing else: html-docx-js 0.3.1 stores the page as word/afchunk.mht.
func (w *docxWalk) chunk(t xml.StartElement) ([]page.Block, error) {
	parts, err := w.zip.targets(w.part)
	if err != nil {
		return nil, nil // without relations there is no part
	}
	part := parts[attr(t, "id")]
	reader := chunkReaders[extension(part)]
	if reader == nil || w.zip.parts[part] == nil {
		return nil, nil
	}
	data, err := w.zip.content(part)
	if err != nil {
		return nil, err
	}
	p, err := reader(w.zip.ctx, w.zip.name, data, w.zip.lim)
	if rej, ok := errors.AsType[*page.Reject](err); ok && rej.Code == page.CodeEmpty {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for i := range p.Blocks {
		p.Blocks[i].Main = false // all of a Word document is the document
	}
	return p.Blocks, nil
}
