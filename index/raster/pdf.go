package raster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// wasmPage is the unit of memory in WebAssembly, in bytes.
const wasmPage = 64 << 10

// drawPDF draws pages of a PDF with PDFium. A page that takes too long can be
// stopped only by ending the process, which its parent does, because a check at
// every loop of the machine code would make drawing five times as slow.
func drawPDF(ctx context.Context, data []byte, opt Options, emit func(*Frame) error) (err error) {
	defer func() { // PDFium out of memory is a trap of the machine
		if p := recover(); p != nil {
			err = fmt.Errorf("draw PDF: %v", p)
		}
	}()
	cfg := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling). // PDFium throws
		WithMemoryLimitPages(wasmMemory / wasmPage)
	if opt.Cache != "" {
		cache, err := wazero.NewCompilationCacheWithDir(opt.Cache)
		if err != nil {
			return fmt.Errorf("open the cache of PDFium: %w", err)
		}
		cfg = cfg.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MaxTotal: 1, RuntimeConfig: cfg, Stdout: io.Discard, Stderr: io.Discard,
		FSConfig: wazero.NewFSConfig(), // PDFium sees no files; by the library's default it sees all
	})
	if err != nil {
		return fmt.Errorf("start PDFium: %w", err)
	}
	defer pool.Close()
	engine, err := pool.GetInstance(time.Minute)
	if err != nil {
		return fmt.Errorf("start PDFium: %w", err)
	}
	opened, err := engine.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return fmt.Errorf("open PDF: %w", err)
	}
	count, err := engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return fmt.Errorf("open PDF: %w", err)
	}
	pages := opt.Pages
	for page := 1; len(opt.Pages) == 0 && page <= min(count.PageCount, maxPages); page++ {
		pages = append(pages, page)
	}
	for _, page := range pages {
		frame, err := drawPage(engine, opened.Document, page)
		if err != nil {
			frame = &Frame{}
		}
		if err := errors.Join(emit(frame), ctx.Err()); err != nil {
			return err
		}
	}
	return nil
}

func drawPage(engine pdfium.Pdfium, doc references.FPDF_DOCUMENT, number int) (*Frame, error) {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: number - 1}}
	size, err := engine.GetPageSizeInPixels(&requests.GetPageSizeInPixels{Page: page, DPI: DPI})
	if err != nil {
		return nil, err
	}
	if size.Width <= 0 || size.Height <= 0 {
		return nil, fmt.Errorf("page of %d × %d dots", size.Width, size.Height)
	}
	w, h := within(size.Width, size.Height, maxSide)
	drawn, err := engine.RenderPageInPixels(&requests.RenderPageInPixels{Page: page, Width: w, Height: h})
	if err != nil {
		return nil, err
	}
	defer drawn.Cleanup()
	return frameOf(red(drawn.Result.RenderedImage)), nil
}

// within scales a size down until its longer side is at most side.
func within(w, h, side int) (int, int) {
	if long := max(w, h); long > side {
		return max(1, w*side/long), max(1, h*side/long)
	}
	return w, h
}
