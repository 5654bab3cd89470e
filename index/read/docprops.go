package read

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"nghiquyet/index/page"
)

// docSpan is the properties of the text stored at [from, to): a list of
// single property modifiers (sprm), for paragraphs after the number of a style.
type docSpan struct {
	from, to int
	props    []byte
}

// docSpans are sorted by place; cursor is where the last search ended.
type docSpans struct {
	spans  []docSpan
	cursor int
}

// at finds the span of a place, or an empty one.
func (s *docSpans) at(fc int) *docSpan {
	if s.cursor < len(s.spans) && s.spans[s.cursor].has(fc) {
		return &s.spans[s.cursor]
	}
	i, found := slices.BinarySearchFunc(s.spans, fc, func(e docSpan, fc int) int {
		if e.to <= fc {
			return -1
		}
		if e.from > fc {
			return 1
		}
		return 0
	})
	if !found {
		return &noSpan
	}
	s.cursor = i
	return &s.spans[i]
}

var noSpan docSpan // of text without properties

func (s *docSpan) has(fc int) bool { return fc >= s.from && fc < s.to }

// spans reads the pages of 512 bytes (FKP) with properties. An entry has one byte
// in pages of runs and 13 in those of paragraphs.
func (d *docReader) spans(pair, entry int) docSpans {
	plc := d.pair(pair)
	n := max((len(plc)-4)/8, 0)
	var out []docSpan
	for i := range n {
		const size = 512
		at := int(long(plc, 4*(n+1)+4*i)&0x3FFFFF) * size
		if at+size > len(d.doc) {
			continue
		}
		fkp := d.doc[at : at+size]
		count := int(fkp[size-1])
		if (count+1)*4+count*entry > size-1 {
			continue
		}
		for j := range count {
			s := docSpan{from: int(long(fkp, 4*j)), to: int(long(fkp, 4*j+4))}
			if s.from >= s.to {
				continue
			}
			if p := 2 * int(fkp[(count+1)*4+j*entry]); p != 0 {
				s.props = fkpProps(fkp, p, entry == 13)
			}
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b docSpan) int { return a.from - b.from })
	return docSpans{spans: out}
}

// fkpProps are the bytes of properties at p of a page.
func fkpProps(fkp []byte, p int, paragraph bool) []byte {
	n := int(fkp[p])
	p++
	switch {
	case !paragraph:
	case n > 0:
		n = 2*n - 1
	case p < len(fkp):
		n = 2 * int(fkp[p])
		p++
	}
	return fkp[p:min(p+n, len(fkp)-1)]
}

// eachSprm calls do with every property of a list, with its operand as a number if
// that has up to four bytes.
func eachSprm(list []byte, do func(sprm int, v uint32, operand []byte)) {
	for len(list) >= 3 {
		sprm := word(list, 0)
		list = list[2:]
		n := []int{1, 1, 2, 4, 2, 2, 0, 3}[sprm>>13]
		if n == 0 {
			n = 1 + int(list[0])
			if sprm == 0xD608 { // the cells of a row: a length of two bytes
				n = 1 + word(list, 0)
			}
		}
		n = min(n, len(list))
		var v uint32
		for i := range min(n, 4) {
			v |= uint32(list[i]) << (8 * i)
		}
		do(sprm, v, list[:n])
		list = list[n:]
	}
}

// docPara is the result of a paragraph's properties.
type docPara struct {
	props               docxParaProps
	inTable, rowEnd     bool
	depth               int   // of nested tables; 0 if the file does not say
	innerCell, innerRow bool  // its mark ends a cell or a row of an inner table
	edges               []int // of the cells of the row that it ends, from the left
}

// paraProps returns the properties of a paragraph from the span of its mark and the
// piece that contains the mark.
func (d *docReader) paraProps(s *docSpan, piece *docPiece) docPara {
	p := docPara{}
	p.props.Style = val(strconv.Itoa(word(s.props, 0)))
	if len(s.props) > 2 {
		p.read(s.props[2:])
	}
	p.read(piece.props)
	return p
}

func (p *docPara) tables() int { return tablesAround(p.inTable, p.depth) }

func (p *docPara) read(list []byte) {
	eachSprm(list, func(sprm int, v uint32, operand []byte) {
		switch sprm {
		case 0x2416:
			p.inTable = v != 0
		case 0x2417:
			p.rowEnd = v != 0
		case 0x6649:
			p.depth = int(min(v, deepestTable))
		case 0x244B:
			p.innerCell = v != 0
		case 0x244C:
			p.innerRow = v != 0
		case 0xD608: // after the length of the list and the number of cells
			p.edges = nil
			for at := 3; at+2 <= len(operand) && len(p.edges) <= int(operand[2]); at += 2 {
				p.edges = append(p.edges, int(int16(word(operand, at))))
			}
		case 0x4600:
			p.props.Style = val(strconv.Itoa(int(v)))
		case 0x2403, 0x2461:
			p.props.Align = val("left")
			if v == 1 {
				p.props.Align = val("center")
			}
		case 0x442C:
			p.props.Frame = dropFrame(int(v & 7))
		case 0x2640:
			p.props.Outline = val(strconv.Itoa(int(v)))
		case 0x260A:
			p.num().Level = val(strconv.Itoa(int(v)))
		case 0x460B:
			if v > 2046 {
				v = 0 // left over from Word 6: no list
			}
			p.num().ID = val(strconv.Itoa(int(v)))
		}
	})
}

func (p *docPara) num() *docxNum {
	p.props.Num = cmp.Or(p.props.Num, &docxNum{})
	return p.props.Num
}

func val(s string) *xmlVal { return &xmlVal{Val: &s} }

// docLook is the result of a run's properties and styles.
type docLook struct {
	look
	deleted bool
	symbol  uint16 // the character for which "(" is a placeholder, or 0

	notBold, notHidden, notStruck bool // look has the opposite of the style's value
}

// docLookKey is a list of properties under the style of a paragraph.
type docLookKey struct{ props, style string }

func (d *docStory) lookOf(s *docSpan) docLook {
	props := d.docxWalk.paras[0].props
	key := docLookKey{string(s.props) + string(d.piece.props), props.Style.text()}
	if l, ok := d.docReader.looks[key]; ok {
		return l
	}
	run, out := d.runProps([]byte(key.props))
	out.look = d.docReader.look(props, run)
	out.bold, out.hidden, out.struck = out.bold != out.notBold, out.hidden != out.notHidden, out.struck != out.notStruck
	d.docReader.looks[key] = out
	return out
}

func (d *docReader) runProps(list []byte) (p docxRunProps, l docLook) {
	font := func(v uint32) string {
		if int(v) < len(d.fonts) {
			return d.fonts[v]
		}
		return ""
	}
	eachSprm(list, func(sprm int, v uint32, _ []byte) {
		switch sprm {
		case 0x0800:
			l.deleted = v != 0
		case 0x0835:
			p.Bold, l.notBold = toggle(v)
		case 0x0837:
			p.Strike, l.notStruck = toggle(v)
		case 0x2A53:
			p.Double = val(strconv.Itoa(int(v & 1)))
		case 0x083C:
			p.Vanish, l.notHidden = toggle(v)
		case 0x2A48:
			p.Align = val([]string{"baseline", "superscript", "subscript"}[v%3])
		case 0x4845:
			p.Lift = val(strconv.Itoa(int(int16(v))))
		case 0x4A30:
			p.Style = val(strconv.Itoa(int(v)))
		case 0x6A09:
			l.symbol = uint16([]rune(page.Signs(font(v&0xFFFF), string(rune(v>>16))))[0])
		case 0x4A4F, 0x4A51:
			p.Fonts = cmp.Or(p.Fonts, &docxFonts{})
			if sprm == 0x4A51 {
				p.Fonts.HAnsi = font(v)
			} else {
				p.Fonts.ASCII = font(v)
			}
		}
	})
	return p, l
}

// toggle decodes a property of which 0x80 keeps the style's value and 0x81 inverts
// it.
func toggle(v uint32) (set *xmlVal, invert bool) {
	switch v {
	case 0x80:
		return nil, false
	case 0x81:
		return nil, true
	case 0:
		return val("0"), false
	}
	return val("1"), false
}

// readFonts reads the names of the fonts.
func (d *docReader) readFonts() {
	table := d.pair(pairFonts)
	n := word(table, 0)
	for at := min(4, len(table)); at < len(table) && len(d.fonts) < n; {
		size := int(table[at])
		at++
		entry := table[at:min(at+size, len(table))]
		name := ""
		const nameAt = 39
		if len(entry) > nameAt {
			name, _, _ = strings.Cut(utf16String(entry, nameAt, len(entry)), "\x00") // a second name may follow
		}
		d.fonts = append(d.fonts, name)
		at += size
	}
}

// readDOCStyles reads the styles as those of DOCX, by number. Headings, entries of
// contents and the title have fixed numbers, whatever their name.
func (d *docReader) readDOCStyles() {
	d.styles, d.normal = map[string]*docxStyle{}, "0"
	table := d.pair(pairStyles)
	head := word(table, 0)
	count, base := word(table, 2), word(table, 4)
	if font := word(table, 2+16); head >= 18 && font < len(d.fonts) {
		d.fallback = d.fonts[font]
	}
	at := 2 + head
	for i := 0; i < count && at+2 <= len(table); i++ {
		size := word(table, at)
		at += 2
		std := table[at:min(at+size, len(table))]
		at += size
		if len(std) < 10 || base < 10 {
			continue
		}
		s := &docxStyle{ID: strconv.Itoa(i), Type: "character"}
		s.Name = val(builtInStyle(word(std, 0) & 0xFFF))
		kind, basedOn := word(std, 2)&0xF, word(std, 2)>>4
		if basedOn != 0xFFF {
			s.Based = val(strconv.Itoa(basedOn))
		}
		p := base + 2 + 2*word(std, base) + 2 // after the name
		next := func() (props []byte) {
			n := word(std, p)
			p += 2
			if p <= len(std) {
				props = std[p:min(p+n, len(std))]
			}
			p += n + n&1
			return props
		}
		if kind == 1 {
			s.Type = "paragraph"
			if props := next(); len(props) > 2 {
				para := docPara{}
				para.read(props[2:])
				s.Para = para.props
			}
		}
		if kind == 1 || kind == 2 {
			run, l := d.runProps(next())
			if l.notHidden { // the opposite of the style it is based on, which seldom hides
				run.Vanish = val("1")
			}
			if l.notBold {
				run.Bold = val("1")
			}
			s.Run = run
		}
		d.styles[s.ID] = s
	}
}

// builtInStyle names the styles that every Word document has by number.
func builtInStyle(n int) string {
	switch {
	case n >= 1 && n <= 9:
		return "heading " + strconv.Itoa(n)
	case n >= 19 && n <= 27:
		return "toc " + strconv.Itoa(n-18)
	case n == 62:
		return "title"
	}
	return ""
}

// docNumberFormats are DOCX's names for the formats of numbers.
var docNumberFormats = map[byte]string{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero", 23: "bullet", 255: "none"}

// readLists reads the definitions of lists, and the lists in use that
// paragraphs name by number from 1.
func (d *docReader) readLists() {
	d.numbers = docxNumbers{lists: map[int]*docxList{}, counts: map[int][]int{}, begun: map[int]bool{}}
	const entry, use = 28, 16 // bytes
	defs := d.pair(pairLists)
	if len(defs) == 0 {
		return
	}
	// The levels follow the list of definitions, outside the length given.
	end := int(long(d.doc, fibOffsets+8*pairLists)) + len(defs)
	levels := d.table[end:]
	ids := map[uint32]int{}
	var abstracts [][]docxLevel
	for i := range min(word(defs, 0), (len(defs)-2)/entry) {
		def := defs[2+entry*i:]
		ids[long(def, 0)] = i
		n := maxListLevels
		if def[26]&1 != 0 {
			n = 1
		}
		var list []docxLevel
		for l := range n {
			var level docxLevel
			level, levels = readLevel(levels)
			level.Index = l
			list = append(list, level)
		}
		abstracts = append(abstracts, list)
	}
	uses := d.pair(pairListsInUse)
	n := min(int(long(uses, 0)), max(len(uses)-4, 0)/use)
	for i := range n {
		abstract, ok := ids[long(uses, 4+use*i)]
		if !ok {
			continue
		}
		list := &docxList{abstract: abstract, levels: map[int]docxLevel{}}
		for _, l := range abstracts[abstract] {
			list.levels[l.Index] = l
		}
		d.numbers.lists[i+1] = list
	}
	d.readOverrides(uses, n)
}

// readOverrides reads the starts and levels that the lists in use change.
func (d *docReader) readOverrides(uses []byte, n int) {
	const use = 16
	rest := uses[min(4+use*n, len(uses)):]
	for i := range n {
		rest = rest[min(4, len(rest)):]
		for range uses[4+use*i+12] {
			if len(rest) < 8 {
				return
			}
			start, flags := long(rest, 0), rest[4]
			rest = rest[8:]
			index := int(flags & 0xF)
			list := cmp.Or(d.numbers.lists[i+1], &docxList{levels: map[int]docxLevel{}})
			level := list.levels[index]
			if flags&0x20 != 0 {
				level, rest = readLevel(rest)
				level.Index = index
			}
			if flags&0x10 != 0 {
				if flags&0x20 == 0 {
					level.Start = val(strconv.Itoa(int(int32(start))))
				}
				list.restarts = true
			}
			list.levels[index] = level
		}
	}
}

// readLevel reads one level of a list and returns the bytes after it.
func readLevel(b []byte) (l docxLevel, rest []byte) {
	const head = 28
	if len(b) < head {
		return l, nil
	}
	l.Start = val(strconv.Itoa(int(int32(long(b, 0)))))
	l.Format = val(cmp.Or(docNumberFormats[b[4]], "decimal"))
	const legal, limited = 0x04, 0x08 // flags of [MS-DOC] 2.9.150 LVLF
	if b[5]&legal != 0 {
		l.Legal = val("1")
	}
	if b[5]&limited != 0 {
		l.Restart = val(strconv.Itoa(int(b[26])))
	}
	at := head + int(b[24]) + int(b[25])
	n := word(b, at)
	text := ""
	for _, r := range utf16String(b, at+2, n) {
		if r < maxListLevels {
			text += "%" + strconv.Itoa(int(r)+1)
		} else if r < utf8.MaxRune {
			text += string(r)
		}
	}
	l.Text = val(text)
	return l, b[min(at+2+2*n, len(b)):]
}
