package ocr

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"nghiquyet/index/raster"
)

// drawMemory bounds the address space of the drawing process: PDFium's memory, a
// decoded picture, and the reservation of the run time.
const drawMemory = 6 << 30 // bytes

// errStalled means that a process has drawn no page for too long.
var errStalled = fmt.Errorf("no page drawn in time: %w", ErrTime)

// ErrUndrawn is for a page that cannot be drawn.
var ErrUndrawn = errors.New("cannot be drawn")

// draw draws the pages of a document in one process and passes each to take, in
// order. The process waits for take; the time limit does not count that.
func (e *Engine) draw(ctx context.Context, data []byte, pages []int, take func(int, *raster.Frame) error) error {
	if err := e.drawers.Acquire(ctx, 1); err != nil {
		return err
	}
	defer e.drawers.Release(1)
	args := append(append([]string{}, e.Render...), "--pages", PageList(pages), "--cache", e.Code)
	running, stop := context.WithCancelCause(ctx)
	pr, pw := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		may := allowance{cpu: e.Limits.CPU + 5*time.Second*time.Duration(len(pages)), memory: drawMemory}
		err := e.run(running, args, may, bytes.NewReader(data), pw)
		pw.Close()
		ended <- err
	}()
	err := frames(bufio.NewReaderSize(pr, 1<<16), pages, e.Limits.Time, func() { stop(errStalled) }, take)
	stop(context.Canceled)
	pr.Close()
	ran := <-ended
	short := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	switch {
	case short && ran != nil:
		return fmt.Errorf("draw: %w", ran)
	case short:
		return errors.New("draw: fewer pages than asked for")
	}
	return err
}

// frames reads one frame per page. It calls stalled if one takes longer than limit.
func frames(r *bufio.Reader, pages []int, limit time.Duration, stalled func(), take func(int, *raster.Frame) error) error {
	for _, number := range pages {
		watch := time.AfterFunc(limit, stalled)
		f, err := raster.ReadFrame(r)
		watch.Stop()
		if err == nil && len(f.Pix) == 0 {
			err = ErrUndrawn
		}
		if err != nil {
			return &PageError{number, err}
		}
		if err := take(number, f); err != nil {
			return err
		}
	}
	return nil
}
