// Package raster answers: what does a page look like, as the grey picture that
// a program reads letters from? In go the bytes of a PDF or of a picture (PNG,
// JPEG, TIFF with one or more pages), out comes one [Frame] a page.
//
// The walk: [Run] is what the process of its own does that package ocr starts,
// so that a foreign file costs that process and nothing else; pdf.go has PDFium
// draw pages (compiled to WebAssembly: it sees no file and no network); image.go
// decodes pictures, with tiff.go for the pages of a TIFF; frame.go carries the
// pictures from one process to the other.
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
	maxPixels  = 80_000_000 // of a picture, as its head says: A3 at 600 DPI
	maxPages   = 5_000      // of a TIFF
	maxInput   = 1 << 30    // bytes
	wasmMemory = 1 << 30    // bytes that PDFium may use
)

// Options say what to draw.
type Options struct {
	// Pages are those wanted, in this order; all when empty.
	Pages []int
	// Cache is a folder that keeps PDFium as machine code, so that the next
	// process starts in a tenth of a second instead of five. None when empty.
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
	pages, err := countPictures(data)
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
		if err := emit(frame); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// Pages counts the pages of a picture by its head alone. It fails for what is no
// picture and for one with more pixels than may be decoded.
func Pages(data []byte) (int, error) { return countPictures(data) }

// red is the red channel of a picture, before white where it is transparent.
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
