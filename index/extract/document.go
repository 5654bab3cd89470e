package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"

	"nghiquyet/index/page"
	"nghiquyet/index/read"
)

// Inputs cuts the file at path into documents: [read.Inputs] within the limits of x.
func (x *Extractor) Inputs(ctx context.Context, path string) iter.Seq2[read.Input, error] {
	return read.Inputs(ctx, path, x.Limits)
}

// File extracts every document of the file at path. A rejected document is a
// [*page.Reject], and the next ones follow; after any other error there are none.
func (x *Extractor) File(ctx context.Context, path string) iter.Seq2[*Result, error] {
	return x.results(ctx, x.Inputs(ctx, path))
}

// Bytes is File of data that would be called name.
func (x *Extractor) Bytes(ctx context.Context, name string, data []byte) iter.Seq2[*Result, error] {
	return x.results(ctx, read.InputsFrom(ctx, name, bytes.NewReader(data), x.Limits))
}

func (x *Extractor) results(ctx context.Context, in iter.Seq2[read.Input, error]) iter.Seq2[*Result, error] {
	return func(yield func(*Result, error) bool) {
		for input, err := range in {
			var res *Result
			if err == nil {
				res, err = x.Extract(ctx, input)
			}
			if !yield(res, err) {
				return
			}
		}
	}
}

// ofCrawls are the codes of rejects for records of a crawl that are no documents.
var ofCrawls = map[string]bool{page.CodeChallenge: true, page.CodeLanguage: true, page.CodeEmpty: true, page.CodeUnsupported: true}

// Extract extracts one document. Its error is a [*page.Reject], or wraps that of ctx.
func (x *Extractor) Extract(ctx context.Context, in read.Input) (res *Result, err error) {
	var pictured []int
	crawl := in.Web != nil
	// A panic in a parser of a foreign format costs only this document.
	defer func() {
		if p := recover(); p != nil {
			res, err = nil, page.Rejectf(in.Name, page.CodeDamaged, "không đọc được (%v)", p)
		}
		if rej, ok := errors.AsType[*page.Reject](err); ok {
			rej.Line, rej.Pictured = in.Line, pictured
			rej.Skip = rej.Skip || crawl && ofCrawls[rej.Code]
			err = rej
		}
	}()
	runtime.LockOSThread() // see budget
	defer runtime.UnlockOSThread()
	limited := newBudget(ctx, x.Limits.Time)
	p, err := read.Document(limited, in, x.Limits)
	pictured = picturedPages(p, err)
	if len(pictured) > 0 {
		p, err = x.readPictures(ctx, in, pictured, p, err)
		limited = newBudget(ctx, x.Limits.Time) // does not count the time of other programs
	}
	if err == nil {
		err = limited.now()
	}
	if err == nil {
		crawl = p.Crawl != nil
		res, err = x.article(limited, in, p)
	}
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("extract %s: %w", in.Name, ctx.Err())
	case errors.Is(err, context.DeadlineExceeded):
		return nil, page.Rejectf(in.Name, page.CodeTimeout, "đọc quá %.0f giây máy (CPU)", x.Limits.Time.Seconds())
	case err != nil:
		if _, ok := errors.AsType[*page.Reject](err); !ok {
			err = page.Rejectf(in.Name, page.CodeDamaged, "không đọc được (%v)", err)
		}
		return nil, err
	}
	res.Pictured = len(pictured) > 0
	return res, nil
}
