package read

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"nghiquyet/index/page"
)

// readRTF reads Rich Text Format 1.9.1. The state of a run becomes properties of
// DOCX, so that the same code makes the blocks of both. Numbers of lists are in the
// text. Pictures, comments, deleted and hidden text are left out; footnotes come
// after the document; running heads and feet are furniture. Formulas stand in their line.
func readRTF(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	r := &rtfReader{name: name, lim: lim, data: data, ansi: charmap.Windows1252, fonts: map[int]*rtfFont{}, meta: map[string]string{}}
	r.styles, r.normal = map[string]*docxStyle{}, "0"
	r.group = rtfGroup{skip: 1}
	r.walks = []*wordWalk{{docxWalk: docxWalk{docxReader: &r.docxReader}}}
	if err := r.run(ctx); err != nil {
		return nil, err
	}
	body := r.walks[0]
	body.finish()
	furnish(r.margins)
	p := &page.Page{Meta: properties(r.meta), Blocks: slices.Concat(body.blocks, r.notes, r.margins)}
	return withText(p, name, "RTF")
}

// rtfKind is the purpose of a group's text.
type rtfKind int

const (
	rtfText rtfKind = iota
	rtfSkip
	rtfFonts
	rtfStyles
	rtfMeta
	rtfMath
)

// rtfGroup is the state that a closing brace brings back.
type rtfGroup struct {
	kind    rtfKind
	star    bool // \* was read: with an unknown word the group is skipped
	font    int
	run     docxRunProps
	deleted bool
	para    docxParaProps
	inTable bool
	depth   int   // of nested tables; 0 if the file does not say
	edges   []int // of the cells of the row, from the left
	skip    int   // characters after a \u for programs without Unicode
	key     string
	style   *docxStyle
	opens   rtfStory // the text that ends with the group
	isMath  bool     // an element of a formula ends with it
}

func (g *rtfGroup) tables() int { return tablesAround(g.inTable, g.depth) }

// rtfStory is the kind of a text that is separate from the one around it: a note, a
// header or footer, a text box.
type rtfStory int

const (
	rtfNoStory rtfStory = iota
	rtfNote
	rtfMargin
	rtfBox
)

type rtfFont struct {
	name    string
	letters *charmap.Charmap // nil for the document's
}

// rtfReader is the state of reading one document.
type rtfReader struct {
	docxReader
	name     string
	lim      page.Limits
	data     []byte
	at       int
	ansi     *charmap.Charmap
	fonts    map[int]*rtfFont
	meta     map[string]string
	first    int // the default font
	group    rtfGroup
	outer    []rtfGroup
	fallback int         // characters to leave out after a \u
	pending  []uint16    // text of one run
	walks    []*wordWalk // one for each open text, the document first
	maths    []*mathNode // open elements of a formula
	notes    []page.Block
	margins  []page.Block
}

func (r *rtfReader) run(ctx context.Context) error {
	for steps := 0; r.at < len(r.data); steps++ {
		if steps&0xFFFF == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c := r.data[r.at]
		r.at++
		switch c {
		case '{':
			if len(r.outer) >= r.lim.Depth {
				return page.Rejectf(r.name, page.CodeTooDeep, "RTF lồng sâu hơn %d mức", r.lim.Depth)
			}
			r.flush()
			r.fallback = 0
			r.outer = append(r.outer, r.group)
			r.group.opens, r.group.star, r.group.isMath = rtfNoStory, false, false
		case '}':
			if r.close(); len(r.outer) == 0 {
				return nil // text after the last brace does not belong to the document
			}
		case '\\':
			r.control()
		case '\r', '\n', 0:
		default:
			r.byte(c)
		}
	}
	return page.Rejectf(r.name, page.CodeDamaged, "tệp RTF bị cắt cụt: còn thiếu %d dấu }", max(len(r.outer), 1))
}

// close ends a group.
func (r *rtfReader) close() {
	r.flush()
	r.fallback = 0
	n := len(r.outer)
	if n == 0 {
		return
	}
	if opens := r.group.opens; opens != rtfNoStory {
		w := r.walks[len(r.walks)-1]
		r.walks = r.walks[:len(r.walks)-1]
		w.finish()
		switch opens {
		case rtfNote:
			r.notes = append(r.notes, w.blocks...)
		case rtfMargin:
			r.margins = append(r.margins, w.blocks...)
		case rtfBox:
			r.walks[len(r.walks)-1].put(w.blocks)
		}
	}
	isMath := r.group.isMath
	r.group = r.outer[n-1]
	r.outer = r.outer[:n-1]
	if isMath {
		r.closeMath()
	}
}

// open begins a text of its own, which ends with the group.
func (r *rtfReader) open(story rtfStory) {
	if r.group.opens != rtfNoStory || len(r.outer) == 0 {
		return
	}
	r.walks = append(r.walks, &wordWalk{docxWalk: docxWalk{docxReader: &r.docxReader}})
	r.group.opens, r.group.kind = story, rtfText
	r.group.para, r.group.inTable, r.group.run, r.group.deleted = docxParaProps{}, false, docxRunProps{}, false
}

// control reads a control word or symbol after a backslash.
func (r *rtfReader) control() {
	if r.at >= len(r.data) {
		return
	}
	c := r.data[r.at]
	if c|0x20 >= 'a' && c|0x20 <= 'z' {
		word, n, given := r.word()
		r.do(word, n, given)
		return
	}
	r.at++
	switch c {
	case '\'':
		if b, err := hex.DecodeString(string(r.data[r.at:min(r.at+2, len(r.data))])); err == nil && len(b) == 1 {
			r.at += 2
			r.byte(b[0])
		}
	case '*':
		r.group.star = true
	case '~':
		r.unit(' ')
	case '-':
		r.unit(softHyphen)
	case '_':
		r.unit('-')
	case '\r', '\n':
		r.do("par", 0, false)
	case '\\', '{', '}':
		r.byte(c)
	}
}

// word reads a control word, its number and the space after it.
func (r *rtfReader) word() (word string, n int, given bool) {
	const longest = 32
	from := r.at
	for r.at < len(r.data) && r.data[r.at]|0x20 >= 'a' && r.data[r.at]|0x20 <= 'z' && r.at-from < longest {
		r.at++
	}
	word = string(r.data[from:r.at])
	from = r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && page.IsDigit(r.data[r.at]) && r.at-from < 11 {
		r.at++
	}
	n, err := strconv.Atoi(string(r.data[from:r.at]))
	if err != nil && r.at > from && !page.IsDigit(r.data[r.at-1]) {
		r.at = from // a hyphen of the text
	}
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	return word, n, err == nil
}

// byte adds one byte of text in the encoding of the font.
func (r *rtfReader) byte(c byte) {
	letters := r.ansi
	if f := r.fonts[r.group.font]; f != nil && r.group.kind == rtfText {
		if f.letters != nil {
			letters = f.letters
		}
		if _, legacy := page.LegacyFont(f.name); legacy {
			letters = charmap.Windows1252
		}
		if f.name == page.SymbolFont && c >= 0x80 {
			r.unit(0xF000 | uint16(c))
			return
		}
	}
	r.unit(uint16(letters.DecodeByte(c)))
}

// unit adds one unit of UTF-16.
func (r *rtfReader) unit(u uint16) {
	if r.fallback > 0 {
		r.fallback--
		return
	}
	r.group.star = false
	if r.group.kind == rtfSkip || r.group.deleted && (r.group.kind == rtfText || r.group.kind == rtfMath) {
		return
	}
	r.pending = append(r.pending, u)
}

// flush adds the collected text to what its group is: text of the document, the name of
// a font or style, a formula, or a property of the document.
func (r *rtfReader) flush() {
	if len(r.pending) == 0 {
		return
	}
	s := string(utf16.Decode(r.pending))
	r.pending = r.pending[:0]
	g := &r.group
	switch g.kind {
	case rtfText:
		run := g.run
		if f := r.fonts[g.font]; f != nil {
			run.Fonts = &docxFonts{HAnsi: f.name}
		}
		w := r.walks[len(r.walks)-1]
		w.begin(g.para, g.tables())
		w.looks = []look{r.look(g.para, run)}
		w.write(s)
	case rtfFonts:
		name, _, _ := strings.Cut(s, ";")
		if f := r.fonts[g.font]; f != nil && f.name == "" {
			f.name = strings.TrimSpace(name)
		}
	case rtfStyles:
		name, _, _ := strings.Cut(s, ";")
		if name = strings.TrimSpace(name); g.style != nil && g.style.Name == nil && name != "" {
			g.style.Name = val(name)
		}
	case rtfMath:
		r.mathRun(s)
	case rtfMeta:
		if len(r.meta[g.key]) < 4<<10 {
			r.meta[g.key] += s
		}
	}
}
