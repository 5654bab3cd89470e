package raster

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

const (
	pngMagic  = "\x89PNG"
	jpegMagic = "\xff\xd8\xff"
)

// Pages returns the number of pages of a picture file. It reads only the heads, and
// fails if data is no picture or a page has more pixels than may be decoded.
func Pages(data []byte) (int, error) {
	switch {
	case isTIFF(data):
		t, err := openTIFF(data)
		if err != nil {
			return 0, err
		}
		for _, d := range t.pages {
			if err := bounded(d.first(tagWidth), d.first(tagHeight)); err != nil {
				return 0, err
			}
		}
		return len(t.pages), nil
	case bytes.HasPrefix(data, []byte(pngMagic)), bytes.HasPrefix(data, []byte(jpegMagic)):
		c, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			return 0, err
		}
		return 1, bounded(c.Width, c.Height)
	}
	return 0, ErrPicture
}

// SizeError is for a picture with too many dots to decode.
type SizeError struct{ Width, Height int }

func (e *SizeError) Error() string {
	return fmt.Sprintf("a picture of %d × %d dots", e.Width, e.Height)
}

func bounded(w, h int) error {
	if w <= 0 || h <= 0 || w > maxPixels/h {
		return &SizeError{w, h}
	}
	return nil
}

// decodePicture decodes one page of a picture file whose heads have been checked,
// turned as the file requires.
func decodePicture(data []byte, page int) (img image.Image, err error) {
	turn := 1
	switch {
	case isTIFF(data):
		var t *tiffFile
		if t, err = openTIFF(data); err != nil {
			return nil, err
		}
		img, err = t.decode(page - 1)
		turn = t.pages[page-1].first(tagOrientation)
	case bytes.HasPrefix(data, []byte(pngMagic)):
		img, err = png.Decode(bytes.NewReader(data))
	default:
		img, err = jpeg.Decode(bytes.NewReader(data))
		turn = jpegOrientation(data)
	}
	if err != nil || turn < 2 || turn > 8 {
		return img, err
	}
	return turned(red(img), turn), nil
}

// jpegOrientation returns the orientation, from 1 to 8, in the Exif segment of a
// camera's picture; 1 if there is none.
func jpegOrientation(data []byte) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		kind, n := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if kind == 0xda || n < 2 || at+2+n > len(data) {
			break
		}
		body := data[at+4 : at+2+n]
		if kind == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			if t, err := openTIFF(body[6:]); err == nil {
				return t.pages[0].first(tagOrientation)
			}
			break
		}
		at += 2 + n
	}
	return 1
}

// turned undoes an orientation of TIFF 6.0 (section 8): 5 to 8 swap rows and columns.
func turned(g *image.Gray, orientation int) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	ow, oh := w, h
	if orientation >= 5 {
		ow, oh = h, w
	}
	out := image.NewGray(image.Rect(0, 0, ow, oh))
	for y := range h {
		for x := range w {
			ox, oy := x, y
			if orientation >= 5 {
				ox, oy = y, x
			}
			if orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7 {
				ox = ow - 1 - ox
			}
			if orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8 {
				oy = oh - 1 - oy
			}
			out.Pix[oy*out.Stride+ox] = g.Pix[y*g.Stride+x]
		}
	}
	return out
}

// resolution returns the dots per inch across and down that a scanner wrote, 0 if
// there are none or they are implausible. Cameras always write 72.
func resolution(data []byte, page int) (dots [2]float64) {
	if t, err := openTIFF(data); err == nil {
		dots = t.pages[page-1].resolution()
	}
	return dots
}

// fit scales a picture to about [DPI].
func fit(g *image.Gray, res [2]float64) *Frame {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	switch {
	case res[0] > 0:
		// A fax has half as many rows as columns an inch.
		sx, sy := DPI/res[0], DPI/res[1]
		w, h = within(max(1, int(float64(w)*sx)), max(1, int(float64(h)*sy)), maxSide)
	case max(w, h) > maxSide:
		w, h = within(w, h, pageSide)
	}
	if w == g.Rect.Dx() && h == g.Rect.Dy() {
		return frameOf(g)
	}
	scaled := image.NewGray(image.Rect(0, 0, w, h))
	draw.BiLinear.Scale(scaled, scaled.Rect, g, g.Rect, draw.Src, nil) // a dot is the weighted mean of the dots it replaces
	return frameOf(scaled)
}
