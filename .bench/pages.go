package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Page is one line of a corpus.
type Page struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Text     string   `json:"text"`
	Source   string   `json:"source,omitempty"`
	Date     string   `json:"date,omitempty"`
	Province string   `json:"province,omitempty"`
	District string   `json:"district,omitempty"`
	Topics   []string `json:"topics,omitempty"`
}

// maxLine bounds one line, in bytes.
const maxLine = 64 << 20

// Pages reads a JSON Lines file, plain, gz or zst, line by line. A line that
// is no page with a text is passed over; an error is the last.
func Pages(ctx context.Context, path string) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		for line, err := range lines(ctx, path) {
			var p Page
			if err == nil && (json.Unmarshal(line, &p) != nil || p.ID == "" || p.Text == "") {
				continue
			}
			if !yield(p, err) {
				return
			}
		}
	}
}

func lines(ctx context.Context, path string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		fail := func(err error) { yield(nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)) }
		f, err := os.Open(path)
		if err != nil {
			fail(err)
			return
		}
		defer f.Close()
		r, done, err := plain(path, f)
		if err != nil {
			fail(err)
			return
		}
		defer done()
		s := bufio.NewScanner(r)
		s.Buffer(make([]byte, 0, 1<<20), maxLine)
		for s.Scan() {
			if ctx.Err() != nil {
				fail(ctx.Err())
				return
			}
			if line := bytes.TrimSpace(s.Bytes()); len(line) > 0 && !yield(line, nil) {
				return
			}
		}
		if err := s.Err(); err != nil {
			fail(err)
		}
	}
}

func plain(path string, r io.Reader) (io.Reader, func(), error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".zst":
		d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30))
		if err != nil {
			return nil, nil, err
		}
		return d, d.Close, nil
	case ".gz":
		d, err := gzip.NewReader(r)
		if err != nil {
			return nil, nil, err
		}
		return d, func() { d.Close() }, nil
	}
	return r, func() {}, nil
}
