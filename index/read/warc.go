package read

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"nghiquyet/index/page"
)

// A crawl is a file of records (WARC 1.0 and 1.1, ISO 28500), each
//
//	WARC/1.1, header lines "Name: value", an empty line | Content-Length bytes | two empty lines
//
// uncompressed, or compressed as gzip or zstd, each record or all together. The page of a
// response, the text of a conversion (WET) and the content of a resource are documents.
// Other records describe the crawl and are no documents.
//
// internetarchive/gowarc v0.8.96 was tried on 29 November 2026: from a file that is one
// gzip member it returns only the first record, without an error, and it depends on a TLS
// client and a DNS resolver. It takes the same time.
const (
	warcMagic = "WARC/"
	// maxWARCHead and maxHTTPHead bound the header of a record and of a response.
	maxWARCHead = 64 << 10
	maxHTTPHead = 256 << 10
	// maxRecords bounds the records of a file.
	maxRecords = 20_000_000
)

// errNoWARC is for other bytes at the place of a record's beginning.
var errNoWARC = errors.New("không có đầu bản ghi WARC ở chỗ phải có")

// warc yields the captures of a crawl; the line of each is the number of its
// record, from 1.
func warc(ctx context.Context, name string, br *bufio.Reader, lim page.Limits, yield func(Input, error) bool) error {
	w := &warcReader{name: name, lim: lim, yield: yield}
	_, err := w.read(ctx, br)
	return err
}

// warcReader reads the crawl of one file, which may have several parts.
type warcReader struct {
	name  string
	lim   page.Limits
	yield func(Input, error) bool
	n     int // records so far
}

// read reads one part and reports whether to continue.
func (w *warcReader) read(ctx context.Context, br *bufio.Reader) (on bool, err error) {
	for {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		head, err := warcHead(br)
		switch {
		case err == io.EOF:
			return true, nil
		case err != nil:
			return false, w.broken(err)
		}
		if w.n++; w.n > maxRecords {
			rej := page.Rejectf(w.name, page.CodeTooMany, "tệp có hơn %d bản ghi", maxRecords)
			rej.Torn = true
			return false, rej
		}
		in, rej, err := w.record(head, br)
		on = true
		switch {
		case err != nil:
			return false, w.broken(err)
		case rej != nil:
			rej.Name, rej.Line = w.name, w.n
			on = w.yield(Input{Name: w.name, Line: w.n}, rej)
		case in != nil:
			on = w.yield(*in, nil)
		}
		if !on {
			return false, nil
		}
	}
}

// broken makes a reject of the error that ends a file too early. System errors and
// errors of the decompressor stay as they are.
func (w *warcReader) broken(err error) error {
	var rej *page.Reject
	switch {
	case errors.As(err, &rej):
		rej.Line = w.n
		return rej
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, errNoWARC):
		rej = page.Rejectf(w.name, page.CodeDamaged, "kho trang web hỏng hoặc bị cắt cụt sau bản ghi thứ %d (%v)", w.n, err)
		rej.Line, rej.Torn = w.n, true
		return rej
	}
	return err
}

// warcHead reads the header of the next record; io.EOF if there is none.
func warcHead(br *bufio.Reader) (map[string]string, error) {
	if _, err := nextByte(br, "\r\n"); err != nil { // writers differ in how many empty lines they leave
		return nil, err
	}
	magic, err := br.Peek(len(warcMagic))
	if err == io.EOF {
		return nil, io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, err
	}
	if string(magic) != warcMagic {
		return nil, errNoWARC
	}
	left := maxWARCHead
	head := map[string]string{}
	last := ""
	for first := true; ; first = false {
		line, err := headLine(br, &left)
		if err != nil {
			return nil, err
		}
		if len(line) == 0 {
			return head, nil
		}
		if !first {
			last = headField(head, line, last)
		}
	}
}

// headLine reads a line of a header without its end.
func headLine(br *bufio.Reader, left *int) ([]byte, error) {
	var line []byte
	for {
		part, err := br.ReadSlice('\n')
		if *left -= len(part); *left < 0 {
			return nil, errNoWARC
		}
		line = append(line, part...)
		switch {
		case err == bufio.ErrBufferFull:
		case err == io.EOF:
			return nil, io.ErrUnexpectedEOF
		case err != nil:
			return nil, err
		default:
			return bytes.TrimRight(line, "\r\n"), nil
		}
	}
}

// headField adds a line to a header and returns the name of its field. A line that
// begins with a space continues the one before; a second field of the same name is
// ignored.
func headField(head map[string]string, line []byte, last string) string {
	if line[0] == ' ' || line[0] == '\t' {
		if last != "" {
			head[last] += " " + strings.TrimSpace(string(line))
		}
		return last
	}
	name, value, ok := strings.Cut(string(line), ":")
	if !ok {
		return ""
	}
	name = strings.ToLower(strings.TrimSpace(name))
	if _, twice := head[name]; twice {
		return ""
	}
	head[name] = strings.TrimSpace(value)
	return name
}

// record reads the block of a record and returns an input or a reject; neither for
// a record that describes the crawl.
func (w *warcReader) record(head map[string]string, br *bufio.Reader) (*Input, *page.Reject, error) {
	size, err := strconv.ParseInt(head["content-length"], 10, 64)
	if err != nil || size < 0 {
		return nil, nil, errNoWARC
	}
	if !slices.Contains([]string{"response", "resource", "conversion", "revisit"}, head["warc-type"]) {
		return nil, nil, copyBytes(io.Discard, br, size)
	}
	rej := leftOut(head)
	if rej == nil && size > w.lim.Bytes {
		rej = page.Rejectf(w.name, page.CodeTooLarge, "bản ghi lớn hơn %d MB", w.lim.Bytes>>20)
		rej.ID = CaptureID(targetOf(head))
	}
	if rej != nil {
		return nil, rej, copyBytes(io.Discard, br, size)
	}
	// What a header promises is not believed before it is there.
	var block bytes.Buffer
	block.Grow(int(min(size, 1<<20)))
	if err := copyBytes(&block, br, size); err != nil {
		return nil, nil, err
	}
	in, rej := w.capture(head, block.Bytes())
	if rej != nil {
		rej.ID = CaptureID(targetOf(head))
	}
	return in, rej, nil
}

// copyBytes copies n bytes.
func copyBytes(w io.Writer, br *bufio.Reader, n int64) error {
	_, err := io.CopyN(w, br, n)
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// targetOf returns the address of a record.
func targetOf(head map[string]string) string {
	return strings.Trim(head["warc-target-uri"], "<>") // early writers put it in brackets
}

// leftOut returns why a record is left out, whatever its block contains; nil for
// one to read.
func leftOut(head map[string]string) *page.Reject {
	url := targetOf(head)
	switch {
	case !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://"): // dns:, urn: of the crawl itself
		return skipped(page.CodeType, "không phải địa chỉ web")
	case isRobots(url):
		return skipped(page.CodeRobots, "robots.txt")
	}
	var rej *page.Reject
	switch {
	case head["warc-type"] == "revisit":
		rej = skipped(page.CodeRevisit, "như lần thăm trước")
	case head["warc-truncated"] != "", head["warc-segment-number"] != "":
		rej = skipped(page.CodeTruncated, "người thu thập chỉ lưu phần đầu")
	default:
		return nil
	}
	rej.ID = CaptureID(url)
	return rej
}

// skipped makes a reject for a record of a crawl that is no document.
func skipped(code, why string) *page.Reject { return &page.Reject{Code: code, Msg: why, Skip: true} }

// capture makes an input of a record.
func (w *warcReader) capture(head map[string]string, body []byte) (*Input, *page.Reject) {
	web := &Web{URL: targetOf(head), Type: mediaType(head["content-type"])}
	if at, err := time.Parse(time.RFC3339, head["warc-date"]); err == nil {
		web.Fetched = at.UTC()
	}
	if head["warc-type"] == "response" {
		if web.Type != "application/http" {
			return nil, skipped(page.CodeType, "không phải câu trả lời HTTP")
		}
		var rej *page.Reject
		if web.Type, body, rej = w.httpBody(body); rej != nil {
			return nil, rej
		}
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, skipped(page.CodeEmpty, "câu trả lời rỗng")
	}
	if !readable(web.Type, web.URL, body) {
		return nil, skipped(page.CodeType, "không phải văn bản: "+page.OneLine(web.Type))
	}
	in := NewInput(w.name, w.n, body)
	in.Web = web
	return &in, nil
}
