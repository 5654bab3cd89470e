// Package raster draws pages as grey pictures for recognising letters. It takes the
// bytes of a PDF or of a picture (PNG, JPEG, TIFF with one or more pages) and makes
// one [Frame] per page.
//
// The walk: package ocr starts a process that calls [Run], so that a bad file can
// harm only that process. pdf.go draws pages with PDFium (compiled to WebAssembly,
// without access to files or network); image.go decodes pictures, tiff.go the pages
// of a TIFF; frame.go passes the pictures from one process to the other.
//
// Grey is the red channel: a red seal is white there, and the name of the person
// who signs below it stays legible. Pages are drawn at [DPI]. Sizes are pixels,
// pages count from 1.
package raster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"slices"
)

// DPI is the resolution at which pages are drawn: with fewer dots marks on
// letters are lost, with more letters are read no better.
const DPI = 200

const (
	maxSide    = 3_400      // of a frame: A3 at DPI
	pageSide   = 2_339      // of a larger picture, after scaling: A4 at DPI
	maxPixels  = 80_000_000 // of a picture, according to its head: A3 at 600 DPI
	maxPages   = 5_000      // of a TIFF
	maxInput   = 1 << 30    // bytes
	wasmMemory = 1 << 30    // bytes that PDFium may use
)

// Options select the pages to draw.
type Options struct {
	// Pages are the pages to draw, in this order; all if empty.
	Pages []int
	// Cache is a folder that stores PDFium as machine code, so that the next
	// process starts in a tenth of a second instead of five seconds. If empty, none
	// is used.
	Cache string
}

// ErrPicture is for a document that is no PDF and no picture.
var ErrPicture = errors.New("neither a PDF nor a picture")

// Run reads one document from r and writes its pages to w as frames, in the
// order of opt.Pages. A page that cannot be drawn is a frame without pixels.
func Run(ctx context.Context, r io.Reader, w io.Writer, opt Options) error {
	data, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	if err != nil {
		return fmt.Errorf("read document: %w", err)
	}
	if len(data) > maxInput {
		return fmt.Errorf("a document of more than %d MB", maxInput>>20)
	}
	emit := func(f *Frame) error {
		_, err := f.WriteTo(w)
		return err
	}
	if bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) { // mail gateways leave something before it
		return drawPDF(ctx, data, opt, emit)
	}
	pages, err := Pages(data)
	if err != nil {
		return err
	}
	for page := 1; page <= pages; page++ {
		if len(opt.Pages) > 0 && !slices.Contains(opt.Pages, page) {
			continue
		}
		frame := &Frame{}
		if img, err := decodePicture(data, page); err == nil {
			frame = fit(red(img), resolution(data, page))
		}
		if err := errors.Join(emit(frame), ctx.Err()); err != nil {
			return err
		}
	}
	return nil
}

// red returns the red channel of a picture on a white background.
func red(img image.Image) *image.Gray {
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	switch img := img.(type) {
	case *image.Gray:
		for y := range b.Dy() {
			copy(out.Pix[y*out.Stride:][:b.Dx()], img.Pix[img.PixOffset(b.Min.X, b.Min.Y+y):])
		}
	case *image.RGBA:
		for y := range b.Dy() {
			row := img.Pix[img.PixOffset(b.Min.X, b.Min.Y+y):]
			for x := range b.Dx() { // colour is multiplied by opacity there already
				out.Pix[y*out.Stride+x] = row[4*x] + 255 - row[4*x+3]
			}
		}
	case *image.NRGBA:
		for y := range b.Dy() {
			row := img.Pix[img.PixOffset(b.Min.X, b.Min.Y+y):]
			for x := range b.Dx() {
				a := int(row[4*x+3])
				out.Pix[y*out.Stride+x] = uint8((int(row[4*x])*a + 255*(255-a)) / 255)
			}
		}
	case *image.YCbCr:
		for y := range b.Dy() {
			for x := range b.Dx() {
				luma, chroma := img.YOffset(b.Min.X+x, b.Min.Y+y), img.COffset(b.Min.X+x, b.Min.Y+y)
				v := int(img.Y[luma]) + (91881*(int(img.Cr[chroma])-128))>>16 // JFIF: R = Y + 1.402 (Cr - 128)
				out.Pix[y*out.Stride+x] = uint8(min(max(v, 0), 255))
			}
		}
	default:
		for y := range b.Dy() {
			for x := range b.Dx() {
				r, _, _, a := img.At(b.Min.X+x, b.Min.Y+y).RGBA()
				out.Pix[y*out.Stride+x] = uint8((r + 0xffff - a) >> 8)
			}
		}
	}
	return out
}
