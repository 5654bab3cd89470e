package pdf

import (
	"context"
	"slices"

	"nghiquyet/index/page"
)

// Arrange makes a page of the results of OCR, page after page, with the layout code
// for PDF text. Its error is a [*page.Reject].
func Arrange(ctx context.Context, name string, sheets map[int]page.Sheet, lim page.Limits) (p *page.Page, err error) {
	defer func() { rejected(name, recover(), &p, &err) }()
	f := &pdfFile{ctx: ctx, name: name, lim: lim.WithDefaults()}
	last := 0
	for number := range sheets {
		last = max(last, number)
	}
	text := f.read(func(yield func(*pdfCanvas) bool) {
		for number := 1; number <= last; number++ {
			s := sheets[number]
			if !yield(&pdfCanvas{file: f, sheet: &s, box: [4]float64{0, 0, s.Width, s.Height}}) {
				return
			}
		}
	})
	rej := text.reject(name, last)
	if rej == nil && sureLetters(sheets) < pageLetters {
		rej = page.Rejectf(name, page.CodeEmpty, "ảnh không phải trang văn bản: nhận dạng chữ (OCR) không đọc được chữ nào rõ")
	}
	if rej != nil {
		return nil, rej
	}
	p = text.page()
	p.Meta = map[string]string{}
	return p, nil
}

// pageLetters are fewer than any page of text has that a program reads with some
// certainty: it finds some letters in any photograph.
const pageLetters = 20

func sureLetters(sheets map[int]page.Sheet) (n int) {
	const some = 60
	for _, s := range sheets {
		for _, w := range s.Words {
			if w.Sure >= some {
				n += page.CountLetters(w.Text)
			}
		}
	}
	return n
}

// drawnShapes are more parts of paths than a page without text has: letters drawn
// as outlines.
const drawnShapes = 400

// unread reports whether some text of a page can be read only by OCR: a picture covers the
// page, its fonts have no text for their codes, or its letters are outlines.
func (c *pdfCanvas) unread(letters int) bool {
	switch {
	case c.recognised():
		return false
	case c.unknown > 2*letters && c.unknown > 20:
		return true
	case letters == 0:
		return c.pictures > 0 || c.painted > drawnShapes
	}
	return letters < scanLetters && c.pictured()
}

// withSheet adds the words of the sheet, if there is one, where the page has no
// text of its own. Own text is exact, and the program has read its picture too.
// Text in fonts without text for their codes does not count.
func (c *pdfCanvas) withSheet(own []pdfRun) []pdfRun {
	if c.sheet == nil {
		return own
	}
	if c.unknown > len(c.glyphs) {
		own = nil
	}
	scale := 1.0
	if c.sheet.Width > 0 {
		w, _ := c.size()
		scale = w / c.sheet.Width
	}
	out := slices.Clone(own)
	for i, w := range c.sheet.Words {
		r := pdfRun{text: w.Text, x0: scale * w.X0, x1: scale * w.X1, y: scale * w.Y, size: scale * w.Size}
		if n := i + 1; n < len(c.sheet.Words) && c.sheet.Words[n].Y == w.Y { // boxes of words may overlap
			r.x1 = min(r.x1, scale*c.sheet.Words[n].X0-2*gapWord*r.size)
		}
		if !slices.ContainsFunc(own, func(o pdfRun) bool { return o.text != "" && o.covers(r) }) {
			out = append(out, r)
		}
	}
	return out
}

// covers reports whether the middle of r is inside o.
func (o pdfRun) covers(r pdfRun) bool {
	x, y := (r.x0+r.x1)/2, r.y+0.3*r.size
	return o.x0 <= x && x <= o.x1 && o.y-0.3*o.size <= y && y <= o.y+o.size
}
