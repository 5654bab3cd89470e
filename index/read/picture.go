package read

import (
	"context"
	"errors"
	"image"
	"io"
	"os"
	"slices"

	"nghiquyet/index/page"
	"nghiquyet/index/pdf"
	"nghiquyet/index/raster"
)

// A picture with fewer dots than these is decoration: no page of text is so small.
const (
	pageSide = 500
	pageDots = 500_000
)

// SmallPicture reports whether the file at path is a picture too small to be a
// page, as in folders of saved web pages. It reads only the head of files named as
// pictures, and no other file.
func SmallPicture(path string) bool {
	if !slices.Contains([]string{".png", ".jpg", ".jpeg"}, extension(path)) {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	const head = 1 << 20 // bytes: a camera writes a small picture before the head of its own
	c, _, err := image.DecodeConfig(io.LimitReader(f, head))
	return err == nil && (min(c.Width, c.Height) < pageSide || c.Width < pageDots/c.Height)
}

// readPicture counts the pages of a picture by its head and rejects it: a program
// that reads pictures may make a document of them.
func readPicture(_ context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	pages, err := raster.Pages(data)
	var size *raster.SizeError
	switch {
	case errors.As(err, &size):
		return nil, page.Rejectf(name, page.CodeTooLarge, "ảnh quá lớn: %d × %d điểm", size.Width, size.Height)
	case err != nil:
		return nil, page.Rejectf(name, page.CodeDamaged, "không đọc được ảnh (%v)", err)
	case pages > lim.Pages:
		return nil, page.Rejectf(name, page.CodeTooMany, "ảnh có %d trang, nhiều nhất %d", pages, lim.Pages)
	}
	rej := page.Rejectf(name, page.CodeNoTextLayer, "tệp ảnh, không có chữ")
	for number := 1; number <= pages; number++ {
		rej.Pictured = append(rej.Pictured, number)
	}
	return nil, rej
}

// pictureSheets makes a page of the result of OCR on a picture.
func pictureSheets(ctx context.Context, name string, _ []byte, sheets map[int]page.Sheet, lim page.Limits) (*page.Page, error) {
	return pdf.Arrange(ctx, name, sheets, lim)
}
