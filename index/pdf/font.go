package pdf

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"nghiquyet/index/page"
)

// pdfFont turns the codes of a shown string into text and widths.
type pdfFont struct {
	name      string
	bold      bool
	convert   func(string) string // of a TCVN3 or VNI font
	composite bool                // Type 0: codes of two bytes, unless codes says otherwise
	codes     []codeSpace         // of an embedded CMap
	direct    bool                // codes are UTF-16
	unicode   *cmap               // ToUnicode
	simple    *[256]string        // text by code, for fonts with codes of one byte
	widths    map[int]float64     // in thousandths of the font size
	width     float64             // of other codes
	scale     float64             // of a glyph unit: 0.001 but for Type 3
}

// pdfCode is one character of a shown string.
type pdfCode struct {
	text  string // "" if the font does not have it
	width float64
	space bool // the one-byte code 32, to which word spacing applies
}

const (
	maxWidths  = 1 << 17 // entries of a width table
	maxCMap    = 1 << 18 // entries of a ToUnicode map
	maxMapping = 32      // bytes of the text of one code; ligatures have 8
)

// font reads the font to which v refers; nil gives a font without data.
func (f *pdfFile) font(v any) *pdfFont {
	ref, isRef := v.(pdfRef)
	if isRef && f.fonts[ref] != nil {
		return f.fonts[ref]
	}
	f.charge(pdfCallCost)
	font := f.newFont(f.dict(v))
	if isRef {
		f.fonts[ref] = font
	}
	return font
}

func (f *pdfFile) newFont(d pdfDict) *pdfFont {
	p := &pdfFont{name: string(f.nameOf(d["BaseFont"])), width: 500, scale: 0.001, widths: map[int]float64{}}
	lower := strings.ToLower(p.name)
	p.bold = page.Mentions(lower, "bold", "black", "heavy")
	p.convert, _ = page.LegacyFont(p.name)
	if s, ok := f.get(d["ToUnicode"]).(*pdfStream); ok {
		p.unicode = f.readCMap(s, 0)
	}
	desc := f.dict(d["FontDescriptor"])
	if f.nameOf(d["Subtype"]) == "Type0" {
		p.composite = true
		enc := string(f.nameOf(d["Encoding"]))
		p.direct = strings.HasPrefix(enc, "Uni") && (strings.Contains(enc, "UCS2") || strings.Contains(enc, "UTF16"))
		if s, ok := f.get(d["Encoding"]).(*pdfStream); ok {
			p.codes = f.readCMap(s, 0).spaces
		}
		if kids := f.array(d["DescendantFonts"]); len(kids) > 0 {
			kid := f.dict(kids[0])
			desc = f.dict(kid["FontDescriptor"])
			f.cidWidths(p, kid)
		}
	} else {
		p.simple = f.encoding(d)
		first := f.integer(d["FirstChar"])
		for i, w := range f.array(d["Widths"]) {
			if i > 255 {
				break
			}
			p.widths[first+i] = f.number(w)
		}
		if w := f.number(desc["MissingWidth"]); w > 0 {
			p.width = w
		}
		if m := f.array(d["FontMatrix"]); f.nameOf(d["Subtype"]) == "Type3" && len(m) == 6 {
			p.scale = f.number(m[0])
		}
	}
	p.bold = p.bold || f.isBold(desc)
	return p
}

// isBold checks the font descriptor, and the embedded TrueType font if the name may
// have been replaced (CIDFont+F1).
func (f *pdfFile) isBold(desc pdfDict) bool {
	const forceBold = 1 << 18 // of Flags (9.8.2)
	if f.integer(desc["Flags"])&forceBold != 0 || f.number(desc["FontWeight"]) >= 600 {
		return true
	}
	s, ok := f.get(desc["FontFile2"]).(*pdfStream)
	if !ok {
		return false
	}
	// The table directory has 16 bytes an entry after 12: tag, sum, offset,
	// length. Bit 0 of macStyle, at 44 of the table head, is bold.
	data := f.decode(s)
	for i := 12; i+16 <= len(data) && i < 12+64*16; i += 16 {
		if string(data[i:i+4]) == "head" {
			at := int(binary.BigEndian.Uint32(data[i+8:])) + 45
			return at < len(data) && data[at]&1 != 0
		}
	}
	return false
}

// cidWidths reads DW and W of a descendant font (9.7.4.3).
func (f *pdfFile) cidWidths(p *pdfFont, kid pdfDict) {
	p.width = 1000
	if dw := f.get(kid["DW"]); dw != nil {
		p.width = f.number(dw)
	}
	w := f.array(kid["W"])
	for i := 0; i+1 < len(w) && len(p.widths) < maxWidths; {
		first := f.integer(w[i])
		if list := f.array(w[i+1]); list != nil {
			for j, n := range list {
				p.widths[first+j] = f.number(n)
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			return
		}
		last, n := f.integer(w[i+1]), f.number(w[i+2])
		for c := first; c <= last && len(p.widths) < maxWidths; c++ {
			p.widths[c] = n
		}
		i += 3
	}
}

// decode cuts a shown string into characters.
func (p *pdfFont) decode(s string) []pdfCode {
	out := make([]pdfCode, 0, len(s))
	for len(s) > 0 {
		n := p.codeLength(s)
		code := codeOf(s[:n])
		width, ok := p.widths[code]
		if !ok {
			width = p.width
		}
		out = append(out, pdfCode{p.text(code), width * p.scale, n == 1 && code == ' '})
		s = s[n:]
	}
	return out
}

func (p *pdfFont) codeLength(s string) int {
	if !p.composite {
		return 1
	}
	for _, sp := range p.codes {
		if n := sp.bytes; n <= len(s) && sp.low <= s[:n] && s[:n] <= sp.high {
			return n
		}
	}
	return min(2, len(s))
}

func (p *pdfFont) text(code int) string {
	if p.unicode != nil {
		if s, ok := p.unicode.text(code); ok {
			return s
		}
	}
	if p.direct {
		return string(rune(code))
	}
	if p.simple != nil && code < 256 {
		return p.simple[code]
	}
	return ""
}

// cmap is a ToUnicode or code map (9.10.3).
type cmap struct {
	spaces []codeSpace
	chars  map[int]string
	ranges []cmapRange // by low
}

type codeSpace struct {
	low, high string
	bytes     int
}

// cmapRange maps the codes low–high to dst and the following values.
type cmapRange struct {
	low, high int
	dst       []rune
}

func (m *cmap) text(code int) (string, bool) {
	if s, ok := m.chars[code]; ok {
		return s, true
	}
	i := sort.Search(len(m.ranges), func(i int) bool { return m.ranges[i].low > code }) - 1
	if i < 0 || code > m.ranges[i].high || len(m.ranges[i].dst) == 0 {
		return "", false
	}
	out := slices.Clone(m.ranges[i].dst)
	out[len(out)-1] += rune(code - m.ranges[i].low)
	return strings.Trim(string(out), "\x00"), true
}

// readCMap reads the mappings of a ToUnicode stream, and those of the map that it uses.
func (f *pdfFile) readCMap(s *pdfStream, depth int) *cmap {
	m := &cmap{chars: map[int]string{}}
	if base, ok := f.get(s.dict["UseCMap"]).(*pdfStream); ok && depth < 4 {
		m = f.readCMap(base, depth+1)
	}
	lx := pdfLexer{file: f, data: f.decode(s), content: true}
	var operands []any
	for len(m.chars)+len(m.ranges) < maxCMap {
		v := lx.value(0)
		word, ok := v.(pdfWord)
		if !ok {
			if len(operands) < maxCMap {
				operands = append(operands, v)
			}
			continue
		}
		switch word {
		case pdfEnd:
			return m.sorted()
		case "endcodespacerange":
			for i := 0; i+1 < len(operands); i += 2 {
				low, _ := operands[i].(string)
				high, _ := operands[i+1].(string)
				if n := len(low); n > 0 && n <= 4 && n == len(high) && len(m.spaces) < 256 {
					m.spaces = append(m.spaces, codeSpace{low, high, n})
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(operands); i += 2 {
				if src, ok := operands[i].(string); ok {
					m.chars[codeOf(src)] = utf16Text(operands[i+1])
				}
			}
		case "endbfrange":
			m.addRanges(operands)
		}
		operands = operands[:0]
	}
	return m.sorted()
}

func (m *cmap) sorted() *cmap {
	slices.SortStableFunc(m.ranges, func(a, b cmapRange) int { return cmp.Compare(a.low, b.low) })
	return m
}

func (m *cmap) addRanges(operands []any) {
	for i := 0; i+2 < len(operands); i += 3 {
		low, ok1 := operands[i].(string)
		high, ok2 := operands[i+1].(string)
		if !ok1 || !ok2 {
			return
		}
		lo, hi := codeOf(low), codeOf(high)
		if list, ok := operands[i+2].(pdfArray); ok {
			for j, dst := range list {
				if lo+j > hi || len(m.chars) >= maxCMap {
					break
				}
				m.chars[lo+j] = utf16Text(dst)
			}
			continue
		}
		dst := []rune(utf16Units(operands[i+2])) // from U+0000 on, in the fonts of OCR
		if lo <= hi && hi-lo < 1<<16 {
			m.ranges = append(m.ranges, cmapRange{lo, hi, dst})
		}
	}
}

func codeOf(s string) int {
	n := 0
	for i := range min(len(s), 4) {
		n = n<<8 | int(s[i])
	}
	return n
}

// utf16Text reads the big-endian UTF-16 of a map's target.
func utf16Text(v any) string { return strings.Trim(utf16Units(v), "\x00") }

func utf16Units(v any) string {
	s, _ := v.(string)
	s = s[:min(len(s), maxMapping)]
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	return page.DecodeUTF16([]byte(s), 1)
}

// encoding returns the table of a simple font (9.6.6): a base encoding and
// differences. Symbolic fonts without an encoding use windows-1252, which is right
// for Vietnamese fonts made for its codes.
func (f *pdfFile) encoding(d pdfDict) *[256]string {
	table := new([256]string)
	base := f.nameOf(d["Encoding"])
	enc := f.dict(d["Encoding"])
	if enc != nil {
		base = f.nameOf(enc["BaseEncoding"])
	}
	cm := charmap.Windows1252
	if base == "MacRomanEncoding" {
		cm = charmap.Macintosh
	}
	for i := range table {
		if i >= ' ' {
			table[i] = string(cm.DecodeByte(byte(i)))
		}
	}
	code := 0
	for _, v := range f.array(enc["Differences"]) {
		switch v := f.get(v).(type) {
		case float64:
			code = f.integer(v)
		case pdfName:
			if code >= 0 && code < len(table) {
				table[code] = glyphText(string(v))
			}
			code++
		}
	}
	return table
}
