package raster_test

import (
	"bufio"
	"bytes"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index/raster"
	"nghiquyet/index/raster/scantest"
)

// code returns the folder of PDFium's machine code, kept between tests and runs,
// because making it takes seconds.
func code() string { return filepath.Join(os.TempDir(), "nghiquyet-test-pdfium") }

func frames(t *testing.T, data []byte, pages ...int) (out []*raster.Frame) {
	t.Helper()
	var b bytes.Buffer
	if err := raster.Run(t.Context(), bytes.NewReader(data), &b, raster.Options{Pages: pages, Cache: code()}); err != nil {
		t.Fatal(err)
	}
	for r := bufio.NewReader(&b); ; {
		f, err := raster.ReadFrame(r)
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
}

func encoded(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// dark is how many of 1,000 dots of a part of a frame are darker than half.
func dark(f *raster.Frame, part image.Rectangle) int {
	n := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if f.Pix[y*f.Width+x] < 128 {
				n++
			}
		}
	}
	return 1000 * n / (part.Dx() * part.Dy())
}

// halves returns a page whose left half has one colour and whose right half is white.
func halves(w, h int, c color.Color) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.White)
			if x < w/2 {
				img.Set(x, y, c)
			}
		}
	}
	return img
}

func TestRedIsWhite(t *testing.T) {
	shareddata.OneGoroutine(t)
	for name, c := range map[string]struct {
		colour color.RGBA
		black  bool
	}{"black": {color.RGBA{10, 10, 10, 255}, true}, "red seal": {color.RGBA{225, 40, 55, 255}, false}, "blue ink": {color.RGBA{30, 40, 160, 255}, true}} {
		img := halves(200, 100, c.colour)
		for kind, data := range map[string][]byte{
			"png": encoded(t, img), "jpeg": scantest.JPEG(img),
			"tiff": scantest.TIFF(false, img), "tiff of jpeg": scantest.TIFF(true, img), "pdf": scantest.PDF(nil, img),
		} {
			f := frames(t, data)
			if len(f) != 1 {
				t.Errorf("%s, %s: %d pages", kind, name, len(f))
				continue
			}
			left := dark(f[0], image.Rect(0, 0, f[0].Width/2-8, f[0].Height))
			right := dark(f[0], image.Rect(f[0].Width/2+8, 0, f[0].Width, f[0].Height))
			if (left > 990) != c.black || left > 10 != c.black || right > 10 {
				t.Errorf("%s, %s: %d‰ dark on the left, %d‰ on the right", kind, name, left, right)
			}
		}
	}
}

func TestPagesOfTIFF(t *testing.T) {
	a, b := halves(100, 300, color.Black), halves(300, 100, color.Black)
	for _, packed := range []bool{false, true} {
		data := scantest.TIFF(packed, a, b, a)
		if n, err := raster.Pages(data); n != 3 || err != nil {
			t.Errorf("Pages = %d, %v, want 3", n, err)
		}
		got := frames(t, data, 2, 3)
		if len(got) != 2 || got[0].Width != 300 || got[1].Width != 100 {
			t.Fatalf("packed %v: frames %v", packed, got)
		}
		if n := dark(got[1], image.Rect(0, 0, 46, 300)); n < 990 {
			t.Errorf("packed %v: page 3 is dark in %d‰", packed, n)
		}
		loop := bytes.Clone(data)
		copy(loop[len(loop)-4:], loop[4:8]) // the last directory leads to the first
		if n, err := raster.Pages(loop); n != 3 || err != nil {
			t.Errorf("a chain that bites its tail: %d pages, %v", n, err)
		}
	}
}

func TestDrawPDF(t *testing.T) {
	img := halves(120, 160, color.Black)
	data := scantest.PDF(nil, img, nil, img)
	got := frames(t, data, 3, 9, 2)
	if len(got) != 3 || got[0].Width != 1653 || got[0].Height != 2339 {
		t.Fatalf("%d frames, the first of %d × %d", len(got), got[0].Width, got[0].Height)
	}
	if n := dark(got[0], image.Rect(0, 0, 800, 2300)); n < 990 {
		t.Errorf("page 3 is dark in %d‰", n)
	}
	if len(got[1].Pix) != 0 {
		t.Error("a page that is not there was drawn")
	}
	if n := dark(got[2], image.Rect(0, 0, 1653, 2339)); n != 0 {
		t.Errorf("an empty page is dark in %d‰", n)
	}
}

func TestScaled(t *testing.T) {
	shareddata.OneGoroutine(t)
	for _, tt := range []struct{ w, h, wantW, wantH int }{
		{1654, 2339, 1654, 2339},
		{2480, 3508, 1653, 2339}, // 300 DPI
		{4961, 3508, 2339, 1653},
	} {
		img := image.NewGray(image.Rect(0, 0, tt.w, tt.h))
		if f := frames(t, encoded(t, img)); f[0].Width != tt.wantW || f[0].Height != tt.wantH {
			t.Errorf("%d × %d became %d × %d, want %d × %d", tt.w, tt.h, f[0].Width, f[0].Height, tt.wantW, tt.wantH)
		}
	}
}

// pngHead returns only the head of a PNG image of a size.
func pngHead(t *testing.T, w, h int) []byte {
	data := encoded(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	var b bytes.Buffer
	b.Write(data[:16])
	b.Write([]byte{byte(w >> 24), byte(w >> 16), byte(w >> 8), byte(w), byte(h >> 24), byte(h >> 16), byte(h >> 8), byte(h)})
	b.Write(data[24:29])
	sum := crc32.ChecksumIEEE(b.Bytes()[12:])
	b.Write([]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	b.Write(data[33:])
	return b.Bytes()
}

func TestRefused(t *testing.T) {
	var size *raster.SizeError
	for name, data := range map[string][]byte{
		"tiff": scantest.TIFF(false, halves(8, 8, color.Black)), "png": encoded(t, halves(8, 8, color.Black)), "jpeg": scantest.JPEG(halves(8, 8, color.Black)),
	} {
		for n := range len(data) {
			raster.Pages(data[:n]) // must not panic
			if n%7 == 0 {
				raster.Run(t.Context(), bytes.NewReader(data[:n]), io.Discard, raster.Options{})
			}
		}
		if _, err := raster.Pages(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	big := scantest.TIFF(false, halves(8, 8, color.Black))
	at := bytes.Index(big, []byte{0, 1, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0}) // ImageWidth
	big[at+8], big[at+10] = 0, 0xff
	big[at+12+8+2] = 0xff
	if _, err := raster.Pages(big); !errors.As(err, &size) {
		t.Errorf("a TIFF of %v", err)
	}
	if _, err := raster.Pages([]byte("BM not one of these")); !errors.Is(err, raster.ErrPicture) {
		t.Errorf("no picture: %v", err)
	}
	head := pngHead(t, 60_000, 60_000)
	if _, err := raster.Pages(head); !errors.As(err, &size) {
		t.Errorf("a PNG image of 3.6 billion dots: %v", err)
	}
	if err := raster.Run(t.Context(), bytes.NewReader(head), io.Discard, raster.Options{}); err == nil {
		t.Error("a PNG image of 3.6 billion dots is decoded")
	}
	for _, bad := range []string{"P5 1 2\n", "P5 99999 99999 255\n", "P5 -1 4 255\n", "P5 4 4 255\nabc", "P6 1 1 255\nabc"} {
		if f, err := raster.ReadFrame(bufio.NewReader(bytes.NewReader([]byte(bad)))); err == nil || err == io.EOF {
			t.Errorf("ReadFrame(%q) = %v, %v", bad, f, err)
		}
	}
}

// A phone stores the turn of the picture in its Exif segment.
func TestTurned(t *testing.T) {
	plain := scantest.JPEG(halves(200, 100, color.Black))
	exif := []byte("\xff\xe1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00")
	data := append(append(bytes.Clone(plain[:2]), exif...), plain[2:]...)
	f := frames(t, data)[0]
	if f.Width != 100 || f.Height != 200 {
		t.Fatalf("a picture of 200 × 100 to be turned by 90° is %d × %d", f.Width, f.Height)
	}
	top, bottom := dark(f, image.Rect(0, 0, 100, 90)), dark(f, image.Rect(0, 110, 100, 200))
	if top < 990 || bottom > 10 {
		t.Errorf("%d‰ dark above, %d‰ below: the left side comes to the top", top, bottom)
	}
}

// FuzzPicture: a picture whose pages were counted is drawn, or fails with a reason.
func FuzzPicture(f *testing.F) {
	img := halves(24, 16, color.Black)
	for _, packed := range []bool{false, true} {
		f.Add(scantest.TIFF(packed, img, img))
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		c, _, err := image.DecodeConfig(bytes.NewReader(data))
		n, counted := raster.Pages(data)
		if err != nil || counted != nil || c.Width*c.Height > 1<<18 {
			t.Skip("no picture, or a large one")
		}
		var out bytes.Buffer
		if raster.Run(t.Context(), bytes.NewReader(data), &out, raster.Options{Pages: []int{n}}) != nil {
			return
		}
		if _, err := raster.ReadFrame(bufio.NewReader(&out)); err != nil {
			t.Error(err)
		}
	})
}
