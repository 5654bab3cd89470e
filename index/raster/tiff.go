package raster

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"

	"golang.org/x/image/tiff"
)

// Tags of a page (TIFF 6.0).
const (
	tagWidth       = 256
	tagHeight      = 257
	tagCompression = 259
	tagStrips      = 273 // where they begin
	tagOrientation = 274
	tagRows        = 278 // of a strip
	tagStripBytes  = 279
	tagXResolution = 282
	tagYResolution = 283
	tagUnit        = 296 // 2 an inch, 3 a centimetre
	tagTables      = 347 // of JPEG, common to all strips

	compressedJPEG = 7
	maxValues      = 100_000 // of one tag
)

func isTIFF(data []byte) bool {
	return bytes.HasPrefix(data, []byte("II*\x00")) || bytes.HasPrefix(data, []byte("MM\x00*"))
}

// tiffFile is the pages of a TIFF. The library reads the first page only: each
// of the others is the first of the file while it is decoded.
type tiffFile struct {
	data  []byte
	order binary.ByteOrder
	pages []tiffPage
}

type tiffPage struct {
	file *tiffFile
	at   uint32 // of its directory
	tags map[uint16][]uint32
	raw  map[uint16][]byte
}

// openTIFF reads the directories of a TIFF, of which there must be at least one.
func openTIFF(data []byte) (*tiffFile, error) {
	if len(data) < 8 || !isTIFF(data) {
		return nil, errors.New("no TIFF")
	}
	t := &tiffFile{data: data, order: binary.LittleEndian}
	if data[0] == 'M' {
		t.order = binary.BigEndian
	}
	seen := map[uint32]bool{}
	for at := t.order.Uint32(data[4:]); at != 0 && !seen[at]; {
		if len(t.pages) >= maxPages {
			return nil, fmt.Errorf("a TIFF of more than %d pages", maxPages)
		}
		seen[at] = true
		p, next, err := t.page(at)
		if err != nil {
			return nil, err
		}
		t.pages, at = append(t.pages, p), next
	}
	if len(t.pages) == 0 {
		return nil, errors.New("a TIFF without pages")
	}
	return t, nil
}

// page reads the directory at an offset, and the offset of the next one.
func (t *tiffFile) page(at uint32) (p tiffPage, next uint32, err error) {
	cut := func(from, n uint64) []byte {
		if from+n > uint64(len(t.data)) {
			return nil
		}
		return t.data[from : from+n]
	}
	head := cut(uint64(at), 2)
	if head == nil {
		return p, 0, errors.New("a TIFF that is cut short")
	}
	entries := uint64(t.order.Uint16(head))
	dir := cut(uint64(at)+2, 12*entries+4)
	if dir == nil {
		if dir = cut(uint64(at)+2, 12*entries); dir == nil { // Exif may end without a link
			return p, 0, errors.New("a TIFF that is cut short")
		}
		dir = append(bytes.Clone(dir), 0, 0, 0, 0)
	}
	p = tiffPage{file: t, at: at, tags: map[uint16][]uint32{}, raw: map[uint16][]byte{}}
	for i := uint64(0); i < entries; i++ {
		e := dir[12*i:]
		tag, kind, count := t.order.Uint16(e), t.order.Uint16(e[2:]), uint64(t.order.Uint32(e[4:]))
		size := map[uint16]uint64{1: 1, 3: 2, 4: 4, 5: 8, 7: 1}[kind]
		if size == 0 || count > maxValues {
			continue
		}
		body := e[8:12]
		if size*count > 4 {
			body = cut(uint64(t.order.Uint32(body)), size*count)
		}
		if body == nil {
			continue
		}
		p.raw[tag] = body
		for n := uint64(0); n < count; n++ {
			switch v := body[size*n:]; kind {
			case 3:
				p.tags[tag] = append(p.tags[tag], uint32(t.order.Uint16(v)))
			case 4:
				p.tags[tag] = append(p.tags[tag], t.order.Uint32(v))
			}
		}
	}
	return p, t.order.Uint32(dir[12*entries:]), nil
}

// first returns the first value of a tag, 0 if it is missing.
func (p tiffPage) first(tag uint16) int {
	if v := p.tags[tag]; len(v) > 0 && v[0] < 1<<31 {
		return int(v[0])
	}
	return 0
}

// resolution returns the dots per inch across and down, 0 if there are none or they
// are implausible.
func (p tiffPage) resolution() (out [2]float64) {
	for i, tag := range []uint16{tagXResolution, tagYResolution} {
		b := p.raw[tag]
		if len(b) < 8 || p.file.order.Uint32(b[4:]) == 0 {
			return [2]float64{}
		}
		out[i] = float64(p.file.order.Uint32(b)) / float64(p.file.order.Uint32(b[4:]))
		if p.first(tagUnit) == 3 {
			out[i] *= 2.54
		}
		if out[i] < 90 || out[i] > 2_400 {
			return [2]float64{}
		}
	}
	return out
}

// decode decodes a page, from 0.
func (t *tiffFile) decode(n int) (image.Image, error) {
	p := t.pages[n]
	if p.first(tagCompression) == compressedJPEG {
		return p.decodeJPEG()
	}
	link := t.data[4:8] // to the first page
	defer copy(link, bytes.Clone(link))
	t.order.PutUint32(link, p.at)
	return tiff.Decode(bytes.NewReader(t.data))
}

// decodeJPEG decodes strips that are JPEG pictures below one another, which the
// library does not support. They share the page's tables.
func (p tiffPage) decodeJPEG() (image.Image, error) {
	w, h, rows := p.first(tagWidth), p.first(tagHeight), p.first(tagRows)
	at, size := p.tags[tagStrips], p.tags[tagStripBytes]
	if len(at) == 0 || len(at) != len(size) {
		return nil, errors.New("a TIFF of JPEG tiles")
	}
	if rows == 0 || rows > h {
		rows = h
	}
	tables := p.raw[tagTables]
	if n := len(tables); n >= 4 {
		tables = tables[2 : n-2] // without the marks of its beginning and end
	}
	out := image.NewGray(image.Rect(0, 0, w, h))
	for i := range at {
		if uint64(at[i])+uint64(size[i]) > uint64(len(p.file.data)) || size[i] < 2 {
			return nil, errors.New("a TIFF that is cut short")
		}
		strip := p.file.data[at[i] : at[i]+size[i]]
		whole := append(append([]byte{0xff, 0xd8}, tables...), strip[2:]...)
		if c, err := jpeg.DecodeConfig(bytes.NewReader(whole)); err != nil || bounded(c.Width, c.Height) != nil {
			return nil, fmt.Errorf("a TIFF with a damaged strip: %w", err)
		}
		img, err := jpeg.Decode(bytes.NewReader(whole))
		if err != nil {
			return nil, err
		}
		g := red(img)
		draw.Draw(out, image.Rect(0, i*rows, w, min(h, (i+1)*rows)), g, image.Point{}, draw.Src)
	}
	return out, nil
}
