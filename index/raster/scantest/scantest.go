// Package scantest makes scans for tests: pages of invented text as a scanner makes
// them, slightly askew, with dust, and with the red seal over the name of the
// signer. The same arguments give the same bytes.
package scantest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/math/fixed"
)

// Faces of [Text].
const (
	Regular = iota
	Bold
	Italic
)

// Text is a paragraph on a page of A4. Lengths are points from the upper left.
type Text struct {
	S      string
	X, Y   float64 // of the first base line
	Width  float64 // where lines are wrapped; 0 for one line
	Size   float64 // of the letters, 14 when 0
	Face   int
	Center bool // around X
}

// Look describes the defects of a scan.
type Look struct {
	DPI   float64    // 200 when 0
	Angle float64    // degrees clockwise
	Dust  int        // dots
	Seal  [2]float64 // the centre of a red seal, none at 0, 0
	Turns int        // quarters clockwise, of a page put sideways into the scanner
}

const (
	pageWidth, pageHeight = 595, 842 // points
	leading               = 1.35     // of the size
)

// Page draws a page.
func Page(look Look, texts ...Text) *image.RGBA {
	if look.DPI == 0 {
		look.DPI = 200
	}
	dot := look.DPI / 72
	bounds := image.Rect(0, 0, int(pageWidth*dot), int(pageHeight*dot))
	flat := image.NewRGBA(bounds)
	draw.Draw(flat, bounds, image.White, image.Point{}, draw.Src)
	for _, t := range texts {
		t.draw(flat, look.DPI)
	}
	if look.Seal != [2]float64{} {
		seal(flat, look.Seal[0]*dot, look.Seal[1]*dot, 50*dot)
	}
	page := image.NewRGBA(bounds)
	draw.Draw(page, bounds, image.White, image.Point{}, draw.Src)
	sin, cos := math.Sincos(look.Angle * math.Pi / 180)
	x, y := float64(bounds.Dx())/2, float64(bounds.Dy())/2
	turn := f64.Aff3{cos, -sin, x - cos*x + sin*y, sin, cos, y - sin*x - cos*y}
	draw.BiLinear.Transform(page, turn, flat, bounds, draw.Src, nil)
	random := rand.New(rand.NewPCG(1, uint64(look.Dust)))
	for range look.Dust {
		page.Set(random.IntN(bounds.Dx()), random.IntN(bounds.Dy()), color.Gray{uint8(random.IntN(160))})
	}
	for range look.Turns {
		page = quarter(page)
	}
	return page
}

// quarter turns a picture clockwise by 90 degrees.
func quarter(img *image.RGBA) *image.RGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.SetRGBA(h-1-y, x, img.RGBAAt(x, y))
		}
	}
	return out
}

// draw writes the paragraph.
func (t Text) draw(dst *image.RGBA, dpi float64) {
	if t.Size == 0 {
		t.Size = 14
	}
	f, err := opentype.Parse([][]byte{liberationserifregular.TTF, liberationserifbold.TTF, liberationserifitalic.TTF}[t.Face])
	if err != nil {
		panic(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: t.Size, DPI: dpi, Hinting: font.HintingNone})
	if err != nil {
		panic(err)
	}
	defer face.Close()
	dot := dpi / 72
	pen := font.Drawer{Dst: dst, Src: image.NewUniform(color.Gray{25}), Face: face}
	y := t.Y
	for _, line := range t.wrap(&pen, dot) {
		x := fixed.Int26_6(t.X * dot * 64)
		if t.Center {
			x -= pen.MeasureString(line) / 2
		}
		pen.Dot = fixed.Point26_6{X: x, Y: fixed.Int26_6(y * dot * 64)}
		pen.DrawString(line)
		y += leading * t.Size
	}
}

func (t Text) wrap(pen *font.Drawer, dot float64) (lines []string) {
	if t.Width == 0 {
		return []string{t.S}
	}
	line := ""
	for _, word := range strings.Fields(t.S) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && pen.MeasureString(longer) > fixed.Int26_6(t.Width*dot*64) {
			lines, longer = append(lines, line), word
		}
		line = longer
	}
	return append(lines, line)
}

// seal stamps a ring and a star of red ink; black ink shows through.
func seal(img *image.RGBA, cx, cy, radius float64) {
	for y := int(cy - radius); y <= int(cy+radius); y++ {
		for x := int(cx - radius); x <= int(cx+radius); x++ {
			dx, dy := float64(x)-cx, float64(y)-cy
			r, angle := math.Hypot(dx, dy)/radius, math.Atan2(dy, dx)
			star := r < 0.32*(1+0.45*math.Cos(5*angle+math.Pi/2))
			letters := r > 0.62 && r < 0.78 && math.Mod(angle+math.Pi, 0.22) < 0.12
			if ring := r > 0.86 && r <= 1; !ring && !star && !letters || !(image.Point{x, y}.In(img.Rect)) {
				continue
			}
			c := img.RGBAAt(x, y)
			img.SetRGBA(x, y, color.RGBA{uint8(int(c.R) * 225 / 255), uint8(int(c.G) * 40 / 255), uint8(int(c.B) * 55 / 255), 255})
		}
	}
}

// JPEG is a picture as a camera or scanner writes it.
func JPEG(img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 88}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// PDF returns a scan with an A4 page for each picture, upright or across. over is added to
// the content of each page, and may use the font F (Times).
func PDF(over []string, pages ...image.Image) []byte {
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	b.WriteString("%PDF-1.4\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 4+3*i)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids.String())
	object("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>")
	for i, img := range pages {
		content, w, h := "", pageWidth, pageHeight
		if img != nil {
			if img.Bounds().Dx() > img.Bounds().Dy() {
				w, h = h, w
			}
			content = fmt.Sprintf("q %d 0 0 %d 0 0 cm /I Do Q\n", w, h)
		}
		if i < len(over) {
			content += over[i]
		}
		data, size := []byte{}, image.Rect(0, 0, 1, 1)
		if img != nil {
			data, size = JPEG(img), img.Bounds()
		}
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>/XObject<</I %d 0 R>>>>>>", w, h, 5+3*i, 6+3*i)
		object("<</Length %d>>stream\n%s\nendstream", len(content), content)
		object("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream",
			size.Dx(), size.Dy(), len(data), data)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// TIFF returns a file of several pages, each in two strips: of JPEG if packed, else
// uncompressed.
func TIFF(packed bool, pages ...image.Image) []byte {
	var b bytes.Buffer
	order := binary.LittleEndian
	b.WriteString("II*\x00\x00\x00\x00\x00")
	link := 4 // where the offset of the next directory is written
	for _, img := range pages {
		w, h := img.Bounds().Dx(), img.Bounds().Dy()
		rows := (h + 15) / 16 * 8 // strips of JPEG begin at a multiple of 8
		compression, photometric := 1, 2
		var strips [][]byte
		for y := 0; y < h; y += rows {
			part := image.NewRGBA(image.Rect(0, 0, w, min(rows, h-y)))
			draw.Draw(part, part.Rect, img, image.Pt(0, y), draw.Src)
			if packed {
				compression, photometric = 7, 6
				strips = append(strips, JPEG(part))
				continue
			}
			var dots []byte
			for i := 0; i < len(part.Pix); i += 4 {
				dots = append(dots, part.Pix[i:i+3]...)
			}
			strips = append(strips, dots)
		}
		var offsets, sizes []uint32
		for _, s := range strips {
			offsets, sizes = append(offsets, uint32(b.Len())), append(sizes, uint32(len(s)))
			b.Write(s)
			if b.Len()%2 == 1 {
				b.WriteByte(0)
			}
		}
		long := func(values []uint32) (count, value uint32) {
			if len(values) == 1 {
				return 1, values[0]
			}
			at := b.Len()
			binary.Write(&b, order, values)
			return uint32(len(values)), uint32(at)
		}
		stripCount, stripAt := long(offsets)
		sizeCount, sizeAt := long(sizes)
		bits := b.Len()
		binary.Write(&b, order, []uint16{8, 8, 8, 0})
		order.PutUint32(b.Bytes()[link:], uint32(b.Len()))
		entries := [][4]uint32{{256, 4, 1, uint32(w)}, {257, 4, 1, uint32(h)}, {258, 3, 3, uint32(bits)}, {259, 3, 1, uint32(compression)},
			{262, 3, 1, uint32(photometric)}, {273, 4, stripCount, stripAt}, {277, 3, 1, 3}, {278, 4, 1, uint32(rows)}, {279, 4, sizeCount, sizeAt}}
		binary.Write(&b, order, uint16(len(entries)))
		for _, e := range entries {
			binary.Write(&b, order, []uint16{uint16(e[0]), uint16(e[1])})
			binary.Write(&b, order, []uint32{e[2], e[3]})
		}
		link = b.Len()
		b.WriteString("\x00\x00\x00\x00")
	}
	return b.Bytes()
}
