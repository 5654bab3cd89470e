package raster

import (
	"bufio"
	"fmt"
	"image"
	"io"
)

// Frame is one page as grey dots, one byte each, row by row from the top; 255 is
// white. A Frame without pixels is a page that could not be drawn.
type Frame struct {
	Width, Height int
	Pix           []byte
}

func frameOf(g *image.Gray) *Frame { return &Frame{g.Rect.Dx(), g.Rect.Dy(), g.Pix} }

// QuarterTurn returns f turned clockwise by 90 degrees.
func (f *Frame) QuarterTurn() *Frame {
	upright := &image.Gray{Pix: f.Pix, Stride: f.Width, Rect: image.Rect(0, 0, f.Width, f.Height)}
	return frameOf(turned(upright, 6))
}

// WriteTo sends f as a binary PGM image, a format that nearly every program for
// pictures reads: "P5 WIDTH HEIGHT 255" and the dots.
func (f *Frame) WriteTo(w io.Writer) (int64, error) {
	head, err := fmt.Fprintf(w, "P5 %d %d 255\n", f.Width, f.Height)
	if err != nil {
		return int64(head), err
	}
	dots, err := w.Write(f.Pix)
	return int64(head + dots), err
}

// ReadFrame reads the next page that [Run] wrote, [io.EOF] after the last. It
// rejects one larger than Run makes.
func ReadFrame(r *bufio.Reader) (*Frame, error) {
	if _, err := r.Peek(1); err != nil {
		return nil, err
	}
	var f Frame
	var depth int
	head, err := r.ReadString('\n')
	if err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	if _, err := fmt.Sscanf(head, "P5 %d %d %d\n", &f.Width, &f.Height, &depth); err != nil {
		return nil, fmt.Errorf("read frame: no head")
	}
	inside := 0 <= f.Width && f.Width <= maxSide && 0 <= f.Height && f.Height <= maxSide
	if !inside || depth != 255 {
		return nil, fmt.Errorf("read frame: %d × %d dots", f.Width, f.Height)
	}
	f.Pix = make([]byte, f.Width*f.Height)
	if _, err := io.ReadFull(r, f.Pix); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	return &f, nil
}
