package ocr

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"nghiquyet/index/page"
	"nghiquyet/index/raster"
)

const (
	point    = 72.0 / raster.DPI // of a dot
	maxWords = 50_000            // of one page
	maxWord  = 1 << 10           // bytes
)

// hocrLine is a line of hOCR, in dots from the upper left.
type hocrLine struct {
	x0, x1      float64
	slope, base float64 // of the base line: its height at x0
	size        float64
	words       []page.SheetWord // with the height of the line still missing
}

// hocrSheet reads hOCR: lines with their base line and the size of their letters,
// words with their box and certainty. A picture that lies askew is set upright.
func hocrSheet(a answer) page.Sheet {
	lines := hocrLines(a.text)
	turn := skew(lines)
	sin, cos := math.Sincos(math.Atan(turn))
	size := commonSize(lines)
	s := page.Sheet{Width: point * float64(a.width), Height: point * float64(a.height)}
	for _, l := range lines {
		letters := l.size
		if math.Abs(letters-size) < 0.25*size { // the tall letters that the line happens to contain
			letters = size
		}
		middle := l.base + l.slope*(l.x1-l.x0)/2
		x := (l.x0 + l.x1) / 2
		y := -sin*x + cos*middle
		for _, w := range l.words {
			w.X0, w.X1 = cos*w.X0+sin*middle, cos*w.X1+sin*middle
			w.X0, w.X1 = point*w.X0, point*w.X1
			w.Y, w.Size = s.Height-point*y, point*letters
			s.Words = append(s.Words, w)
		}
	}
	return s
}

// skew is the slope that most of the wide lines share.
func skew(lines []hocrLine) float64 {
	var slopes []float64
	for _, l := range lines {
		if len(l.words) >= 5 {
			slopes = append(slopes, l.slope)
		}
	}
	if len(slopes) == 0 {
		return 0
	}
	slices.Sort(slopes)
	if m := slopes[len(slopes)/2]; math.Abs(m) < 0.2 {
		return m
	}
	return 0
}

// commonSize is the median size of letters, by words.
func commonSize(lines []hocrLine) float64 {
	var sizes []float64
	for _, l := range lines {
		for range l.words {
			sizes = append(sizes, l.size)
		}
	}
	if len(sizes) == 0 {
		return 0
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

// hocrLines reads the lines of hOCR. What it does not know it skips.
func hocrLines(text []byte) (lines []hocrLine) {
	z := html.NewTokenizer(bytes.NewReader(text))
	var word *page.SheetWord // being read
	words := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return lines
		case html.StartTagToken:
			class, props := hocrTag(z)
			switch {
			case class == "ocrx_word" && len(lines) > 0 && words < maxWords:
				box := props["bbox"]
				if len(box) < 4 {
					continue
				}
				l := &lines[len(lines)-1]
				w := page.SheetWord{X0: box[0], X1: box[2], Sure: 100}
				if sure := props["x_wconf"]; len(sure) > 0 {
					w.Sure = int(min(max(sure[0], 0), 100))
				}
				l.words = append(l.words, w)
				word, words = &l.words[len(l.words)-1], words+1
			case isLine(class):
				word = nil
				if l, ok := newLine(props); ok {
					lines = append(lines, l)
				}
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "span" {
				word = nil
			}
		case html.TextToken:
			if word != nil && len(word.Text) < maxWord {
				word.Text += strings.TrimSpace(page.CleanText(strings.ToValidUTF8(string(z.Text()), "")))
			}
		}
	}
}

// isLine reports the class of an element of one line.
func isLine(class string) bool {
	return slices.Contains([]string{"ocr_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocrx_line"}, class)
}

// newLine makes a line of the properties of its element.
func newLine(props map[string][]float64) (l hocrLine, ok bool) {
	box := props["bbox"]
	if len(box) < 4 {
		return l, false
	}
	height := box[3] - box[1]
	l = hocrLine{x0: box[0], x1: box[2], base: box[3] - 0.2*height, size: 0.8 * height}
	if b := props["baseline"]; len(b) >= 2 {
		l.slope, l.base = b[0], box[3]+b[1]
	}
	if s := props["x_size"]; len(s) > 0 && s[0] > 0 {
		l.size = s[0]
	}
	return l, height > 0
}

// hocrTag reads the class of an element and the numbers of its properties:
// title="bbox 0 0 100 20; baseline 0 -5".
func hocrTag(z *html.Tokenizer) (class string, props map[string][]float64) {
	for {
		key, value, more := z.TagAttr()
		switch string(key) {
		case "class":
			class = string(value)
		case "title":
			props = map[string][]float64{}
			for part := range strings.SplitSeq(string(value), ";") {
				fields := strings.Fields(part)
				if len(fields) < 2 || len(fields) > 8 {
					continue
				}
				for _, f := range fields[1:] {
					n, err := strconv.ParseFloat(f, 64)
					if err != nil || math.Abs(n) > 1e6 || math.IsNaN(n) {
						break
					}
					props[fields[0]] = append(props[fields[0]], n)
				}
			}
		}
		if !more {
			return class, props
		}
	}
}

// Text without places is set as a typewriter would.
const (
	typeSize    = 12.0
	typeAdvance = 6.0
	typeLeading = 14.0
)

// plainSheet lays out plain text: an empty line ends a paragraph.
func plainSheet(a answer) page.Sheet {
	s := page.Sheet{Width: point * float64(a.width), Height: point * float64(a.height)}
	text := page.CleanText(strings.ToValidUTF8(string(a.text), ""))
	y := s.Height
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\f", "\n"), "\n") {
		y -= typeLeading
		at := 0
		for field := range strings.SplitAfterSeq(line, " ") {
			n := utf8.RuneCountInString(field)
			if w := strings.TrimSpace(field); w != "" && len(s.Words) < maxWords && len(w) <= maxWord {
				x := 72 + typeAdvance*float64(at)
				s.Words = append(s.Words, page.SheetWord{Text: w, X0: x, X1: x + typeAdvance*float64(utf8.RuneCountInString(w)), Y: y, Size: typeSize, Sure: 100})
			}
			at += n
		}
	}
	return s
}
