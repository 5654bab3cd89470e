package read

import (
	"slices"
	"strconv"

	"golang.org/x/text/encoding/charmap"
)

// rtfGroups are the words that determine the purpose of their group's text. Groups
// that begin with \* and another word are skipped.
var rtfGroups = map[string]rtfKind{
	"fonttbl": rtfFonts, "stylesheet": rtfStyles, "info": rtfSkip,
	"title": rtfMeta, "author": rtfMeta, "subject": rtfMeta, "keywords": rtfMeta,
	"colortbl": rtfSkip, "pict": rtfSkip, "nonshppict": rtfSkip, "mmathPict": rtfSkip, "moMathParaPr": rtfSkip, "object": rtfSkip, "objdata": rtfSkip, "fldinst": rtfSkip,
	"ftnsep": rtfSkip, "ftnsepc": rtfSkip, "ftncn": rtfSkip, "aftnsep": rtfSkip, "aftnsepc": rtfSkip, "aftncn": rtfSkip,
	"sp": rtfSkip, "shprslt": rtfSkip, "xe": rtfSkip, "tc": rtfSkip, "annotation": rtfSkip, "atnid": rtfSkip, "atnauthor": rtfSkip,
	"listtable": rtfSkip, "listoverridetable": rtfSkip, "revtbl": rtfSkip, "rsidtbl": rtfSkip, "generator": rtfSkip,
	"nesttableprops": rtfText, "nonesttables": rtfSkip, // end of a row of an inner table, for programs that know such tables, and for others
	"upr": rtfSkip, "ud": rtfText, "result": rtfText, "bkmkstart": rtfSkip, "bkmkend": rtfSkip,
}

// rtfStories are the words whose group is a text of its own.
var rtfStories = map[string]rtfStory{
	"footnote": rtfNote, "shptxt": rtfBox, "dptxbxtext": rtfBox,
	"header": rtfMargin, "headerl": rtfMargin, "headerr": rtfMargin, "headerf": rtfMargin,
	"footer": rtfMargin, "footerl": rtfMargin, "footerr": rtfMargin, "footerf": rtfMargin,
}

// rtfSigns are the words for one character.
var rtfSigns = map[string]uint16{
	"tab": '\t', "line": '\n', "lbr": '\n', "lquote": '‘', "rquote": '’', "ldblquote": '“', "rdblquote": '”',
	"bullet": '•', "endash": '–', "emdash": '—', "emspace": ' ', "enspace": ' ', "qmspace": ' ',
}

// rtfLetters are the character sets of fonts and code pages, by number.
var rtfLetters = map[int]*charmap.Charmap{
	0: charmap.Windows1252, 163: charmap.Windows1258, 204: charmap.Windows1251, 238: charmap.Windows1250, 161: charmap.Windows1253,
	162: charmap.Windows1254, 186: charmap.Windows1257, 77: charmap.Macintosh, 222: charmap.Windows874,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1257: charmap.Windows1257, 1258: charmap.Windows1258, 437: charmap.CodePage437, 850: charmap.CodePage850,
}

// softHyphen is the letter ư in TCVN3 fonts, nothing in others.
const softHyphen = 0xAD

// do obeys a control word.
func (r *rtfReader) do(word string, n int, given bool) {
	g := &r.group
	switch word {
	case "u":
		r.fallback = 0
		r.unit(uint16(n))
		r.fallback = max(g.skip, 0)
		return
	case "uc":
		g.skip = min(max(n, 0), 16)
		return
	case "bin":
		r.at = min(r.at+max(n, 0), len(r.data))
		return
	}
	if sign, ok := rtfSigns[word]; ok {
		r.unit(sign)
		return
	}
	r.flush()
	star := g.star
	g.star = false
	if r.openMath(word) {
		return
	}
	if story, ok := rtfStories[word]; ok && g.kind != rtfMeta && g.kind != rtfMath {
		r.open(story)
		return
	}
	if kind, ok := rtfGroups[word]; ok {
		g.kind, g.key = kind, "doc:"+word
		return
	}
	if star && word != "shpinst" && word != "do" && word != "moMathPara" {
		g.kind = rtfSkip
		return
	}
	on := !given || n != 0
	switch word {
	case "ansicpg":
		if letters := rtfLetters[n]; letters != nil {
			r.ansi = letters
		}
	case "mac", "pc", "pca":
		r.ansi = rtfLetters[map[string]int{"mac": 77, "pc": 437, "pca": 850}[word]]
	case "deff":
		r.first, g.font = n, n
	case "f":
		g.font = n
		r.font(n)
	case "fcharset":
		if f := r.fonts[g.font]; f != nil && g.kind == rtfFonts {
			f.letters = rtfLetters[n]
		}
	case "s":
		r.paraStyle(n)
	case "sbasedon":
		if g.style != nil {
			g.style.Based = val(strconv.Itoa(n))
		}
	case "outlinelevel":
		g.para.Outline = val(strconv.Itoa(n))
		if g.style != nil {
			g.style.Para.Outline = g.para.Outline
		}
	case "pard":
		g.para, g.inTable, g.depth = docxParaProps{}, false, 0
	case "itap":
		g.depth = n
	case "intbl":
		g.inTable = on
	case "trowd":
		g.edges = []int{0}
	case "trleft":
		if len(g.edges) == 1 {
			g.edges = []int{n}
		}
	case "cellx":
		if len(g.edges) > 0 && len(g.edges) <= mostEdges {
			g.edges = append(slices.Clip(g.edges), n) // those of an outer group stay
		}
	case "dropcapt":
		g.para.Frame = dropFrame(n)
	case "qc":
		g.para.Align = val("center")
	case "ql", "qr", "qj":
		g.para.Align = val("left")
	case "plain":
		g.run, g.deleted, g.font = docxRunProps{}, false, r.first
	case "b":
		g.run.Bold = toggleOf(on)
	case "v":
		g.run.Vanish = toggleOf(on)
	case "strike":
		g.run.Strike = toggleOf(on)
	case "striked":
		g.run.Double = toggleOf(on)
	case "deleted":
		g.deleted = on
	case "super":
		g.run.Align = val("superscript")
	case "sub":
		g.run.Align = val("subscript")
	case "nosupersub":
		g.run.Align = val("baseline")
	case "up", "dn":
		if !given {
			n = 6 // half points
		}
		if word == "dn" {
			n = -n
		}
		g.run.Lift = val(strconv.Itoa(n))
	case "par", "sect", "page", "cell", "row", "nestcell", "nestrow":
		r.mark(word)
	}
}

// mark ends a paragraph, a cell or a row; of an inner table if the word names one.
func (r *rtfReader) mark(word string) {
	g := &r.group
	if g.kind != rtfText {
		return
	}
	w := r.walks[len(r.walks)-1]
	depth := g.tables()
	switch word {
	case "row":
		w.end("p")
		w.leave(1)
		w.endRow(g.edges)
		return
	case "nestrow":
		if len(w.tables) > 1 {
			w.endRow(g.edges)
		}
		return
	case "cell":
		depth = 1
	case "nestcell":
		depth = max(depth, 2)
	}
	w.begin(g.para, depth)
	w.paras[0].props = g.para // the properties of a paragraph are those at its end
	if word == "par" {
		if g.deleted {
			w.paras[0].props.Mark.Deleted = &struct{}{}
		}
		if w.paras[0].joins() {
			return
		}
		w.paras[0].props.Mark = g.para.Mark
	}
	if w.end("p"); word == "cell" || word == "nestcell" {
		w.table().addCell()
	}
}

// font begins an entry of the table of fonts.
func (r *rtfReader) font(n int) {
	const most = 4096
	if r.group.kind == rtfFonts && r.fonts[n] == nil && len(r.fonts) < most {
		r.fonts[n] = &rtfFont{}
	}
}

// paraStyle sets the style of a paragraph, or begins one in the list of styles.
func (r *rtfReader) paraStyle(n int) {
	const most = 65_536
	g := &r.group
	g.para.Style = val(strconv.Itoa(n))
	if g.kind == rtfStyles && len(r.styles) < most {
		g.style = &docxStyle{ID: strconv.Itoa(n), Type: "paragraph"}
		r.styles[g.style.ID] = g.style
	}
}

func toggleOf(on bool) *xmlVal {
	if on {
		return val("1")
	}
	return val("0")
}
