package read

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"nghiquyet/index/page"
)

// Inputs cuts the file at path into documents without parsing them. It reads JSON
// Lines line by line and a crawl capture by capture, so their size does not matter.
// A letter is one document and each file attached to it another; any other file is
// one document. A rejected input is a [*page.Reject], and the next ones follow;
// after any other error there are none.
func Inputs(ctx context.Context, path string, lim page.Limits) iter.Seq2[Input, error] {
	return func(yield func(Input, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(Input{Name: path}, fmt.Errorf("extract %s: %w", path, err))
			return
		}
		defer f.Close()
		stream(ctx, path, f, lim, yield)
	}
}

// InputsFrom is Inputs for the data of r; name is used as its file name.
func InputsFrom(ctx context.Context, name string, r io.Reader, lim page.Limits) iter.Seq2[Input, error] {
	return func(yield func(Input, error) bool) { stream(ctx, name, r, lim, yield) }
}

func stream(ctx context.Context, name string, r io.Reader, lim page.Limits, yield func(Input, error) bool) {
	fail := func(err error) {
		if rej, ok := errors.AsType[*page.Reject](err); ok {
			err = rej
		} else {
			err = fmt.Errorf("extract %s: %w", name, cmp.Or(ctx.Err(), err))
		}
		yield(Input{Name: name}, err)
	}
	parts := func(cut func(func(Input, error) bool) error) {
		given, stopped := false, false
		err := cut(func(in Input, err error) bool {
			given, stopped = true, !yield(in, err)
			return !stopped
		})
		switch {
		case stopped:
		case err != nil:
			fail(err)
		case !given:
			fail(page.Rejectf(name, page.CodeEmpty, "tệp không có văn bản nào"))
		}
	}
	if f := named(name); f != nil && f.crawl && f.part != "" {
		parts(func(yield func(Input, error) bool) error { return wacz(ctx, name, r, lim, yield) })
		return
	}
	plain, closer, err := decompress(name, r, lim)
	if err != nil {
		fail(err)
		return
	}
	defer closer()
	br := bufio.NewReaderSize(plain, 1<<16)
	head, err := br.Peek(512)
	if err != nil && err != io.EOF {
		fail(err)
		return
	}
	if cut := cutter(name, head); cut != nil {
		parts(func(yield func(Input, error) bool) error { return cut(ctx, name, br, lim, yield) })
		return
	}
	data, err := allOf(name, br, lim)
	if err != nil {
		fail(err)
		return
	}
	yield(NewInput(name, 0, data), nil)
}

// allOf reads a file that is one document, or a letter.
func allOf(name string, r io.Reader, lim page.Limits) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, lim.Bytes+1))
	if err == nil && int64(len(data)) > lim.Bytes {
		err = page.Rejectf(name, page.CodeTooLarge, "tệp lớn hơn %d MB: hãy chia nhỏ", lim.Bytes>>20)
	}
	return data, err
}

// cutter returns the function that cuts a file of many documents, nil for a file that
// is one.
func cutter(name string, head []byte) func(context.Context, string, *bufio.Reader, page.Limits, func(Input, error) bool) error {
	f := named(name)
	switch {
	case f != nil && f.crawl, bytes.HasPrefix(head, []byte(warcMagic)):
		return warc
	case f != nil && f.mail:
		return letters
	case isJSONValues(name, head):
		return values
	case isJSONLines(name, head):
		return lines
	}
	return nil
}

// NewInput returns data as one document; line is 0 except for a line of JSON Lines.
func NewInput(name string, line int, data []byte) Input {
	sum := sha256.Sum256(data)
	return Input{Name: name, Line: line, Hash: hex.EncodeToString(sum[:]), Data: data}
}

// isJSONLines decides by the name; a file whose name shows no format is JSON Lines
// if it begins with an object.
func isJSONLines(name string, head []byte) bool {
	if extension(name) == "" {
		head = bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n")
		return bytes.HasPrefix(head, []byte(`{"`))
	}
	f := named(name)
	return f != nil && f.lines
}

var utf8BOM = []byte("\xef\xbb\xbf")

// extension returns the lower-case extension of name, of a compressed file that
// before .gz or .zst.
func extension(name string) string {
	return strings.ToLower(filepath.Ext(uncompressedName(name)))
}

func uncompressedName(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".gz", ".zst":
		return name[:len(name)-len(filepath.Ext(name))]
	}
	return name
}

// lines yields the lines of a JSON Lines stream; empty ones are skipped.
func lines(ctx context.Context, name string, br *bufio.Reader, lim page.Limits, yield func(Input, error) bool) error {
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, long, err := readLine(br, lim.Line)
		if err != nil && err != io.EOF {
			return err
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, utf8BOM)
		}
		line = bytes.TrimSpace(line)
		var rej *page.Reject
		switch {
		case long:
			rej = page.Rejectf(name, page.CodeTooLarge, "dòng dài hơn %d MB", lim.Line>>20)
		case err == io.EOF && cutShort(line):
			rej = page.Rejectf(name, page.CodeDamaged, "dòng cuối bị cắt cụt: tệp chưa được ghi hết")
			rej.Torn = true
		}
		on := true
		if rej != nil {
			rej.Line = n
			on = yield(Input{Name: name, Line: n}, rej)
		} else if len(line) > 0 {
			on = yield(NewInput(name, n, line), nil)
		}
		if !on || err == io.EOF {
			return nil
		}
	}
}

// cutShort reports whether a last line without a line end begins a JSON object
// and does not complete it: the file is still being written, or was cut.
func cutShort(line []byte) bool {
	if len(line) == 0 || line[0] != '{' {
		return false
	}
	var whole json.RawMessage
	err := json.NewDecoder(bytes.NewReader(line)).Decode(&whole)
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// readLine returns a new copy of the next line. For a line longer than limit it
// returns none and reads to the line's end.
func readLine(br *bufio.Reader, limit int64) (line []byte, long bool, err error) {
	for {
		part, err := br.ReadSlice('\n')
		if !long {
			line = append(line, part...)
			if int64(len(line)) > limit+1 {
				line, long = nil, true
			}
		}
		if err != bufio.ErrBufferFull {
			return line, long, err
		}
	}
}

// decompress undoes gzip and zstd, recognised by their first bytes, and watches the
// ratio. The returned function frees the decoder.
func decompress(name string, r io.Reader, lim page.Limits) (io.Reader, func(), error) {
	in := &counter{r: r}
	br := bufio.NewReaderSize(in, 1<<16)
	head, err := br.Peek(4)
	if err != nil && err != io.EOF {
		return nil, nil, err
	}
	var z io.ReadCloser
	switch {
	case bytes.HasPrefix(head, []byte(gzipMagic)):
		if z, err = gzip.NewReader(br); err != nil && in.err == nil {
			err = torn(name, err)
		}
	case bytes.HasPrefix(head, []byte(zstdMagic)):
		z, err = newZstd(br)
	default:
		return br, func() {}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return &bounded{r: z, in: in, ratio: lim.Ratio, name: name}, func() { z.Close() }, nil
}

const (
	gzipMagic = "\x1f\x8b"
	zstdMagic = "\x28\xb5\x2f\xfd"
)

// newZstd returns a decoder of zstd that needs no more than 128 MB.
func newZstd(r io.Reader) (io.ReadCloser, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(128<<20))
	if err != nil {
		return nil, err
	}
	return z.IOReadCloser(), nil
}

// counter counts the bytes read through it and records its error, so that it is not
// taken for an error of the decoder.
type counter struct {
	r   io.Reader
	n   int64
	err error
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// freeBytes may come out of any compressed file, however small.
const freeBytes = 16 << 20

// bounded fails when more comes out of a decoder than the input can honestly contain.
type bounded struct {
	r     io.Reader
	in    *counter
	out   int64
	ratio int64
	name  string
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.out += int64(n)
	if b.out > freeBytes && b.out > b.in.n*b.ratio {
		return 0, page.Rejectf(b.name, page.CodeBomb, "tệp nén nở ra hơn %d lần: nghi là bom nén", b.ratio)
	}
	switch {
	case err == nil || err == io.EOF:
	case b.in.err != nil: // it may have been read ahead of what the decoder complains of
		err = b.in.err
	default:
		err = torn(b.name, err)
	}
	return n, err
}

// torn rejects the rest of a compressed file after a damaged place.
func torn(name string, err error) *page.Reject {
	rej := page.Rejectf(name, page.CodeDamaged, "tệp nén bị hỏng hoặc bị cắt cụt (%v)", err)
	rej.Torn = true
	return rej
}

// Input is one document as stored in a file, not parsed yet. Hash lets a caller
// skip documents that it extracted before.
type Input struct {
	Name string // path as given; for an attached file the path of its letter, a slash and Part
	Part string // name of an attached file in the letter, see letters; otherwise ""
	Line int    // from 1 in JSON Lines; the number of the record in a crawl; otherwise 0
	Hash string // SHA-256 of Data in hexadecimal
	Data []byte // decompressed; the line, for JSON Lines
	Web  *Web   // of a capture of a crawl, otherwise nil
}

// Key identifies all data on which the article depends: two inputs with one key
// give the same article. Only the last part of the path counts.
func (in *Input) Key() string {
	parts := []string{filepath.Base(in.Letter()), in.Part, in.Hash}
	if w := in.Web; w != nil {
		parts = []string{w.URL, w.Type, w.Fetched.UTC().Format(time.RFC3339Nano), in.Hash}
	}
	return strings.Join(parts, "\x00")
}

// Letter returns the path of the file from which the input was cut; for an attached
// file that of its letter.
func (in *Input) Letter() string {
	if in.Part == "" {
		return in.Name
	}
	return strings.TrimSuffix(in.Name, "/"+in.Part)
}

// Web describes how a capture was fetched.
type Web struct {
	URL     string    // that was asked for
	Type    string    // media type that the server named, without parameters; "" for none
	Fetched time.Time // UTC; zero where unknown
}
