package read

import (
	"archive/zip"
	"bufio"
	"cmp"
	"context"
	"io"
	"io/fs"
	"slices"
	"strings"

	"nghiquyet/index/page"
)

// maxCrawls bounds the crawls inside a WACZ file.
const maxCrawls = 10_000

// wacz yields the captures of a web archive (WACZ 1.1): a ZIP file with crawls in
// its folder archive, read in the order of their names as one crawl. Its indexes
// and lists of pages add nothing to the crawls.
func wacz(ctx context.Context, name string, r io.Reader, lim page.Limits, yield func(Input, error) bool) error {
	at, size := sized(r)
	if at == nil {
		return page.Rejectf(name, page.CodeUnsupported, "tệp .wacz nén thêm một lần: hãy giải nén trước")
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return tornArchive(name, err)
	}
	parts := slices.DeleteFunc(z.File, func(f *zip.File) bool {
		return !strings.HasPrefix(partName(f), "archive/") || extension(f.Name) != ".warc"
	})
	switch {
	case len(parts) == 0:
		return page.Rejectf(name, page.CodeEmpty, "không có tệp WARC nào trong archive/")
	case len(parts) > maxCrawls:
		return page.Rejectf(name, page.CodeTooMany, "có hơn %d tệp WARC", maxCrawls)
	}
	slices.SortStableFunc(parts, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	w := &warcReader{name: name, lim: lim, yield: yield}
	for _, f := range parts {
		if on, err := w.part(ctx, f); err != nil || !on {
			return err
		}
	}
	return nil
}

// part reads one crawl of a ZIP file.
func (w *warcReader) part(ctx context.Context, f *zip.File) (on bool, err error) {
	if f.UncompressedSize64 > freeBytes && f.UncompressedSize64/uint64(w.lim.Ratio) > f.CompressedSize64 {
		return false, page.Rejectf(w.name, page.CodeBomb, "tệp nén nở ra hơn %d lần: nghi là bom nén", w.lim.Ratio)
	}
	r, err := f.Open()
	if err != nil {
		return false, tornArchive(w.name, err)
	}
	defer r.Close()
	plain, closer, err := decompress(w.name, &archived{r: io.LimitReader(r, int64(f.UncompressedSize64)), name: w.name}, w.lim)
	if err != nil {
		return false, err
	}
	defer closer()
	return w.read(ctx, bufio.NewReaderSize(plain, 1<<16))
}

// archived makes torn archives of the errors of a part of a ZIP file.
type archived struct {
	r    io.Reader
	name string
}

func (a *archived) Read(p []byte) (int, error) {
	n, err := a.r.Read(p)
	if err != nil && err != io.EOF {
		err = tornArchive(a.name, err)
	}
	return n, err
}

// tornArchive rejects a ZIP file that is damaged; an error of the system stays.
func tornArchive(name string, err error) error {
	if _, ok := err.(*fs.PathError); ok {
		return err
	}
	return torn(name, err)
}

// sized returns r with its size in bytes if it supports random access.
func sized(r io.Reader) (io.ReaderAt, int64) {
	switch r := r.(type) {
	case interface {
		io.ReaderAt
		Stat() (fs.FileInfo, error)
	}:
		if st, err := r.Stat(); err == nil {
			return r, st.Size()
		}
	case interface {
		io.ReaderAt
		Size() int64
	}:
		return r, r.Size()
	}
	return nil, 0
}
